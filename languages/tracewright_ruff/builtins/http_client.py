"""HTTP requests: waiting for the answer, by promises, and several at once. By libcurl."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.foreign import MissingLibrary
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.event_loop import Job
from tracewright.lib.http_texts import is_field_name, is_field_value, percent_encoded
from tracewright_ruff.builtins.arguments import int_of, is_number, text_at
from tracewright_ruff.builtins.async_files import texts_at
from tracewright_ruff.builtins.json import json_text
from tracewright_ruff.builtins.json_reader import JsonReader
from tracewright_ruff.builtins.library_state import library_state
from tracewright_ruff.builtins.system_errors import bytes_value
from tracewright_ruff.display import display_text
from tracewright_ruff.errors import GuestError
from tracewright_ruff.http_client import HttpRequest, Transfer, TransferGroup, W_HttpAnswer
from tracewright_ruff.libraries_curl import CURL
from tracewright_ruff.objects import (
    PENDING,
    REJECTED,
    W_Bytes,
    W_Dict,
    W_Promise,
    W_String,
    array_from_list,
    as_dict,
    text_value,
)
from tracewright_ruff.scheduler import outcome, pending_promise, reject, resolve, resumed_operation, when_settled
from tracewright_ruff.session import ARITY_ANY, Session, W_Native

MOST_PARALLEL: Final = 128
MOST_MILLISECONDS: Final = 1 << 31
FORM: Final = "Content-Type: application/x-www-form-urlencoded"
JSON: Final = "Content-Type: application/json"


# --- requests --------------------------------------------------------------------------------------------------------
def _url(stack: VMStack, first: int, count: int, index: int, name: str) -> str:
    message = f"{name}() requires a URL string"
    if count <= index:
        raise GuestError(message)
    return checked_url(text_at(stack, first + index, message), name)


def checked_url(url: str, name: str) -> str:
    """Raises GuestError where it is none of HTTP."""
    if not (url.startswith("http://") or url.startswith("https://")) or not is_field_value(url):
        raise GuestError(f"{name}() requires a URL that begins with http:// or https://")
    return url


def give_body(request: HttpRequest, value: Value) -> None:
    """A text or bytes as they are, null for none, anything else as JSON; all but bytes say that they are JSON."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_Bytes):
            request.body = thing.data
            return
        if isinstance(thing, W_String):
            request.body = thing.flat().encode()
            request.fields.append(JSON)
            return
    if not value.same(Value.NULL):
        request.body = json_text(value).encode()
        request.fields.append(JSON)


def give_fields(request: HttpRequest, value: Value, name: str) -> None:
    """The fields of a dictionary; null for none."""
    if value.same(Value.NULL):
        return
    table = as_dict(value)
    if table is None:
        raise GuestError(f"{name}() headers must be a dictionary")
    for key in table.keys():
        text = display_text(table.get_text(key))
        if not is_field_name(key) or not is_field_value(text):
            raise GuestError(f"{name}() there can be no header '{key}' with this value")
        request.fields = [field for field in request.fields if field.partition(":")[0].lower() != key.lower()]
        request.fields.append(f"{key}: {text}" if text != "" else f"{key};")


def give_timeout(request: HttpRequest, value: Value, name: str) -> None:
    """In milliseconds; null for the usual one."""
    if value.same(Value.NULL):
        return
    if not is_number(value) or not 1 <= int_of(value) < MOST_MILLISECONDS:
        raise GuestError(f"{name}() timeout_ms must be a positive number")
    request.milliseconds = int_of(value)


def start_request(session: Session, request: HttpRequest) -> W_Promise:
    """A promise of a W_HttpAnswer. Raises GuestError where there is no library."""
    state = library_state(session)
    transfers = state.transfers
    if transfers is None:
        try:
            CURL.require()
        except MissingLibrary as error:
            raise GuestError(str(error))
        transfers = TransferGroup(session)
        state.transfers = transfers
    assert isinstance(transfers, TransferGroup)
    transfer = Transfer(request)
    transfers.start(transfer)
    return transfer.promise


def answer_of(value: Value) -> W_HttpAnswer:
    """What the promise of a request gives."""
    thing = value.as_object()
    assert isinstance(thing, W_HttpAnswer)
    return thing


def answer_dictionary(session: Session, answer: W_HttpAnswer) -> Value:
    """`status`, `body` and `headers`, whose names are in lower case."""
    headers = W_Dict(session.dict_shape)
    for field in answer.fields():
        name, _, value = field.partition(":")
        headers.set_text(name.lower(), text_value(value.strip()))
    table = W_Dict(session.dict_shape)
    table.set_text("status", Value.of_int(answer.status))
    table.set_text("body", text_value(answer.text()))
    table.set_text("headers", Value.of_object(headers))
    return Value.of_object(table)


def _ask(session: Session, stack: VMStack, first: int, request: HttpRequest) -> W_HttpAnswer:
    """Wait for the answer."""
    operation = resumed_operation(session)
    if operation is None:
        operation = start_request(session, request)
    return answer_of(outcome(session, stack, first, operation, f"HTTP {request.method} failed: "))


def _ask_simply(session: Session, stack: VMStack, first: int, count: int, name: str, method: str) -> W_HttpAnswer:
    """With a URL, and perhaps a body and fields."""
    request = HttpRequest(method, _url(stack, first, count, 0, name))
    has_body = method == "POST" or method == "PUT"
    if has_body and count > 1:
        give_body(request, stack[first + 1])
    fields = 2 if has_body else 1
    if count > fields:
        give_fields(request, stack[first + fields], name)
    return _ask(session, stack, first, request)


# --- waiting ---------------------------------------------------------------------------------------------------------
def native_get(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`http_get(url)`, `http_get(url, headers)`: a dictionary of `status`, `body` and `headers`, as the next ones give, too"""
    return answer_dictionary(session, _ask_simply(session, stack, first, count, "http_get", "GET"))


def native_post(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`http_post(url, json)`, `http_post(url, json, headers)`"""
    return answer_dictionary(session, _ask_simply(session, stack, first, count, "http_post", "POST"))


def native_put(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`http_put(url, json)`, `http_put(url, json, headers)`"""
    return answer_dictionary(session, _ask_simply(session, stack, first, count, "http_put", "PUT"))


def native_delete(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`http_delete(url)`, `http_delete(url, headers)`"""
    return answer_dictionary(session, _ask_simply(session, stack, first, count, "http_delete", "DELETE"))


def native_get_binary(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`http_get_binary(url)`, `http_get_stream(url)`: the bytes of the body"""
    return bytes_value(_ask_simply(session, stack, first, count, "http_get_binary", "GET").body)


def native_request(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`http_request(method, url, body, headers)`, the last two of which may be missing, or one dictionary with these keys and `timeout_ms`"""
    message = "http_request() requires a method and a URL string"
    if count < 1:
        raise GuestError(message)
    table = as_dict(stack[first])
    if table is None:
        request = HttpRequest(_method(text_at(stack, first, message)), _url(stack, first, count, 1, "http_request"))
        give_body(request, stack[first + 2] if count > 2 else Value.NULL)
        give_fields(request, stack[first + 3] if count > 3 else Value.NULL, "http_request")
        return answer_dictionary(session, _ask(session, stack, first, request))
    method = _entry(table, "method")
    url = _entry(table, "url")
    text = "GET" if method.same(Value.NULL) else display_text(method)
    request = HttpRequest(_method(text), checked_url(display_text(url), "http_request"))
    give_body(request, _entry(table, "body"))
    give_fields(request, _entry(table, "headers"), "http_request")
    give_timeout(request, _entry(table, "timeout_ms"), "http_request")
    return answer_dictionary(session, _ask(session, stack, first, request))


def _method(text: str) -> str:
    method = text.upper()
    if not is_field_name(method):
        raise GuestError(f"http_request() knows no method '{text}'")
    return method


def _entry(table: W_Dict, key: str) -> Value:
    value = table.get_text(key)
    return Value.NULL if value.same(Value.UNDEFINED) else value


# --- promises and several at once ------------------------------------------------------------------------------------
@final
class AnswerJob(Job):
    """Settles a promise of a dictionary as that of an answer has been."""

    def __init__(self, session: Session, source: W_Promise, method: str) -> None:
        self.session = session
        self.source = source
        self.method = method
        self.promise = pending_promise()

    def run(self) -> None:
        if self.source.state == REJECTED:
            reject(self.session, self.promise, f"HTTP {self.method} failed: {self.source.message}")
        else:
            resolve(self.session, self.promise, answer_dictionary(self.session, answer_of(self.source.result)))


def _promise(session: Session, request: HttpRequest) -> Value:
    source = start_request(session, request)
    job = AnswerJob(session, source, request.method)
    if source.state == PENDING:
        when_settled(source, job)
    else:
        job.run()
    return Value.of_object(job.promise)


def native_async_get(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`async_http_get(url)`: a promise of what `http_get` gives"""
    request = HttpRequest("GET", _url(stack, first, count, 0, "async_http_get"))
    if count > 1:
        give_fields(request, stack[first + 1], "async_http_get")
    return _promise(session, request)


def native_async_post(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`async_http_post(url, json)`: a promise of what `http_post` gives"""
    request = HttpRequest("POST", _url(stack, first, count, 0, "async_http_post"))
    if count > 1:
        give_body(request, stack[first + 1])
    if count > 2:
        give_fields(request, stack[first + 2], "async_http_post")
    return _promise(session, request)


@final
class ParallelJob(Job):
    """Resolves a promise with the answers of several requests, when the last one has come."""

    def __init__(self, session: Session, sources: list[W_Promise]) -> None:
        self.session = session
        self.sources = sources
        self.promise = pending_promise()

    def run(self) -> None:
        for source in self.sources:
            if source.state == PENDING:
                return
        answers: list[Value] = []
        for source in self.sources:
            if source.state == REJECTED:
                failed = W_Dict(self.session.dict_shape)
                failed.set_text("status", Value.of_int(0))
                failed.set_text("body", text_value(""))
                failed.set_text("error", text_value(source.message))
                answers.append(Value.of_object(failed))
            else:
                answers.append(answer_dictionary(self.session, answer_of(source.result)))
        resolve(self.session, self.promise, array_from_list(answers))


def native_parallel(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`parallel_http(urls)`: an array of what `http_get` gives; of what has failed, `status` is 0 and `error` the reason"""
    operation = resumed_operation(session)
    if operation is None:
        message = "parallel_http() requires an array of URL strings"
        urls = texts_at(stack, first, count, 0, message)
        if len(urls) > MOST_PARALLEL:
            raise GuestError(f"parallel_http() takes {MOST_PARALLEL} URLs at most, got {len(urls)}")
        for url in urls:
            checked_url(url, "parallel_http")
        job = ParallelJob(session, [start_request(session, HttpRequest("GET", url)) for url in urls])
        for source in job.sources:
            if source.state == PENDING:
                when_settled(source, job)
        job.run()
        operation = job.promise
    return outcome(session, stack, first, operation, "")


# --- OAuth -----------------------------------------------------------------------------------------------------------
def native_get_token(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`oauth2_get_token(code, client_id, client_secret, token_url, redirect_uri)`: the server's dictionary"""
    what = "code, client_id, client_secret, token_url, redirect_uri"
    if count != 5:
        raise GuestError(f"oauth2_get_token() expects 5 arguments ({what}), got {count}")
    message = f"oauth2_get_token requires {what} strings"
    texts = [text_at(stack, first + index, message) for index in range(5)]
    request = HttpRequest("POST", checked_url(texts[3], "oauth2_get_token"))
    fields = [
        "grant_type=authorization_code",
        "code=" + percent_encoded(texts[0]),
        "client_id=" + percent_encoded(texts[1]),
        "client_secret=" + percent_encoded(texts[2]),
        "redirect_uri=" + percent_encoded(texts[4]),
    ]
    request.body = "&".join(fields).encode()
    request.fields = [FORM, "Accept: application/json"]
    answer = _ask(session, stack, first, request)
    if answer.status >= 400:
        raise GuestError(f"oauth2_get_token() was refused with status {answer.status}: {answer.text()}")
    document = JsonReader(session, answer.text()).document()
    if as_dict(document) is None:
        raise GuestError("oauth2_get_token() got no dictionary")
    return document


ROWS: Final[list[W_Native]] = [
    W_Native("http_get", 1, 2, ARITY_ANY, native_get, calls_back=True),
    W_Native("http_post", 2, 3, ARITY_ANY, native_post, calls_back=True),
    W_Native("http_put", 2, 3, ARITY_ANY, native_put, calls_back=True),
    W_Native("http_delete", 1, 2, ARITY_ANY, native_delete, calls_back=True),
    W_Native("http_get_binary", 1, 2, ARITY_ANY, native_get_binary, calls_back=True),
    W_Native("http_get_stream", 1, 2, ARITY_ANY, native_get_binary, calls_back=True),
    W_Native("http_request", 1, 4, ARITY_ANY, native_request, calls_back=True),
    W_Native("async_http_get", 1, 2, ARITY_ANY, native_async_get),
    W_Native("async_http_post", 2, 3, ARITY_ANY, native_async_post),
    W_Native("parallel_http", 1, 1, ARITY_ANY, native_parallel, calls_back=True),
    W_Native("oauth2_get_token", 5, 5, ARITY_ANY, native_get_token, calls_back=True),
]
