"""Moth's interpreter: one loop over register code; guest calls stay in it."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array, unchecked_get, unchecked_set
from tracewright.core.cast import unsafe_cast
from tracewright.core.system import write_output
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import GuestCode, JitDriver, dont_look_inside, promote, unroll_safe
from tracewright.lib.numeric_values import (
    number_add,
    number_divide,
    number_less,
    number_less_equal,
    number_modulo,
    number_multiply,
    number_negate,
    number_subtract,
)
from tracewright.lib.tokens import SourceError
from tracewright_moth.compiler import CLOSURE_SLOT, FIRST_LOCAL
from tracewright_moth.objects import (
    Cell,
    Closure,
    Code,
    Layout,
    List,
    Object,
    Shape,
    Text,
    as_list,
    as_object,
    equal,
    index_of,
    shape_of,
    shown,
    truth,
)
from tracewright_moth.opcodes import Op

STACK_SLOTS: Final = 1 << 20
CALLER: Final = 0
RETURN_PC: Final = 1
NO_PROTOTYPE: Final = Shape(None, "", 0, Value.NULL)


def describe(code: GuestCode, pc: int) -> str:
    """The place of an instruction, for the JIT's listings."""
    return f"{code.name}:{code.lines[pc]}" if isinstance(code, Code) else "?"


driver = JitDriver(greens=("code", "pc"), reds=("stack", "base", "bottom"), location=describe)


def run(code: Code, pc: int, stack: VMStack, base: int) -> Value:
    """Run the frame at `base` until it returns."""
    bottom = base
    driver.can_enter_jit(code, pc, stack, base, bottom)
    try:
        while True:
            driver.jit_merge_point(code, pc, stack, base, bottom)
            word = unchecked_get(code.words, pc)
            a = base + (word >> 8 & 0xFFFF)
            b = base + (word >> 24 & 0xFFFF)
            c = base + (word >> 40)
            wide = word >> 24
            pc += 1
            match word & 255:
                case Op.MOVE:
                    stack[a] = stack[b]
                case Op.LOAD_INT:
                    stack[a] = Value.of_int(wide)
                case Op.LOAD_CONSTANT:
                    stack[a] = unchecked_get(code.constants, wide)
                case Op.LOAD_GLOBAL:
                    value = unchecked_get(code.globals, wide).read()
                    if value.same(Value.UNDEFINED):
                        raise SourceError(f"'{unchecked_get(code.globals, wide).name}' is not defined", 0)
                    stack[a] = value
                case Op.STORE_GLOBAL:
                    unchecked_get(code.globals, wide).write(stack[a])
                case Op.NEW_CELL:
                    stack[a] = Value.of_object(Cell(stack[b]))
                case Op.LOAD_CELL:
                    stack[a] = unsafe_cast(Cell, stack[b].as_object()).value
                case Op.STORE_CELL:
                    unsafe_cast(Cell, stack[a].as_object()).value = stack[b]
                case Op.LOAD_CAPTURED:
                    closure = unsafe_cast(Closure, stack[base + CLOSURE_SLOT].as_object())
                    stack[a] = Value.of_object(unchecked_get(closure.captured, wide))
                case Op.CLOSURE:
                    stack[a] = make_closure(unchecked_get(code.codes, wide), stack, base)
                case Op.ADD:
                    stack[a] = number(number_add(stack[b], stack[c]))
                case Op.SUBTRACT:
                    stack[a] = number(number_subtract(stack[b], stack[c]))
                case Op.MULTIPLY:
                    stack[a] = number(number_multiply(stack[b], stack[c]))
                case Op.DIVIDE:
                    stack[a] = number(number_divide(stack[b], stack[c]))
                case Op.MODULO:
                    stack[a] = number(number_modulo(stack[b], stack[c]))
                case Op.LESS:
                    stack[a] = number(number_less(stack[b], stack[c]))
                case Op.LESS_EQUAL:
                    stack[a] = number(number_less_equal(stack[b], stack[c]))
                case Op.EQUAL:
                    stack[a] = Value.of_bool(equal(stack[b], stack[c]))
                case Op.JOIN:
                    stack[a] = join(stack[b], stack[c])
                case Op.NEGATE:
                    stack[a] = number(number_negate(stack[b]))
                case Op.NOT:
                    stack[a] = Value.of_bool(not truth(stack[b]))
                case Op.LENGTH:
                    stack[a] = Value.of_int(as_list(stack[b]).length)
                case Op.JUMP:
                    pc = wide
                case Op.JUMP_BACK:
                    pc = wide
                    driver.can_enter_jit(code, pc, stack, base, bottom)
                case Op.JUMP_IF_FALSE:
                    if not truth(stack[a]):
                        pc = wide
                case Op.JUMP_IF_TRUE:
                    if truth(stack[a]):
                        pc = wide
                case Op.NEW_LIST:
                    count = word >> 24 & 0xFFFF
                    stack[a] = Value.of_object(List(values_in(stack, c, count), count))
                case Op.NEW_OBJECT:
                    stack[a] = new_object(stack[a], unchecked_get(code.layouts, word >> 24 & 0xFFFF), stack, c)
                case Op.GET_FIELD:
                    stack[a] = get_field(stack[b], unchecked_get(code.names, word >> 40))
                case Op.SET_FIELD:
                    set_field(stack[a], unchecked_get(code.names, word >> 40), stack[b])
                case Op.GET_ITEM:
                    stack[a] = get_item(stack[b], stack[c])
                case Op.SET_ITEM:
                    set_item(stack[a], stack[c], stack[b])
                case Op.PUSH:
                    as_list(stack[a]).push(stack[b])
                case Op.CALL:
                    callee = promote(as_closure(stack[a + CLOSURE_SLOT]).code)
                    if callee.parameters != wide:
                        raise SourceError(f"{callee.name} takes {callee.parameters} arguments", 0)
                    if not stack.reserve(a + callee.frame_size):
                        raise SourceError("too many calls inside each other", 0)
                    if driver.call_separately(callee):
                        stack[a] = run(callee, 0, stack, a)
                        stack.reserve(base + code.frame_size)
                    else:
                        stack[a + CALLER] = Value.of_object(code)
                        stack[a + RETURN_PC] = Value.of_int(pc)
                        code = callee
                        base = a
                        pc = 0
                case Op.RETURN:
                    value = stack[a]
                    if base == bottom:
                        return value
                    code = promote(unsafe_cast(Code, stack[base + CALLER].as_object()))
                    pc = promote(stack[base + RETURN_PC].as_int())
                    stack[base] = value
                    base -= unchecked_get(code.words, pc - 1) >> 8 & 0xFFFF
                    stack.reserve(base + code.frame_size)
                case Op.PRINT:
                    print_line(stack[a])
                case _:
                    raise AssertionError("unknown operation")
    except SourceError as error:
        if error.line == 0:
            error.line = code.lines[pc - 1]
        raise
    except ZeroDivisionError:
        raise SourceError("division by zero", code.lines[pc - 1])
    except IndexError:
        raise SourceError("the list has no such item", code.lines[pc - 1])
    except RecursionError:
        raise SourceError("too many calls inside each other", code.lines[pc - 1])


# --- parts of operations ---------------------------------------------------------------------------------------------
def number(result: Value) -> Value:
    """The result of arithmetic."""
    if result.same(Value.UNDEFINED):
        raise SourceError("this needs numbers", 0)
    return result


@dont_look_inside
def join(left: Value, right: Value) -> Value:
    return Value.of_object(Text(shown(left) + shown(right)))


@dont_look_inside
def print_line(value: Value) -> None:
    write_output((shown(value) + "\n").encode())


@unroll_safe
def values_in(stack: VMStack, first: int, count: int) -> Array[Value]:
    """The values of adjacent registers."""
    values: Array[Value] = Array(count, Value.NULL)
    for k in range(count):
        unchecked_set(values, k, stack[first + k])
    return values


@unroll_safe
def make_closure(code: Code, stack: VMStack, base: int) -> Value:
    """A closure shares the cells of the frame that makes it, and of that frame's own closure."""
    count = len(code.captures)
    captured: Array[Cell] = Array(count, NO_CELL)
    for k in range(count):
        place = unchecked_get(code.captures, k)
        if place >= 0:
            cell = unsafe_cast(Cell, stack[base + place].as_object())
        else:
            cell = unchecked_get(unsafe_cast(Closure, stack[base + CLOSURE_SLOT].as_object()).captured, ~place)
        unchecked_set(captured, k, cell)
    return Value.of_object(Closure(code, captured))


NO_CELL: Final = Cell(Value.NULL)


def as_closure(value: Value) -> Closure:
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, Closure):
            return thing
    raise SourceError("this is not a function", 0)


def new_object(prototype: Value, layout: Layout, stack: VMStack, first: int) -> Value:
    """The shape depends on the prototype and the literal alone, so a trace knows it."""
    empty = NO_PROTOTYPE
    if not prototype.same(Value.NULL):
        parent = as_object(prototype)
        offspring = parent.offspring
        empty = offspring if offspring is not None else parent.make_offspring()
    shape = shape_of(promote(empty), layout)
    return Value.of_object(Object(shape, values_in(stack, first, len(layout.names))))


def get_field(value: Value, name: str) -> Value:
    """A field of the object, or of its prototype; nil if there is none."""
    thing = as_object(value)
    shape = promote(thing.shape)
    index = index_of(shape, name)
    if index >= 0:
        return unchecked_get(thing.values, index)
    prototype = shape.prototype
    return prototype if prototype.same(Value.NULL) else get_field(prototype, name)


def set_field(target: Value, name: str, value: Value) -> None:
    """Change a field, or add it."""
    thing = as_object(target)
    index = index_of(promote(thing.shape), name)
    if index >= 0:
        unchecked_set(thing.values, index, value)
    else:
        thing.add(name, value)


def position(items: List, index: Value) -> int:
    """Items count from 1."""
    if index.is_int() and 1 <= index.as_int() <= items.length:
        return index.as_int() - 1
    raise IndexError("no such item")


def get_item(target: Value, index: Value) -> Value:
    items = as_list(target)
    return unchecked_get(items.items, position(items, index))


def set_item(target: Value, index: Value, value: Value) -> None:
    items = as_list(target)
    unchecked_set(items.items, position(items, index), value)


def run_program(code: Code) -> None:
    """Run a whole program. Raises SourceError."""
    stack = VMStack(STACK_SLOTS)
    stack.reserve(FIRST_LOCAL + code.frame_size)
    run(code, 0, stack, 0)
