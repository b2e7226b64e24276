"""Step 3: the same language with the JIT. Three things are new, and each is marked `new:`."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, unchecked_get
from tracewright.core.system import run_as_program
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.command import run_command
from tracewright.guest.instructions import field_a, opcode, wide
from tracewright.guest.tokens import TokenStream, tokenize
from tracewright.hints import GuestCode, JitDriver, immutable_fields
from tracewright.lib.array_tools import array_from
from tracewright_tutorial.step2_bytecode import RULES, Compiler, Op, Scope, compute, truth


# new: the JIT counts in code objects, and relies on fields that never change: instructions are constants of a trace.
@final
@immutable_fields("words[*]", "constants[*]")
class Code(GuestCode):
    """What the interpreter runs."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope.assembler.here())
        self.name = scope.name
        self.words: Array[int] = array_from(scope.assembler.resolved(), 0)
        self.lines = scope.assembler.line_table()
        self.constants: Array[Value] = array_from(scope.assembler.constants, Value.NULL)


def describe(code: GuestCode, pc: int) -> str:
    """The place of an instruction, for the JIT's listings."""
    return f"{code.name}:{code.lines.line(pc)}" if isinstance(code, Code) else "?"


driver: Final = JitDriver(greens=("code", "pc"), reds=("stack", "base", "bottom"), location=describe)


def run(code: Code, pc: int, stack: VMStack, base: int) -> Value:
    """The loop."""
    bottom = base
    driver.can_enter_jit(code, pc, stack, base, bottom)
    while True:
        driver.jit_merge_point(code, pc, stack, base, bottom)  # new: here a guest instruction begins
        word = unchecked_get(code.words, pc)
        pc += 1
        match opcode(word):
            case Op.JUMP:
                pc = wide(word)
            case Op.JUMP_BACK:
                pc = wide(word)
                driver.can_enter_jit(code, pc, stack, base, bottom)  # new: here a guest loop comes round
            case Op.JUMP_IF_FALSE:
                if not truth(stack[base + field_a(word)]):
                    pc = wide(word)
            case Op.RETURN:
                return stack[base + field_a(word)]
            case _:
                compute(word, code.constants, stack, base)


def run_text(text: str) -> None:
    """Compile and run a program."""
    scope = Compiler(TokenStream(tokenize(text, RULES))).program()
    stack = VMStack(1000)
    stack.reserve(scope.highest)
    run(Code(scope), 0, stack, 0)


def main() -> int:
    """The command."""
    return run_command("step3", run_text)


if __name__ == "__main__":
    run_as_program(main)
