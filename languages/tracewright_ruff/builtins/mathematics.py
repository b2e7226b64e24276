"""Mathematics. Everything but the bit operations gives floats, for ints too."""

from typing import Final

from tracewright.core import mathematics
from tracewright.core.integers import wrap_lshift
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_ruff.builtins.arguments import float_of, is_number
from tracewright_ruff.display import debug_text
from tracewright_ruff.errors import GuestError
from tracewright_ruff.session import ARITY_ANY, ARITY_METADATA, Session, W_Native


def _one(stack: VMStack, first: int, count: int, name: str) -> float:
    """The argument of a function of one number."""
    if count < 1:
        raise GuestError(f"{name}() expects 1 argument")
    value = stack[first]
    if not is_number(value):
        raise GuestError(f"{name}() expects numeric argument 'value' , got {debug_text(value)}")
    return float_of(value)


def _check_two(stack: VMStack, first: int, count: int, name: str) -> None:
    """Make sure that a function of two numbers has them."""
    if count < 2:
        raise GuestError(f"{name}() expects 2 arguments")
    if not is_number(stack[first]) or not is_number(stack[first + 1]):
        raise GuestError(f"{name}() expects numeric arguments")


def native_abs(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`abs(x)`"""
    return Value.of_float(abs(_one(stack, first, count, "abs")))


def native_sqrt(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`sqrt(x)`"""
    number = _one(stack, first, count, "sqrt")
    if number < 0.0:
        raise GuestError("sqrt() domain error: value must be >= 0")
    return Value.of_float(mathematics.sqrt(number))


def native_floor(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`floor(x)`"""
    return Value.of_float(mathematics.floor(_one(stack, first, count, "floor")))


def native_ceil(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`ceil(x)`"""
    return Value.of_float(mathematics.ceil(_one(stack, first, count, "ceil")))


def native_round(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`round(x)`: halves go away from zero. Adding 0.5 and cutting off would be wrong just below one half."""
    number = _one(stack, first, count, "round")
    whole = mathematics.trunc(number)
    fraction = number - whole
    if fraction >= 0.5:
        whole = whole + 1.0
    elif fraction <= -0.5:
        whole = whole - 1.0
    return Value.of_float(whole)


def native_sin(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`sin(x)`"""
    return Value.of_float(mathematics.sin(_one(stack, first, count, "sin")))


def native_cos(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`cos(x)`"""
    return Value.of_float(mathematics.cos(_one(stack, first, count, "cos")))


def native_tan(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`tan(x)`"""
    return Value.of_float(mathematics.tan(_one(stack, first, count, "tan")))


def native_log(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`log(x)`, natural"""
    number = _one(stack, first, count, "log")
    if number <= 0.0:
        raise GuestError("log() domain error: value must be > 0")
    return Value.of_float(mathematics.log(number))


def native_exp(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`exp(x)`"""
    return Value.of_float(mathematics.exp(_one(stack, first, count, "exp")))


def native_pow(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`pow(x, y)`"""
    _check_two(stack, first, count, "pow")
    return Value.of_float(mathematics.power(float_of(stack[first]), float_of(stack[first + 1])))


def native_min(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`min(x, y)`; a NaN gives way to the other"""
    _check_two(stack, first, count, "min")
    left = float_of(stack[first])
    right = float_of(stack[first + 1])
    return Value.of_float(left if left < right or right != right else right)


def native_max(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`max(x, y)`; a NaN gives way to the other"""
    _check_two(stack, first, count, "max")
    left = float_of(stack[first])
    right = float_of(stack[first + 1])
    return Value.of_float(left if left > right or right != right else right)


# Bits


def _bits(value: Value, name: str, role: str) -> int:
    if not value.is_int():
        raise GuestError(f"{name}() expects integer argument '{role}' , got {debug_text(value)}")
    return value.as_int()


def _shift(value: Value, name: str) -> int:
    amount = _bits(value, name, "shift")
    if not 0 <= amount <= 63:
        raise GuestError(f"{name}() expects a shift amount between 0 and 63")
    return amount


def native_bit_and(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`bit_and(a, b)`"""
    return Value.of_int(_bits(stack[first], "bit_and", "left") & _bits(stack[first + 1], "bit_and", "right"))


def native_bit_or(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`bit_or(a, b)`"""
    return Value.of_int(_bits(stack[first], "bit_or", "left") | _bits(stack[first + 1], "bit_or", "right"))


def native_bit_xor(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`bit_xor(a, b)`"""
    return Value.of_int(_bits(stack[first], "bit_xor", "left") ^ _bits(stack[first + 1], "bit_xor", "right"))


def native_bit_not(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`bit_not(a)`"""
    return Value.of_int(-1 - _bits(stack[first], "bit_not", "value"))


def native_bit_shl(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`bit_shl(a, n)`; what leaves the 64 bits is lost"""
    return Value.of_int(wrap_lshift(_bits(stack[first], "bit_shl", "value"), _shift(stack[first + 1], "bit_shl")))


def native_bit_shr(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`bit_shr(a, n)`; the sign stays"""
    return Value.of_int(_bits(stack[first], "bit_shr", "value") >> _shift(stack[first + 1], "bit_shr"))


ROWS: Final[list[W_Native]] = [
    W_Native("abs", 1, 1, ARITY_ANY, native_abs, pure=True),
    W_Native("sqrt", 1, 1, ARITY_ANY, native_sqrt, pure=True),
    W_Native("floor", 1, 1, ARITY_ANY, native_floor, pure=True),
    W_Native("ceil", 1, 1, ARITY_ANY, native_ceil, pure=True),
    W_Native("round", 1, 1, ARITY_ANY, native_round, pure=True),
    W_Native("sin", 1, 1, ARITY_ANY, native_sin, pure=True),
    W_Native("cos", 1, 1, ARITY_ANY, native_cos, pure=True),
    W_Native("tan", 1, 1, ARITY_ANY, native_tan, pure=True),
    W_Native("log", 1, 1, ARITY_ANY, native_log, pure=True),
    W_Native("exp", 1, 1, ARITY_ANY, native_exp, pure=True),
    W_Native("pow", 2, 2, ARITY_ANY, native_pow, pure=True),
    W_Native("min", 2, 2, ARITY_ANY, native_min, pure=True),
    W_Native("max", 2, 2, ARITY_ANY, native_max, pure=True),
    W_Native("bit_and", 2, 2, ARITY_METADATA, native_bit_and, pure=True),
    W_Native("bit_or", 2, 2, ARITY_METADATA, native_bit_or, pure=True),
    W_Native("bit_xor", 2, 2, ARITY_METADATA, native_bit_xor, pure=True),
    W_Native("bit_not", 1, 1, ARITY_METADATA, native_bit_not, pure=True),
    W_Native("bit_shl", 2, 2, ARITY_METADATA, native_bit_shl, pure=True),
    W_Native("bit_shr", 2, 2, ARITY_METADATA, native_bit_shr, pure=True),
]
