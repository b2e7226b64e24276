"""`__format__` of built-in types, and `str.format`."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_python import builtin_types as types
from tracewright_python.conversions import required_text
from tracewright_python.formatting import format_number, format_text
from tracewright_python.functions import PyBuiltin
from tracewright_python.session import Session
from tracewright_python.texts import as_str, text_value


def number_format(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return text_value(format_number(session, stack[first], required_text(stack[first + 1], "format_spec")))


def str_format(session: Session, stack: VMStack, first: int, count: int) -> Value:
    text = as_str(stack[first])
    assert text is not None
    return text_value(format_text(stack[first], text.text(), required_text(stack[first + 1], "format_spec")))


METHODS: list[PyBuiltin] = [
    PyBuiltin("__format__", number_format, 2, 2, types.INT),
    PyBuiltin("__format__", number_format, 2, 2, types.FLOAT),
    PyBuiltin("__format__", str_format, 2, 2, types.STR),
]
