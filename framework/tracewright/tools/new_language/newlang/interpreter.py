"""The interpreter: one loop over register code; guest calls stay in it. What the JIT needs to know is marked `JIT:`."""

from __future__ import annotations

from typing import Final

from newlang.compiler import FIRST_REGISTER
from newlang.objects import Function
from newlang.opcodes import Op
from tracewright.core.arrays import unchecked_get
from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.diagnostics import SourceError
from tracewright.guest.frames import base_delta, caller_code, push_link, return_pc
from tracewright.guest.global_cells import Global
from tracewright.guest.instructions import field_a, field_b, field_c, opcode, wide
from tracewright.guest.numeric_values import (
    number_divide,
    number_less,
    number_less_equal,
    number_modulo,
    number_multiply,
    number_negate,
    number_subtract,
)
from tracewright.guest.objects import add, as_guest_object, print_line, truth, values_equal
from tracewright.guest.register_code import RegisterCode, describe, located_with_calls
from tracewright.hints import JitDriver, promote

STACK_SLOTS: Final = 1 << 20

# JIT: where the guest program is (constants of every trace), and the other variables of the loop.
driver = JitDriver(greens=("code", "pc"), reds=("stack", "base", "bottom"), location=describe)


def run(code: RegisterCode, pc: int, stack: VMStack, base: int) -> Value:
    """Run the frame at `base` until it returns."""
    bottom = base
    driver.can_enter_jit(code, pc, stack, base, bottom)  # JIT: functions are counted here,
    try:
        while True:
            driver.jit_merge_point(code, pc, stack, base, bottom)
            word = unchecked_get(code.words, pc)
            a = base + field_a(word)
            b = base + field_b(word)
            c = base + field_c(word)
            number = wide(word)
            pc += 1
            match opcode(word):
                case Op.MOVE:
                    stack[a] = stack[b]
                case Op.LOAD_CONSTANT:
                    stack[a] = unchecked_get(code.constants, number)
                case Op.LOAD_GLOBAL:
                    stack[a] = unsafe_cast(Global, code.object(number)).load()
                case Op.STORE_GLOBAL:
                    unsafe_cast(Global, code.object(number)).write(stack[a])
                case Op.ADD:
                    stack[a] = checked(add(stack[b], stack[c]))
                case Op.SUBTRACT:
                    stack[a] = checked(number_subtract(stack[b], stack[c]))
                case Op.MULTIPLY:
                    stack[a] = checked(number_multiply(stack[b], stack[c]))
                case Op.DIVIDE:
                    stack[a] = checked(number_divide(stack[b], stack[c]))
                case Op.MODULO:
                    stack[a] = checked(number_modulo(stack[b], stack[c]))
                case Op.LESS:
                    stack[a] = checked(number_less(stack[b], stack[c]))
                case Op.LESS_EQUAL:
                    stack[a] = checked(number_less_equal(stack[b], stack[c]))
                case Op.EQUAL:
                    stack[a] = Value.of_bool(values_equal(stack[b], stack[c]))
                case Op.NEGATE:
                    stack[a] = checked(number_negate(stack[b]))
                case Op.NOT:
                    stack[a] = Value.of_bool(not truth(stack[b]))
                case Op.JUMP:
                    pc = number
                case Op.JUMP_BACK:
                    pc = number
                    driver.can_enter_jit(code, pc, stack, base, bottom)  # JIT: and loops here
                case Op.JUMP_IF_FALSE:
                    if not truth(stack[a]):
                        pc = number
                case Op.JUMP_IF_TRUE:
                    if truth(stack[a]):
                        pc = number
                case Op.CALL:
                    callee = promote(as_function(stack[a]).code)  # JIT: a constant from here on, guarded
                    if callee.parameters != number:
                        raise SourceError(f"{callee.name} takes {callee.parameters} arguments")
                    if not stack.reserve(a + callee.frame_size):
                        raise RecursionError
                    if driver.call_separately(callee):  # JIT: its machine code is called
                        stack[a] = run(callee, 0, stack, a)
                        stack.reserve(base + code.frame_size)
                    else:
                        push_link(stack, a, code, pc, a - base)
                        code = callee
                        base = a
                        pc = 0
                case Op.RETURN:
                    value = stack[a]
                    if base == bottom:
                        return value
                    code = promote(unsafe_cast(RegisterCode, caller_code(stack, base)))
                    pc = promote(return_pc(stack, base))
                    below = promote(base_delta(stack, base))
                    stack[base] = value
                    base -= below
                    stack.reserve(base + code.frame_size)
                case Op.PRINT:
                    print_line(stack[a])
                case _:
                    raise AssertionError("unknown operation")
    except (SourceError, ZeroDivisionError, RecursionError) as error:
        raise located_with_calls(error, code, pc - 1, stack, base, bottom)


def checked(result: Value) -> Value:
    """The result of arithmetic or of a comparison."""
    if result.same(Value.UNDEFINED):
        raise SourceError("these operands do not go together")
    return result


def as_function(value: Value) -> Function:
    """The function; an error for anything else."""
    thing = as_guest_object(value)
    if isinstance(thing, Function):
        return thing
    raise SourceError("this is not a function")


def run_code(code: RegisterCode, arguments: list[Value]) -> Value:
    """Run a program (which takes no arguments) or a function; gives what it returns. Raises SourceError."""
    if code.parameters != len(arguments):
        raise SourceError(f"{code.name} takes {code.parameters} arguments")
    stack = VMStack(STACK_SLOTS)
    stack.reserve(FIRST_REGISTER + code.frame_size)
    for k in range(len(arguments)):
        stack[FIRST_REGISTER + k] = arguments[k]
    return run(code, 0, stack, 0)
