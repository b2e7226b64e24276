"""Pieces that become one string at once: templates, and rows of `+` of which one is a text.

    `${day}.${month}.${year}`     five pieces: 7  "."  12  "."  2026

A piece is a string, or a number that has only digits (`is_ready`): that is written where it stands, without a text of its own. Short pieces
that stand beside each other are copied into one text, whose length is known before; a long one is joined to it as a rope.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.text import StrBuffer, width_of
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside
from tracewright.lib.digits import digit_count
from tracewright_javascript.conversions import to_primitive, to_string
from tracewright_javascript.values import JSString, as_string, joined, new_string

MOST_COPIED: Final = 128  # units of a piece that is copied; a longer one may be the beginning of a text that grows


def is_ready(value: Value) -> bool:
    """Whether a value is a piece as it is."""
    return value.is_int() and value.as_int() >= 0 or as_string(value) is not None


def piece_of(value: Value) -> Value:
    """What a template has of a value. Raises GuestFault and Thrown."""
    return value if is_ready(value) else Value.of_object(to_string(value))


def piece_of_operand(value: Value) -> Value:
    """What `+` beside a text has of its operand. Raises GuestFault and Thrown."""
    return value if is_ready(value) else _text_of_operand(value)


@dont_look_inside
def _text_of_operand(value: Value) -> Value:
    return Value.of_object(to_string(to_primitive(value, "default")))


@dont_look_inside
def concatenation(pieces: Array[Value]) -> Value:
    """The string of all pieces. Raises GuestFault where it is too long."""
    result: JSString | None = None
    place = 0
    while place < len(pieces):
        long = _long_piece(pieces[place])
        stop = place + 1 if long is not None else _end_of_short(pieces, place)
        part = long if long is not None else _copied(pieces, place, stop)
        result = part if result is None else joined(result, part)
        place = stop
    return Value.of_object(new_string("") if result is None else result)


def _long_piece(piece: Value) -> JSString | None:
    text = as_string(piece)
    return text if text is not None and text.length > MOST_COPIED else None


def _end_of_short(pieces: Array[Value], place: int) -> int:
    while place < len(pieces) and _long_piece(pieces[place]) is None:
        place += 1
    return place


def _copied(pieces: Array[Value], start: int, stop: int) -> JSString:
    """Those from `start` to `stop`, in one piece."""
    length = 0
    width = 1
    for place in range(start, stop):
        text = as_string(pieces[place])
        if text is None:
            length += digit_count(pieces[place].as_int())
        else:
            length += text.length
            width = max(width, width_of(text.text()))
    buffer = StrBuffer(width, length)
    end = 0
    for place in range(start, stop):
        text = as_string(pieces[place])
        if text is not None:
            buffer.put_range(end, text.text(), 0, text.length)
            end += text.length
        elif width == 1:
            count = digit_count(pieces[place].as_int())
            buffer.put_decimal(end, count, pieces[place].as_int())
            end += count
        else:
            digits = str(pieces[place].as_int())
            buffer.put_range(end, digits, 0, len(digits))
            end += len(digits)
    return new_string(buffer.finish())
