"""The interpreter: one loop over register code; calls between functions of the program stay in it."""

from __future__ import annotations

from tracewright.core.arrays import Array, unchecked_get, unchecked_set
from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.frames import base_delta, caller_code, push_link, return_pc
from tracewright.guest.handler_table import NONE
from tracewright.guest.instructions import field_a, field_b, field_c, opcode, wide
from tracewright.guest.sites import PropertySite
from tracewright.hints import JitDriver, dont_look_inside, promote, unroll_safe
from tracewright_javascript import arithmetic
from tracewright_javascript.access import (
    copy_properties,
    delete_property,
    get_index,
    get_property,
    has_key,
    require_object,
    set_index,
    set_property,
)
from tracewright_javascript.arrays import JSArray
from tracewright_javascript.bytecode import CALLEE, COUNT, FIRST, NEW_TARGET, THIS, Code, describe
from tracewright_javascript.calls import call, construct
from tracewright_javascript.construction import (
    bind_this,
    check_this,
    hand_on_arguments,
    instance_for,
    is_ordinary_instance,
    new_class,
    parent_constructor,
    set_super,
    super_index,
    super_property,
)
from tracewright_javascript.conversions import get_method, to_display, to_int32, to_key, to_string, truth
from tracewright_javascript.definitions import (
    check_declaration,
    declare,
    define_at_site,
    define_computed,
    initialize,
    key_as_value,
    load_uncommon,
    set_function_name,
    set_literal_prototype,
    store_uncommon,
    type_of_global,
)
from tracewright_javascript.errors import GuestFault, Thrown, type_error
from tracewright_javascript.functions import JSFunction, NativeFunction
from tracewright_javascript.global_object import GlobalCell
from tracewright_javascript.iteration import Iterator, append_rest, iterator_of, keys_of
from tracewright_javascript.keys import HAS_INSTANCE
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.opcodes import Op
from tracewright_javascript.realm import Realm
from tracewright_javascript.values import EMPTY, Cell, as_string, int_number, is_nullish
from tracewright_javascript.wrappers import to_object

driver = JitDriver(greens=("code", "pc"), reds=("stack", "base", "bottom"), location=describe)


def run(code: Code, pc: int, stack: VMStack, base: int) -> Value:
    """Run the frame at `base` until it returns. Raises Thrown."""
    bottom = base
    driver.can_enter_jit(code, pc, stack, base, bottom)
    while True:
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
                    case Op.CAPTURED:
                        function = unsafe_cast(JSFunction, stack[base + CALLEE].as_object())
                        stack[a] = unchecked_get(function.captured, number)
                    case Op.NEW_CELL:
                        stack[a] = Value.of_object(Cell(stack[b]))
                    case Op.LOAD_CELL:
                        stack[a] = unsafe_cast(Cell, stack[b].as_object()).value
                    case Op.STORE_CELL:
                        unsafe_cast(Cell, stack[b].as_object()).value = stack[a]
                    case Op.CHECK:
                        if stack[a].same(EMPTY):
                            raise uninitialized(code, number)
                    case Op.LOAD_GLOBAL:
                        read_cell = unsafe_cast(GlobalCell, code.object(number))
                        global_value = read_cell.read()
                        if global_value.same(EMPTY):
                            global_value = load_uncommon(realm_of(code), read_cell)
                        stack[a] = global_value
                    case Op.STORE_GLOBAL:
                        cell = unsafe_cast(GlobalCell, code.object(number))
                        if cell.is_guarded:
                            store_uncommon(realm_of(code), cell, stack[a], code.is_strict)
                        else:
                            cell.write(stack[a])
                    case Op.INITIALIZE_GLOBAL:
                        initialize(realm_of(code), unsafe_cast(GlobalCell, code.object(number)), stack[a])
                    case Op.CHECK_GLOBAL:
                        check_declaration(realm_of(code), field_a(word), constant_text(code, number))
                    case Op.DECLARE_GLOBAL:
                        declare(realm_of(code), field_a(word), constant_text(code, number))
                    case Op.TYPEOF_GLOBAL:
                        stack[a] = type_of_global(realm_of(code), unsafe_cast(GlobalCell, code.object(number)))
                    case Op.ADD:
                        stack[a] = arithmetic.add(stack[b], stack[c])
                    case Op.SUBTRACT:
                        stack[a] = arithmetic.subtract(stack[b], stack[c])
                    case Op.MULTIPLY:
                        stack[a] = arithmetic.multiply(stack[b], stack[c])
                    case Op.DIVIDE:
                        stack[a] = arithmetic.divide(stack[b], stack[c])
                    case Op.REMAINDER:
                        stack[a] = arithmetic.remainder(stack[b], stack[c])
                    case Op.POWER:
                        stack[a] = arithmetic.exponentiate(stack[b], stack[c])
                    case Op.BITWISE_AND:
                        stack[a] = arithmetic.bitwise_and(stack[b], stack[c])
                    case Op.BITWISE_OR:
                        stack[a] = arithmetic.bitwise_or(stack[b], stack[c])
                    case Op.BITWISE_XOR:
                        stack[a] = arithmetic.bitwise_xor(stack[b], stack[c])
                    case Op.SHIFT_LEFT:
                        stack[a] = arithmetic.shift_left(stack[b], stack[c])
                    case Op.SHIFT_RIGHT:
                        stack[a] = arithmetic.shift_right(stack[b], stack[c])
                    case Op.SHIFT_RIGHT_UNSIGNED:
                        stack[a] = arithmetic.shift_right_unsigned(stack[b], stack[c])
                    case Op.LESS:
                        stack[a] = Value.of_bool(arithmetic.less(stack[b], stack[c]))
                    case Op.LESS_EQUAL:
                        stack[a] = Value.of_bool(arithmetic.less_equal(stack[b], stack[c]))
                    case Op.GREATER:
                        stack[a] = Value.of_bool(arithmetic.less(stack[c], stack[b]))
                    case Op.GREATER_EQUAL:
                        stack[a] = Value.of_bool(arithmetic.less_equal(stack[c], stack[b]))
                    case Op.EQUAL:
                        stack[a] = Value.of_bool(arithmetic.equal(stack[b], stack[c]))
                    case Op.NOT_EQUAL:
                        stack[a] = Value.of_bool(not arithmetic.equal(stack[b], stack[c]))
                    case Op.SAME:
                        stack[a] = Value.of_bool(arithmetic.same_value(stack[b], stack[c]))
                    case Op.NOT_SAME:
                        stack[a] = Value.of_bool(not arithmetic.same_value(stack[b], stack[c]))
                    case Op.IN:
                        stack[a] = Value.of_bool(has_key(stack[c], stack[b]))
                    case Op.INSTANCEOF:
                        stack[a] = Value.of_bool(is_instance(stack[b], stack[c]))
                    case Op.NEGATE:
                        stack[a] = arithmetic.negate(stack[b])
                    case Op.TO_NUMBER:
                        stack[a] = arithmetic.as_numeric(stack[b])
                    case Op.NOT:
                        stack[a] = Value.of_bool(not truth(stack[b]))
                    case Op.BITWISE_NOT:
                        stack[a] = Value.of_int(~to_int32(stack[b]))
                    case Op.TYPEOF:
                        stack[a] = arithmetic.type_of(stack[b])
                    case Op.INCREMENT:
                        stack[a] = changed(stack[b], 1)
                    case Op.DECREMENT:
                        stack[a] = changed(stack[b], -1)
                    case Op.TO_STRING:
                        stack[a] = Value.of_object(to_string(stack[b]))
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
                    case Op.JUMP_IF_NULLISH:
                        if is_nullish(stack[a]):
                            pc = number
                    case Op.JUMP_IF_DEFINED:
                        if not stack[a].same(Value.UNDEFINED):
                            pc = number
                    case Op.JUMP_IF_NOT_NULLISH:
                        if not is_nullish(stack[a]):
                            pc = number
                    case Op.GET:
                        site = unsafe_cast(PropertySite, code.object(field_c(word)))
                        stack[a] = get_property(realm_of(code), stack[b], site)
                    case Op.SET:
                        set_site = unsafe_cast(PropertySite, code.object(field_c(word)))
                        set_property(realm_of(code), stack[a], set_site, stack[b], code.is_strict)
                    case Op.GET_INDEX:
                        stack[a] = get_index(realm_of(code), stack[b], stack[c])
                    case Op.SET_INDEX:
                        set_index(realm_of(code), stack[a], stack[b], stack[c], code.is_strict)
                    case Op.DELETE:
                        stack[a] = delete_property(realm_of(code), stack[b], stack[c], code.is_strict)
                    case Op.NEW_OBJECT:
                        stack[a] = Value.of_object(realm_of(code).new_object())
                    case Op.NEW_ARRAY:
                        count = field_c(word)
                        items = values_from(stack, b, count)
                        stack[a] = Value.of_object(realm_of(code).new_array(items, count))
                    case Op.DEFINE:
                        object_site = unsafe_cast(PropertySite, code.object(field_c(word)))
                        define_at_site(unsafe_cast(JSObject, stack[a].as_object()), object_site, stack[b])
                    case Op.CLOSURE:
                        stack[a] = new_closure(code, unsafe_cast(Code, code.object(number)), stack, base)
                    case Op.CALL | Op.NEW | Op.SUPER | Op.SUPER_ALL:
                        how = opcode(word)
                        if how >= Op.SUPER:
                            if how == Op.SUPER_ALL:
                                number = hand_on_arguments(stack, base, a)
                            stack[a + CALLEE] = parent_constructor(stack[base + CALLEE])
                        target = Value.UNDEFINED
                        if how != Op.CALL:
                            target = stack[base + NEW_TARGET] if how >= Op.SUPER else stack[a + CALLEE]
                        thing = as_object(stack[a + CALLEE])
                        if isinstance(thing, NativeFunction):
                            stack[a] = call_native(promote(thing), stack, a, number, target)
                            stack.reserve(base + code.frame_size)
                            continue
                        if not isinstance(thing, JSFunction):
                            stack[a] = call_other(stack, a, number, target)
                            stack.reserve(base + code.frame_size)
                            continue
                        callee = promote(thing.code)  # not the closure: a trace goes for all closures of one code
                        if not stack.reserve(a + max(callee.frame_size, FIRST + number)):
                            raise RecursionError
                        if how == Op.CALL:
                            if callee.is_class:
                                raise type_error(f"Class constructor {callee.name} cannot be invoked without 'new'")
                        else:
                            if not callee.is_constructor:
                                raise type_error(f"{callee.name} is not a constructor")
                            stack[a + THIS] = instance_for(target, callee)
                        stack[a + NEW_TARGET] = target
                        stack[a + COUNT] = Value.of_int(number)
                        fill_missing(stack, a + FIRST, number, callee.parameters)
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
                        if not stack[base + NEW_TARGET].same(Value.UNDEFINED) and as_object(value) is None:
                            if code.is_derived and not value.same(Value.UNDEFINED):
                                raise type_error("Derived constructors may only return object or undefined")
                            value = stack[base + THIS]
                            check_this(value)
                        if base == bottom:
                            return value
                        code = promote(unsafe_cast(Code, caller_code(stack, base)))
                        pc = promote(return_pc(stack, base))
                        below = promote(base_delta(stack, base))
                        stack[base] = value
                        base -= below
                        stack.reserve(base + code.frame_size)
                    case Op.THROW:
                        raise Thrown(stack[a])
                    case Op.ARGUMENTS:
                        stack[a] = arguments_from(realm_of(code), stack, base, 0)
                    case Op.REST:
                        stack[a] = arguments_from(realm_of(code), stack, base, number)
                    case Op.SLOPPY_THIS:
                        if as_object(stack[base + THIS]) is None:
                            stack[base + THIS] = sloppy_this(realm_of(code), stack[base + THIS])
                    case Op.KEYS:
                        stack[a] = Value.of_object(keys_of(realm_of(code), stack[b]))
                    case Op.ITERATE:
                        stack[a] = Value.of_object(iterator_of(stack[b]))
                    case Op.NEXT:
                        next_value = unsafe_cast(Iterator, stack[b].as_object()).next()
                        if next_value.same(EMPTY):
                            pc = unchecked_get(code.words, pc)
                        else:
                            stack[a] = next_value
                            pc += 1
                    case Op.COLLECT:
                        stack[a] = collected(realm_of(code), unsafe_cast(Iterator, stack[b].as_object()))
                    case Op.NEXT_OR_UNDEFINED:
                        next_item = unsafe_cast(Iterator, stack[b].as_object()).next()
                        stack[a] = Value.UNDEFINED if next_item.same(EMPTY) else next_item
                    case Op.REQUIRE_OBJECT:
                        require_object(stack[a])
                    case Op.OBJECT_REST:
                        stack[a] = object_rest(realm_of(code), stack, a, stack[b], field_c(word))
                    case Op.APPEND:
                        unsafe_cast(JSArray, stack[a].as_object()).push(stack[b])
                    case Op.APPEND_ALL:
                        append_rest(unsafe_cast(JSArray, stack[a].as_object()), iterator_of(stack[b]))
                    case Op.CLASS:
                        parent = stack[a] if field_b(word) == 1 else EMPTY
                        template = unsafe_cast(Code, code.object(field_c(word)))
                        stack[a] = new_class(realm_of(code), new_closure(code, template, stack, base), parent)
                    case Op.SET_HOME:
                        unsafe_cast(JSFunction, stack[a].as_object()).make_facts().home = as_object(stack[b])
                    case Op.SET_NAME:
                        set_function_name(realm_of(code), stack[a], stack[b], field_c(word))
                    case Op.SET_FIELDS:
                        unsafe_cast(JSFunction, stack[a].as_object()).make_facts().fields = stack[b]
                    case Op.FIELDS:
                        stack[a] = unsafe_cast(JSFunction, stack[b].as_object()).fields()
                    case Op.DEFINE_COMPUTED | Op.DEFINE_METHOD | Op.DEFINE_GETTER | Op.DEFINE_SETTER | Op.HIDE:
                        define_computed(opcode(word), stack[a], stack[b], stack[c])
                    case Op.TO_KEY:
                        stack[a] = key_as_value(realm_of(code), stack[b])
                    case Op.SET_PROTOTYPE:
                        set_literal_prototype(stack[a], stack[b])
                    case Op.COPY_PROPERTIES:
                        copy_properties(realm_of(code), unsafe_cast(JSObject, stack[a].as_object()), stack[b], [])
                    case Op.SUPER_GET:
                        super_site = unsafe_cast(PropertySite, code.object(field_c(word)))
                        stack[a] = super_property(stack[b], super_site.name, stack[b + 1])
                    case Op.SUPER_GET_INDEX:
                        stack[a] = super_index(stack[b], stack[c], stack[b + 1])
                    case Op.SUPER_SET:
                        set_super(stack[b], stack[a], stack[c], stack[b + 1], code.is_strict)
                    case Op.BIND_THIS:
                        bind_this(stack, base, stack[a])
                    case Op.CHECK_THIS:
                        check_this(stack[a])
                    case Op.FAIL:
                        raise type_error(constant_text(code, number))
                    case _:
                        raise AssertionError("unknown operation")
        except (Thrown, GuestFault, RecursionError) as error:
            thrown = as_thrown(error, code, pc - 1)
            while True:
                row = code.handlers.find(pc - 1)
                if row != NONE:
                    break
                if base == bottom:
                    raise thrown
                code = unsafe_cast(Code, caller_code(stack, base))
                pc = return_pc(stack, base)
                base -= base_delta(stack, base)
            stack.reserve(base + code.frame_size)
            stack[base + code.handlers.slot(row)] = thrown.value
            pc = code.handlers.target(row)


def collected(realm: Realm, iterator: Iterator) -> Value:
    """An array of what is left of an iterator."""
    array = realm.new_array(Array(0, Value.UNDEFINED), 0)
    append_rest(array, iterator)
    return Value.of_object(array)


@dont_look_inside
def object_rest(realm: Realm, stack: VMStack, slot: int, value: Value, count: int) -> Value:
    """A copy of an object without the properties whose keys stand behind the slot."""
    keys = [to_key(stack[slot + 1 + k]) for k in range(count)]
    result = realm.new_object()
    copy_properties(realm, result, value, keys)
    return Value.of_object(result)


@dont_look_inside
def as_thrown(error: Exception, code: Code, pc: int) -> Thrown:
    """What goes to the handler; the place is noted where it is thrown first."""
    if isinstance(error, Thrown):
        thrown = error
    elif isinstance(error, GuestFault):
        thrown = Thrown(realm_of(code).error_of(error))
    else:
        thrown = Thrown(realm_of(code).error_of(GuestFault("RangeError", "Maximum call stack size exceeded")))
    if thrown.line == 0:
        span = code.span_at(pc)
        thrown.line = span.line
        thrown.column = span.column
    return thrown


def realm_of(code: Code) -> Realm:
    """The realm that code was compiled for."""
    return unsafe_cast(Realm, code.realm)


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


def changed(value: Value, by: int) -> Value:
    """One more or one less."""
    if value.is_int():
        return int_number(value.as_int() + by)
    return arithmetic.add(arithmetic.as_numeric(value), Value.of_int(by))


@unroll_safe
def values_from(stack: VMStack, first: int, count: int) -> Array[Value]:
    """Those of adjacent slots."""
    values: Array[Value] = Array(count, Value.UNDEFINED)
    for k in range(count):
        unchecked_set(values, k, stack[first + k])
    return values


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
    return Value.of_object(JSFunction(realm_of(code).function_shape, template, captured))


def call_native(function: NativeFunction, stack: VMStack, frame: int, count: int, target: Value) -> Value:
    """A call of a built-in; behind `new` there is a target. Raises GuestFault and Thrown."""
    if not target.same(Value.UNDEFINED) and not function.builds:
        raise type_error(f"{function.name} is not a constructor")
    if not stack.reserve(frame + FIRST + count):
        raise RecursionError
    stack[frame + NEW_TARGET] = target
    return function.function(function.realm, stack, frame, count)


@dont_look_inside
def call_other(stack: VMStack, frame: int, count: int, target: Value) -> Value:
    """A call of what is neither a function of the program nor built-in. Raises GuestFault and Thrown."""
    arguments = [stack[frame + FIRST + k] for k in range(count)]
    if not stack.reserve(frame + FIRST + count):
        raise RecursionError
    function = stack[frame + CALLEE]
    if target.same(Value.UNDEFINED):
        return call(function, stack[frame + THIS], arguments)
    thing = as_object(function)
    new_target = as_object(target)
    if thing is None or new_target is None:
        raise type_error(f"{to_display(function)} is not a constructor")
    return construct(thing, arguments, new_target)


def arguments_from(realm: Realm, stack: VMStack, base: int, first: int) -> Value:
    """The arguments from one on, as an array."""
    count = max(promote(stack[base + COUNT].as_int()) - first, 0)
    return Value.of_object(realm.new_array(values_from(stack, base + FIRST + first, count), count))


@dont_look_inside
def is_instance(value: Value, function: Value) -> bool:
    """`value instanceof function`. Raises GuestFault and Thrown."""
    constructor = as_object(function)
    if constructor is None:
        raise type_error("Right-hand side of 'instanceof' is not an object")
    method = get_method(constructor, HAS_INSTANCE.name)
    if not method.same(Value.UNDEFINED):
        return truth(call(method, function, [value]))
    if not constructor.can_call():
        raise type_error("Right-hand side of 'instanceof' is not callable")
    return is_ordinary_instance(constructor, value)


def run_script(realm: Realm, code: Code) -> Value:
    """Run a compiled script. Raises Thrown."""
    stack = realm.stack
    stack.reserve(max(code.frame_size, FIRST))
    stack[CALLEE] = Value.UNDEFINED
    stack[THIS] = Value.of_object(realm.global_object)
    stack[NEW_TARGET] = Value.UNDEFINED
    stack[COUNT] = Value.of_int(0)
    return run(code, 0, stack, 0)
