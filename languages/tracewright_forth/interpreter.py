"""Forth's interpreter: one loop over the operations of compiled words; a call of a word stays in it.

`top` is the slot above the data stack. It comes from the instruction, so in a trace it is the frame's base plus a constant, and
the items of the stack are machine registers.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array, unchecked_get, unchecked_set
from tracewright.core.cast import unsafe_cast
from tracewright.core.integers import wrap_add, wrap_mul, wrap_sub
from tracewright.core.system import write_output
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.diagnostics import SourceError
from tracewright.guest.frames import caller_code, push_link, return_pc
from tracewright.guest.instructions import field_a, opcode, wide
from tracewright.hints import JitDriver, dont_look_inside, promote, unroll_safe
from tracewright_forth.objects import FIRST_LOOP, Word, describe
from tracewright_forth.opcodes import Op

STACK_SLOTS: Final = 1 << 20

driver = JitDriver(greens=("code", "pc"), reds=("stack", "base", "bottom"), location=describe, results_in_frame=True)


def run(code: Word, pc: int, stack: VMStack, base: int) -> Value:
    """Run the word whose frame is at `base`; its outputs are left in its frame's first items."""
    bottom = base
    driver.can_enter_jit(code, pc, stack, base, bottom)
    try:
        while True:
            driver.jit_merge_point(code, pc, stack, base, bottom)
            word = unchecked_get(code.words, pc)
            operand = wide(word)
            top = base + code.first_item + field_a(word)
            pc += 1
            match opcode(word):
                case Op.LITERAL:
                    stack[top] = Value.of_int(operand)
                case Op.PICK:
                    stack[top] = stack[top - 1 - operand]
                case Op.SWAP:
                    stack[top - 2], stack[top - 1] = stack[top - 1], stack[top - 2]
                case Op.ROTATE:
                    stack[top - 3], stack[top - 2], stack[top - 1] = stack[top - 2], stack[top - 1], stack[top - 3]
                case Op.ADD:
                    stack[top - 2] = Value.of_int(wrap_add(stack[top - 2].as_int(), stack[top - 1].as_int()))
                case Op.SUBTRACT:
                    stack[top - 2] = Value.of_int(wrap_sub(stack[top - 2].as_int(), stack[top - 1].as_int()))
                case Op.MULTIPLY:
                    stack[top - 2] = Value.of_int(wrap_mul(stack[top - 2].as_int(), stack[top - 1].as_int()))
                case Op.DIVIDE:
                    stack[top - 2] = Value.of_int(stack[top - 2].as_int() // stack[top - 1].as_int())
                case Op.MODULO:
                    stack[top - 2] = Value.of_int(stack[top - 2].as_int() % stack[top - 1].as_int())
                case Op.AND:
                    stack[top - 2] = Value.of_int(stack[top - 2].as_int() & stack[top - 1].as_int())
                case Op.OR:
                    stack[top - 2] = Value.of_int(stack[top - 2].as_int() | stack[top - 1].as_int())
                case Op.XOR:
                    stack[top - 2] = Value.of_int(stack[top - 2].as_int() ^ stack[top - 1].as_int())
                case Op.LESS:
                    stack[top - 2] = Value.of_int(-1 if stack[top - 2].as_int() < stack[top - 1].as_int() else 0)
                case Op.EQUAL:
                    stack[top - 2] = Value.of_int(-1 if stack[top - 2].as_int() == stack[top - 1].as_int() else 0)
                case Op.FETCH:
                    address = checked(stack[top - 1].as_int(), code.cells)
                    stack[top - 1] = Value.of_int(unchecked_get(code.cells, address))
                case Op.STORE:
                    address = checked(stack[top - 1].as_int(), code.cells)
                    unchecked_set(code.cells, address, stack[top - 2].as_int())
                case Op.JUMP:
                    pc = operand
                case Op.JUMP_IF_ZERO:
                    if stack[top - 1].as_int() == 0:
                        pc = operand
                case Op.REPEAT:
                    pc = operand
                    driver.can_enter_jit(code, pc, stack, base, bottom)
                case Op.DO:
                    stack[base + FIRST_LOOP + 2 * operand] = stack[top - 1]
                    stack[base + FIRST_LOOP + 2 * operand + 1] = stack[top - 2]
                case Op.LOOP:
                    counter = base + FIRST_LOOP + 2 * (operand & 255)
                    index = wrap_add(stack[counter].as_int(), stack[top - 1].as_int())
                    stack[counter] = Value.of_int(index)
                    if index < stack[counter + 1].as_int():
                        pc = operand >> 8
                        driver.can_enter_jit(code, pc, stack, base, bottom)
                case Op.INDEX:
                    stack[top] = stack[base + FIRST_LOOP + 2 * operand]
                case Op.CALL:
                    callee = unchecked_get(code.callees, operand)
                    newbase = base + code.frame_size
                    if not stack.reserve(newbase + callee.frame_size):
                        raise SourceError("too many words inside each other")
                    copy_slots(stack, top - callee.inputs, newbase + callee.first_item, callee.inputs)
                    if driver.call_separately(callee):
                        run(callee, 0, stack, newbase)
                        stack.reserve(newbase)
                        copy_slots(stack, newbase + callee.first_item, top - callee.inputs, callee.outputs)
                    else:
                        push_link(stack, newbase, code, pc, code.frame_size)
                        code = callee
                        base = newbase
                        pc = 0
                case Op.EXIT:
                    if base == bottom:
                        return Value.NULL
                    callee = code
                    code = promote(unsafe_cast(Word, caller_code(stack, base)))
                    pc = promote(return_pc(stack, base))
                    newbase = base
                    base -= code.frame_size
                    stack.reserve(newbase)
                    top = base + code.first_item + field_a(unchecked_get(code.words, pc - 1))
                    copy_slots(stack, newbase + callee.first_item, top - callee.inputs, callee.outputs)
                case Op.PRINT:
                    print_text(str(stack[top - 1].as_int()) + " ")
                case Op.EMIT:
                    print_text(chr(stack[top - 1].as_int()))
                case Op.PRINT_TEXT:
                    print_text(unchecked_get(code.texts, operand))
                case _:
                    raise AssertionError("unknown operation")
    except SourceError as error:
        if error.line == 0:
            error.line = code.line_at(pc - 1)
        raise
    except ZeroDivisionError:
        raise SourceError("division by zero", code.line_at(pc - 1))


@unroll_safe
def copy_slots(stack: VMStack, source: int, target: int, count: int) -> None:
    """Copy adjacent slots: a word's inputs into its frame, its outputs out of it."""
    for k in range(count):
        stack[target + k] = stack[source + k]


def checked(address: int, cells: Array[int]) -> int:
    """The address, if a cell is there."""
    if 0 <= address < len(cells):
        return address
    raise SourceError(f"{address} is not the address of a cell")


@dont_look_inside
def print_text(text: str) -> None:
    """Standard output."""
    write_output(text.encode())


def run_word(main: Word) -> None:
    """Run a whole program."""
    stack = VMStack(STACK_SLOTS)
    stack.reserve(main.frame_size)
    run(main, 0, stack, 0)
