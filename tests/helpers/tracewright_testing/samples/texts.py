"""str, bytes and numbers."""

from typing import Final

from tracewright.core.integers import MIN_INT, wrap_add, wrap_mul
from tracewright.core.mathematics import floor, sqrt
from tracewright_testing.samples.output import say

NAMES: Final = ("plain", "naïve", "日本", "🎉 party", "")


def texts() -> None:
    for name in NAMES:
        say(f"[{name}] {len(name)} {name.upper()} {name[1:3]} {name * 2} {name.find('a')}")
        say(f"{name:>12}|{name:<12}|{len(name.encode())}")
    joined = "-".join(list(NAMES))
    say(joined)
    for part in joined.split("-"):
        say(part.strip() + "." + part.replace("a", "AA"))
    say(str("a" < "b") + str("日" > "é") + str("ab" == "a" + "b") + str("é" in "naéve"))
    say(str(ord("🎉")) + chr(955) + repr("it's\n") + str(int(" -42 ")) + str(int("0")))
    data = "grüße".encode()
    say(f"{len(data)} {data[2]} {data[0:2].decode()} {b'ab' + b'c' == b'abc'}")
    buffer = bytearray()
    for code in range(65, 91):
        buffer.append(code)
    say(bytes(buffer).decode())
    try:
        say(b"\xff\xfe".decode())
    except UnicodeDecodeError:
        say("not UTF-8")


def numbers() -> None:
    for a in (7, -7, 0, MIN_INT):
        for b in (2, -2, 3):
            say(f"{a // b} {a % b} {a & b} {a | b} {a ^ b} {a >> 1}")
    say(f"{wrap_add(MIN_INT, -1)} {wrap_mul(1 << 62, 4)} {255:x} {255:X} {7:05d}")
    say(str(int(sqrt(2.0) * 1000000.0)) + str(int(floor(-2.5))) + str(7 / 2 == 3.5) + str(int(-3.99)))
    try:
        say(str(1 // len("")))
    except ZeroDivisionError:
        say("division by zero")
    say(f"{min(3, 1, 2)} {max(2.5, 1.0) > 2.0} {abs(-9)} {sum([1, 2, 3])}")


def run() -> None:
    texts()
    numbers()
