"""How builtins read their arguments. Each function raises the given message where the argument is of another kind."""

from typing import Final

from tracewright.core.integers import MAX_INT, MIN_INT
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Array, W_Dict, W_String, as_array, as_dict, as_string

# The bounds as floats: 2**63 is exact, and the largest float below it is far from MAX_INT.
_INT_END: Final = 9223372036854775808.0


def string_at(stack: VMStack, index: int, message: str) -> W_String:
    """The string object in that slot."""
    string = as_string(stack[index])
    if string is None:
        raise GuestError(message)
    return string


def text_at(stack: VMStack, index: int, message: str) -> str:
    """The text of the string in that slot."""
    return string_at(stack, index, message).flat()


def array_at(stack: VMStack, index: int, message: str) -> W_Array:
    """The array in that slot."""
    array = as_array(stack[index])
    if array is None:
        raise GuestError(message)
    return array


def dict_at(stack: VMStack, index: int, message: str) -> W_Dict:
    """The dictionary in that slot."""
    table = as_dict(stack[index])
    if table is None:
        raise GuestError(message)
    return table


def is_number(value: Value) -> bool:
    """Whether the value is an int or a float."""
    return value.is_int() or value.is_float()


def float_of(value: Value) -> float:
    """A number as a float; only after `is_number`."""
    return float(value.as_int()) if value.is_int() else value.as_float()


def int_of(value: Value) -> int:
    """A number as an int, its fraction cut off; only after `is_number`."""
    return value.as_int() if value.is_int() else saturated_int(value.as_float())


def int_at(stack: VMStack, index: int, message: str) -> int:
    """The number in that slot, its fraction cut off."""
    value = stack[index]
    if not is_number(value):
        raise GuestError(message)
    return int_of(value)


def saturated_int(number: float) -> int:
    """`number` without its fraction, at most as far out as ints go; 0 for NaN."""
    if number != number:
        return 0
    if number >= _INT_END:
        return MAX_INT
    if number <= -_INT_END:
        return MIN_INT
    return int(number)
