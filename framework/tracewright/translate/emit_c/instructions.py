"""C text of the operations that need more than their row's template: calls, objects, checked arithmetic, the JIT's hooks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, final

from tracewright.core import operations as ops
from tracewright.core.effects import RAISES
from tracewright.gc.size_classes import CELL_SIZES, size_class_of
from tracewright.translate.emit_c.field_rows import WORD
from tracewright.translate.emit_c.text import C_TYPES, References, prototype
from tracewright.translate.flow.externals import External
from tracewright.translate.flow.graph import Constant, FunctionGraph, Instruction, Operand, Variable
from tracewright.translate.flow.types import (
    ClassLayout,
    FieldLayout,
    FunctionType,
    MethodSlot,
    kind_of,
    result_kind_of,
)

if TYPE_CHECKING:
    from tracewright.translate.emit_c.view import ProgramView


@final
@dataclass(slots=True)
class InstructionText:
    """`expression` is assigned to the result, if there is one. Then, where `failed` holds, `raising` runs and control goes to the
    instruction's error edge. `before` are whole lines; in them and in `failed` the emitter replaces `@result`, `@0` `@1`...
    (further results), `@error` (go to the error edge), and of enter_jit `@kept` and `@renewed`: what stands beside the results, if they are what
    they were, and if they are new."""

    expression: str
    failed: str = ""
    raising: str = ""
    before: tuple[str, ...] = ()


Special = Callable[["ProgramView", References, Instruction, list[str]], InstructionText]

PENDING: Final = "tw_exception"


def _layout(instruction: Instruction) -> ClassLayout:
    assert isinstance(instruction.immediate, ClassLayout), instruction
    return instruction.immediate


def _field(instruction: Instruction) -> FieldLayout:
    assert isinstance(instruction.immediate, FieldLayout), instruction
    return instruction.immediate


# --- objects ---------------------------------------------------------------------------------------------------------
def _load_field(
    view: ProgramView, references: References, instruction: Instruction, operands: list[str]
) -> InstructionText:
    field = _field(instruction)
    return InstructionText(f"TW_{'DOUBLE' if field.kind == 'f' else 'WORD'}({operands[0]}, {field.offset})")


def _store_field(
    view: ProgramView, references: References, instruction: Instruction, operands: list[str]
) -> InstructionText:
    field = _field(instruction)
    place = f"TW_{'DOUBLE' if field.kind == 'f' else 'WORD'}({operands[0]}, {field.offset})"
    if field.kind == "r" and needs_barrier(instruction.operands[1]):
        store = f"tw_store_reference({operands[0]}, &{place}, {operands[1]})"
    else:
        store = f"{place} = {operands[1]}"
    changed = view.jit.field_changed if view.jit is not None and field.immutable == "rarely" else None
    if changed is None:
        return InstructionText(store)
    references.functions[changed] = None  # code that relied on the old value is discarded
    return InstructionText(f"{view.symbol_of(changed)}({operands[0]})", before=(store + ";",))


def field_of_row(access: Instruction, operands: list[str], number: str) -> InstructionText:
    """An access to the field that stands `number` fields behind the one that the instruction names (`field_rows.py`)."""
    field = _field(access)
    place = f"TW_WORD({operands[0]}, {field.offset} + {WORD} * {number})"
    if access.operation == ops.LOAD_FIELD:
        return InstructionText(place)
    if field.kind == "r" and needs_barrier(access.operands[1]):
        return InstructionText(f"tw_store_reference({operands[0]}, &{place}, {operands[1]})")
    return InstructionText(f"{place} = {operands[1]}")


def _item(instruction: Instruction, operands: list[str]) -> str:
    layout = _layout(instruction)
    if layout.shape == "bytes":
        return f"TW_ITEM_BYTE({operands[0]}, {operands[1]})"
    is_double = layout.item is not None and kind_of(layout.item) == "f"
    return f"TW_ITEM{'_DOUBLE' if is_double else ''}({operands[0]}, {operands[1]})"


def _load_item(
    view: ProgramView, references: References, instruction: Instruction, operands: list[str]
) -> InstructionText:
    return InstructionText(_item(instruction, operands))


def _store_item(
    view: ProgramView, references: References, instruction: Instruction, operands: list[str]
) -> InstructionText:
    layout = _layout(instruction)
    place = _item(instruction, operands)
    refers = layout.shape == "words" or (layout.item is not None and kind_of(layout.item) == "r")
    if refers and needs_barrier(instruction.operands[2]):
        return InstructionText(f"tw_store_item({operands[0]}, &{place}, {operands[2]})")
    return InstructionText(f"{place} = {operands[2]}")


def needs_barrier(stored: Operand) -> bool:
    """Constants are static data or no references at all, which nothing collects."""
    return isinstance(stored, Variable)


def _instance_of(
    view: ProgramView, references: References, instruction: Instruction, operands: list[str]
) -> InstructionText:
    layout = _layout(instruction)
    first = view.class_id(layout, references)
    if not layout.subclasses:
        return InstructionText(f"tw_class_of({operands[0]}) == {first}")
    return InstructionText(f"tw_is_within({operands[0]}, {first}, {view.class_span(layout, references)})")


def _new_object(
    view: ProgramView, references: References, instruction: Instruction, operands: list[str]
) -> InstructionText:
    layout = _layout(instruction)
    size_class = size_class_of(layout.size)
    return InstructionText(
        f"tw_new_object({view.class_id(layout, references)}, {size_class}, {CELL_SIZES[size_class]})"
    )


def _new_array(
    view: ProgramView, references: References, instruction: Instruction, operands: list[str]
) -> InstructionText:
    layout = _layout(instruction)
    if layout.shape == "bytes":
        return InstructionText(f"tw_new_bytes({operands[0]})", failed="!@result")
    class_id = view.class_id(layout, references)
    length = instruction.operands[0]
    if isinstance(length, Constant) and length.value == 0:
        return InstructionText(f"tw_empty_array({class_id})")
    return InstructionText(f"tw_new_array({class_id}, {operands[0]})", failed="!@result")


# --- checked arithmetic ----------------------------------------------------------------------------------------------
def _overflowing(builtin: str) -> Special:
    def emit(
        view: ProgramView, references: References, instruction: Instruction, operands: list[str]
    ) -> InstructionText:
        return InstructionText("", f"{builtin}({operands[0]}, {operands[1]}, &@result)", "tw_raise_overflow();")

    return emit


# --- calls -----------------------------------------------------------------------------------------------------------
def _call(view: ProgramView, references: References, instruction: Instruction, operands: list[str]) -> InstructionText:
    graph = instruction.immediate
    assert isinstance(graph, FunctionGraph), instruction
    return _direct_call(view, references, graph, operands)


def _direct_call(
    view: ProgramView, references: References, graph: FunctionGraph, operands: list[str]
) -> InstructionText:
    references.functions[graph] = None
    expression = f"{view.symbol_of(graph)}({', '.join(operands)})"
    return InstructionText(expression, PENDING if graph in view.raising else "")


def _call_method(
    view: ProgramView, references: References, instruction: Instruction, operands: list[str]
) -> InstructionText:
    slot = instruction.immediate
    assert isinstance(slot, MethodSlot), instruction
    targets = view.implementations(slot)
    if len(targets) == 1:
        return _direct_call(view, references, targets[0], operands)
    if not targets:  # no class that has objects implements it
        return InstructionText("", before=("tw_missing_method();",))
    kinds = "r" + "".join(kind_of(parameter) for parameter in slot.parameters)
    callee = f"((void **){view.slot_table(slot, references)})[tw_class_of({operands[0]})]"
    raises = any(graph in view.raising for graph in targets)
    gives = targets[0].result_kind
    return InstructionText(_through_pointer(callee, kinds, gives, operands), PENDING if raises else "")


def _call_pointer(
    view: ProgramView, references: References, instruction: Instruction, operands: list[str]
) -> InstructionText:
    function_type = instruction.immediate
    assert isinstance(function_type, FunctionType), instruction
    kinds = "".join(kind_of(parameter) for parameter in function_type.parameters)
    gives = result_kind_of(function_type.result)
    return InstructionText(_through_pointer(operands[0], kinds, gives, operands[1:]), PENDING)


def _through_pointer(callee: str, kinds: str, gives: str, operands: list[str]) -> str:
    parameters = ", ".join(C_TYPES[kind] for kind in kinds) or "void"
    return f"(({C_TYPES[gives]} (*)({parameters})){callee})({', '.join(operands)})"


def _call_c(
    view: ProgramView, references: References, instruction: Instruction, operands: list[str]
) -> InstructionText:
    external = instruction.immediate
    assert isinstance(external, External), instruction
    references.prototypes.add(prototype(external.symbol, external.takes, external.gives) + ";")
    expression = f"{external.symbol}({', '.join(operands)})"
    return InstructionText(expression, PENDING if external.effects & RAISES else "")


# --- the tracer's places ---------------------------------------------------------------------------------------------
def _nothing(
    view: ProgramView, references: References, instruction: Instruction, operands: list[str]
) -> InstructionText:
    return InstructionText("")


def _enter_jit(
    view: ProgramView, references: References, instruction: Instruction, operands: list[str]
) -> InstructionText:
    """Count; when hot, ask the JIT. Every guest loop comes by here, so this is also where interrupts are noticed."""
    code, pc, stack, base, bottom = operands
    lines = [f"@0 = {code}; @1 = {pc}; @2 = {base}; @kept"]
    jit = view.jit
    if jit is not None:
        for graph in (jit.enter_hot, jit.resumed_code, jit.resumed_pc, jit.resumed_base, jit.left_value):
            references.functions[graph] = None
        enter, new_code, new_pc, new_base, value = (
            view.symbol_of(graph)
            for graph in (jit.enter_hot, jit.resumed_code, jit.resumed_pc, jit.resumed_base, jit.left_value)
        )
        lines += [
            f"if (TW_UNLIKELY(tw_count_down(TW_ITEM(TW_WORD({code}, {jit.cells_offset}), {pc}), {jit.counter_offset}))) {{",
            f"int64_t status = {enter}({code}, {pc}, {stack}, {base}, {bottom});",
            f"if (status == 2) {{ int64_t left = {value}(); return left; }}",
            "if (TW_UNLIKELY(tw_exception)) @error",
            f"if (status == 1) {{ @0 = {new_code}(); @1 = {new_pc}(); @2 = {new_base}(); @renewed }}",
            "}",
        ]
    return InstructionText("", "tw_interrupted", "tw_poll();", tuple(lines))


def _call_separately(
    view: ProgramView, references: References, instruction: Instruction, operands: list[str]
) -> InstructionText:
    """Where an interrupt waits, the callee is called: that is noticed there, by the check of the native stack. Guest recursion
    without a loop comes by no other poll."""
    jit = view.jit
    if jit is None:
        return InstructionText("TW_UNLIKELY(tw_interrupted)")
    references.functions[jit.call_separately] = None
    cell = f"TW_ITEM(TW_WORD({operands[0]}, {jit.cells_offset}), 0)"
    asked = f"@result = {view.symbol_of(jit.call_separately)}({operands[0]});"
    raised = f"if (TW_UNLIKELY({PENDING})) @error" if jit.call_separately in view.raising else ""
    lines = (
        "@result = TW_UNLIKELY(tw_interrupted);",
        f"if (TW_UNLIKELY(tw_count_down({cell}, {jit.counter_offset})) && !@result) {{ {asked} {raised} }}",
    )
    return InstructionText("", before=lines)


SPECIAL: Final[dict[int, Special]] = {
    ops.LOAD_FIELD: _load_field,
    ops.STORE_FIELD: _store_field,
    ops.LOAD_ITEM: _load_item,
    ops.STORE_ITEM: _store_item,
    ops.INSTANCE_OF: _instance_of,
    ops.NEW_OBJECT: _new_object,
    ops.NEW_ARRAY: _new_array,
    ops.INT_ADD_OVF: _overflowing("__builtin_add_overflow"),
    ops.INT_SUB_OVF: _overflowing("__builtin_sub_overflow"),
    ops.INT_MUL_OVF: _overflowing("__builtin_mul_overflow"),
    ops.CALL: _call,
    ops.CALL_METHOD: _call_method,
    ops.CALL_POINTER: _call_pointer,
    ops.CALL_C: _call_c,
    ops.MERGE_POINT: _nothing,
    ops.ENTER_JIT: _enter_jit,
    ops.CALL_SEPARATELY: _call_separately,
}
