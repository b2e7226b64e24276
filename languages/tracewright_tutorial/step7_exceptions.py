"""Step 7: exceptions. `throw` leaves what is running, for the innermost `catch` around it, in this function or in one that called it.

    fun half(n) { if n % 2 == 1 { throw n }  return n / 2 }
    try { print half(7) } catch odd { print odd }

A table beside the code says which instructions are inside which `try`, so entering one costs nothing. An exception of the guest is an
exception of the interpreter, caught in `run`, which looks for a handler from frame to frame. A trace follows all of that: one that is
thrown and caught within it is a jump, and the exception is never made.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import unchecked_get
from tracewright.core.cast import unsafe_cast
from tracewright.core.system import leave
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.command import run_command
from tracewright.guest.diagnostics import SourceError
from tracewright.guest.frames import base_delta, caller_code, push_link, return_pc
from tracewright.guest.handler_table import NONE, HandlerTable
from tracewright.guest.instructions import field_a, opcode, wide
from tracewright.guest.tokens import TokenStream, tokenize
from tracewright.hints import GuestCode, JitDriver, immutable_fields, promote
from tracewright_tutorial.step2_bytecode import RULES, Op, compute, truth
from tracewright_tutorial.step4_functions import STACK_SLOTS
from tracewright_tutorial.step5_closures import CLOSURE, ClosureOp, ClosureScope, Code, as_closure, compute_closure
from tracewright_tutorial.step6_objects import ObjectCode, ObjectCompiler, ObjectOp, ObjectScope


class ThrowOp:
    """Operations of this step."""

    THROW: Final = ObjectOp.NEXT  # a
    NEXT: Final = ObjectOp.NEXT + 1


# --- the compiler ----------------------------------------------------------------------------------------------------
class ThrowScope(ObjectScope):
    """A function that may catch."""

    def code(self) -> Code:
        return ThrowCode(self)


class ThrowCompiler(ObjectCompiler):
    """Also compiles `throw` and `try`."""

    def new_scope(self, name: str, outer: ClosureScope | None) -> ClosureScope:
        return ThrowScope(name, outer)

    def statement(self) -> None:
        tokens = self.tokens
        line = tokens.line()
        if tokens.accept("throw"):
            self.throw(line)
        elif tokens.accept("try"):
            self.protected()
        else:
            super().statement()

    def throw(self, line: int) -> None:
        """`throw value`"""
        self.here.emit(line, ThrowOp.THROW, self.expression(self.here.free()))

    def protected(self) -> None:
        """`try { ... } catch name { ... }`: the value is in the first register that is free around the whole."""
        tokens, here = self.tokens, self.here
        assembler = here.assembler
        slot = here.free()
        start = assembler.here()
        self.block()
        end = assembler.here()
        past = here.jump(tokens.line(), Op.JUMP, 0)
        tokens.expect("catch")
        handler = assembler.label()
        assembler.protect(start, end, handler, slot)
        here.highest = max(here.highest, slot + 1)
        count = len(here.names)
        self.declare(tokens.name())
        self.block()
        del here.names[count:]
        assembler.place(past)


# --- the interpreter -------------------------------------------------------------------------------------------------
@immutable_fields("handlers")
class ThrowCode(ObjectCode):
    """Code with a handler table."""

    def __init__(self, scope: ObjectScope) -> None:
        super().__init__(scope)
        self.handlers: HandlerTable = scope.assembler.handler_table()


# new: an exception of the interpreter carries the guest's. Where it is caught in the same trace, it is never made.
@final
class Thrown(Exception):
    """A guest program has thrown `value`, in this line."""

    def __init__(self, value: Value, line: int) -> None:
        super().__init__("thrown")
        self.value = value
        self.line = line


def describe(code: GuestCode, pc: int) -> str:
    """The place of an instruction, for the JIT's listings."""
    return f"{code.name}:{code.lines.line(pc)}" if isinstance(code, Code) else "?"


driver: Final = JitDriver(greens=("code", "pc"), reds=("stack", "base", "bottom"), location=describe)


def run(code: ThrowCode, pc: int, stack: VMStack, base: int) -> Value:
    """Run the frame at `base` until it returns, or throws what it does not catch."""
    bottom = base
    driver.can_enter_jit(code, pc, stack, base, bottom)
    while True:
        try:
            while True:
                driver.jit_merge_point(code, pc, stack, base, bottom)
                word = unchecked_get(code.words, pc)
                a = base + field_a(word)
                pc += 1
                match opcode(word):
                    case Op.JUMP:
                        pc = wide(word)
                    case Op.JUMP_BACK:
                        pc = wide(word)
                        driver.can_enter_jit(code, pc, stack, base, bottom)
                    case Op.JUMP_IF_FALSE:
                        if not truth(stack[a]):
                            pc = wide(word)
                    case ClosureOp.CALL:
                        callee = promote(as_closure(stack[a + CLOSURE], code, pc - 1).code)
                        if callee.parameters != wide(word):
                            raise SourceError(
                                f"{callee.name} takes {callee.parameters} arguments", code.lines.line(pc - 1)
                            )
                        if not stack.reserve(a + callee.frame_size):
                            raise SourceError("too many calls inside each other", code.lines.line(pc - 1))
                        if driver.call_separately(callee):
                            stack[a] = run(unsafe_cast(ThrowCode, callee), 0, stack, a)
                            stack.reserve(base + code.frame_size)
                        else:
                            push_link(stack, a, code, pc, a - base)
                            code = unsafe_cast(ThrowCode, callee)
                            base = a
                            pc = 0
                    case Op.RETURN:
                        value = stack[a]
                        if base == bottom:
                            return value
                        code = promote(unsafe_cast(ThrowCode, caller_code(stack, base)))
                        pc = promote(return_pc(stack, base))
                        below = promote(base_delta(stack, base))
                        stack[base] = value
                        base -= below
                        stack.reserve(base + code.frame_size)
                    case ThrowOp.THROW:
                        raise Thrown(stack[a], code.lines.line(pc - 1))
                    case operation if operation < Op.NEXT:
                        compute(word, code.constants, stack, base)
                    case _:
                        compute_closure(word, code, stack, base)
        except Thrown as thrown:
            # new: from frame to frame to one that catches. `find` is @elidable, and code and pc are constants of a trace, so nothing is
            # searched there; the link is promoted as in a return. The frame at `bottom` belongs to whoever called `run`.
            row = code.handlers.find(pc - 1)
            while row == NONE:
                if base == bottom:
                    raise
                code = promote(unsafe_cast(ThrowCode, caller_code(stack, base)))
                pc = promote(return_pc(stack, base))
                base -= promote(base_delta(stack, base))
                row = code.handlers.find(pc - 1)
            stack.reserve(base + code.frame_size)
            stack[base + code.handlers.slot(row)] = thrown.value
            pc = code.handlers.target(row)


def compiled(text: str) -> ThrowCode:
    """The code of a program."""
    captured: list[bool] = []
    ThrowCompiler(TokenStream(tokenize(text, RULES)), captured).program()
    compiler = ThrowCompiler(TokenStream(tokenize(text, RULES)), captured)
    compiler.program()
    return unsafe_cast(ThrowCode, compiler.here.code())


def run_text(text: str) -> None:
    """Compile and run a program."""
    code = compiled(text)
    stack = VMStack(STACK_SLOTS)
    stack.reserve(code.frame_size)
    try:
        run(code, 0, stack, 0)
    except Thrown as thrown:
        raise SourceError("nothing catches this", thrown.line)


def main() -> int:
    """The command."""
    return run_command("step7", run_text)


if __name__ == "__main__":
    leave(main())
