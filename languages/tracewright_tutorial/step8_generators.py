"""Step 8: generators. A function with a `yield` in it is one: called, it runs nothing, and `for` lets it go on until its next `yield`.

    fun upto(n) { let i = 0  while i < n { yield i  i = i + 1 } }
    for x in upto(10) { print x }
    throw 5 into g                                  what g is waiting at throws

Between two values, the frame is a heap object (`tracewright.guest.suspended`). To resume it is a call whose frame is not new, to yield is
a return after which the frame is kept: both stay in the loop of `run`, and a trace follows them as it follows calls.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, unchecked_get, unchecked_set
from tracewright.core.cast import unsafe_cast
from tracewright.core.system import leave
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.command import run_command
from tracewright.guest.diagnostics import SourceError
from tracewright.guest.frames import base_delta, caller_code, push_link, return_pc
from tracewright.guest.handler_table import NONE
from tracewright.guest.instructions import field_a, opcode, wide
from tracewright.guest.suspended import SuspendedFrame, can_resume, finish, is_finished, resume, suspend
from tracewright.guest.tokens import TokenStream, tokenize
from tracewright.hints import GuestCode, JitDriver, immutable_fields, promote, unroll_safe
from tracewright_tutorial.step2_bytecode import FIRST_REGISTER, RULES, Op, compute, truth
from tracewright_tutorial.step4_functions import STACK_SLOTS
from tracewright_tutorial.step5_closures import CLOSURE, ClosureOp, ClosureScope, Code, as_closure, compute_closure
from tracewright_tutorial.step7_exceptions import ThrowCode, ThrowCompiler, Thrown, ThrowOp, ThrowScope

FIRST_KEPT: Final = CLOSURE  # a suspended frame keeps its slots from here on; those before it are the link
FRAME_ABOVE: Final = (
    2  # a resumed frame begins so many registers above the one with its generator; what it yields goes between
)


class YieldOp:
    """Operations of this step."""

    YIELD: Final = ThrowOp.NEXT  # a
    FOR_NEXT: Final = ThrowOp.NEXT + 1  # a + 1 := the next value of the generator in a; to number where there is none
    THROW_INTO: Final = ThrowOp.NEXT + 2  # the generator in a goes on by throwing a + 1; to number when it returns


# --- the compiler ----------------------------------------------------------------------------------------------------
@final
class YieldScope(ThrowScope):
    """A function that may be a generator."""

    def __init__(self, name: str, outer: ClosureScope | None) -> None:
        super().__init__(name, outer)
        self.is_generator = False

    def code(self) -> Code:
        return YieldCode(self)


@final
class YieldCompiler(ThrowCompiler):
    """Also compiles what has to do with generators."""

    def new_scope(self, name: str, outer: ClosureScope | None) -> ClosureScope:
        return YieldScope(name, outer)

    def statement(self) -> None:
        tokens = self.tokens
        line = tokens.line()
        if tokens.accept("yield"):
            here = self.here
            assert isinstance(here, YieldScope)
            if here.outer is None:
                raise SourceError("only a function can yield", line)
            here.is_generator = True
            here.emit(line, YieldOp.YIELD, self.expression(here.free()))
        elif tokens.accept("for"):
            self.loop(line)
        else:
            super().statement()

    def loop(self, line: int) -> None:
        """`for name in generator { ... }`: two hidden variables, then the one of that name."""
        tokens, here = self.tokens, self.here
        name = tokens.name()
        tokens.expect("in")
        count = len(here.names)
        generator = here.free()
        self.into(generator)
        self.hide()
        self.load(Value.NULL, generator + 1)
        self.hide()
        start = here.assembler.loop_label(Op.JUMP)
        past = here.jump(line, YieldOp.FOR_NEXT, generator)
        here.emit(line, Op.MOVE, generator + 2, generator + 1)
        self.declare(name)
        self.block()
        here.jump(line, Op.JUMP_BACK, 0, start)
        here.assembler.place(past)
        del here.names[count:]

    def hide(self) -> None:
        """The value in the first free register is no variable."""
        self.declare("")

    def throw(self, line: int) -> None:
        """`throw value`, or `throw value into generator`"""
        here = self.here
        target = here.free()
        self.into(target + 1)
        if self.tokens.accept("into"):
            self.hide()
            self.hide()  # what the generator's expression needs lies above the value
            self.into(target + 2)
            here.emit(line, Op.MOVE, target, target + 2)
            del here.names[target:]
            past = here.jump(line, YieldOp.THROW_INTO, target)
            here.assembler.place(past)
        else:
            here.emit(line, ThrowOp.THROW, target + 1)


# --- the interpreter -------------------------------------------------------------------------------------------------
@final
@immutable_fields("is_generator")
class YieldCode(ThrowCode):
    """Code that knows whether calling it runs it."""

    def __init__(self, scope: YieldScope) -> None:
        super().__init__(scope)
        self.is_generator = scope.is_generator


@unroll_safe
def new_generator(callee: YieldCode, stack: VMStack, base: int) -> Value:
    """A generator whose frame would begin at `base`, where the closure and the arguments are."""
    slots: Array[Value] = Array(callee.frame_size - FIRST_KEPT, Value.UNDEFINED)
    for k in range(FIRST_KEPT, FIRST_REGISTER + callee.parameters):
        unchecked_set(slots, k - FIRST_KEPT, stack[base + k])
    return Value.of_object(SuspendedFrame(callee, slots))


def as_generator(value: Value, code: Code, pc: int) -> SuspendedFrame:
    """The generator; an error for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, SuspendedFrame):
            return thing
    raise SourceError("this is not a generator", code.lines.line(pc))


def running_generator(stack: VMStack, base: int) -> SuspendedFrame:
    """That of the running frame: the register from which it was resumed still has it."""
    return unsafe_cast(SuspendedFrame, stack[base - FRAME_ABOVE].as_object())


def describe(code: GuestCode, pc: int) -> str:
    """The place of an instruction, for the JIT's listings."""
    return f"{code.name}:{code.lines.line(pc)}" if isinstance(code, Code) else "?"


driver: Final = JitDriver(greens=("code", "pc"), reds=("stack", "base", "bottom"), location=describe)


def run(code: YieldCode, pc: int, stack: VMStack, base: int) -> Value:
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
                        callee = unsafe_cast(YieldCode, promote(as_closure(stack[a + CLOSURE], code, pc - 1).code))
                        if callee.parameters != wide(word):
                            raise SourceError(
                                f"{callee.name} takes {callee.parameters} arguments", code.lines.line(pc - 1)
                            )
                        if callee.is_generator:
                            stack[a] = new_generator(callee, stack, a)  # new: nothing runs yet
                            continue
                        if not stack.reserve(a + callee.frame_size):
                            raise SourceError("too many calls inside each other", code.lines.line(pc - 1))
                        if driver.call_separately(callee):
                            stack[a] = run(callee, 0, stack, a)
                            stack.reserve(base + code.frame_size)
                        else:
                            push_link(stack, a, code, pc, a - base)
                            code = callee
                            base = a
                            pc = 0
                    case YieldOp.FOR_NEXT | YieldOp.THROW_INTO:
                        generator = as_generator(stack[a], code, pc - 1)
                        throws = opcode(word) == YieldOp.THROW_INTO
                        if is_finished(generator):
                            if throws:
                                raise Thrown(stack[a + 1], code.lines.line(pc - 1))
                            pc = wide(word)
                            continue
                        if not can_resume(generator):
                            raise SourceError("this generator is running already", code.lines.line(pc - 1))
                        # new: as a call, with the link of a call, but the frame has been there before
                        callee = promote(unsafe_cast(YieldCode, generator.code))
                        newbase = a + FRAME_ABOVE
                        if not stack.reserve(newbase + callee.frame_size):
                            raise SourceError("too many calls inside each other", code.lines.line(pc - 1))
                        push_link(stack, newbase, code, pc, newbase - base)
                        pc = resume(generator, stack, newbase, FIRST_KEPT, callee.frame_size)
                        code = callee
                        base = newbase
                        if throws:
                            raise Thrown(stack[a + 1], code.lines.line(pc - 1))
                    case YieldOp.YIELD:
                        # new: as a return, but the frame is kept
                        value = stack[a]
                        suspend(running_generator(stack, base), stack, base, FIRST_KEPT, code.frame_size, pc)
                        code = promote(unsafe_cast(YieldCode, caller_code(stack, base)))
                        pc = promote(return_pc(stack, base))
                        a = field_a(unchecked_get(code.words, pc - 1))
                        base -= promote(base_delta(stack, base))
                        stack.reserve(base + code.frame_size)
                        stack[base + a + 1] = value
                    case Op.RETURN:
                        value = stack[a]
                        if base == bottom:
                            return value
                        ends = code.is_generator
                        if ends:
                            finish(running_generator(stack, base), FIRST_KEPT, code.frame_size)
                        code = promote(unsafe_cast(YieldCode, caller_code(stack, base)))
                        pc = promote(return_pc(stack, base))
                        below = promote(base_delta(stack, base))
                        if ends:
                            pc = wide(unchecked_get(code.words, pc - 1))
                        else:
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
            row = code.handlers.find(pc - 1)
            while row == NONE:
                if base == bottom:
                    raise
                if code.is_generator:
                    # new: the exception leaves the generator, which can never go on
                    finish(running_generator(stack, base), FIRST_KEPT, code.frame_size)
                code = promote(unsafe_cast(YieldCode, caller_code(stack, base)))
                pc = promote(return_pc(stack, base))
                base -= promote(base_delta(stack, base))
                row = code.handlers.find(pc - 1)
            stack.reserve(base + code.frame_size)
            stack[base + code.handlers.slot(row)] = thrown.value
            pc = code.handlers.target(row)


def compiled(text: str) -> YieldCode:
    """The code of a program."""
    captured: list[bool] = []
    YieldCompiler(TokenStream(tokenize(text, RULES)), captured).program()
    compiler = YieldCompiler(TokenStream(tokenize(text, RULES)), captured)
    compiler.program()
    return unsafe_cast(YieldCode, compiler.here.code())


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
    return run_command("step8", run_text)


if __name__ == "__main__":
    leave(main())
