"""What some functions of `tracewright.core` are when translated: dialect code over raw memory. Never run hosted."""

from typing import Final, TypeVar

from tracewright.core.arrays import Array, array_of, unchecked_get
from tracewright.core.integers import ovf_sub, udiv, wrap_lshift
from tracewright.core.memory import (
    address_of,
    copy_memory,
    load8,
    load16,
    load32,
    load64,
    load_float,
    store8,
    store16,
    store32,
    store64,
    store_float,
    write_barrier_range,
)
from tracewright.core.object_layout import (
    ARRAY_ITEMS_OFFSET,
    BYTES_DATA_OFFSET,
    BYTES_LENGTH_OFFSET,
    STR_DATA_OFFSET,
    STR_LENGTH_OFFSET,
    STR_WIDTH_OFFSET,
)
from tracewright.core.text import BytesBuffer, StrBuffer
from tracewright.core.value import Value
from tracewright.core.vm_stack import CELLS_OFFSET, SLOT_BYTES, VMStack
from tracewright.hints import follow_raw_memory

T = TypeVar("T")
# The two digits of a number below 100: the first in the low byte.
DIGIT_PAIRS: Final[Array[int]] = array_of([48 + number // 10 | (48 + number % 10) << 8 for number in range(100)])


def wrap(value: int) -> int:
    return value


def ovf_neg(a: int) -> int:
    return ovf_sub(0, a)


def same_class(a: object, b: object) -> bool:
    return load32(address_of(a)) == load32(address_of(b))


def weakly(target: T) -> T:
    return target


def strongly(held: T) -> T | None:
    return held


def copy_items(source: Array[T], source_start: int, target: Array[T], target_start: int, count: int) -> None:
    if count < 0 or source_start < 0 or target_start < 0:
        raise IndexError("array copy out of range")
    if source_start > len(source) - count or target_start > len(target) - count:
        raise IndexError("array copy out of range")
    start = address_of(target) + ARRAY_ITEMS_OFFSET + 8 * target_start
    origin = address_of(source) + ARRAY_ITEMS_OFFSET + 8 * source_start
    copy_memory(start, origin, 8 * count)
    write_barrier_range(address_of(target), start, start + 8 * count, origin)  # an array of numbers is never old


def copy_to_stack(source: Array[Value], start: int, stack: VMStack, first: int, count: int) -> None:
    target = load64(address_of(stack) + CELLS_OFFSET) + SLOT_BYTES * first
    copy_memory(target, address_of(source) + ARRAY_ITEMS_OFFSET + SLOT_BYTES * start, SLOT_BYTES * count)


def copy_from_stack(stack: VMStack, first: int, target: Array[Value], start: int, count: int) -> None:
    place = address_of(target) + ARRAY_ITEMS_OFFSET + SLOT_BYTES * start
    origin = load64(address_of(stack) + CELLS_OFFSET) + SLOT_BYTES * first
    copy_memory(place, origin, SLOT_BYTES * count)
    write_barrier_range(address_of(target), place, place + SLOT_BYTES * count, origin)


def width_of(text: str) -> int:
    """One operation, as are the following three; traces have them too."""
    raise NotImplementedError


def code_in_bytes(text: str, index: int) -> int:
    raise NotImplementedError


def code_in_pairs(text: str, index: int) -> int:
    raise NotImplementedError


def code_in_fours(text: str, index: int) -> int:
    raise NotImplementedError


def code_at(text: str, index: int) -> int:
    width = width_of(text)
    if width == 1:
        return code_in_bytes(text, index)
    if width == 2:
        return code_in_pairs(text, index)
    return code_in_fours(text, index)


def byte_at(data: bytes, index: int) -> int:
    return load8(address_of(data) + BYTES_DATA_OFFSET + index)


def str_buffer_put(buffer: StrBuffer, index: int, code: int) -> None:
    address = address_of(buffer)
    width = load32(address + STR_WIDTH_OFFSET)
    if width == 1:
        store8(address + STR_DATA_OFFSET + index, code)
    elif width == 2:
        store16(address + STR_DATA_OFFSET + 2 * index, code)
    else:
        store32(address + STR_DATA_OFFSET + 4 * index, code)


def copy_codes(target: int, index: int, source: int, start: int, count: int) -> None:
    """Copy code points between two texts at these addresses; each must fit the width of the target. In C."""
    raise NotImplementedError


def str_buffer_put_range(buffer: StrBuffer, index: int, source: str, start: int, count: int) -> None:
    copy_codes(address_of(buffer), index, address_of(source), start, count)


def str_buffer_put_bytes(buffer: StrBuffer, index: int, data: bytes, start: int, count: int) -> None:
    target = address_of(buffer) + STR_DATA_OFFSET + index
    copy_memory(target, address_of(data) + BYTES_DATA_OFFSET + start, count)


def str_buffer_put_decimal(buffer: StrBuffer, index: int, count: int, number: int) -> None:
    start = address_of(buffer) + STR_DATA_OFFSET + index
    if count <= 8 and load64(address_of(buffer) + STR_LENGTH_OFFSET) == count:
        # The whole text. Cells are a multiple of 16 bytes, so there is room for a word; who reads it soon gets it at once
        # from the one store, but would wait for eight.
        store64(start, digits_word(count, number))
        return
    address = start + count - 1
    while address > start:
        quotient = udiv(number, 100)
        pair = unchecked_get(DIGIT_PAIRS, number - quotient * 100)
        store8(address, pair >> 8)
        store8(address - 1, pair)
        address -= 2
        number = quotient
    if address == start:
        store8(address, 48 + number)


def str_buffer_put_text_and_decimal(buffer: StrBuffer, text: str, count: int, number: int) -> None:
    length = load64(address_of(text) + STR_LENGTH_OFFSET)
    if length + count <= 8:
        # One store, as in str_buffer_put_decimal: names of few letters and a number are keys, whose hash is asked for at once.
        word = short_word(address_of(text) + STR_DATA_OFFSET, length) | wrap_lshift(
            digits_word(count, number), 8 * length
        )
        store64(address_of(buffer) + STR_DATA_OFFSET, word)
        return
    copy_codes(address_of(buffer), 0, address_of(text), 0, length)
    str_buffer_put_decimal(buffer, length, count, number)


def short_word(address: int, count: int) -> int:
    """0 to 7 bytes as the low bytes of a word. Reads overlap, so that none goes beyond them."""
    if count >= 4:
        return load32(address) | wrap_lshift(load32(address + count - 4), 8 * (count - 4))
    if count == 0:
        return 0
    middle = count >> 1
    last = count - 1
    return load8(address) | load8(address + middle) << 8 * middle | load8(address + last) << 8 * last


def digits_word(count: int, number: int) -> int:
    """`count` decimal digits as bytes, the first in the lowest."""
    word = 0
    while count > 1:
        quotient = udiv(number, 100)
        word = wrap_lshift(word, 16) | unchecked_get(DIGIT_PAIRS, number - quotient * 100)
        number = quotient
        count -= 2
    return wrap_lshift(word, 8) | 48 + number if count == 1 else word


def str_buffer_shorten(buffer: StrBuffer, length: int) -> None:
    store64(address_of(buffer) + STR_LENGTH_OFFSET, length)


def bytes_buffer_length(buffer: BytesBuffer) -> int:
    return load64(address_of(buffer) + BYTES_LENGTH_OFFSET)


@follow_raw_memory
def bytes_buffer_get(buffer: BytesBuffer, index: int) -> int:
    return load8(address_of(buffer) + BYTES_DATA_OFFSET + index)


@follow_raw_memory
def bytes_buffer_put(buffer: BytesBuffer, index: int, byte: int) -> None:
    store8(address_of(buffer) + BYTES_DATA_OFFSET + index, byte)


@follow_raw_memory
def bytes_buffer_get16(buffer: BytesBuffer, index: int) -> int:
    return load16(address_of(buffer) + BYTES_DATA_OFFSET + index)


@follow_raw_memory
def bytes_buffer_get32(buffer: BytesBuffer, index: int) -> int:
    return load32(address_of(buffer) + BYTES_DATA_OFFSET + index)


@follow_raw_memory
def bytes_buffer_get64(buffer: BytesBuffer, index: int) -> int:
    return load64(address_of(buffer) + BYTES_DATA_OFFSET + index)


@follow_raw_memory
def bytes_buffer_get_float(buffer: BytesBuffer, index: int) -> float:
    return load_float(address_of(buffer) + BYTES_DATA_OFFSET + index)


@follow_raw_memory
def bytes_buffer_put16(buffer: BytesBuffer, index: int, number: int) -> None:
    store16(address_of(buffer) + BYTES_DATA_OFFSET + index, number)


@follow_raw_memory
def bytes_buffer_put32(buffer: BytesBuffer, index: int, number: int) -> None:
    store32(address_of(buffer) + BYTES_DATA_OFFSET + index, number)


@follow_raw_memory
def bytes_buffer_put64(buffer: BytesBuffer, index: int, number: int) -> None:
    store64(address_of(buffer) + BYTES_DATA_OFFSET + index, number)


@follow_raw_memory
def bytes_buffer_put_float(buffer: BytesBuffer, index: int, number: float) -> None:
    store_float(address_of(buffer) + BYTES_DATA_OFFSET + index, number)


def bytes_buffer_put_range(buffer: BytesBuffer, index: int, source: bytes, start: int, count: int) -> None:
    target = address_of(buffer) + BYTES_DATA_OFFSET + index
    copy_memory(target, address_of(source) + BYTES_DATA_OFFSET + start, count)


def bytes_buffer_move_range(buffer: BytesBuffer, index: int, source: BytesBuffer, start: int, count: int) -> None:
    target = address_of(buffer) + BYTES_DATA_OFFSET + index
    copy_memory(target, address_of(source) + BYTES_DATA_OFFSET + start, count)


def bytes_buffer_put_text(buffer: BytesBuffer, index: int, text: str) -> None:
    target = address_of(buffer) + BYTES_DATA_OFFSET + index
    copy_memory(target, address_of(text) + STR_DATA_OFFSET, len(text))
