"""What instructions do that touch frames: arguments, closures, calls of what is no function of the program, faults."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array, unchecked_get, unchecked_set
from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.instructions import field_a, opcode
from tracewright.guest.placements import row_for
from tracewright.hints import (
    dont_look_inside,
    elidable,
    inlined,
    isconstant,
    promote,
    promote_few,
    unroll_safe,
    we_are_jitted,
)
from tracewright_javascript.arguments_object import JSArguments
from tracewright_javascript.arrays import JSArray
from tracewright_javascript.bytecode import CALLEE, COUNT, FIRST, NEW_TARGET, THIS, Code
from tracewright_javascript.callee_text import callee_text
from tracewright_javascript.calls import call, construct
from tracewright_javascript.conversions import to_display, to_key
from tracewright_javascript.copying import MOST_IN_TRACES, copy_properties, is_copied, shape_to_copy
from tracewright_javascript.elements import NO_ITEMS
from tracewright_javascript.errors import GuestFault, Thrown, exhausted, type_error
from tracewright_javascript.functions import JSFunction, NativeFunction, function_shape
from tracewright_javascript.iteration import Iterator, IteratorKind, append_rest
from tracewright_javascript.objects import as_object, is_callable
from tracewright_javascript.opcodes import Op
from tracewright_javascript.realm import Realm, realm_of
from tracewright_javascript.stack_traces import StackTrace, note_calls, open_trace_of
from tracewright_javascript.values import EMPTY, JSString, as_string, is_nullish
from tracewright_javascript.wrappers import to_object

CONSTRUCTIONS: Final = (Op.NEW, Op.NEW_SPREAD)
CALLS: Final = (
    Op.CALL,
    Op.CALL_FUNCTION,
    Op.NEW,
    Op.CALL_SPREAD,
    Op.NEW_SPREAD,
    Op.SUPER,
    Op.SUPER_ALL,
    Op.SUPER_SPREAD,
)


@unroll_safe
def collected(realm: Realm, iterator: Iterator) -> Value:
    """An array of what is left of an iterator."""
    source = unsafe_cast(JSArray, iterator.thing) if iterator.kind == IteratorKind.ARRAY else None
    if source is None or not source.is_dense() or iterator.is_done:
        return _collected_slowly(realm, iterator)
    start = iterator.position
    left = promote_few(max(source.count - start, 0))
    if we_are_jitted() and not (isconstant(left) and left <= MOST_IN_TRACES):
        return _collected_slowly(realm, iterator)
    items: Array[Value] = Array(left, Value.UNDEFINED)
    for index in range(left):
        item = source.at(start + index)
        if item.same(EMPTY):  # who reads a hole may run the program, which may change the array
            return _collected_slowly(realm, iterator)
        unchecked_set(items, index, item)
    iterator.position = start + left
    iterator.is_done = True
    return Value.of_object(realm.new_array(items, left))


def _collected_slowly(realm: Realm, iterator: Iterator) -> Value:
    array = realm.new_array(Array(0, Value.UNDEFINED), 0)
    append_rest(array, iterator)
    return Value.of_object(array)


@unroll_safe
def object_rest(realm: Realm, stack: VMStack, slot: int, value: Value, count: int) -> Value:
    """A copy of an object without the properties whose keys stand behind the slot."""
    source = as_object(value)
    shape = shape_to_copy(source) if source is not None and are_names(stack, slot + 1, count) else None
    if source is not None and shape is not None:
        result = realm.new_object()
        for number in range(shape.count):
            if is_copied(shape, number) and not _is_among(stack, slot + 1, count, shape.name_of(number)):
                result.add(shape.name_of(number), source.item(shape.placement.index(number)))
        return Value.of_object(result)
    return _object_rest_slowly(realm, stack, slot, value, count)


@unroll_safe
def are_names(stack: VMStack, first: int, count: int) -> bool:
    """Whether keys are strings, in traces the same ones each time."""
    for k in range(count):
        key = as_string(stack[first + k])
        if key is None or we_are_jitted() and not isconstant(promote_few(key)):
            return False
        key.text()  # flat from now on
    return True


@unroll_safe
def _is_among(stack: VMStack, first: int, count: int, name: str) -> bool:
    for k in range(count):
        key = as_string(stack[first + k])
        if key is not None and says(promote(key), name):
            return True
    return False


@elidable
def says(string: JSString, text: str) -> bool:
    """Whether a flat string has this text."""
    return string.flat == text


@dont_look_inside
def _object_rest_slowly(realm: Realm, stack: VMStack, slot: int, value: Value, count: int) -> Value:
    keys = [to_key(stack[slot + 1 + k]) for k in range(count)]
    result = realm.new_object()
    copy_properties(realm, result, value, keys)
    return Value.of_object(result)


@dont_look_inside
def as_thrown(error: Exception, code: Code, pc: int, base: int) -> Thrown:
    """What goes to the handler; the place is noted where it is thrown first."""
    realm = realm_of(code)
    if isinstance(error, Thrown):
        thrown = error
        trace = thrown.trace
        if (
            isinstance(trace, StackTrace) and base < trace.bottom
        ):  # it comes from native code that this frame has called
            trace.walk(realm.stack, code, pc, base)
    else:
        fault = error if isinstance(error, GuestFault) else exhausted(error)
        message = fault.message
        if fault.is_of_callee:
            tail = " is not a constructor" if opcode(code.words[pc]) in CONSTRUCTIONS else " is not a function"
            text = callee_text(code, pc)
            message = (text if text != "" else message) + tail
        made = _realm_of_fault(fault, code, pc, base).new_error(fault.kind, message)
        note_calls(realm, made, code, pc, base)
        thrown = Thrown(Value.of_object(made))
    if thrown.code is None:
        note_place(thrown, code, pc)
        if thrown.trace is None:
            thrown.trace = open_trace_of(thrown.value)
    return thrown


def _realm_of_fault(fault: GuestFault, code: Code, pc: int, base: int) -> Realm:
    """That of the built-in function which has been called, or of the code whose instruction fails."""
    realm, word = realm_of(code), unchecked_get(code.words, pc)
    slot = base + field_a(word) + CALLEE
    if opcode(word) in CALLS and not fault.is_of_callee and slot < realm.stack.top:
        callee = as_object(realm.stack[slot])
        if isinstance(callee, NativeFunction):
            return callee.realm
    return realm


@inlined
def next_place(code: Code, pc: int, jumps: bool) -> int:
    """Where an instruction goes on that jumps to the word behind it, or not."""
    return unchecked_get(code.words, pc) if jumps else pc + 1


def note_place(thrown: Thrown, code: Code, pc: int) -> None:
    """Note where it is thrown, in the program: what a self-hosted function throws comes from its caller's place."""
    if thrown.code is None and not code.is_self_hosted:
        thrown.code = code
        thrown.pc = pc


@dont_look_inside
def constant_text(code: Code, number: int) -> str:
    """A constant that is a string."""
    text = as_string(code.constants[number])
    return text.text() if text is not None else ""


@dont_look_inside
def uninitialized(code: Code, number: int) -> GuestFault:
    """A variable is used too early."""
    name = constant_text(code, number)
    return GuestFault("ReferenceError", f"Cannot access '{name}' before initialization")


def sloppy_this(realm: Realm, value: Value) -> Value:
    """`this` of sloppy code that was not called on an object."""
    return Value.of_object(realm.global_object if is_nullish(value) else to_object(realm, value))


@unroll_safe
def values_from(stack: VMStack, first: int, count: int) -> Array[Value]:
    """Those of adjacent slots."""
    values: Array[Value] = Array(count, Value.UNDEFINED)
    for k in range(count):
        unchecked_set(values, k, stack[first + k])
    return values


@unroll_safe
def move_row(stack: VMStack, target: int, source: int, count: int) -> None:
    """The values of adjacent slots to other ones, the first of them first."""
    for k in range(count):
        stack[target + k] = stack[source + k]


def code_at(stack: VMStack, frame: int) -> Code:
    """That of the function which a frame is prepared for."""
    return unsafe_cast(JSFunction, stack[frame + CALLEE].as_object()).code


def array_of_numbers(realm: Realm, stack: VMStack, first: int, count: int) -> JSArray:
    """An array of the numbers in adjacent slots."""
    array = realm.new_array(NO_ITEMS, 0)
    array.hold_numbers(stack, first, count)
    return array


@unroll_safe
def fill_missing(stack: VMStack, first: int, count: int, parameters: int) -> None:
    """Parameters without an argument are undefined."""
    for k in range(count, parameters):
        stack[first + k] = Value.UNDEFINED


@unroll_safe
def new_closure(code: Code, template: Code, stack: VMStack, base: int) -> Value:
    """A function with what its code says that it takes along."""
    sources = template.captures
    count = len(sources)
    captured: Array[Value] = Array(count, Value.UNDEFINED)
    for k in range(count):
        source = unchecked_get(sources, k)
        if source & 1 == 0:
            unchecked_set(captured, k, stack[base + (source >> 1)])
        else:
            outer = unsafe_cast(JSFunction, stack[base + CALLEE].as_object())
            unchecked_set(captured, k, unchecked_get(outer.captured, source >> 1))
    return Value.of_object(JSFunction(function_shape(realm_of(code), template), template, captured))


def call_native(function: NativeFunction, stack: VMStack, frame: int, count: int, target: Value) -> Value:
    """A call of a built-in; behind `new` there is a target. Raises GuestFault and Thrown."""
    if not target.same(Value.UNDEFINED) and not function.builds:
        raise type_error(f"{function.name} is not a constructor")
    if not stack.reserve(frame + FIRST + count):
        raise RecursionError
    stack[frame + NEW_TARGET] = target
    return function.function(function.realm, stack, frame, count)


@inlined
def call_plainly(function: NativeFunction, stack: VMStack, frame: int, count: int) -> Value:
    """The same where it was not called behind `new`."""
    if not stack.reserve(frame + FIRST + count):
        raise RecursionError
    stack[frame + NEW_TARGET] = Value.UNDEFINED
    return function.function(function.realm, stack, frame, count)


@dont_look_inside
def call_other(stack: VMStack, frame: int, count: int, target: Value) -> Value:
    """A call of what is neither a function of the program nor built-in. Raises GuestFault and Thrown."""
    arguments = [stack[frame + FIRST + k] for k in range(count)]
    if not stack.reserve(frame + FIRST + count):
        raise RecursionError
    function = stack[frame + CALLEE]
    if target.same(Value.UNDEFINED):
        if not is_callable(function):
            raise GuestFault("TypeError", to_display(function), True)
        return call(function, stack[frame + THIS], arguments)
    thing = as_object(function)
    new_target = as_object(target)
    if thing is None or new_target is None:
        raise GuestFault("TypeError", to_display(function), True)
    if not thing.can_construct():
        raise GuestFault("TypeError", to_display(function), True)
    return construct(thing, arguments, new_target)


def rest_array(realm: Realm, stack: VMStack, base: int, first: int) -> Value:
    """The arguments from one on, as an array."""
    count = max(promote(stack[base + COUNT].as_int()) - first, 0)
    return Value.of_object(realm.new_array(values_from(stack, base + FIRST + first, count), count))


def arguments_object(realm: Realm, code: Code, stack: VMStack, base: int, is_mapped: bool) -> Value:
    """`arguments`. In a mapped one the slots of parameters have their cells; arguments that are not there have no element."""
    count = promote(stack[base + COUNT].as_int())
    row = row_for(3)
    row[1] = Value.of_int(count)
    row[2] = realm.array_values
    shape = realm.strict_arguments_shape if code.is_strict else realm.arguments_shape
    if code.is_strict or not is_mapped:
        shape = realm.strict_arguments_shape
        row[3] = Value.of_object(realm.thrower)
    else:
        row[3] = stack[base + CALLEE]
    return Value.of_object(JSArguments(shape, row, values_from(stack, base + FIRST, count)))


@dont_look_inside
def rest_of_arguments(realm: Realm, value: Value, first: int) -> Value:
    """The same where the function has an arguments object, too: the slots are not all what they were."""
    arguments = unsafe_cast(JSArguments, value.as_object())
    return Value.of_object(realm.array_of([arguments.items[k] for k in range(first, len(arguments.items))]))


@unroll_safe
def spread_arguments(stack: VMStack, frame: int, value: Value) -> int:
    """Put the elements of an array where the arguments of a call lie; gives their number."""
    array = unsafe_cast(JSArray, value.as_object())
    count = promote(array.count)
    if not stack.reserve(frame + FIRST + count):
        raise RecursionError
    for index in range(count):
        item = array.at(index)
        stack[frame + FIRST + index] = Value.UNDEFINED if item.same(EMPTY) else item
    return count


def append_hole(array: JSArray) -> None:
    """A hole in an array literal."""
    array.reserve(array.count + 1)
