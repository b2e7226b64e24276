"""Moth's compiler: one recursive descent from tokens to register code.

A variable that an inner function uses lives in a cell. Whether one does is known only at its end, so everything is compiled
twice: the first time to find out.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.lib.array_tools import array_from
from tracewright.lib.guest_globals import Global, Globals
from tracewright.lib.tokens import FLOAT, INTEGER, NAME, TEXT, SourceError, TokenStream
from tracewright_moth.lexer import token_stream
from tracewright_moth.objects import NO_CODES, Code, Layout, Text
from tracewright_moth.opcodes import Op

FIRST_LOCAL: Final = 3  # a frame: caller's code, where it goes on, the closure; then registers of its own
CLOSURE_SLOT: Final = 2
NONE: Final = -1 << 30


@final
class Operator:
    """A binary operator: how tightly it binds, its operation, whether it is that with its operands exchanged, or negated."""

    def __init__(self, level: int, operation: int, swapped: bool = False, negated: bool = False) -> None:
        self.level = level
        self.operation = operation
        self.swapped = swapped
        self.negated = negated


OPERATORS: Final[dict[str, Operator]] = {
    "==": Operator(3, Op.EQUAL),
    "~=": Operator(3, Op.EQUAL, False, True),
    "<": Operator(3, Op.LESS),
    "<=": Operator(3, Op.LESS_EQUAL),
    ">": Operator(3, Op.LESS, True),
    ">=": Operator(3, Op.LESS_EQUAL, True),
    "..": Operator(4, Op.JOIN),
    "+": Operator(5, Op.ADD),
    "-": Operator(5, Op.SUBTRACT),
    "*": Operator(6, Op.MULTIPLY),
    "/": Operator(6, Op.DIVIDE),
    "%": Operator(6, Op.MODULO),
}
AND_LEVEL: Final = 2
OR_LEVEL: Final = 1
UNARY_LEVEL: Final = 7


@final
class Variable:
    """A local variable; `number` counts all declarations of the program."""

    def __init__(self, name: str, register: int, number: int, boxed: bool) -> None:
        self.name = name
        self.register = register
        self.number = number
        self.boxed = boxed


@final
class Function:
    """A function being compiled."""

    def __init__(self, name: str, outer: Function | None) -> None:
        self.code = Code(name)
        self.outer = outer
        self.variables: list[Variable] = []
        self.free: int = FIRST_LOCAL
        self.highest: int = FIRST_LOCAL
        self.words: list[int] = []
        self.lines: list[int] = []
        self.constants: list[Value] = []
        self.names: list[str] = []
        self.globals: list[Global] = []
        self.codes: list[Code] = []
        self.layouts: list[Layout] = []
        self.captured_names: list[str] = []
        self.captures: list[int] = []

    def emit(self, line: int, operation: int, a: int, b: int = 0, c: int = 0) -> int:
        """Add an instruction; gives its place."""
        self.words.append(operation | a << 8 | b << 24 | c << 40)
        self.lines.append(line)
        self.highest = max(self.highest, a + 1)
        return len(self.words) - 1

    def land(self, place: int) -> None:
        """The jump at `place` comes here."""
        self.words[place] |= len(self.words) << 24

    def find(self, name: str) -> Variable | None:
        for variable in reversed(self.variables):
            if variable.name == name:
                return variable
        return None

    def finish(self) -> Code:
        code = self.code
        code.words = array_from(self.words, 0)
        code.set_length(len(self.words))
        code.lines = array_from(self.lines, 0)
        code.constants = array_from(self.constants, Value.NULL)
        code.names = array_from(self.names, "")
        if len(self.globals) > 0:
            code.globals = array_from(self.globals, self.globals[0])
        if len(self.layouts) > 0:
            code.layouts = array_from(self.layouts, self.layouts[0])
        code.codes = array_from(self.codes, code) if len(self.codes) > 0 else NO_CODES
        code.captures = array_from(self.captures, 0)
        code.frame_size = self.highest + 1
        return code


@final
class Compiler:
    """`captured` says for each declaration whether an inner function uses it."""

    def __init__(self, tokens: TokenStream, captured: list[bool]) -> None:
        self.tokens = tokens
        self.captured = captured
        self.declared = 0
        self.globals = Globals()
        self.function = Function("program", None)

    def program(self) -> Code:
        while not self.tokens.at_end():
            self.statement()
        return self.end_function()

    def end_function(self) -> Code:
        line = self.tokens.line()
        self.load_constant(self.function.free, Value.NULL, line)
        self.function.emit(line, Op.RETURN, self.function.free)
        return self.function.finish()

    # --- variables ---------------------------------------------------------------------------------------------------
    def declare(self, name: str, line: int) -> None:
        """The value in the next free register becomes a variable."""
        number = self.declared
        self.declared += 1
        if number == len(self.captured):
            self.captured.append(False)
        function = self.function
        boxed = self.captured[number]
        if boxed:
            function.emit(line, Op.NEW_CELL, function.free, function.free)
        function.variables.append(Variable(name, function.free, number, boxed))
        function.free += 1

    def capture(self, function: Function, name: str) -> int:
        """The number of a captured variable of `function`; NONE for globals."""
        for k in range(len(function.captured_names)):
            if function.captured_names[k] == name:
                return k
        outer = function.outer
        if outer is None:
            return NONE
        variable = outer.find(name)
        if variable is not None:
            self.captured[variable.number] = True
            place = variable.register
        else:
            number = self.capture(outer, name)
            if number == NONE:
                return NONE
            place = ~number
        function.captured_names.append(name)
        function.captures.append(place)
        return len(function.captures) - 1

    def load(self, name: str, target: int, line: int) -> int:
        """The register that a variable's value is in: its own, or `target`."""
        function = self.function
        variable = function.find(name)
        if variable is not None:
            if not variable.boxed:
                return variable.register
            function.emit(line, Op.LOAD_CELL, target, variable.register)
            return target
        number = self.capture(function, name)
        if number == NONE:
            function.emit(line, Op.LOAD_GLOBAL, target, self.global_number(name))
        else:
            function.emit(line, Op.LOAD_CAPTURED, target, number)
            function.emit(line, Op.LOAD_CELL, target, target)
        return target

    def store(self, name: str, line: int) -> None:
        """Assign the next expression."""
        function = self.function
        variable = function.find(name)
        if variable is not None and not variable.boxed:
            self.into(variable.register, function.free)
            return
        value = self.expression(function.free)
        scratch = function.free + 1
        if variable is not None:
            function.emit(line, Op.STORE_CELL, variable.register, value)
            return
        number = self.capture(function, name)
        if number == NONE:
            function.emit(line, Op.STORE_GLOBAL, value, self.global_number(name))
        else:
            function.emit(line, Op.LOAD_CAPTURED, scratch, number)
            function.emit(line, Op.STORE_CELL, scratch, value)

    def global_number(self, name: str) -> int:
        self.function.globals.append(self.globals.cell(name))
        return len(self.function.globals) - 1

    def name_number(self, name: str) -> int:
        self.function.names.append(name)
        return len(self.function.names) - 1

    # --- statements --------------------------------------------------------------------------------------------------
    def block(self) -> None:
        """Up to `end`, `else` or `elseif`; what it declares ends with it."""
        function = self.function
        tokens = self.tokens
        count, free = len(function.variables), function.free
        while not tokens.at("end") and not tokens.at("else") and not tokens.at("elseif"):
            if tokens.at_end():
                raise tokens.error("'end' is missing")
            self.statement()
        del function.variables[count:]
        function.free = free

    def statement(self) -> None:
        tokens, function = self.tokens, self.function
        line = tokens.line()
        if tokens.accept("local"):
            name = tokens.name()
            if tokens.accept("="):
                self.into(function.free, function.free)
            else:
                self.load_constant(function.free, Value.NULL, line)
            self.declare(name, line)
        elif tokens.accept("function"):
            self.named_function(line)
        elif tokens.accept("if"):
            self.choice()
        elif tokens.accept("while"):
            start = len(function.words)
            way_out = function.emit(line, Op.JUMP_IF_FALSE, self.expression(function.free))
            tokens.expect("do")
            self.block()
            tokens.expect("end")
            function.emit(line, Op.JUMP_BACK, 0, start)
            function.land(way_out)
        elif tokens.accept("for"):
            self.counted_loop(line)
        elif tokens.accept("return"):
            function.emit(line, Op.RETURN, self.expression(function.free))
        elif tokens.accept("print"):
            function.emit(line, Op.PRINT, self.expression(function.free))
        elif tokens.accept("push"):
            target = self.expression(function.free)
            tokens.expect(",")
            function.emit(line, Op.PUSH, target, self.expression(function.free + 1))
        elif not tokens.accept(";"):
            self.assignment_or_call(line)

    def named_function(self, line: int) -> None:
        """`function f(...)` or `function Point.length(self)`"""
        function = self.function
        name = self.tokens.name()
        if self.tokens.accept("."):
            field = self.tokens.name()
            target = self.load(name, function.free, line)
            self.closure(field, function.free + 1, line)
            function.emit(line, Op.SET_FIELD, target, function.free + 1, self.name_number(field))
            return
        self.closure(name, function.free, line)
        function.emit(line, Op.STORE_GLOBAL, function.free, self.global_number(name))

    def choice(self) -> None:
        tokens, function = self.tokens, self.function
        line = tokens.line()
        past = function.emit(line, Op.JUMP_IF_FALSE, self.expression(function.free))
        tokens.expect("then")
        self.block()
        if tokens.accept("end"):
            function.land(past)
            return
        way_out = function.emit(line, Op.JUMP, 0)
        function.land(past)
        if tokens.accept("elseif"):
            self.choice()
        else:
            tokens.expect("else")
            self.block()
            tokens.expect("end")
        function.land(way_out)

    def counted_loop(self, line: int) -> None:
        """`for i = first, last do`: a hidden counter and limit, and `i` anew each turn."""
        tokens, function = self.tokens, self.function
        counter = function.free
        name = tokens.name()
        tokens.expect("=")
        self.into(counter, counter)
        tokens.expect(",")
        self.into(counter + 1, counter + 1)
        tokens.expect("do")
        start = function.emit(line, Op.LESS_EQUAL, counter + 2, counter, counter + 1)
        way_out = function.emit(line, Op.JUMP_IF_FALSE, counter + 2)
        function.free = counter + 2
        function.emit(line, Op.MOVE, function.free, counter)
        self.declare(name, line)
        self.block()
        tokens.expect("end")
        function.emit(line, Op.LOAD_INT, counter + 2, 1)
        function.emit(line, Op.ADD, counter, counter, counter + 2)
        function.emit(line, Op.JUMP_BACK, 0, start)
        function.land(way_out)
        function.variables.pop()
        function.free = counter

    def assignment_or_call(self, line: int) -> None:
        tokens, function = self.tokens, self.function
        if tokens.peek().kind == NAME:
            following = tokens.tokens[tokens.position + 1]
            if following.text == "=":
                name = tokens.name()
                tokens.expect("=")
                self.store(name, line)
                return
        free = function.free
        target = self.primary(free)
        while True:
            if tokens.accept("."):
                field = tokens.name()
                if tokens.accept("="):
                    value = self.expression(free + 1)
                    function.emit(line, Op.SET_FIELD, target, value, self.name_number(field))
                    return
                function.emit(line, Op.GET_FIELD, free, target, self.name_number(field))
            elif tokens.accept("["):
                index = self.expression(free + 1)
                tokens.expect("]")
                if tokens.accept("="):
                    function.emit(line, Op.SET_ITEM, target, self.expression(free + 2), index)
                    return
                function.emit(line, Op.GET_ITEM, free, target, index)
            elif tokens.at("(") or tokens.at(":"):
                self.call(target, free)
            else:
                return
            target = free

    # --- expressions -------------------------------------------------------------------------------------------------
    def into(self, target: int, scratch: int) -> None:
        """Compile an expression into exactly this register."""
        register = self.expression(scratch)
        if register != target:
            self.function.emit(self.tokens.line(), Op.MOVE, target, register)

    def load_constant(self, target: int, value: Value, line: int) -> int:
        self.function.constants.append(value)
        self.function.emit(line, Op.LOAD_CONSTANT, target, len(self.function.constants) - 1)
        return target

    def expression(self, target: int, level: int = 0) -> int:
        """Compile an expression; gives the register it is in: a variable's, or `target`. Registers above are free."""
        left = self.unary(target)
        while True:
            token = self.tokens.peek()
            operator = OPERATORS.get(token.text)
            if self.tokens.at("and") and level < AND_LEVEL:
                left = self.logical(left, target, Op.JUMP_IF_FALSE, AND_LEVEL)
            elif self.tokens.at("or") and level < OR_LEVEL:
                left = self.logical(left, target, Op.JUMP_IF_TRUE, OR_LEVEL)
            elif operator is not None and operator.level > level and self.tokens.accept(token.text):
                right = self.expression(target + 1, operator.level)
                first, second = (right, left) if operator.swapped else (left, right)
                self.function.emit(token.line, operator.operation, target, first, second)
                if operator.negated:
                    self.function.emit(token.line, Op.NOT, target, target)
                left = target
            else:
                return left

    def logical(self, left: int, target: int, jump: int, level: int) -> int:
        function = self.function
        line = self.tokens.next().line
        if left != target:
            function.emit(line, Op.MOVE, target, left)
        way_out = function.emit(line, jump, target)
        right = self.expression(target, level)
        if right != target:
            function.emit(line, Op.MOVE, target, right)
        function.land(way_out)
        return target

    def unary(self, target: int) -> int:
        line = self.tokens.line()
        for symbol, operation in (("-", Op.NEGATE), ("not", Op.NOT), ("#", Op.LENGTH)):
            if self.tokens.accept(symbol):
                self.function.emit(line, operation, target, self.expression(target, UNARY_LEVEL))
                return target
        return self.suffixed(target)

    def suffixed(self, target: int) -> int:
        """An operand with what follows it: `.field`, `[index]`, `(arguments)`, `:method(arguments)`, `{ fields }`."""
        tokens, function = self.tokens, self.function
        register = self.primary(target)
        while True:
            line = tokens.line()
            if tokens.accept("."):
                function.emit(line, Op.GET_FIELD, target, register, self.name_number(tokens.name()))
            elif tokens.accept("["):
                function.emit(line, Op.GET_ITEM, target, register, self.expression(target + 1))
                tokens.expect("]")
            elif tokens.at("(") or tokens.at(":"):
                self.call(register, target)
            elif tokens.at("{"):
                if register != target:
                    function.emit(line, Op.MOVE, target, register)
                self.fields(target)
            else:
                return register
            register = target

    def call(self, callee: int, target: int) -> None:
        """The callee's frame begins at `target`."""
        tokens, function = self.tokens, self.function
        line = tokens.line()
        argument = target + FIRST_LOCAL
        if tokens.accept(":"):
            function.emit(line, Op.MOVE, argument, callee)
            function.emit(line, Op.GET_FIELD, target + CLOSURE_SLOT, argument, self.name_number(tokens.name()))
            argument += 1
        else:
            function.emit(line, Op.MOVE, target + CLOSURE_SLOT, callee)
        tokens.expect("(")
        while not tokens.at(")"):
            self.into(argument, argument)
            argument += 1
            if not tokens.accept(","):
                break
        tokens.expect(")")
        function.highest = max(function.highest, argument)
        function.emit(line, Op.CALL, target, argument - target - FIRST_LOCAL)

    def fields(self, target: int) -> None:
        """`{ name = value, ... }` as an object whose prototype is in `target`."""
        tokens, function = self.tokens, self.function
        line = tokens.line()
        names: list[str] = []
        tokens.expect("{")
        while not tokens.at("}"):
            names.append(tokens.name())
            tokens.expect("=")
            self.into(target + len(names), target + len(names))
            if not tokens.accept(","):
                break
        tokens.expect("}")
        function.layouts.append(Layout(array_from(names, "")))
        function.emit(line, Op.NEW_OBJECT, target, len(function.layouts) - 1, target + 1)

    def items(self, target: int) -> int:
        """`[a, b]`"""
        tokens = self.tokens
        line = tokens.line()
        count = 0
        while not tokens.at("]"):
            count += 1
            self.into(target + count, target + count)
            if not tokens.accept(","):
                break
        tokens.expect("]")
        self.function.emit(line, Op.NEW_LIST, target, count, target + 1)
        return target

    def closure(self, name: str, target: int, line: int) -> int:
        """`(a, b) ... end`"""
        outer = self.function
        tokens = self.tokens
        function = self.function = Function(name, outer)
        tokens.expect("(")
        while not tokens.at(")"):
            self.declare(tokens.name(), line)
            function.code.parameters += 1
            if not tokens.accept(","):
                break
        tokens.expect(")")
        self.block()
        tokens.expect("end")
        code = self.end_function()
        self.function = outer
        outer.codes.append(code)
        outer.emit(line, Op.CLOSURE, target, len(outer.codes) - 1)
        return target

    def primary(self, target: int) -> int:
        token = self.tokens.next()
        line = token.line
        if token.kind == INTEGER:
            return self.load_constant(target, Value.of_int(token.integer), line)
        if token.kind == FLOAT:
            return self.load_constant(target, Value.of_float(token.real), line)
        if token.kind == TEXT:
            return self.load_constant(target, Value.of_object(Text(token.text)), line)
        if token.kind == NAME:
            return self.load(token.text, target, line)
        match token.text:
            case "true" | "false":
                return self.load_constant(target, Value.of_bool(token.text == "true"), line)
            case "nil":
                return self.load_constant(target, Value.NULL, line)
            case "function":
                return self.closure("function", target, line)
            case "[":
                return self.items(target)
            case "{":
                self.tokens.position -= 1
                self.load_constant(target, Value.NULL, line)
                self.fields(target)
                return target
            case "(":
                register = self.expression(target)
                self.tokens.expect(")")
                return register
            case _:
                raise SourceError(f"an expression cannot begin with '{token.text}'", line)


def compile_program(text: str) -> Code:
    """The code of a program. Raises SourceError."""
    captured: list[bool] = []
    Compiler(token_stream(text), captured).program()
    return Compiler(token_stream(text), captured).program()
