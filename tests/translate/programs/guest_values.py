"""Values, the VM stack, and a small dispatch loop with the JIT's hints."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.system import write_output
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack, copy_from_stack, copy_to_stack
from tracewright.hints import GuestCode, JitDriver, dont_look_inside, elidable, immutable_fields, promote, we_are_jitted


class Box:
    def __init__(self, number: int) -> None:
        self.number = number


@immutable_fields("words[*]")
class Code(GuestCode):
    def __init__(self, words: list[int]) -> None:
        super().__init__(len(words))
        self.words = words


def location(code: GuestCode, pc: int) -> str:
    return f"pc {pc}"


DRIVER: Final = JitDriver(greens=("code", "pc"), reds=("stack", "base", "bottom"), location=location)


def describe(value: Value) -> str:
    if value.is_int():
        return f"int {value.as_int()}"
    if value.is_float():
        return f"float {int(value.as_float() * 10)}"
    if value.is_bool():
        return f"bool {value.as_bool()}"
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, Box):
            return f"box {thing.number}"
        return "object"
    if value.same(Value.NULL):
        return "null"
    return "undefined" if value is Value.UNDEFINED else "?"


@elidable
def square(x: int) -> int:
    return x * x


@dont_look_inside
def report(value: Value) -> None:
    write_output(describe(value).encode() + b"\n")


def run(code: Code, stack: VMStack, base: int) -> Value:
    bottom = base
    pc = 0
    DRIVER.can_enter_jit(code=code, pc=pc, stack=stack, base=base, bottom=bottom)
    while True:
        DRIVER.jit_merge_point(code=code, pc=pc, stack=stack, base=base, bottom=bottom)
        word = code.words[pc]
        match word & 7:
            case 0:
                stack[base] = Value.of_int(stack[base].as_int() + (word >> 3))
                pc += 1
            case 1:
                stack[base + 1] = Value.of_int(promote(stack[base + 1].as_int()) - 1)
                pc += 1
            case 2:
                if stack[base + 1].as_int() > 0:
                    pc = word >> 3
                    DRIVER.can_enter_jit(code=code, pc=pc, stack=stack, base=base, bottom=bottom)
                else:
                    pc += 1
            case _:
                return stack[base]


def main() -> int:
    big = 1 << 60
    values = [
        Value.of_int(5),
        Value.of_int(-5),
        Value.of_int(big),
        Value.of_float(2.5),
        Value.of_bool(True),
        Value.FALSE,
        Value.NULL,
        Value.UNDEFINED,
        Value.of_object(Box(3)),
    ]
    for value in values:
        report(value)
    stack = VMStack(100)
    write_output(f"{stack.reserve(8)}\n".encode())
    stack[0] = Value.of_int(1)
    stack[1] = Value.of_int(10)
    code = Code([5 << 3, 1, 0 << 3 | 2, 3])
    report(run(code, stack, 0))
    report(stack[7])
    write_output(f"{stack.reserve(50)} {stack.top} {stack.reserve(101)} {stack.top} {we_are_jitted()}\n".encode())
    row: Array[Value] = Array(5, Value.NULL)
    copy_from_stack(stack, 0, row, 2, 2)
    copy_to_stack(row, 1, stack, 20, 4)
    report(stack[20])
    report(stack[22])
    report(row[4])
    write_output(f"{square(4)} {Value.of_int(3).same(Value.of_int(3))}\n".encode())
    return 0
