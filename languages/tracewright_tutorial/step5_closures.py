"""Step 5: functions are values, and keep the variables around them.

    fun counter() { let count = 0 return fun () { count = count + 1 return count } }
    let next = counter()

Every function is a closure now, and every name a variable; `fun f() {...}` is `let f = fun () {...}`. A variable that
an inner function uses lives in a cell. Which do is known only at the end, so everything is compiled twice.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, array_of, unchecked_get, unchecked_set
from tracewright.core.cast import unsafe_cast
from tracewright.core.system import run_as_program
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.command import run_command
from tracewright.guest.diagnostics import SourceError
from tracewright.guest.frames import LINK_SLOTS, base_delta, caller_code, push_link, return_pc
from tracewright.guest.instructions import field_a, field_b, opcode, wide
from tracewright.guest.tokens import TokenStream, tokenize
from tracewright.hints import GuestCode, JitDriver, immutable_fields, promote, unroll_safe
from tracewright.lib.array_tools import array_from
from tracewright_tutorial.step2_bytecode import (
    FIRST_REGISTER,
    NOT_FOUND,
    RULES,
    Compiler,
    Op,
    Scope,
    compute,
    truth,
)
from tracewright_tutorial.step4_functions import STACK_SLOTS

CLOSURE: Final = LINK_SLOTS  # the slot of a frame in which its own closure is


class ClosureOp:
    """Operations of this step."""

    CALL: Final = Op.NEXT  # the closure in slot CLOSURE of the frame at a, with number arguments
    FUNCTION: Final = 16  # a := a closure of codes[number]
    NEW_CELL: Final = 17  # a := a cell with b in it
    LOAD_CELL: Final = 18  # a := what is in the cell in b
    STORE_CELL: Final = 19  # the cell in a takes b
    LOAD_CAPTURED: Final = 20  # a := cell number b of this closure
    NEXT: Final = 21


# --- the compiler ----------------------------------------------------------------------------------------------------
class ClosureScope(Scope):
    """A function. `boxes` says which registers hold cells; `numbers` are those of their declarations."""

    def __init__(self, name: str, outer: ClosureScope | None) -> None:
        super().__init__(name)
        self.outer = outer
        self.parameters = 0
        self.boxed: list[bool] = [False] * FIRST_REGISTER
        self.numbers: list[int] = [0] * FIRST_REGISTER
        self.captured_names: list[str] = []
        self.captures: list[int] = []  # k >= 0: the cell in the maker's register k, else its captured cell ~k
        self.inner: list[ClosureScope] = []

    def code(self) -> Code:
        """What the interpreter runs."""
        return Code(self)


class ClosureCompiler(Compiler):
    """`captured` says for each declaration whether an inner function uses it: found out by the first of two runs."""

    def __init__(self, tokens: TokenStream, captured: list[bool]) -> None:
        super().__init__(tokens)
        self.captured = captured
        self.declared = 0
        self.here: ClosureScope = self.new_scope("program", None)
        self.scope = self.here

    def new_scope(self, name: str, outer: ClosureScope | None) -> ClosureScope:
        """Step 6 has a larger one."""
        return ClosureScope(name, outer)

    def declare(self, name: str) -> None:
        here = self.here
        register = here.free()
        if self.declared == len(self.captured):
            self.captured.append(False)
        boxed = self.captured[self.declared]
        if boxed:
            here.emit(self.tokens.line(), ClosureOp.NEW_CELL, register, register)
        here.names.append(name)
        del here.boxed[register:]
        del here.numbers[register:]
        here.boxed.append(boxed)
        here.numbers.append(self.declared)
        self.declared += 1

    def capture(self, scope: ClosureScope, name: str) -> int:
        """The number of a captured variable of the function, or NOT_FOUND."""
        for k in range(len(scope.captured_names)):
            if scope.captured_names[k] == name:
                return k
        outer = scope.outer
        if outer is None:
            return NOT_FOUND
        place = outer.register(name)
        if place != NOT_FOUND:
            self.captured[outer.numbers[place]] = True
        else:
            number = self.capture(outer, name)
            if number == NOT_FOUND:
                return NOT_FOUND
            place = ~number
        scope.captured_names.append(name)
        scope.captures.append(place)
        return len(scope.captures) - 1

    def cell(self, name: str, target: int, line: int) -> int:
        """The register in which the cell of a variable from outside now is."""
        number = self.capture(self.here, name)
        if number == NOT_FOUND:
            raise SourceError(f"'{name}' is not a variable", line)
        self.here.emit(line, ClosureOp.LOAD_CAPTURED, target, number)
        return target

    def variable(self, name: str, target: int, line: int) -> int:
        here = self.here
        register = here.register(name)
        if register != NOT_FOUND and not here.boxed[register]:
            return register
        cell = register if register != NOT_FOUND else self.cell(name, target, line)
        here.emit(line, ClosureOp.LOAD_CELL, target, cell)
        return target

    def assign(self, name: str, line: int) -> None:
        here = self.here
        register = here.register(name)
        value = self.expression(here.free())
        if register != NOT_FOUND and not here.boxed[register]:
            here.emit(line, Op.MOVE, register, value)
            return
        cell = register if register != NOT_FOUND else self.cell(name, here.free() + 1, line)
        here.emit(line, ClosureOp.STORE_CELL, cell, value)

    def statement(self) -> None:
        tokens, here = self.tokens, self.here
        line = tokens.line()
        if tokens.accept("return"):
            here.emit(line, Op.RETURN, self.expression(here.free()))
        elif tokens.accept("fun"):
            name = tokens.name()
            target = here.free()
            self.load(Value.NULL, target)
            self.declare(name)  # before its body, which may call it
            self.function(name, target + 1)
            if here.boxed[target]:
                here.emit(line, ClosureOp.STORE_CELL, target, target + 1)
            else:
                here.emit(line, Op.MOVE, target, target + 1)
        else:
            super().statement()

    def function(self, name: str, target: int) -> int:
        """`(a, b) { ... }`"""
        outer, tokens = self.here, self.tokens
        line = tokens.line()
        here = self.new_scope(name, outer)
        self.here, self.scope = here, here
        tokens.expect("(")
        while not tokens.accept(")"):
            self.declare(tokens.name())
            here.parameters += 1
            tokens.accept(",")
        self.block()
        self.load(Value.NULL, here.free())
        here.emit(tokens.line(), Op.RETURN, here.free())
        self.here, self.scope = outer, outer
        outer.inner.append(here)
        outer.emit(line, ClosureOp.FUNCTION, target, len(outer.inner) - 1)
        return target

    def operand(self, target: int) -> int:
        if self.tokens.accept("fun"):
            register = self.function("function", target)
        else:
            register = super().operand(target)
        while self.tokens.at("(") and self.tokens.line() == self.tokens.tokens[self.tokens.position - 1].line:
            register = self.call(register, target)
        return register

    def call(self, callee: int, target: int) -> int:
        """The callee's frame begins at `target`."""
        tokens, here = self.tokens, self.here
        line = tokens.next().line
        here.emit(line, Op.MOVE, target + CLOSURE, callee)
        argument = target + FIRST_REGISTER
        while not tokens.accept(")"):
            self.into(argument)
            argument += 1
            tokens.accept(",")
        here.highest = max(here.highest, argument)
        here.emit(line, ClosureOp.CALL, target, argument - target - FIRST_REGISTER)
        return target


# --- the interpreter -------------------------------------------------------------------------------------------------
class Thing:
    """Base class of what values can point to."""


@final
class Cell(Thing):
    """A variable that functions share."""

    def __init__(self, value: Value) -> None:
        self.value = value


@immutable_fields("words[*]", "constants[*]", "frame_size", "parameters", "codes[*]", "captures[*]")
class Code(GuestCode):
    """What the interpreter runs. Step 6 adds operations in a subclass."""

    def __init__(self, scope: ClosureScope) -> None:
        super().__init__(scope.assembler.here())
        self.name = scope.name
        self.words: Array[int] = array_from(scope.assembler.resolved(), 0)
        self.lines = scope.assembler.line_table()
        self.constants: Array[Value] = array_from(scope.assembler.constants, Value.NULL)
        self.frame_size = scope.highest + 1
        self.parameters = scope.parameters
        self.captures: Array[int] = array_from(scope.captures, 0)
        inner = [each.code() for each in scope.inner]
        self.codes: Array[Code] = array_from(inner, inner[0]) if len(inner) > 0 else NO_CODES

    def compute_more(self, word: int, stack: VMStack, base: int) -> None:
        """An operation that a subclass knows."""
        raise AssertionError("unknown operation")


NO_CODES: Final[Array[Code]] = array_of([])
NO_CELL: Final = Cell(Value.NULL)


# new: a closure never changes, so what has been loaded from it once need not be loaded again, whatever is written meanwhile.
@final
@immutable_fields("code", "cells[*]")
class Closure(Thing):
    """A function with its variables from outside."""

    def __init__(self, code: Code, cells: Array[Cell]) -> None:
        self.code = code
        self.cells = cells


def describe(code: GuestCode, pc: int) -> str:
    """The place of an instruction, for the JIT's listings."""
    return f"{code.name}:{code.lines.line(pc)}" if isinstance(code, Code) else "?"


driver: Final = JitDriver(greens=("code", "pc"), reds=("stack", "base", "bottom"), location=describe)


def run(code: Code, pc: int, stack: VMStack, base: int) -> Value:
    """Run the frame at `base` until it returns."""
    bottom = base
    driver.can_enter_jit(code, pc, stack, base, bottom)
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
                # new: the code, not the closure: there may be many closures of one code
                callee = promote(as_closure(stack[a + CLOSURE], code, pc - 1).code)
                if callee.parameters != wide(word):
                    raise SourceError(f"{callee.name} takes {callee.parameters} arguments", code.lines.line(pc - 1))
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
            case Op.RETURN:
                value = stack[a]
                if base == bottom:
                    return value
                code = promote(unsafe_cast(Code, caller_code(stack, base)))
                pc = promote(return_pc(stack, base))
                below = promote(base_delta(stack, base))
                stack[base] = value
                base -= below
                stack.reserve(base + code.frame_size)
            case operation if operation < Op.NEXT:
                compute(word, code.constants, stack, base)
            case _:
                compute_closure(word, code, stack, base)


def compute_closure(word: int, code: Code, stack: VMStack, base: int) -> None:
    """The operations of this step that neither jump nor call."""
    a = base + field_a(word)
    b = base + field_b(word)
    match opcode(word):
        case ClosureOp.FUNCTION:
            stack[a] = new_closure(unchecked_get(code.codes, wide(word)), stack, base)
        case ClosureOp.NEW_CELL:
            stack[a] = Value.of_object(Cell(stack[b]))
        case ClosureOp.LOAD_CELL:
            stack[a] = unsafe_cast(Cell, stack[b].as_object()).value
        case ClosureOp.STORE_CELL:
            unsafe_cast(Cell, stack[a].as_object()).value = stack[b]
        case ClosureOp.LOAD_CAPTURED:
            own = unsafe_cast(Closure, stack[base + CLOSURE].as_object())
            stack[a] = Value.of_object(unchecked_get(own.cells, wide(word)))
        case _:
            code.compute_more(word, stack, base)


@unroll_safe
def new_closure(code: Code, stack: VMStack, base: int) -> Value:
    """new: as many turns as the code captures variables, which is a constant: unrolled into the trace."""
    count = len(code.captures)
    cells: Array[Cell] = Array(count, NO_CELL)
    for k in range(count):
        place = unchecked_get(code.captures, k)
        if place >= 0:
            cell = unsafe_cast(Cell, stack[base + place].as_object())
        else:
            cell = unchecked_get(unsafe_cast(Closure, stack[base + CLOSURE].as_object()).cells, ~place)
        unchecked_set(cells, k, cell)
    return Value.of_object(Closure(code, cells))


def as_closure(value: Value, code: Code, pc: int) -> Closure:
    """The closure; an error for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, Closure):
            return thing
    raise SourceError("this is not a function", code.lines.line(pc))


def compiled(text: str) -> Code:
    """The code of a program."""
    captured: list[bool] = []
    ClosureCompiler(TokenStream(tokenize(text, RULES)), captured).program()
    compiler = ClosureCompiler(TokenStream(tokenize(text, RULES)), captured)
    compiler.program()
    return compiler.here.code()


def run_text(text: str) -> None:
    """Compile and run a program."""
    code = compiled(text)
    stack = VMStack(STACK_SLOTS)
    stack.reserve(code.frame_size)
    run(code, 0, stack, 0)


def main() -> int:
    """The command."""
    return run_command("step5", run_text)


if __name__ == "__main__":
    run_as_program(main)
