"""Mistakes of a text as exceptions of the program."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.guest.diagnostics import SourceError, Span
from tracewright.lib.array_tools import array_from
from tracewright_python import builtin_types as types
from tracewright_python.diagnostics import FaultKind, SyntaxFault
from tracewright_python.errors import Raised
from tracewright_python.exception_fields import SYNTAX_FIELDS
from tracewright_python.exceptions import as_exception, error
from tracewright_python.lists import PyTuple, tuple_of
from tracewright_python.objects import PyType
from tracewright_python.texts import text_value
from tracewright_python.values import NONE

FAULT_TYPES: Final[list[PyType]] = [types.SYNTAX_ERROR, types.INDENTATION_ERROR, types.TAB_ERROR]
"""By the numbers of FaultKind."""


def syntax_error(fault: SyntaxFault, source: str, file: str) -> Raised:
    """The exception of a mistake in a text."""
    assert FaultKind.SYNTAX <= fault.kind <= FaultKind.TAB
    raised = error(FAULT_TYPES[fault.kind], fault.message)
    exception = as_exception(raised.value)
    assert exception is not None
    lines = source.split("\n")
    line = lines[fault.span.line - 1] if 0 < fault.span.line <= len(lines) else ""
    if fault.span.line < len(lines):
        line += "\n"
    text = fault.text
    details = [
        text_value(file),
        Value.of_int(fault.span.line),
        Value.of_int(fault.span.column),
        text_value(line if text is None else text),
        Value.of_int(fault.span.end_line),
        Value.of_int(fault.span.end_column),
    ]
    exception.set_named("msg", text_value(fault.message))
    for place in range(len(details)):
        exception.set_named(SYNTAX_FIELDS[place], details[place])
    exception.arguments = PyTuple(array_from([text_value(fault.message), tuple_of(details)], NONE))
    return raised


def limit_error(problem: SourceError, source: str, file: str) -> Raised:
    """The exception of a text that is too large for the bytecode."""
    span = Span(problem.line, problem.column, problem.line, problem.column)
    return syntax_error(SyntaxFault(problem.message, span), source, file)
