"""Powers, roots and common divisors of `BigInteger`s."""

from typing import Final

from tracewright.core.integers import ovf_mul, umod, urshift
from tracewright.core.mathematics import sqrt
from tracewright.lib.big_integers import (
    NO_LIMIT,
    ZERO,
    BigInteger,
    absolute,
    add,
    compare,
    from_int,
    from_magnitude,
    from_unsigned,
    multiply,
    require_size,
    subtract,
)
from tracewright.lib.big_integers_bits import shift_left, shift_right
from tracewright.lib.big_integers_limbs import LIMB_BITS, shift_magnitude_right
from tracewright.lib.big_integers_quotients import divide_floor, divide_truncating

ONE: Final = from_int(1)
WINDOW_BITS: Final = 4
LONG_EXPONENT_BITS: Final = 64  # from here a table of the first 16 powers is worth its making
LEHMER_BITS: Final = 62  # leading bits from which many steps of Euclid's algorithm are known
LEHMER_LARGEST: Final = 1 << 30  # of the factors gathered meanwhile, so that their products with words stay exact


def power(base: BigInteger, exponent: int, most_bits: int = NO_LIMIT) -> BigInteger:
    """`base ** exponent`, `exponent >= 0`."""
    if exponent == 0:
        return ONE
    if base.bit_length() <= 1:  # -1, 0, 1
        return base if exponent & 1 == 1 else absolute(base)
    try:
        # A number of n bits is at least 2**(n - 1).
        require_size(ovf_mul(base.bit_length() - 1, exponent), most_bits)
    except OverflowError:
        require_size(NO_LIMIT, NO_LIMIT - 1)
    result = ONE
    bit = 62
    while exponent >> bit & 1 == 0:
        bit -= 1
    while bit >= 0:
        result = multiply(result, result, most_bits)
        if exponent >> bit & 1 == 1:
            result = multiply(result, base, most_bits)
        bit -= 1
    return result


def power_modulo(base: BigInteger, exponent: BigInteger, modulus: BigInteger) -> BigInteger:
    """`base ** exponent % modulus` with the sign of the modulus, `exponent >= 0`. Raises ZeroDivisionError."""
    size = absolute(modulus)
    base = divide_floor(base, size if size.sign > 0 else modulus).remainder
    result = divide_floor(ONE, size).remainder
    step = WINDOW_BITS if exponent.bit_length() >= LONG_EXPONENT_BITS else 1
    powers = [result, base]
    while len(powers) < 1 << step:
        powers.append(divide_floor(multiply(powers[len(powers) - 1], base), size).remainder)
    place = (exponent.bit_length() + step - 1) // step * step
    while place > 0:
        place -= step
        for _ in range(step):
            result = divide_floor(multiply(result, result), size).remainder
        digit = urshift(exponent.limbs[place // LIMB_BITS], place % LIMB_BITS) & ((1 << step) - 1)
        if digit != 0:
            result = divide_floor(multiply(result, powers[digit]), size).remainder
    return add(result, modulus) if modulus.sign < 0 and result.sign > 0 else result


def inverse_modulo(a: BigInteger, modulus: BigInteger) -> BigInteger:
    """The number with the sign of the modulus whose product with `a` is 1 modulo it; raises ValueError where there is none."""
    size = absolute(modulus)
    divisor, rest = size, divide_floor(a, size).remainder
    previous, factor = ZERO, ONE
    while rest.sign != 0:
        step = divide_floor(divisor, rest)
        divisor, rest = rest, step.remainder
        previous, factor = factor, subtract(previous, multiply(step.quotient, factor))
    if compare(divisor, ONE) != 0:
        raise ValueError("base is not invertible for the given modulus")
    return divide_floor(previous, modulus).remainder


def integer_root(a: BigInteger) -> BigInteger:
    """The largest number whose square is at most `a`; raises ValueError for a negative one."""
    if a.sign < 0:
        raise ValueError("isqrt() argument must be nonnegative")
    if a.bit_length() <= 62:
        return from_int(_root_of_word(a.low_word()))
    # The root of the upper half of the bits is right in its first half; one step of Newton's makes it a little too large at most.
    quarter = (a.bit_length() - 1) // 4
    guess = shift_left(integer_root(shift_right(a, quarter + quarter)), quarter)
    root = shift_right(add(guess, divide_truncating(a, guess).quotient), 1)
    while compare(multiply(root, root), a) > 0:
        root = subtract(root, ONE)
    return root


def _root_of_word(number: int) -> int:
    """`isqrt` of a word below 2**62."""
    root = int(sqrt(float(number)))
    while root * root > number:
        root -= 1
    while (root + 1) * (root + 1) <= number:
        root += 1
    return root


def greatest_common_divisor(a: BigInteger, b: BigInteger) -> BigInteger:
    """The largest number that divides both, not negative; 0 for two zeros. (Lehmer's algorithm.)"""
    a = absolute(a)
    b = absolute(b)
    if compare(a, b) < 0:
        a, b = b, a
    while len(b.limbs) > 1:
        shift = a.bit_length() - LEHMER_BITS
        high_a = from_magnitude(1, shift_magnitude_right(a.limbs, shift)).low_word()
        high_b = from_magnitude(1, shift_magnitude_right(b.limbs, shift)).low_word()
        # The remainders so far are a * x + b * y of the leading words; they are right as long as both bounds say one quotient.
        ax, ay, bx, by = 1, 0, 0, 1
        while high_b + bx != 0 and high_b + by != 0:
            quotient = (high_a + ax) // (high_b + bx)
            if quotient != (high_a + ay) // (high_b + by) or quotient >= LEHMER_LARGEST:
                break
            new_x, new_y = ax - quotient * bx, ay - quotient * by
            if abs(new_x) >= LEHMER_LARGEST or abs(new_y) >= LEHMER_LARGEST:
                break
            ax, ay, bx, by = bx, by, new_x, new_y
            high_a, high_b = high_b, high_a - quotient * high_b
        if ay == 0:
            a, b = b, divide_truncating(a, b).remainder
        else:
            a, b = _combined(a, ax, b, ay), _combined(a, bx, b, by)
    if b.sign == 0:
        return a
    rest = divide_truncating(a, b).remainder
    return from_unsigned(_word_divisor(b.limbs[0], rest.limbs[0] if rest.sign != 0 else 0))


def _combined(a: BigInteger, x: int, b: BigInteger, y: int) -> BigInteger:
    return add(multiply(a, from_int(x)), multiply(b, from_int(y)))


def _word_divisor(a: int, b: int) -> int:
    """The greatest common divisor of two unsigned words."""
    while b != 0:
        a, b = b, umod(a, b)
    return a
