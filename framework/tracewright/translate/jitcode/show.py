"""Jitcode as text, for people and for golden tests.

add_up: 1 parameter, 6 registers, constants 0 1
   0  move r1 <- c0
   3  int_lt r3 <- r2 r0
"""

from __future__ import annotations

from tracewright.core import operations as ops
from tracewright.core.operations import TABLE
from tracewright.jit.tables import control
from tracewright.jit.tables.jitcode import JitCode


def show_jitcode(code: JitCode) -> str:
    """The whole function."""
    constants = " ".join(str(code.constants[k]) for k in range(len(code.constants)))
    lines = [
        f"{code.name}: {code.parameter_count} parameters, {code.variable_count} registers, constants {constants}".rstrip()
    ]
    position = 0
    while position < len(code.words):
        text, length = show_instruction(code, position)
        lines.append(f"{position:5}  {text}")
        position += length
    return "\n".join(lines) + "\n"


def name_of(operation: int) -> str:
    """The name of a row of the table or of a control operation."""
    return TABLE[operation].name if operation < control.FIRST else control.NAMES[operation - control.FIRST]


def show_instruction(code: JitCode, position: int) -> tuple[str, int]:
    """One instruction, and how many words it has."""
    words = code.words
    operation = words[position]
    pieces = [name_of(operation)]
    letters = shape_of(code, position)
    for offset, letter in enumerate(letters, 1):
        word = words[position + offset]
        if letter == ">":
            if word >= 0:
                pieces += [f"r{word}", "<-"]
        elif letter == "r":
            count = code.variable_count
            pieces.append(f"r{word}" if word < count else f"c{word - count}")
        elif letter == "t":
            pieces.append(f"@{word}")
        else:
            pieces.append(str(word))
    return " ".join(pieces), 1 + len(letters)


def shape_of(code: JitCode, position: int) -> str:
    """What the words after the operation are: > result, r register, t target, # number."""
    words = code.words
    operation = words[position]
    match operation:
        case control.MOVE:
            return ">r"
        case control.JUMP:
            return "t"
        case control.BRANCH:
            return "rtt"
        case control.SWITCH:
            return "rt#" + "#t" * words[position + 3]
        case control.TABLE_SWITCH:
            return "rt##" + "t" * words[position + 4]
        case control.RETURN:
            return "r" if words[position + 1] >= 0 else "#"
        case control.RAISE:
            return "r"
        case control.ON_ERROR:
            return ">t"
        case control.UNREACHABLE:
            return ""
        case control.INLINE_CALL | control.RESIDUAL_CALL | control.PORTAL_CALL | control.METHOD_CALL:
            return ">##" + "r" * words[position + 3]
        case control.POINTER_CALL:
            return ">r#" + "r" * words[position + 3]
        case control.STACK_TOP:
            return ">r"
        case control.SET_STACK_TOP:
            return ">rr"
        case ops.LOAD_FIELD:
            return ">r#"
        case ops.STORE_FIELD:
            return ">r#r"
        case ops.NEW_OBJECT:
            return ">#"
        case ops.NEW_ARRAY:
            return ">#r"
        case ops.LOAD_ITEM:
            return ">rr#"
        case ops.STORE_ITEM:
            return ">rrr#"
        case ops.INSTANCE_OF:
            return ">r##"
        case ops.ENTER_JIT:
            return ">>>rrrrr"
        case ops.PROMOTE | ops.PROMOTE_FEW | ops.IS_CONSTANT:
            return ">r"
    return ">" + "r" * len(TABLE[operation].takes)
