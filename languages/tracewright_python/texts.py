"""`str`. What `+` makes is a rope (`lib/ropes.py`) until somebody asks for its text."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.cast import unsafe_cast
from tracewright.core.generic import hash_of
from tracewright.core.text import StrBuffer, width_of
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside, elidable
from tracewright.lib.ropes import SHORT, Rope
from tracewright.lib.ropes import concatenated as rope_of
from tracewright_python.builtin_types import STR
from tracewright_python.objects import PyInstance, PyObject, PyType


class PyStr(PyObject):
    """A text; it is a rope instead until somebody asks."""

    def __init__(self, text: str) -> None:
        self.flat = text
        self.length: int = len(text)
        self.hash = 0  # 0 until somebody asks
        self.rope: Rope | None = None

    def type_of(self) -> PyType:
        return STR

    def text(self) -> str:
        """The code points."""
        return self.flat if self.rope is None else self._flatten()

    @dont_look_inside
    def _flatten(self) -> str:
        rope = self.rope
        assert rope is not None
        self.flat = rope.text()
        self.rope = None
        return self.flat

    def hashed(self) -> int:
        """A hash of the text, never 0. Differs between hosted and native runs."""
        known = self.hash
        return known if known != 0 else self._compute_hash()

    @dont_look_inside
    def _compute_hash(self) -> int:
        code = hash_of(self.text())
        self.hash = code if code != 0 else 1
        return self.hash


@final
class InstanceOfStr(PyStr):
    """An object of a class of the program that derives from `str`."""

    def __init__(self, text: str, instance: PyInstance) -> None:
        super().__init__(text)
        self.instance = instance

    def type_of(self) -> PyType:
        return self.instance.type_of()

    def attributes(self) -> PyInstance | None:
        return self.instance


CHARACTERS: Final[list[Value]] = [Value.of_object(PyStr(chr(code))) for code in range(256)]
DIGITS: Final[list[Value]] = [Value.of_object(PyStr(str(number))) for number in range(256)]
EMPTY_TEXT: Final = Value.of_object(PyStr(""))


def text_value(text: str) -> Value:
    """A text as a Value."""
    return Value.of_object(PyStr(text))


def character_value(text: str, index: int) -> Value:
    """One code point of a text."""
    code = ord(text[index])
    return CHARACTERS[code] if code < 256 else text_value(text[index])


@dont_look_inside
def decimal_text(number: int) -> Value:
    """`str(number)`"""
    return DIGITS[number] if 0 <= number < 256 else text_value(str(number))


def as_str(value: Value) -> PyStr | None:
    """The str, also of a derived class, or None for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyStr):
            return thing
    return None


@dont_look_inside
def _copied(left: PyStr, right: PyStr) -> Value:
    return text_value(left.text() + right.text())


def concatenated(left: PyStr, right: PyStr) -> Value:
    """`left + right`: copied where it is short, else a rope."""
    length = left.length + right.length
    if length <= SHORT:
        return _copied(left, right)
    result = PyStr("")
    result.length = length
    result.rope = rope_of(left.flat, left.rope, right.flat, right.rope, length)
    return Value.of_object(result)


@dont_look_inside
def joined_texts(parts: Array[Value]) -> Value:
    """One text of several."""
    width, length = 1, 0
    for part in parts:
        text = unsafe_cast(PyStr, part.as_object()).text()
        length += len(text)
        width = max(width, width_of(text))
    buffer = StrBuffer(width, length)
    place = 0
    for part in parts:
        text = unsafe_cast(PyStr, part.as_object()).text()
        buffer.put_range(place, text, 0, len(text))
        place += len(text)
    return text_value(buffer.finish())


def texts_equal(left: PyStr, right: PyStr) -> bool:
    """Whether two texts have the same code points."""
    return left.length == right.length and _same(left.text(), right.text())


@elidable
def _same(left: str, right: str) -> bool:
    return left == right


def text_less(left: PyStr, right: PyStr) -> bool:
    """Whether one text comes before the other by code points."""
    return _before(left.text(), right.text())


@elidable
def _before(left: str, right: str) -> bool:
    return left < right
