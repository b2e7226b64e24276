"""The interpreter: one loop over register code; calls between functions of the program stay in it."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import unchecked_get
from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.frames import (
    LINK_SLOTS,
    base_delta,
    caller_code,
    count_value,
    mark_outermost,
    push_link,
    return_pc,
)
from tracewright.guest.handler_table import NONE
from tracewright.guest.instructions import field_a, field_b, field_c, opcode, wide
from tracewright.guest.objects import GuestObject
from tracewright.guest.suspended import resume
from tracewright.hints import JitDriver, promote, promote_few, we_are_jitted
from tracewright_javascript import arithmetic, divisions
from tracewright_javascript.access import (
    get_index,
    get_or_getter,
    has_key,
    length_or_getter,
    set_index,
    set_or_setter,
)
from tracewright_javascript.arrays import JSArray
from tracewright_javascript.async_generators import (
    AsyncGenerator,
    async_yield,
    end_async,
    end_async_generator,
    end_by_error,
    new_activation,
    new_generator,
    promise_of,
)
from tracewright_javascript.async_iteration import (
    delegate,
)
from tracewright_javascript.builtins.array_access import create_item, index_in, item_or_empty
from tracewright_javascript.bytecode import CALLEE, COUNT, FIRST, NEW_TARGET, NO_SLOT, THIS, Code, CodeKind, describe
from tracewright_javascript.calls import call
from tracewright_javascript.concatenation import concatenation, piece_of, piece_of_operand
from tracewright_javascript.construction import (
    check_this,
    hand_on_arguments,
    instance_for,
)
from tracewright_javascript.conversions import to_string, truth
from tracewright_javascript.definitions import (
    define_at_site,
    load_uncommon,
    store_uncommon,
)
from tracewright_javascript.elements import NO_ITEMS
from tracewright_javascript.errors import GuestFault, Thrown, type_error
from tracewright_javascript.evaluation import EvalSite, direct_eval
from tracewright_javascript.forwarded_calls import forward_call
from tracewright_javascript.frame_tools import (
    arguments_object,
    array_of_numbers,
    as_thrown,
    call_native,
    call_other,
    call_plainly,
    code_at,
    fill_missing,
    move_row,
    new_closure,
    next_place,
    note_place,
    rest_array,
    sloppy_this,
    spread_arguments,
    uninitialized,
    values_from,
)
from tracewright_javascript.functions import JSFunction, NativeFunction, Special, function_or_none
from tracewright_javascript.generators import JSGenerator, Resumable, Resumption, result_object
from tracewright_javascript.global_object import GlobalCell
from tracewright_javascript.instances import is_instance
from tracewright_javascript.iteration import (
    Iterator,
    IteratorKind,
    array_to_spread,
    iterator_of,
    result_done,
    result_value,
)
from tracewright_javascript.keys import JSSymbol
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.opcodes import Op
from tracewright_javascript.private_names import (
    get_private,
    set_private,
)
from tracewright_javascript.promises import await_value
from tracewright_javascript.read_sites import ReadSite
from tracewright_javascript.realm import Realm, realm_of
from tracewright_javascript.self_hosting import code_to_run
from tracewright_javascript.stack_traces import link_native
from tracewright_javascript.uncommon_instructions import run_uncommon
from tracewright_javascript.values import EMPTY, Cell, is_nullish
from tracewright_javascript.write_sites import WriteSite

RETURNED: Final = 0  # how a generator's frame is left: with a value for whoever resumed it
YIELDED: Final = 1  # with the next value of a generator
ENDED: Final = 2  # with the last one


driver = JitDriver(greens=("code", "pc"), reds=("stack", "base", "bottom"), location=describe, small_ints=True)


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
                        continue
                    case Op.MOVE_ROW:
                        move_row(stack, a, b, field_c(word))
                        continue
                    case Op.CONSTANT:
                        stack[a] = unchecked_get(code.constants, number)
                        continue
                    case Op.CAPTURED:
                        function = unsafe_cast(JSFunction, stack[base + CALLEE].as_object())
                        stack[a] = unchecked_get(function.captured, number)
                        continue
                    case Op.NEW_CELL:
                        stack[a] = Value.of_object(Cell(stack[b]))
                        continue
                    case Op.LOAD_CELL:
                        stack[a] = unsafe_cast(Cell, stack[b].as_object()).value
                        continue
                    case Op.STORE_CELL:
                        unsafe_cast(Cell, stack[b].as_object()).value = stack[a]
                        continue
                    case Op.CHECK:
                        if stack[a].same(EMPTY):
                            raise uninitialized(code, number)
                        continue
                    case Op.LOAD_GLOBAL:
                        read_cell = unsafe_cast(GlobalCell, code.object(number))
                        global_value = read_cell.read()
                        if global_value.same(EMPTY):
                            global_value = load_uncommon(realm_of(code), read_cell)
                        stack[a] = global_value
                        continue
                    case Op.STORE_GLOBAL:
                        cell = unsafe_cast(GlobalCell, code.object(number))
                        if cell.is_guarded:
                            store_uncommon(realm_of(code), cell, stack[a], code.is_strict)
                        else:
                            cell.write(stack[a])
                        continue
                    case Op.ADD:
                        stack[a] = arithmetic.add(stack[b], stack[c])
                        continue
                    case Op.SUBTRACT:
                        stack[a] = arithmetic.subtract(stack[b], stack[c])
                        continue
                    case Op.MULTIPLY:
                        stack[a] = arithmetic.multiply(stack[b], stack[c])
                        continue
                    case Op.DIVIDE:
                        stack[a] = divisions.divide(code, pc - 1, stack[b], stack[c])
                        continue
                    case Op.REMAINDER:
                        stack[a] = arithmetic.remainder(stack[b], stack[c])
                        continue
                    case Op.POWER:
                        stack[a] = arithmetic.exponentiate(stack[b], stack[c])
                        continue
                    case Op.BITWISE_AND:
                        stack[a] = arithmetic.bitwise_and(stack[b], stack[c])
                        continue
                    case Op.BITWISE_OR:
                        stack[a] = arithmetic.bitwise_or(stack[b], stack[c])
                        continue
                    case Op.BITWISE_XOR:
                        stack[a] = arithmetic.bitwise_xor(stack[b], stack[c])
                        continue
                    case Op.SHIFT_LEFT:
                        stack[a] = arithmetic.shift_left(stack[b], stack[c])
                        continue
                    case Op.SHIFT_RIGHT:
                        stack[a] = arithmetic.shift_right(stack[b], stack[c])
                        continue
                    case Op.SHIFT_RIGHT_UNSIGNED:
                        stack[a] = arithmetic.shift_right_unsigned(stack[b], stack[c])
                        continue
                    case Op.LESS:
                        stack[a] = Value.of_bool(arithmetic.less(stack[b], stack[c]))
                        continue
                    case Op.LESS_EQUAL:
                        stack[a] = Value.of_bool(arithmetic.less_equal(stack[b], stack[c]))
                        continue
                    case Op.GREATER:
                        stack[a] = Value.of_bool(arithmetic.greater(stack[b], stack[c]))
                        continue
                    case Op.GREATER_EQUAL:
                        stack[a] = Value.of_bool(arithmetic.greater_equal(stack[b], stack[c]))
                        continue
                    case Op.EQUAL:
                        stack[a] = Value.of_bool(arithmetic.equal(stack[b], stack[c]))
                        continue
                    case Op.NOT_EQUAL:
                        stack[a] = Value.of_bool(not arithmetic.equal(stack[b], stack[c]))
                        continue
                    case Op.SAME:
                        stack[a] = Value.of_bool(arithmetic.same_value(stack[b], stack[c]))
                        continue
                    case Op.NOT_SAME:
                        stack[a] = Value.of_bool(not arithmetic.same_value(stack[b], stack[c]))
                        continue
                    case Op.IN:
                        stack[a] = Value.of_bool(has_key(stack[c], stack[b]))
                        continue
                    case Op.INSTANCEOF:
                        stack[a] = Value.of_bool(is_instance(realm_of(code), stack[b], stack[c]))
                        continue
                    case Op.NEGATE:
                        stack[a] = arithmetic.negate(stack[b])
                        continue
                    case Op.TO_NUMBER:
                        stack[a] = arithmetic.as_number_value(stack[b])
                        continue
                    case Op.NOT:
                        stack[a] = Value.of_bool(not truth(stack[b]))
                        continue
                    case Op.BITWISE_NOT:
                        stack[a] = arithmetic.bitwise_not(stack[b])
                        continue
                    case Op.TYPEOF:
                        stack[a] = arithmetic.type_of(stack[b])
                        continue
                    case Op.INCREMENT:
                        stack[a] = arithmetic.changed(stack[b], 1)
                        continue
                    case Op.DECREMENT:
                        stack[a] = arithmetic.changed(stack[b], -1)
                        continue
                    case Op.TO_STRING:
                        stack[a] = Value.of_object(to_string(stack[b]))
                        continue
                    case Op.TO_PIECE:
                        stack[a] = piece_of(stack[b])
                        continue
                    case Op.TO_OPERAND_PIECE:
                        stack[a] = piece_of_operand(stack[b])
                        continue
                    case Op.CONCATENATE:
                        stack[a] = concatenation(values_from(stack, b, field_c(word)))
                        continue
                    case Op.JUMP:
                        pc = number
                        continue
                    case Op.REPEAT:
                        pc = number
                        driver.can_enter_jit(code, pc, stack, base, bottom)
                        continue
                    case Op.REPEAT_LESS:
                        if arithmetic.less(stack[a], stack[b]):
                            pc = unchecked_get(code.words, pc)
                            driver.can_enter_jit(code, pc, stack, base, bottom)
                        else:
                            pc += 1
                        continue
                    case Op.REPEAT_LESS_CONSTANT:
                        if arithmetic.less(stack[a], unchecked_get(code.constants, field_b(word))):
                            pc = unchecked_get(code.words, pc)
                            driver.can_enter_jit(code, pc, stack, base, bottom)
                        else:
                            pc += 1
                        continue
                    case Op.JUMP_IF_FALSE:
                        if not truth(stack[a]):
                            pc = number
                        continue
                    case Op.JUMP_IF_TRUE:
                        if truth(stack[a]):
                            pc = number
                        continue
                    case Op.JUMP_IF_NULLISH:
                        if is_nullish(stack[a]):
                            pc = number
                        continue
                    case Op.JUMP_IF_DEFINED:
                        if not stack[a].same(Value.UNDEFINED):
                            pc = number
                        continue
                    case Op.JUMP_IF_EMPTY:
                        if stack[a].same(EMPTY):
                            pc = number
                        continue
                    case Op.JUMP_IF_NOT_NULLISH:
                        if not is_nullish(stack[a]):
                            pc = number
                        continue
                    case Op.JUMP_LESS:
                        pc = next_place(code, pc, int(arithmetic.less(stack[a], stack[b])) == field_c(word))
                        continue
                    case Op.JUMP_LESS_EQUAL:
                        pc = next_place(code, pc, int(arithmetic.less_equal(stack[a], stack[b])) == field_c(word))
                        continue
                    case Op.JUMP_GREATER:
                        pc = next_place(code, pc, int(arithmetic.greater(stack[a], stack[b])) == field_c(word))
                        continue
                    case Op.JUMP_GREATER_EQUAL:
                        pc = next_place(code, pc, int(arithmetic.greater_equal(stack[a], stack[b])) == field_c(word))
                        continue
                    case Op.JUMP_EQUAL:
                        pc = next_place(code, pc, int(arithmetic.equal(stack[a], stack[b])) == field_c(word))
                        continue
                    case Op.JUMP_SAME:
                        pc = next_place(code, pc, int(arithmetic.same_value(stack[a], stack[b])) == field_c(word))
                        continue
                    case Op.ADD_CONSTANT:
                        stack[a] = arithmetic.add(stack[b], unchecked_get(code.constants, field_c(word)))
                        continue
                    case Op.SUBTRACT_CONSTANT:
                        stack[a] = arithmetic.subtract(stack[b], unchecked_get(code.constants, field_c(word)))
                        continue
                    case Op.MULTIPLY_CONSTANT:
                        stack[a] = arithmetic.multiply(stack[b], unchecked_get(code.constants, field_c(word)))
                        continue
                    case Op.DIVIDE_CONSTANT:
                        stack[a] = divisions.divide(
                            code, pc - 1, stack[b], unchecked_get(code.constants, field_c(word))
                        )
                        continue
                    case Op.REMAINDER_CONSTANT:
                        stack[a] = arithmetic.remainder(stack[b], unchecked_get(code.constants, field_c(word)))
                        continue
                    case Op.BITWISE_AND_CONSTANT:
                        stack[a] = arithmetic.bitwise_and(stack[b], unchecked_get(code.constants, field_c(word)))
                        continue
                    case Op.BITWISE_OR_CONSTANT:
                        stack[a] = arithmetic.bitwise_or(stack[b], unchecked_get(code.constants, field_c(word)))
                        continue
                    case Op.BITWISE_XOR_CONSTANT:
                        stack[a] = arithmetic.bitwise_xor(stack[b], unchecked_get(code.constants, field_c(word)))
                        continue
                    case Op.SHIFT_LEFT_CONSTANT:
                        stack[a] = arithmetic.shift_left(stack[b], unchecked_get(code.constants, field_c(word)))
                        continue
                    case Op.SHIFT_RIGHT_CONSTANT:
                        stack[a] = arithmetic.shift_right(stack[b], unchecked_get(code.constants, field_c(word)))
                        continue
                    case Op.SHIFT_RIGHT_UNSIGNED_CONSTANT:
                        stack[a] = arithmetic.shift_right_unsigned(
                            stack[b], unchecked_get(code.constants, field_c(word))
                        )
                        continue
                    case Op.GET_INDEX_CONSTANT:
                        stack[a] = get_index(code, stack[b], unchecked_get(code.constants, field_c(word)))
                        continue
                    case Op.JUMP_LESS_CONSTANT:
                        holds = arithmetic.less(stack[a], unchecked_get(code.constants, field_b(word)))
                        pc = next_place(code, pc, int(holds) == field_c(word))
                        continue
                    case Op.JUMP_LESS_EQUAL_CONSTANT:
                        holds = arithmetic.less_equal(stack[a], unchecked_get(code.constants, field_b(word)))
                        pc = next_place(code, pc, int(holds) == field_c(word))
                        continue
                    case Op.JUMP_GREATER_CONSTANT:
                        holds = arithmetic.greater(stack[a], unchecked_get(code.constants, field_b(word)))
                        pc = next_place(code, pc, int(holds) == field_c(word))
                        continue
                    case Op.JUMP_GREATER_EQUAL_CONSTANT:
                        holds = arithmetic.greater_equal(stack[a], unchecked_get(code.constants, field_b(word)))
                        pc = next_place(code, pc, int(holds) == field_c(word))
                        continue
                    case Op.JUMP_EQUAL_CONSTANT:
                        holds = arithmetic.equal(stack[a], unchecked_get(code.constants, field_b(word)))
                        pc = next_place(code, pc, int(holds) == field_c(word))
                        continue
                    case Op.JUMP_SAME_CONSTANT:
                        holds = arithmetic.same_value(stack[a], unchecked_get(code.constants, field_b(word)))
                        pc = next_place(code, pc, int(holds) == field_c(word))
                        continue
                    case Op.JUMP_SAME_TEXT:
                        holds = arithmetic.is_text(stack[a], unchecked_get(code.constants, field_b(word)))
                        pc = next_place(code, pc, int(holds) == field_c(word))
                        continue
                    case Op.SET:
                        set_site = unsafe_cast(WriteSite, unsafe_cast(GuestObject, code.object(field_c(word))))
                        setter = set_or_setter(code, stack[a], set_site, stack[b], stack, base)
                        if setter is None:
                            continue
                        entered = setter
                        a = base + code.frame_size  # where a call of the setter has been prepared
                        number = 1
                    case Op.GET_INDEX:
                        stack[a] = get_index(code, stack[b], stack[c])
                        continue
                    case Op.GET_IF_PRESENT:
                        stack[a] = item_or_empty(unsafe_cast(JSObject, stack[b].as_object()), index_in(stack[c]))
                        continue
                    case Op.CREATE_ITEM:
                        create_item(unsafe_cast(JSObject, stack[a].as_object()), index_in(stack[b]), stack[c])
                        continue
                    case Op.SET_INDEX:
                        set_index(code, stack[a], stack[b], stack[c])
                        continue
                    case Op.NEW_OBJECT:
                        stack[a] = Value.of_object(realm_of(code).new_literal(field_b(word)))
                        continue
                    case Op.NEW_ARRAY:
                        count = field_c(word)
                        items = values_from(stack, b, count) if count > 0 else NO_ITEMS
                        stack[a] = Value.of_object(realm_of(code).new_array(items, count))
                        continue
                    case Op.NEW_NUMBERS:
                        stack[a] = Value.of_object(array_of_numbers(realm_of(code), stack, b, field_c(word)))
                        continue
                    case Op.DEFINE:
                        object_site = unsafe_cast(WriteSite, unsafe_cast(GuestObject, code.object(field_c(word))))
                        define_at_site(unsafe_cast(JSObject, stack[a].as_object()), object_site, stack[b])
                        continue
                    case Op.CLOSURE:
                        stack[a] = new_closure(code, unsafe_cast(Code, code.object(number)), stack, base)
                        continue
                    case Op.THROW:
                        raise Thrown(stack[a])
                    case Op.REST:
                        stack[a] = rest_array(realm_of(code), stack, base, number)
                        continue
                    case Op.SLOPPY_THIS:
                        if as_object(stack[base + THIS]) is None:
                            stack[base + THIS] = sloppy_this(realm_of(code), stack[base + THIS])
                        continue
                    case Op.APPEND:
                        unsafe_cast(JSArray, stack[a].as_object()).push(stack[b])
                        continue
                    case Op.DIRECT_EVAL:
                        eval_site = unsafe_cast(EvalSite, code.object(unchecked_get(code.words, pc)))
                        stack[a] = direct_eval(code, stack, a, stack[b], eval_site, unchecked_get(code.words, pc + 1))
                        stack.restore(base + code.frame_size)
                        pc += 2
                        continue
                    case Op.GET:
                        site = unsafe_cast(ReadSite, unsafe_cast(GuestObject, code.object(field_c(word))))
                        value = get_or_getter(code, stack[b], site, stack, base)
                        if not value.same(EMPTY):
                            stack[a] = value
                            continue
                        a = base + code.frame_size  # where a call of the getter has been prepared
                        entered = code_at(stack, a)
                        number = 0
                    case Op.GET_METHOD:
                        site = unsafe_cast(ReadSite, unsafe_cast(GuestObject, code.object(field_c(word))))
                        subject = stack[b]
                        stack[a + 1] = subject
                        value = get_or_getter(code, subject, site, stack, base)
                        if not value.same(EMPTY):
                            stack[a] = value
                            continue
                        a = base + code.frame_size
                        entered = code_at(stack, a)
                        number = 0
                    case Op.GET_LENGTH:
                        site = unsafe_cast(ReadSite, unsafe_cast(GuestObject, code.object(field_c(word))))
                        value = length_or_getter(code, stack[b], site, stack, base)
                        if not value.same(EMPTY):
                            stack[a] = value
                            continue
                        a = base + code.frame_size
                        entered = code_at(stack, a)
                        number = 0
                    case Op.ITERATE:
                        stack[a] = Value.of_object(iterator_of(realm_of(code), stack[b]))
                        continue
                    case Op.NEXT | Op.STEP:
                        iterator = unsafe_cast(Iterator, stack[b].as_object())
                        if opcode(word) == Op.STEP:
                            if iterator.is_done:
                                stack[a] = Value.UNDEFINED
                                pc += 1
                                continue
                            iterator.is_done = True  # until it has answered
                        if iterator.kind <= IteratorKind.NATIVE:
                            if opcode(word) == Op.STEP:
                                iterator.is_done = False
                            value = iterator.step()
                            stack[a] = value
                            if not value.same(EMPTY):
                                pc += 1 if opcode(word) == Op.STEP else 2
                            continue
                        if iterator.kind == IteratorKind.GENERATOR:
                            generator = unsafe_cast(JSGenerator, iterator.thing)
                            if generator.is_finished():
                                stack[a] = EMPTY
                                continue
                            generator.prepare(Resumption.NEXT, Value.UNDEFINED)
                            a = base + code.frame_size
                            target = promote(generator.code)
                            if not stack.reserve(a + target.frame_size):
                                raise RecursionError
                            push_link(stack, a, code, pc, a - base)
                            pc = resume(generator.frame, stack, a, LINK_SLOTS, target.frame_size)
                            stack[a + target.generator_slot] = Value.of_object(generator)
                            code = target
                            base = a
                            continue
                        method = as_object(iterator.next_method)
                        if not isinstance(method, JSFunction) or method.code.is_class:
                            stack[a] = call(iterator.next_method, Value.of_object(iterator.thing), [])
                            continue
                        a = base + code.frame_size
                        if not stack.reserve(a + FIRST):
                            raise RecursionError
                        stack[a + CALLEE] = iterator.next_method
                        stack[a + THIS] = Value.of_object(iterator.thing)
                        stack[a + NEW_TARGET] = Value.UNDEFINED
                        entered = method.code
                        number = 0
                    case Op.UNPACK:
                        value = stack[a]
                        if value.same(EMPTY) or result_done(value):
                            pc = unchecked_get(code.words, pc)
                        else:
                            stack[a] = result_value(value)
                            pc += 1
                        continue
                    case Op.UNPACK_STEP:
                        value = stack[a]
                        if value.same(EMPTY) or result_done(value):
                            stack[a] = Value.UNDEFINED
                        else:
                            stack[a] = result_value(value)
                            unsafe_cast(Iterator, stack[b].as_object()).is_done = False
                        continue
                    case Op.TO_NUMERIC:
                        stack[a] = arithmetic.as_numeric(stack[b])
                        continue
                    case Op.SPREAD:
                        stack[a] = array_to_spread(realm_of(code), stack[b])
                        continue
                    case Op.ARGUMENTS:
                        stack[a] = arguments_object(realm_of(code), code, stack, base, field_b(word) == 1)
                        continue
                    case (
                        Op.CALL
                        | Op.CALL_FUNCTION
                        | Op.NEW
                        | Op.SUPER
                        | Op.SUPER_ALL
                        | Op.CALL_SPREAD
                        | Op.NEW_SPREAD
                        | Op.SUPER_SPREAD
                    ):
                        kind = opcode(word)
                        closure: JSFunction | None = None
                        if kind == Op.CALL or kind == Op.CALL_FUNCTION:
                            if kind == Op.CALL_FUNCTION:
                                stack[a + THIS] = Value.UNDEFINED
                            closure = function_or_none(stack[a + CALLEE])
                        if closure is not None and not promote_few(closure.code).is_class:
                            entered = closure.code
                            stack[a + NEW_TARGET] = Value.UNDEFINED
                        else:
                            target_value = Value.UNDEFINED
                            if kind != Op.CALL and kind != Op.CALL_FUNCTION:
                                if kind == Op.SUPER_ALL:
                                    number = hand_on_arguments(stack, base, a)
                                elif Op.CALL_SPREAD <= kind <= Op.SUPER_SPREAD:
                                    number = spread_arguments(stack, a, stack[b])
                                if kind == Op.SUPER or kind == Op.SUPER_ALL or kind == Op.SUPER_SPREAD:
                                    target_value = stack[a + NEW_TARGET]
                                elif kind == Op.NEW or kind == Op.NEW_SPREAD:
                                    target_value = stack[a + CALLEE]
                            thing = as_object(stack[a + CALLEE])
                            if not isinstance(thing, JSFunction) and target_value.same(Value.UNDEFINED):
                                if (
                                    not we_are_jitted()
                                    and isinstance(thing, NativeFunction)
                                    and thing.special == Special.NONE
                                ):
                                    stack[base + field_a(word)] = call_plainly(thing, stack, a, number)
                                    stack.restore(base + code.frame_size)
                                    continue
                                number = forward_call(stack, a, number)
                                thing = as_object(stack[a + CALLEE])
                            if isinstance(thing, NativeFunction):
                                native = promote(thing)
                                if native.special == Special.SEES_CALLS:
                                    link_native(stack, a, code, pc, base)
                                if native.special == Special.NEXT and target_value.same(Value.UNDEFINED):
                                    resumed = as_object(stack[a + THIS])
                                    if isinstance(resumed, JSGenerator) and not resumed.is_finished():
                                        resumed.prepare(
                                            Resumption.NEXT, stack[a + FIRST] if number > 0 else Value.UNDEFINED
                                        )
                                        resumed_code = promote(resumed.code)
                                        if not stack.reserve(a + resumed_code.frame_size):
                                            raise RecursionError
                                        push_link(stack, a, code, pc, a - base)
                                        pc = resume(resumed.frame, stack, a, LINK_SLOTS, resumed_code.frame_size)
                                        stack[a + resumed_code.generator_slot] = Value.of_object(resumed)
                                        code = resumed_code
                                        base = a
                                        continue
                                if native.special != Special.SELF_HOSTED or not target_value.same(Value.UNDEFINED):
                                    stack[base + field_a(word)] = call_native(native, stack, a, number, target_value)
                                    stack.restore(base + code.frame_size)
                                    continue
                                entered = code_to_run(native, stack, a, number)
                            elif not isinstance(thing, JSFunction):
                                stack[a] = call_other(stack, a, number, target_value)
                                stack.restore(base + code.frame_size)
                                continue
                            else:
                                entered = thing.code
                                if not target_value.same(Value.UNDEFINED):
                                    if not thing.code.is_constructor:
                                        raise type_error(f"{thing.code.name} is not a constructor")
                                    stack[a + THIS] = instance_for(target_value, promote(thing.code))
                                elif promote_few(thing.code).is_class:
                                    raise type_error(
                                        f"Class constructor {thing.code.name} cannot be invoked without 'new'"
                                    )
                            stack[a + NEW_TARGET] = target_value
                    case Op.RETURN:
                        value = stack[a]
                        if not stack[base + NEW_TARGET].same(Value.UNDEFINED) and as_object(value) is None:
                            if code.is_derived and not value.same(Value.UNDEFINED):
                                raise type_error("Derived constructors may only return object or undefined")
                            value = stack[base + THIS]
                            check_this(value)
                        break
                    case Op.START_GENERATOR:
                        started = new_generator(unsafe_cast(JSFunction, stack[base + CALLEE].as_object()), code)
                        value = Value.of_object(started)
                        stack[base + code.generator_slot] = value
                        started.start_pc = pc
                        started.suspend_at(stack, base, pc)
                        break
                    case Op.START_ASYNC:
                        stack[base + code.generator_slot] = new_activation(realm_of(code), code)
                        continue
                    case Op.YIELD | Op.GENERATOR_RETURN:
                        value = stack[a]
                        running = unsafe_cast(Resumable, stack[base + code.generator_slot].as_object())
                        if opcode(word) == Op.YIELD:
                            how = RETURNED if field_b(word) == 1 else YIELDED
                            running.suspend_at(stack, base, pc)
                        else:
                            how = ENDED
                            running.finish_frame()
                        if base == bottom:
                            return value if how == RETURNED else result_object(realm_of(code), value, how == ENDED)
                        realm = realm_of(code)
                        code = promote(unsafe_cast(Code, caller_code(stack, base)))
                        pc = promote(return_pc(stack, base))
                        base -= promote(base_delta(stack, base))
                        stack.restore(base + code.frame_size)
                        word = unchecked_get(code.words, pc - 1)  # what has resumed the frame
                        if opcode(word) == Op.DELEGATE:
                            pc += 1
                        if how == RETURNED:
                            stack[base + field_a(word)] = value
                        elif opcode(word) != Op.NEXT and opcode(word) != Op.STEP:
                            stack[base + field_a(word)] = result_object(realm, value, how == ENDED)
                        elif how == ENDED:
                            stack[base + field_a(word)] = EMPTY
                        else:
                            stack[base + field_a(word)] = value
                            if opcode(word) == Op.STEP:
                                unsafe_cast(Iterator, stack[base + field_b(word)].as_object()).is_done = False
                                pc += 1
                            else:
                                pc += 2
                        continue
                    case Op.AWAIT:
                        waiting = unsafe_cast(Resumable, stack[base + code.generator_slot].as_object())
                        await_value(realm_of(code), waiting, stack[a])
                        waiting.suspend_at(stack, base, pc)
                        value = waiting.promise_value()
                        break
                    case Op.ASYNC_RETURN:
                        value = end_async(realm_of(code), stack[base + code.generator_slot], stack[a])
                        break
                    case Op.ASYNC_YIELD:
                        yielding = unsafe_cast(AsyncGenerator, stack[base + code.generator_slot].as_object())
                        if async_yield(realm_of(code), yielding, stack[a]):
                            continue
                        yielding.suspend_at(stack, base, pc)
                        value = Value.UNDEFINED
                        break
                    case Op.ASYNC_GENERATOR_RETURN:
                        end_async_generator(realm_of(code), stack[base + code.generator_slot], stack[a])
                        value = Value.UNDEFINED
                        break
                    case Op.RECEIVE:
                        received = unsafe_cast(Resumable, stack[base + code.generator_slot].as_object())
                        stack[a] = received.sent
                        mode = promote(received.mode)
                        if mode == Resumption.THROW:
                            raise Thrown(stack[a])
                        if mode == Resumption.RETURN:
                            pc = unchecked_get(code.words, pc)
                        else:
                            pc += 1
                        continue
                    case Op.RECEIVE_ANY:
                        receiving = unsafe_cast(Resumable, stack[base + code.generator_slot].as_object())
                        stack[a] = receiving.sent
                        stack[b] = Value.of_int(receiving.mode)
                        continue
                    case Op.DELEGATE:
                        delegated = unsafe_cast(Iterator, stack[b].as_object())
                        is_next = stack[b + 2].as_int() == Resumption.NEXT and code.kind == CodeKind.GENERATOR
                        if is_next and delegated.kind == IteratorKind.GENERATOR:
                            inner = unsafe_cast(JSGenerator, delegated.thing)
                            if not inner.is_finished():
                                inner.prepare(Resumption.NEXT, stack[b + 1])
                                a = base + code.frame_size
                                inner_code = promote(inner.code)
                                if not stack.reserve(a + inner_code.frame_size):
                                    raise RecursionError
                                push_link(stack, a, code, pc, a - base)
                                pc = resume(inner.frame, stack, a, LINK_SLOTS, inner_code.frame_size)
                                stack[a + inner_code.generator_slot] = Value.of_object(inner)
                                code = inner_code
                                base = a
                                continue
                        value = delegate(realm_of(code), stack[b], stack[b + 1], stack[b + 2], field_c(word) == 1)
                        if value.same(EMPTY):  # to be returned, and the iterator has no say in it
                            stack[a] = stack[b + 1]
                            pc = unchecked_get(code.words, pc)
                        else:
                            stack[a] = value
                            pc += 1
                        continue
                    case Op.DELEGATE_TEST:
                        if result_done(stack[a]):
                            stack[a] = result_value(stack[a])
                            pc = unchecked_get(code.words, pc)
                        else:
                            if field_c(word) == 1:
                                stack[a] = result_value(stack[a])
                            pc += 1
                        continue
                    case Op.GET_PRIVATE:
                        stack[a] = get_private(stack[b], unsafe_cast(JSSymbol, stack[c].as_object()))
                        continue
                    case Op.SET_PRIVATE:
                        set_private(stack[a], unsafe_cast(JSSymbol, stack[b].as_object()), stack[c])
                        continue
                    case _:
                        run_uncommon(code, stack, base, word)
                        continue
                # Enter the function in the frame that begins at `a`, with `number` arguments.
                callee = promote_few(entered)  # not the closure: a trace goes for all closures of one code
                if not stack.reserve(a + max(callee.frame_size, FIRST + number)):
                    raise RecursionError
                stack[a + COUNT] = count_value(number)
                fill_missing(stack, a + FIRST, number, callee.parameters)
                push_link(stack, a, code, pc, a - base)
                if driver.call_separately(callee):
                    value = run(callee, 0, stack, a)
                    if opcode(word) != Op.SET:
                        stack[base + field_a(word)] = value
                    stack.restore(base + code.frame_size)
                else:
                    code = callee
                    base = a
                    pc = 0
            # Leave the frame with a value for whoever has called it.
            if base == bottom:
                return value
            code = promote(unsafe_cast(Code, caller_code(stack, base)))
            pc = promote(return_pc(stack, base))
            base -= promote(base_delta(stack, base))
            stack.restore(base + code.frame_size)
            word = unchecked_get(code.words, pc - 1)
            if opcode(word) != Op.SET:  # of a setter nobody wants to know what it returns
                stack[base + field_a(word)] = value
        except (Thrown, GuestFault, RecursionError, MemoryError) as error:
            thrown = as_thrown(error, code, pc - 1, base)
            is_caught = False
            while not is_caught:
                row = code.handlers.find(pc - 1)
                if row != NONE:
                    stack.restore(base + code.frame_size)
                    stack[base + code.handlers.slot(row)] = thrown.value
                    pc = code.handlers.target(row)
                    break
                if code.generator_slot != NO_SLOT:
                    is_caught = end_by_error(realm_of(code), code, stack, base, thrown.value)
                    if is_caught:
                        outcome = promise_of(stack[base + code.generator_slot])
                        if base == bottom:
                            return outcome
                        code = unsafe_cast(Code, caller_code(stack, base))
                        pc = return_pc(stack, base)
                        base -= base_delta(stack, base)
                        stack.restore(base + code.frame_size)
                        stack[base + field_a(unchecked_get(code.words, pc - 1))] = outcome
                        break
                if base == bottom:
                    raise thrown
                code = unsafe_cast(Code, caller_code(stack, base))
                pc = return_pc(stack, base)
                base -= base_delta(stack, base)
                note_place(thrown, code, pc - 1)


def run_script(realm: Realm, code: Code) -> Value:
    """Run a compiled script at the bottom of the stack. Raises Thrown."""
    return _run_script(realm, code, 0)


def run_nested_script(realm: Realm, code: Code) -> Value:
    """Run a compiled script above everything on the stack. Raises Thrown."""
    base = realm.stack.top
    try:
        return _run_script(realm, code, base)
    finally:
        realm.stack.reserve(base)


def _run_script(realm: Realm, code: Code, base: int) -> Value:
    stack = realm.stack
    if not stack.reserve(base + max(code.frame_size, FIRST)):
        raise RecursionError
    mark_outermost(stack, base)
    stack[base + CALLEE] = Value.UNDEFINED
    stack[base + THIS] = Value.of_object(realm.global_object)
    stack[base + NEW_TARGET] = Value.UNDEFINED
    stack[base + COUNT] = Value.of_int(0)
    return run(code, 0, stack, base)
