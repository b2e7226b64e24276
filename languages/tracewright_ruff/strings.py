"""Guest strings: immutable text, held flat, at the front of a growing text, or as a rope.

`s := s + "x"` must not copy s each time. A concatenation that is not short therefore goes into a `StringBuilder`:

    a := long + "b"     a: the first 31 characters of a builder, which has 31
    c := a + "d"        c: the first 32 of the same builder; "d" was written behind what a has
    e := a + "f"        a does not end where the builder does any more: copied into a new builder

Only where the right side is the long one, as in `s := "x" + s`, the result is a node with two halves. Whoever needs the
characters asks for `flat()`, which makes the text, once.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, array_of, unchecked_get
from tracewright.core.text import code_at
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside, immutable_fields
from tracewright.lib.builder import StringBuilder
from tracewright.lib.digits import digit_count
from tracewright.lib.numbers import text_and_decimal
from tracewright_ruff.session import W_Object

SMALL: Final = 24  # up to this length copying is cheaper than a builder ...
SMALL_BY_CHARACTERS: Final = 12  # ... which has been paid earlier by a string that grows by single characters
LONG: Final = 256  # from this length on copying is dearer than a node


@immutable_fields("length", "literal")
@final
class W_String(W_Object):
    """A string; read it with `flat()`."""

    def __init__(self, body: object, length: int, literal: bool = False) -> None:
        self.body = body  # the text, or a StringBuilder of which this is the front, or Halves, or a Decimal
        self.length = length  # in characters, flat or not
        self.literal = literal  # stands in the program's text: the session has no other literal of this text

    def flat(self) -> str:
        """The text."""
        body = self.body
        if isinstance(body, str):
            return body
        if isinstance(body, Decimal):
            text = str(body.number)
            self.body = text
            return text
        return flattened(self)


@immutable_fields("number")
@final
class Decimal:
    """The text of a number >= 0 that nobody has read yet. Mostly it is only appended to another, which takes the digits directly."""

    def __init__(self, number: int) -> None:
        self.number = number


@final
class Halves:
    """A string that is not joined yet."""

    def __init__(self, left: W_String, right: W_String) -> None:
        self.left = left
        self.right = right


@dont_look_inside
def flattened(string: W_String) -> str:
    """The text of a string that is not flat, which it is from now on."""
    body = string.body
    text = ""
    if isinstance(body, StringBuilder):
        text = front_of(body, string.length)
    elif isinstance(body, Halves):
        text = joined(body)
    string.body = text
    return text


def front_of(builder: StringBuilder, length: int) -> str:
    """The first characters of a builder. It gives its room away if they are all, and copies them if not."""
    return builder.build() if len(builder) == length else builder.front(length)


def joined(halves: Halves) -> str:
    """The leaves of a rope, joined. Iterative: ropes are as deep as the program's loop was long."""
    pieces: list[str] = []
    pending: list[W_String] = [halves.right, halves.left]
    while len(pending) > 0:
        current = pending.pop()
        body = current.body
        if isinstance(body, Halves):
            pending.append(body.right)
            pending.append(body.left)
        else:
            pieces.append(current.flat())
    return "".join(pieces)


def new_string(text: str) -> W_String:
    """A flat string object."""
    return W_String(text, len(text))


def text_value(text: str) -> Value:
    """A guest string."""
    return Value.of_object(W_String(text, len(text)))


CHARACTERS: Final[Array[W_String]] = array_of([W_String(chr(code), 1) for code in range(128)])
NUMBERS: Final[Array[W_String]] = array_of([new_string(str(number)) for number in range(256)])
EMPTY_TEXT: Final = W_String("", 0)


def character_value(text: str, index: int) -> Value:
    """The one-character string at `index`, which must be in range. For traces it is two loads: the code, and the string from a table."""
    code = code_at(text, index)
    if code < 128:
        return Value.of_object(unchecked_get(CHARACTERS, code))
    return other_character(code)


@dont_look_inside
def other_character(code: int) -> Value:
    """The string of a character that is not in the table."""
    return text_value(chr(code))


def literal_value(literals: dict[str, W_Object], text: str) -> Value:
    """The string for a text of the program, from the session's table."""
    known = literals.get(text)
    if known is None:
        known = W_String(text, len(text), True)
        literals[text] = known
    return Value.of_object(known)


def texts_equal(left: W_String, right: W_String) -> bool:
    """`left == right`. Traces compare the codes of single characters, and of literals only which objects they are."""
    if right.length == 1 and left.length == 1:
        return code_at(left.flat(), 0) == code_at(right.flat(), 0)
    if right.literal and left.literal:
        return left is right
    return longer_texts_equal(left, right)


@dont_look_inside
def longer_texts_equal(left: W_String, right: W_String) -> bool:
    """`left == right` for strings of any length."""
    return left is right or (left.length == right.length and left.flat() == right.flat())


def number_text(number: int) -> W_String:
    """The decimal text of an int. Traces make the text only, and only where it is read, unless something keeps the string object."""
    if number < 0:
        return new_string(str(number))
    if number < len(NUMBERS):
        return unchecked_get(NUMBERS, number)
    return W_String(Decimal(number), digit_count(number))


def concatenated(left: W_String, right: W_String) -> W_String:
    """`left + right`. Traces see the usual ways, in which most strings live until the next one is made of them: such make no object."""
    length = left.length + right.length
    more = right.body
    if isinstance(more, str) and left.length != 0 and right.length != 0 and right.length < LONG:
        body = left.body
        if isinstance(body, StringBuilder) and len(body) == left.length:
            body.append(more)
            return W_String(body, length)
        if length <= (SMALL if right.length > 1 else SMALL_BY_CHARACTERS) and isinstance(body, str):
            return W_String(body + more, length)
    if isinstance(more, Decimal) and left.length != 0:
        body = left.body
        if isinstance(body, StringBuilder) and len(body) == left.length:
            body.append_decimal(more.number)
            return W_String(body, length)
        if length <= SMALL and isinstance(body, str):
            return W_String(text_and_decimal(body, more.number), length)
    return other_concatenated(left, right)


@dont_look_inside
def other_concatenated(left: W_String, right: W_String) -> W_String:
    """`left + right` of strings of all sorts."""
    length = left.length + right.length
    if right.length == 0:
        return left
    if left.length == 0:
        return right
    if right.length >= LONG and right.length > left.length:
        return W_String(Halves(left, right), length)
    body = left.body
    if isinstance(body, Halves):
        # A rope that is appended to grows at its right half, so that a node does not have one character only.
        if isinstance(body.right.body, Halves):
            return W_String(Halves(left, right), length)
        return W_String(Halves(body.left, concatenated(body.right, right)), length)
    text = right.flat()  # makes `left` flat too, if that is the same string
    body = left.body
    if isinstance(body, StringBuilder) and len(body) == left.length:
        body.append(text)
        return W_String(body, length)
    if length <= (SMALL if right.length > 1 else SMALL_BY_CHARACTERS):
        return W_String(left.flat() + text, length)
    builder = StringBuilder()
    builder.append(left.flat())
    builder.append(text)
    return W_String(builder, length)


def as_string(value: Value) -> W_String | None:
    """The string object, or None where the value is something else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_String):
            return thing
    return None
