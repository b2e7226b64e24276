"""Between bytes in buffers and strings of units below 256, which native functions take and give."""

from __future__ import annotations

from typing import Final

from tracewright.core.text import BytesBuffer, width_of
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright.lib.utf8 import text_of_bytes
from tracewright_javascript.array_buffers import JSArrayBuffer
from tracewright_javascript.builtins.arguments import argument_at
from tracewright_javascript.builtins.rows import NativeRow
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.conversions import to_text
from tracewright_javascript.data_view import JSDataView
from tracewright_javascript.errors import type_error
from tracewright_javascript.objects import as_object
from tracewright_javascript.typed_arrays import JSTypedArray
from tracewright_javascript.values import string_value


@dont_look_inside
def _bytes_of(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`bytesOf(view)`: those of a buffer, or of a view of one. Raises GuestFault."""
    thing = as_object(argument_at(stack, frame, count, 0))
    if isinstance(thing, JSArrayBuffer):
        return string_value(_text(thing.block, 0, thing.byte_length))
    if isinstance(thing, JSTypedArray):
        return string_value(_text(thing.buffer.block, thing.offset, thing.count() << thing.shift))
    if isinstance(thing, JSDataView):
        return string_value(_text(thing.buffer.block, thing.offset, 0 if thing.is_out_of_bounds() else thing.count()))
    raise type_error("a buffer is needed")


def _text(block: BytesBuffer, start: int, length: int) -> str:
    copy = BytesBuffer(length)
    copy.move_range(0, block, start, length)
    return text_of_bytes(copy.finish(), 0, length)


@dont_look_inside
def _put_bytes(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`putBytes(array, text)`: write bytes at the beginning of an Uint8Array, as many as it has room for; gives the array. Raises GuestFault."""
    value = argument_at(stack, frame, count, 0)
    array = as_object(value)
    text = to_text(argument_at(stack, frame, count, 1))
    if not isinstance(array, JSTypedArray) or array.shift != 0:
        raise type_error("an array of bytes is needed")
    length = min(len(text), array.count())
    if width_of(text) == 1:
        array.buffer.block.put_text(array.offset, text if length == len(text) else text[:length])
    else:
        for index in range(length):
            array.buffer.block.put(array.offset + index, ord(text[index]) & 255)
    return value


BYTE_VIEWS: Final[list[NativeRow]] = [("bytesOf", 1, _bytes_of), ("putBytes", 2, _put_bytes)]
