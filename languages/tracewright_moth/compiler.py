"""Moth's compiler: one pass from tokens to register code, driven by one table of operators."""

from __future__ import annotations

from typing import Final, NamedTuple, final

from tracewright.core.value import Value
from tracewright.guest.global_cells import Globals
from tracewright.guest.instructions import field_b, field_c, opcode
from tracewright.guest.objects import literal
from tracewright.guest.placements import FIVE
from tracewright.guest.register_code import CodeWriter, RegisterCode
from tracewright.guest.shapes import NOT_FOUND, GuestType, root_shape
from tracewright.guest.sites import PropertySite
from tracewright.guest.tokens import NAME, SYMBOL, Token, TokenRules, TokenStream, tokenize
from tracewright_moth.opcodes import CLOSURE, FIRST_REGISTER, Op

RULES: Final = TokenRules(
    "and do else end false function if local nil not or print return then true while",
    "== <= >= < > = + - * / % ( ) { } , . :",
    "--",
)


class Operator(NamedTuple):
    """How tightly it binds, the operation that it becomes, and whether that has the operands exchanged."""

    level: int
    operation: int
    swapped: bool = False


OPERATORS: Final[dict[str, Operator]] = {
    "or": Operator(1, Op.JUMP_IF_TRUE),
    "and": Operator(2, Op.JUMP_IF_FALSE),
    "==": Operator(3, Op.EQUAL),
    "<": Operator(3, Op.LESS),
    "<=": Operator(3, Op.LESS_EQUAL),
    ">": Operator(3, Op.LESS, swapped=True),
    ">=": Operator(3, Op.LESS_EQUAL, swapped=True),
    "+": Operator(4, Op.ADD),
    "-": Operator(4, Op.SUBTRACT),
    "*": Operator(5, Op.MULTIPLY),
    "/": Operator(5, Op.DIVIDE),
    "%": Operator(5, Op.MODULO),
    ".": Operator(7, Op.LOAD_FIELD),
    ":": Operator(7, Op.CALL),
    "(": Operator(7, Op.CALL),
}
PREFIXES: Final[dict[str, int]] = {"-": Op.NEGATE, "not": Op.NOT}
PREFIX_LEVEL: Final = 6
STORES: Final[dict[int, int]] = {Op.LOAD_GLOBAL: Op.STORE_GLOBAL, Op.LOAD_FIELD: Op.STORE_FIELD}


@final
class Draft(CodeWriter):
    """A function being compiled. Its first registers are its variables, in order."""

    def __init__(self, name: str, outer: Draft | None) -> None:
        super().__init__(name, FIRST_REGISTER)
        self.outer = outer
        self.variables: list[str] = []
        self.captured: list[str] = []  # variables of the functions around it that it uses

    def free(self) -> int:
        """The first register without a variable."""
        return FIRST_REGISTER + len(self.variables)

    def knows(self, name: str) -> bool:
        """Whether it or a function around it has the variable."""
        return name in self.variables or (self.outer is not None and self.outer.knows(name))


@final
class Compiler:
    """`here` is the function in whose text the next token stands."""

    def __init__(self, text: str) -> None:
        self.tokens = TokenStream(tokenize(text, RULES))
        self.globals = Globals()
        self.no_fields = root_shape(GuestType("object"), FIVE)
        self.here = Draft("program", None)

    def finish(self) -> RegisterCode:
        """The code of the function, which returns nil where it ends."""
        end, here = self.tokens.peek(), self.here
        here.emit_wide(end, Op.CONSTANT, here.free(), here.constant(Value.NULL))
        here.emit(end, Op.RETURN, here.free())
        return here.finish()

    # --- statements --------------------------------------------------------------------------------------------------
    def block(self, opening: Token) -> None:
        """Up to `end` or `else`; its variables end with it."""
        tokens, variables = self.tokens, self.here.variables
        count = len(variables)
        while not tokens.at("end") and not tokens.at("else"):
            if tokens.at_end():
                raise opening.error(f"this '{opening.text}' has no 'end'")
            with tokens.nesting:
                self.statement()
        del variables[count:]

    def statement(self) -> None:
        """One statement."""
        tokens, here = self.tokens, self.here
        token, free = tokens.peek(), here.free()
        if tokens.accept("local"):
            name = tokens.name()
            tokens.expect("=")
            self.into(free)
            here.variables.append(name)
        elif tokens.accept("if"):
            past = here.jump(token, Op.JUMP_IF_FALSE, self.expression(free))
            tokens.expect("then")
            self.block(token)
            if tokens.accept("else"):
                way_out = here.jump(token, Op.JUMP)
                here.place(past)
                self.block(token)
                past = way_out
            tokens.expect("end")
            here.place(past)
        elif tokens.accept("while"):
            start = here.loop_label(token, Op.JUMP)
            way_out = here.jump(token, Op.JUMP_IF_FALSE, self.expression(free))
            tokens.expect("do")
            self.block(token)
            tokens.expect("end")
            here.jump(token, Op.REPEAT, 0, start)
            here.place(way_out)
        elif tokens.accept("return"):
            here.emit(token, Op.RETURN, self.expression(free))
        elif tokens.accept("print"):
            here.emit(token, Op.PRINT, self.expression(free))
        else:
            self.assignment_or_call(token, free)

    def assignment_or_call(self, token: Token, free: int) -> None:
        """What is assigned to is compiled as if it were read; then that last instruction is taken back for a store."""
        tokens, here = self.tokens, self.here
        if token.kind != NAME:
            raise token.error(f"a statement cannot begin with '{token.text}'")
        register = self.expression(free, PREFIX_LEVEL)
        if register != free:  # a local variable
            tokens.expect("=")
            self.into(register)
            return
        last, place = here.assembler.words[-1], here.token
        if opcode(last) == Op.LOAD_CAPTURED:
            raise token.error(f"'{token.text}' was copied into this function: what is to change, keep in an object")
        elif opcode(last) != Op.CALL:
            tokens.expect("=")
            here.take_back()
            here.emit(place, STORES[opcode(last)], self.expression(free + 1), field_b(last), field_c(last))

    # --- expressions -------------------------------------------------------------------------------------------------
    def expression(self, target: int, level: int = 0) -> int:
        """An operand, and the operators behind it that bind tighter than `level`.

        Gives the register it is in: a variable's own, or `target`, from which on registers are free.
        """
        with self.tokens.nesting:
            left = self.operand(target)
            while True:
                token = self.tokens.peek()
                operator = OPERATORS.get(token.text) if token.kind == SYMBOL else None
                if operator is None or operator.level <= level:
                    return left
                self.tokens.next()
                self.operation(operator, token, left, target)
                left = target

    def into(self, target: int, level: int = 0) -> None:
        """An expression, in exactly this register: a variable's, or one from which on registers are free."""
        token = self.tokens.peek()
        self.move(token, target, self.expression(max(target, self.here.free()), level))

    def move(self, token: Token, target: int, source: int) -> None:
        """A copy, unless it is already there."""
        if source != target:
            self.here.emit(token, Op.MOVE, target, source)

    def operation(self, operator: Operator, token: Token, left: int, target: int) -> None:
        """What follows an operator, whose left side is in `left`; the result comes to `target`."""
        here = self.here
        match operator.operation:
            case Op.JUMP_IF_FALSE | Op.JUMP_IF_TRUE:
                self.move(token, target, left)
                way_out = here.jump(token, operator.operation, target)
                self.into(target, operator.level)
                here.place(way_out)
            case Op.LOAD_FIELD:
                here.emit(token, Op.LOAD_FIELD, target, left, self.field())
            case Op.CALL:
                self.call(token, left, target)
            case _:
                right = self.expression(target + 1, operator.level)
                first, second = (right, left) if operator.swapped else (left, right)
                here.emit(token, operator.operation, target, first, second)

    def field(self) -> int:
        """The site for the name of a field, which comes next."""
        return self.here.constant(Value.of_object(PropertySite(self.tokens.name())))

    def call(self, token: Token, left: int, target: int) -> None:
        """`f(arguments)` in the frame at `target`; or `object:f(arguments)`, where the object is the first argument."""
        here, argument = self.here, target + FIRST_REGISTER
        if token.text == ":":
            self.move(token, argument, left)
            here.emit(token, Op.LOAD_FIELD, target + CLOSURE, argument, self.field())
            self.tokens.expect("(")
            argument += 1
        else:
            self.move(token, target + CLOSURE, left)
        while not self.tokens.accept(")"):
            self.into(argument)
            self.tokens.separate(")")
            argument += 1
        here.emit(token, Op.CALL, target, argument - target - FIRST_REGISTER)

    def operand(self, target: int) -> int:
        """What an expression begins with."""
        token, here = self.tokens.next(), self.here
        value = literal(token)
        if not value.same(Value.UNDEFINED):
            here.emit_wide(token, Op.CONSTANT, target, here.constant(value))
        elif token.kind == NAME:
            return self.variable(token, token.text, target)
        elif token.text == "(":
            register = self.expression(target)
            self.tokens.expect(")")
            return register
        elif token.text in PREFIXES:
            here.emit(token, PREFIXES[token.text], target, self.expression(target, PREFIX_LEVEL))
        elif token.text == "{":
            self.new_object(token, target)
        elif token.text == "function":
            self.new_closure(token, target)
        else:
            raise token.error(f"an expression cannot begin with '{token.text}'")
        return target

    def variable(self, token: Token, name: str, target: int) -> int:
        """A local variable is in its register; a captured or global one is loaded."""
        here = self.here
        for register in reversed(range(FIRST_REGISTER, here.free())):
            if here.variables[register - FIRST_REGISTER] == name:
                return register
        if here.knows(name):
            if name not in here.captured:
                here.captured.append(name)
            here.emit_wide(token, Op.LOAD_CAPTURED, target, here.captured.index(name))
        else:
            here.emit_wide(token, Op.LOAD_GLOBAL, target, here.constant(Value.of_object(self.globals.cell(name))))
        return target

    def new_object(self, token: Token, target: int) -> None:
        """`{ name = value, ... }`: its shape is known here."""
        tokens, shape = self.tokens, self.no_fields
        while not tokens.accept("}"):
            name = tokens.name()
            if shape.index_of(name) != NOT_FOUND:
                raise token.error(f"this object gets two fields '{name}'")
            shape = shape.extended(name)
            tokens.expect("=")
            self.into(target + shape.count)
            tokens.separate("}")
        self.here.emit(token, Op.NEW_OBJECT, target, 0, self.here.constant(Value.of_object(shape)))

    def new_closure(self, token: Token, target: int) -> None:
        """`function (a, b) ... end`"""
        tokens, outer = self.tokens, self.here
        here = self.here = Draft(self.name_of_function(), outer)
        tokens.expect("(")
        while not tokens.accept(")"):
            here.variables.append(tokens.name())
            tokens.separate(")")
        here.parameters = len(here.variables)
        self.block(token)
        code = self.finish()
        tokens.expect("end")
        self.here = outer
        for number, name in enumerate(here.captured):
            register = target + 1 + number
            self.move(token, register, self.variable(token, name, register))
        outer.emit(token, Op.NEW_CLOSURE, target, len(here.captured), outer.constant(Value.of_object(code)))

    def name_of_function(self) -> str:
        """That of what it is assigned to: the word before the `=` before `function`."""
        tokens, position = self.tokens.tokens, self.tokens.position
        return tokens[position - 3].text if tokens[position - 2].text == "=" else "this function"


def compile_program(text: str) -> RegisterCode:
    """The code of a program. Raises SourceError."""
    compiler = Compiler(text)
    while not compiler.tokens.at_end():
        compiler.statement()
    return compiler.finish()
