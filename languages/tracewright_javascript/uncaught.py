"""What stands on the standard error output when a program ends by an error, in node's form:

/home/a.js:3
  null.x
       ^

TypeError: Cannot read properties of null (reading 'x')
    at f (/home/a.js:3:8)

Tracewright JavaScript
"""

from __future__ import annotations

from typing import Final

from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright_javascript.bytecode import Code
from tracewright_javascript.diagnostics import Place, SyntaxFault, excerpt, line_of
from tracewright_javascript.error_objects import JSError
from tracewright_javascript.errors import Thrown
from tracewright_javascript.inspection import inspected
from tracewright_javascript.objects import as_object
from tracewright_javascript.properties import HIDDEN
from tracewright_javascript.realm import Realm
from tracewright_javascript.stack_traces import StackTrace
from tracewright_javascript.values import string_value

FOOTER: Final = "\nTracewright JavaScript\n"


def uncaught_text(realm: Realm, thrown: Thrown) -> str:
    """The report of a value that nobody has caught, in units."""
    is_error = isinstance(as_object(thrown.value), JSError)
    place = _place(realm, thrown)
    shown = inspected(realm, thrown.value)
    if place == "":
        return f"Uncaught:\n{shown}\n{FOOTER}"
    return f"{place}\n{shown}\n{FOOTER}" if is_error else f"\n{place}{shown}\n{FOOTER}"


def _place(realm: Realm, thrown: Thrown) -> str:
    """The file and line, the line's text and a caret; empty where that is not known."""
    is_inside = thrown.code is not None and unsafe_cast(Code, thrown.code).is_hidden()  # of a built-in module
    if thrown.code is None or is_inside:  # the reason of a promise, or thrown by somebody else than the program
        thing = as_object(thrown.value)
        trace = thing.trace if isinstance(thing, JSError) else None
        if not isinstance(trace, StackTrace) or len(trace.frames) == 0:
            return ""
        code = trace.frames[0].code
        span = trace.frames[0].span()
    else:
        code = unsafe_cast(Code, thrown.code)
        span = thrown.span()
    source = realm.agent.sources.get(code.file)
    if source is None or span.line == 0:
        return ""
    return f"{code.file}:{span.line}\n{excerpt(line_of(source, span.line), span.column, 1, '')}"


def syntax_error_place(fault: SyntaxFault, source: str, file: str) -> str:
    """The file and line of a mistake, the line's text and carets."""
    place = Place(source, fault.start)
    return f"{file}:{place.line}\n{excerpt(place.text, place.column, fault.end - fault.start, '')}"


def syntax_error_text(fault: SyntaxFault, source: str, file: str) -> str:
    """The report of a file that is no program, in units."""
    return f"{syntax_error_place(fault, source, file)}\nSyntaxError: {fault.message}\n{FOOTER}"


def syntax_error(realm: Realm, fault: SyntaxFault, source: str, file: str) -> Value:
    """The error that a file which is no program makes: its `stack` begins with the place."""
    error = realm.new_error("SyntaxError", fault.message)
    text = f"{syntax_error_place(fault, source, file)}\nSyntaxError: {fault.message}\n    at {file}"
    error.store_named("stack", string_value(text), HIDDEN)
    return Value.of_object(error)
