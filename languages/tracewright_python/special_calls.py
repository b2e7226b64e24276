"""Instructions that ask the classes of their operands: what the loop does with those that it cannot finish quickly."""

from __future__ import annotations

from tracewright.core.arrays import unchecked_get
from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.instructions import field_a, field_b, field_c, opcode, signed_c, wide
from tracewright_python import access, operators, subscripts
from tracewright_python.attribute_sites import AttributeSite
from tracewright_python.bytecode import CALLEE, FIRST, After, Code
from tracewright_python.calls import init_result
from tracewright_python.conversions import checked_length, next_value, truth
from tracewright_python.exceptions import type_error
from tracewright_python.functions import ASKS_NOTHING, PyBuiltin, PyFunction, as_function, is_native
from tracewright_python.iterators import builtin_iterator, checked_iterator, iterator_of
from tracewright_python.objects import PyInstance, special
from tracewright_python.opcodes import Op
from tracewright_python.session import Session
from tracewright_python.sets import SetIterator, as_set
from tracewright_python.special_names import IN_PLACE, Special
from tracewright_python.values import NONE, NOT_IMPLEMENTED, type_name, type_of

NEXT: Value = Value.of_int(After.NEXT)
SEND: Value = Value.of_int(After.SEND)
ADVANCE: Value = Value.of_int(After.ADVANCE)


def begin(session: Session, code: Code, stack: VMStack, base: int, newbase: int, word: int) -> int:
    """Do an instruction, with its result in the slot `newbase`, and give 0; or prepare a frame there for a function of the program,
    which lies in its CALLEE slot, and give the number of arguments."""
    operation = opcode(word)
    a = base + field_a(word)
    b = base + field_b(word)
    c = base + field_c(word)
    if Op.ADD <= operation < Op.EQUAL:
        return operators.begin_binary(
            session, stack, newbase, operation - Op.ADD + plus_reflected(operation), stack[b], stack[c]
        )
    if Op.EQUAL <= operation <= Op.GREATER_EQUAL:
        return operators.begin_compare(session, stack, newbase, operation - Op.EQUAL, stack[b], stack[c])
    match operation:
        case Op.GET:
            site = unsafe_cast(AttributeSite, code.object(field_c(word)))
            return access.begin_get(session, stack, newbase, stack[b], site)
        case Op.SET:
            store_site = unsafe_cast(AttributeSite, code.object(field_c(word)))
            return access.begin_set(session, stack, newbase, stack[a], store_site, stack[b])
        case Op.GET_ITEM:
            return subscripts.begin_get_item(session, stack, newbase, stack[b], stack[c])
        case Op.SET_ITEM:
            return subscripts.begin_set_item(session, stack, newbase, stack[a], stack[b], stack[c])
        case Op.DELETE_ITEM:
            return subscripts.begin_delete_item(session, stack, newbase, stack[a], stack[b])
        case Op.IN | Op.NOT_IN:
            given = operators.begin_contains(session, stack, newbase, stack[c], stack[b])
            if given == 0 and operation == Op.NOT_IN:
                stack[newbase] = Value.of_bool(stack[newbase].same(Value.FALSE))
            return given
        case Op.INVERT | Op.POSITIVE | Op.NEGATE:
            return operators.begin_unary(session, stack, newbase, operation - Op.INVERT, stack[b])
        case Op.ADD_SMALL | Op.SUBTRACT_SMALL | Op.ADD_SMALL_IN_PLACE | Op.SUBTRACT_SMALL_IN_PLACE:
            number = special_of_small(operation)
            stack[newbase] = operators.binary(session, number, stack[b], Value.of_int(signed_c(word)))
            return 0
        case Op.JUMP_IF_FALSE | Op.JUMP_IF_TRUE:
            asked = truth_function(stack[a])
            assert asked is not None
            stack[newbase + CALLEE] = Value.of_object(asked)
            stack[newbase + FIRST] = stack[a]
            return 1
        case Op.ITERATE | Op.DELEGATE:
            return begin_iterate(session, stack, newbase, stack[b])
        case _:
            return begin_next(session, stack, newbase, stack[b])


def plus_reflected(operation: int) -> int:
    """From the operations in place to their special methods, between which the reflected ones lie."""
    return Op.ADD_IN_PLACE - Op.ADD if operation >= Op.ADD_IN_PLACE else 0


def special_of_small(operation: int) -> int:
    """The special method of an operation with a number in its word."""
    number = Special.SUBTRACT if operation in (Op.SUBTRACT_SMALL, Op.SUBTRACT_SMALL_IN_PLACE) else Special.ADD
    return number + IN_PLACE if operation in (Op.ADD_SMALL_IN_PLACE, Op.SUBTRACT_SMALL_IN_PLACE) else number


def after_operation(operation: int) -> Value:
    """What becomes of the result of the function that `begin` has prepared for an instruction."""
    if operation == Op.JUMP_IF_FALSE:
        return Value.of_int(After.JUMP_IF_FALSE)
    if operation == Op.JUMP_IF_TRUE:
        return Value.of_int(After.JUMP_IF_TRUE)
    if operation < Op.EQUAL:
        return Value.of_int(After.BINARY + operation - Op.ADD + plus_reflected(operation))
    if operation <= Op.GREATER_EQUAL:
        return Value.of_int(After.BINARY + Special.EQ + operation - Op.EQUAL)
    match operation:
        case Op.SET | Op.SET_ITEM | Op.DELETE_ITEM:
            return Value.of_int(After.DROP)
        case Op.IN:
            return Value.of_int(After.TRUTH)
        case Op.NOT_IN:
            return Value.of_int(After.NOT_TRUTH)
        case Op.NEXT:
            return NEXT
        case Op.ITERATE | Op.DELEGATE:
            return Value.of_int(After.ITERATOR)
        case _:
            return Value.UNDEFINED


def method_asked(builtin: PyBuiltin, argument: Value) -> PyFunction | None:
    """The function of the program that a built-in one with this argument calls, and nothing else (`PyBuiltin.asks`)."""
    if builtin.asks == ASKS_NOTHING:
        return None
    return as_function(special(type_of(argument), builtin.asks))


def after_asking(builtin: PyBuiltin) -> Value:
    """What becomes of that function's result."""
    match builtin.asks:
        case Special.LEN:
            return Value.of_int(After.LENGTH)
        case Special.ITER:
            return Value.of_int(After.ITERATOR)
        case _:
            return Value.UNDEFINED


def truth_function(value: Value) -> PyFunction | None:
    """The function of the program that says whether an object of one of its classes counts as true; None where there is none."""
    if value.is_object() and isinstance(value.as_object(), PyInstance):
        method = special(type_of(value), Special.BOOL)
        if method.same(Value.UNDEFINED):
            method = special(type_of(value), Special.LEN)
        return as_function(method)
    return None


def answered_truth(session: Session, asked: Value, answer: Value) -> bool:
    """What a `truth_function` has answered. Raises TypeError, ValueError."""
    if answer.is_bool():
        return answer.same(Value.TRUE)
    if special(type_of(asked), Special.BOOL).same(Value.UNDEFINED):
        return checked_length(session, answer) != 0
    raise type_error(f"__bool__ should return bool, returned {type_name(answer)}")


def begin_iterate(session: Session, stack: VMStack, newbase: int, value: Value) -> int:
    """`iter(value)`"""
    found = builtin_iterator(value)
    if found is not None:
        stack[newbase] = Value.of_object(found)
        return 0
    members = as_set(value)
    if members is not None and is_native(type_of(value), Special.ITER):
        stack[newbase] = Value.of_object(SetIterator(members))
        return 0
    method = special(type_of(value), Special.ITER)
    if as_function(method) is not None:
        stack[newbase + CALLEE] = method
        stack[newbase + FIRST] = value
        return 1
    stack[newbase] = iterator_of(session, value)
    return 0


def begin_next(session: Session, stack: VMStack, newbase: int, iterator: Value) -> int:
    """The next value of an iterator that is not built in; UNDEFINED in the slot at its end."""
    method = special(type_of(iterator), Special.NEXT)
    if as_function(method) is not None:
        stack[newbase + CALLEE] = method
        stack[newbase + FIRST] = iterator
        return 1
    stack[newbase] = next_value(session, iterator)
    return 0


def deliver(session: Session, code: Code, pc: int, stack: VMStack, base: int, after: Value, value: Value) -> int:
    """Put the result of a call where it belongs; `pc` is behind the word of the instruction. Gives where it goes on."""
    word = unchecked_get(code.words, pc - 1)
    a = base + field_a(word)
    if after.same(Value.UNDEFINED):
        stack[a] = value
        return pc
    if after.is_object():
        if not value.same(NONE):
            raise init_result(value)
        stack[a] = after
        return pc
    match after.as_int():
        case After.DROP:
            return pc
        case After.NEXT | After.SEND:
            stack[a] = value
            return pc + 1
        case After.ITERATOR:
            stack[a] = checked_iterator(value)
            return pc
        case After.JUMP_IF_FALSE:
            return pc if answered_truth(session, stack[a], value) else wide(word)
        case After.JUMP_IF_TRUE:
            return wide(word) if answered_truth(session, stack[a], value) else pc
        case After.LENGTH:
            stack[a] = value if value.is_int() and value.as_int() >= 0 else Value.of_int(checked_length(session, value))
            return pc
        case After.ADVANCE:
            stack[a] = value
            return pc
        case After.TRUTH:
            stack[a] = Value.of_bool(truth(session, value))
            return pc
        case After.NOT_TRUTH:
            stack[a] = Value.of_bool(not truth(session, value))
            return pc
        case how:
            if value.same(NOT_IMPLEMENTED):
                left, right = stack[base + field_b(word)], stack[base + field_c(word)]
                value = operators.binary_after_refusal(session, how - After.BINARY, left, right)
            stack[a] = value
            return pc
