"""`match` with class patterns that look inside, sequences, alternatives, guards; `with`; star targets; formats; `finally`."""

from __future__ import annotations

from dataclasses import dataclass

from tracewright.core.system import write_output


def text(name: str, value: str) -> None:
    write_output(f"{name} {value}\n".encode())


class Node:
    pass


@dataclass
class Number(Node):
    value: int


@dataclass
class Negation(Node):
    operand: Node


@dataclass
class Binary(Node):
    operator: str
    left: Node
    right: Node


class Name(Node):
    __match_args__ = ("text",)

    def __init__(self, text: str, depth: int | None = None) -> None:
        self.text = text
        self.depth = depth

    @property
    def size(self) -> int:
        return len(self.text)


def reduce(node: Node) -> Node:
    match node:
        case Binary("+", Number(a), Number(b)):
            return Number(a + b)
        case Binary(operator="*", left=Number(value=0)):
            return Number(0)
        case Binary(operator, Negation(Number(n)), right) if n > 10:
            return Binary(operator, Number(-n), reduce(right))
        case Negation(Negation(inner)):
            return reduce(inner)
        case Binary(_, left, right) as whole:
            return Binary(whole.operator, reduce(left), reduce(right))
        case Name(size=0):
            return Number(-1)
        case Name(depth=None):
            return Number(-2)
        case Name(word, depth=int(d)):
            return Number(d * len(word))
        case other:
            return other


def show(node: Node) -> str:
    match node:
        case Number(value):
            return str(value)
        case Negation(inner):
            return f"-{show(inner)}"
        case Binary(operator, left, right):
            return f"({show(left)} {operator} {show(right)})"
        case Name(word):
            return word
    return "?"


def items(numbers: list[int]) -> str:
    match numbers:
        case []:
            return "empty"
        case [x]:
            return f"one {x}"
        case [0, *rest]:
            return f"zero and {len(rest)}"
        case [first, second]:
            return f"two {first} {second}"
        case [first, *middle, 9]:
            return f"{first}..9 with {middle == [5, 5]} {len(middle)}"
        case [_, _, *_, last]:
            return f"last {last}"
    return "none"


def pairs(pair: tuple[str, int | None]) -> str:
    match pair:
        case ("a" | "b", 1 | 2):
            return "small"
        case (name, None):
            return name + " none"
        case (name, n) if n is not None and n < 0:
            return f"{name} negative {n}"
        case [name, n]:
            return f"{name} {n}"


def values(x: float, word: str, on: bool) -> str:
    match x:
        case 0.0:
            first = "zero"
        case 1.5 | -2:
            first = "known"
        case _:
            first = "other"
    match word:
        case "if" | "else" as keyword:
            second = keyword.upper()
        case name:
            second = name
    match on:
        case True:
            return first + second + "!"
        case False:
            return first + second


def nodes() -> None:
    one, two = Number(1), Number(2)
    for node in (
        Binary("+", one, two),
        Binary("*", Number(0), one),
        Binary("-", Negation(Number(11)), Binary("+", one, one)),
        Binary("-", Negation(Number(9)), Binary("+", one, one)),
        Negation(Negation(Name("x"))),
        Name(""),
        Name("abc", 4),
        Negation(one),
    ):
        text("reduce", show(reduce(node)))


class Log:
    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> Log:
        text("enter", self.name)
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        text("exit", f"{self.name} {'clean' if error is None else str(error)}")


class Quiet:
    def __init__(self, wanted: str) -> None:
        self.wanted = wanted

    def __enter__(self) -> Quiet:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        return error is not None and str(error) == self.wanted


class Depth:
    def __init__(self) -> None:
        self.depth = 0

    def __enter__(self) -> int:
        self.depth += 1
        return self.depth

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self.depth -= 1


def leave_early(n: int) -> int:
    for i in range(5):
        with Log(f"loop{i}"):
            if i == n:
                break
            if i < n:
                continue
            return i
    with Log("return") as log, Depth() as depth:
        return len(log.name) + depth


def managers() -> None:
    text("early", f"{leave_early(1)} {leave_early(-1)}")
    with Quiet("lost") as quiet:
        raise ValueError(quiet.wanted)
    try:
        with Quiet("other"):
            raise ValueError("found")
    except ValueError as error:
        text("not swallowed", str(error))
    try:
        with Log("outer"), Log("inner"):
            raise KeyError("gone")
    except KeyError:
        text("caught", "KeyError")
    depth = Depth()
    with depth as first:
        with depth as second:
            text("depth", f"{first} {second} {depth.depth}")
    text("depth", str(depth.depth))


def stars() -> None:
    first, *rest = [1, 2, 3]
    *most, last = rest
    a, *middle, b = "x y z w".split()
    text("stars", f"{first} {rest == [2, 3]} {most == [2]} {last} {a} {middle == ['y', 'z']} {b}")
    nothing: list[int]
    head, *nothing = [7]
    text("nothing", f"{head} {len(nothing)}")
    try:
        x, y, *z = rest[1:]
        text("too few", f"{x}{y}{len(z)}")
    except ValueError:
        text("too few", "ValueError")
    (p, q), *others = [(1, "a"), (2, "b")]
    text("nested", f"{p}{q}{len(others)}")
    one, *two = (1, 2, 3)
    text("tuple", f"{one} {two == [2, 3]}")


def formats() -> None:
    x, n, word = 3.14159, 42, "héé"
    text("floats", f"[{x:.2f}] [{x:10.3f}] [{x:<10.1f}] [{x:e}] [{x:.3g}] [{-x:+.1f}] [{x:010.2f}] [{x:.0f}] [{x:%}]")
    text(
        "large",
        f"{1e300:.3e} {1e22:.0f} {1e23:g} {0.1:.20f} {123456789.0:g} {1e-7:g} {2.5:.0f} {3.5:.0f} {float('inf'):6.1f}",
    )
    text(
        "ints",
        f"[{n:5d}] [{n:<5}] [{n:^5}] [{n:05}] [{n:x}] [{n:#X}] [{n:b}] [{n:+}] [{-n:06}] [{n:*^7}] [{n:.1f}] [{n:e}]",
    )
    text("texts", f"[{word:5}] [{word:>5}] [{word:*^6}] [{word:.2}] [{word!r:>8}] [{True:d}] [{True}] [{x!r}]")
    width, precision = 9, 3
    text("nested", f"[{x:{width}.{precision}f}] [{word:>{width}}]")
    text("equals", f"{n=} {x=:.1f}")


def finally_all(n: int) -> str:
    log: list[str] = []

    def run() -> str:
        for i in range(3):
            try:
                log.append(f"try{i}")
                if n == 0:
                    return "returned"
                if n == 1:
                    continue
                if n == 2:
                    break
                if n == 3:
                    raise ValueError("three")
                if n == 5:
                    log.append(str([1][i]))
            except ValueError as error:
                log.append(str(error))
                if i == 1:
                    raise RuntimeError("again") from None
            except IndexError:
                log.append("index")
            else:
                log.append("else")
            finally:
                log.append("finally")
                if n == 4:
                    return "overridden"
        else:
            log.append("loop else")
        return "end"

    try:
        result = run()
    except RuntimeError as error:
        result = str(error)
    return f"{result}: {' '.join(log)}"


def main() -> int:
    nodes()
    rows: list[list[int]] = [[], [4], [0, 1, 2], [3, 4], [1, 5, 5, 9], [1, 2, 3]]
    for numbers in rows:
        text("items", items(numbers))
    known: list[tuple[str, int | None]] = [("a", 2), ("b", 3), ("c", None), ("d", -4)]
    for pair in known:
        text("pair", pairs(pair))
    text("values", f"{values(0.0, 'if', True)} {values(-2.0, 'x', False)} {values(7.0, 'else', True)}")
    managers()
    stars()
    formats()
    for n in range(6):
        text("finally", finally_all(n))
    return 0
