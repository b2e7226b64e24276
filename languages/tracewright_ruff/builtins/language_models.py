"""Language models behind an HTTP endpoint of the usual kind: chat completions and embeddings as JSON.

    ai_chat(prompt, {"endpoint": "http://.../chat/completions", "model": "..."})      Ok({"content": "...", ...}) or Err("...")

A prompt is a text, or an array of messages as the endpoint wants them. Options: `endpoint` and `model`, which must be there; `api_key`, `system`,
`temperature`, `max_tokens`, `headers`, `timeout_ms`; and for `ai_tool_loop` also `tools`, `tool_results` (of each tool's name, its answer, or a
function that gets the arguments and gives it) and `max_steps`. What is wrong with the arguments is an error; what goes wrong on the way is an Err.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.event_loop import Job
from tracewright.lib.http_texts import is_field_value
from tracewright_ruff.builtins.arguments import int_of, is_number, text_at
from tracewright_ruff.builtins.http_client import (
    answer_of,
    checked_url,
    give_body,
    give_fields,
    give_timeout,
    start_request,
)
from tracewright_ruff.builtins.json import json_text
from tracewright_ruff.builtins.json_reader import JsonReader
from tracewright_ruff.calls import is_callable
from tracewright_ruff.display import display_text
from tracewright_ruff.errors import GuestError
from tracewright_ruff.http_client import HttpRequest, W_HttpAnswer
from tracewright_ruff.objects import (
    PENDING,
    REJECTED,
    W_Dict,
    W_Promise,
    array_from_list,
    as_array,
    as_dict,
    as_string,
    err_value,
    ok_value,
    share,
    text_value,
)
from tracewright_ruff.scheduler import (
    frame_for_natives,
    outcome,
    pending_promise,
    resolve,
    resumed_operation,
    start_task,
    when_settled,
)
from tracewright_ruff.session import ARITY_ANY, Session, W_Native

DEFAULT_MILLISECONDS: Final = 120_000
DEFAULT_STEPS: Final = 8
MOST_STEPS: Final = 100
EVENT: Final = "data:"
LAST_EVENT: Final = "[DONE]"

CHAT: Final = 0
STREAM: Final = 1
EMBEDDING: Final = 2


def _entry(table: W_Dict, key: str) -> Value:
    value = table.get_text(key)
    return Value.NULL if value.same(Value.UNDEFINED) else value


def _inside(value: Value, key: str) -> Value:
    """An entry of a dictionary; null where there is none, or no dictionary."""
    table = as_dict(value)
    return Value.NULL if table is None else _entry(table, key)


def _first(value: Value) -> Value:
    array = as_array(value)
    return Value.NULL if array is None or array.length == 0 else array.items[0]


def _text_of(value: Value) -> str:
    text = as_string(value)
    return "" if text is None else text.flat()


@final
class Conversation(Job):
    """What one builtin asks for: a request, and with tools others after it. To run the job is to take what has come."""

    def __init__(self, session: Session, name: str, kind: int, options: W_Dict) -> None:
        self.session = session
        self.name = name
        self.kind = kind
        self.options = options
        self.promise = pending_promise()  # of a Result
        self.messages: list[Value] = []
        self.input: Value = Value.NULL
        self.steps_left = 0  # how many times tools may be used
        self.source: W_Promise | None = None
        self.calls: list[Value] = []  # of tools, that are yet to be answered
        self.running: W_Promise | None = None  # a tool that waits

    # --- asking ---
    def start(self) -> None:
        """Send what is to be asked."""
        request = HttpRequest("POST", checked_url(_text_of(_entry(self.options, "endpoint")), self.name))
        request.milliseconds = DEFAULT_MILLISECONDS
        give_body(request, self._body())
        key = _text_of(_entry(self.options, "api_key"))
        if key != "":
            request.fields.append(f"Authorization: Bearer {key}")
        give_fields(request, _entry(self.options, "headers"), self.name)
        give_timeout(request, _entry(self.options, "timeout_ms"), self.name)
        source = start_request(self.session, request)
        self.source = source
        if source.state == PENDING:
            when_settled(source, self)
        else:
            self.run()

    def _body(self) -> Value:
        body = W_Dict(self.session.dict_shape)
        body.set_text("model", _entry(self.options, "model"))
        if self.kind == EMBEDDING:
            body.set_text("input", self.input)
            return Value.of_object(body)
        body.set_text("messages", array_from_list([share(message) for message in self.messages]))
        for key in ("temperature", "max_tokens", "tools"):
            value = _entry(self.options, key)
            if not value.same(Value.NULL):
                body.set_text(key, share(value))
        if self.kind == STREAM:
            body.set_text("stream", Value.TRUE)
        return Value.of_object(body)

    # --- what comes ---
    def run(self) -> None:
        try:
            running = self.running
            source = self.source
            if running is not None:
                self.running = None
                self._take_tool_answer(running)
            elif source is not None:
                self.source = None
                self._take(source)
        except GuestError as error:
            self._fail(error.message)

    def _fail(self, reason: str) -> None:
        resolve(self.session, self.promise, err_value(text_value(f"{self.name}() failed: {reason}")))

    def _take(self, source: W_Promise) -> None:
        if source.state == REJECTED:
            self._fail(source.message)
            return
        answer = answer_of(source.result)
        if not 200 <= answer.status < 300:
            self._fail(f"the endpoint answered with status {answer.status}: {answer.text().strip()}")
        elif self.kind == STREAM:
            self._take_stream(answer)
        else:
            document = JsonReader(self.session, answer.text()).document()
            if self.kind == EMBEDDING:
                self._take_embeddings(document)
            else:
                self._take_message(document)

    def _done(self, table: W_Dict) -> None:
        resolve(self.session, self.promise, ok_value(Value.of_object(table)))

    def _take_embeddings(self, document: Value) -> None:
        rows = as_array(_inside(document, "data"))
        if rows is None or rows.length == 0:
            self._fail("the answer has no data")
            return
        vectors = [share(_inside(rows.items[index], "embedding")) for index in range(rows.length)]
        table = W_Dict(self.session.dict_shape)
        table.set_text("embedding", share(vectors[0]))
        table.set_text("embeddings", array_from_list(vectors))
        table.set_text("usage", share(_inside(document, "usage")))
        self._done(table)

    def _take_message(self, document: Value) -> None:
        choice = _first(_inside(document, "choices"))
        message = _inside(choice, "message")
        if as_dict(message) is None:
            self._fail("the answer has no message")
            return
        calls = as_array(_inside(message, "tool_calls"))
        if calls is not None and calls.length > 0 and self.steps_left > 0:
            self.steps_left -= 1
            self.messages.append(share(message))
            self.calls = [share(calls.items[index]) for index in range(calls.length)]
            self._answer_calls()
            return
        if self.name == "ai_tool_loop" and calls is not None and calls.length > 0:
            self._fail("there were too many steps")
            return
        table = W_Dict(self.session.dict_shape)
        table.set_text("content", share(_inside(message, "content")))
        table.set_text("finish_reason", share(_inside(choice, "finish_reason")))
        table.set_text("tool_calls", share(_inside(message, "tool_calls")))
        table.set_text("usage", share(_inside(document, "usage")))
        table.set_text("model", share(_inside(document, "model")))
        table.set_text("messages", array_from_list([share(said) for said in [*self.messages, message]]))
        self._done(table)

    def _take_stream(self, answer: W_HttpAnswer) -> None:
        chunks: list[Value] = []
        texts: list[str] = []
        reason = Value.NULL
        usage = Value.NULL
        for line in answer.text().replace("\r", "").split("\n"):
            event = line[len(EVENT) :].strip() if line.startswith(EVENT) else ""
            if event == "" or event == LAST_EVENT:
                continue
            document = JsonReader(self.session, event).document()
            choice = _first(_inside(document, "choices"))
            text = _text_of(_inside(_inside(choice, "delta"), "content"))
            if text != "":
                chunks.append(text_value(text))
                texts.append(text)
            if not _inside(choice, "finish_reason").same(Value.NULL):
                reason = _inside(choice, "finish_reason")
            if not _inside(document, "usage").same(Value.NULL):
                usage = _inside(document, "usage")
        table = W_Dict(self.session.dict_shape)
        table.set_text("content", text_value("".join(texts)))
        table.set_text("chunks", array_from_list(chunks))
        table.set_text("finish_reason", share(reason))
        table.set_text("usage", share(usage))
        self._done(table)

    # --- tools ---
    def _answer_calls(self) -> None:
        """Answer what the model has called, one after the other, and ask it again."""
        while len(self.calls) > 0:
            function = _inside(self.calls[0], "function")
            name = _text_of(_inside(function, "name"))
            known = _inside(_entry(self.options, "tool_results"), name)
            if known.same(Value.NULL):
                self._fail(f"there is no result of the tool '{name}'")
                return
            if not is_callable(known):
                self._put_tool_answer(known)
                continue
            given = _text_of(_inside(function, "arguments"))
            arguments = JsonReader(self.session, given if given != "" else "{}").document()
            stack = self.session.stack
            top = stack.top
            promise = start_task(self.session, frame_for_natives(self.session), known, [arguments], None)
            stack.reserve(top)
            if promise.state == PENDING:
                self.running = promise
                when_settled(promise, self)
                return
            if promise.state == REJECTED:
                self._fail(f"the tool '{name}' failed: {promise.message}")
                return
            self._put_tool_answer(promise.result)
        self.start()

    def _put_tool_answer(self, value: Value) -> None:
        call = self.calls.pop(0)
        message = W_Dict(self.session.dict_shape)
        message.set_text("role", text_value("tool"))
        message.set_text("tool_call_id", share(_inside(call, "id")))
        message.set_text("content", text_value(_content(value)))
        self.messages.append(Value.of_object(message))

    def _take_tool_answer(self, promise: W_Promise) -> None:
        if promise.state == REJECTED:
            self._fail(f"a tool failed: {promise.message}")
            return
        self._put_tool_answer(promise.result)
        self._answer_calls()


def _content(value: Value) -> str:
    """A tool's answer as a text: a text itself, or JSON."""
    text = as_string(value)
    return text.flat() if text is not None else json_text(value)


# --- builtins --------------------------------------------------------------------------------------------------------
def _conversation(session: Session, stack: VMStack, first: int, count: int, name: str, kind: int) -> Conversation:
    if count < 2:
        raise GuestError(f"{name}() requires a prompt and options")
    options = as_dict(stack[first + 1])
    if options is None:
        raise GuestError(f"{name}() options must be a dictionary")
    share(stack[first + 1])
    for key in ("endpoint", "model"):
        if as_string(_entry(options, key)) is None:
            raise GuestError(f"{name}() options must have a string '{key}'")
    checked_url(_text_of(_entry(options, "endpoint")), name)
    if not is_field_value(_text_of(_entry(options, "api_key"))):
        raise GuestError(f"{name}() api_key has characters that a header cannot have")
    conversation = Conversation(session, name, kind, options)
    if kind == EMBEDDING:
        if as_string(stack[first]) is None and as_array(stack[first]) is None:
            raise GuestError(f"{name}() requires a text or an array of texts")
        conversation.input = share(stack[first])
        return conversation
    system = _entry(options, "system")
    if not system.same(Value.NULL):
        conversation.messages.append(_message(session, "system", display_text(system)))
    given = as_array(stack[first])
    if given is None:
        prompt = text_at(stack, first, f"{name}() requires a text or an array of messages")
        conversation.messages.append(_message(session, "user", prompt))
    else:
        for index in range(given.length):
            if as_dict(given.items[index]) is None:
                raise GuestError(f"{name}() requires a text or an array of messages")
            conversation.messages.append(share(given.items[index]))
    return conversation


def _message(session: Session, role: str, content: str) -> Value:
    table = W_Dict(session.dict_shape)
    table.set_text("role", text_value(role))
    table.set_text("content", text_value(content))
    return Value.of_object(table)


def _ask(session: Session, stack: VMStack, first: int, count: int, name: str, kind: int) -> Value:
    operation = resumed_operation(session)
    if operation is None:
        conversation = _conversation(session, stack, first, count, name, kind)
        if name == "ai_tool_loop":
            conversation.steps_left = _steps(conversation.options)
        conversation.start()
        operation = conversation.promise
    return share(outcome(session, stack, first, operation, ""))


def _steps(options: W_Dict) -> int:
    value = _entry(options, "max_steps")
    if value.same(Value.NULL):
        return DEFAULT_STEPS
    if not is_number(value) or not 1 <= int_of(value) <= MOST_STEPS:
        raise GuestError(f"ai_tool_loop() max_steps must be a number between 1 and {MOST_STEPS}")
    return int_of(value)


def native_chat(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`ai_chat(prompt, options)`: Ok of `content`, `finish_reason`, `tool_calls`, `usage`, `model` and `messages`"""
    return _ask(session, stack, first, count, "ai_chat", CHAT)


def native_stream(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`ai_stream_chat(prompt, options)`: Ok of `content`, `chunks`, `finish_reason` and `usage`"""
    return _ask(session, stack, first, count, "ai_stream_chat", STREAM)


def native_embedding(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`ai_embedding(text or texts, options)`: Ok of `embedding`, `embeddings` and `usage`"""
    return _ask(session, stack, first, count, "ai_embedding", EMBEDDING)


def native_tool_loop(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`ai_tool_loop(prompt, options)`: as `ai_chat`, when the model calls no tool any more"""
    return _ask(session, stack, first, count, "ai_tool_loop", CHAT)


ROWS: Final[list[W_Native]] = [
    W_Native("ai_chat", 2, 2, ARITY_ANY, native_chat, calls_back=True),
    W_Native("ai_stream_chat", 2, 2, ARITY_ANY, native_stream, calls_back=True),
    W_Native("ai_embedding", 2, 2, ARITY_ANY, native_embedding, calls_back=True),
    W_Native("ai_tool_loop", 2, 2, ARITY_ANY, native_tool_loop, calls_back=True),
]
