"""Alternatives of `match` that bind names: which place each comes from, what joins, and what a failed guard leaves behind."""

from __future__ import annotations

from dataclasses import dataclass

from tracewright_testing.probes import show


class Node:
    pass


@dataclass
class Number(Node):
    value: int


@dataclass
class Negate(Node):
    inside: Node


@dataclass
class Call(Node):
    name: str
    argument: Node
    line: int | None = None


@dataclass
class Pair(Node):
    left: Node
    right: Node


TREES: list[Node] = [
    Number(3),
    Negate(Number(4)),
    Call("f", Negate(Number(5)), 7),
    Call("g", Number(6)),
    Pair(Number(1), Call("h", Number(2), 9)),
    Pair(Call("k", Number(8)), Number(7)),
    Pair(Node(), Node()),
]


def inner(node: Node) -> str:
    match node:
        case Number(n) | Negate(Number(n)) | Call(_, Negate(Number(n))):
            return f"number {n}"
        case Pair(Number(n), Call(word, _, line)) | Call(word, Number(n), line) | Pair(Call(word, _, line), Number(n)):
            return f"{word} {n} {line}"
        case Pair(left=Node() as whole) | (Negate() as whole):
            return f"whole {isinstance(whole, Negate)}"
    return "none"


def probe_nodes() -> str:
    return "; ".join([inner(node) for node in TREES])


def base(node: Node) -> Node:
    match node:
        case Negate(inside=found) | (Number() as found) | Call(argument=found):
            return found
        case found:
            return found


def probe_common_base() -> str:
    return "; ".join([inner(base(node)) for node in TREES])


def probe_sequences() -> str:
    out: list[str] = []
    rows: list[list[int]] = [[1, 5], [6, 1], [1, 1], [2, 3], [0, 8, 9], [7, 0], []]
    for numbers in rows:
        match numbers:
            case [1, x] | [x, 1]:
                out.append(f"one {x}")
            case [0, *rest] | [*rest, 0]:
                out.append(f"zero {rest}")
            case ([] as rest) | ([_, *_] as rest):
                out.append(f"other {rest}")
    return ",".join(out)


def probe_guards() -> str:
    x = -1
    out: list[str] = []
    for pair in [(1, 2), (2, 1), (3, 4)]:
        match pair:
            case (1, x) | (x, 1) if x > 2:
                out.append("never")
            case ((1 | 2) as a, b) | (b, 4 as a) if b != 1:
                out.append(f"{a} {b}")
            case _:
                out.append(f"left {x}")
    return ",".join(out)


def probe_optional() -> str:
    out: list[str] = []
    for node in TREES:
        match node:
            case Call(line=int(at)) | Number(at) | Pair(right=Call(line=int(at))):
                out.append(str(at))
            case Call(line=line) | Pair(Call(line=line)):
                out.append(str(line))
            case _:
                out.append("_")
    return ",".join(out)


def maybe(node: Node) -> int | None:
    match node:
        case Number(found) | Call(line=found):
            return found
    return -1


def probe_number_or_none() -> str:
    return str([maybe(node) for node in TREES])


def probe_nested_alternatives() -> str:
    out: list[str] = []
    for node in TREES:
        match node:
            case Pair(Number(n) | Call(_, Number(n)), (Number() | Call()) as right) | Call(_, Number(n) as right):
                out.append(f"{n} {isinstance(right, Call)}")
            case _:
                out.append("_")
    return ",".join(out)


def probe_captured_by_functions() -> str:
    out: list[str] = []
    for node in TREES:
        match node:
            case Number(n) | Negate(Number(n)):
                add = lambda: n + 1  # noqa: E731
                n += 10
                out.append(str(add()))  # type: ignore[no-untyped-call]
            case _:
                pass
    return ",".join(out)


def main() -> int:
    show("nodes", probe_nodes)
    show("common_base", probe_common_base)
    show("sequences", probe_sequences)
    show("guards", probe_guards)
    show("optional", probe_optional)
    show("number_or_none", probe_number_or_none)
    show("nested_alternatives", probe_nested_alternatives)
    show("captured_by_functions", probe_captured_by_functions)
    return 0
