"""A calculator of big integers: each line `operation radix a b` is answered by a line with the result in that radix."""

from tracewright.core.integers import bits_of_float
from tracewright.core.system import read_line
from tracewright.lib.big_integers import (
    BigInteger,
    BigIntegerTooLarge,
    add,
    compare,
    from_int,
    hash_of_integer,
    multiply,
    subtract,
)
from tracewright.lib.big_integers_bits import (
    as_signed,
    as_unsigned,
    bit_and,
    bit_or,
    bit_xor,
    from_bytes,
    shift_left,
    shift_right,
    to_bytes,
)
from tracewright.lib.big_integers_floats import from_float, to_float, true_divide
from tracewright.lib.big_integers_powers import (
    greatest_common_divisor,
    integer_root,
    inverse_modulo,
    power,
    power_modulo,
)
from tracewright.lib.big_integers_quotients import divide_floor, divide_truncating
from tracewright.lib.big_integers_text import from_text, to_text
from tracewright_testing.samples.output import say

MOST_BITS = 100_000


def main() -> int:
    while True:
        line = read_line().decode()
        if line == "":
            return 0
        operation, radix, left, right = line.split()
        try:
            a = from_text(left, int(radix))
            b = from_text(right, int(radix))
            say(to_text(calculate(operation, a, b), int(radix)))
        except (ZeroDivisionError, OverflowError, ValueError, BigIntegerTooLarge) as error:
            say(f"error: {error}")


def calculate(operation: str, a: BigInteger, b: BigInteger) -> BigInteger:
    match operation:
        case "add":
            return add(a, b, MOST_BITS)
        case "subtract":
            return subtract(a, b, MOST_BITS)
        case "multiply":
            return multiply(a, b, MOST_BITS)
        case "divide":
            return divide_floor(a, b).quotient
        case "modulo":
            return divide_floor(a, b).remainder
        case "remainder":
            return divide_truncating(a, b).remainder
        case "and":
            return bit_and(a, b)
        case "or":
            return bit_or(a, b)
        case "xor":
            return bit_xor(a, b)
        case "left":
            return shift_left(a, b.to_int(), MOST_BITS)
        case "right":
            return shift_right(a, b.to_int())
        case "signed":
            return as_signed(a, b.to_int())
        case "unsigned":
            return as_unsigned(a, b.to_int(), MOST_BITS)
        case "power":
            return power(a, b.to_int(), MOST_BITS)
        case "power_modulo":
            return power_modulo(a, from_int(100), b)
        case "inverse":
            return inverse_modulo(a, b)
        case "gcd":
            return greatest_common_divisor(a, b)
        case "root":
            return integer_root(a)
        case "float":
            return from_int(bits_of_float(to_float(a)))
        case "whole":
            return from_float(to_float(a))
        case "true_divide":
            return from_int(bits_of_float(true_divide(a, b)))
        case "compare":
            return from_int(compare(a, b))
        case "hash":
            return from_int(hash_of_integer(a))
        case "bytes":
            return from_bytes(to_bytes(a, b.to_int(), True, True), True, True)
        case _:
            raise ValueError(f"no operation {operation!r}")
