"""Links, permissions, owners and times of files for the module `fs`; in forms as those of `files.py`."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.file_attributes import (
    change_mode,
    change_owner,
    make_link,
    make_symbolic_link,
    read_link,
    set_times,
)
from tracewright_javascript.builtins.arguments import argument_at
from tracewright_javascript.builtins.rows import NativeRow
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.conversions import to_number, truth
from tracewright_javascript.host.files import number_at, path_at, refusal, value_of_utf8

NANOSECONDS: Final = 1e9
OK: Final = Value.of_int(0)


def _change_mode(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`changeMode(path, mode)`"""
    try:
        change_mode(path_at(stack, frame, count, 0), number_at(stack, frame, count, 1))
    except OSError as error:
        return refusal(error)
    return OK


def _change_owner(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`changeOwner(path, user, group)`"""
    try:
        change_owner(
            path_at(stack, frame, count, 0), number_at(stack, frame, count, 1), number_at(stack, frame, count, 2)
        )
    except OSError as error:
        return refusal(error)
    return OK


def _link(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`link(path, name)`"""
    try:
        make_link(path_at(stack, frame, count, 0), path_at(stack, frame, count, 1))
    except OSError as error:
        return refusal(error)
    return OK


def _symbolic_link(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`symbolicLink(target, name)`"""
    try:
        make_symbolic_link(path_at(stack, frame, count, 0), path_at(stack, frame, count, 1))
    except OSError as error:
        return refusal(error)
    return OK


def _read_link(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`readLink(path)`: a text."""
    try:
        return value_of_utf8(read_link(path_at(stack, frame, count, 0)))
    except OSError as error:
        return refusal(error)


def _set_times(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`setTimes(path, accessed, modified, follows)`, in seconds since 1970."""
    accessed = int(to_number(argument_at(stack, frame, count, 1)) * NANOSECONDS)
    modified = int(to_number(argument_at(stack, frame, count, 2)) * NANOSECONDS)
    try:
        set_times(path_at(stack, frame, count, 0), accessed, modified, truth(argument_at(stack, frame, count, 3)))
    except OSError as error:
        return refusal(error)
    return OK


FILE_ATTRIBUTES: Final[list[NativeRow]] = [
    ("changeMode", 2, _change_mode),
    ("changeOwner", 3, _change_owner),
    ("link", 2, _link),
    ("symbolicLink", 2, _symbolic_link),
    ("readLink", 1, _read_link),
    ("setTimes", 4, _set_times),
]
