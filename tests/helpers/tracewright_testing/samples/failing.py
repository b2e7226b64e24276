"""A language whose programs can be made to fail inside the interpreter: for messages about exceptions of the host that nobody catches.

One instruction a line; `fun` begins a function, and the first one is the program. There is one variable, which calls pass on.

    add             v := v + 1
    loop 400        back to the function's start while v < 400
    call f          v := f(v), perhaps as compiled code
    nested f        the same through a call of the interpreter by itself
    fetch 300       the interpreter looks up a key; there is none from 300 on (the framework raises)
    checked 300     the interpreter's author raises from 300 on
    quietly 300     the same, caught by the interpreter, and another one
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, array_of, unchecked_get
from tracewright.core.cast import unsafe_cast
from tracewright.core.system import run_as_program
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.command import run_command
from tracewright.guest.frames import base_delta, caller_code, push_link, return_pc
from tracewright.hints import GuestCode, JitDriver, dont_look_inside, immutable_fields, promote
from tracewright.lib.array_tools import array_from

OPERATIONS: Final = ["add", "loop", "call", "nested", "fetch", "checked", "quietly"]
FRAME: Final = 4
VARIABLE: Final = 3
KEYS: Final = {key: key for key in range(300)}
NO_CODES: Final[Array[Code]] = array_of([])


@final
@immutable_fields("operations[*]", "operands[*]", "callees[*]", "name")
class Code(GuestCode):
    """A function; `callees` belong to its calls, one per instruction."""

    def __init__(self, name: str, operations: list[int], operands: list[int], first_line: int) -> None:
        super().__init__(len(operations))
        self.name = name
        self.operations: Array[int] = array_from(operations, 0)
        self.operands: Array[int] = array_from(operands, 0)
        self.callees: Array[Code] = NO_CODES
        self.first_line = first_line


def describe(code: GuestCode, pc: int) -> str:
    """Line and function."""
    return f"line {code.first_line + pc}, {code.name}" if isinstance(code, Code) else "?"


driver: Final = JitDriver(greens=("code", "pc"), reds=("stack", "base", "bottom"), location=describe)


class TooLarge(Exception):
    """The author's."""


@dont_look_inside
def checked(number: int, limit: int) -> None:
    """Raise the author's exception."""
    if number >= limit:
        raise TooLarge("too large")


def run(code: Code, stack: VMStack, base: int) -> Value:
    """The interpreter."""
    bottom = base
    pc = 0
    driver.can_enter_jit(code, pc, stack, base, bottom)
    while True:
        driver.jit_merge_point(code, pc, stack, base, bottom)
        operand = unchecked_get(code.operands, pc)
        variable = stack[base + VARIABLE].as_int()
        match unchecked_get(code.operations, pc):
            case 0:
                stack[base + VARIABLE] = Value.of_int(variable + 1)
                pc += 1
            case 1:
                pc += 1
                if variable < operand:
                    pc = 1  # position 0, `fun`, stands for the function
                    driver.can_enter_jit(code, pc, stack, base, bottom)
            case 2:
                callee = unchecked_get(code.callees, pc)
                stack.reserve(base + 2 * FRAME)
                stack[base + FRAME + VARIABLE] = Value.of_int(variable)
                if driver.call_separately(callee):
                    stack[base + VARIABLE] = run(callee, stack, base + FRAME)
                    pc += 1
                else:
                    push_link(stack, base + FRAME, code, pc + 1, FRAME)
                    code, base, pc = callee, base + FRAME, 0
            case 3:
                stack.reserve(base + 2 * FRAME)
                stack[base + FRAME + VARIABLE] = Value.of_int(variable)
                stack[base + VARIABLE] = run(unchecked_get(code.callees, pc), stack, base + FRAME)
                pc += 1
            case 4:
                if KEYS[variable + 300 - operand] < 0:
                    return Value.NULL
                pc += 1
            case 5:
                checked(variable, operand)
                pc += 1
            case 6:
                try:
                    checked(variable, operand)
                except TooLarge:
                    KEYS[-1]
                pc += 1
            case 7:
                if base == bottom:
                    return stack[base + VARIABLE]
                result = stack[base + VARIABLE]
                code = promote(unsafe_cast(Code, caller_code(stack, base)))
                pc = promote(return_pc(stack, base))
                base -= promote(base_delta(stack, base))
                stack[base + VARIABLE] = result
            case _:
                pc += 1


def run_text(text: str) -> None:
    """Compile and run."""
    names: list[str] = []
    codes: list[Code] = []
    lines = [line.split(" ") for line in text.strip().split("\n")]
    number = 0
    while number < len(lines):
        first = number
        operations, operands = [8], [0]
        number += 1
        while number < len(lines) and lines[number][0] != "fun":
            words = lines[number]
            operations.append(OPERATIONS.index(words[0]))
            operands.append(int(words[1]) if len(words) > 1 and words[1].isdigit() else 0)
            number += 1
        names.append(lines[first][1])
        codes.append(Code(lines[first][1], [*operations, 7], [*operands, 0], first + 1))
    for code in codes:
        callees = [code]
        for k in range(1, len(code.operations) - 1):
            callee = lines[code.first_line - 1 + k]
            callees.append(codes[names.index(callee[1])] if len(callee) > 1 and callee[1] in names else code)
        code.callees = array_from(callees, code)
    stack = VMStack(1 << 16)
    stack.reserve(FRAME)
    stack[VARIABLE] = Value.of_int(0)
    run(codes[0], stack, 0)


def main() -> int:
    """The command."""
    return run_command("failing", run_text)


if __name__ == "__main__":
    run_as_program(main)
