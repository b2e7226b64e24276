"""Operations that every machine compiles in the same way, by the calls of `machine_code.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tracewright.core import operations as ops
from tracewright.jit.codegen import select_calls, select_control
from tracewright.jit.codegen.trace_emitter import TraceEmitter

Selector = Callable[[TraceEmitter, int], None]

_BY_SELECTOR: Final[list[tuple[Selector, str]]] = [
    (select_control.select_input, "input input_int input_float"),
    (select_control.select_label, "label"),
    (select_control.select_jump, "jump"),
    (select_control.select_link, "link"),
    (select_control.select_enter_label, "enter_label"),
    (select_control.select_finish, "finish"),
    (select_control.select_finish_raising, "finish_raising"),
    (select_control.select_guard_valid, "guard_valid"),
    (select_control.select_leave, "leave"),
    (select_control.select_trace_stack, "trace_stack"),
    (select_calls.select_residual, "residual_i residual_r residual_f residual_v"),
    (select_calls.select_memory_call, "copy_memory zero_memory"),
    (select_calls.select_guard_no_exception, "guard_no_exception"),
    (select_calls.select_take_exception, "take_exception"),
]


def by_machine(emitter: TraceEmitter, i: int) -> None:
    """All others."""
    emitter.select(i)


def _table() -> list[Selector]:
    result: list[Selector] = [by_machine] * len(ops.TABLE)
    for selector, names in _BY_SELECTOR:
        for name in names.split():
            result[ops.BY_NAME[name].number] = selector
    return result


SHARED_SELECTORS: Final[list[Selector]] = _table()
