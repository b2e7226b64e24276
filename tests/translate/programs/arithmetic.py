"""Numbers: words, floats, bools, their operators and conversions."""

from tracewright.core.integers import (
    MAX_INT,
    MIN_INT,
    count_ones,
    ovf_add,
    ovf_mul,
    ovf_neg,
    trunc_div,
    trunc_mod,
    ult,
    urshift,
    wrap_add,
    wrap_mul,
)
from tracewright.core.mathematics import floor, power, sqrt
from tracewright.core.system import write_output

NUMBERS: list[int] = [7, -7, 3, -3, 0, 1 << 40]


def line(name: str, number: int) -> None:
    write_output(f"{name} {number}\n".encode())


def flag(name: str, value: bool) -> None:
    write_output(f"{name} {value}\n".encode())


def divide(a: int, b: int) -> int:
    try:
        return a // b * 1000 + a % b
    except ZeroDivisionError:
        return -1


def overflows(a: int, b: int) -> str:
    try:
        return str(ovf_add(a, b)) + " " + str(ovf_mul(a, b))
    except OverflowError:
        return "overflow"


def ratio(a: float, b: float) -> float:
    try:
        return a / b
    except ZeroDivisionError:
        return -99.0


def between(low: int, x: int, high: int) -> bool:
    return low <= x < high


def pick(flag: bool, a: int, b: float) -> float:
    return float(a) if flag else b


def bits(x: int) -> int:
    total = 0
    while x:
        total += x & 1
        x >>= 1
    return total


def main() -> int:
    for a in NUMBERS:
        for b in NUMBERS:
            line(f"{a} divided by {b}", divide(a, b))
        line("by 8", a // 8 * 100 + a % 8)
        line("by 10", a // 10 * 100 + a % 10)
        line("negative", -a + ~a)
        flag("between", between(-3, a, 4))
    write_output(overflows(2, 3).encode() + b"\n" + overflows(MAX_INT, 1).encode() + b"\n")
    line("wrapped", wrap_add(MAX_INT, 1))
    line("product", wrap_mul(MAX_INT, MAX_INT))
    line("truncated", trunc_div(-7, 2) * 10 + trunc_mod(-7, 2))
    line("shifted", urshift(-1, 60) + (1 << 20) + (-1024 >> 3))
    flag("unsigned", ult(1, -1))
    line("ones", count_ones(-1) + bits(1023))
    try:
        ovf_neg(MIN_INT)
        line("no overflow", 0)
    except OverflowError as error:
        write_output(b"caught " + str(error).encode() + b"\n")
    line("float", int(ratio(7.0, 2.0) * 10) + int(ratio(1.0, 0.0)) + int(sqrt(16.0)) + int(floor(-2.5)))
    line("power", int(power(2.0, 10.0)))
    line("picked", int(pick(True, 3, 2.5) * 2 + pick(False, 3, 2.5) * 2))
    line("extremes", min(3, 1, 2) * 100 + max(4, 9) * 10 + abs(-5))
    flag("mixed", 1 == 1.0 and 2 < 2.5 and not 3.0 > 4)
    truth = len("ab") == 2
    flag("a bool is an int", isinstance(truth, int) and not isinstance(len("ab"), bool))
    line("bools", True + True + int(False) + (1 if 0.0 else 2))
    flag("xor", True ^ False and (True & False) is False)
    x = 5
    x += 2
    x *= 3
    x -= 1
    x //= 3
    x <<= 4
    x |= 1
    x ^= 3
    x %= 50
    line("updated", x)
    a = b = 3
    a, b = b + 1, a + 2
    line("swapped", a * 10 + b)
    if (y := a * 2) > 7:
        line("walrus", y)
    line("from text", int("123") + int(float("2.5") * 2))
    return 0
