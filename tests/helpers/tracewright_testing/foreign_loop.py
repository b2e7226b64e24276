"""The tutorial's third step, whose `*` asks zlib: a hot loop that calls a function of a C library."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import unchecked_get
from tracewright.core.foreign import CLong, Library
from tracewright.core.foreign_headers import Header
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.command import run_command
from tracewright.guest.instructions import field_a, field_b, field_c, opcode, wide
from tracewright.guest.tokens import TokenStream, tokenize
from tracewright.hints import JitDriver
from tracewright_tutorial.step2_bytecode import RULES, Compiler, Op, compute, truth
from tracewright_tutorial.step3_jit import Code, describe

ZLIB: Final = Library(["libz.so.1"], package="zlib1g")
ZLIB_H: Final = Header("zlib.h", ZLIB, types="typedef long z_off_t;")
driver: Final = JitDriver(greens=("code", "pc"), reds=("stack", "base", "bottom"), location=describe)


@ZLIB_H.function("unsigned long crc32_combine(unsigned long, unsigned long, z_off_t)")
def crc32_combine(first: CLong, second: CLong, length: CLong) -> CLong:
    raise NotImplementedError


def run(code: Code, pc: int, stack: VMStack, base: int) -> Value:
    """The loop."""
    bottom = base
    driver.can_enter_jit(code, pc, stack, base, bottom)
    while True:
        driver.jit_merge_point(code, pc, stack, base, bottom)
        word = unchecked_get(code.words, pc)
        pc += 1
        match opcode(word):
            case Op.JUMP:
                pc = wide(word)
            case Op.JUMP_BACK:
                pc = wide(word)
                driver.can_enter_jit(code, pc, stack, base, bottom)
            case Op.JUMP_IF_FALSE:
                if not truth(stack[base + field_a(word)]):
                    pc = wide(word)
            case Op.RETURN:
                return stack[base + field_a(word)]
            case Op.MULTIPLY:
                left = stack[base + field_b(word)]
                right = stack[base + field_c(word)]
                if left.is_int() and right.is_int():
                    combined = crc32_combine(left.as_int(), right.as_int(), 3)
                    stack[base + field_a(word)] = Value.of_int(combined)
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
    return run_command("foreign_loop", run_text)
