"""The JIT's dialect functions that translated interpreters call, found by name. A program built without the JIT has none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, final

from tracewright.hints import GuestCode, JitCell
from tracewright.translate.flow.graph import FunctionGraph
from tracewright.translate.flow.types import ClassLayout

DRIVER: Final = "tracewright.jit.warm.driver"
# What every program with the JIT must contain; the first also says that it has the JIT.
HOOK_NAMES: Final = ("enter_hot", "resumed_code", "resumed_pc", "resumed_base", "left_value", "call_separately")


@final
@dataclass(frozen=True, slots=True)
class JitHooks:
    """The functions, and where the counters are: `code.jit_cells[pc].counter`."""

    enter_hot: FunctionGraph
    resumed_code: FunctionGraph
    resumed_pc: FunctionGraph
    resumed_base: FunctionGraph
    left_value: FunctionGraph
    call_separately: FunctionGraph
    field_changed: FunctionGraph | None
    cells_offset: int
    counter_offset: int


def find_jit_hooks(graphs: Iterable[FunctionGraph], layouts: Iterable[ClassLayout]) -> JitHooks | None:
    """The hooks of a program, or None where it has no JIT."""
    by_name = {graph.name: graph for graph in graphs if graph.module == DRIVER}
    if f"{DRIVER}.{HOOK_NAMES[0]}" not in by_name:
        return None
    enter, code, pc, base, value, separately = (by_name[f"{DRIVER}.{name}"] for name in HOOK_NAMES)
    by_class = {layout.python_class: layout for layout in layouts}
    cells = by_class[GuestCode].fields["jit_cells"].offset
    counter = by_class[JitCell].fields["counter"].offset
    return JitHooks(enter, code, pc, base, value, separately, by_name.get(f"{DRIVER}.field_changed"), cells, counter)
