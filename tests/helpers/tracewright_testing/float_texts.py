"""Decimal texts that are hard to round, and floats that are hard to print; both compared with CPython's conversion.

python -m tracewright_testing.float_texts [--count 1000000] [--seed 0]      says how many agreed, or where one did not
"""

import argparse
import struct
import sys
from collections.abc import Iterator
from fractions import Fraction
from random import Random

from tracewright.core.integers import float_of_bits
from tracewright.lib.float_text import float_positional, float_repr, parse_float

MOST_BITS = 0x7FEFFFFFFFFFFFFF  # the largest finite float
LEAST_NORMAL_BITS = 1 << 52
REPORTED_EVERY = 100_000


def bits_of(number: float) -> int:
    """The float as a word, so that -0.0 is not 0.0."""
    return int.from_bytes(struct.pack("<d", number), "little")


def short_tie(random: Random) -> str:
    """Exactly between two floats, in 16 to 19 digits: the floats are 2**shift apart, shift from -3 to 4."""
    shift = random.randint(-3, 4)
    mantissa = random.getrandbits(52) | 1 << 52
    middle = Fraction(2 * mantissa + 1, 2) * Fraction(2) ** shift
    places = max(0, 1 - shift)
    digits = str(middle * 10**places)
    return with_point(digits, places) if random.random() < 0.5 else f"{digits}e-{places}"


def with_point(digits: str, places: int) -> str:
    """The digits with so many of them behind the point."""
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits + ".0"


def off_by_one(random: Random) -> str:
    """A short tie whose last digit is another one."""
    text = short_tie(random)
    head, mark, exponent = text.partition("e")
    last = int(head[-1]) + random.choice([-1, 1])
    return f"{head[:-1]}{min(max(last, 0), 9)}{mark}{exponent}"


def exact_midpoint(random: Random) -> str:
    """All digits of a midpoint anywhere in the range, often with something behind them."""
    bits = random.choice([random.randint(0, MOST_BITS), random.randint(0, LEAST_NORMAL_BITS)])
    middle = (Fraction(float_of_bits(bits)) + Fraction(float_of_bits(min(bits + 1, MOST_BITS)))) / 2
    places = middle.denominator.bit_length() - 1
    digits = str(middle * 10**places)
    cut = random.choice([len(digits), random.randint(1, 25)])
    tail = random.choice(["", "0", "1", "0000001"]) if cut >= len(digits) else ""
    return f"{digits[:cut]}{tail}e{len(digits[cut:]) - len(tail) - places}"


def short_digits_everywhere(random: Random) -> str:
    """Up to 19 digits and any exponent, the ends of the range included."""
    digits = str(random.getrandbits(random.randint(1, 63)))
    return f"{digits}e{random.randint(-345, 312)}"


def near_the_ends(random: Random) -> str:
    """Around the largest float, the smallest normal one and the smallest of all."""
    start, power = random.choice(
        [
            ("17976931348623157", 292),
            ("22250738585072014", -324),
            ("49406564584124654", -340),
            ("24703282292062327", -340),
        ]
    )
    return f"{int(start) + random.randint(-3, 3)}{random.randint(0, 999):03}e{power - 3}"


def printed_float(random: Random) -> str:
    """What CPython prints of any bit pattern; and of numbers with few bits."""
    bits = random.randint(0, MOST_BITS)
    return repr(float_of_bits(bits & ~((1 << random.choice([0, 0, 30, 45, 52])) - 1)))


KINDS = (short_tie, off_by_one, exact_midpoint, short_digits_everywhere, near_the_ends, printed_float)


def hard_texts(seed: int, count: int) -> Iterator[str]:
    """So many texts, all kinds in turn."""
    random = Random(seed)
    for index in range(count):
        yield KINDS[index % len(KINDS)](random)


def disagreement(text: str) -> str:
    """What is wrong with reading the text or with printing the number in it; empty if nothing is."""
    expected, seen = float(text), parse_float(text)
    if bits_of(expected) != bits_of(seen):
        return f"parse_float({text!r}) is {seen!r}, not {expected!r}"
    if float_repr(expected) != repr(expected):
        return f"float_repr({expected!r}) is {float_repr(expected)!r}"
    if expected not in (float("inf"), float("-inf")) and float(float_positional(expected)) != expected:
        return f"float_positional({expected!r}) is {float_positional(expected)!r}"
    return ""


def main() -> int:
    """The command."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--count", type=int, default=1_000_000)
    options.add_argument("--seed", type=int, default=0)
    given = options.parse_args()
    for index, text in enumerate(hard_texts(given.seed, given.count)):
        problem = disagreement(text)
        if problem:
            print(problem)
            return 1
        if (index + 1) % REPORTED_EVERY == 0:
            print(f"{index + 1} texts agree", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
