"""What programs hold of HTTP: answers, which are values, and the dictionaries of requests."""

from __future__ import annotations

from typing import final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.guest.shapes import Shape
from tracewright.lib.http_requests import Request
from tracewright.lib.http_texts import percent_decoded, text_of_bytes
from tracewright_ruff.dictionaries import shaped_dict
from tracewright_ruff.objects import W_Dict, text_value
from tracewright_ruff.opaque import W_Opaque


@final
class W_HttpResponse(W_Opaque):
    """An answer. It never changes: to set a field makes another one."""

    def __init__(self, status: int, body: bytes, names: list[str], values: list[str]) -> None:
        super().__init__("httpresponse")
        self.status = status
        self.body = body
        self.names = names  # of its fields, in order
        self.values = values

    def with_field(self, name: str, value: str) -> W_HttpResponse:
        """The same, but with this value of the field, however its name is written."""
        lower = name.lower()
        kept = [index for index in range(len(self.names)) if self.names[index].lower() != lower]
        names = [self.names[index] for index in kept]
        values = [self.values[index] for index in kept]
        names.append(name)
        values.append(value)
        return W_HttpResponse(self.status, self.body, names, values)

    def field(self, name: str) -> Value:
        match name:
            case "status":
                return Value.of_int(self.status)
            case "body":
                return text_value(text_of_bytes(self.body))
            case _:
                return Value.UNDEFINED


@final
class RequestShape:
    """Makes the dictionaries of requests: all have the same five keys."""

    def __init__(self, empty: Shape) -> None:
        self.empty = empty
        model = W_Dict(empty)
        for name in ("method", "path", "query", "headers", "body"):
            model.set_text(name, Value.NULL)
        self.shape: Shape = model.shape

    def dictionary(self, request: Request, path: str, query: str) -> Value:
        """A request as handlers get it; its target is in two parts already."""
        values: Array[Value] = Array(5, Value.NULL)
        values[0] = text_value(request.method)
        values[1] = text_value(path)
        values[2] = self.query_dictionary(query)
        headers = W_Dict(self.empty)
        for index in range(len(request.names)):
            headers.set_text(request.names[index], text_value(request.values[index]))
        values[3] = Value.of_object(headers)
        values[4] = text_value(text_of_bytes(request.body))
        return Value.of_object(shaped_dict(self.shape, values))

    def query_dictionary(self, query: str) -> Value:
        """`a=1&b=2`; the last one of a name."""
        table = W_Dict(self.empty)
        if query != "":
            for part in query.split("&"):
                name, _, value = part.partition("=")
                if name != "":
                    table.set_text(percent_decoded(name, True), text_value(percent_decoded(value, True)))
        return Value.of_object(table)
