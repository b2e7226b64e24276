"""Encodings beyond those that are built in: what the module `codecs` of the library finds for their names."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright_python import builtin_types as types
from tracewright_python.access import load_attribute
from tracewright_python.calls import call
from tracewright_python.errors import Raised
from tracewright_python.exceptions import as_exception, error
from tracewright_python.importing import import_by_name
from tracewright_python.lists import as_tuple
from tracewright_python.session import Session
from tracewright_python.texts import text_value


def by_codec(session: Session, action: str, value: Value, encoding: str, errors: str) -> Value:
    """`codecs.lookup(encoding).encode(value, errors)[0]`, or the same with `decode`. Raises LookupError."""
    try:
        module = import_by_name(session, "codecs")
    except Raised as raised:
        exception = as_exception(raised.value)
        if exception is None or not exception.type_of().derives_from(types.IMPORT_ERROR):
            raise
        raise error(types.LOOKUP_ERROR, f"unknown encoding: {encoding}")
    codec = call(session, load_attribute(session, module, "lookup"), [text_value(encoding)])
    both = as_tuple(call(session, load_attribute(session, codec, action), [value, text_value(errors)]))
    if both is None or len(both.items) != 2:
        word = "encoder" if action == "encode" else "decoder"
        raise error(types.TYPE_ERROR, f"{word} must return a tuple (object, integer)")
    return both.items[0]
