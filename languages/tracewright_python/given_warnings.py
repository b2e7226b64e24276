"""Warnings that the engine itself gives, by the library's `warnings`, so that its filters say what becomes of them."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.hints import dont_look_inside
from tracewright_python import builtin_types as types
from tracewright_python.importing import import_by_name
from tracewright_python.objects import PyType
from tracewright_python.session import Session
from tracewright_python.texts import text_value
from tracewright_python.values import type_name


@dont_look_inside
def warn(session: Session, category: PyType, message: str) -> None:
    """Give a warning. Raises it where a filter says so; without the library there is nobody to tell."""
    if session.library == "":
        return
    function = session.get_attribute(session, import_by_name(session, "warnings"), "warn")
    session.call(session, function, [text_value(message), Value.of_object(category)])


def warn_of_subclass(session: Session, method: str, base: str, given: Value) -> None:
    """A conversion has given an object of a class that derives from the one that it should be of."""
    warn(
        session,
        types.DEPRECATION_WARNING,
        f"{method} returned non-{base} (type {type_name(given)}).  The ability to return an instance of a strict "
        f"subclass of {base} is deprecated, and may not be supported in a future version of Python.",
    )


@dont_look_inside
def warn_of_source(session: Session, category: PyType, message: str, file: str, line: int) -> None:
    """Give a warning about a place of a text. Raises it where a filter says so."""
    if session.library == "":
        return
    function = session.get_attribute(session, import_by_name(session, "warnings"), "warn_explicit")
    session.call(
        session,
        function,
        [text_value(message), Value.of_object(category), text_value(file), Value.of_int(line)],
    )
