"""The HTTP server, spoken to by clients that behave, and by those that do not."""

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

PROGRAM = """
turns := 0
server := http_server(PORT)
server := server.route("GET", "/", func(req) { turns := turns + 1  return "turn " + to_string(turns) })
server := server.route("POST", "/echo", func(req) {
    answer := json_response(201, {"body": req.body, "query": req.query, "method": req["method"], "path": req.path, "a": req.headers["X-A"]})
    return set_headers(answer, {"X-B": "c", "content-type": "text/x"})
})
server := server.route("GET", "/slow", func(req) { await async_sleep(150)  return http_response(200, "slow") })
running := 0
most := 0
server := server.route("GET", "/together", func(req) {
    running := running + 1
    if running > most { most := running }
    await async_sleep(300)
    running := running - 1
    return to_string(most)
})
server := server.route("GET", "/async", async func(req) { sleep(20)  return {"n": [1, null]} })
server := server.route("GET", "/big", func(req) { return repeat("0123456789", 400000) })
server := server.route("GET", "/html", func(req) { return html_response(200, "<p>é</p>") })
server := server.route("GET", "/away", func(req) { return redirect_response("/there", {"X-Why": "moved"}) })
server := server.route("GET", "/bytes", func(req) { return http_response(200, bytes([0, 255, 10])) })
server := server.route("GET", "/nothing", func(req) { return null })
server := server.route("GET", "/fails", func(req) { return 1 / 0 })
server := server.route("GET", "/odd", func(req) { return 5 })
server := server.route("GET", "/closes", func(req) { return set_header(http_response(200, "bye"), "Connection", "close") })
server := server.route("GET", "/exit", func(req) { exit(3) })
server.listen()
"""
HOST = "127.0.0.1"


def free_port() -> int:
    with socket.create_server((HOST, 0)) as server:
        port: int = server.getsockname()[1]
    return port


def reach(port: int) -> socket.socket:
    for _ in range(1500):
        try:
            return socket.create_connection((HOST, port), timeout=20)
        except ConnectionRefusedError:
            time.sleep(0.02)
    raise TimeoutError("the server does not listen")


@pytest.fixture(scope="module")
def port(ruff_executable: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    port = free_port()
    path = tmp_path_factory.mktemp("server") / "server.ruff"
    path.write_text(PROGRAM.replace("PORT", str(port)))
    process = subprocess.Popen([str(ruff_executable), "run", str(path)], stderr=subprocess.PIPE, text=True)
    reach(port).close()
    yield port
    assert process.poll() is None, "the server has ended"
    with reach(port) as last:
        last.sendall(b"GET /exit HTTP/1.1\r\nHost: h\r\n\r\n")
        last.recv(100)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 3
    assert set(errors.splitlines()) <= {
        "GET /fails: Division by zero",
        "GET /odd: a handler gives a response, a string, a dictionary, an array or null",
    }


def ask(port: int, method: str, target: str, **more: object) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(HOST, port, timeout=20)
    connection.request(method, target, **more)  # type: ignore[arg-type]
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, {name.lower(): value for name, value in response.getheaders()}, body


def talk(port: int, data: bytes, *, ends: bool = True) -> bytes:
    """All that the server says to these bytes, until it closes."""
    with reach(port) as client:
        client.sendall(data)
        if ends:
            client.shutdown(socket.SHUT_WR)
        said = b""
        while part := client.recv(1 << 16):
            said += part
        return said


def close_all(clients: list[socket.socket]) -> None:
    for client in clients:
        client.close()


def get(path: str, *fields: str) -> bytes:
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: h", *fields, "", ""]).encode()


# --- clients that behave ---------------------------------------------------------------------------------------------
def test_answers(port: int) -> None:
    status, fields, body = ask(port, "POST", "/echo?a=1%202&b=x+y&c", body="h\u00e9".encode(), headers={"X-A": "b"})
    assert (status, fields["x-b"], fields["content-type"]) == (201, "c", "text/x")
    assert json.loads(body) == {
        "body": "hé", "query": {"a": "1 2", "b": "x y", "c": ""}, "method": "POST", "path": "/echo", "a": "b",
    }  # fmt: skip
    assert ask(port, "GET", "/async")[2] == b'{"n":[1,null]}'
    assert len(ask(port, "GET", "/big")[2]) == 4_000_000
    assert ask(port, "GET", "/bytes")[2] == b"\0\xff\n"
    status, fields, body = ask(port, "GET", "/html")
    assert (fields["content-type"], body) == ("text/html; charset=utf-8", "<p>é</p>".encode())
    status, fields, _ = ask(port, "GET", "/away")
    assert (status, fields["location"], fields["x-why"]) == (302, "/there", "moved")
    status, fields, body = ask(port, "GET", "/nothing")
    assert (status, body, "content-length" in fields) == (204, b"", False)
    status, fields, body = ask(port, "HEAD", "/html")
    assert (status, fields["content-length"], body) == (200, "9", b"")


def test_what_goes_wrong_is_an_answer_too(port: int) -> None:
    assert ask(port, "GET", "/fails")[0] == 500
    assert ask(port, "GET", "/odd")[0] == 500
    assert ask(port, "GET", "/none")[0] == 404
    status, fields, _ = ask(port, "DELETE", "/echo")
    assert (status, fields["allow"]) == (405, "POST")


def test_a_body_that_waits_to_be_wanted(port: int) -> None:
    with reach(port) as client:
        client.sendall(b"POST /echo HTTP/1.1\r\nHost: h\r\nX-A: 1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        assert client.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b"ok")
        assert client.recv(1000).startswith(b"HTTP/1.1 201 Created\r\n")


def test_connections_stay_or_not(port: int) -> None:
    assert b"Connection: close" in talk(port, get("/closes"), ends=False)
    assert talk(port, get("/nothing", "Connection: close"), ends=False).count(b"HTTP/1.1") == 1
    old = talk(port, b"GET /nothing HTTP/1.0\r\n\r\n", ends=False)
    assert old.startswith(b"HTTP/1.1 204 No Content\r\n")
    kept = talk(port, b"GET /nothing HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" * 2)
    assert kept.count(b"Connection: keep-alive") == 2


def test_requests_in_one_go_are_answered_in_order(port: int) -> None:
    said = talk(port, get("/slow") + get("/html") + get("/none") + get("/slow"))
    assert [part[:3] for part in said.split(b"HTTP/1.1 ")[1:]] == [b"200", b"200", b"404", b"200"]
    assert said.index(b"slow") < said.index(b"<p>") < said.index(b"Not Found") < said.rindex(b"slow")


def test_handlers_that_wait_do_not_hold_up_others(port: int) -> None:
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: ask(port, "GET", "/together")[2], range(20)))
    assert max(int(answer) for answer in answers) > 5, "they ran one after the other"


def test_no_answer_is_lost(port: int) -> None:
    """Many clients at once, each with many requests on its connection, some of which it does not wait for."""

    def client(_: int) -> int:
        seen = 0
        with reach(port) as connection:
            for count in (1, 7, 1, 30, 2, 59):
                connection.sendall(get("/html") * count)
                expected = seen + count
                while seen < expected:
                    part = connection.recv(1 << 16)
                    assert part, "the connection was closed"
                    seen += part.count(b"</p>")
        return seen

    with ThreadPoolExecutor(30) as pool:
        assert sum(pool.map(client, range(30))) == 3000


# --- clients that do not ---------------------------------------------------------------------------------------------
def test_a_client_that_sends_no_more_gets_its_answers(port: int) -> None:
    assert talk(port, get("/slow")).endswith(b"slow")
    assert len(talk(port, get("/big"))) > 4_000_000


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"\x16\x03\x01\x00\xff nonsense\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\n\r\n", b"400"),
        (b"GET / HTTP/3.0\r\n\r\n", b"505"),
        (b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999\r\n\r\n", b"413"),
        (b"GET /" + b"a" * 100_000, b"431"),
    ],
)
def test_a_client_that_speaks_something_else(data: bytes, status: bytes, port: int) -> None:
    said = talk(port, get("/html") + data, ends=False)
    assert [part[:3] for part in said.split(b"HTTP/1.1 ")[1:]] == [b"200", status]


def test_a_client_that_is_slow(port: int) -> None:
    with reach(port) as client:
        for code in get("/html"):
            client.sendall(bytes([code]))
            time.sleep(0.002)
        assert client.recv(1000).endswith("<p>é</p>".encode())


def test_a_client_that_does_not_listen(port: int) -> None:
    """It asks for more than the system holds, and then goes; others are served meanwhile."""
    with reach(port) as deaf:
        deaf.sendall(get("/big") * 20)
        for _ in range(20):
            assert ask(port, "GET", "/html")[0] == 200
        assert len(deaf.recv(1 << 16)) > 0
    assert ask(port, "GET", "/html")[0] == 200


def test_clients_that_go_in_the_middle(port: int) -> None:
    for data in (
        b"",
        b"GET",
        get("/slow"),
        get("/big"),
        b"POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nab",
    ):
        for _ in range(10):
            client = reach(port)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # a reset
            client.sendall(data)
            client.close()
    assert ask(port, "GET", "/html")[0] == 200


HASTY = """
import sys
from tracewright_ruff import http_server
http_server.SLOW = http_server.IDLE = http_server.LINGER = http_server.SECOND // 10
from tracewright_ruff.target import main
sys.exit(main())
"""


def test_clients_that_take_for_ever(tmp_path: Path) -> None:
    """Hosted, with limits that are shorter than the real ones."""
    port = free_port()
    (tmp_path / "server.ruff").write_text(PROGRAM.replace("PORT", str(port)))
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join(part for part in sys.path if part)}
    process = subprocess.Popen([sys.executable, "-c", HASTY, "run", "server.ruff"], cwd=tmp_path, env=variables)
    try:
        silent = reach(port)
        half, deaf, waiting = (reach(port) for _ in range(3))
        half.sendall(b"GET / HTTP/1.1\r\nHost")
        deaf.sendall(get("/big") * 3)
        waiting.sendall(get("/slow"))
        assert waiting.recv(1000).endswith(b"slow")  # a handler may take as long as it likes
        assert silent.recv(1000) == b"" and half.recv(1000).startswith(b"HTTP/1.1 408 ") and waiting.recv(1000) == b""
        time.sleep(1.2)
        with suppress(ConnectionResetError):
            assert sum(len(part) for part in iter(lambda: deaf.recv(1 << 20), b"")) < 3 * 4_000_000
        for client in (silent, half, deaf, waiting):
            client.close()
    finally:
        process.kill()
        process.wait()


def test_more_clients_than_descriptors(ruff_executable: Path, tmp_path: Path) -> None:
    port = free_port()
    (tmp_path / "server.ruff").write_text(PROGRAM.replace("PORT", str(port)))
    command = ["bash", "-c", 'ulimit -n 40; exec "$@"', "-", str(ruff_executable), "run", "server.ruff"]
    process = subprocess.Popen(command, cwd=tmp_path)
    try:
        crowd = [reach(port) for _ in range(60)]
        crowd[0].sendall(get("/html"))
        assert crowd[0].recv(1000).startswith(b"HTTP/1.1 200")
        threading.Timer(0.1, close_all, [crowd[:30]]).start()
        crowd[-1].sendall(get("/html"))
        assert crowd[-1].recv(1000).startswith(b"HTTP/1.1 200")
        for client in crowd:
            client.close()
    finally:
        process.kill()
        process.wait()


def test_the_port_is_taken(ruff_executable: Path, tmp_path: Path) -> None:
    with socket.create_server(("0.0.0.0", 0)) as server:
        port = server.getsockname()[1]
        (tmp_path / "p.ruff").write_text(
            f"try {{ http_server({port}).listen() }} except e {{ print(e.message) }}\n"
            'for f in [func() { return http_server(-1) }, func() { return http_response(99, "") }, func() { return http_response(200, 5) },\n'
            '  func() { return json_response(200, print) }, func() { return set_header("x", "a", "b") }, func() { return set_header(http_response(200, ""), 1, "b") },\n'
            '  func() { return set_header(http_response(200, ""), "a b", "c") }, func() { return set_header(http_response(200, ""), "a", "b\\r\\nc") },\n'
            '  func() { return set_headers(http_response(200, ""), 1) }, func() { return redirect_response(1) }, func() { return redirect_response("/", 1) },\n'
            '  func() { return http_server(0).route("GET", "x", print) }, func() { return http_server(0).route("GET", "/", 1) }, func() { return http_listen(1) },\n'
            "] { try { print(f()) } except e { print(e.message) } }\n"
            'r := set_header(http_response(200, "b"), "A", "1")\nprint(type(r), r.status, r.body, r, type(http_server(1)))\n'
        )
        finished = subprocess.run(
            [str(ruff_executable), "run", "p.ruff"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert finished.stdout.splitlines() == [
        f"Failed to start HTTP server on port {port}: Address already in use (os error 98)",
        "http_server() requires a port between 0 and 65535",
        "http_response() requires a status code between 200 and 599",
        "http_response() requires a string or bytes as its body",
        "Cannot convert NativeFunction(print) to JSON",
        "set_header() requires an HTTP response",
        "set_header() requires a name and a value string",
        "set_header() there can be no header named 'a b'",
        "set_header() value of 'a' has characters that a header cannot have",
        "set_headers() requires a dictionary",
        "redirect_response() requires a URL string",
        "redirect_response() headers must be a dictionary",
        "route() requires a path that begins with '/'",
        "route() requires a method, a path and a function",
        "listen() requires an HTTP server",
        "httpresponse 200 b <unknown> httpserver",
    ]
