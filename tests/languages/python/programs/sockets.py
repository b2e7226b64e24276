"""Sockets of one process: pairs, connections within the machine, datagrams, names; what waits and what must not."""

import os
import select
import socket
import tempfile

a, b = socket.socketpair()
a.sendall(b"hello" * 10)
print(b.recv(5), len(b.recv(100)), a.family.name, a.type.name, a.getpeername() == "")
b.settimeout(0.05)
try:
    b.recv(1)
except TimeoutError as e:
    print("timeout", e)
b.setblocking(False)
try:
    b.recv(1)
except BlockingIOError as e:
    print(e)
a.shutdown(socket.SHUT_WR)
print(b.recv(10))
a.close()
b.close()
print(a.fileno(), a)
s = socket.create_server(("127.0.0.1", 0))
port = s.getsockname()[1]
c = socket.create_connection(("localhost", port), timeout=2)
d, addr = s.accept()
print(addr == c.getsockname(), d.getpeername() == c.getsockname())
print(select.select([s, d], [c], [], 0)[1] == [c])
f = d.makefile("rwb")
f.write(b"GET /\r\nx\r\n")
f.flush()
print(
    c.recv(100),
    c.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR),
    s.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR),
)
c.sendall(b"line1\nline2\n")
c.close()
print(f.readline(), f.read())
f.close()
d.close()
s.close()
try:
    socket.create_connection(("127.0.0.1", port), timeout=1)
except ConnectionRefusedError as e:
    print(e)
u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
u.bind(("127.0.0.1", 0))
v = socket.socket(type=socket.SOCK_DGRAM)
print(v.sendto(b"dgram", u.getsockname()), u.recvfrom(100)[0])
buf = bytearray(10)
v.sendto(b"abc", u.getsockname())
print(u.recv_into(buf), buf)
print(socket.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM), socket.gethostbyname("127.0.0.1"))
print(
    socket.inet_aton("1.2.3.4"),
    socket.inet_aton("1.2"),
    socket.inet_ntoa(b"\x7f\0\0\1"),
    socket.inet_pton(socket.AF_INET6, "::1"),
    socket.inet_ntop(socket.AF_INET6, bytes(15) + b"\1"),
)
for bad in (
    lambda: socket.inet_aton("x"),
    lambda: socket.inet_pton(socket.AF_INET, "1.2"),
    lambda: socket.inet_ntop(socket.AF_INET, b"1"),
    lambda: u.bind(5),
    lambda: u.bind(("127.0.0.1", 70000)),
    lambda: u.bind(("127.0.0.1",)),
    lambda: u.recv(-1),
    lambda: socket.socket(1234),
    lambda: socket.getaddrinfo("256.1.1.1", 80, flags=socket.AI_NUMERICHOST),
    lambda: a.recv(1),
    lambda: u.settimeout(-1),
    lambda: socket.getservbyname("nothing-like-it"),
    lambda: c.send(b""),
):
    try:
        print(bad())
    except (OSError, TypeError, ValueError, OverflowError) as e:
        print(type(e).__name__, e)
with socket.socket(socket.AF_UNIX) as x:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "socket")
        x.bind(path)
        x.listen()
        y = socket.socket(socket.AF_UNIX)
        y.connect(path)
        z, w = x.accept()
        y.send(b"q")
        print(x.getsockname() == path, repr(w), z.recv(2))
print(socket.has_ipv6, socket.htons(80), socket.gethostname() == os.uname().nodename, socket.getfqdn("127.0.0.1") != "")
