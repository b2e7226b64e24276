"""Algebraic rules as named data. `x`, `y` stand for anything, `C1`, `C2` for int constants; equal letters mean equal refs.

    rule("add_zero", "int_add(x, 0)", "x")
    i7 = int_add(i3, 0)       ->  i3
    i8 = int_sub(i3, 5)       ->  i8 = int_add(i3, -5)

The texts are read when this module is imported; what runs is `match_rule`, over small objects. A constant is always the
second operand of what commutes (and of comparisons, which are turned round), so rules need not say both ways; for a commuting rule
whose operands are both computed, both orders are made here. Each rule is proved in `tests/jit/optimize/test_rules.py`, and each must fire
in some test.

A rule that makes a new instruction does not look inside values of the previous turn of a peeled loop (`Draft.floor`): with i + 1 carried,
(i + 1) + 1 as i + 2 would carry i as well.

Rules keep the kind, never look at facts, and terminate: a result is smaller, or nearer to one of the forms `x + c`, `x << c`, `x == y`.
"""

import ast
from typing import Final, final

from tracewright.core import operations as op
from tracewright.core.integers import MIN_INT, count_trailing_zeros, wrap_add, wrap_mul, wrap_neg, wrap_sub
from tracewright.core.kinds import INT
from tracewright.core.operation_tables import REF_OPERANDS, SECOND
from tracewright.jit.optimize.draft import NO_REF, Draft

# Kinds of pattern.
VARIABLE: Final = 0
LITERAL: Final = 1
CONSTANT: Final = 2
OPERATION: Final = 3
EXPRESSION: Final = 4  # in results only: a constant computed from C1 and C2

# Constants of a result computed from those of the pattern; `evaluate` gives their meanings.
SUM: Final = 0
PRODUCT: Final = 1
BOTH_BITS: Final = 2
EITHER_BITS: Final = 3
DIFFERENT_BITS: Final = 4
DIFFERENCE: Final = 5
NEGATED: Final = 6
PREDECESSOR: Final = 7
LOGARITHM: Final = 8
HIGH_BITS: Final = 9
EXPRESSIONS: Final = {
    "C1 + C2": SUM,
    "C1 * C2": PRODUCT,
    "C1 & C2": BOTH_BITS,
    "C1 | C2": EITHER_BITS,
    "C1 ^ C2": DIFFERENT_BITS,
    "C2 - C1": DIFFERENCE,
    "-C1": NEGATED,
    "C1 - 1": PREDECESSOR,
    "log2(C1)": LOGARITHM,
    "64 - log2(C1)": HIGH_BITS,
}

# In place of the operation that makes an operand.
ANYTHING: Final = -2
A_CONSTANT: Final = -1  # as `Draft.operation` has it

# When a rule may be applied; `condition_holds` gives their meanings.
ALWAYS: Final = 0
SHIFTS_FIT: Final = 1
POWER_OF_TWO: Final = 2
NOT_LEAST: Final = 3
NOT_NEGATIVE: Final = 4
CONDITIONS: Final = {
    "": ALWAYS,
    "C1 + C2 < 64": SHIFTS_FIT,
    "power_of_two(C1)": POWER_OF_TWO,
    "C1 != MIN": NOT_LEAST,
    "C1 >= 0": NOT_NEGATIVE,
}


@final
class Pattern:
    """One operand of a rule: a variable or constant by number, a literal, an operation over two simple patterns."""

    def __init__(self, kind: int, value: int, first: "Pattern | None", second: "Pattern | None") -> None:
        self.kind = kind
        self.value = value
        self.first = first
        self.second = second


@final
class Rule:
    """`operation(first, second)` becomes `result` where the condition holds; `second` is None for one operand."""

    def __init__(
        self,
        number: int,
        name: str,
        operation: int,
        first: Pattern,
        second: Pattern | None,
        result: Pattern,
        condition: int,
    ) -> None:
        self.number = number
        self.name = name
        self.operation = operation
        self.first = first
        self.second = second
        self.result = result
        self.condition = condition
        self.is_nested: bool = _holds_operation(result.first) or _holds_operation(result.second)
        # What the operands must be made by at least (ANYTHING, A_CONSTANT): most rules are out of the question at a glance.
        self.first_made_by: int = _made_by(first)
        self.second_made_by: int = ANYTHING if second is None else _made_by(second)


def _made_by(pattern: Pattern) -> int:
    """The operation of a ref that can match, or what takes its place."""
    if pattern.kind == OPERATION:
        return pattern.value
    return ANYTHING if pattern.kind == VARIABLE else A_CONSTANT


def _holds_operation(pattern: Pattern | None) -> bool:
    return pattern is not None and pattern.kind == OPERATION


@final
class Bindings:
    """What the letters of a rule stand for while it is matched."""

    def __init__(self) -> None:
        self.x = NO_REF
        self.y = NO_REF
        self.c1 = 0
        self.c2 = 0
        self.has_c1 = False
        self.has_c2 = False

    def copy(self) -> "Bindings":
        """The same, for as long as other rules are matched."""
        result = Bindings()
        result.x, result.y, result.c1, result.c2 = self.x, self.y, self.c1, self.c2
        return result

    def clear(self) -> None:
        """Forget the last match."""
        self.x = NO_REF
        self.y = NO_REF
        self.has_c1 = False
        self.has_c2 = False


RULES: Final[list[Rule]] = []
RULES_OF: Final[list[list[Rule]]] = [[] for _ in op.TABLE]
RULE_TEXTS: Final[list[tuple[str, str, str, str]]] = []  # name, left, right, condition: for the proofs and the docs


def _pattern(node: ast.expr) -> Pattern:
    text = ast.unparse(node)
    if text in EXPRESSIONS:
        return Pattern(EXPRESSION, EXPRESSIONS[text], None, None)
    if isinstance(node, ast.Call):
        assert isinstance(node.func, ast.Name)
        inner = [_pattern(argument) for argument in node.args]
        return Pattern(OPERATION, op.BY_NAME[node.func.id].number, inner[0], inner[1] if len(inner) > 1 else None)
    if isinstance(node, ast.Name):
        letters = {"x": (VARIABLE, 0), "y": (VARIABLE, 1), "C1": (CONSTANT, 0), "C2": (CONSTANT, 1)}
        return Pattern(*letters[node.id], None, None)
    return Pattern(LITERAL, int(ast.literal_eval(node)), None, None)


def _mirrors(pattern: Pattern) -> list[Pattern]:
    """The pattern, and with its operands exchanged where it commutes and either can come first."""
    first, second = pattern.first, pattern.second
    if pattern.kind != OPERATION or not op.TABLE[pattern.value].commutes or first is None or second is None:
        return [pattern]
    if second.kind in (LITERAL, CONSTANT) or (
        first.kind == VARIABLE and second.kind == VARIABLE and first.value == second.value
    ):
        return [pattern]
    return [pattern, Pattern(OPERATION, pattern.value, second, first)]


def rule(name: str, left: str, right: str, when: str = "") -> None:
    """Add a rule (and its mirror images, where operands can come in either order)."""
    RULE_TEXTS.append((name, left, right, when))
    written = _pattern(ast.parse(left, mode="eval").body)
    result = _pattern(ast.parse(right, mode="eval").body)
    for whole in _mirrors(written):
        assert whole.first is not None
        for first in _mirrors(whole.first):
            for second in [None] if whole.second is None else _mirrors(whole.second):
                made = Rule(len(RULES), name, whole.value, first, second, result, CONDITIONS[when])
                RULES.append(made)
                RULES_OF[whole.value].append(made)


for _plus in ("int_add", "int_add_ovf"):
    rule(f"{_plus}_zero", f"{_plus}(x, 0)", "x")
for _minus in ("int_sub", "int_sub_ovf"):
    rule(f"{_minus}_zero", f"{_minus}(x, 0)", "x")
    rule(f"{_minus}_itself", f"{_minus}(x, x)", "0")
for _times in ("int_mul", "int_mul_ovf"):
    rule(f"{_times}_zero", f"{_times}(x, 0)", "0")
    rule(f"{_times}_one", f"{_times}(x, 1)", "x")

rule("add_twice", "int_add(int_add(x, C1), C2)", "int_add(x, C1 + C2)")
rule("sub_constant", "int_sub(x, C1)", "int_add(x, -C1)")
rule("sub_constant_checked", "int_sub_ovf(x, C1)", "int_add_ovf(x, -C1)", when="C1 != MIN")
rule("sub_after_add", "int_sub(int_add(x, y), y)", "x")
rule("add_after_sub", "int_add(int_sub(x, y), y)", "x")
rule("sub_from_zero", "int_sub(0, x)", "int_neg(x)")
rule("add_negated", "int_add(x, int_neg(y))", "int_sub(x, y)")
rule("sub_negated", "int_sub(x, int_neg(y))", "int_add(x, y)")
rule("neg_twice", "int_neg(int_neg(x))", "x")
rule("neg_of_sub", "int_neg(int_sub(x, y))", "int_sub(y, x)")
rule("mul_minus_one", "int_mul(x, -1)", "int_neg(x)")
rule("mul_twice", "int_mul(int_mul(x, C1), C2)", "int_mul(x, C1 * C2)")
rule("mul_power", "int_mul(x, C1)", "int_lshift(x, log2(C1))", when="power_of_two(C1)")
rule("invert_twice", "int_invert(int_invert(x))", "x")
rule("and_zero", "int_and(x, 0)", "0")
rule("and_all", "int_and(x, -1)", "x")
rule("and_itself", "int_and(x, x)", "x")
rule("and_twice", "int_and(int_and(x, C1), C2)", "int_and(x, C1 & C2)")
rule("and_absorbs", "int_and(int_or(x, y), x)", "x")
rule("or_zero", "int_or(x, 0)", "x")
rule("or_all", "int_or(x, -1)", "-1")
rule("or_itself", "int_or(x, x)", "x")
rule("or_twice", "int_or(int_or(x, C1), C2)", "int_or(x, C1 | C2)")
rule("or_absorbs", "int_or(int_and(x, y), x)", "x")
rule("xor_zero", "int_xor(x, 0)", "x")
rule("xor_itself", "int_xor(x, x)", "0")
rule("xor_all", "int_xor(x, -1)", "int_invert(x)")
rule("xor_constants", "int_xor(int_xor(x, C1), C2)", "int_xor(x, C1 ^ C2)")
rule("xor_back", "int_xor(int_xor(x, y), y)", "x")
for _shift in ("int_lshift", "int_rshift", "uint_rshift"):
    rule(f"{_shift}_zero", f"{_shift}(x, 0)", "x")
    rule(f"{_shift}_of_zero", f"{_shift}(0, x)", "0")
    rule(f"{_shift}_twice", f"{_shift}({_shift}(x, C1), C2)", f"{_shift}(x, C1 + C2)", when="C1 + C2 < 64")
rule("sign_bit", "uint_rshift(int_rshift(x, 63), 63)", "uint_rshift(x, 63)")
rule("trunc_div_one", "int_trunc_div(x, 1)", "x")
rule("trunc_div_minus_one", "int_trunc_div(x, -1)", "int_neg(x)")
rule("trunc_mod_one", "int_trunc_mod(x, 1)", "0")
_ROUNDED: Final = (
    "int_add(x, uint_rshift(int_rshift(x, 63), 64 - log2(C1)))"  # shifts round down, division towards zero
)
rule("trunc_div_power", "int_trunc_div(x, C1)", f"int_rshift({_ROUNDED}, log2(C1))", when="power_of_two(C1)")
rule("trunc_mod_power", "int_trunc_mod(x, C1)", f"int_sub(x, int_and({_ROUNDED}, -C1))", when="power_of_two(C1)")
rule("udiv_power", "uint_div(x, C1)", "uint_rshift(x, log2(C1))", when="power_of_two(C1)")
rule("umod_power", "uint_mod(x, C1)", "int_and(x, C1 - 1)", when="power_of_two(C1)")

for _equal, _answer in (("int_eq", 1), ("int_ne", 0)):
    rule(f"{_equal}_itself", f"{_equal}(x, x)", str(_answer))
    rule(f"{_equal}_added", f"{_equal}(int_add(x, C1), C2)", f"{_equal}(x, C2 - C1)")
    rule(f"{_equal}_flipped", f"{_equal}(int_xor(x, C1), C2)", f"{_equal}(x, C1 ^ C2)")
    rule(f"{_equal}_negated", f"{_equal}(int_neg(x), C1)", f"{_equal}(x, -C1)")
    rule(f"{_equal}_difference", f"{_equal}(int_sub(x, y), 0)", f"{_equal}(x, y)")
    rule(f"{_equal}_xor", f"{_equal}(int_xor(x, y), 0)", f"{_equal}(x, y)")
    rule(f"{_equal}_both_added", f"{_equal}(int_add(x, C1), int_add(y, C1))", f"{_equal}(x, y)")
    rule(f"{_equal}_ref_of", f"{_equal.replace('int', 'ref')}(ref_of(x), ref_of(y))", f"{_equal}(x, y)")
    rule(f"{_equal}_ref_itself", f"{_equal.replace('int', 'ref')}(x, x)", str(_answer))
    rule(f"{_equal}_word_of", f"{_equal}(word_of(x), word_of(y))", f"{_equal.replace('int', 'ref')}(x, y)")
for _strict in ("int_lt", "int_gt", "uint_lt", "uint_gt"):
    rule(f"{_strict}_itself", f"{_strict}(x, x)", "0")
for _loose in ("int_le", "int_ge", "uint_le", "uint_ge"):
    rule(f"{_loose}_itself", f"{_loose}(x, x)", "1")
rule("zero_is_not_negative", "int_and(int_eq(x, 0), int_lt(x, 0))", "0")
rule("sign_flipped", "int_lt(int_xor(x, C1), 0)", "int_lt(x, 0)", when="C1 >= 0")
rule("below_zero", "uint_lt(x, 0)", "0")
rule("not_below_zero", "uint_ge(x, 0)", "1")
rule("below_one", "uint_lt(x, 1)", "int_eq(x, 0)")
rule("above_zero", "uint_gt(x, 0)", "int_ne(x, 0)")
rule("at_most_all", "uint_le(x, -1)", "1")

rule("word_of_ref_of", "word_of(ref_of(x))", "x")
rule("ref_of_word_of", "ref_of(word_of(x))", "x")
rule("bits_float_back", "bits_float(float_bits(x))", "x")
rule("float_neg_twice", "float_neg(float_neg(x))", "x")
rule("float_abs_twice", "float_abs(float_abs(x))", "float_abs(x)")
rule("float_abs_neg", "float_abs(float_neg(x))", "float_abs(x)")
rule("float_sub_negated", "float_sub(x, float_neg(y))", "float_add(x, y)")
rule("float_add_negated", "float_add(x, float_neg(y))", "float_sub(x, y)")


def evaluate(expression: int, c1: int, c2: int) -> int:
    """The constant that an expression of a result stands for."""
    if expression == SUM:
        return wrap_add(c1, c2)
    if expression == PRODUCT:
        return wrap_mul(c1, c2)
    if expression == BOTH_BITS:
        return c1 & c2
    if expression == EITHER_BITS:
        return c1 | c2
    if expression == DIFFERENT_BITS:
        return c1 ^ c2
    if expression == DIFFERENCE:
        return wrap_sub(c2, c1)
    if expression == NEGATED:
        return wrap_neg(c1)
    if expression == PREDECESSOR:
        return wrap_sub(c1, 1)
    if expression == HIGH_BITS:
        return 64 - count_trailing_zeros(c1)
    return count_trailing_zeros(c1)


def condition_holds(condition: int, c1: int, c2: int) -> bool:
    """Whether a rule's condition allows these constants."""
    if condition == SHIFTS_FIT:
        return 0 <= c1 < 64 and 0 <= c2 < 64 and c1 + c2 < 64
    if condition == POWER_OF_TWO:
        return c1 > 0 and c1 & (c1 - 1) == 0
    if condition == NOT_LEAST:
        return c1 != MIN_INT
    return condition != NOT_NEGATIVE or c1 >= 0


def _bind_constant(draft: Draft, bindings: Bindings, number: int, ref: int) -> bool:
    if ref >= 0 or draft.trace.constant_kinds[~ref] != INT:
        return False
    word = draft.trace.constants[~ref]
    if number == 0:
        if bindings.has_c1:
            return bindings.c1 == word
        bindings.c1 = word
        bindings.has_c1 = True
        return True
    if bindings.has_c2:
        return bindings.c2 == word
    bindings.c2 = word
    bindings.has_c2 = True
    return True


def _bind_variable(bindings: Bindings, number: int, ref: int) -> bool:
    if number == 0:
        if bindings.x == NO_REF:
            bindings.x = ref
        return bindings.x == ref
    if bindings.y == NO_REF:
        bindings.y = ref
    return bindings.y == ref


def _matches(draft: Draft, bindings: Bindings, pattern: Pattern, ref: int, floor: int) -> bool:
    kind = pattern.kind
    if kind == VARIABLE:
        return _bind_variable(bindings, pattern.value, ref)
    if kind == LITERAL:
        return draft.is_int_constant(ref, pattern.value)
    if kind == CONSTANT:
        return _bind_constant(draft, bindings, pattern.value, ref)
    if ref <= floor or draft.trace.operations[ref] != pattern.value:
        return False
    first, second = pattern.first, pattern.second
    if first is not None and not _matches(draft, bindings, first, draft.current(draft.trace.a[ref]), floor):
        return False
    return second is None or _matches(draft, bindings, second, draft.current(draft.trace.b[ref]), floor)


def match_rule(draft: Draft, bindings: Bindings, operation: int, a: int, b: int) -> Rule | None:
    """The first rule for `operation(a, b)`; `bindings` then says what its letters are."""
    rules = RULES_OF[operation]
    if len(rules) == 0:
        return None
    first_made_by = draft.operation(a)
    second_made_by = draft.operation(b) if REF_OPERANDS[operation] & SECOND != 0 else ANYTHING
    for rule in rules:
        if rule.first_made_by != ANYTHING and rule.first_made_by != first_made_by:
            continue
        if rule.second_made_by != ANYTHING and rule.second_made_by != second_made_by:
            continue
        bindings.clear()
        floor = draft.floor if rule.result.kind == OPERATION else -1
        if not _matches(draft, bindings, rule.first, a, floor):
            continue
        second = rule.second
        if second is not None and not _matches(draft, bindings, second, b, floor):
            continue
        if rule.condition == ALWAYS or condition_holds(rule.condition, bindings.c1, bindings.c2):
            return rule
    return None


def result_operand(draft: Draft, bindings: Bindings, pattern: Pattern) -> int:
    """The ref for a result that is not an operation."""
    if pattern.kind == VARIABLE:
        return bindings.x if pattern.value == 0 else bindings.y
    if pattern.kind == LITERAL:
        return draft.int_constant(pattern.value)
    return draft.int_constant(evaluate(pattern.value, bindings.c1, bindings.c2))
