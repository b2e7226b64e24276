"""The interpreter: one loop over register code; calls between functions of the program stay in it, generators, too.

An instruction that can be finished at once ends with `continue`. What is left behind the `match` is calls, and operations that ask the classes
of their operands, which may turn into calls of functions of the program.
"""

from __future__ import annotations

from tracewright.core.arrays import unchecked_get
from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.frames import LINK_SLOTS, base_delta, caller_code, push_link, return_pc
from tracewright.guest.handler_table import NONE as NO_HANDLER
from tracewright.guest.instructions import field_a, field_b, field_c, opcode, signed_c, wide
from tracewright.guest.suspended import finish, is_finished, suspend
from tracewright.hints import JitDriver, inlined, promote, promote_few
from tracewright_python import access, arithmetic, calls, delegation, handlers, subscripts
from tracewright_python import instruction_helpers as helpers
from tracewright_python.arguments import NO_NAMES, CallShape, arrange, values_from
from tracewright_python.async_generators import AsyncSend, begin_or_go_on, next_step_of, stop_async_iteration
from tracewright_python.attribute_sites import AttributeSite
from tracewright_python.bytecode import AFTER, CALLEE, FIRST, NO_SLOT, After, Code, CodeKind, describe
from tracewright_python.calls import Construction
from tracewright_python.class_building import build_class
from tracewright_python.comparison import compare
from tracewright_python.conversions import length, truth
from tracewright_python.dictionaries import PyDict
from tracewright_python.errors import Raised
from tracewright_python.exception_groups import group_result, match_group
from tracewright_python.functions import Cell, Inlined, PyBuiltin, PyFunction, PyMethod, as_function
from tracewright_python.generators import (
    PyGenerator,
    check_first_send,
    check_not_done,
    delegator_of,
    end_step,
    innermost,
    new_generator,
    put_back,
    reserve_for,
    stop_in_delegation,
    stop_iteration,
    take_place,
)
from tracewright_python.importing import import_from, import_module, import_star
from tracewright_python.iterators import PyIterator
from tracewright_python.lists import PyList, PyTuple
from tracewright_python.namespaces import GlobalCell
from tracewright_python.objects import TYPE, PyType, as_py_object, special
from tracewright_python.opcodes import Op
from tracewright_python.program_loops import loop_of
from tracewright_python.session import Session
from tracewright_python.special_calls import (
    ADVANCE,
    NEXT,
    SEND,
    after_asking,
    after_operation,
    begin,
    deliver,
    method_asked,
    truth_function,
)
from tracewright_python.special_names import Special
from tracewright_python.subscripts import PySlice
from tracewright_python.syntax import Comparison
from tracewright_python.unpacking import unpack, unpack_starred
from tracewright_python.values import NONE, identical, type_of


@inlined
def answered(stack: VMStack, slot: int, value: Value) -> bool:
    """Put the result into its slot, if there is one; UNDEFINED says that the operands' classes must be asked."""
    if value.same(Value.UNDEFINED):
        return False
    stack[slot] = value
    return True


driver = JitDriver(greens=("code", "pc"), reds=("stack", "base", "bottom"), location=describe)


def session_of(code: Code) -> Session:
    """The session that code was compiled for."""
    return unsafe_cast(Session, code.session)


def run(code: Code, pc: int, stack: VMStack, base: int) -> Value:
    """Run the frame at `base` from `pc` on until it returns, or yields. Raises Raised."""
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
                    case Op.CONSTANT:
                        stack[a] = unchecked_get(code.constants, number)
                        continue
                    case Op.CLEAR:
                        helpers.clear(stack, a, field_b(word))
                        continue
                    case Op.CHECK:
                        if stack[a].same(Value.UNDEFINED):
                            raise handlers.unbound_error(helpers.constant_text(code, number))
                        continue
                    case Op.CAPTURED:
                        running = unsafe_cast(PyFunction, stack[base + CALLEE].as_object())
                        stack[a] = unchecked_get(running.captured, number)
                        continue
                    case Op.NEW_CELL:
                        stack[a] = Value.of_object(Cell(stack[b]))
                        continue
                    case Op.EMPTY_CELL:
                        stack[a] = Value.of_object(Cell(Value.UNDEFINED))
                        continue
                    case Op.LOAD_CELL:
                        held = helpers.cell_at(stack, b).value
                        if held.same(Value.UNDEFINED):
                            raise handlers.free_error(helpers.constant_text(code, field_c(word)))
                        stack[a] = held
                        continue
                    case Op.STORE_CELL:
                        helpers.cell_at(stack, b).value = stack[a]
                        continue
                    case Op.DELETE_CELL:
                        emptied = helpers.cell_at(stack, b)
                        if emptied.value.same(Value.UNDEFINED):
                            raise handlers.free_error(helpers.constant_text(code, field_c(word)))
                        emptied.value = Value.UNDEFINED
                        continue
                    case Op.LOAD_GLOBAL:
                        found = unsafe_cast(GlobalCell, code.object(number)).read()
                        if found.same(Value.UNDEFINED):
                            found = helpers.missing_global(code, unsafe_cast(GlobalCell, code.object(number)).name)
                        stack[a] = found
                        continue
                    case Op.STORE_GLOBAL:
                        unsafe_cast(GlobalCell, code.object(number)).write(stack[a])
                        continue
                    case Op.DELETE_GLOBAL:
                        if not unsafe_cast(GlobalCell, code.object(number)).delete():
                            raise handlers.name_error(unsafe_cast(GlobalCell, code.object(number)).name)
                        continue
                    case Op.LOAD_NAME:
                        key = unchecked_get(code.constants, field_c(word))
                        stack[a] = helpers.load_name(session_of(code), stack[b], key)
                        continue
                    case Op.STORE_NAME:
                        key = unchecked_get(code.constants, field_c(word))
                        helpers.store_name(session_of(code), stack[b], key, stack[a])
                        continue
                    case Op.DELETE_NAME:
                        if not helpers.delete_name(
                            session_of(code), stack[b], unchecked_get(code.constants, field_c(word))
                        ):
                            raise handlers.name_error(helpers.constant_text(code, field_c(word)))
                        continue
                    case Op.JUMP:
                        pc = number
                        continue
                    case Op.REPEAT:
                        pc = number
                        driver.can_enter_jit(code, pc, stack, base, bottom)
                        continue
                    case Op.JUMP_IF_FALSE:
                        if stack[a].is_bool():
                            if not stack[a].as_bool():
                                pc = number
                            continue
                        if truth_function(stack[a]) is None:
                            if not truth(session_of(code), stack[a]):
                                pc = number
                            continue
                    case Op.JUMP_IF_TRUE:
                        if stack[a].is_bool():
                            if stack[a].as_bool():
                                pc = number
                            continue
                        if truth_function(stack[a]) is None:
                            if truth(session_of(code), stack[a]):
                                pc = number
                            continue
                    case Op.JUMP_IF_BOUND:
                        if not stack[a].same(Value.UNDEFINED):
                            pc = number
                        continue
                    case Op.ADD | Op.ADD_IN_PLACE:
                        if answered(stack, a, arithmetic.add(stack[b], stack[c])):
                            continue
                    case Op.ADD_SMALL | Op.ADD_SMALL_IN_PLACE:
                        if answered(stack, a, arithmetic.add(stack[b], Value.of_int(signed_c(word)))):
                            continue
                    case Op.SUBTRACT_SMALL | Op.SUBTRACT_SMALL_IN_PLACE:
                        if answered(stack, a, arithmetic.subtract(stack[b], Value.of_int(signed_c(word)))):
                            continue
                    case Op.SUBTRACT | Op.SUBTRACT_IN_PLACE:
                        if answered(stack, a, arithmetic.subtract(stack[b], stack[c])):
                            continue
                    case Op.MULTIPLY | Op.MULTIPLY_IN_PLACE:
                        if answered(stack, a, arithmetic.multiply(stack[b], stack[c])):
                            continue
                    case Op.DIVIDE | Op.DIVIDE_IN_PLACE:
                        if answered(stack, a, arithmetic.divide(stack[b], stack[c])):
                            continue
                    case Op.POWER | Op.POWER_IN_PLACE:
                        if answered(stack, a, arithmetic.power_of(stack[b], stack[c])):
                            continue
                    case Op.FLOOR_DIVIDE | Op.FLOOR_DIVIDE_IN_PLACE:
                        if answered(stack, a, arithmetic.floor_divide(stack[b], stack[c])):
                            continue
                    case Op.MODULO | Op.MODULO_IN_PLACE:
                        if answered(stack, a, arithmetic.modulo(stack[b], stack[c])):
                            continue
                    case Op.BITWISE_AND | Op.BITWISE_AND_IN_PLACE:
                        if answered(stack, a, arithmetic.bitwise_and(stack[b], stack[c])):
                            continue
                    case Op.BITWISE_OR | Op.BITWISE_OR_IN_PLACE:
                        if answered(stack, a, arithmetic.bitwise_or(stack[b], stack[c])):
                            continue
                    case Op.BITWISE_XOR | Op.BITWISE_XOR_IN_PLACE:
                        if answered(stack, a, arithmetic.bitwise_xor(stack[b], stack[c])):
                            continue
                    case Op.LEFT_SHIFT | Op.LEFT_SHIFT_IN_PLACE:
                        if answered(stack, a, arithmetic.shift_left(stack[b], stack[c])):
                            continue
                    case Op.RIGHT_SHIFT | Op.RIGHT_SHIFT_IN_PLACE:
                        if answered(stack, a, arithmetic.shift_right(stack[b], stack[c])):
                            continue
                    case Op.NEGATE:
                        if answered(stack, a, arithmetic.negate(stack[b])):
                            continue
                    case Op.INVERT:
                        if answered(stack, a, arithmetic.invert(stack[b])):
                            continue
                    case Op.EQUAL:
                        if answered(stack, a, compare(Comparison.EQUAL, stack[b], stack[c])):
                            continue
                    case Op.NOT_EQUAL:
                        if answered(stack, a, compare(Comparison.NOT_EQUAL, stack[b], stack[c])):
                            continue
                    case Op.LESS:
                        if answered(stack, a, compare(Comparison.LESS, stack[b], stack[c])):
                            continue
                    case Op.LESS_EQUAL:
                        if answered(stack, a, compare(Comparison.LESS_EQUAL, stack[b], stack[c])):
                            continue
                    case Op.GREATER:
                        if answered(stack, a, compare(Comparison.GREATER, stack[b], stack[c])):
                            continue
                    case Op.GREATER_EQUAL:
                        if answered(stack, a, compare(Comparison.GREATER_EQUAL, stack[b], stack[c])):
                            continue
                    case Op.IS:
                        stack[a] = Value.of_bool(identical(stack[b], stack[c]))
                        continue
                    case Op.IS_NOT:
                        stack[a] = Value.of_bool(not identical(stack[b], stack[c]))
                        continue
                    case Op.NOT:
                        stack[a] = Value.of_bool(not truth(session_of(code), stack[b]))
                        continue
                    case Op.GET:
                        if answered(
                            stack,
                            a,
                            access.own_attribute(stack[b], unsafe_cast(AttributeSite, code.object(field_c(word)))),
                        ):
                            continue
                    case Op.DELETE_ATTRIBUTE:
                        access.delete_attribute(session_of(code), stack[a], helpers.constant_text(code, field_c(word)))
                        continue
                    case Op.GET_ITEM:
                        if answered(stack, a, subscripts.get_item(session_of(code), stack[b], stack[c])):
                            continue
                    case Op.SET_ITEM:
                        if subscripts.set_item(session_of(code), stack[a], stack[b], stack[c]):
                            continue
                    case Op.LIST:
                        stack[a] = Value.of_object(PyList(values_from(stack, b, field_c(word)), field_c(word)))
                        continue
                    case Op.LIST_OF_NUMBERS:
                        stack[a] = helpers.list_of_numbers(stack, b, field_c(word))
                        continue
                    case Op.TUPLE:
                        stack[a] = Value.of_object(PyTuple(values_from(stack, b, field_c(word))))
                        continue
                    case Op.SET_DISPLAY:
                        stack[a] = helpers.set_from(session_of(code), stack, b, field_c(word))
                        continue
                    case Op.DICT:
                        stack[a] = helpers.dict_from(session_of(code), stack, b, field_c(word))
                        continue
                    case Op.SLICE:
                        stack[a] = Value.of_object(PySlice(stack[b], stack[b + 1], stack[b + 2]))
                        continue
                    case Op.JOIN:
                        stack[a] = helpers.joined(stack, b, field_c(word))
                        continue
                    case Op.CONVERT:
                        stack[a] = helpers.converted(session_of(code), stack[b], field_c(word))
                        continue
                    case Op.FORMAT:
                        specification = Value.UNDEFINED if field_c(word) == 0 else stack[c]
                        stack[a] = helpers.formatted(session_of(code), stack[b], specification)
                        continue
                    case Op.LIST_APPEND:
                        helpers.list_at(stack[a]).append(stack[b])
                        continue
                    case Op.LIST_EXTEND:
                        spread_to = Value.UNDEFINED if field_c(word) == 0 else stack[c]
                        helpers.extend_arguments(session_of(code), helpers.list_at(stack[a]), stack[b], spread_to)
                        continue
                    case Op.SET_ADD:
                        helpers.add_to_set(session_of(code), stack[a], stack[b])
                        continue
                    case Op.SET_UPDATE:
                        helpers.update_set(session_of(code), stack[a], stack[b])
                        continue
                    case Op.DICT_ADD:
                        unsafe_cast(PyDict, stack[a].as_object()).set(session_of(code), stack[b], stack[c])
                        continue
                    case Op.DICT_UPDATE:
                        helpers.update_dict(session_of(code), unsafe_cast(PyDict, stack[a].as_object()), stack[b])
                        continue
                    case Op.DICT_MERGE:
                        helpers.merge_keywords(
                            session_of(code), unsafe_cast(PyDict, stack[a].as_object()), stack[b], stack[c]
                        )
                        continue
                    case Op.TUPLE_OF_LIST:
                        stack[a] = helpers.tuple_of_list(stack[b])
                        continue
                    case Op.FUNCTION:
                        template = unsafe_cast(Code, code.object(number))
                        stack[a] = helpers.new_function(template, helpers.namespace_of(stack, base), stack, base)
                        continue
                    case Op.SET_DEFAULTS:
                        made = unsafe_cast(PyFunction, stack[a].as_object())
                        made.defaults = unsafe_cast(PyTuple, stack[b].as_object()).items
                        continue
                    case Op.SET_KEYWORD_DEFAULTS:
                        made = unsafe_cast(PyFunction, stack[a].as_object())
                        made.keyword_defaults = unsafe_cast(PyTuple, stack[b].as_object()).items
                        continue
                    case Op.SET_ANNOTATIONS:
                        unsafe_cast(PyFunction, stack[a].as_object()).annotations = stack[b]
                        continue
                    case Op.LOAD_METHOD:
                        method_site = unsafe_cast(AttributeSite, code.object(field_c(word)))
                        access.begin_method(session_of(code), stack, a, stack[b], method_site)
                        continue
                    case Op.RETURN:
                        value = stack[a]
                        if base == bottom:
                            return value
                        after = stack[base + AFTER]
                        code = promote(unsafe_cast(Code, caller_code(stack, base)))
                        pc = promote(return_pc(stack, base))
                        base -= promote(base_delta(stack, base))
                        stack.reserve(base + code.frame_size)
                        pc = deliver(session_of(code), code, pc, stack, base, after, value)
                        continue
                    case Op.RETURN_GENERATOR:
                        value = stack[a]
                        generator = unsafe_cast(PyGenerator, stack[base + code.generator_slot].as_object())
                        finish(generator.frame, LINK_SLOTS, code.frame_size)
                        if generator.outermost is not None:
                            generator = delegator_of(generator)
                            code = promote(generator.code)
                            pc = take_place(generator, stack, base)
                            stack[base + field_a(unchecked_get(code.words, pc))] = value
                            pc = unchecked_get(code.words, pc + 1)
                            continue
                        if base == bottom:
                            return value
                        after = stack[base + AFTER]
                        code = promote(unsafe_cast(Code, caller_code(stack, base)))
                        pc = promote(return_pc(stack, base))
                        base -= promote(base_delta(stack, base))
                        stack.reserve(base + code.frame_size)
                        if generator.code.kind == CodeKind.ASYNC_GENERATOR:
                            end_step(generator)
                            raise stop_async_iteration()
                        if after.as_int() == After.ADVANCE:
                            raise stop_iteration(value)
                        if after.as_int() == After.SEND:
                            stack[base + field_a(unchecked_get(code.words, pc - 1))] = value
                        pc = unchecked_get(code.words, pc)
                        continue
                    case Op.YIELD:
                        after = stack[base + AFTER]
                        if after.is_object():
                            if opcode(unchecked_get(code.words, pc)) == Op.HANDLE:
                                continue
                            stack[base + AFTER] = Value.UNDEFINED
                            raise Raised(after)
                        value = stack[b]
                        generator = unsafe_cast(PyGenerator, stack[base + code.generator_slot].as_object())
                        suspend(generator.frame, stack, base, LINK_SLOTS, code.frame_size, pc)
                        if field_c(word) != NO_SLOT:
                            stop_in_delegation(generator, stack[c])
                        if base == bottom:
                            return value
                        code = promote(unsafe_cast(Code, caller_code(stack, base)))
                        pc = promote(return_pc(stack, base))
                        base -= promote(base_delta(stack, base))
                        stack.reserve(base + code.frame_size)
                        pc = deliver(session_of(code), code, pc, stack, base, after, value)
                        continue
                    case Op.RAISE_THROWN:
                        after = stack[base + AFTER]
                        if after.is_object():
                            stack[base + AFTER] = Value.UNDEFINED
                            raise Raised(after)
                        continue
                    case Op.YIELD_ASYNC:
                        after = stack[base + AFTER]
                        if after.is_object():
                            if opcode(unchecked_get(code.words, pc)) == Op.HANDLE:
                                continue
                            stack[base + AFTER] = Value.UNDEFINED
                            raise Raised(after)
                        value = stack[b]
                        generator = unsafe_cast(PyGenerator, stack[base + code.generator_slot].as_object())
                        suspend(generator.frame, stack, base, LINK_SLOTS, code.frame_size, pc)
                        end_step(generator)
                        if base == bottom:
                            return value
                        code = promote(unsafe_cast(Code, caller_code(stack, base)))
                        pc = promote(return_pc(stack, base))
                        base -= promote(base_delta(stack, base))
                        stack.reserve(base + code.frame_size)
                        stack[base + field_a(unchecked_get(code.words, pc - 1))] = value
                        pc = unchecked_get(code.words, pc)
                        continue
                    case Op.NEXT | Op.SEND:
                        # As a call of a frame that has been there before; its YIELD and RETURN_GENERATOR come back.
                        thing = stack[b].as_object()
                        is_send = opcode(word) == Op.SEND
                        sent = stack[a] if is_send else NONE
                        if isinstance(thing, AsyncSend) and is_send:
                            sent = begin_or_go_on(thing, sent)
                            thing = thing.generator
                        if isinstance(thing, PyGenerator):
                            if is_finished(thing.frame):
                                if is_send:
                                    check_not_done(thing)
                                    stack[a] = NONE
                                pc = unchecked_get(code.words, pc)
                                continue
                            resumed = innermost(thing)
                            check_first_send(resumed, sent)
                            target = promote(resumed.code)
                            newbase = base + code.frame_size
                            if not reserve_for(resumed, stack, newbase):
                                raise RecursionError
                            push_link(stack, newbase, code, pc, newbase - base)
                            if (
                                target.kind == CodeKind.COROUTINE
                                and resumed.frame.pc == 0
                                and driver.call_separately(target)
                            ):
                                # To begin is a call like any other: recursion of coroutines has no loop that could be compiled.
                                put_back(resumed, stack, newbase, sent, SEND)
                                value = run(target, 0, stack, newbase)
                                stack.reserve(base + code.frame_size)
                                stack[a] = value
                                pc = unchecked_get(code.words, pc) if is_finished(resumed.frame) else pc + 1
                                continue
                            pc = put_back(resumed, stack, newbase, sent, SEND if is_send else NEXT)
                            code = target
                            base = newbase
                            continue
                        if is_send:
                            value = delegation.sent_to(session_of(code), stack[b], stack[a])
                            if value.same(Value.UNDEFINED):
                                stack[a] = session_of(code).returned
                                pc = unchecked_get(code.words, pc)
                            else:
                                stack[a] = value
                                pc += 1
                            continue
                        if isinstance(thing, PyIterator):
                            value = thing.step(session_of(code))
                            if value.same(Value.UNDEFINED):
                                pc = unchecked_get(code.words, pc)
                            else:
                                stack[a] = value
                                pc += 1
                            continue
                    case Op.DELEGATE:
                        if delegation.is_delegate(stack[b]):
                            stack[a] = stack[b]
                            continue
                    case Op.AWAITABLE:
                        stack[a] = delegation.awaitable_of(session_of(code), stack[b], field_c(word))
                        continue
                    case Op.THROW_INTO:
                        value = delegation.thrown_into(session_of(code), stack[b], stack[c])
                        if value.same(Value.UNDEFINED):
                            stack[a] = session_of(code).returned
                            pc = unchecked_get(code.words, pc)
                        else:
                            stack[a] = value
                            pc += 1
                        continue
                    case Op.UNPACK:
                        unpack(session_of(code), stack, a, stack[b], field_c(word))
                        continue
                    case Op.UNPACK_STARRED:
                        behind = unchecked_get(code.words, pc)
                        unpack_starred(session_of(code), stack, a, stack[b], field_c(word), behind)
                        pc += 1
                        continue
                    case Op.RAISE:
                        raise handlers.raised_by_statement(session_of(code), stack[a])
                    case Op.RAISE_FROM:
                        raise handlers.raised_from(session_of(code), stack[a], stack[b])
                    case Op.RERAISE:
                        raise Raised(stack[a], True)
                    case Op.RERAISE_HANDLED:
                        if session_of(code).handled.same(NONE):
                            raise handlers.nothing_to_reraise()
                        raise Raised(session_of(code).handled, True)
                    case Op.HANDLE:
                        stack[b] = session_of(code).handled
                        session_of(code).handled = stack[a]
                        continue
                    case Op.UNHANDLE:
                        session_of(code).handled = stack[a]
                        continue
                    case Op.MATCH_EXCEPTION:
                        stack[a] = Value.of_bool(handlers.matches(stack[b], stack[c]))
                        continue
                    case Op.MATCH_GROUP:
                        match_group(session_of(code), stack, a, stack[b], stack[c])
                        continue
                    case Op.GROUP_RESULT:
                        stack[a] = group_result(session_of(code), stack[b], helpers.list_at(stack[c]))
                        continue
                    case Op.LOAD_SPECIAL:
                        helpers.load_special(session_of(code), stack, a, stack[b], field_c(word))
                        continue
                    case Op.ASYNC_NEXT:
                        value = next_step_of(session_of(code), stack[b])
                        if value.same(Value.UNDEFINED):
                            pc += 1
                        else:
                            stack[a] = value
                            pc = unchecked_get(code.words, pc)
                        continue
                    case Op.EXIT_ARGUMENTS:
                        handlers.put_exit_arguments(stack, a, stack[b])
                        continue
                    case Op.CLASS:
                        stack[a] = build_class(session_of(code), stack, b)
                        continue
                    case Op.SUPER_ARGUMENT:
                        stack[a] = stack[base + FIRST]
                        continue
                    case Op.IMPORT:
                        stack[a] = import_module(
                            session_of(code),
                            helpers.namespace_of(stack, base),
                            helpers.constant_text(code, field_c(word)),
                            stack[b],
                            stack[b + 1],
                        )
                        continue
                    case Op.IMPORT_FROM:
                        stack[a] = import_from(session_of(code), stack[b], helpers.constant_text(code, field_c(word)))
                        continue
                    case Op.IMPORT_STAR:
                        import_star(session_of(code), stack[a], helpers.namespace_of(stack, base))
                        continue
                    case Op.MATCH_SEQUENCE:
                        stack[a] = Value.of_bool(helpers.is_match_sequence(stack[b]))
                        continue
                    case Op.MATCH_MAPPING:
                        stack[a] = Value.of_bool(helpers.is_match_mapping(stack[b]))
                        continue
                    case Op.MATCH_LENGTH:
                        stack[a] = Value.of_int(length(session_of(code), stack[b]))
                        continue
                    case Op.MATCH_KEYS:
                        stack[a] = helpers.match_keys(session_of(code), stack[b], stack[c])
                        continue
                    case Op.MATCH_CLASS:
                        stack[a] = helpers.match_class(session_of(code), stack, b)
                        continue
                    case Op.MATCH_REST:
                        stack[a] = helpers.match_rest(session_of(code), stack[b], stack[c])
                        continue
                    case _:
                        pass
                session = session_of(code)
                operation = opcode(word)
                after = Value.UNDEFINED
                names = NO_NAMES
                if Op.CALL <= operation <= Op.CALL_SPREAD:
                    block = b
                    count = field_c(word)
                    callee = Value.UNDEFINED
                    if operation == Op.CALL_SPREAD:
                        spread = helpers.spread(stack, block, session)
                        count = spread.positional
                        names = spread.names
                    else:
                        if operation >= Op.CALL_METHOD:
                            callee = stack[block + AFTER]
                        if operation == Op.CALL_SHAPED or operation == Op.CALL_METHOD_SHAPED:
                            shape = unsafe_cast(CallShape, code.object(field_c(word)))
                            count = shape.positional
                            names = shape.names
                    has_first = not callee.same(Value.UNDEFINED)
                    if not has_first:
                        callee = stack[block + FIRST]
                        bound = as_py_object(callee)
                        if isinstance(bound, PyMethod):
                            callee = bound.function
                            stack[block + FIRST] = bound.receiver
                            has_first = True
                    found_thing = as_py_object(callee)
                    newbase = block
                    given = count
                    if isinstance(found_thing, PyFunction):
                        function = found_thing
                        if has_first:
                            given = count + 1
                        else:
                            newbase = block + 1
                    elif isinstance(found_thing, PyBuiltin):
                        builtin = promote(found_thing)
                        first = block + FIRST
                        if has_first:
                            count += 1
                        else:
                            first += 1
                        if builtin.inlined != Inlined.NONE and len(names) == 0 and count == builtin.inlined:
                            asked = as_py_object(stack[first])
                            if (
                                isinstance(asked, PyGenerator)
                                and not is_finished(asked.frame)
                                and (count == Inlined.SEND or asked.is_iterable())
                            ):
                                resumed = innermost(asked)
                                sent = stack[first + 1] if count == Inlined.SEND else NONE
                                check_first_send(resumed, sent)
                                target = promote(resumed.code)
                                if not reserve_for(resumed, stack, newbase):
                                    raise RecursionError
                                push_link(stack, newbase, code, pc, newbase - base)
                                pc = put_back(resumed, stack, newbase, sent, ADVANCE)
                                code = target
                                base = newbase
                                continue
                        asked_method = method_asked(builtin, stack[first]) if count == 1 and len(names) == 0 else None
                        loop: PyFunction | None = None
                        if builtin.inlined == Inlined.CONSTRUCT and has_first and len(names) == 0:
                            loop = calls.init_of_new(stack, first, count)
                        if loop is not None:
                            after = stack[first]
                        elif asked_method is not None:
                            loop = asked_method
                            after = after_asking(builtin)
                        else:
                            loop = loop_of(session, builtin, stack, first, count, names)
                        if loop is None:
                            if builtin.asks_caller:
                                session.caller_base = base
                                session.caller_pc = pc
                            value = calls.call_builtin(session, builtin, stack, first, count, names)
                            stack.reserve(base + code.frame_size)
                            stack[a] = value
                            continue
                        function = loop
                        given = count
                        newbase = first - FIRST
                    else:
                        given = count + 1
                        method = Value.UNDEFINED
                        if not has_first:
                            if isinstance(found_thing, PyType):
                                kind = promote(found_thing)
                                if kind is TYPE and count == 1 and len(names) == 0:
                                    stack[a] = Value.of_object(type_of(stack[block + FIRST + 1]))
                                    continue
                                maker = calls.builtin_maker(kind)
                                if maker is not None:
                                    maker = promote(maker)
                                    loop = loop_of(session, maker, stack, block + FIRST + 1, count, names)
                                    if loop is None:
                                        value = calls.call_builtin(session, maker, stack, block + FIRST, given, names)
                                        stack.reserve(base + code.frame_size)
                                        stack[a] = value
                                        continue
                                    method = Value.of_object(loop)
                                    newbase = block + 1
                                    given = count
                                how = calls.construction_of(kind)
                                if how >= Construction.BY_NEW:
                                    # Its first argument is the class, which stands there.
                                    method = calls.maker_function(kind, how)
                                elif how >= Construction.BY_MAKER:
                                    native = how == Construction.BY_MAKER
                                    after = Value.UNDEFINED
                                    if not native or (count == 0 and len(names) == 0):
                                        after = calls.empty_container(kind)
                                    if after.same(Value.UNDEFINED):
                                        after = calls.make_natively(session, kind, stack, block, given, names, native)
                                        stack.reserve(base + code.frame_size)
                                    else:
                                        stack[block + FIRST] = after
                                    if native:
                                        stack[a] = after
                                        continue
                                    method = special(kind, Special.INIT)
                                elif how != Construction.SLOWLY:
                                    instance = calls.plain_instance(kind, values_from(stack, block + FIRST + 1, count))
                                    after = Value.of_object(instance)
                                    if how == Construction.BY_INIT:
                                        method = special(kind, Special.INIT)
                                        stack[block + FIRST] = after
                                    elif count == 0 and len(names) == 0:
                                        stack[a] = after
                                        continue
                            else:
                                method = special(type_of(callee), Special.CALL)
                        found_function = as_function(method)
                        if found_function is None:
                            value = helpers.call_slowly(session, callee, has_first, stack, block, count, names)
                            stack.reserve(base + code.frame_size)
                            stack[a] = value
                            continue
                        function = found_function
                else:
                    newbase = base + code.frame_size
                    if not stack.reserve(newbase + FIRST + 3):
                        raise RecursionError
                    given = begin(session, code, stack, base, newbase, word)
                    after = after_operation(operation)
                    if given == 0:
                        value = stack[newbase]
                        stack.reserve(newbase)
                        if operation == Op.NEXT:
                            if value.same(Value.UNDEFINED):
                                pc = unchecked_get(code.words, pc)
                                continue
                            pc += 1
                        if not (after.is_int() and after.as_int() == After.DROP):
                            stack[a] = value
                        continue
                    function = unsafe_cast(PyFunction, stack[newbase + CALLEE].as_object())
                # Enter `function` with `given` positional arguments, and one for each of `names`, in its future frame.
                target = promote_few(function.code)
                if not stack.reserve(newbase + max(target.frame_size, FIRST + given + len(names))):
                    raise RecursionError
                if not target.is_simple or given != target.positional or len(names) > 0:
                    target = promote(target)
                    arrange(function, target, stack, newbase + FIRST, given, names)
                stack[newbase + CALLEE] = Value.of_object(function)
                stack[newbase + AFTER] = after
                if target.kind != CodeKind.FUNCTION:
                    value = new_generator(target, stack, newbase)
                    stack.reserve(base + code.frame_size)
                    pc = deliver(session, code, pc, stack, base, after, value)
                elif operation != Op.NEXT and driver.call_separately(target):
                    value = run(target, 0, stack, newbase)
                    stack.reserve(base + code.frame_size)
                    pc = deliver(session, code, pc, stack, base, after, value)
                else:
                    push_link(stack, newbase, code, pc, newbase - base)
                    code = target
                    base = newbase
                    pc = 0
        except (Raised, RecursionError, MemoryError, OSError, KeyboardInterrupt) as problem:
            raised_value = handlers.thrown_value(session_of(code), problem, code, pc - 1)
            row = code.handlers.find(pc - 1)
            if row == NO_HANDLER and isinstance(problem, KeyboardInterrupt):
                row = code.handlers.find(pc)  # it comes between two instructions, mostly where a loop begins again
            after = Value.UNDEFINED
            while row == NO_HANDLER:
                if code.kind != CodeKind.FUNCTION:
                    left = unsafe_cast(PyGenerator, stack[base + code.generator_slot].as_object())
                    if code.poses_as is not None:
                        suspend(left.frame, stack, base, LINK_SLOTS, code.frame_size, code.goes_on_at)
                    else:
                        raised_value = handlers.leave_generator(code, left, raised_value)
                    if left.outermost is not None:
                        left = delegator_of(left)
                        code = promote(left.code)
                        pc = take_place(left, stack, base) + 1
                        handlers.went_through(raised_value, code, pc - 1)
                        row = code.handlers.find(pc - 1)
                        continue
                if base == bottom:
                    raise Raised(raised_value)
                after = stack[base + AFTER]
                code = promote(unsafe_cast(Code, caller_code(stack, base)))
                pc = promote(return_pc(stack, base))
                base -= promote(base_delta(stack, base))
                if handlers.ends_loop(after, raised_value):
                    break
                handlers.went_through(raised_value, code, pc - 1)
                row = code.handlers.find(pc - 1)
            stack.reserve(base + code.frame_size)
            if row == NO_HANDLER:
                if after.as_int() == After.SEND:
                    stack[base + field_a(unchecked_get(code.words, pc - 1))] = delegation.stopped_value(raised_value)
                pc = unchecked_get(code.words, pc)
            else:
                stack[base + code.handlers.slot(row)] = raised_value
                pc = code.handlers.target(row)
