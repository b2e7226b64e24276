"""Every algebraic rule is proved: by Z3 over 64-bit words where it is about ints, on all pairs of awkward floats where it is not; and each fires."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable
from typing import Any

import pytest

from tracewright.core import integers
from tracewright.core import operations as op
from tracewright.jit.optimize import rules
from tracewright.jit.optimize.builder import TraceBuilder
from tracewright.jit.tables.options import JitOptions

z3 = pytest.importorskip("z3")

TEXTS = {name: (left, right, when) for name, left, right, when in rules.RULE_TEXTS}
FLOATS = [0.0, -0.0, 1.0, -1.5, 0.1, 1e308, -1e308, 5e-324, float("inf"), float("-inf"), float("nan")]


def _flag(condition: Any) -> Any:
    return z3.If(condition, z3.BitVecVal(1, 64), z3.BitVecVal(0, 64))


MEANINGS: dict[str, Callable[..., Any]] = {
    "int_add": lambda a, b: a + b,
    "int_sub": lambda a, b: a - b,
    "int_mul": lambda a, b: a * b,
    "int_neg": lambda a: -a,
    "int_invert": lambda a: ~a,
    "int_and": lambda a, b: a & b,
    "int_or": lambda a, b: a | b,
    "int_xor": lambda a, b: a ^ b,
    "int_lshift": lambda a, b: a << b,
    "int_rshift": lambda a, b: a >> b,
    "uint_rshift": lambda a, b: z3.LShR(a, b),
    "int_trunc_div": lambda a, b: a / b,
    "int_trunc_mod": lambda a, b: z3.SRem(a, b),
    "uint_div": lambda a, b: z3.UDiv(a, b),
    "uint_mod": lambda a, b: z3.URem(a, b),
    "int_eq": lambda a, b: _flag(a == b),
    "int_ne": lambda a, b: _flag(a != b),
    "int_lt": lambda a, b: _flag(a < b),
    "int_le": lambda a, b: _flag(a <= b),
    "int_gt": lambda a, b: _flag(a > b),
    "int_ge": lambda a, b: _flag(a >= b),
    "uint_lt": lambda a, b: _flag(z3.ULT(a, b)),
    "uint_le": lambda a, b: _flag(z3.ULE(a, b)),
    "uint_gt": lambda a, b: _flag(z3.UGT(a, b)),
    "uint_ge": lambda a, b: _flag(z3.UGE(a, b)),
    "ref_eq": lambda a, b: _flag(a == b),
    "ref_ne": lambda a, b: _flag(a != b),
    "word_of": lambda a: a,
    "ref_of": lambda a: a,
}
# Whether the checked operation leaves the trace; its result is that of the plain one.
OVERFLOWS: dict[str, Callable[..., Any]] = {
    "int_add_ovf": lambda a, b: z3.SignExt(64, a) + z3.SignExt(64, b) != z3.SignExt(64, a + b),
    "int_sub_ovf": lambda a, b: z3.SignExt(64, a) - z3.SignExt(64, b) != z3.SignExt(64, a - b),
    "int_mul_ovf": lambda a, b: z3.SignExt(64, a) * z3.SignExt(64, b) != z3.SignExt(64, a * b),
}


class Proof:
    """Translates a rule's two sides."""

    def __init__(self, constants: dict[str, int | None]) -> None:
        self.letters: dict[str, Any] = {"x": z3.BitVec("x", 64), "y": z3.BitVec("y", 64)}
        for name, value in constants.items():
            self.letters[name] = z3.BitVec(name, 64) if value is None else z3.BitVecVal(value, 64)

    def side(self, node: ast.expr) -> tuple[Any, Any]:
        """Value, and whether it leaves the trace."""
        match node:
            case ast.Call(func=ast.Name(id="log2"), args=[inner]):
                return z3.BitVecVal(z3.simplify(self.side(inner)[0]).as_long().bit_length() - 1, 64), z3.BoolVal(False)
            case ast.Call(func=ast.Name(id=name), args=arguments):
                inner_sides = [self.side(argument) for argument in arguments]
                values = [value for value, _ in inner_sides]
                leaves = z3.Or(
                    *[leave for _, leave in inner_sides], OVERFLOWS[name](*values) if name in OVERFLOWS else False
                )
                return MEANINGS[op.BY_NAME[name].unchecked or name](*values), leaves
            case ast.Name(id=name):
                return self.letters[name], z3.BoolVal(False)
            case ast.BinOp(left=left, op=operator, right=right):
                a, b = self.side(left)[0], self.side(right)[0]
                table = {ast.Add: "int_add", ast.Sub: "int_sub", ast.Mult: "int_mul", ast.BitAnd: "int_and"}
                table |= {ast.BitOr: "int_or", ast.BitXor: "int_xor"}
                return MEANINGS[table[type(operator)]](a, b), z3.BoolVal(False)
            case ast.UnaryOp(op=ast.USub(), operand=operand) if not isinstance(operand, ast.Constant):
                return -self.side(operand)[0], z3.BoolVal(False)
        return z3.BitVecVal(ast.literal_eval(node), 64), z3.BoolVal(False)


def constants_of(left: str, when: str) -> list[dict[str, int | None]]:
    """The constants to prove a rule for: all at once, or each allowed shift or power."""
    if when == "power_of_two(C1)":
        return [{"C1": 1 << shift} for shift in range(63)]
    if when == "C1 + C2 < 64":
        return [{"C1": a, "C2": b} for a, b in itertools.product(range(0, 64, 7), repeat=2) if a + b < 64]
    return [{name: None for name in ("C1", "C2") if name in left}]


def is_about_floats(left: str) -> bool:
    return "float" in left


@pytest.mark.parametrize("name", [name for name, (left, _, _) in TEXTS.items() if not is_about_floats(left)])
def test_rule_is_proved(name: str) -> None:
    left, right, when = TEXTS[name]
    for constants in constants_of(left, when):
        proof = Proof(constants)
        value, leaves = proof.side(ast.parse(left, mode="eval").body)
        new_value, new_leaves = proof.side(ast.parse(right, mode="eval").body)
        solver = z3.Solver()
        solver.set("timeout", 20_000)
        if when == "C1 != MIN":
            solver.add(proof.letters["C1"] != z3.BitVecVal(integers.MIN_INT, 64))
        if when == "C1 >= 0":
            solver.add(proof.letters["C1"] >= 0)
        if "shift" in left.split("(")[0]:
            solver.add(z3.ULT(proof.letters["x"], 64) if left.endswith("(0, x)") else True)
        solver.add(z3.Or(leaves != new_leaves, z3.And(z3.Not(leaves), value != new_value)))
        assert solver.check() == z3.unsat, f"{left} is not {right} for {constants}: {solver.model()}"


def float_side(node: ast.expr, letters: dict[str, float]) -> float | int:
    if isinstance(node, ast.Name):
        return letters[node.id]
    assert isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    meaning = op.BY_NAME[node.func.id].meaning
    assert meaning is not None
    return meaning(*[float_side(argument, letters) for argument in node.args])


@pytest.mark.parametrize("name", [name for name, (left, _, _) in TEXTS.items() if is_about_floats(left)])
def test_float_rule_holds_on_awkward_floats(name: str) -> None:
    left, right, _ = TEXTS[name]
    for x, y in itertools.product(FLOATS, repeat=2):
        values = [float_side(ast.parse(side, mode="eval").body, {"x": x, "y": y}) for side in (left, right)]
        encodings = ["nan" if value != value else integers.bits_of_float(value) for value in values]
        assert encodings[0] == encodings[1], f"{left} for {x}, {y}"


class Instance:
    """Emits the left side of a rule for inputs that are not constant."""

    def __init__(self, when: str) -> None:
        options = JitOptions()
        options.ranges = False  # which would make checked arithmetic plain before a rule sees it
        self.builder = TraceBuilder(0, 8192, [], [], options)
        self.builder.at_bytecode(self.builder.ref_constant(20480), 0, 0)
        self.letters = {"x": -1, "y": -1}
        constants = (8, 8) if when == "power_of_two(C1)" else (5, 6)
        self.constants = {"C1": constants[0], "C2": constants[1]}

    def input(self, letter: str, kind: str) -> int:
        if self.letters[letter] < 0:
            value = self.builder.read_slot(ord(letter))
            row = {"i": op.VALUE_SMALL, "f": op.VALUE_FLOAT}.get(kind)
            self.letters[letter] = value if row is None else self.builder.emit(row, value)
        return self.letters[letter]

    def ref(self, node: ast.expr, kind: str) -> int:
        if isinstance(node, ast.Call):
            assert isinstance(node.func, ast.Name)
            row = op.BY_NAME[node.func.id]
            refs = [self.ref(argument, letter) for argument, letter in zip(node.args, row.takes, strict=True)]
            return self.builder.emit(row.number, *refs)
        if isinstance(node, ast.Name) and node.id in self.letters:
            return self.input(node.id, kind)
        word = self.constants[node.id] if isinstance(node, ast.Name) else ast.literal_eval(node)
        return self.builder.int_constant(word)


@pytest.mark.parametrize("name", TEXTS)
def test_rule_fires(name: str) -> None:
    left, _, when = TEXTS[name]
    instance = Instance(when)
    instance.ref(ast.parse(left, mode="eval").body, "i")
    hits = [rules.RULES[number].name for number, count in enumerate(instance.builder.draft.rule_hits) if count]
    assert name in hits


def test_constants_are_computed_as_their_texts_say() -> None:
    pairs = list(itertools.product([0, 1, 5, -3, 1 << 40, integers.MIN_INT, integers.MAX_INT], repeat=2))
    for text, number in rules.EXPRESSIONS.items():
        for c1, c2 in pairs:
            if "log2(C1)" in text:
                logarithm = c1 & 31
                assert rules.evaluate(number, 1 << logarithm, 0) == eval(text.replace("log2(C1)", str(logarithm)))
            else:
                assert rules.evaluate(number, c1, c2) == integers.wrap(eval(text, {"C1": c1, "C2": c2}))


def test_two_bounds_are_one_unsigned_comparison() -> None:
    """What `merge_guards.py` makes of them."""
    number, least, most = z3.BitVecs("number least most", 64)
    apart = z3.And(number >= least, number <= most)
    together = z3.ULE(number - least, most - least)
    solver = z3.Solver()
    solver.add(least <= most, apart != together)
    assert solver.check() == z3.unsat


def test_the_bounds_of_a_signed_number_are_asked_at_once() -> None:
    number = z3.BitVec("number", 64)
    for bits in range(34, 64):
        end = 1 << (bits - 1)
        apart = z3.And(number >= -end, number <= end - 1)
        extended = z3.SignExt(64 - bits, z3.Extract(bits - 1, 0, number))  # as AArch64 asks
        product = z3.SignExt(64, number) * z3.BitVecVal(1 << (64 - bits), 128)  # as x86-64 asks: it overflows or not
        solver = z3.Solver()
        solver.add(
            z3.Or(apart != (number == extended), apart != (product == z3.SignExt(64, z3.Extract(63, 0, product))))
        )
        assert solver.check() == z3.unsat, bits
