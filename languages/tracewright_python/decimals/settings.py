"""What results are rounded to, and the signals that operations give."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.integers import MAX_INT
from tracewright.core.value import Value
from tracewright_python import builtin_types as types
from tracewright_python.decimals.numbers import POWERS, WORD_DIGITS
from tracewright_python.objects import PyObject, PyType, as_py_object


class Signal:
    """The signals, one bit each. The first five are conditions of `InvalidOperation`."""

    INVALID: Final = 1
    CONVERSION_SYNTAX: Final = 2
    DIVISION_IMPOSSIBLE: Final = 4
    DIVISION_UNDEFINED: Final = 8
    INVALID_CONTEXT: Final = 16
    FLOAT_OPERATION: Final = 32
    DIVISION_BY_ZERO: Final = 64
    OVERFLOW: Final = 128
    UNDERFLOW: Final = 256
    SUBNORMAL: Final = 512
    INEXACT: Final = 1024
    ROUNDED: Final = 2048
    CLAMPED: Final = 4096


class Rounding:
    """The ways to round."""

    DOWN: Final = 0
    HALF_UP: Final = 1
    HALF_EVEN: Final = 2
    CEILING: Final = 3
    FLOOR: Final = 4
    UP: Final = 5
    HALF_DOWN: Final = 6
    ZERO_OR_FIVE_UP: Final = 7


@final
class PyDecimalSettings(PyObject):
    """The numbers of a `decimal.Context`.

    `status` holds the signals of an operation that goes on, `flags` those of all operations before, `traps` those that are raised and
    `trapped` the ones of the last operation that must be. What follows from the others: below `limit` a coefficient of one word needs no
    rounding, and with an exponent from `quick_low` to `quick_high` it is neither too large nor too small.
    """

    def __init__(self) -> None:
        self.precision = 28
        self.rounding: int = Rounding.HALF_EVEN
        self.lowest = -999999
        self.highest = 999999
        self.capitals = 1
        self.clamp = 0
        self.flags = 0
        self.traps = 0
        self.status = 0
        self.trapped = 0
        self.limit = 0
        self.quick_low = 0
        self.quick_high = 0
        self.settle()

    def type_of(self) -> PyType:
        return types.DECIMAL_SETTINGS

    def settle(self) -> None:
        """Find what follows from the others."""
        self.limit = POWERS[self.precision] if self.precision <= WORD_DIGITS else MAX_INT
        self.quick_low = self.lowest
        self.quick_high = self.highest - WORD_DIGITS - 1
        if self.clamp != 0:
            self.quick_high = min(self.quick_high, self.top())

    def tiny(self) -> int:
        """The lowest exponent of a number."""
        return self.lowest - self.precision + 1

    def top(self) -> int:
        """The highest exponent of a number with all its digits."""
        return self.highest - self.precision + 1

    def note(self, signals: int) -> None:
        """Signals of the operation that goes on."""
        self.status |= signals

    def close(self) -> bool:
        """End an operation; whether none of its signals is trapped."""
        status = self.status
        if status == 0:
            return True
        self.status = 0
        self.flags |= status
        self.trapped = status & self.traps
        return self.trapped == 0


def as_settings(value: Value) -> PyDecimalSettings:
    """A value that is the settings of a context."""
    thing = as_py_object(value)
    assert isinstance(thing, PyDecimalSettings)
    return thing
