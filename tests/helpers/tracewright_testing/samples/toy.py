"""A language of five instructions on four registers, whose one program adds up numbers: enough for the JIT to find a loop."""

from typing import Final

from tracewright.core.arrays import Array, array_of
from tracewright.core.integers import ovf_add, ovf_mul
from tracewright.core.system import argument
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import GuestCode, JitDriver, immutable_fields
from tracewright.jit.warm.state import JIT
from tracewright_testing.samples.output import say

ADD, JUMP_BACK_IF_LESS, LOAD, MULTIPLY, RETURN = 0, 1, 2, 3, 9


def instruction(code: int, a: int, b: int, c: int) -> int:
    """One word; only at import time."""
    return code | a << 8 | b << 16 | c << 24


# r0 counts to r3 = 100 ** 4 in steps of r2 = 1; r1 is the total.
PROGRAM: Final[Array[int]] = array_of(
    [
        instruction(LOAD, 0, 0, 0),
        instruction(LOAD, 1, 0, 0),
        instruction(LOAD, 2, 1, 0),
        instruction(LOAD, 3, 100, 0),
        instruction(MULTIPLY, 3, 3, 3),
        instruction(MULTIPLY, 3, 3, 3),
        instruction(ADD, 1, 1, 0),
        instruction(ADD, 0, 0, 2),
        instruction(JUMP_BACK_IF_LESS, 0, 3, 2),
        instruction(RETURN, 1, 0, 0),
    ]
)


@immutable_fields("words[*]")
class Code(GuestCode):
    """A program."""

    def __init__(self, words: Array[int]) -> None:
        super().__init__(len(words))
        self.words: Array[int] = words


def describe(code: GuestCode, pc: int) -> str:
    return f"toy {pc}"


driver = JitDriver(greens=("code", "pc"), reds=("stack", "base", "bottom"), location=describe)


def run(code: Code, stack: VMStack, base: int) -> Value:
    """The interpreter."""
    bottom = base
    pc = 0
    driver.can_enter_jit(code=code, pc=pc, stack=stack, base=base, bottom=bottom)
    while True:
        driver.jit_merge_point(code=code, pc=pc, stack=stack, base=base, bottom=bottom)
        word = code.words[pc]
        a = base + (word >> 8 & 255)
        b = word >> 16 & 255
        c = word >> 24 & 255
        match word & 255:
            case 0:
                stack[a] = Value.of_int(ovf_add(stack[base + b].as_int(), stack[base + c].as_int()))
                pc += 1
            case 1:
                if stack[a].as_int() < stack[base + b].as_int():
                    pc -= c
                    driver.can_enter_jit(code=code, pc=pc, stack=stack, base=base, bottom=bottom)
                else:
                    pc += 1
            case 2:
                stack[a] = Value.of_int(b)
                pc += 1
            case 3:
                stack[a] = Value.of_int(ovf_mul(stack[base + b].as_int(), stack[base + c].as_int()))
                pc += 1
            case _:
                return stack[a]


def main() -> int:
    """Prints the total and how many traces there are. With an argument, the JIT stays off."""
    if argument(0) is not None:
        JIT.parameters.set_from_text("off=1")
    stack = VMStack(1000)
    stack.reserve(10)
    result = run(Code(PROGRAM), stack, 0)
    say(f"{result.as_int()} with {len(JIT.traces)} traces")
    return 0
