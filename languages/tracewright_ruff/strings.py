"""Guest strings: immutable text, held flat or as a rope.

`s := s + "x"` must not copy s each time. A long concatenation therefore makes a node of its two halves, and whoever
needs the characters flattens the node, once. Appending small pieces collects them in the right half first, so that a
string built character by character has one node for every `SMALL` characters and not one for each.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, array_of
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside
from tracewright_ruff.session import W_Object

SMALL: Final = 96  # up to this length copying is cheaper than a node


@final
class W_String(W_Object):
    """A string; read it with `flat()`."""

    def __init__(self, text: str, length: int) -> None:
        self.text = text  # valid while `left` is None
        self.length = length  # in characters, rope or not
        self.left: W_String | None = None
        self.right: W_String | None = None

    def flat(self) -> str:
        """The text."""
        if self.left is not None:
            flatten(self)
        return self.text


@dont_look_inside
def flatten(node: W_String) -> None:
    """Join the leaves of a rope and drop its halves. Iterative: ropes are as deep as the program's loop was long."""
    pieces: list[str] = []
    pending: list[W_String] = [node]
    while len(pending) > 0:
        current = pending.pop()
        if current.left is not None and current.right is not None:
            pending.append(current.left)
            pending.append(current.right)
        else:
            pieces.append(current.text)
    pieces.reverse()
    node.text = "".join(pieces)
    node.left = None
    node.right = None


def new_string(text: str) -> W_String:
    """A flat string object."""
    return W_String(text, len(text))


def text_value(text: str) -> Value:
    """A guest string."""
    return Value.of_object(W_String(text, len(text)))


CHARACTERS: Final[Array[W_String]] = array_of([W_String(chr(code), 1) for code in range(128)])
EMPTY_TEXT: Final = W_String("", 0)


@dont_look_inside
def character_value(text: str, index: int) -> Value:
    """The one-character string at `index`, which must be in range."""
    code = ord(text[index])
    if code < 128:
        return Value.of_object(CHARACTERS[code])
    return text_value(text[index])


@dont_look_inside
def concatenated(left: W_String, right: W_String) -> W_String:
    """`left + right`."""
    length = left.length + right.length
    if left.length == 0:
        return right
    if right.length == 0:
        return left
    if length <= SMALL:
        return W_String(left.flat() + right.flat(), length)
    result = W_String("", length)
    tail = left.right
    if tail is not None and tail.left is None and tail.length + right.length <= SMALL:
        result.left = left.left
        result.right = W_String(tail.text + right.flat(), tail.length + right.length)
    else:
        result.left = left
        result.right = right
    return result


def as_string(value: Value) -> W_String | None:
    """The string object, or None where the value is something else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_String):
            return thing
    return None
