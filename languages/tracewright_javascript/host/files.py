"""Files and folders for the module `fs`. What the system refuses is a negative number, the error's; bytes are strings of units below 256.

`fs.js` makes of this what programs see: errors with their codes, encodings, objects of class `Stats`.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.files import (
    STATUS_WORDS,
    change_folder,
    close_descriptor,
    current_folder,
    file_status,
    list_folder,
    make_folder,
    open_descriptor,
    read_descriptor,
    remove_file,
    remove_folder,
    rename_path,
    truncate_file,
    write_descriptor,
)
from tracewright.core.system import canonical_path, read_file
from tracewright.core.text import width_of
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.sources import errno_of
from tracewright.lib.byte_search import latin_bytes
from tracewright.lib.utf8 import decode_lossy, text_of_bytes
from tracewright.lib.utf16 import units_of_text, utf8_of_units
from tracewright_javascript.builtins.arguments import argument_at
from tracewright_javascript.builtins.rows import NativeRow
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.conversions import to_integer, to_text
from tracewright_javascript.realm import as_realm
from tracewright_javascript.values import int_number, string_value

NANOSECONDS_IN_MILLISECOND: Final = 1e6


def refusal(error: OSError) -> Value:
    """What says why the system has refused."""
    return Value.of_int(-errno_of(error))


def path_at(stack: VMStack, frame: int, count: int, index: int) -> bytes:
    """An argument that is a path. Raises GuestFault."""
    return utf8_of_units(to_text(argument_at(stack, frame, count, index)))


def bytes_at(stack: VMStack, frame: int, count: int, index: int) -> bytes:
    """An argument whose units are bytes; of larger units the lower half counts. Raises GuestFault."""
    text = to_text(argument_at(stack, frame, count, index))
    if width_of(text) > 1:
        text = "".join([chr(ord(unit) & 255) for unit in text])
    return latin_bytes(text)


def number_at(stack: VMStack, frame: int, count: int, index: int) -> int:
    """An argument that is an int. Raises GuestFault."""
    return int(to_integer(argument_at(stack, frame, count, index)))


def value_of_bytes(data: bytes) -> Value:
    """Bytes as a string of units below 256."""
    return string_value(text_of_bytes(data, 0, len(data)))


def value_of_utf8(data: bytes) -> Value:
    """The text that bytes mean; what means nothing is U+FFFD."""
    return string_value(units_of_text(decode_lossy(data)))


def _read_bytes(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    try:
        return value_of_bytes(read_file(path_at(stack, frame, count, 0)))
    except OSError as error:
        return refusal(error)


def _read_text(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    try:
        return value_of_utf8(read_file(path_at(stack, frame, count, 0)))
    except OSError as error:
        return refusal(error)


def _open(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    try:
        return Value.of_int(open_descriptor(path_at(stack, frame, count, 0), number_at(stack, frame, count, 1)))
    except OSError as error:
        return refusal(error)


def _close(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    try:
        close_descriptor(number_at(stack, frame, count, 0))
    except OSError as error:
        return refusal(error)
    return Value.of_int(0)


def _read(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    descriptor = number_at(stack, frame, count, 0)
    try:
        data = read_descriptor(descriptor, number_at(stack, frame, count, 1), number_at(stack, frame, count, 2))
    except OSError as error:
        return refusal(error)
    return value_of_bytes(data)


def _write(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    descriptor = number_at(stack, frame, count, 0)
    try:
        write_descriptor(descriptor, number_at(stack, frame, count, 1), bytes_at(stack, frame, count, 2))
    except OSError as error:
        return refusal(error)
    return Value.of_int(0)


def _truncate(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    try:
        truncate_file(path_at(stack, frame, count, 0), number_at(stack, frame, count, 1))
    except OSError as error:
        return refusal(error)
    return Value.of_int(0)


def _status(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`[kind, size, mode, modified, accessed, changed]`, times in milliseconds; the second argument says whether to follow a link."""
    words = Array(STATUS_WORDS, 0)
    try:
        file_status(path_at(stack, frame, count, 0), number_at(stack, frame, count, 1), words)
    except OSError as error:
        return refusal(error)
    values = [int_number(words[index]) for index in range(3)]
    for index in range(3, STATUS_WORDS):
        values.append(Value.of_float(float(words[index]) / NANOSECONDS_IN_MILLISECOND))
    return Value.of_object(as_realm(realm).array_of(values))


def _list(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    try:
        names = list_folder(path_at(stack, frame, count, 0))
    except OSError as error:
        return refusal(error)
    texts = units_of_text(decode_lossy(names)).split("\0")
    texts.pop()
    texts.sort()
    return Value.of_object(as_realm(realm).array_of([string_value(text) for text in texts]))


def _make_folder(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    try:
        make_folder(path_at(stack, frame, count, 0))
    except OSError as error:
        return refusal(error)
    return Value.of_int(0)


def _remove_file(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    try:
        remove_file(path_at(stack, frame, count, 0))
    except OSError as error:
        return refusal(error)
    return Value.of_int(0)


def _remove_folder(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    try:
        remove_folder(path_at(stack, frame, count, 0))
    except OSError as error:
        return refusal(error)
    return Value.of_int(0)


def _rename(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    try:
        rename_path(path_at(stack, frame, count, 0), path_at(stack, frame, count, 1))
    except OSError as error:
        return refusal(error)
    return Value.of_int(0)


def _real_path(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    try:
        return value_of_utf8(canonical_path(path_at(stack, frame, count, 0)))
    except OSError as error:
        return refusal(error)


def _current_folder(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    try:
        return value_of_utf8(current_folder())
    except OSError as error:
        return refusal(error)


def _change_folder(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    try:
        change_folder(path_at(stack, frame, count, 0))
    except OSError as error:
        return refusal(error)
    return Value.of_int(0)


def _encode(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return value_of_bytes(path_at(stack, frame, count, 0))


def _decode(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return value_of_utf8(bytes_at(stack, frame, count, 0))


FILES: Final[list[NativeRow]] = [
    ("readBytes", 1, _read_bytes),
    ("readText", 1, _read_text),
    ("open", 2, _open),
    ("close", 1, _close),
    ("read", 3, _read),
    ("write", 3, _write),
    ("truncate", 2, _truncate),
    ("status", 2, _status),
    ("list", 1, _list),
    ("makeFolder", 1, _make_folder),
    ("removeFile", 1, _remove_file),
    ("removeFolder", 1, _remove_folder),
    ("rename", 2, _rename),
    ("realPath", 1, _real_path),
    ("currentFolder", 0, _current_folder),
    ("changeFolder", 1, _change_folder),
    ("encode", 1, _encode),
    ("decode", 1, _decode),
]
