"""`BigInteger` translated: thousands of calculations in one process, against CPython's int."""

import math
import random
import struct
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from tracewright_testing.native_programs import build
from tracewright_testing.samples import big_integers as program

Operation = Callable[[int, int], int]


def bits_of(number: float) -> int:
    return int(struct.unpack("<q", struct.pack("<d", number))[0])


def remainder(a: int, b: int) -> int:
    size = abs(a) % abs(b)
    return -size if a < 0 else size


def signed(a: int, bits: int) -> int:
    low = a % (1 << bits)
    return low - (1 << bits) if bits > 0 and low >> (bits - 1) else low


# Of two long numbers, and of a long one and a count.
ON_PAIRS: dict[str, Operation] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a // b,
    "modulo": lambda a, b: a % b,
    "remainder": remainder,
    "and": lambda a, b: a & b,
    "or": lambda a, b: a | b,
    "xor": lambda a, b: a ^ b,
    "power_modulo": lambda a, b: pow(a, 100, b),
    "inverse": lambda a, b: pow(a, -1, b),
    "gcd": math.gcd,
    "root": lambda a, b: math.isqrt(a),
    "float": lambda a, b: bits_of(float(a)),
    "whole": lambda a, b: int(float(a)),
    "true_divide": lambda a, b: bits_of(a / b),
    "compare": lambda a, b: (a > b) - (a < b),
    "hash": lambda a, b: hash(a) if hash(a) != -2 else -1,
}
ON_COUNTS: dict[str, Operation] = {
    "left": lambda a, b: a << b,
    "right": lambda a, b: a >> b,
    "signed": signed,
    "unsigned": lambda a, b: a % (1 << b),
    "power": lambda a, b: a**b,
    "bytes": lambda a, b: int.from_bytes(a.to_bytes(b, "big", signed=True), "big", signed=True),
}
MOST_BITS = program.MOST_BITS


def in_radix(number: int, radix: int) -> str:
    digits = ""
    rest = abs(number)
    while rest or not digits:
        rest, digit = divmod(rest, radix)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return ("-" if number < 0 else "") + digits


def random_number(source: random.Random) -> int:
    bits = source.choice([0, 1, 8, 62, 63, 64, 65, 127, 128, 129, 1000, 3000, 12_000])
    number = source.getrandbits(bits) if bits else 0
    if source.random() < 0.3:  # long rows of ones and zeros, where carries run
        number = (1 << bits) - (1 << bits // 2) + source.randint(-1, 1)
    return source.choice([number, -number])


def cases(count: int) -> Iterator[tuple[str, int, int, int]]:
    source = random.Random(20)
    names = [*ON_PAIRS, *ON_COUNTS]
    for index in range(count):
        name = names[index % len(names)]
        second = random_number(source) if name in ON_PAIRS else source.choice([1, 7, 63, 64, 65, 200])
        yield name, source.choice([2, 7, 10, 16, 36]), random_number(source), second


def test_calculator(tmp_path: Path) -> None:
    asked = list(cases(4000))
    lines = [f"{name} {radix} {in_radix(a, radix)} {in_radix(b, radix)}" for name, radix, a, b in asked]
    executable = tmp_path / "calculator"
    build(program, executable)
    finished = subprocess.run(
        [str(executable)], input="\n".join(lines) + "\n", capture_output=True, text=True, timeout=60, check=True
    )
    answers = finished.stdout.splitlines()
    assert len(answers) == len(asked)
    for (name, radix, a, b), line, answer in zip(asked, lines, answers, strict=True):
        try:
            result = (ON_PAIRS.get(name) or ON_COUNTS[name])(a, b)
        except (ArithmeticError, ValueError):
            assert answer.startswith("error: "), line[:200]
            continue
        if result.bit_length() > MOST_BITS:
            assert answer == "error: integer too large", line[:200]
        else:
            assert answer == in_radix(result, radix), line[:200]
