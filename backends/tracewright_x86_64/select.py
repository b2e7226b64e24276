"""Which selector compiles which operation, apart from those of `jit/codegen/shared_selectors.py`. Rows of the role UNTRACED never
occur in traces."""

from collections.abc import Callable
from typing import Final, final

from tracewright.core import operations as ops
from tracewright.jit.codegen.select_guest_calls import CALL_OPERATIONS, CALL_SELECTORS, write_call_finishes
from tracewright.jit.codegen.select_memory import MEMORY_OPERATIONS, MEMORY_SELECTORS
from tracewright_x86_64 import (
    select_choices,
    select_compare,
    select_floats,
    select_guards,
    select_values,
    select_words,
)
from tracewright_x86_64.calls import CallEmitter
from tracewright_x86_64.emitter import Emitter

Selector = Callable[[Emitter, int], None]


def by_memory(emitter: Emitter, i: int) -> None:
    """What all machines that reach memory share."""
    MEMORY_SELECTORS[emitter.trace.operations[i]](emitter, i)


def by_calls(emitter: Emitter, i: int) -> None:
    """And those that call guest functions."""
    CALL_SELECTORS[emitter.trace.operations[i]](emitter, i)


_BY_SELECTOR: Final[list[tuple[Selector, str]]] = [
    (by_memory, MEMORY_OPERATIONS),
    (by_calls, CALL_OPERATIONS),
    (select_words.select_add, "int_add"),
    (select_words.select_binary, "int_sub int_and int_or int_xor"),
    (select_words.select_multiply, "int_mul"),
    (select_words.select_checked, "int_add_ovf int_sub_ovf"),
    (select_words.select_checked_multiply, "int_mul_ovf"),
    (select_words.select_unary, "int_neg int_invert"),
    (select_words.select_bits, "int_clz int_ctz int_popcount"),
    (select_words.select_shift, "int_lshift int_rshift uint_rshift"),
    (select_words.select_multiply_high, "uint_mul_high"),
    (select_words.select_unsigned_division, "uint_div uint_mod"),
    (select_words.select_division, "int_trunc_div int_trunc_mod"),
    (select_words.select_natural_division, "natural_div natural_mod"),
    (select_words.select_copy, "word_of ref_of same_int same_ref"),
    (select_compare.select_condition, "int_eq int_ne int_lt int_le int_gt int_ge uint_lt uint_le uint_gt uint_ge"),
    (select_compare.select_condition, "float_eq float_ne float_lt float_le float_gt float_ge ref_eq ref_ne"),
    (select_compare.select_condition, "value_is_small value_is_float value_is_ref instance_of int_fits"),
    (select_choices.select_choice, "int_select ref_select"),
    (select_choices.select_float_choice, "float_select"),
    (select_floats.select_float_binary, "float_add float_sub float_mul float_div"),
    (select_floats.select_float_unary, "float_neg float_abs float_sqrt"),
    (select_floats.select_int_to_float, "int_to_float"),
    (select_floats.select_float_to_int, "float_to_int"),
    (select_floats.select_reinterpret, "float_bits bits_float same_float"),
    (select_values.select_value_small, "value_small"),
    (select_values.select_value_float, "value_float"),
    (select_values.select_value_of_float, "value_of_float"),
    (select_values.select_value_of_int, "value_of_int"),
    (select_values.select_value_of_small, "value_of_small"),
    (select_guards.select_guard_condition, "guard_true guard_false"),
    (select_guards.select_guard_equal, "guard_int guard_ref"),
    (select_guards.select_guard_class, "guard_class"),
    (select_guards.select_guard_exception, "guard_exception"),
]


def refuse(emitter: Emitter, i: int) -> None:
    """The operation has no business in a trace."""
    raise AssertionError("an operation that cannot be compiled is in a trace")


def _table() -> list[Selector]:
    result: list[Selector] = [refuse] * len(ops.TABLE)
    for selector, names in _BY_SELECTOR:
        for name in names.split():
            result[ops.BY_NAME[name].number] = selector
    return result


SELECTORS: Final[list[Selector]] = _table()


@final
class TraceCompiler(CallEmitter):
    """An emitter that knows the operations."""

    def select(self, i: int) -> None:
        SELECTORS[self.trace.operations[i]](self, i)

    def write_call_finishes(self) -> None:
        write_call_finishes(self)
