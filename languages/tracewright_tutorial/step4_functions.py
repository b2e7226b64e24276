"""Step 4: functions. A guest call pushes a frame and stays in the loop, unless the JIT has machine code for the callee.

fun fib(n) { if n < 2 { return n } return fib(n - 1) + fib(n - 2) }
print fib(30)
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, array_of, unchecked_get
from tracewright.core.cast import unsafe_cast
from tracewright.core.system import run_as_program
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.command import run_command
from tracewright.guest.diagnostics import SourceError
from tracewright.guest.frames import base_delta, caller_code, push_link, return_pc
from tracewright.guest.instructions import field_a, opcode, wide
from tracewright.guest.tokens import NAME, TokenStream, tokenize
from tracewright.hints import GuestCode, JitDriver, immutable_fields, promote
from tracewright.lib.array_tools import array_from
from tracewright_tutorial.step2_bytecode import FIRST_REGISTER, RULES, Compiler, Op, Scope, compute, truth

STACK_SLOTS: Final = 1 << 20


class FunctionOp:
    """The operation of this step."""

    CALL: Final = Op.NEXT  # functions[number] on the frame that begins at a; the result comes to a


# --- the compiler ----------------------------------------------------------------------------------------------------
class FunctionCompiler(Compiler):
    """Functions have names of their own; the code of number k is made from `scopes[k]`."""

    def __init__(self, tokens: TokenStream) -> None:
        super().__init__(tokens)
        self.numbers: dict[str, int] = {}
        self.scopes: list[Scope] = []
        self.parameters: list[int] = []
        self.first_mentioned: list[int] = []  # where each function was first called: it must exist in the end

    def number(self, name: str) -> int:
        """A function's number, given when it is first mentioned."""
        if name not in self.numbers:
            self.numbers[name] = len(self.scopes)
            self.scopes.append(self.scope)
            self.parameters.append(-1)
            self.first_mentioned.append(self.tokens.line())
        return self.numbers[name]

    def statement(self) -> None:
        tokens = self.tokens
        line = tokens.line()
        if tokens.accept("fun"):
            self.function(self.number(tokens.name()))
        elif tokens.accept("return"):
            self.scope.emit(line, Op.RETURN, self.expression(self.scope.free()))
        else:
            super().statement()

    def function(self, number: int) -> None:
        """`(a, b) { ... }`"""
        outer, tokens = self.scope, self.tokens
        scope = self.scope = Scope(f"function {number}")
        tokens.expect("(")
        while not tokens.accept(")"):
            scope.names.append(tokens.name())
            tokens.accept(",")
        self.parameters[number] = len(scope.names) - FIRST_REGISTER
        self.block()
        self.load(Value.NULL, scope.free())
        scope.emit(tokens.line(), Op.RETURN, scope.free())
        self.scopes[number] = scope
        self.scope = outer

    def operand(self, target: int) -> int:
        tokens = self.tokens
        if tokens.peek().kind != NAME or tokens.tokens[tokens.position + 1].text != "(":
            return super().operand(target)
        line = tokens.line()
        number = self.number(tokens.name())
        tokens.expect("(")
        argument = target + FIRST_REGISTER
        while not tokens.accept(")"):
            self.into(argument)
            argument += 1
            tokens.accept(",")
        count = argument - target - FIRST_REGISTER
        if self.parameters[number] >= 0 and self.parameters[number] != count:
            raise SourceError(f"this function takes {self.parameters[number]} arguments", line)
        self.scope.highest = max(self.scope.highest, argument)
        self.scope.emit(line, FunctionOp.CALL, target, number)
        return target


# --- the interpreter -------------------------------------------------------------------------------------------------
@final
@immutable_fields("words[*]", "constants[*]", "frame_size", "program")
class Code(GuestCode):
    """What the interpreter runs."""

    def __init__(self, scope: Scope, program: Program) -> None:
        super().__init__(scope.assembler.here())
        self.name = scope.name
        self.words: Array[int] = array_from(scope.assembler.resolved(), 0)
        self.lines = scope.assembler.line_table()
        self.constants: Array[Value] = array_from(scope.assembler.constants, Value.NULL)
        self.frame_size = scope.highest + 1
        self.program = program


NO_CODES: Final[Array[Code]] = array_of([])


@final
@immutable_fields("functions[*]")
class Program:
    """All functions by number. Filled in before anything runs."""

    def __init__(self) -> None:
        self.functions: Array[Code] = NO_CODES


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
            case FunctionOp.CALL:
                callee = unchecked_get(code.program.functions, wide(word))
                if not stack.reserve(a + callee.frame_size):
                    raise SourceError("too many calls inside each other", code.lines.line(pc - 1))
                if driver.call_separately(callee):  # new: machine code calls machine code
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
            case _:
                compute(word, code.constants, stack, base)


def run_text(text: str) -> None:
    """Compile and run a program."""
    compiler = FunctionCompiler(TokenStream(tokenize(text, RULES)))
    program = Program()
    code = Code(compiler.program(), program)
    for k in range(len(compiler.scopes)):
        if compiler.parameters[k] < 0:
            raise SourceError("there is no such function", compiler.first_mentioned[k])
    program.functions = array_from([Code(scope, program) for scope in compiler.scopes], code)
    stack = VMStack(STACK_SLOTS)
    stack.reserve(code.frame_size)
    run(code, 0, stack, 0)


def main() -> int:
    """The command."""
    return run_command("step4", run_text)


if __name__ == "__main__":
    run_as_program(main)
