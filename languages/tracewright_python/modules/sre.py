"""`_sre`: what the library's `re`, which reads patterns, hands its code to."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright.lib.array_tools import array_from
from tracewright_python.big_ints import plain_number
from tracewright_python.byte_objects import bytes_of
from tracewright_python.conversions import index_value, values_of
from tracewright_python.dictionaries import PyDict, as_dict
from tracewright_python.exceptions import type_error
from tracewright_python.functions import Native, PyBuiltin
from tracewright_python.modules.building import native_module
from tracewright_python.patterns import PyPattern
from tracewright_python.session import Session
from tracewright_python.sre_sets import CASED, CaseKind, lower_code
from tracewright_python.sre_translation import MAGIC, MAXIMUM, MOST_GROUPS
from tracewright_python.texts import as_str
from tracewright_python.values import NONE


@dont_look_inside
def compile_code(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`compile(pattern, flags, code, groups, groupindex, indexgroup)`"""
    numbers = values_of(session, stack[first + 2])
    codes: Array[int] = Array(len(numbers), 0)
    for index in range(len(numbers)):
        number = plain_number(numbers[index])
        if not number.is_int():
            raise type_error("an integer is required")
        codes[index] = number.as_int()
    names = as_dict(stack[first + 4])
    pattern = PyPattern(
        stack[first],
        index_value(session, stack[first + 1]).as_int(),
        codes,
        index_value(session, stack[first + 3]).as_int(),
        PyDict() if names is None else names,
        array_from(values_of(session, stack[first + 5]), NONE),
        as_str(stack[first]) is None and bytes_of(stack[first]) is not None,
    )
    pattern.give_back(pattern.take(False), False)
    return Value.of_object(pattern)


def lowering(kind: int) -> Native:
    """`ascii_tolower` and `unicode_tolower`"""
    return lambda session, stack, first, count: Value.of_int(
        lower_code(index_value(session, stack[first]).as_int(), kind)
    )


def is_cased_ascii(session: Session, stack: VMStack, first: int, count: int) -> Value:
    code = index_value(session, stack[first]).as_int()
    return Value.of_bool(65 <= code <= 90 or 97 <= code <= 122)


def is_cased_unicode(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """Whether a character has a form in the other case."""
    code = index_value(session, stack[first]).as_int()
    if lower_code(code, CaseKind.UNICODE) != code:
        return Value.TRUE
    text = chr(code).upper() if 0 <= code < 0x110000 else ""
    return Value.of_bool(len(text) != 1 or ord(text) != code)


def lower_by_flags(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`getlower(code, flags)`"""
    flags = index_value(session, stack[first + 1]).as_int()
    kind = CaseKind.UNICODE if flags & 32 else CaseKind.ASCII
    return Value.of_int(lower_code(index_value(session, stack[first]).as_int(), kind))


FUNCTIONS: Final[list[PyBuiltin]] = [
    PyBuiltin("compile", compile_code, 6, 6),
    PyBuiltin("ascii_tolower", lowering(CaseKind.ASCII), 1, 1),
    PyBuiltin("unicode_tolower", lowering(CaseKind.UNICODE), 1, 1),
    PyBuiltin("ascii_iscased", is_cased_ascii, 1, 1),
    PyBuiltin("unicode_iscased", is_cased_unicode, 1, 1),
    PyBuiltin("getlower", lower_by_flags, 2, 2),
]
assert len(CASED) > 1000


def make_sre(session: Session) -> Value:
    """The module."""
    namespace = native_module(session, "_sre", FUNCTIONS)
    for name, number in (("MAGIC", MAGIC), ("CODESIZE", 4), ("MAXREPEAT", MAXIMUM), ("MAXGROUPS", MOST_GROUPS)):
        namespace.set_named(name, Value.of_int(number))
    return session.modules.get_named("_sre")
