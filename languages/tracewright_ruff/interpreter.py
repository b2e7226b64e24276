"""The dispatch loop: `run` executes bytecode; guest calls stay in the loop.

For other parts of the language:

* `run_program(session, code)` runs compiled top-level code; errors come out as GuestError or ProgramExit.
* `call_function(session, first, function, arguments)` calls a guest function from a native (see objects.py).

How the loop is written, so that it is fast as C and clear to the tracer: each handler tests types first and has its effects
last; ints come first, then floats, then a function for the rest. `pc` moves on after the effects, so that an error and a
failed guard find it at the bytecode concerned. Handlers end with `continue`; only calls fall out of the `match`, to the code
that enters a function.
"""

from __future__ import annotations

from tracewright.core.arrays import unchecked_get, unchecked_set
from tracewright.core.cast import unsafe_cast
from tracewright.core.integers import ovf_add, ovf_mul, ovf_neg, ovf_sub, trunc_div, trunc_mod
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.frames import (
    BASE_DELTA,
    CALLER_CODE,
    LINK_SLOTS,
    RETURN_PC,
    base_delta,
    caller_code,
    mark_outermost,
    push_link,
    return_pc,
)
from tracewright.guest.handler_table import NONE
from tracewright.guest.instructions import field_a, field_b, field_c, opcode, signed_b, signed_c, wide
from tracewright.guest.suspended import can_resume, finish, is_finished, resume, suspend
from tracewright.hints import JitDriver, dont_look_inside, promote
from tracewright_ruff.access import (
    check_set_index,
    entry_or_null,
    field_or_undefined,
    get_field,
    get_index_other,
    get_key,
    insert_entry,
    item_or_null,
    rest_of_array,
    rest_of_dict,
    set_field,
    set_index,
    set_key,
    spread_array,
    spread_dict,
    struct_field,
    take_item,
    take_item_or_null,
    unshared,
    update_field,
    update_index,
    update_key,
)
from tracewright_ruff.arithmetic import (
    add_other,
    divide_ints,
    divide_other,
    greater_equal_other,
    greater_other,
    less_equal_other,
    less_other,
    modulo_ints,
    modulo_other,
    multiply_other,
    overflow_text,
    subtract_other,
)
from tracewright_ruff.bytecode import CALLEE, FIRST_ARGUMENT, NO_GENERATOR, Code, describe
from tracewright_ruff.calls import (
    NOT_CALLABLE,
    W_FieldCall,
    any_bound,
    arity_text,
    as_function,
    awaited,
    callback_text,
    captured_of,
    check_mutable,
    declare_global,
    depth_text,
    error_value,
    is_callable,
    make_function,
    make_variant,
    match_name,
    match_variant,
    method_of,
    native_arity_text,
    next_item,
    note_error,
    payload_or_undefined,
    read_global,
    read_local,
    read_name,
    share_lent,
    snapshot,
    start_range,
    write_global,
    write_name,
)
from tracewright_ruff.containers import share
from tracewright_ruff.dictionaries import W_Dict, shaped_dict
from tracewright_ruff.equality import truth_of, values_equal
from tracewright_ruff.errors import GuestError
from tracewright_ruff.handlers import (
    append_new,
    as_generator,
    copied_slots,
    generator_frame,
    interpolated,
    new_array,
    new_generator,
    next_in_range,
    prepare_operator,
)
from tracewright_ruff.objects import W_Array, W_Struct, W_Tagged, as_array, resolved_promise
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
                    match opcode(word):
                        # --- slots and constants
                        case Op.MOVE:
                            stack[base + field_a(word)] = stack[base + field_b(word)]
                            pc += 1
                            continue
                        case Op.LOAD_INT:
                            stack[base + field_a(word)] = Value.of_int(signed_b(word))
                            pc += 1
                            continue
                        case Op.LOAD_CONSTANT:
                            stack[base + field_a(word)] = unchecked_get(code.constants, wide(word))
                            pc += 1
                            continue
                        case Op.COPY:
                            stack[base + field_a(word)] = share(stack[base + field_b(word)])
                            pc += 1
                            continue
                        case Op.UNDEFINE:
                            stack[base + field_a(word)] = Value.UNDEFINED
                            stack[base + field_b(word)] = Value.UNDEFINED
                            stack[base + field_c(word)] = Value.UNDEFINED
                            pc += 1
                            continue
                        case Op.CHECK:
                            if stack[base + field_a(word)].same(Value.UNDEFINED):
                                raise GuestError("Undefined variable: " + unchecked_get(code.names, wide(word)))
                            pc += 1
                            continue
                        case Op.FAIL:
                            raise GuestError(unchecked_get(code.names, wide(word)))
                        # --- variables that are not slots
                        case Op.LOAD_GLOBAL:
                            stack[base + field_a(word)] = read_global(unchecked_get(code.cells, wide(word)))
                            pc += 1
                            continue
                        case Op.LOAD_GLOBAL_SHARED:
                            stack[base + field_a(word)] = share(read_global(unchecked_get(code.cells, wide(word))))
                            pc += 1
                            continue
                        case Op.TAKE_GLOBAL:
                            cell = unchecked_get(code.cells, wide(word))
                            value = read_global(cell)
                            stack[base + field_a(word)] = value if cell.kind <= MUTABLE else share(value)
                            pc += 1
                            continue
                        case Op.STORE_GLOBAL:
                            write_global(unchecked_get(code.cells, wide(word)), stack[base + field_a(word)])
                            pc += 1
                            continue
                        case Op.DECLARE_GLOBAL:
                            kind = field_b(word)
                            cell = unchecked_get(code.cells, field_c(word))
                            declare_global(cell, kind & 15, stack[base + field_a(word)], kind >= REBIND)
                            pc += 1
                            continue
                        case Op.BIND_GLOBAL:
                            unchecked_get(code.cells, wide(word)).bind(stack[base + field_a(word)], MUTABLE)
                            pc += 1
                            continue
                        case Op.UPDATE_GLOBAL:
                            cell = unchecked_get(code.cells, wide(word))
                            value = read_global(cell)
                            check_mutable(cell)
                            fresh = unshared(value)
                            if not fresh.same(value):
                                write_global(cell, fresh)
                            stack[base + field_a(word)] = fresh
                            pc += 1
                            continue
                        case Op.LOAD_CAPTURED:
                            stack[base + field_a(word)] = unchecked_get(captured_of(stack, base), field_b(word))
                            pc += 1
                            continue
                        case Op.LOAD_CAPTURED_SHARED:
                            stack[base + field_a(word)] = share(unchecked_get(captured_of(stack, base), field_b(word)))
                            pc += 1
                            continue
                        case Op.STORE_CAPTURED:
                            unchecked_set(captured_of(stack, base), field_b(word), stack[base + field_a(word)])
                            pc += 1
                            continue
                        case Op.UPDATE_CAPTURED:
                            captured = captured_of(stack, base)
                            fresh = unshared(unchecked_get(captured, field_b(word)))
                            unchecked_set(captured, field_b(word), fresh)
                            stack[base + field_a(word)] = fresh
                            pc += 1
                            continue
                        case Op.LOAD_NAME:
                            stack[base + field_a(word)] = read_name(
                                stack, base, unchecked_get(code.lookups, wide(word))
                            )
                            pc += 1
                            continue
                        case Op.LOAD_NAME_SHARED:
                            site = unchecked_get(code.lookups, wide(word))
                            stack[base + field_a(word)] = share(read_name(stack, base, site))
                            pc += 1
                            continue
                        case Op.TAKE_NAME:
                            site = unchecked_get(code.lookups, wide(word))
                            value = read_name(stack, base, site)
                            if site.cell is not None and site.cell.kind > MUTABLE:
                                value = share(value)
                            stack[base + field_a(word)] = value
                            pc += 1
                            continue
                        case Op.STORE_NAME:
                            site = unchecked_get(code.lookups, wide(word))
                            write_name(stack, base, site, stack[base + field_a(word)])
                            pc += 1
                            continue
                        case Op.UPDATE_NAME:
                            site = unchecked_get(code.lookups, wide(word))
                            value = read_name(stack, base, site)
                            if site.cell is not None and read_local(stack, base, site).same(Value.UNDEFINED):
                                check_mutable(site.cell)
                            fresh = unshared(value)
                            if not fresh.same(value):
                                write_name(stack, base, site, fresh)
                            stack[base + field_a(word)] = fresh
                            pc += 1
                            continue
                        case Op.CAPTURE_NAME:
                            site = unchecked_get(code.lookups, wide(word))
                            stack[base + field_a(word)] = read_local(stack, base, site)
                            pc += 1
                            continue
                        case Op.SELECT_BODY:
                            if any_bound(code.cells, field_a(word), field_b(word)):
                                pc = unchecked_get(code.words, pc + 1)
                            else:
                                pc += 2
                            continue
                        # --- arithmetic
                        case Op.ADD:
                            left = stack[base + field_b(word)]
                            right = stack[base + field_c(word)]
                            if left.is_int() and right.is_int():
                                stack[base + field_a(word)] = Value.of_int(ovf_add(left.as_int(), right.as_int()))
                                pc += 1
                                continue
                            if left.is_float() and right.is_float():
                                stack[base + field_a(word)] = Value.of_float(left.as_float() + right.as_float())
                                pc += 1
                                continue
                            value = add_other(left, right)
                            if not value.same(Value.UNDEFINED):
                                stack[base + field_a(word)] = value
                                pc += 1
                                continue
                            delta = code.frame_size
                            given = 2
                            function = prepare_operator(stack, base + delta, left, right, "op_add", "+")
                        case Op.SUBTRACT:
                            left = stack[base + field_b(word)]
                            right = stack[base + field_c(word)]
                            if left.is_int() and right.is_int():
                                stack[base + field_a(word)] = Value.of_int(ovf_sub(left.as_int(), right.as_int()))
                                pc += 1
                                continue
                            if left.is_float() and right.is_float():
                                stack[base + field_a(word)] = Value.of_float(left.as_float() - right.as_float())
                                pc += 1
                                continue
                            value = subtract_other(left, right)
                            if not value.same(Value.UNDEFINED):
                                stack[base + field_a(word)] = value
                                pc += 1
                                continue
                            delta = code.frame_size
                            given = 2
                            function = prepare_operator(stack, base + delta, left, right, "op_sub", "-")
                        case Op.MULTIPLY:
                            left = stack[base + field_b(word)]
                            right = stack[base + field_c(word)]
                            if left.is_int() and right.is_int():
                                stack[base + field_a(word)] = Value.of_int(ovf_mul(left.as_int(), right.as_int()))
                                pc += 1
                                continue
                            if left.is_float() and right.is_float():
                                stack[base + field_a(word)] = Value.of_float(left.as_float() * right.as_float())
                                pc += 1
                                continue
                            value = multiply_other(left, right)
                            if not value.same(Value.UNDEFINED):
                                stack[base + field_a(word)] = value
                                pc += 1
                                continue
                            delta = code.frame_size
                            given = 2
                            function = prepare_operator(stack, base + delta, left, right, "op_mul", "*")
                        case Op.DIVIDE:
                            left = stack[base + field_b(word)]
                            right = stack[base + field_c(word)]
                            if left.is_int() and right.is_int():
                                stack[base + field_a(word)] = Value.of_int(divide_ints(left.as_int(), right.as_int()))
                                pc += 1
                                continue
                            value = divide_other(left, right)
                            if not value.same(Value.UNDEFINED):
                                stack[base + field_a(word)] = value
                                pc += 1
                                continue
                            delta = code.frame_size
                            given = 2
                            function = prepare_operator(stack, base + delta, left, right, "op_div", "/")
                        case Op.MODULO:
                            left = stack[base + field_b(word)]
                            right = stack[base + field_c(word)]
                            if left.is_int() and right.is_int():
                                stack[base + field_a(word)] = Value.of_int(modulo_ints(left.as_int(), right.as_int()))
                                pc += 1
                                continue
                            value = modulo_other(left, right)
                            if not value.same(Value.UNDEFINED):
                                stack[base + field_a(word)] = value
                                pc += 1
                                continue
                            delta = code.frame_size
                            given = 2
                            function = prepare_operator(stack, base + delta, left, right, "op_mod", "%")
                        case Op.ADD_INT:
                            left = stack[base + field_b(word)]
                            if left.is_int():
                                stack[base + field_a(word)] = Value.of_int(ovf_add(left.as_int(), signed_c(word)))
                                pc += 1
                                continue
                            right = Value.of_int(signed_c(word))
                            value = add_other(left, right)
                            if not value.same(Value.UNDEFINED):
                                stack[base + field_a(word)] = value
                                pc += 1
                                continue
                            delta = code.frame_size
                            given = 2
                            function = prepare_operator(stack, base + delta, left, right, "op_add", "+")
                        case Op.SUBTRACT_INT:
                            left = stack[base + field_b(word)]
                            if left.is_int():
                                stack[base + field_a(word)] = Value.of_int(ovf_sub(left.as_int(), signed_c(word)))
                                pc += 1
                                continue
                            right = Value.of_int(signed_c(word))
                            value = subtract_other(left, right)
                            if not value.same(Value.UNDEFINED):
                                stack[base + field_a(word)] = value
                                pc += 1
                                continue
                            delta = code.frame_size
                            given = 2
                            function = prepare_operator(stack, base + delta, left, right, "op_sub", "-")
                        case Op.MULTIPLY_INT:
                            left = stack[base + field_b(word)]
                            if left.is_int():
                                stack[base + field_a(word)] = Value.of_int(ovf_mul(left.as_int(), signed_c(word)))
                                pc += 1
                                continue
                            right = Value.of_int(signed_c(word))
                            value = multiply_other(left, right)
                            if not value.same(Value.UNDEFINED):
                                stack[base + field_a(word)] = value
                                pc += 1
                                continue
                            delta = code.frame_size
                            given = 2
                            function = prepare_operator(stack, base + delta, left, right, "op_mul", "*")
                        case Op.DIVIDE_INT:
                            left = stack[base + field_b(word)]
                            if left.is_int():
                                stack[base + field_a(word)] = Value.of_int(trunc_div(left.as_int(), signed_c(word)))
                                pc += 1
                                continue
                            right = Value.of_int(signed_c(word))
                            value = divide_other(left, right)
                            if not value.same(Value.UNDEFINED):
                                stack[base + field_a(word)] = value
                                pc += 1
                                continue
                            delta = code.frame_size
                            given = 2
                            function = prepare_operator(stack, base + delta, left, right, "op_div", "/")
                        case Op.MODULO_INT:
                            left = stack[base + field_b(word)]
                            if left.is_int():
                                stack[base + field_a(word)] = Value.of_int(trunc_mod(left.as_int(), signed_c(word)))
                                pc += 1
                                continue
                            right = Value.of_int(signed_c(word))
                            value = modulo_other(left, right)
                            if not value.same(Value.UNDEFINED):
                                stack[base + field_a(word)] = value
                                pc += 1
                                continue
                            delta = code.frame_size
                            given = 2
                            function = prepare_operator(stack, base + delta, left, right, "op_mod", "%")
                        case Op.NEGATE:
                            left = stack[base + field_b(word)]
                            if left.is_int():
                                stack[base + field_a(word)] = Value.of_int(ovf_neg(left.as_int()))
                                pc += 1
                                continue
                            if left.is_float():
                                stack[base + field_a(word)] = Value.of_float(-left.as_float())
                                pc += 1
                                continue
                            delta = code.frame_size
                            given = 1
                            function = prepare_operator(stack, base + delta, left, Value.UNDEFINED, "op_neg", "-")
                        case Op.NOT:
                            left = stack[base + field_b(word)]
                            if left.is_bool():
                                stack[base + field_a(word)] = Value.of_bool(not left.as_bool())
                                pc += 1
                                continue
                            delta = code.frame_size
                            given = 1
                            function = prepare_operator(stack, base + delta, left, Value.UNDEFINED, "op_not", "!")
                        # --- comparison
                        case Op.EQUAL:
                            left = stack[base + field_b(word)]
                            right = stack[base + field_c(word)]
                            if left.is_int() and right.is_int():
                                flag = left.as_int() == right.as_int()
                            else:
                                flag = values_equal(left, right)
                            stack[base + field_a(word)] = Value.of_bool(flag)
                            pc += 1
                            continue
                        case Op.NOT_EQUAL:
                            left = stack[base + field_b(word)]
                            right = stack[base + field_c(word)]
                            if left.is_int() and right.is_int():
                                flag = left.as_int() != right.as_int()
                            else:
                                flag = not values_equal(left, right)
                            stack[base + field_a(word)] = Value.of_bool(flag)
                            pc += 1
                            continue
                        case Op.LESS:
                            left = stack[base + field_b(word)]
                            right = stack[base + field_c(word)]
                            if left.is_int() and right.is_int():
                                flag = left.as_int() < right.as_int()
                            elif left.is_float() and right.is_float():
                                flag = left.as_float() < right.as_float()
                            else:
                                flag = less_other(left, right)
                            stack[base + field_a(word)] = Value.of_bool(flag)
                            pc += 1
                            continue
                        case Op.LESS_EQUAL:
                            left = stack[base + field_b(word)]
                            right = stack[base + field_c(word)]
                            if left.is_int() and right.is_int():
                                flag = left.as_int() <= right.as_int()
                            elif left.is_float() and right.is_float():
                                flag = left.as_float() <= right.as_float()
                            else:
                                flag = less_equal_other(left, right)
                            stack[base + field_a(word)] = Value.of_bool(flag)
                            pc += 1
                            continue
                        case Op.GREATER:
                            left = stack[base + field_b(word)]
                            right = stack[base + field_c(word)]
                            if left.is_int() and right.is_int():
                                flag = left.as_int() > right.as_int()
                            elif left.is_float() and right.is_float():
                                flag = left.as_float() > right.as_float()
                            else:
                                flag = greater_other(left, right)
                            stack[base + field_a(word)] = Value.of_bool(flag)
                            pc += 1
                            continue
                        case Op.GREATER_EQUAL:
                            left = stack[base + field_b(word)]
                            right = stack[base + field_c(word)]
                            if left.is_int() and right.is_int():
                                flag = left.as_int() >= right.as_int()
                            elif left.is_float() and right.is_float():
                                flag = left.as_float() >= right.as_float()
                            else:
                                flag = greater_equal_other(left, right)
                            stack[base + field_a(word)] = Value.of_bool(flag)
                            pc += 1
                            continue
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
                            left = stack[base + field_a(word)]
                            right = stack[base + field_b(word)]
                            if left.is_int() and right.is_int():
                                flag = left.as_int() == right.as_int()
                            else:
                                flag = values_equal(left, right)
                            pc = pc + 2 if flag else unchecked_get(code.words, pc + 1)
                            continue
                        case Op.UNLESS_NOT_EQUAL:
                            left = stack[base + field_a(word)]
                            right = stack[base + field_b(word)]
                            if left.is_int() and right.is_int():
                                flag = left.as_int() != right.as_int()
                            else:
                                flag = not values_equal(left, right)
                            pc = pc + 2 if flag else unchecked_get(code.words, pc + 1)
                            continue
                        case Op.UNLESS_LESS:
                            left = stack[base + field_a(word)]
                            right = stack[base + field_b(word)]
                            if left.is_int() and right.is_int():
                                flag = left.as_int() < right.as_int()
                            elif left.is_float() and right.is_float():
                                flag = left.as_float() < right.as_float()
                            else:
                                flag = less_other(left, right)
                            pc = pc + 2 if flag else unchecked_get(code.words, pc + 1)
                            continue
                        case Op.UNLESS_LESS_EQUAL:
                            left = stack[base + field_a(word)]
                            right = stack[base + field_b(word)]
                            if left.is_int() and right.is_int():
                                flag = left.as_int() <= right.as_int()
                            elif left.is_float() and right.is_float():
                                flag = left.as_float() <= right.as_float()
                            else:
                                flag = less_equal_other(left, right)
                            pc = pc + 2 if flag else unchecked_get(code.words, pc + 1)
                            continue
                        case Op.UNLESS_GREATER:
                            left = stack[base + field_a(word)]
                            right = stack[base + field_b(word)]
                            if left.is_int() and right.is_int():
                                flag = left.as_int() > right.as_int()
                            elif left.is_float() and right.is_float():
                                flag = left.as_float() > right.as_float()
                            else:
                                flag = greater_other(left, right)
                            pc = pc + 2 if flag else unchecked_get(code.words, pc + 1)
                            continue
                        case Op.UNLESS_GREATER_EQUAL:
                            left = stack[base + field_a(word)]
                            right = stack[base + field_b(word)]
                            if left.is_int() and right.is_int():
                                flag = left.as_int() >= right.as_int()
                            elif left.is_float() and right.is_float():
                                flag = left.as_float() >= right.as_float()
                            else:
                                flag = greater_equal_other(left, right)
                            pc = pc + 2 if flag else unchecked_get(code.words, pc + 1)
                            continue
                        case Op.UNLESS_EQUAL_INT:
                            left = stack[base + field_a(word)]
                            if left.is_int():
                                flag = left.as_int() == signed_b(word)
                            else:
                                flag = values_equal(left, Value.of_int(signed_b(word)))
                            pc = pc + 2 if flag else unchecked_get(code.words, pc + 1)
                            continue
                        case Op.UNLESS_NOT_EQUAL_INT:
                            left = stack[base + field_a(word)]
                            if left.is_int():
                                flag = left.as_int() != signed_b(word)
                            else:
                                flag = not values_equal(left, Value.of_int(signed_b(word)))
                            pc = pc + 2 if flag else unchecked_get(code.words, pc + 1)
                            continue
                        case Op.UNLESS_LESS_INT:
                            left = stack[base + field_a(word)]
                            if left.is_int():
                                flag = left.as_int() < signed_b(word)
                            elif left.is_float():
                                flag = left.as_float() < float(signed_b(word))
                            else:
                                flag = less_other(left, Value.of_int(signed_b(word)))
                            pc = pc + 2 if flag else unchecked_get(code.words, pc + 1)
                            continue
                        case Op.UNLESS_LESS_EQUAL_INT:
                            left = stack[base + field_a(word)]
                            if left.is_int():
                                flag = left.as_int() <= signed_b(word)
                            elif left.is_float():
                                flag = left.as_float() <= float(signed_b(word))
                            else:
                                flag = less_equal_other(left, Value.of_int(signed_b(word)))
                            pc = pc + 2 if flag else unchecked_get(code.words, pc + 1)
                            continue
                        case Op.UNLESS_GREATER_INT:
                            left = stack[base + field_a(word)]
                            if left.is_int():
                                flag = left.as_int() > signed_b(word)
                            elif left.is_float():
                                flag = left.as_float() > float(signed_b(word))
                            else:
                                flag = greater_other(left, Value.of_int(signed_b(word)))
                            pc = pc + 2 if flag else unchecked_get(code.words, pc + 1)
                            continue
                        case Op.UNLESS_GREATER_EQUAL_INT:
                            left = stack[base + field_a(word)]
                            if left.is_int():
                                flag = left.as_int() >= signed_b(word)
                            elif left.is_float():
                                flag = left.as_float() >= float(signed_b(word))
                            else:
                                flag = greater_equal_other(left, Value.of_int(signed_b(word)))
                            pc = pc + 2 if flag else unchecked_get(code.words, pc + 1)
                            continue
                        # --- making values
                        case Op.INTERPOLATE:
                            stack[base + field_a(word)] = interpolated(stack, base + field_b(word), field_c(word))
                            pc += 1
                            continue
                        case Op.NEW_ARRAY:
                            stack[base + field_a(word)] = new_array(stack, base + field_b(word), field_c(word))
                            pc += 1
                            continue
                        case Op.ARRAY_APPEND:
                            append_new(stack[base + field_a(word)], stack[base + field_b(word)])
                            pc += 1
                            continue
                        case Op.ARRAY_SPREAD:
                            spread_array(stack[base + field_a(word)], stack[base + field_b(word)])
                            pc += 1
                            continue
                        case Op.NEW_DICT:
                            stack[base + field_a(word)] = Value.of_object(W_Dict(code.session.dict_shape))
                            pc += 1
                            continue
                        case Op.NEW_SHAPED_DICT:
                            shape = unchecked_get(code.shapes, field_c(word))
                            items = copied_slots(stack, base + field_b(word), shape.count)
                            stack[base + field_a(word)] = Value.of_object(shaped_dict(shape, items))
                            pc += 1
                            continue
                        case Op.DICT_INSERT:
                            insert_entry(
                                stack[base + field_a(word)], stack[base + field_b(word)], stack[base + field_c(word)]
                            )
                            pc += 1
                            continue
                        case Op.DICT_SPREAD:
                            spread_dict(stack[base + field_a(word)], stack[base + field_b(word)])
                            pc += 1
                            continue
                        case Op.NEW_STRUCT:
                            shape = unchecked_get(code.shapes, field_c(word))
                            struct = struct_of_slots(shape, stack, base + field_b(word))
                            stack[base + field_a(word)] = Value.of_object(struct)
                            pc += 1
                            continue
                        case Op.NEW_VARIANT:
                            stack[base + field_a(word)] = make_variant(stack[base + field_b(word)], field_c(word))
                            pc += 1
                            continue
                        case Op.NEW_TAGGED:
                            payload = unsafe_cast(W_Array, stack[base + field_b(word)].as_object()).items
                            tag = unchecked_get(code.names, field_c(word))
                            stack[base + field_a(word)] = Value.of_object(W_Tagged(tag, payload))
                            pc += 1
                            continue
                        case Op.NEW_FUNCTION:
                            stack[base + field_a(word)] = make_function(
                                stack, base, unchecked_get(code.codes, wide(word))
                            )
                            pc += 1
                            continue
                        case Op.DEFINE_METHOD:
                            name = unchecked_get(code.names, field_b(word))
                            struct_type = unchecked_get(code.shapes, field_c(word)).guest_type
                            struct_type.define(name, stack[base + field_a(word)])
                            pc += 1
                            continue
                        # --- elements
                        case Op.GET_INDEX:
                            left = stack[base + field_b(word)]
                            right = stack[base + field_c(word)]
                            array = as_array(left)
                            if array is not None and right.is_int() and 0 <= right.as_int() < array.length:
                                value = unchecked_get(array.items, right.as_int())
                            else:
                                value = get_index_other(left, right)
                            stack[base + field_a(word)] = value
                            pc += 1
                            continue
                        case Op.GET_INDEX_SHARED:
                            left = stack[base + field_b(word)]
                            right = stack[base + field_c(word)]
                            array = as_array(left)
                            if array is not None and right.is_int() and 0 <= right.as_int() < array.length:
                                value = unchecked_get(array.items, right.as_int())
                            else:
                                value = get_index_other(left, right)
                            stack[base + field_a(word)] = share(value)
                            pc += 1
                            continue
                        case Op.TAKE_ITEM:
                            stack[base + field_a(word)] = take_item(stack[base + field_b(word)], field_c(word))
                            pc += 1
                            continue
                        case Op.GET_KEY:
                            stack[base + field_a(word)] = get_key(
                                stack[base + field_b(word)], unchecked_get(code.fields, field_c(word))
                            )
                            pc += 1
                            continue
                        case Op.GET_KEY_SHARED:
                            stack[base + field_a(word)] = share(
                                get_key(stack[base + field_b(word)], unchecked_get(code.fields, field_c(word)))
                            )
                            pc += 1
                            continue
                        case Op.GET_FIELD:
                            stack[base + field_a(word)] = get_field(
                                stack[base + field_b(word)], unchecked_get(code.fields, field_c(word))
                            )
                            pc += 1
                            continue
                        case Op.GET_FIELD_SHARED:
                            stack[base + field_a(word)] = share(
                                get_field(stack[base + field_b(word)], unchecked_get(code.fields, field_c(word)))
                            )
                            pc += 1
                            continue
                        case Op.SET_INDEX:
                            left = stack[base + field_a(word)]
                            right = stack[base + field_b(word)]
                            array = as_array(left)
                            if (
                                array is not None
                                and right.is_int()
                                and 0 <= right.as_int() < array.length
                                and not array.shared
                            ):
                                unchecked_set(array.items, right.as_int(), stack[base + field_c(word)])
                            else:
                                check_set_index(left, right)
                                fresh = unshared(left)
                                set_index(fresh, right, stack[base + field_c(word)])
                                stack[base + field_a(word)] = fresh
                            pc += 1
                            continue
                        case Op.SET_KEY:
                            fresh = unshared(stack[base + field_a(word)])
                            set_key(fresh, unchecked_get(code.fields, field_c(word)), stack[base + field_b(word)])
                            stack[base + field_a(word)] = fresh
                            pc += 1
                            continue
                        case Op.SET_FIELD:
                            fresh = unshared(stack[base + field_a(word)])
                            set_field(fresh, unchecked_get(code.fields, field_c(word)), stack[base + field_b(word)])
                            stack[base + field_a(word)] = fresh
                            pc += 1
                            continue
                        case Op.UPDATE_INDEX:
                            fresh = unshared(stack[base + field_b(word)])
                            value = update_index(fresh, stack[base + field_c(word)])
                            stack[base + field_b(word)] = fresh
                            stack[base + field_a(word)] = value
                            pc += 1
                            continue
                        case Op.UPDATE_KEY:
                            fresh = unshared(stack[base + field_b(word)])
                            value = update_key(fresh, unchecked_get(code.fields, field_c(word)))
                            stack[base + field_b(word)] = fresh
                            stack[base + field_a(word)] = value
                            pc += 1
                            continue
                        case Op.UPDATE_FIELD:
                            fresh = unshared(stack[base + field_b(word)])
                            value = update_field(fresh, unchecked_get(code.fields, field_c(word)))
                            stack[base + field_b(word)] = fresh
                            stack[base + field_a(word)] = value
                            pc += 1
                            continue
                        case Op.FIELD_VARIABLE:
                            struct = unsafe_cast(W_Struct, stack[base + field_b(word)].as_object())
                            stack[base + field_a(word)] = share(
                                struct_field(struct, unchecked_get(code.fields, field_c(word)))
                            )
                            pc += 1
                            continue
                        case Op.ITEM_OR_NULL:
                            stack[base + field_a(word)] = item_or_null(stack[base + field_b(word)], field_c(word))
                            pc += 1
                            continue
                        case Op.TAKE_ITEM_OR_NULL:
                            stack[base + field_a(word)] = take_item_or_null(stack[base + field_b(word)], field_c(word))
                            pc += 1
                            continue
                        case Op.REST_OF_ARRAY:
                            stack[base + field_a(word)] = rest_of_array(stack[base + field_b(word)], field_c(word))
                            pc += 1
                            continue
                        case Op.KEY_OR_NULL:
                            stack[base + field_a(word)] = entry_or_null(
                                stack[base + field_b(word)], unchecked_get(code.fields, field_c(word)).name
                            )
                            pc += 1
                            continue
                        case Op.REST_OF_DICT:
                            names = unchecked_get(code.constants, field_c(word))
                            stack[base + field_a(word)] = rest_of_dict(code.session, stack[base + field_b(word)], names)
                            pc += 1
                            continue
                        # --- calls
                        case Op.CALL:
                            delta = field_b(word)
                            given = field_c(word)
                            callee = as_function(stack[base + delta + CALLEE])
                            if callee is None:
                                stack[base + field_a(word)] = call_other(code, pc, stack, base, delta, given)
                                pc += 1
                                continue
                            function = callee
                        case Op.CALL_NATIVE:
                            site_called = unchecked_get(code.natives, field_c(word))
                            native = site_called.native
                            if not site_called.fits:
                                raise GuestError(native_arity_text(native, site_called.count))
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
                            pc += 1
                            continue
                        case Op.FIELD_CALLEE:
                            value = field_or_undefined(
                                stack[base + field_b(word)], unchecked_get(code.fields, field_c(word))
                            )
                            if value.same(Value.UNDEFINED):
                                pc = unchecked_get(code.words, pc + 1)
                            else:
                                stack[base + field_a(word) + CALLEE] = value
                                pc += 2
                            continue
                        case Op.CHECK_CALLBACK:
                            if as_array(stack[base + field_a(word)]) is None or not is_callable(
                                stack[base + field_b(word)]
                            ):
                                raise GuestError(callback_text(unchecked_get(code.names, field_c(word))))
                            pc += 1
                            continue
                        case Op.FIND_METHOD:
                            window = base + field_a(word)
                            method_site = unchecked_get(code.methods, wide(word))
                            stack[window + CALLEE] = method_of(
                                code.session, stack[window + FIRST_ARGUMENT], method_site
                            )
                            pc += 1
                            continue
                        case Op.RETURN | Op.RETURN_SHARED | Op.RETURN_NULL:
                            if opcode(word) == Op.RETURN:
                                result = stack[base + field_a(word)]
                            elif opcode(word) == Op.RETURN_SHARED:
                                result = share(stack[base + field_a(word)])
                            else:
                                result = Value.NULL
                            ends = code.generator_slot != NO_GENERATOR
                            if ends:
                                frame = generator_frame(stack, base, code.generator_slot)
                                finish(frame, LINK_SLOTS, code.frame_size)
                                result = Value.UNDEFINED
                            if base == bottom:
                                return result
                            code = promote(unsafe_cast(Code, caller_code(stack, base)))
                            pc = promote(return_pc(stack, base))
                            base -= promote(base_delta(stack, base))
                            stack.reserve(base + code.frame_size)
                            if ends:
                                pc = unchecked_get(code.words, pc)
                            else:
                                stack[base + field_a(unchecked_get(code.words, pc - 1))] = result
                            continue
                        case Op.YIELD:
                            # As a return to the NEXT that has resumed this frame, which is kept.
                            result = share(stack[base + field_a(word)])
                            frame = generator_frame(stack, base, code.generator_slot)
                            suspend(frame, stack, base, LINK_SLOTS, code.frame_size, pc + 1)
                            if base == bottom:
                                return result
                            code = promote(unsafe_cast(Code, caller_code(stack, base)))
                            pc = promote(return_pc(stack, base))
                            base -= promote(base_delta(stack, base))
                            stack.reserve(base + code.frame_size)
                            stack[base + field_b(unchecked_get(code.words, pc - 1))] = result
                            pc += 1
                            continue
                        case Op.NEW_PROMISE:
                            stack[base + field_a(word)] = resolved_promise(stack[base + field_b(word)])
                            pc += 1
                            continue
                        case Op.AWAIT:
                            value = awaited(stack[base + field_b(word)])
                            if value.same(Value.UNDEFINED):
                                value = await_pending(code, pc, stack, base, stack[base + field_b(word)])
                            stack[base + field_a(word)] = value
                            pc += 1
                            continue
                        case Op.THROW:
                            value = stack[base + field_a(word)]
                            raise GuestError("", value)
                        case Op.UNWRAP:
                            value = payload_or_undefined(stack[base + field_b(word)])
                            if value.same(Value.UNDEFINED):
                                pc = unchecked_get(code.words, pc + 1)
                            else:
                                stack[base + field_a(word)] = value
                                pc += 2
                            continue
                        case Op.MATCH_VARIANT:
                            value = match_variant(stack[base + field_a(word)], field_c(word))
                            if value.same(Value.UNDEFINED):
                                pc = unchecked_get(code.words, pc + 1)
                            else:
                                if field_b(word) != NO_SLOT:
                                    stack[base + field_b(word)] = value
                                pc += 2
                            continue
                        case Op.MATCH_NAME:
                            value = match_name(stack[base + field_a(word)], unchecked_get(code.names, field_c(word)))
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
                                value = snapshot(value)
                            stack[base + field_a(word)] = value
                            stack[base + field_a(word) + 1] = Value.of_int(0)
                            pc += 1
                            continue
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
                                value = next_item(stack, state)
                                if not value.same(Value.UNDEFINED):
                                    stack[base + field_b(word)] = (
                                        share(value) if opcode(word) == Op.NEXT_SHARED else value
                                    )
                                    pc += 2
                                    continue
                                generator = as_generator(stack[state])
                                if generator is not None and not is_finished(generator.frame):
                                    # As a call of a frame that has been there before; its YIELD comes back.
                                    frame = generator.frame
                                    if not can_resume(frame):
                                        raise GuestError("Generator is already running")
                                    target = promote(unsafe_cast(Code, frame.code))
                                    delta = code.frame_size
                                    newbase = base + delta
                                    if not stack.reserve(newbase + target.frame_size):
                                        raise GuestError(depth_text(stack, base, target))
                                    push_link(stack, newbase, code, pc + 1, delta)
                                    pc = resume(frame, stack, newbase, LINK_SLOTS, target.frame_size)
                                    stack[newbase + target.generator_slot] = stack[state]
                                    code = target
                                    base = newbase
                                    continue
                            pc = unchecked_get(code.words, pc + 1)
                            continue
                        case Op.RANGE:
                            start_range(stack, base + field_a(word), base + field_b(word), field_c(word))
                            pc += 1
                            continue
                        case Op.NEXT_RANGE:
                            state = base + field_a(word)
                            number = stack[state].as_int()
                            limit = stack[state + 1].as_int()
                            step = stack[state + 2].as_int()
                            if number < limit if step > 0 else number > limit:
                                stack[state] = Value.of_int(next_in_range(number, step, limit))
                                stack[base + field_b(word)] = Value.of_int(number)
                                pc += 2
                                continue
                            pc = unchecked_get(code.words, pc + 1)
                            continue
                        case _:
                            raise AssertionError("unknown bytecode")
                    # Enter `function` with `given & 255` arguments that lie in its future frame.
                    newbase = base + delta
                    target = promote(function.code)
                    if target.parameter_count != given & 255:
                        raise GuestError(arity_text(target, given & 255))
                    if not stack.reserve(newbase + target.frame_size):
                        raise GuestError(depth_text(stack, base, target))
                    if target.owning != 0:
                        share_lent(stack, newbase, target.owning & ~(given >> 8))
                    if target.generator_slot != NO_GENERATOR:
                        value = new_generator(target, stack, newbase)
                        stack.reserve(base + code.frame_size)
                        stack[base + field_a(word)] = value
                        pc += 1
                        continue
                    push_link(stack, newbase, code, pc + 1, delta)
                    if driver.call_separately(target):
                        value = run(target, 0, stack, newbase)
                        stack.reserve(base + code.frame_size)
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
                raise GuestError(depth_text(stack, base, code))
        except GuestError as error:
            # What the program can learn of it (where, in which functions) is worked out only where something can ask.
            raising_code = code
            raising_pc = pc
            raising_base = base
            row = code.handlers.find(pc)
            while row == NONE:
                if code.generator_slot != NO_GENERATOR:
                    finish(generator_frame(stack, base, code.generator_slot), LINK_SLOTS, code.frame_size)
                if base == bottom:
                    note_error(error, raising_code, raising_pc, stack, raising_base)
                    raise
                code = promote(unsafe_cast(Code, caller_code(stack, base)))
                pc = promote(return_pc(stack, base)) - 1
                base -= promote(base_delta(stack, base))
                row = code.handlers.find(pc)
            slot = code.handlers.slot(row)
            if slot != NO_SLOT:
                note_error(error, raising_code, raising_pc, stack, raising_base)
                value = error_value(code.session, error)
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
                raise GuestError(native_arity_text(native, count))
            if native.calls_back:
                return call_linked(code, pc, stack, base, delta, native, count, given >> 8)
            return native.function(code.session, stack, base + delta + FIRST_ARGUMENT, count, given >> 8)
        if isinstance(thing, W_FieldCall):
            return call_field(code, pc, stack, base, delta, thing.function, (given & 255) - 1)
    raise GuestError(NOT_CALLABLE)


def call_linked(
    code: Code, pc: int, stack: VMStack, base: int, delta: int, native: W_Native, count: int, moved: int
) -> Value:
    """Call a builtin that may call guest functions: they find their callers through its link."""
    newbase = base + delta
    push_link(stack, newbase, code, pc + 1, delta)
    first = newbase + FIRST_ARGUMENT
    if not stack.reserve(first + count):
        raise GuestError(depth_text(stack, base, code))
    result = native.function(code.session, stack, first, count, moved)
    stack.reserve(base + code.frame_size)
    return result


@dont_look_inside
def await_pending(code: Code, pc: int, stack: VMStack, base: int, promise: Value) -> Value:
    """Wait for a promise. Of a task, the frames may be left meanwhile: then this AWAIT is executed anew (scheduler.py)."""
    delta = code.frame_size
    if not stack.reserve(base + delta + FIRST_ARGUMENT + 1):
        raise GuestError(depth_text(stack, base, code))
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
    callee = as_function(function)
    if callee is None:
        result = call_native_from_native(session, newbase, function, count)
    else:
        target = callee.code
        if target.parameter_count != count:
            raise GuestError(arity_text(target, count))
        if not stack.reserve(newbase + target.frame_size):
            raise GuestError(depth_text(stack, newbase, target))
        if target.owning != 0:
            share_lent(stack, newbase, target.owning)
        if target.generator_slot != NO_GENERATOR:
            result = new_generator(target, stack, newbase)
        else:
            result = run(target, 0, stack, newbase)
    stack.reserve(newbase)
    return result


def run_from_native(session: Session, code: Code, first: int) -> Value:
    """Run top-level code from a native whose own first argument is in slot `first`."""
    stack = session.stack
    newbase = stack.top
    if not stack.reserve(newbase + code.frame_size):
        raise GuestError(depth_text(stack, newbase, code))
    stack[newbase + CALLER_CODE] = Value.NULL
    stack[newbase + RETURN_PC] = Value.of_int(0)
    stack[newbase + BASE_DELTA] = Value.of_int(newbase - (first - FIRST_ARGUMENT))
    stack[newbase + CALLEE] = Value.UNDEFINED
    result = run(code, 0, stack, newbase)
    stack.reserve(newbase)
    return result


def call_native_from_native(session: Session, newbase: int, function: Value, count: int) -> Value:
    """Call a builtin whose arguments are in the frame at `newbase`."""
    stack = session.stack
    if function.is_object():
        thing = function.as_object()
        if isinstance(thing, W_Native):
            if not arity_fits(thing, count):
                raise GuestError(native_arity_text(thing, count))
            return thing.function(session, stack, newbase + FIRST_ARGUMENT, count, 0)
    raise GuestError(NOT_CALLABLE)


# --- whole programs --------------------------------------------------------------------------------------------------
def run_program(session: Session, code: Code) -> Value:
    """Run top-level code; gives what its `return` gives. Raises GuestError (uncaught) and ProgramExit (`exit`)."""
    stack = session.stack
    base = stack.top
    if not stack.reserve(base + code.frame_size):
        raise GuestError("Out of memory")
    mark_outermost(stack, base)
    stack[base + CALLEE] = Value.UNDEFINED
    result = run(code, 0, stack, base)
    stack.reserve(base)
    return result
