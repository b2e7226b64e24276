"""Elementary functions, to the last bit: against node, whose functions are the same sequences of operations, and against known values."""

import math
import random
import shutil
import struct
import subprocess
from collections.abc import Callable

import pytest

from tracewright.core.integers import bits_of_float
from tracewright.lib.elementary.argument_reduction import TWO_OVER_PI
from tracewright.lib.elementary.cube_root import cbrt
from tracewright.lib.elementary.exponentials import exp, expm1
from tracewright.lib.elementary.hyperbolic import acosh, asinh, atanh, cosh, sinh, tanh
from tracewright.lib.elementary.inverse_trigonometry import acos, asin, atan, atan2
from tracewright.lib.elementary.logarithms import log, log1p, log2, log10
from tracewright.lib.elementary.powers import power
from tracewright.lib.elementary.trigonometry import cos, sin, tan

ONE: dict[str, Callable[[float], float]] = {
    function.__name__: function
    for function in (
        sin, cos, tan, asin, acos, atan, exp, expm1, log, log1p, log2, log10,
        sinh, cosh, tanh, asinh, acosh, atanh, cbrt,
    )
}  # fmt: skip
TWO: dict[str, Callable[[float, float], float]] = {"atan2": atan2, "pow": power}
ARGUMENTS = 3000  # random ones of each function

# Reads pairs of doubles, as 32 digits each; writes the results of a function of Math, as 16 digits.
SCRIPT = """
const [name, count] = process.argv.slice(1);
const view = new DataView(new ArrayBuffer(8));
const double = digits => { view.setBigUint64(0, BigInt("0x" + digits)); return view.getFloat64(0); };
const lines = require("fs").readFileSync(0, "latin1").trim().split("\\n");
console.log(lines.map(line => {
    const x = double(line.slice(0, 16)), y = double(line.slice(16));
    view.setFloat64(0, count === "2" ? Math[name](x, y) : Math[name](x));
    return view.getBigUint64(0).toString(16);
}).join("\\n"));
"""

THRESHOLDS = (
    0x00100000, 0x3C600000, 0x3C800000, 0x3C900000, 0x3E200000, 0x3E300000, 0x3E400000, 0x3FD2BEC4, 0x3FD33333, 0x3FD62E42,
    0x3FDA827A, 0x3FDC0000, 0x3FE00000, 0x3FE59428, 0x3FE60000, 0x3FE6A09E, 0x3FE90000, 0x3FE921FB, 0x3FEF3333, 0x3FEFFFFF,
    0x3FF00000, 0x3FF0A2B2, 0x3FF30000, 0x3FF3988E, 0x3FF6147A, 0x3FF6A09C, 0x3FF6B851, 0x3FFBB67A, 0x3FF921FB, 0x40000000,
    0x4002D97C, 0x40038000, 0x40360000, 0x4043687A, 0x40862E42, 0x408633CE, 0x40874910, 0x413921FB, 0x41B00000, 0x41E00000,
    0x43400000, 0x43F00000, 0x44100000, 0x7FF00000,
)  # fmt: skip


def edges() -> list[float]:
    """Zeros, ends of the range, whole numbers, and both sides of what the methods compare with."""
    found = [
        0.0,
        math.inf,
        math.nan,
        5e-324,
        2.2e-308,
        1.7976931348623157e308,
        math.e,
        710.4758600739439,
        745.2,
        1e-300,
    ]
    found += [float(whole) for whole in range(1, 65)] + [10.0**exponent for exponent in range(-20, 23)]
    for word in THRESHOLDS:
        start = float(struct.unpack("<d", struct.pack("<q", word << 32))[0])
        following = float(struct.unpack("<d", struct.pack("<q", (word + 1) << 32))[0])
        found += [math.nextafter(edge, to) for edge in (start, following) for to in (0.0, edge, math.inf)]
    for quarters in [*range(1, 40), 1000, 12345, 2**19, 2**19 + 1, 10**9]:
        angle = quarters * math.pi / 2
        found += [math.nextafter(angle, 0.0), angle, math.nextafter(angle, math.inf)]
    found.append(6381956970095103.0 * 2.0**797)  # of all doubles the one closest to a multiple of pi/2
    return found + [-x for x in found]


def random_argument(source: random.Random) -> float:
    match source.randrange(6):
        case 0:
            return source.uniform(-1, 1)
        case 1:
            return source.uniform(-10, 10)
        case 2:
            return source.uniform(-1000, 1000)
        case 3:
            return source.uniform(0.4, 3)
        case 4:
            return math.ldexp(source.uniform(-2, 2), source.randrange(-60, 1023))
        case _:
            return float(struct.unpack("<d", source.randbytes(8))[0])


def digits(x: float) -> str:
    return f"{bits_of_float(x) & (1 << 64) - 1:016x}"


def float_of_digits(text: str) -> float:
    return float(struct.unpack(">d", bytes.fromhex(text))[0])


def results_of_node(name: str, count: int, arguments: list[tuple[float, float]]) -> list[str]:
    text = "\n".join(digits(x) + digits(y) for x, y in arguments)
    command = ["node", "-e", SCRIPT, name, str(count)]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    return [line.rjust(16, "0") for line in done.stdout.split()]


def differing(name: str, results: list[float], arguments: list[tuple[float, float]], count: int) -> list[str]:
    expected = results_of_node(name, count, arguments)
    assert len(expected) == len(results)
    found = []
    for (x, y), result, other in zip(arguments, results, expected, strict=True):
        nan = result != result and math.isnan(float_of_digits(other))
        if digits(result) != other and not nan:
            found.append(f"{name}({x!r}, {y!r}): {result!r} is {digits(result)}, node has {other}")
    return found


needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="compares with node, which is not installed")


@needs_node
@pytest.mark.parametrize("name", ONE)
def test_functions_of_one_number_as_node(name: str) -> None:
    source = random.Random(name)
    arguments = [(x, 0.0) for x in edges() + [random_argument(source) for _ in range(ARGUMENTS)]]
    assert differing(name, [ONE[name](x) for x, _ in arguments], arguments, 1)[:5] == []


@needs_node
@pytest.mark.parametrize("name", ["sin", "cos", "tan"])
def test_large_angles_as_node(name: str) -> None:
    """Many: a head that is rounded otherwise shows once in a thousand angles."""
    source = random.Random(name)
    arguments = [(2.0 ** source.uniform(20, 1023), 0.0) for _ in range(10_000)]
    assert differing(name, [ONE[name](x) for x, _ in arguments], arguments, 1)[:5] == []


@needs_node
@pytest.mark.parametrize("name", TWO)
def test_functions_of_two_numbers_as_node(name: str) -> None:
    source = random.Random(name)
    arguments = [(random_argument(source), random_argument(source)) for _ in range(ARGUMENTS)]
    arguments += [(source.choice(edges()), source.choice(edges())) for _ in range(ARGUMENTS)]
    arguments += [(source.uniform(0.9, 1.1), source.uniform(-1e4, 1e4)) for _ in range(ARGUMENTS)]
    few = [0.0, 1.0, 2.0, 3.0, 0.5, 1.5, math.inf, math.nan, 5e-324, 2.0**31, 2.0**53, 2.0**64, 1e300]
    few += [-x for x in few]
    arguments += [(x, y) for x in few for y in few]
    assert differing(name, [TWO[name](x, y) for x, y in arguments], arguments, 2)[:5] == []


# Results of fdlibm's methods: digits of the encodings.
KNOWN = [
    (sin, 0.7, "3fe49d6e694619b8"), (sin, 12.5, "bfb0fa78cc21cfbb"), (sin, 1e22, "bfeb453ab76bf397"),
    (cos, 0.7, "3fe87996529f9d93"), (cos, 12.5, "3fefedf6a8227774"), (cos, 1e22, "3fe0be2cef01c8f4"),
    (tan, 0.7, "3feaf406c2fc78ae"), (tan, 12.5, "bfb104100d067f5b"), (tan, 1e22, "bffa0f79c1b6b258"),
    (asin, 0.7, "3fe8d00e692afd95"), (acos, 0.7, "3fe973e83f5d5c9b"), (atan, 1.7, "3ff0a00a3bce369f"),
    (exp, 1.7, "4015e552770df8a6"), (exp, 30.3, "42aa3d45a3853fc6"), (expm1, 1.7, "4011e552770df8a6"),
    (log, 1.7, "3fe0fae81914a991"), (log1p, 0.3, "3fd0ca937be1b9dc"), (log1p, 1e10, "4037069e2aa3184e"),
    (log2, 30.3, "4013af5b150c32c1"), (log10, 1.7, "3fcd7f59aa5becb9"), (cbrt, 30.3, "4008f0c0ff5713c7"),
    (sinh, 1.7, "40052a411348ac56"), (cosh, 30.3, "429a3d45a3853fc6"), (tanh, 1.7, "3fedeedf00d3e7f5"),
    (asinh, 1.7, "3ff4d0291473fd4a"), (acosh, 30.3, "40106a84de48a45d"), (atanh, 0.7, "3febc0ed0947fbe8"),
]  # fmt: skip


@pytest.mark.parametrize(("function", "x", "expected"), KNOWN)
def test_known_values(function: Callable[[float], float], x: float, expected: str) -> None:
    assert digits(function(x)) == expected


@pytest.mark.parametrize(
    ("function", "x", "y", "expected"),
    [
        (atan2, 2.5, -1.5, "4000e3c51fa059c4"),
        (power, 2.5, -1.5, "3fd030dc4ea03a72"),
        (power, 1.0000001, 3e7, "403415e58d7aca22"),
        (power, 10.0, -5.0, "3ee4f8b588e368f0"),
    ],
)
def test_known_values_of_two(function: Callable[[float, float], float], x: float, y: float, expected: str) -> None:
    assert digits(function(x, y)) == expected


def test_two_over_pi() -> None:
    """Its published digits (Payne and Hanek's table begins with them): 0.A2F9836E..., after a word of zeros."""
    assert [word & (1 << 64) - 1 for word in TWO_OVER_PI.items[:4]] == [
        0, 0xA2F9836E4E441529, 0xFC2757D1F534DDC0, 0xDB6295993C439041,
    ]  # fmt: skip


@pytest.mark.parametrize("name", [name for name in ONE if hasattr(math, name)])
def test_near_the_c_library(name: str) -> None:
    """Within four units in the last place of the C library's, whose own cube root is up to three away from the truth."""
    source = random.Random(name)
    for _ in range(500):
        x = random_argument(source)
        try:
            expected = float(getattr(math, name)(x))
        except (ValueError, OverflowError):
            continue
        result = ONE[name](x)
        assert result == expected or x != x or abs(result - expected) <= 4 * math.ulp(expected), (x, result, expected)


def test_whole_powers_are_exact() -> None:
    for base in range(2, 12):
        exponent = 0
        while base**exponent < 2**53:
            assert power(float(base), float(exponent)) == base**exponent
            exponent += 1
