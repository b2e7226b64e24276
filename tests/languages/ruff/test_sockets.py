"""Sockets: connections between two tasks of one program, with Python's, and what is refused."""

import socket
import subprocess
import threading
from pathlib import Path

import pytest

from tracewright_testing.tiers import HOSTED, HOT, OFF, Tier, TierRunner

TIERS = (OFF, HOT, HOSTED)
PROGRAM = """
listener := tcp_listen("127.0.0.1", PORT)
spawn {
    peer := tcp_accept(listener)
    total := 0
    loop {
        part := tcp_receive(peer, 65536)
        if len(part) == 0 { break }
        total := total + len(part)
    }
    shared_set("total", total)
    tcp_close(peer)
}
client := tcp_connect("127.0.0.1", PORT)
print(type(listener), type(client), listener)
func both(text) { return tcp_send(client, text) }
print(await parallel_map([repeat("a", 3000000), repeat("b", 2000000)], both), tcp_send(client, bytes([1, 255])))
tcp_close(client)
while !shared_has("total") { sleep(1) }
print(shared_get("total"))
first := tcp_connect("127.0.0.1", PORT)
second := tcp_accept(listener)
print(tcp_send(first, "Zoë"), tcp_receive(second, 100), tcp_send(second, bytes([255])), type(tcp_receive(first, 5)))
spawn { try { tcp_receive(first, 5) } except e { shared_set("heard", e.message) } }
tcp_close(first)
sleep(5)
print(shared_get("heard"), tcp_receive(second, 5) == "")
a := udp_bind("127.0.0.1", PORT)
b := udp_bind("127.0.0.1", 0)
print(type(a), udp_send_to(b, "one", "127.0.0.1", PORT), udp_send_to(b, "two", "localhost", PORT))
for i in 2 { got := udp_receive_from(a, 100)  print(got["data"], got["size"], starts_with(got["from"], "127.0.0.1:")) }
udp_close(a)
"""
EXPECTED = """tcplistener tcpstream <unknown>
[3000000, 2000000] 2
5000002
4 Zoë 1 bytes
tcp_receive() on a closed tcpstream true
udpsocket 3 3
one 3 true
two 3 true
"""
REFUSED = """
l := tcp_listen("127.0.0.1", PORT)
c := tcp_connect("127.0.0.1", PORT)
u := udp_bind("127.0.0.1", PORT)
for f in [
    func() { return tcp_listen(1, 2) }, func() { return tcp_listen("h") }, func() { return tcp_listen("h", 70000) },
    func() { return tcp_listen("127.0.0.1", PORT) }, func() { return tcp_connect("127.0.0.1", 1) },
    func() { return tcp_connect("no.such.host.invalid", 1) }, func() { return tcp_accept(c) }, func() { return tcp_send(l, "x") },
    func() { return tcp_send(c, 5) }, func() { return tcp_receive(c, 0) }, func() { return tcp_receive(c, "x") },
    func() { return tcp_close(u) }, func() { return udp_close(c) }, func() { return tcp_set_nonblocking(c) },
    func() { tcp_set_nonblocking(l, true)  tcp_accept(l)  return tcp_accept(l) },
    func() { tcp_set_nonblocking(c, true)  return tcp_receive(c, 10) },
    func() { return udp_send_to(u, "x", "127.0.0.1", -1) }, func() { return udp_send_to(u, repeat("x", 100000), "127.0.0.1", PORT) },
    func() { return udp_receive_from(u) }, func() { tcp_close(l)  tcp_close(l)  return tcp_accept(l) },
] { try { print(f()) } except e { print(e.message) } }
"""
REASONS = """tcp_listen() requires a string host
tcp_listen() requires a port between 0 and 65535
tcp_listen() requires a port between 0 and 65535
Failed to bind TCP listener to '127.0.0.1:PORT': Address already in use (os error 98)
Failed to connect to '127.0.0.1:1': Connection refused (os error 111)
Failed to connect to 'no.such.host.invalid:1': REASON
tcp_accept() requires a tcplistener
tcp_send() requires a tcpstream
tcp_send() requires string or bytes data
tcp_receive() requires a size between 1 and 8388608
tcp_receive() requires a size between 1 and 8388608
tcp_close() requires a tcpstream or tcplistener
udp_close() requires a udpsocket
tcp_set_nonblocking() requires a bool
tcp_accept() failed: Resource temporarily unavailable (os error 11)
tcp_receive() failed: Resource temporarily unavailable (os error 11)
udp_send_to() requires a port between 0 and 65535
Failed to send to '127.0.0.1:PORT': Message too long (os error 90)
udp_receive_from() requires a size between 1 and 8388608
tcp_accept() on a closed tcplistener
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def reason_for_no_host() -> str:
    try:
        socket.getaddrinfo("no.such.host.invalid", 1)
    except socket.gaierror as error:
        return str(error.strerror)
    return pytest.skip("every name means something here")


@pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)
def test_one_program(tier: Tier, ruff_executable: Path) -> None:
    outcome = TierRunner(tier, ruff_executable).run_text(PROGRAM.replace("PORT", str(free_port())))
    assert (outcome.output, outcome.errors, outcome.exit_code) == (EXPECTED, "", 0)


def test_what_is_refused(ruff_executable: Path) -> None:
    port = str(free_port())
    outcome = TierRunner(OFF, ruff_executable).run_text(REFUSED.replace("PORT", port))
    expected = REASONS.replace("PORT", port).replace("REASON", reason_for_no_host())
    assert (outcome.output, outcome.errors) == (expected, "")


def test_with_another_program(ruff_executable: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def echo() -> None:
            peer, _ = server.accept()
            with peer:
                while data := peer.recv(1 << 16):
                    peer.sendall(data.upper())

        thread = threading.Thread(target=echo)
        thread.start()
        text = """
        c := tcp_connect("localhost", PORT)
        tcp_send(c, "line one\\n")
        got := ""
        while len(got) < 9 { got := got + tcp_receive(c, 4) }
        print(got)
        """
        outcome = TierRunner(OFF, ruff_executable).run_text(text.replace("PORT", str(server.getsockname()[1])))
        thread.join(10)
    assert outcome.output == "LINE ONE\n\n"


def test_what_is_dropped_is_closed(ruff_executable: Path, tmp_path: Path) -> None:
    """There are more sockets than the process may have open."""
    (tmp_path / "program.ruff").write_text(
        'func one(n) { s := udp_bind("127.0.0.1", 0)  return n }\n'
        "total := 0\nfor i in 3000 { total := total + one(i)  junk := range(2000) }\nprint(total)\n"
    )
    limited = ["bash", "-c", 'ulimit -n 100; exec "$@"', "-", str(ruff_executable), "run", "program.ruff"]
    finished = subprocess.run(limited, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert (finished.stdout, finished.stderr) == (f"{sum(range(3000))}\n", "")
