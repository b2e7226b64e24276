"""The dispatch loop: `run` executes bytecode; guest calls stay in the loop.

For other parts of the language:

* `run(code, 0, stack, base)` runs code whose frame is ready; programs and modules are run by running.py.
* `call_function(session, first, function, arguments)` calls a guest function from a native (see objects.py).

How the loop is written, so that it is fast as C and clear to the tracer: each handler tests types first and has its effects
last. `pc` moves on after the effects, so that an error and a failed guard find it at the bytecode concerned: behind the
`match`, where most handlers end. Those that set `pc` themselves `continue`; those that call leave with `break`, to the code
that enters a function. What a handler does is a function elsewhere wherever that function can be inlined here.
"""

from __future__ import annotations

from tracewright.core.arrays import unchecked_get, unchecked_set
from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.frames import (
    BASE_DELTA,
    CALLER_CODE,
    LINK_SLOTS,
    RETURN_PC,
    base_delta,
    caller_code,
    push_link,
    return_pc,
)
from tracewright.guest.handler_table import NONE
from tracewright.guest.instructions import field_a, field_b, field_c, opcode, signed_b, wide
from tracewright.guest.suspended import can_resume, finish, is_finished, resume, suspend
from tracewright.hints import JitDriver, dont_look_inside, promote, promote_few
from tracewright_ruff import access, calls, handlers, operators
from tracewright_ruff.arithmetic import overflow_text
from tracewright_ruff.bytecode import (
    CALLEE,
    FIRST_ARGUMENT,
    NO_GENERATOR,
    Code,
    describe,
    field_site,
    global_cell,
    name_site,
)
from tracewright_ruff.containers import share
from tracewright_ruff.dictionaries import W_Dict, shaped_dict
from tracewright_ruff.equality import truth_of
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Function, W_Struct, as_array, resolved_promise
from tracewright_ruff.opcodes import NO_SLOT, REBIND, Op
from tracewright_ruff.session import AWAIT, MUTABLE, Session, W_Native, arity_fits
from tracewright_ruff.structs import struct_of_slots

driver = JitDriver(greens=("code", "pc"), reds=("stack", "base", "bottom"), location=describe)


def run(code: Code, pc: int, stack: VMStack, base: int) -> Value:
    """Run the frame at `base` from `pc` until it returns."""
    bottom = base
    driver.can_enter_jit(code, pc, stack, base, bottom)
    while True:
        try:
            try:
                while True:
                    driver.jit_merge_point(code, pc, stack, base, bottom)
                    word = unchecked_get(code.words, pc)
                    callee: W_Function | None = None
                    match opcode(word):
                        # --- slots and constants
                        case Op.MOVE:
                            stack[base + field_a(word)] = stack[base + field_b(word)]
                        case Op.LOAD_INT:
                            stack[base + field_a(word)] = Value.of_int(signed_b(word))
                        case Op.LOAD_CONSTANT:
                            stack[base + field_a(word)] = unchecked_get(code.constants, wide(word))
                        case Op.COPY:
                            stack[base + field_a(word)] = share(stack[base + field_b(word)])
                        case Op.UNDEFINE:
                            stack[base + field_a(word)] = Value.UNDEFINED
                            stack[base + field_b(word)] = Value.UNDEFINED
                            stack[base + field_c(word)] = Value.UNDEFINED
                        case Op.CHECK:
                            if stack[base + field_a(word)].same(Value.UNDEFINED):
                                raise GuestError("Undefined variable: " + unchecked_get(code.names, wide(word)))
                        case Op.FAIL:
                            raise GuestError(unchecked_get(code.names, wide(word)))
                        # --- variables that are not slots
                        case Op.LOAD_GLOBAL:
                            stack[base + field_a(word)] = calls.read_global(global_cell(code, word))
                        case Op.LOAD_GLOBAL_SHARED:
                            stack[base + field_a(word)] = share(calls.read_global(global_cell(code, word)))
                        case Op.TAKE_GLOBAL:
                            stack[base + field_a(word)] = calls.take_global(global_cell(code, word))
                        case Op.STORE_GLOBAL:
                            calls.write_global(global_cell(code, word), stack[base + field_a(word)])
                        case Op.DECLARE_GLOBAL:
                            kind = field_b(word)
                            cell = unchecked_get(code.cells, field_c(word))
                            calls.declare_global(cell, kind & 15, stack[base + field_a(word)], kind >= REBIND)
                        case Op.BIND_GLOBAL:
                            global_cell(code, word).bind(stack[base + field_a(word)], MUTABLE)
                        case Op.UPDATE_GLOBAL:
                            stack[base + field_a(word)] = calls.update_global(global_cell(code, word))
                        case Op.LOAD_CAPTURED:
                            stack[base + field_a(word)] = unchecked_get(calls.captured_of(stack, base), field_b(word))
                        case Op.LOAD_CAPTURED_SHARED:
                            stack[base + field_a(word)] = share(
                                unchecked_get(calls.captured_of(stack, base), field_b(word))
                            )
                        case Op.STORE_CAPTURED:
                            unchecked_set(calls.captured_of(stack, base), field_b(word), stack[base + field_a(word)])
                        case Op.UPDATE_CAPTURED:
                            stack[base + field_a(word)] = calls.update_captured(
                                calls.captured_of(stack, base), field_b(word)
                            )
                        case Op.LOAD_NAME:
                            stack[base + field_a(word)] = calls.read_name(stack, base, name_site(code, word))
                        case Op.LOAD_NAME_SHARED:
                            stack[base + field_a(word)] = share(calls.read_name(stack, base, name_site(code, word)))
                        case Op.TAKE_NAME:
                            stack[base + field_a(word)] = calls.take_name(stack, base, name_site(code, word))
                        case Op.STORE_NAME:
                            calls.write_name(stack, base, name_site(code, word), stack[base + field_a(word)])
                        case Op.UPDATE_NAME:
                            stack[base + field_a(word)] = calls.update_name(stack, base, name_site(code, word))
                        case Op.CAPTURE_NAME:
                            stack[base + field_a(word)] = calls.read_local(stack, base, name_site(code, word))
                        case Op.SELECT_BODY:
                            if calls.any_bound(code.cells, field_a(word), field_b(word)):
                                pc = unchecked_get(code.words, pc + 1)
                            else:
                                pc += 2
                            continue
                        # --- arithmetic
                        case Op.ADD:
                            if not operators.add(stack, base, word):
                                break
                        case Op.SUBTRACT:
                            if not operators.subtract(stack, base, word):
                                break
                        case Op.MULTIPLY:
                            if not operators.multiply(stack, base, word):
                                break
                        case Op.DIVIDE:
                            if not operators.divide(stack, base, word):
                                break
                        case Op.MODULO:
                            if not operators.take_modulo(stack, base, word):
                                break
                        case Op.ADD_INT:
                            if not operators.add_int(stack, base, word):
                                break
                        case Op.SUBTRACT_INT:
                            if not operators.subtract_int(stack, base, word):
                                break
                        case Op.MULTIPLY_INT:
                            if not operators.multiply_int(stack, base, word):
                                break
                        case Op.DIVIDE_INT:
                            if not operators.divide_int(stack, base, word):
                                break
                        case Op.MODULO_INT:
                            if not operators.take_modulo_int(stack, base, word):
                                break
                        case Op.NEGATE:
                            if not operators.negate(stack, base, word):
                                break
                        case Op.NOT:
                            if not operators.invert(stack, base, word):
                                break
                        # --- comparison
                        case Op.EQUAL:
                            flag = operators.is_equal(stack[base + field_b(word)], stack[base + field_c(word)])
                            stack[base + field_a(word)] = Value.of_bool(flag)
                        case Op.NOT_EQUAL:
                            flag = not operators.is_equal(stack[base + field_b(word)], stack[base + field_c(word)])
                            stack[base + field_a(word)] = Value.of_bool(flag)
                        case Op.LESS:
                            flag = operators.is_less(stack[base + field_b(word)], stack[base + field_c(word)])
                            stack[base + field_a(word)] = Value.of_bool(flag)
                        case Op.LESS_EQUAL:
                            flag = operators.is_less_equal(stack[base + field_b(word)], stack[base + field_c(word)])
                            stack[base + field_a(word)] = Value.of_bool(flag)
                        case Op.GREATER:
                            flag = operators.is_greater(stack[base + field_b(word)], stack[base + field_c(word)])
                            stack[base + field_a(word)] = Value.of_bool(flag)
                        case Op.GREATER_EQUAL:
                            flag = operators.is_greater_equal(stack[base + field_b(word)], stack[base + field_c(word)])
                            stack[base + field_a(word)] = Value.of_bool(flag)
                        # --- jumps
                        case Op.JUMP:
                            pc = wide(word)
                            continue
                        case Op.LOOP:
                            pc = wide(word)
                            driver.can_enter_jit(code, pc, stack, base, bottom)
                            continue
                        case Op.JUMP_IF_FALSE:
                            pc = pc + 1 if truth_of(stack[base + field_a(word)]) else wide(word)
                            continue
                        case Op.JUMP_IF_NULL:
                            pc = wide(word) if stack[base + field_a(word)].same(Value.NULL) else pc + 1
                            continue
                        case Op.JUMP_IF_NOT_NULL:
                            pc = pc + 1 if stack[base + field_a(word)].same(Value.NULL) else wide(word)
                            continue
                        case Op.JUMP_UNLESS_ARRAY:
                            pc = wide(word) if as_array(stack[base + field_a(word)]) is None else pc + 1
                            continue
                        case Op.UNLESS_EQUAL:
                            flag = operators.is_equal(stack[base + field_a(word)], stack[base + field_b(word)])
                            pc = pc + 2 if flag else unchecked_get(code.words, pc + 1)
                            continue
                        case Op.UNLESS_NOT_EQUAL:
                            flag = not operators.is_equal(stack[base + field_a(word)], stack[base + field_b(word)])
                            pc = pc + 2 if flag else unchecked_get(code.words, pc + 1)
                            continue
                        case Op.UNLESS_LESS:
                            flag = operators.is_less(stack[base + field_a(word)], stack[base + field_b(word)])
                            pc = pc + 2 if flag else unchecked_get(code.words, pc + 1)
                            continue
                        case Op.UNLESS_LESS_EQUAL:
                            flag = operators.is_less_equal(stack[base + field_a(word)], stack[base + field_b(word)])
                            pc = pc + 2 if flag else unchecked_get(code.words, pc + 1)
                            continue
                        case Op.UNLESS_GREATER:
                            flag = operators.is_greater(stack[base + field_a(word)], stack[base + field_b(word)])
                            pc = pc + 2 if flag else unchecked_get(code.words, pc + 1)
                            continue
                        case Op.UNLESS_GREATER_EQUAL:
                            flag = operators.is_greater_equal(stack[base + field_a(word)], stack[base + field_b(word)])
                            pc = pc + 2 if flag else unchecked_get(code.words, pc + 1)
                            continue
                        case Op.UNLESS_EQUAL_INT:
                            flag = operators.is_equal_int(stack[base + field_a(word)], signed_b(word))
                            pc = pc + 2 if flag else unchecked_get(code.words, pc + 1)
                            continue
                        case Op.UNLESS_NOT_EQUAL_INT:
                            flag = not operators.is_equal_int(stack[base + field_a(word)], signed_b(word))
                            pc = pc + 2 if flag else unchecked_get(code.words, pc + 1)
                            continue
                        case Op.UNLESS_LESS_INT:
                            flag = operators.is_less_int(stack[base + field_a(word)], signed_b(word))
                            pc = pc + 2 if flag else unchecked_get(code.words, pc + 1)
                            continue
                        case Op.UNLESS_LESS_EQUAL_INT:
                            flag = operators.is_less_equal_int(stack[base + field_a(word)], signed_b(word))
                            pc = pc + 2 if flag else unchecked_get(code.words, pc + 1)
                            continue
                        case Op.UNLESS_GREATER_INT:
                            flag = operators.is_greater_int(stack[base + field_a(word)], signed_b(word))
                            pc = pc + 2 if flag else unchecked_get(code.words, pc + 1)
                            continue
                        case Op.UNLESS_GREATER_EQUAL_INT:
                            flag = operators.is_greater_equal_int(stack[base + field_a(word)], signed_b(word))
                            pc = pc + 2 if flag else unchecked_get(code.words, pc + 1)
                            continue
                        # --- making values
                        case Op.INTERPOLATE:
                            stack[base + field_a(word)] = handlers.interpolated(
                                stack, base + field_b(word), field_c(word)
                            )
                        case Op.NEW_ARRAY:
                            stack[base + field_a(word)] = handlers.new_array(stack, base + field_b(word), field_c(word))
                        case Op.ARRAY_APPEND:
                            handlers.append_new(stack[base + field_a(word)], stack[base + field_b(word)])
                        case Op.ARRAY_SPREAD:
                            access.spread_array(stack[base + field_a(word)], stack[base + field_b(word)])
                        case Op.NEW_DICT:
                            stack[base + field_a(word)] = Value.of_object(W_Dict(code.session.dict_shape))
                        case Op.NEW_SHAPED_DICT:
                            shape = unchecked_get(code.shapes, field_c(word))
                            items = handlers.copied_slots(stack, base + field_b(word), shape.count)
                            stack[base + field_a(word)] = Value.of_object(shaped_dict(shape, items))
                        case Op.DICT_INSERT:
                            access.insert_entry(
                                stack[base + field_a(word)], stack[base + field_b(word)], stack[base + field_c(word)]
                            )
                        case Op.DICT_SPREAD:
                            access.spread_dict(stack[base + field_a(word)], stack[base + field_b(word)])
                        case Op.NEW_STRUCT:
                            shape = unchecked_get(code.shapes, field_c(word))
                            struct = struct_of_slots(shape, stack, base + field_b(word))
                            stack[base + field_a(word)] = Value.of_object(struct)
                        case Op.NEW_VARIANT:
                            stack[base + field_a(word)] = calls.make_variant(stack[base + field_b(word)], field_c(word))
                        case Op.NEW_TAGGED:
                            stack[base + field_a(word)] = handlers.new_tagged(code, word, stack[base + field_b(word)])
                        case Op.NEW_FUNCTION:
                            stack[base + field_a(word)] = calls.make_function(
                                stack, base, unchecked_get(code.codes, wide(word))
                            )
                        case Op.DEFINE_METHOD:
                            handlers.define_method(code, word, stack[base + field_a(word)])
                        # --- elements
                        case Op.GET_INDEX:
                            stack[base + field_a(word)] = access.get_index(
                                stack[base + field_b(word)], stack[base + field_c(word)]
                            )
                        case Op.GET_INDEX_SHARED:
                            stack[base + field_a(word)] = share(
                                access.get_index(stack[base + field_b(word)], stack[base + field_c(word)])
                            )
                        case Op.TAKE_ITEM:
                            stack[base + field_a(word)] = access.take_item(stack[base + field_b(word)], field_c(word))
                        case Op.GET_KEY:
                            stack[base + field_a(word)] = access.get_key(
                                stack[base + field_b(word)], field_site(code, word)
                            )
                        case Op.GET_KEY_SHARED:
                            stack[base + field_a(word)] = share(
                                access.get_key(stack[base + field_b(word)], field_site(code, word))
                            )
                        case Op.GET_FIELD:
                            stack[base + field_a(word)] = access.get_field(
                                stack[base + field_b(word)], field_site(code, word)
                            )
                        case Op.GET_FIELD_SHARED:
                            stack[base + field_a(word)] = share(
                                access.get_field(stack[base + field_b(word)], field_site(code, word))
                            )
                        case Op.SET_INDEX:
                            left = stack[base + field_a(word)]
                            right = stack[base + field_b(word)]
                            value = stack[base + field_c(word)]
                            if not access.set_in_place(left, right, value):
                                stack[base + field_a(word)] = access.with_index(left, right, value)
                        case Op.SET_KEY:
                            left = stack[base + field_a(word)]
                            stack[base + field_a(word)] = access.with_key(
                                left, field_site(code, word), stack[base + field_b(word)]
                            )
                        case Op.SET_FIELD:
                            left = stack[base + field_a(word)]
                            stack[base + field_a(word)] = access.with_field(
                                left, field_site(code, word), stack[base + field_b(word)]
                            )
                        case Op.UPDATE_INDEX:
                            fresh = access.unshared(stack[base + field_b(word)])
                            value = access.update_index(fresh, stack[base + field_c(word)])
                            stack[base + field_b(word)] = fresh
                            stack[base + field_a(word)] = value
                        case Op.UPDATE_KEY:
                            fresh = access.unshared(stack[base + field_b(word)])
                            value = access.update_key(fresh, field_site(code, word))
                            stack[base + field_b(word)] = fresh
                            stack[base + field_a(word)] = value
                        case Op.UPDATE_FIELD:
                            fresh = access.unshared(stack[base + field_b(word)])
                            value = access.update_field(fresh, field_site(code, word))
                            stack[base + field_b(word)] = fresh
                            stack[base + field_a(word)] = value
                        case Op.FIELD_VARIABLE:
                            struct = unsafe_cast(W_Struct, stack[base + field_b(word)].as_object())
                            stack[base + field_a(word)] = share(access.struct_field(struct, field_site(code, word)))
                        case Op.ITEM_OR_NULL:
                            stack[base + field_a(word)] = access.item_or_null(
                                stack[base + field_b(word)], field_c(word)
                            )
                        case Op.TAKE_ITEM_OR_NULL:
                            stack[base + field_a(word)] = access.take_item_or_null(
                                stack[base + field_b(word)], field_c(word)
                            )
                        case Op.REST_OF_ARRAY:
                            stack[base + field_a(word)] = access.rest_of_array(
                                stack[base + field_b(word)], field_c(word)
                            )
                        case Op.KEY_OR_NULL:
                            stack[base + field_a(word)] = access.entry_or_null(
                                stack[base + field_b(word)], field_site(code, word).name
                            )
                        case Op.REST_OF_DICT:
                            names = unchecked_get(code.constants, field_c(word))
                            stack[base + field_a(word)] = access.rest_of_dict(
                                code.session, stack[base + field_b(word)], names
                            )
                        # --- calls
                        case Op.CALL:
                            callee = calls.as_function(stack[base + field_b(word) + CALLEE])
                            if callee is not None:
                                break
                            stack[base + field_a(word)] = call_other(
                                code, pc, stack, base, field_b(word), field_c(word)
                            )
                        case Op.CALL_NATIVE:
                            site_called = unchecked_get(code.natives, field_c(word))
                            native = site_called.native
                            if not site_called.fits:
                                raise GuestError(calls.native_arity_text(native, site_called.count))
                            if native.calls_back:
                                delta = field_b(word) - FIRST_ARGUMENT
                                value = call_linked(
                                    code, pc, stack, base, delta, native, site_called.count, site_called.moved
                                )
                            else:
                                value = native.function(
                                    code.session, stack, base + field_b(word), site_called.count, site_called.moved
                                )
                            stack[base + field_a(word)] = value
                        case Op.FIELD_CALLEE:
                            value = access.field_or_undefined(stack[base + field_b(word)], field_site(code, word))
                            if value.same(Value.UNDEFINED):
                                pc = unchecked_get(code.words, pc + 1)
                            else:
                                stack[base + field_a(word) + CALLEE] = value
                                pc += 2
                            continue
                        case Op.CHECK_CALLBACK:
                            if as_array(stack[base + field_a(word)]) is None or not calls.is_callable(
                                stack[base + field_b(word)]
                            ):
                                raise GuestError(calls.callback_text(unchecked_get(code.names, field_c(word))))
                        case Op.FIND_METHOD:
                            window = base + field_a(word)
                            method_site = unchecked_get(code.methods, wide(word))
                            stack[window + CALLEE] = calls.method_of(
                                code.session, stack[window + FIRST_ARGUMENT], method_site
                            )
                        case Op.RETURN | Op.RETURN_SHARED | Op.RETURN_NULL:
                            if opcode(word) == Op.RETURN:
                                result = stack[base + field_a(word)]
                            elif opcode(word) == Op.RETURN_SHARED:
                                result = share(stack[base + field_a(word)])
                            else:
                                result = Value.NULL
                            if base == bottom:
                                return result
                            code = promote(unsafe_cast(Code, caller_code(stack, base)))
                            pc = promote(return_pc(stack, base))
                            base -= promote(base_delta(stack, base))
                            stack.restore(base + code.frame_size)
                            stack[base + field_a(unchecked_get(code.words, pc - 1))] = result
                            continue
                        case Op.END_GENERATOR:
                            frame = handlers.generator_frame(stack, base, code.generator_slot)
                            finish(frame, LINK_SLOTS, code.frame_size)
                            if base == bottom:
                                return Value.UNDEFINED
                            code = promote(unsafe_cast(Code, caller_code(stack, base)))
                            pc = promote(return_pc(stack, base))
                            base -= promote(base_delta(stack, base))
                            stack.restore(base + code.frame_size)
                            pc = unchecked_get(code.words, pc)  # of the NEXT that has resumed this frame
                            continue
                        case Op.YIELD:
                            # As a return to the NEXT that has resumed this frame, which is kept.
                            result = share(stack[base + field_a(word)])
                            frame = handlers.generator_frame(stack, base, code.generator_slot)
                            suspend(frame, stack, base, LINK_SLOTS, code.frame_size, pc + 1)
                            if base == bottom:
                                return result
                            code = promote(unsafe_cast(Code, caller_code(stack, base)))
                            pc = promote(return_pc(stack, base))
                            base -= promote(base_delta(stack, base))
                            stack.restore(base + code.frame_size)
                            stack[base + field_b(unchecked_get(code.words, pc - 1))] = result
                        case Op.NEW_PROMISE:
                            stack[base + field_a(word)] = resolved_promise(stack[base + field_b(word)])
                        case Op.AWAIT:
                            value = calls.awaited(stack[base + field_b(word)])
                            if value.same(Value.UNDEFINED):
                                value = await_pending(code, pc, stack, base, stack[base + field_b(word)])
                            stack[base + field_a(word)] = value
                        case Op.THROW:
                            value = stack[base + field_a(word)]
                            raise GuestError("", value)
                        case Op.UNWRAP:
                            value = calls.payload_or_undefined(stack[base + field_b(word)])
                            if value.same(Value.UNDEFINED):
                                pc = unchecked_get(code.words, pc + 1)
                            else:
                                stack[base + field_a(word)] = value
                                pc += 2
                            continue
                        case Op.MATCH_VARIANT | Op.MATCH_NAME:
                            value = handlers.matched(code, word, stack[base + field_a(word)])
                            if value.same(Value.UNDEFINED):
                                pc = unchecked_get(code.words, pc + 1)
                            else:
                                if field_b(word) != NO_SLOT:
                                    stack[base + field_b(word)] = value
                                pc += 2
                            continue
                        # --- loops
                        case Op.ITERATE:
                            value = stack[base + field_b(word)]
                            if not value.is_int() and as_array(value) is None:
                                value = calls.snapshot(value)
                            stack[base + field_a(word)] = value
                            stack[base + field_a(word) + 1] = Value.of_int(0)
                        case Op.NEXT | Op.NEXT_SHARED:
                            state = base + field_a(word)
                            value = stack[state]
                            if value.is_int():
                                number = stack[state + 1].as_int()
                                if number < value.as_int():
                                    stack[state + 1] = Value.of_int(number + 1)
                                    stack[base + field_b(word)] = Value.of_int(number)
                                    pc += 2
                                    continue
                            else:
                                value = calls.next_item(stack, state)
                                if not value.same(Value.UNDEFINED):
                                    stack[base + field_b(word)] = (
                                        share(value) if opcode(word) == Op.NEXT_SHARED else value
                                    )
                                    pc += 2
                                    continue
                                generator = handlers.as_generator(stack[state])
                                if generator is not None and not is_finished(generator.frame):
                                    # As a call of a frame that has been there before; its YIELD comes back.
                                    frame = generator.frame
                                    if not can_resume(frame):
                                        raise GuestError("Generator is already running")
                                    target = promote(unsafe_cast(Code, frame.code))
                                    delta = code.frame_size
                                    newbase = base + delta
                                    if not stack.reserve(newbase + target.frame_size):
                                        raise GuestError(calls.depth_text(stack, base, target))
                                    push_link(stack, newbase, code, pc + 1, delta)
                                    pc = resume(frame, stack, newbase, LINK_SLOTS, target.frame_size)
                                    stack[newbase + target.generator_slot] = stack[state]
                                    code = target
                                    base = newbase
                                    continue
                            pc = unchecked_get(code.words, pc + 1)
                            continue
                        case Op.RANGE:
                            calls.start_range(stack, base + field_a(word), base + field_b(word), field_c(word))
                        case Op.NEXT_RANGE:
                            state = base + field_a(word)
                            number = stack[state].as_int()
                            limit = stack[state + 1].as_int()
                            step = stack[state + 2].as_int()
                            if number < limit if step > 0 else number > limit:
                                stack[state] = Value.of_int(handlers.next_in_range(number, step, limit))
                                stack[base + field_b(word)] = Value.of_int(number)
                                pc += 2
                                continue
                            pc = unchecked_get(code.words, pc + 1)
                            continue
                        case _:
                            raise AssertionError("unknown bytecode")
                    pc += 1
                # Enter a function: that of a CALL, or else an operator method, in a frame above this one.
                if callee is not None:
                    function = callee
                    delta = field_b(word)
                    given = field_c(word)
                else:
                    delta = code.frame_size
                    given = 1 if opcode(word) == Op.NEGATE or opcode(word) == Op.NOT else 2
                    function = handlers.operator_method(stack, base, delta, word)
                newbase = base + delta
                target = promote_few(function.code)
                if not stack.reserve(newbase + target.frame_size):
                    raise GuestError(calls.depth_text(stack, base, target))
                if target.plain_parameters != given & 255:
                    if target.parameter_count != given & 255:
                        raise GuestError(calls.arity_text(target, given & 255))
                    if target.owning != 0:
                        calls.share_lent(stack, newbase, target.owning & ~(given >> 8))
                    if target.generator_slot != NO_GENERATOR:
                        value = handlers.new_generator(target, stack, newbase)
                        stack.reserve(base + code.frame_size)
                        stack[base + field_a(word)] = value
                        pc += 1
                        continue
                push_link(stack, newbase, code, pc + 1, delta)
                if driver.call_separately(target):
                    value = run(target, 0, stack, newbase)
                    stack.restore(base + code.frame_size)
                    stack[base + field_a(word)] = value
                    pc += 1
                else:
                    code = target
                    base = newbase
                    pc = 0
            except OverflowError:
                raise GuestError(overflow_text(code, pc, stack, base))
            except MemoryError:
                raise GuestError("Out of memory")
            except RecursionError:
                raise GuestError(calls.depth_text(stack, base, code))
        except GuestError as error:
            # What the program can learn of it (where, in which functions) is worked out only where something can ask.
            raising_code = code
            raising_pc = pc
            raising_base = base
            row = code.handlers.find(pc)
            while row == NONE:
                if code.generator_slot != NO_GENERATOR:
                    finish(handlers.generator_frame(stack, base, code.generator_slot), LINK_SLOTS, code.frame_size)
                if base == bottom:
                    calls.note_error(error, raising_code, raising_pc, stack, raising_base)
                    raise
                code = promote(unsafe_cast(Code, caller_code(stack, base)))
                pc = promote(return_pc(stack, base)) - 1
                base -= promote(base_delta(stack, base))
                row = code.handlers.find(pc)
            slot = code.handlers.slot(row)
            if slot != NO_SLOT:
                calls.note_error(error, raising_code, raising_pc, stack, raising_base)
                value = calls.error_value(code.session, error)
                stack.reserve(base + code.frame_size)
                stack[base + slot] = value
            else:
                stack.reserve(base + code.frame_size)
            pc = code.handlers.target(row)


# --- calls that do not stay in the loop ------------------------------------------------------------------------------
def call_other(code: Code, pc: int, stack: VMStack, base: int, delta: int, given: int) -> Value:
    """CALL of something that is not a user function."""
    callee = stack[base + delta + CALLEE]
    if callee.is_object():
        thing = callee.as_object()
        if isinstance(thing, W_Native):
            native = promote(thing)
            count = given & 255
            if not arity_fits(native, count):
                raise GuestError(calls.native_arity_text(native, count))
            if native.calls_back:
                return call_linked(code, pc, stack, base, delta, native, count, given >> 8)
            return native.function(code.session, stack, base + delta + FIRST_ARGUMENT, count, given >> 8)
        if isinstance(thing, calls.W_FieldCall):
            return call_field(code, pc, stack, base, delta, thing.function, (given & 255) - 1)
    raise GuestError(calls.NOT_CALLABLE)


def call_linked(
    code: Code, pc: int, stack: VMStack, base: int, delta: int, native: W_Native, count: int, moved: int
) -> Value:
    """Call a builtin that may call guest functions: they find their callers through its link."""
    newbase = base + delta
    push_link(stack, newbase, code, pc + 1, delta)
    first = newbase + FIRST_ARGUMENT
    if not stack.reserve(first + count):
        raise GuestError(calls.depth_text(stack, base, code))
    result = native.function(code.session, stack, first, count, moved)
    stack.reserve(base + code.frame_size)
    return result


@dont_look_inside
def await_pending(code: Code, pc: int, stack: VMStack, base: int, promise: Value) -> Value:
    """Wait for a promise. Of a task, the frames may be left meanwhile: then this AWAIT is executed anew (scheduler.py)."""
    delta = code.frame_size
    if not stack.reserve(base + delta + FIRST_ARGUMENT + 1):
        raise GuestError(calls.depth_text(stack, base, code))
    stack[base + delta + FIRST_ARGUMENT] = promise
    return call_linked(code, pc, stack, base, delta, code.session.statement(AWAIT), 1, 0)


@dont_look_inside
def call_field(code: Code, pc: int, stack: VMStack, base: int, delta: int, function: Value, count: int) -> Value:
    """Call a function found in a field, without the receiver in front of its arguments."""
    first = base + delta + FIRST_ARGUMENT
    arguments = [stack[first + 1 + index] for index in range(count)]
    push_link(stack, base + delta, code, pc + 1, delta)
    stack.reserve(first + 1 + count)
    result = call_function(code.session, first, function, arguments)
    stack.reserve(base + code.frame_size)
    return result


@dont_look_inside
def call_function(session: Session, first: int, function: Value, arguments: list[Value]) -> Value:
    """Call `function` from a native whose own first argument is in slot `first`. The arguments are lent."""
    stack = session.stack
    newbase = stack.top
    count = len(arguments)
    if not stack.reserve(newbase + FIRST_ARGUMENT + count):
        raise RecursionError
    stack[newbase + CALLER_CODE] = Value.NULL
    stack[newbase + RETURN_PC] = Value.of_int(0)
    stack[newbase + BASE_DELTA] = Value.of_int(newbase - (first - FIRST_ARGUMENT))
    stack[newbase + CALLEE] = function
    for index in range(count):
        stack[newbase + FIRST_ARGUMENT + index] = arguments[index]
    callee = calls.as_function(function)
    if callee is None:
        result = call_native_from_native(session, newbase, function, count)
    else:
        target = callee.code
        if target.parameter_count != count:
            raise GuestError(calls.arity_text(target, count))
        if not stack.reserve(newbase + target.frame_size):
            raise GuestError(calls.depth_text(stack, newbase, target))
        if target.owning != 0:
            calls.share_lent(stack, newbase, target.owning)
        if target.generator_slot != NO_GENERATOR:
            result = handlers.new_generator(target, stack, newbase)
        else:
            result = run(target, 0, stack, newbase)
    stack.reserve(newbase)
    return result


def call_native_from_native(session: Session, newbase: int, function: Value, count: int) -> Value:
    """Call a builtin whose arguments are in the frame at `newbase`."""
    stack = session.stack
    if function.is_object():
        thing = function.as_object()
        if isinstance(thing, W_Native):
            if not arity_fits(thing, count):
                raise GuestError(calls.native_arity_text(thing, count))
            return thing.function(session, stack, newbase + FIRST_ARGUMENT, count, 0)
    raise GuestError(calls.NOT_CALLABLE)
