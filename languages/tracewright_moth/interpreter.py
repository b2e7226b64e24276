"""Moth's interpreter: one loop over register code; guest calls stay in it."""

from __future__ import annotations

from tracewright.core.arrays import Array, unchecked_get, unchecked_set
from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest import numeric_values as numbers
from tracewright.guest.diagnostics import SourceError
from tracewright.guest.frames import base_delta, caller_code, push_link, return_pc
from tracewright.guest.global_cells import Global
from tracewright.guest.instructions import field_a, field_b, field_c, opcode, wide
from tracewright.guest.objects import add, as_guest_object, print_line, truth, values_equal
from tracewright.guest.register_code import RegisterCode, describe
from tracewright.guest.shapes import Shape
from tracewright.guest.sites import PropertySite
from tracewright.hints import JitDriver, promote, unroll_safe
from tracewright_moth.objects import Closure, as_object, load_field, object_of
from tracewright_moth.opcodes import CLOSURE, Op

driver = JitDriver(greens=("code", "pc"), reds=("stack", "base", "bottom"), location=describe)


def run(code: RegisterCode, pc: int, stack: VMStack, base: int) -> Value:
    """Run the frame at `base` until it returns. Raises SourceError."""
    bottom = base
    driver.can_enter_jit(code, pc, stack, base, bottom)
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
                case Op.CONSTANT:
                    stack[a] = unchecked_get(code.constants, number)
                case Op.LOAD_CAPTURED:
                    stack[a] = unchecked_get(unsafe_cast(Closure, stack[base + CLOSURE].as_object()).values, number)
                case Op.LOAD_GLOBAL:
                    stack[a] = unsafe_cast(Global, code.object(number)).load()
                case Op.STORE_GLOBAL:
                    unsafe_cast(Global, code.object(number)).write(stack[a])
                case Op.LOAD_FIELD:
                    stack[a] = load_field(stack[b], unsafe_cast(PropertySite, code.object(field_c(word))))
                case Op.STORE_FIELD:
                    as_object(stack[b]).set(unsafe_cast(PropertySite, code.object(field_c(word))), stack[a])
                case Op.NEW_OBJECT:
                    shape = unsafe_cast(Shape, code.object(field_c(word)))
                    stack[a] = Value.of_object(object_of(shape, stack, a + 1))
                case Op.NEW_CLOSURE:
                    values = values_from(stack, a + 1, field_b(word))
                    stack[a] = Value.of_object(Closure(unsafe_cast(RegisterCode, code.object(field_c(word))), values))
                case Op.ADD:
                    stack[a] = checked(add(stack[b], stack[c]))
                case Op.SUBTRACT:
                    stack[a] = checked(numbers.number_subtract(stack[b], stack[c]))
                case Op.MULTIPLY:
                    stack[a] = checked(numbers.number_multiply(stack[b], stack[c]))
                case Op.DIVIDE:
                    stack[a] = checked(numbers.number_divide(stack[b], stack[c]))
                case Op.MODULO:
                    stack[a] = checked(numbers.number_modulo(stack[b], stack[c]))
                case Op.LESS:
                    stack[a] = checked(numbers.number_less(stack[b], stack[c]))
                case Op.LESS_EQUAL:
                    stack[a] = checked(numbers.number_less_equal(stack[b], stack[c]))
                case Op.EQUAL:
                    stack[a] = Value.of_bool(values_equal(stack[b], stack[c]))
                case Op.NEGATE:
                    stack[a] = checked(numbers.number_negate(stack[b]))
                case Op.NOT:
                    stack[a] = Value.of_bool(not truth(stack[b]))
                case Op.JUMP:
                    pc = number
                case Op.REPEAT:
                    pc = number
                    driver.can_enter_jit(code, pc, stack, base, bottom)
                case Op.JUMP_IF_FALSE:
                    if not truth(stack[a]):
                        pc = number
                case Op.JUMP_IF_TRUE:
                    if truth(stack[a]):
                        pc = number
                case Op.CALL:
                    closure = as_guest_object(stack[a + CLOSURE])
                    if not isinstance(closure, Closure):
                        raise SourceError("this is not a function")
                    callee = promote(closure.code)  # not the closure: a trace goes for all closures of one code
                    if callee.parameters != number:
                        raise SourceError(f"{callee.name} takes {callee.parameters} arguments, not {number}")
                    if not stack.reserve(a + callee.frame_size):
                        raise RecursionError
                    if driver.call_separately(callee):
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
        raise code.located(error, pc - 1)


def checked(result: Value) -> Value:
    """The result of arithmetic or of a comparison."""
    if result.same(Value.UNDEFINED):
        raise SourceError("these operands do not go together")
    return result


@unroll_safe
def values_from(stack: VMStack, first: int, count: int) -> Array[Value]:
    """Those of adjacent registers. Their number is known to a trace, and what does not leave the loop is never made."""
    values: Array[Value] = Array(count, Value.NULL)
    for k in range(count):
        unchecked_set(values, k, stack[first + k])
    return values
