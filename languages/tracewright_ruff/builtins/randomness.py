"""Builtins that draw random numbers. A seed makes them repeatable; without one the clock is the seed."""

from typing import Final

from tracewright.core.integers import wrap_add, wrap_sub
from tracewright.core.system import monotonic_nanoseconds, wall_nanoseconds
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_ruff.builtins.arguments import array_at, int_at
from tracewright_ruff.builtins.library_state import library_state
from tracewright_ruff.builtins.random_numbers import RandomNumbers
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import share, text_value
from tracewright_ruff.session import ARITY_ANY, Session, W_Native

LONGEST_ID: Final = 1 << 20  # characters
_LETTERS_AND_DIGITS: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
_HEXADECIMAL: Final = "0123456789abcdef"


def _numbers(session: Session) -> RandomNumbers:
    """The stream that all random builtins draw from."""
    state = library_state(session)
    if state.random is None:
        state.random = RandomNumbers(wrap_add(wall_nanoseconds(), monotonic_nanoseconds()))
    return state.random


def native_random(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`random()`"""
    return Value.of_float(_numbers(session).next_float())


def native_random_int(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`random_int(a, b)`: both may be drawn"""
    message = "random_int() requires two numeric arguments: min and max"
    if count < 2:
        raise GuestError(message)
    low = int_at(stack, first, message)
    high = int_at(stack, first + 1, message)
    if low > high:
        raise GuestError("random_int() min must not be greater than max")
    return Value.of_int(wrap_add(low, _numbers(session).next_below(wrap_add(wrap_sub(high, low), 1))))


def native_random_choice(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`random_choice(array)`: 0 for an empty one"""
    message = "random_choice() requires an array argument"
    if count < 1:
        raise GuestError(message)
    array = array_at(stack, first, message)
    if array.length == 0:
        return Value.of_int(0)
    return share(array.items[_numbers(session).next_below(array.length)])


def native_random_id(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`random_id(n)`: letters and digits"""
    message = "random_id() requires a numeric length"
    if count < 1:
        raise GuestError(message)
    length = int_at(stack, first, message)
    if length > LONGEST_ID:
        raise GuestError(f"random_id() length must not be above {LONGEST_ID}")
    return text_value(_drawn_text(session, _LETTERS_AND_DIGITS, length))


def _drawn_text(session: Session, alphabet: str, length: int) -> str:
    numbers = _numbers(session)
    characters: list[str] = []
    for _ in range(length):
        characters.append(alphabet[numbers.next_below(len(alphabet))])
    return "".join(characters)


def native_uuid_v4(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`uuid_v4()`: random but for the digits that say which kind it is"""
    digits = _drawn_text(session, _HEXADECIMAL, 30)
    variant = "89ab"[_numbers(session).next_below(4)]
    head = f"{digits[:8]}-{digits[8:12]}-4{digits[12:15]}"
    return text_value(f"{head}-{variant}{digits[15:18]}-{digits[18:30]}")


def native_set_random_seed(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`set_random_seed(n)`"""
    message = "set_random_seed() requires a numeric seed"
    if count < 1:
        raise GuestError(message)
    library_state(session).random = RandomNumbers(int_at(stack, first, message))
    return Value.NULL


def native_clear_random_seed(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`clear_random_seed()`"""
    library_state(session).random = None
    return Value.NULL


ROWS: Final[list[W_Native]] = [
    W_Native("random", 0, 0, ARITY_ANY, native_random),
    W_Native("random_int", 2, 2, ARITY_ANY, native_random_int),
    W_Native("random_choice", 1, 1, ARITY_ANY, native_random_choice),
    W_Native("random_id", 1, 1, ARITY_ANY, native_random_id),
    W_Native("uuid_v4", 0, 0, ARITY_ANY, native_uuid_v4),
    W_Native("set_random_seed", 1, 1, ARITY_ANY, native_set_random_seed),
    W_Native("clear_random_seed", 0, 0, ARITY_ANY, native_clear_random_seed),
]
