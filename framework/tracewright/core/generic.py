"""What generic library code may ask of a type parameter. The translator picks the answer for each choice of type."""

from typing import TypeVar

from tracewright.core.arrays import Array

T = TypeVar("T")


def equal(a: T, b: T) -> bool:
    """`a == b` as the dialect means it: contents of str, bytes, numbers and tuples; identity of class instances; words of Values."""
    return bool(a == b)


def hash_of(key: T) -> int:
    """A hash that agrees with `equal`. Differs between hosted and native runs: never let it be seen."""
    return hash(key)


def less(a: T, b: T) -> bool:
    """`a < b` for int, float, str, bytes and tuples of these."""
    return bool(a < b)  # type: ignore[operator]


def text_of(value: T) -> str:
    """`repr(value)`."""
    return repr(value)


def shown_in_error(value: T) -> str:
    """`repr(value)` for an error's text; of objects that have none natively it is the name of their class."""
    return repr(value)


def key_error(key: T) -> KeyError:
    """The error for a key that is not there; its text is that of the key. (Natively the key itself is not kept.)"""
    return KeyError(key)


def message_of(error: BaseException) -> str:
    """The message that a built-in exception was made with, as `str` shows it."""
    return BaseException.__str__(error)


def same_class(a: object, b: object) -> bool:
    """Whether both are instances of exactly the same class."""
    return type(a) is type(b)


def zero_of(sample: Array[T]) -> T:
    """The zero word of the element type: 0, 0.0, False, a null reference. Used to clear vacated places."""
    return ZERO  # type: ignore[return-value]


def keeps_alive(sample: Array[T]) -> bool:
    """Whether elements of this type may be references: places that are vacated are then cleared, for the collector's sake."""
    return True


ZERO = None
