"""`_json_core`: what `prelude/_json.guest` is made of."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright_python.functions import PyBuiltin
from tracewright_python.modules.building import native_module
from tracewright_python.modules.json_reading import scan, scan_string
from tracewright_python.modules.json_writing import ENCODE_ASCII, ENCODE_UNICODE, encode
from tracewright_python.session import Session

FUNCTIONS: Final[list[PyBuiltin]] = [
    PyBuiltin("scan", scan, 8, 8),
    PyBuiltin("scanstring", scan_string, 2, 3),
    PyBuiltin("encode", encode, 9, 9),
    ENCODE_ASCII,
    ENCODE_UNICODE,
]


def make_json_core(session: Session) -> Value:
    """The module."""
    native_module(session, "_json_core", FUNCTIONS)
    return session.modules.get_named("_json_core")
