"""The text form of a trace; `parse.py` reads it back.

    loop cell 8192
      at @20480 pc 14 base+0
      guard_valid(0) [s0]
      r1 = read_slot(3)
      i2 = value_is_small(r1)
      guard_true(i2) [s0]
      i3 = value_small(r1)
      i4 = int_add_ovf(i3, 1) [s1]
      label(i4)
      sunk r6 = new_object(40)
      jump(i4)
    s0: at @20480 pc 14 base+0 after 0 {}
    s1: at @20480 pc 15 base+0 after 4 {3: int i4, 4: virtual r6, top: i8} frame 7 pc 21 result 2 (0: i4, 1: raw f5)

A ref is its kind and the number of its instruction; an int constant is a number; a float constant is a number with a point or an exponent
(or `bits:` and a number); a reference constant is `@` and its word, or `@int:5` and the like where it is a Value.
"""

from typing import Final

from tracewright.core.integers import float_of_bits, ule, ult, wrap_lshift, wrap_sub
from tracewright.core.kinds import FLOAT, INT, LETTERS, VOID
from tracewright.core.operation_tables import NAMES, RESULT, TAKES
from tracewright.core.value import (
    CANONICAL_NAN,
    DOUBLE_OFFSET,
    INT_TAG,
    SMALL_INT_BITS,
    WORD_FALSE,
    WORD_NULL,
    WORD_TRUE,
)
from tracewright.jit.trace.snapshot import (
    BOX_BOOL,
    BOX_FLOAT,
    BOX_INT,
    STORE_NUMBERS,
    TOP_SLOT,
    UNBOXED_FLOAT,
    VIRTUAL,
    Snapshot,
)
from tracewright.jit.trace.trace import Trace
from tracewright.lib.float_text import float_repr

KIND_NAMES: Final = ["loop", "function", "bridge"]
BOXING_NAMES: Final = ["", "int ", "float ", "bool ", "virtual ", "raw "]
_SPARE_BITS: Final = 64 - SMALL_INT_BITS

assert (BOX_INT, BOX_FLOAT, BOX_BOOL, VIRTUAL, UNBOXED_FLOAT) == (1, 2, 3, 4, 5)


def show_float(bits: int) -> str:
    """A float by its encoding."""
    value = float_of_bits(bits)
    if value != value or value - value != 0.0:
        return f"bits:{bits}"
    text = float_repr(value)
    return text if "." in text or "e" in text else text + ".0"


def show_reference(word: int) -> str:
    """A constant reference or Value."""
    if word == WORD_NULL:
        return "@null"
    if word == WORD_FALSE or word == WORD_TRUE:
        return "@true" if word == WORD_TRUE else "@false"
    if ule(INT_TAG, word):
        return f"@int:{wrap_lshift(word, _SPARE_BITS) >> _SPARE_BITS}"
    if ule(DOUBLE_OFFSET, word) and ult(word, INT_TAG):
        bits = wrap_sub(word, DOUBLE_OFFSET)
        value = float_of_bits(bits)
        if value == value or bits == CANONICAL_NAN:  # other NaNs are no Values
            return "@float:" + show_float(bits)
    return f"@{word}"


def show_ref(trace: Trace, ref: int) -> str:
    """An operand."""
    if ref >= len(trace.operations):
        return f"?{ref}"
    if ref >= 0:
        return f"{LETTERS[RESULT[trace.operations[ref]]]}{ref}"
    word = trace.constants[~ref]
    kind = trace.constant_kinds[~ref]
    if kind == INT:
        return str(word)
    return show_float(word) if kind == FLOAT else show_reference(word)


def show_place(offset: int) -> str:
    """A slot of a snapshot."""
    return "top" if offset == TOP_SLOT else str(offset)


def _signed(number: int) -> str:
    return f"+{number}" if number >= 0 else str(number)


def show_operands(trace: Trace, index: int) -> str:
    """The operands of an instruction, as its row's letters say."""
    columns = [trace.a[index], trace.b[index], trace.c[index], trace.d[index]]
    parts: list[str] = []
    column = 0
    for letter in TAKES[trace.operations[index]]:
        if letter == "*":
            start = trace.c[index]
            for position in range(start, start + trace.d[index]):
                parts.append(show_ref(trace, trace.extra[position]))
        elif letter == "#":
            parts.append(str(columns[column]))
        else:
            parts.append(show_ref(trace, columns[column]))
        column += 1
    return ", ".join(parts)


def show_instruction(trace: Trace, index: int) -> str:
    """One instruction, without indentation."""
    operation = trace.operations[index]
    text = f"{NAMES[operation]}({show_operands(trace, index)})"
    if RESULT[operation] != VOID:
        text = f"{LETTERS[RESULT[operation]]}{index} = {text}"
    if index < len(trace.sunk) and trace.sunk[index]:
        text = "sunk " + text
    if trace.snapshot_of[index] >= 0:
        text += f" [s{trace.snapshot_of[index]}]"
    return text


def _show_position(trace: Trace, code: int, pc: int, base_offset: int) -> str:
    return f"at {show_ref(trace, code)} pc {pc} base{_signed(base_offset)}"


def _show_values(trace: Trace, names: list[str], refs: list[int], boxings: list[int]) -> str:
    parts: list[str] = []
    for position in range(len(refs)):
        boxing = BOXING_NAMES[boxings[position]]
        parts.append(f"{names[position]}: {boxing}{show_ref(trace, refs[position])}")
    return ", ".join(parts)


def show_snapshot(trace: Trace, snapshot: Snapshot) -> str:
    """A snapshot: position, slots, jitcode frames."""
    places = [show_place(offset) for offset in snapshot.offsets]
    slots = _show_values(trace, places, snapshot.refs, snapshot.boxings)
    position = _show_position(trace, snapshot.code, snapshot.pc, snapshot.base_offset)
    text = f"{position} after {snapshot.position} {{{slots}}}"
    for k in range(len(snapshot.stored_refs)):
        operation, thing, place, alias = snapshot.stores[STORE_NUMBERS * k : STORE_NUMBERS * (k + 1)]
        boxing = BOXING_NAMES[snapshot.stored_boxings[k]]
        value = show_ref(trace, snapshot.stored_refs[k])
        text += f" {NAMES[operation]}({show_ref(trace, thing)}, {place}, {alias}, {boxing}{value})"
    for frame in snapshot.frames:
        names = [str(register) for register in frame.registers]
        values = _show_values(trace, names, frame.refs, frame.boxings)
        text += f" frame {frame.jitcode} pc {frame.pc} result {frame.result_register} ({values})"
    return text


def show_trace(trace: Trace) -> str:
    """The whole trace, one instruction a line."""
    lines = [f"{KIND_NAMES[trace.kind]} cell {trace.cell}"]
    next_position = 0
    for index in range(len(trace.operations)):
        while next_position < len(trace.positions) and trace.positions[next_position] <= index:
            code, pc = trace.positions[next_position + 1], trace.positions[next_position + 2]
            lines.append("  " + _show_position(trace, code, pc, trace.positions[next_position + 3]))
            next_position += 4
        lines.append("  " + show_instruction(trace, index))
    for number, snapshot in enumerate(trace.snapshots):
        lines.append(f"s{number}: {show_snapshot(trace, snapshot)}")
    return "\n".join(lines) + "\n"
