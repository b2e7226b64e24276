"""HTTP requests to a server of Python's, and to one of Ruff's in the same program."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tracewright_ruff.libraries_curl import CURL
from tracewright_testing.libraries import needs
from tracewright_testing.tiers import HOSTED, OFF, Tier, TierRunner

TIERS = (OFF, HOSTED)
pytestmark = needs(CURL)


class Handler(BaseHTTPRequestHandler):
    """Says what it was asked; some paths are special."""

    protocol_version = "HTTP/1.1"
    counting = threading.Lock()
    running = most = 0  # requests for /slow at the same time

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.path == "/slow":
            with Handler.counting:
                Handler.running += 1
                Handler.most = max(Handler.most, Handler.running)
            time.sleep(0.2)
            with Handler.counting:
                Handler.running -= 1
        if self.path == "/cut":
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b"too short")
            self.close_connection = True
            return
        if self.path == "/moved":
            self.respond(301, b"", {"Location": "/there"})
        elif self.path == "/circle":
            self.respond(302, b"", {"Location": "/circle"})
        elif self.path == "/file":
            self.respond(302, b"", {"Location": "file:///etc/passwd"})
        elif self.path == "/bytes":
            self.respond(200, b"\0\xff" * 50_000, {})
        elif self.path == "/missing":
            self.respond(404, b"not here", {})
        else:
            fields = {name.lower(): value for name, value in self.headers.items()}
            said = {"method": self.command, "path": self.path, "body": body.decode(), "headers": fields}
            self.respond(
                200,
                json.dumps(said).encode(),
                {"X-Twice": "é".encode().decode("latin-1"), "Content-Type": "application/json"},
            )

    def respond(self, status: int, body: bytes, fields: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = answer  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def run(tier: Tier, ruff: Path, text: str) -> list[str]:
    outcome = TierRunner(tier, ruff).run_text(text)
    assert outcome.errors == "" and outcome.exit_code == 0, outcome
    return outcome.output.splitlines()


@pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)
def test_methods(tier: Tier, url: str, ruff_executable: Path) -> None:
    calls = """
    func show(answer) {
        said := parse_json(answer["body"])
        h := said["headers"]
        print(answer["status"], said["method"], said["path"], said["body"], get(h, "content-type"), get(h, "x-a"), answer["headers"]["x-twice"])
    }
    show(http_get(u + "/a?b=c", {"X-A": 5}))
    show(http_post(u + "/p", {"k": [1, "é"]}))
    show(http_post(u + "/p", "{}"))
    show(http_post(u + "/p", bytes([104, 105])))
    show(http_post(u + "/p", "text", {"content-type": "text/plain", "X-A": "b"}))
    show(http_put(u + "/q", null))
    show(http_delete(u + "/d"))
    show(http_request("patch", u + "/r", "x", {"X-A": ""}))
    show(http_request({"url": u + "/s", "method": "POST", "body": [1], "headers": {"X-A": "c"}, "timeout_ms": 5000}))
    print(http_request("HEAD", u + "/x")["status"], http_get(u + "/moved")["status"], http_get(u + "/missing"))
    print(len(http_get_binary(u + "/bytes")), type(http_get_stream(u + "/bytes")))
    """
    lines = run(tier, ruff_executable, f'u := "{url}"{calls}')
    assert lines[:9] == [
        "200 GET /a?b=c  null 5 é",
        '200 POST /p {"k":["é"]} application/json null é'.replace('["é"]', '[1,"é"]'),
        "200 POST /p {} application/json null é",
        "200 POST /p hi application/x-www-form-urlencoded null é",
        "200 POST /p text text/plain b é",
        "200 PUT /q  null null é",
        "200 DELETE /d  null null é",
        "200 PATCH /r x application/json  é",
        "200 POST /s [1] application/json c é",
    ]
    assert lines[9].startswith('200 200 {"body": not here, "headers": {"content-length": 8, ')
    assert lines[9].endswith('"status": 404}') and lines[10] == "100000 bytes"


def test_several_at_once(url: str, ruff_executable: Path) -> None:
    most = []
    for call in (
        "promise_all(map(range(20), func(i) { return async_http_get(u) }))",
        "parallel_map(range(20), func(i) { return http_get(u) })",
        "parallel_http(map(range(20), func(i) { return u }))",
    ):
        Handler.most = 0
        assert run(OFF, ruff_executable, f'u := "{url}/slow"\nprint(len(await {call}))') == ["20"]
        most.append(Handler.most)
    assert min(most) > 5, "one came after the other"
    lines = run(
        OFF,
        ruff_executable,
        f"""
        u := "{url}/slow"
        promises := map(range(20), func(i) {{ return async_http_get(u) }})
        print(len(filter(parallel_http(map(range(20), func(i) {{ return u }})), func(x) {{ return x["status"] == 200 }})))
        print(len(await promise_all(promises)), (await async_http_post(u, "x"))["status"])
        print(sum(await parallel_map(range(20), func(i) {{ return http_get(u)["status"] }})))
        print(map(parallel_http([u, "http://127.0.0.1:1/"]), func(x) {{ return [x["status"], get(x, "error")] }})[1])
        """,
    )
    assert lines[:3] == ["20", "20 200", "4000"] and lines[3].startswith("[0, ")


def test_what_fails(url: str, ruff_executable: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        program = f"""
        u := "{url}"
        for f in [
            func() {{ return http_get("http://127.0.0.1:1/") }}, func() {{ return http_get(u + "/cut") }}, func() {{ return http_get(u + "/circle") }},
            func() {{ return http_get(u + "/file") }}, func() {{ return await async_http_get("http://no.such.host.invalid/") }},
            func() {{ return http_request({{"url": "http://127.0.0.1:{silent.getsockname()[1]}/", "timeout_ms": 50}}) }},
            func() {{ return http_get() }}, func() {{ return http_get(1) }}, func() {{ return http_get("file:///etc/passwd") }}, func() {{ return http_get("http://a b\\n") }},
            func() {{ return http_post(u, print) }}, func() {{ return http_get(u, 1) }}, func() {{ return http_get(u, {{"a b": 1}}) }}, func() {{ return http_get(u, {{"a": "b\\r\\nc"}}) }},
            func() {{ return http_request("G T", u) }}, func() {{ return http_request({{"url": u, "timeout_ms": 0}}) }}, func() {{ return http_request("GET") }},
            func() {{ return parallel_http(1) }}, func() {{ return parallel_http(["x"]) }}, func() {{ return parallel_http(map(range(200), func(i) {{ return u }})) }},
            func() {{ return oauth2_get_token(1) }}, func() {{ return oauth2_get_token("c", "i", "s", u + "/missing", "r") }},
        ] {{ try {{ print(f()) }} except e {{ print(e.message) }} }}
        """
        lines = run(OFF, ruff_executable, program)
    assert [line.split(":")[0] for line in lines[:4]] == ["HTTP GET failed"] * 4
    assert lines[4].startswith("Promise rejected: HTTP GET failed: ") and lines[5].startswith("HTTP GET failed: ")
    assert lines[6:] == [
        "http_get() requires a URL string",
        "http_get() requires a URL string",
        "http_get() requires a URL that begins with http:// or https://",
        "http_get() requires a URL that begins with http:// or https://",
        "Cannot convert NativeFunction(print) to JSON",
        "http_get() headers must be a dictionary",
        "http_get() there can be no header 'a b' with this value",
        "http_get() there can be no header 'a' with this value",
        "http_request() knows no method 'G T'",
        "http_request() timeout_ms must be a positive number",
        "http_request() requires a URL string",
        "parallel_http() requires an array of URL strings",
        "parallel_http() requires a URL that begins with http:// or https://",
        "parallel_http() takes 128 URLs at most, got 200",
        "oauth2_get_token() expects 5 arguments (code, client_id, client_secret, token_url, redirect_uri), got 1",
        "oauth2_get_token() was refused with status 404: not here",
    ]


def test_a_program_that_asks_itself(ruff_executable: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    lines = run(
        OFF,
        ruff_executable,
        f"""
        server := http_server({port})
        server := server.route("GET", "/slow", func(req) {{ await async_sleep(20)  return "slow" }})
        server := server.route("POST", "/token", func(req) {{ return {{"token": req.body}} }})
        spawn {{ server.listen() }}
        u := "http://127.0.0.1:{port}"
        print(http_get(u + "/slow")["body"], oauth2_get_token("c", "i d", "s", u + "/token", "r/"))
        """,
    )
    asked = "grant_type=authorization_code&code=c&client_id=i%20d&client_secret=s&redirect_uri=r%2F"
    assert lines == [f'slow {{"token": {asked}}}']
