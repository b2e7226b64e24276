"""Attributes that exceptions of some built-in classes take from their arguments.

OSError(2, "No such file or directory", "f")    a FileNotFoundError with errno, strerror and filename
"""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright_python import builtin_types as types
from tracewright_python.big_ints import plain_number
from tracewright_python.byte_objects import as_bytes
from tracewright_python.exceptions import PyException
from tracewright_python.lists import PyTuple, as_tuple
from tracewright_python.objects import PyType
from tracewright_python.texts import as_str
from tracewright_python.values import NONE

ERROR_NUMBERS: Final[dict[int, PyType]] = {
    1: types.PERMISSION_ERROR,
    2: types.FILE_NOT_FOUND_ERROR,
    3: types.PROCESS_LOOKUP_ERROR,
    4: types.INTERRUPTED_ERROR,
    10: types.CHILD_PROCESS_ERROR,
    11: types.BLOCKING_IO_ERROR,
    13: types.PERMISSION_ERROR,
    17: types.FILE_EXISTS_ERROR,
    20: types.NOT_A_DIRECTORY_ERROR,
    21: types.IS_A_DIRECTORY_ERROR,
    32: types.BROKEN_PIPE_ERROR,
    103: types.CONNECTION_ABORTED_ERROR,
    104: types.CONNECTION_RESET_ERROR,
    108: types.BROKEN_PIPE_ERROR,
    110: types.TIMEOUT_ERROR,
    111: types.CONNECTION_REFUSED_ERROR,
    114: types.BLOCKING_IO_ERROR,
    115: types.BLOCKING_IO_ERROR,
}
"""By the system's numbers (Linux): the class of OSError."""
UNICODE_FIELDS: Final[list[str]] = ["encoding", "object", "start", "end", "reason"]
SYNTAX_FIELDS: Final[list[str]] = ["filename", "lineno", "offset", "text", "end_lineno", "end_offset"]
OS_FIELDS: Final[list[str]] = ["errno", "strerror", "filename", "winerror", "filename2"]
FILE_NAME: Final = 2
SECOND_FILE: Final = 4


def class_for(kind: PyType, arguments: Array[Value]) -> PyType:
    """The class of an exception that is made with these arguments: OSError chooses by the number."""
    if kind is types.OS_ERROR and len(arguments) >= 2 and arguments[0].is_int():
        return ERROR_NUMBERS.get(arguments[0].as_int(), kind)
    return kind


def fill_fields(exception: PyException) -> None:
    """Set the attributes that the arguments give."""
    kind = exception.type_of()
    items = exception.arguments.items
    if kind.derives_from(types.UNICODE_ERROR):
        start = 1 if kind.derives_from(types.UNICODE_TRANSLATE_ERROR) else 0
        if len(items) == len(UNICODE_FIELDS) - start:
            for k in range(len(items)):
                exception.set_named(UNICODE_FIELDS[k + start], items[k])
    elif kind.derives_from(types.OS_ERROR):
        fill_os_error(exception, items)
    elif kind.derives_from(types.SYNTAX_ERROR):
        fill_syntax_error(exception, items)
    elif kind.derives_from(types.IMPORT_ERROR):
        exception.set_named("msg", items[0] if len(items) == 1 else NONE)


def fill_os_error(exception: PyException, items: Array[Value]) -> None:
    """`errno`, `strerror`, and the files, which are no arguments any more."""
    if len(items) < 2 or len(items) > len(OS_FIELDS):
        return
    for k in range(len(items)):
        exception.set_named(OS_FIELDS[k], items[k])
    if len(items) > FILE_NAME and not items[FILE_NAME].same(NONE):
        both: Array[Value] = Array(2, items[0])
        both[1] = items[1]
        exception.arguments = PyTuple(both)


def fill_syntax_error(exception: PyException, items: Array[Value]) -> None:
    """`msg`, and the place."""
    exception.set_named("msg", items[0] if len(items) > 0 else NONE)
    place = as_tuple(items[1]) if len(items) == 2 else None
    for k in range(len(SYNTAX_FIELDS)):
        known = place is not None and k < len(place.items)
        exception.set_named(SYNTAX_FIELDS[k], place.items[k] if place is not None and known else NONE)
    exception.set_named("print_file_and_line", NONE)


def unicode_error_text(exception: PyException) -> str:
    """`str` of a UnicodeEncodeError or UnicodeDecodeError; "" where it has not the attributes of one."""
    encoding, reason = as_str(exception.get_named("encoding")), as_str(exception.get_named("reason"))
    start, stop = plain_number(exception.get_named("start")), plain_number(exception.get_named("end"))
    if reason is None or not start.is_int() or not stop.is_int():
        return ""
    first, last = start.as_int(), stop.as_int() - 1
    text, data = as_str(exception.get_named("object")), as_bytes(exception.get_named("object"))
    verb = "encode" if text is not None else "decode"
    if exception.type_of().derives_from(types.UNICODE_TRANSLATE_ERROR):
        verb = "translate"
    if text is not None and first == last and 0 <= first < text.length:
        code = ord(text.text()[first])
        shown = f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
        what = f"character '{shown}' in position {first}"
    elif data is not None and first == last and 0 <= first < len(data.data):
        what = f"byte 0x{data.data[first]:02x} in position {first}"
    else:
        what = f"{'characters' if text is not None else 'bytes'} in position {first}-{last}"
    codec = "" if encoding is None else f"'{encoding.text()}' codec "
    return f"{codec}can't {verb} {what}: {reason.text()}"
