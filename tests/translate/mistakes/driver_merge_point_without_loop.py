"""A merge point outside of a loop.

Why: a trace is one turn of the dispatch loop.
Instead: put it at the head of `while True`.
"""

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import GuestCode, JitDriver


class Code(GuestCode):
    def __init__(self, words: list[int]) -> None:
        super().__init__(len(words))
        self.words = words


def location(code: GuestCode, pc: int) -> str:
    return f"at {pc}"

DRIVER = JitDriver(greens=("code", "pc"), reds=("stack", "base", "bottom"), location=location)


def run(code: Code, stack: VMStack, base: int) -> Value:
    bottom, pc = base, 0
    DRIVER.jit_merge_point(code=code, pc=pc, stack=stack, base=base, bottom=bottom)
    return Value.of_int(code.words[pc])


def main() -> int:
    stack = VMStack(100)
    return run(Code([0, 1]), stack, 0).as_int()
