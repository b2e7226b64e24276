"""The numbers that jitcode uses for functions, fields and methods, handed out as they are first mentioned."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import final

from tracewright.translate.flow.externals import External
from tracewright.translate.flow.graph import FunctionGraph
from tracewright.translate.flow.types import FieldLayout, MethodSlot


@final
@dataclass(eq=False, slots=True)
class Tables:
    """`jitcodes` and `implementations` are complete from the start; the others grow while functions are written."""

    portal: FunctionGraph | None
    jitcodes: dict[FunctionGraph, int]
    implementations: dict[MethodSlot, list[FunctionGraph]]
    functions: dict[FunctionGraph | External, int] = field(default_factory=dict)
    fields: dict[FieldLayout, int] = field(default_factory=dict)
    slots: dict[MethodSlot, int] = field(default_factory=dict)

    def function(self, callee: FunctionGraph | External) -> int:
        return self.functions.setdefault(callee, len(self.functions))

    def field_number(self, layout: FieldLayout) -> int:
        return self.fields.setdefault(layout, len(self.fields))

    def slot(self, method: MethodSlot) -> int:
        return self.slots.setdefault(method, len(self.slots))
