"""Code objects as text, from the rows of opcodes.py. For tests and for people."""

from __future__ import annotations

from tracewright.guest.handler_table import COLUMNS
from tracewright.guest.instructions import field_a, field_b, field_c, opcode, signed_b, signed_c, wide
from tracewright_ruff.bytecode import Code
from tracewright_ruff.display import debug_text
from tracewright_ruff.opcodes import NO_SLOT, OPCODES


def operand_text(code: Code, pc: int, operand: str) -> str:
    """One operand, given as `field:kind`."""
    word = code.words[pc]
    field, kind = operand.split(":")
    if kind == "int":
        return str(signed_b(word) if field == "b" else signed_c(word))
    numbers = {"a": field_a(word), "b": field_b(word), "c": field_c(word), "w": wide(word)}
    number = code.words[pc + 1] if field == "n" else numbers[field]
    match kind:
        case "slot":
            return f"s{number}"
        case "target":
            return f"-> {number}"
        case "constant":
            return debug_text(code.constants[number])
        case "name":
            return repr(code.names[number])
        case "cell":
            return f"global {code.cells[number].name}"
        case "shape":
            return "{" + " ".join(code.shapes[number].names()) + "}"
        case "code":
            return f"function {code.codes[number].name}"
        case "field":
            return f".{code.fields[number].name}"
        case "method":
            return f".{code.methods[number].name}()"
        case "native":
            site = code.natives[number]
            return f"{site.native.name}/{site.count} moved {site.moved:b}"
        case "lookup":
            return f"name {code.lookups[number].name}"
        case "call":
            return f"{number & 255} arguments moved {number >> 8:b}"
    return str(number)


def disassemble(code: Code) -> str:
    """One line per instruction, then the handlers, then the functions made here."""
    lines: list[str] = [f"{code.name or 'top level'}: {code.parameter_count} parameters, {code.frame_size} slots"]
    pc = 0
    while pc < len(code.words):
        row = OPCODES[opcode(code.words[pc])]
        operands = [operand_text(code, pc, operand) for operand in row.operands.split()]
        lines.append(f"{pc:5d}  {row.name} {', '.join(operands)}".rstrip())
        pc += row.words
    rows = code.handlers.rows
    for index in range(0, len(rows), COLUMNS):
        start, end, target, slot = (rows[index + column] for column in range(COLUMNS))
        place = "" if slot == NO_SLOT else f" in s{slot}"
        lines.append(f"    errors in {start}..{end} -> {target}{place}")
    for inner in code.codes:
        lines.append("")
        lines.append(disassemble(inner))
    return "\n".join(lines)
