"""The builtins for language models, against an endpoint of our own."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tracewright_ruff.libraries_curl import CURL
from tracewright_testing.libraries import needs
from tracewright_testing.tiers import HOSTED, OFF, Tier, TierRunner

pytestmark = needs(CURL)
TIERS = (OFF, HOSTED)
CALLS = [("add", '{"a": 2, "b": 3}'), ("fixed", ""), ("slow", "{}")]


class Model(BaseHTTPRequestHandler):
    """Says what it was asked; calls tools where it has any, once, or for ever."""

    def do_POST(self) -> None:  # noqa: N802
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/embed":
            self.say({"data": [{"embedding": [len(text), 0.5]} for text in asked["input"]], "usage": {"n": 1}})
        elif self.path == "/broken":
            self.say("broken", status=500)
        elif self.path == "/nonsense":
            self.say("no json")
        elif self.path == "/empty":
            self.say({})
        elif asked.get("stream"):
            deltas: list[dict[str, Any]] = [{"delta": {"content": part}} for part in ("Hel", "lo ", "é")]
            events = [{"choices": [choice]} for choice in (*deltas, {"delta": {}, "finish_reason": "stop"})]
            self.say("".join(f"data: {json.dumps(event)}\n\n" for event in events) + "data: [DONE]\n\n")
        elif asked.get("tools") and (self.path == "/endless" or asked["messages"][-1]["role"] != "tool"):
            calls = [
                {"id": f"c{k}", "function": {"name": name, "arguments": text}} for k, (name, text) in enumerate(CALLS)
            ]
            self.say({"choices": [{"message": {"role": "assistant", "content": None, "tool_calls": calls}}]})
        else:
            said = [[message["role"], message.get("content")] for message in asked["messages"]]
            content = json.dumps(
                [said, asked.get("temperature"), self.headers.get("Authorization"), self.headers.get("X-A")]
            )
            message = {"role": "assistant", "content": content}
            self.say(
                {"model": asked["model"], "usage": {"n": 2}, "choices": [{"message": message, "finish_reason": "stop"}]}
            )

    def say(self, what: object, status: int = 200) -> None:
        data = (what if isinstance(what, str) else json.dumps(what)).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Model) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


PROGRAM = """
func show(result) { match result { case Ok(r): { print("ok", r) } case Err(m): { print("err", m) } } }
o := {"endpoint": url + "/chat", "model": "m"}
match ai_chat("hi", merge(o, {"api_key": "k", "system": "brief", "temperature": 0.5, "headers": {"X-A": "b"}})) {
    case Ok(r): { print(r["content"], r["finish_reason"], r["usage"], r["model"], len(r["messages"])) }
}
match ai_chat([{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}], o) { case Ok(r): { print(r["content"]) } }
show(ai_stream_chat("x", o))
show(ai_embedding(["abc", ""], merge(o, {"endpoint": url + "/embed"})))
tools := {"add": func(args) { return args["a"] + args["b"] }, "fixed": {"x": 1}, "slow": func(args) { await async_sleep(5)  return "late" }}
t := merge(o, {"tools": [{"type": "function"}], "tool_results": tools})
match ai_tool_loop("sum", t) { case Ok(r): { print(r["content"], len(r["messages"])) } }
match (await parallel_map([1, 2], func(n) { return ai_tool_loop("sum", t) }))[0] { case Ok(r): { print(r["finish_reason"]) } }
match ai_chat("sum", t) { case Ok(r): { print(len(r["tool_calls"]), r["content"]) } }
show(ai_tool_loop("sum", merge(t, {"tool_results": {"add": 1}})))
show(ai_tool_loop("sum", merge(t, {"tool_results": merge(tools, {"add": func(args) { return 1 / 0 }})})))
show(ai_tool_loop("sum", merge(t, {"endpoint": url + "/endless", "max_steps": 3})))
for path in ["/broken", "/nonsense", "/empty"] { show(ai_chat("x", merge(o, {"endpoint": url + path}))) }
show(ai_embedding("x", merge(o, {"endpoint": url + "/empty"})))
match ai_chat("x", merge(o, {"endpoint": "http://127.0.0.1:1/"})) { case Err(m): { print(starts_with(m, "ai_chat() failed: ")) } }
for f in [
    func() { return ai_chat("x") }, func() { return ai_chat("x", 1) }, func() { return ai_chat("x", {}) }, func() { return ai_chat("x", {"endpoint": "u"}) },
    func() { return ai_chat("x", {"endpoint": "u", "model": "m"}) }, func() { return ai_chat(1, o) }, func() { return ai_chat([1], o) }, func() { return ai_embedding(1, o) },
    func() { return ai_tool_loop("x", merge(o, {"max_steps": 0})) }, func() { return ai_chat("x", merge(o, {"timeout_ms": "x"})) }, func() { return ai_chat("x", merge(o, {"api_key": "a\\nb"})) },
] { try { print(f()) } except e { print(e.message) } }
"""
OUTPUT = """[[["system", "brief"], ["user", "hi"]], 0.5, "Bearer k", "b"] stop {"n": 2} m 3
[[["user", "a"], ["assistant", "b"]], null, null, null]
ok {"chunks": [Hel, lo , é], "content": Hello é, "finish_reason": stop, "usage": null}
ok {"embedding": [3, 0.5], "embeddings": [[3, 0.5], [0, 0.5]], "usage": {"n": 1}}
[[["user", "sum"], ["assistant", null], ["tool", "5"], ["tool", "{\\"x\\":1}"], ["tool", "late"]], null, null, null] 6
stop
3 null
err ai_tool_loop() failed: there is no result of the tool 'fixed'
err ai_tool_loop() failed: the tool 'add' failed: Division by zero
err ai_tool_loop() failed: there were too many steps
err ai_chat() failed: the endpoint answered with status 500: broken
err ai_chat() failed: JSON parse error: expected ident at line 1 column 2
err ai_chat() failed: the answer has no message
err ai_embedding() failed: the answer has no data
true
ai_chat() requires a prompt and options
ai_chat() options must be a dictionary
ai_chat() options must have a string 'endpoint'
ai_chat() options must have a string 'model'
ai_chat() requires a URL that begins with http:// or https://
ai_chat() requires a text or an array of messages
ai_chat() requires a text or an array of messages
ai_embedding() requires a text or an array of texts
ai_tool_loop() max_steps must be a number between 1 and 100
ai_chat() timeout_ms must be a positive number
ai_chat() api_key has characters that a header cannot have
"""


@pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)
def test_models(tier: Tier, url: str, ruff_executable: Path) -> None:
    outcome = TierRunner(tier, ruff_executable).run_text(f'url := "{url}"\n{PROGRAM}')
    assert (outcome.output, outcome.errors) == (OUTPUT, "")
