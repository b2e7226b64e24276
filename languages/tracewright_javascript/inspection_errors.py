"""Errors in what `console.log` shows: their `stack`, mended where it does not name the class."""

from __future__ import annotations

from typing import Final

from tracewright_javascript.conversions import error_text
from tracewright_javascript.error_objects import JSError
from tracewright_javascript.errors import GuestFault, Thrown
from tracewright_javascript.lookups import get_named
from tracewright_javascript.values import as_string

FIRST_CALL: Final = "\n    at"


def error_stack(error: JSError) -> str:
    """`stack` if it is a string, else what `toString` says."""
    try:
        text = as_string(get_named(error, "stack"))
        if text is not None and text.text() != "":
            return text.text()
        return error_text(error)
    except (Thrown, GuestFault):  # the program's own getters
        return "Error"


def shown_error(error: JSError, class_name: str, tag: str, indent: int) -> str:
    """The text, in brackets where it tells of no calls."""
    text = _with_class(error, error_stack(error), class_name, tag)
    place = text.find(FIRST_CALL)
    if place < 0:
        text = f"[{text}]"
    return text.replace("\n", "\n" + " " * indent) if indent > 0 else text


def _with_class(error: JSError, text: str, class_name: str, tag: str) -> str:
    """An error of a class of the program that says nothing else is called by its class."""
    try:
        known = as_string(get_named(error, "name"))
    except (Thrown, GuestFault):
        known = None
    name = "Error" if known is None else known.text()
    if class_name == "" or not name.endswith("Error") or not text.startswith(name):
        return text
    rest = text[len(name) :]
    if rest != "" and rest[0] != ":" and rest[0] != "\n":
        return text
    wanted = f"{class_name} [{tag}]" if tag != "" else class_name
    if name == wanted:
        return text
    return wanted + rest if name in wanted else f"{wanted} [{name}]{rest}"
