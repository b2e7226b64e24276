"""Executing one jitcode operation on concrete words."""

from typing import Final

from tracewright.core import operations as ops
from tracewright.core.arrays import Array, Words
from tracewright.core.integers import umul_high, wrap_add, wrap_mul, wrap_sub
from tracewright.core.kinds import REF
from tracewright.core.memory import load8, load16, load32, load64, store8, store16, store32, store64, store_reference
from tracewright.core.object_layout import (
    ARRAY_ITEMS_OFFSET,
    ARRAY_LENGTH_OFFSET,
    BOXED_INT_OFFSET,
    STR_DATA_OFFSET,
    STR_WIDTH_OFFSET,
)
from tracewright.jit.execute.allocation import allocate_array, allocate_object
from tracewright.jit.execute.runtime import Runtime
from tracewright.jit.tables import control
from tracewright.jit.tables.assembly import Assembly
from tracewright.jit.tables.function_table import ClassInfo, FunctionInfo
from tracewright.jit.trace.arithmetic import GROUP, IMPURE, compute, is_pointer_word, is_small_word, operand_count

__all__ = ["allocate_array", "allocate_object", "execute"]

QUASI_IMMUTABLE: Final = 2


def execute(runtime: Runtime, assembly: Assembly, words: Array[int], position: int, registers: Words) -> int:
    """Do the operation at `position`; gives the position after it, negated if an exception is now pending.

    Calls and jumps are not done here (blackhole.py, recorder.py).
    """
    operation = words[position]
    group = GROUP[operation]
    if group == IMPURE:
        return _execute_impure(runtime, assembly, words, position, registers)
    if operand_count(group) == 2:
        result = compute(operation, registers[words[position + 2]], registers[words[position + 3]])
        registers[words[position + 1]] = result
        return position + 4
    registers[words[position + 1]] = compute(operation, registers[words[position + 2]], 0)
    return position + 3


def _execute_impure(runtime: Runtime, assembly: Assembly, words: Array[int], position: int, registers: Words) -> int:
    match words[position]:
        case ops.LOAD_FIELD:
            field = assembly.fields[words[position + 3]]
            registers[words[position + 1]] = load64(registers[words[position + 2]] + field.offset)
            return position + 4
        case ops.STORE_FIELD:
            store_field(
                runtime, assembly, words[position + 3], registers[words[position + 2]], registers[words[position + 4]]
            )
            return position + 5
        case ops.LOAD_ITEM:
            address = registers[words[position + 2]] + ARRAY_ITEMS_OFFSET + 8 * registers[words[position + 3]]
            registers[words[position + 1]] = load64(address)
            return position + 5
        case ops.STORE_ITEM:
            store_item(
                assembly.classes[words[position + 5]],
                registers[words[position + 2]],
                registers[words[position + 3]],
                registers[words[position + 4]],
            )
            return position + 6
        case ops.SLOT_LOAD:
            registers[words[position + 1]] = runtime.load_slot(
                registers[words[position + 2]], registers[words[position + 3]]
            )
            return position + 4
        case ops.SLOT_STORE:
            runtime.store_slot(
                registers[words[position + 2]], registers[words[position + 3]], registers[words[position + 4]]
            )
            return position + 5
        case control.STACK_TOP:
            registers[words[position + 1]] = runtime.stack_top(registers[words[position + 2]])
            return position + 3
        case control.SET_STACK_TOP:
            runtime.set_stack_top(registers[words[position + 2]], registers[words[position + 3]])
            return position + 4
        case ops.NEW_OBJECT:
            thing = runtime.new_object(assembly.classes[words[position + 2]])
            registers[words[position + 1]] = thing
            return position + 3 if thing != 0 else -(position + 3)
        case ops.NEW_ARRAY:
            thing = runtime.new_array(assembly.classes[words[position + 2]], registers[words[position + 3]])
            registers[words[position + 1]] = thing
            return position + 4 if thing != 0 else -(position + 4)
        case ops.INT_ADD_OVF | ops.INT_SUB_OVF | ops.INT_MUL_OVF:
            return _execute_checked(runtime, words, position, registers)
        case ops.TEXT_CODE8 | ops.TEXT_CODE16 | ops.TEXT_CODE32:
            text, index = registers[words[position + 2]], registers[words[position + 3]]
            registers[words[position + 1]] = code_of_text(words[position], text, index)
            return position + 4
        case ops.RAW_LOAD8 | ops.RAW_LOAD16 | ops.RAW_LOAD32 | ops.RAW_LOAD64 | ops.RAW_LOAD_FLOAT:
            registers[words[position + 1]] = raw_load(words[position], registers[words[position + 2]])
            return position + 3
        case ops.RAW_STORE8 | ops.RAW_STORE16 | ops.RAW_STORE32 | ops.RAW_STORE64 | ops.RAW_STORE_FLOAT:
            raw_store(words[position], registers[words[position + 2]], registers[words[position + 3]])
            return position + 4
        case _:
            return _execute_question(runtime, assembly, words, position, registers)


def _execute_checked(runtime: Runtime, words: Array[int], position: int, registers: Words) -> int:
    a = registers[words[position + 2]]
    b = registers[words[position + 3]]
    if overflows(words[position], a, b):
        runtime.raise_overflow()
        return -(position + 4)
    registers[words[position + 1]] = wrapped(words[position], a, b)
    return position + 4


def _execute_question(runtime: Runtime, assembly: Assembly, words: Array[int], position: int, registers: Words) -> int:
    """Operations with one operand that look at an object or a Value."""
    operand = registers[words[position + 2]] if words[position] != ops.WE_ARE_JITTED else 0
    result = 0
    length = 3
    match words[position]:
        case ops.CLASS_OF:
            result = load32(operand)
        case ops.INSTANCE_OF:
            class_id = load32(operand)
            result = int(words[position + 3] <= class_id <= words[position + 4])
            length = 5
        case ops.ARRAY_LENGTH:
            result = load64(operand + ARRAY_LENGTH_OFFSET)
        case ops.TEXT_WIDTH:
            result = load32(operand + STR_WIDTH_OFFSET)
        case ops.VALUE_OF_INT:
            result = runtime.box_int(operand)
        case ops.VALUE_AS_INT:
            result = (
                compute(ops.VALUE_SMALL, operand, 0) if is_small_word(operand) else load64(operand + BOXED_INT_OFFSET)
            )
        case ops.VALUE_IS_INT:
            result = int(is_small_word(operand) or is_boxed_int(assembly, operand))
        case ops.VALUE_IS_OBJECT:
            result = int(is_pointer_word(operand) and not is_boxed_int(assembly, operand))
        case ops.PROMOTE | ops.PROMOTE_FEW:
            result = operand
        case ops.WE_ARE_JITTED:
            length = 2
        case ops.IS_CONSTANT | ops.CALL_SEPARATELY:
            pass
        case _:
            raise AssertionError("an operation that jitcode does not have")
    registers[words[position + 1]] = result
    return position + length


def code_of_text(operation: int, text: int, index: int) -> int:
    """TEXT_CODE...: a code point of the text at this address."""
    match operation:
        case ops.TEXT_CODE8:
            return load8(text + STR_DATA_OFFSET + index)
        case ops.TEXT_CODE16:
            return load16(text + STR_DATA_OFFSET + 2 * index)
        case _:
            return load32(text + STR_DATA_OFFSET + 4 * index)


def raw_load(operation: int, address: int) -> int:
    """RAW_LOAD...: the word of what is at an address."""
    match operation:
        case ops.RAW_LOAD8:
            return load8(address)
        case ops.RAW_LOAD16:
            return load16(address)
        case ops.RAW_LOAD32:
            return load32(address)
        case _:
            return load64(address)


def raw_store(operation: int, address: int, word: int) -> None:
    """RAW_STORE...: write a word, or its low bits, to an address."""
    match operation:
        case ops.RAW_STORE8:
            store8(address, word)
        case ops.RAW_STORE16:
            store16(address, word)
        case ops.RAW_STORE32:
            store32(address, word)
        case _:
            store64(address, word)


def store_field(runtime: Runtime, assembly: Assembly, number: int, thing: int, word: int) -> None:
    """Write a field; if compiled code may rely on it, say so."""
    field = assembly.fields[number]
    store_word(field.kind, thing, thing + field.offset, word)
    if field.immutable == QUASI_IMMUTABLE and assembly.watches_fields:
        runtime.field_changed(thing, number)


def store_item(info: ClassInfo, row: int, index: int, word: int) -> None:
    """Write an element of an array of this class."""
    store_word(info.item_kind, row, row + ARRAY_ITEMS_OFFSET + 8 * index, word)


def store_word(kind: int, thing: int, place: int, word: int) -> None:
    """Write a word of this kind into an object."""
    if kind == REF:
        store_reference(thing, place, word)
    else:
        store64(place, word)


def is_boxed_int(assembly: Assembly, word: int) -> bool:
    """Whether a Value's word is the address of a boxed int."""
    return is_pointer_word(word) and load32(word) == assembly.boxed_int_class


def overflows(operation: int, a: int, b: int) -> bool:
    """Whether checked arithmetic fails."""
    result = wrapped(operation, a, b)
    match operation:
        case ops.INT_ADD_OVF:
            return ((a ^ result) & (b ^ result)) < 0
        case ops.INT_SUB_OVF:
            return ((a ^ b) & (a ^ result)) < 0
        case _:
            high = wrap_sub(wrap_sub(umul_high(a, b), (a >> 63) & b), (b >> 63) & a)
            return high != result >> 63


def wrapped(operation: int, a: int, b: int) -> int:
    """What checked arithmetic gives where it does not fail."""
    match operation:
        case ops.INT_ADD_OVF:
            return wrap_add(a, b)
        case ops.INT_SUB_OVF:
            return wrap_sub(a, b)
        case _:
            return wrap_mul(a, b)


def call_function(
    runtime: Runtime, info: FunctionInfo, words: Array[int], start: int, count: int, registers: Words
) -> int:
    """Call a native function with the arguments in the registers that `count` words from `start` on name; gives its word."""
    arguments = Words(count)
    for k in range(count):
        arguments[k] = registers[words[start + k]]
    return runtime.call(info.wrapper, arguments)
