"""`http_server` and the answers that its handlers give."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.http_texts import is_field_name, is_field_value
from tracewright.lib.sockets import UnknownHost
from tracewright_ruff.builtins.arguments import dict_at, int_at, text_at
from tracewright_ruff.builtins.json import json_text
from tracewright_ruff.calls import is_callable
from tracewright_ruff.diagnostics import reason_of
from tracewright_ruff.display import display_text
from tracewright_ruff.errors import GuestError
from tracewright_ruff.http_server import W_HttpServer
from tracewright_ruff.http_values import W_HttpResponse
from tracewright_ruff.objects import W_Bytes, W_Dict, W_String
from tracewright_ruff.scheduler import pending_promise, wait_for
from tracewright_ruff.session import ARITY_ANY, Session, W_Native

LAST_PORT: Final = 65535
FOUND: Final = 302


# --- servers ---------------------------------------------------------------------------------------------------------
def native_server(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`http_server(port)`: it listens when it is told to"""
    message = "http_server() requires a port between 0 and 65535"
    port = int_at(stack, first, message) if count > 0 else -1
    if not 0 <= port <= LAST_PORT:
        raise GuestError(message)
    session.add_methods_late("httpserver", METHODS)
    return Value.of_object(W_HttpServer(session, port))


def _server(stack: VMStack, first: int, count: int, name: str) -> W_HttpServer:
    if count > 0 and stack[first].is_object():
        thing = stack[first].as_object()
        if isinstance(thing, W_HttpServer):
            return thing
    raise GuestError(f"{name} requires an HTTP server")


def native_route(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`server.route(method, path, handler)`: the server"""
    server = _server(stack, first, count, "route()")
    message = "route() requires a method, a path and a function"
    if count < 4 or not is_callable(stack[first + 3]):
        raise GuestError(message)
    method = text_at(stack, first + 1, message).upper()
    path = text_at(stack, first + 2, message)
    if not is_field_name(method):
        raise GuestError(f"route() knows no method '{method}'")
    if not path.startswith("/"):
        raise GuestError("route() requires a path that begins with '/'")
    server.add_route(method, path, stack[first + 3])
    return stack[first]


def native_listen(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`server.listen()`, `server.start()`, `http_listen(server)`: answer requests, for ever"""
    server = _server(stack, first, count, "listen()")
    failure = f"Failed to start HTTP server on port {server.port}: "
    try:
        server.start()
    except UnknownHost as error:
        raise GuestError(f"{failure}{error}")
    except OSError as error:
        raise GuestError(f"{failure}{reason_of(error)}")
    wait_for(session, stack, first, pending_promise(), False)
    return Value.NULL


# --- answers ---------------------------------------------------------------------------------------------------------
def _status(stack: VMStack, first: int, count: int, name: str) -> int:
    message = f"{name} requires a status code between 200 and 599"
    status = int_at(stack, first, message) if count > 0 else 0
    if not 200 <= status <= 599:
        raise GuestError(message)
    return status


def _body(stack: VMStack, first: int, count: int, name: str) -> bytes:
    if count > 1 and stack[first + 1].is_object():
        thing = stack[first + 1].as_object()
        if isinstance(thing, W_String):
            return thing.flat().encode()
        if isinstance(thing, W_Bytes):
            return thing.data
    raise GuestError(f"{name} requires a string or bytes as its body")


def native_response(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`http_response(status, body)`"""
    status = _status(stack, first, count, "http_response()")
    return Value.of_object(W_HttpResponse(status, _body(stack, first, count, "http_response()"), [], []))


def native_html(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`html_response(status, body)`"""
    status = _status(stack, first, count, "html_response()")
    body = _body(stack, first, count, "html_response()")
    return Value.of_object(W_HttpResponse(status, body, ["Content-Type"], ["text/html; charset=utf-8"]))


def native_json(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`json_response(status, value)`"""
    status = _status(stack, first, count, "json_response()")
    if count < 2:
        raise GuestError("json_response() requires a status code and a value")
    body = json_text(stack[first + 1]).encode()
    return Value.of_object(W_HttpResponse(status, body, ["Content-Type"], ["application/json"]))


def native_redirect(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`redirect_response(url)`, `redirect_response(url, headers)`"""
    message = "redirect_response() requires a URL string"
    if count < 1:
        raise GuestError(message)
    url = text_at(stack, first, message)
    if not is_field_value(url):
        raise GuestError("redirect_response() URL has characters that a header cannot have")
    response = W_HttpResponse(FOUND, b"", ["Location"], [url])
    if count > 1:
        message = "redirect_response() headers must be a dictionary"
        response = _with_fields(response, dict_at(stack, first + 1, message), "redirect_response()")
    return Value.of_object(response)


def _response(stack: VMStack, first: int, count: int, name: str) -> W_HttpResponse:
    if count > 0 and stack[first].is_object():
        thing = stack[first].as_object()
        if isinstance(thing, W_HttpResponse):
            return thing
    raise GuestError(f"{name} requires an HTTP response")


def _with_field(response: W_HttpResponse, name: str, value: str, builtin: str) -> W_HttpResponse:
    if not is_field_name(name):
        raise GuestError(f"{builtin} there can be no header named '{name}'")
    if not is_field_value(value):
        raise GuestError(f"{builtin} value of '{name}' has characters that a header cannot have")
    return response.with_field(name, value)


def _with_fields(response: W_HttpResponse, table: W_Dict, builtin: str) -> W_HttpResponse:
    for name in table.keys():
        response = _with_field(response, name, display_text(table.get_text(name)), builtin)
    return response


def native_set_header(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`set_header(response, name, value)`: the response with it"""
    response = _response(stack, first, count, "set_header()")
    message = "set_header() requires a name and a value string"
    if count < 3:
        raise GuestError(message)
    name = text_at(stack, first + 1, message)
    return Value.of_object(_with_field(response, name, text_at(stack, first + 2, message), "set_header()"))


def native_set_headers(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`set_headers(response, dictionary)`: the response with them"""
    response = _response(stack, first, count, "set_headers()")
    message = "set_headers() requires a dictionary"
    if count < 2:
        raise GuestError(message)
    return Value.of_object(_with_fields(response, dict_at(stack, first + 1, message), "set_headers()"))


ROWS: Final[list[W_Native]] = [
    W_Native("http_server", 1, 1, ARITY_ANY, native_server),
    W_Native("http_listen", 1, 1, ARITY_ANY, native_listen, calls_back=True),
    W_Native("http_response", 2, 2, ARITY_ANY, native_response),
    W_Native("html_response", 2, 2, ARITY_ANY, native_html),
    W_Native("json_response", 2, 2, ARITY_ANY, native_json),
    W_Native("redirect_response", 1, 2, ARITY_ANY, native_redirect),
    W_Native("set_header", 3, 3, ARITY_ANY, native_set_header),
    W_Native("set_headers", 2, 2, ARITY_ANY, native_set_headers),
]

METHODS: Final[list[W_Native]] = [
    W_Native("route", 4, 4, ARITY_ANY, native_route),
    W_Native("listen", 1, 1, ARITY_ANY, native_listen, calls_back=True),
    W_Native("start", 1, 1, ARITY_ANY, native_listen, calls_back=True),
]
