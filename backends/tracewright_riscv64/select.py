"""Which selector compiles which operation, as far as this backend goes: words, guards and slots."""

from collections.abc import Callable
from typing import Final, final

from tracewright.core import operations as ops
from tracewright_riscv64 import select_guards, select_words
from tracewright_riscv64.emitter import Emitter, not_there

Selector = Callable[[Emitter, int], None]

_BY_SELECTOR: Final[list[tuple[Selector, str]]] = [
    (select_words.select_three, "int_add int_sub int_and int_or int_xor int_mul uint_mul_high natural_div natural_mod"),
    (select_words.select_three, "int_lshift int_rshift uint_rshift uint_div uint_mod int_trunc_div int_trunc_mod"),
    (select_words.select_checked, "int_add_ovf int_sub_ovf"),
    (select_words.select_checked_multiply, "int_mul_ovf"),
    (select_words.select_unary, "int_neg int_invert value_small"),
    (select_words.select_copy, "word_of ref_of same_int same_ref"),
    (select_guards.select_condition, "int_eq int_ne int_lt int_le int_gt int_ge uint_lt uint_le uint_gt uint_ge"),
    (select_guards.select_condition, "ref_eq ref_ne value_is_small"),
    (select_guards.select_guard_condition, "guard_true guard_false"),
    (select_guards.select_guard_equal, "guard_int guard_ref"),
    (select_words.select_read_slot, "read_slot"),
    (select_words.select_write_slot, "write_slot"),
]


def _table() -> list[Selector]:
    result: list[Selector] = [not_there] * len(ops.TABLE)
    for selector, names in _BY_SELECTOR:
        for name in names.split():
            result[ops.BY_NAME[name].number] = selector
    return result


SELECTORS: Final[list[Selector]] = _table()


@final
class TraceCompiler(Emitter):
    """An emitter that knows the operations."""

    def select(self, i: int) -> None:
        SELECTORS[self.trace.operations[i]](self, i)
