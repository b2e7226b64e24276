"""`BigInteger`s of CPython's ints and back, without the operations that are to be tested."""

from tracewright.core.arrays import Array, array_of
from tracewright.core.integers import wrap
from tracewright.lib.big_integers import BigInteger


def big(number: int) -> BigInteger:
    """The number as the library has it."""
    words = [wrap(abs(number) >> shift) for shift in range(0, abs(number).bit_length(), 64)]
    return BigInteger((number > 0) - (number < 0), array_of(words) if words else Array(0, 0))


def plain(number: BigInteger) -> int:
    """The number as CPython has it; the library's form must be the only one it has for it."""
    size = sum((limb & (1 << 64) - 1) << 64 * index for index, limb in enumerate(number.limbs))
    assert number.sign in (-1, 0, 1)
    assert (number.sign == 0) == (len(number.limbs) == 0)
    assert len(number.limbs) == 0 or number.limbs[len(number.limbs) - 1] != 0
    return number.sign * size
