"""Random Ruff statements: assignments, loops that end, exceptions, and updates of containers."""

from collections.abc import Callable

from tracewright_testing.ruff_expressions import KEYS, Expressions
from tracewright_testing.ruff_scope import Function, Kind, Program, Variable

Maker = Callable[[], None]
NEW_KINDS = (
    (6, Kind.INT),
    (3, Kind.FLOAT),
    (3, Kind.NUMBER),
    (3, Kind.STRING),
    (1, Kind.BOOL),
    (2, Kind.ANY),
    (4, Kind.INTS),
    (1, Kind.NUMBERS),
    (1, Kind.STRINGS),
    (3, Kind.BY_NAME),
    (2, Kind.BY_NUMBER),
    (2, Kind.GRID),
    (1, Kind.TABLE),
    (3, Kind.RECORD),
    (3, Kind.FUNCTION),
    (1, Kind.RESULT),
)
DEEPEST_BLOCK = 5


class Statements:
    """Writes statements into the program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.dice = program.dice
        self.expressions = Expressions(program)
        self._rows: list[tuple[int, Maker]] = [
            (4, self._declare),
            (12, self._assign_int),
            (4, self._assign_number),
            (3, self._assign_float),
            (4, self._assign_string),
            (3, self._change_type),
            (3, self._compound),
            (8, self._array_update),
            (6, self._dict_update),
            (3, self._nested_update),
            (4, self._record_update),
            (2, self._copy_and_change),
            (2, self._destructure),
            (2, self._match),
            (2, self._throw_or_assert),
            (3, self._checksum),
            (1, self._print),
        ]
        self._block_rows: list[tuple[int, Maker]] = [(6, self._if), (6, self.loop), (3, self._try), (2, self._leave)]

    def some(self, count: int) -> None:
        """Write about so many statements."""
        for _ in range(self.dice.between(1, count)):
            if not self.program.frame.charge(1):
                return
            deep = len(self.program.frame.scopes) > DEEPEST_BLOCK
            self.dice.weighted(self._rows if deep else self._rows + self._block_rows)()

    def declare(self, kind: Kind, depth: int = 2) -> Variable:
        """Write a declaration of a new variable."""
        keyword = self.dice.weighted(((4, ""), (3, "mut "), (2, "let ")))
        name = self.program.fresh("v")
        value = self._call_maker(kind) if kind is Kind.FUNCTION else self.expressions.make(kind, depth)
        self.program.line(f"{keyword}{name} := {value};")
        variable = Variable(name, kind, assignable=keyword != "let ")
        self.program.declare(variable)
        return variable

    def state(self) -> str:
        """Variables worth printing, as arguments; functions print the same everywhere, so they are left out."""
        names = [v.name for scope in self.program.frame.scopes for v in scope if v.kind is not Kind.FUNCTION]
        return ", ".join(names[-10:]) if names else '"none"'

    def _call_maker(self, kind: Kind) -> str:
        makers = [function for function in self.program.functions if function.gives is kind]
        if makers and self.dice.chance(60):
            return self.expressions.call(self.dice.pick(makers), 1)
        return self.expressions.make(kind)

    # --- scalars ---------------------------------------------------------------------------------------------------------
    def _declare(self) -> None:
        self.declare(self.dice.weighted(NEW_KINDS))

    def _target(self, kind: Kind) -> Variable:
        """A variable that may be assigned; a new one where there is none."""
        if self.dice.chance(1):
            immutable = self.program.some(kind)
            if immutable is not None and not self._is_counter(immutable):
                return immutable
        found = self.program.some(kind, assignable=True)
        while found is None:
            made = self.declare(kind)
            found = made if made.assignable else None
        return found

    def _is_counter(self, variable: Variable) -> bool:
        return variable.name.startswith("i")

    def _assign_int(self) -> None:
        """Mostly kept in a moderate range, so that loops go on; sometimes left to grow until it overflows."""
        name = self._target(Kind.INT).name
        value = self.expressions.make(Kind.INT)
        match self.dice.weighted(((5, "modulo"), (2, "mask"), (3, "step"), (2, "raw"), (2, "caught"))):
            case "modulo":
                self.program.line(f"{name} := {value} % {self.dice.pick((97, 1009, 1000003, 1125899906842597))};")
            case "mask":
                self.program.line(
                    f"{name} := bit_and({value}, {self.dice.pick((255, 65535, (1 << 51) - 1, (1 << 52) - 1))});"
                )
            case "step":
                step = self.dice.pick(("1", "(-1)", "3", "1125899906842624", "70368744177663"))
                self.program.line(f"{name} := {name} {self.dice.pick('+-')} {step};")
            case "raw":
                self.program.line(f"{name} := {value};")
            case _:
                self.program.open("try {")
                self.program.line(f"{name} := {name} * {self.dice.pick(('3', '(-2)', '65537'))} + {value};")
                error = self.program.fresh("e")
                self.program.between(f"}} except {error} {{")
                self.program.line(f"{name} := len({error}.message);")
                self.program.close()

    def _assign_number(self) -> None:
        self.program.line(f"{self._target(Kind.NUMBER).name} := {self.expressions.make(Kind.NUMBER)};")

    def _assign_float(self) -> None:
        self.program.line(f"{self._target(Kind.FLOAT).name} := {self.expressions.make(Kind.FLOAT)};")

    def _assign_string(self) -> None:
        name = self._target(Kind.STRING).name
        value = self.expressions.make(Kind.STRING)
        self.program.line(f"{name} := {name} + {value};" if self.dice.chance(50) else f"{name} := {value};")
        self.program.line(f"if len({name}) > 60 {{ {name} := substring({name}, 0, 7); }}")

    def _change_type(self) -> None:
        """An int that becomes a float that becomes a string in the middle of a loop."""
        name = self._target(self.dice.pick((Kind.ANY, Kind.NUMBER))).name
        kind = (
            Kind.ANY
            if any(v.name == name and v.kind is Kind.ANY for v in self.program.visible(Kind.ANY))
            else Kind.NUMBER
        )
        condition = self.expressions.make(Kind.BOOL)
        self.program.open(f"if {condition} {{")
        self.program.line(f"{name} := {self.expressions.make(kind)};")
        self.program.close()
        if kind is Kind.ANY and self.dice.chance(60):
            self.program.line(f"if is_int({name}) {{ {name} := bit_and({name}, 1048575) + 1; }}")
            self.program.line(f"if is_float({name}) {{ {name} := {name} + 0.5; }}")

    def _compound(self) -> None:
        kind = self.dice.pick((Kind.INT, Kind.INT, Kind.FLOAT, Kind.NUMBER))
        name = self._target(kind).name
        operator = self.dice.pick(("+=", "-=", "*=", "/=", "%="))
        amount = "3" if operator in ("/=", "%=", "*=") else self.expressions.make(kind, 1)
        self.program.line(f"{name} {operator} {amount};")
        if operator == "*=" and kind is Kind.INT:
            self.program.line(f"{name} %= 1000000007;")

    # --- containers ------------------------------------------------------------------------------------------------------
    def _array_update(self) -> None:
        make = self.expressions.make
        kind, element = self.dice.pick(
            ((Kind.INTS, Kind.INT), (Kind.INTS, Kind.INT), (Kind.NUMBERS, Kind.NUMBER), (Kind.STRINGS, Kind.STRING))
        )
        name = self._target(kind).name
        match self.dice.weighted(
            ((5, "push"), (5, "store"), (2, "pop"), (1, "store badly"), (2, "compute"), (1, "swap"))
        ):
            case "push":
                self.program.line(f"{name} := push({name}, {make(element)});")
                self.program.line(f"if len({name}) > 40 {{ {name} := slice({name}, 30, 40); }}")
            case "store":
                index = make(Kind.INT)
                self.program.line(f"if len({name}) > 0 {{ {name}[{index} % len({name})] := {make(element)}; }}")
            case "store badly":
                bound = self.dice.pick((5, 20))
                index = self.expressions.small_index(1)
                self.program.line(f"if len({name}) > {bound} {{ {name}[{index}] := {make(element)}; }}")
            case "pop":
                pair = self.program.fresh("w")
                self.program.line(f"{pair} := pop({name}); {name} := {pair}[0];")
            case "swap":
                pair = self.program.fresh("w")
                self.program.line(
                    f"if len({name}) > 1 {{ {pair} := {name}[0]; {name}[0] := {name}[-1]; {name}[-1] := {pair}; }}"
                )
            case _:
                self.program.line(f"{name} := slice({make(kind)}, 0, 30);")

    def _dict_update(self) -> None:
        make = self.expressions.make
        if self.dice.chance(60):
            name = self._target(Kind.BY_NAME).name
            key = self.expressions.key(1)
        else:
            name = self._target(Kind.BY_NUMBER).name
            key = self.expressions.small_index(1)
        match self.dice.weighted(((6, "store"), (3, "add"), (2, "delete"), (1, "read"), (2, "iterate"))):
            case "store":
                self.program.line(f"{name}[{key}] := {make(Kind.INT)};")
            case "add":
                place = self.program.fresh("w")
                self.program.line(f"{place} := to_string({key});")
                self.program.line(
                    f"if has_key({name}, {place}) == 1 {{ {name}[{place}] %= 1000; {name}[{place}] += 1; }}"
                )
            case "delete":
                pair = self.program.fresh("w")
                self.program.line(f"{pair} := remove({name}, to_string({key})); {name} := {pair}[0];")
            case "read":
                target = self._target(Kind.INT).name
                guard = self.dice.pick(("", f"if has_key({name}, to_string({key})) == 1 "))
                read = f"{target} := {name}[{key}];"
                self.program.line(f"{guard}{{ {read} }}" if guard else read)
            case _:
                if self.program.frame.charge(16):
                    item, total = self.program.fresh("i"), self._target(Kind.INT).name
                    self.program.line(
                        f"for {item} in {name} {{ {total} := ({total} % 10007) * 3 + {name}[{item}] % 100 + len({item}); }}"
                    )

    def _nested_update(self) -> None:
        make = self.expressions.make
        if self.dice.chance(70):
            name = self._target(Kind.GRID).name
            row, column = make(Kind.INT, 1), make(Kind.INT, 1)
            operator = self.dice.pick((":=", ":=", "-="))
            value = f"{make(Kind.INT)} % 100003"
            self.program.line(f"{name}[{row} % len({name})][{column} % 3] {operator} {value};")
            if operator == "-=":
                self.program.line(f"{name}[0][0] %= 4096;")
            return
        name = self._target(Kind.TABLE).name
        key = self.dice.pick(KEYS[:4])
        self.program.line(f"if has_key({name}, {key}) == 0 {{ {name}[{key}] := [{make(Kind.INT, 1)}]; }}")
        self.program.line(f"if len({name}[{key}]) > 0 {{ {name}[{key}][0] := {make(Kind.INT)}; }}")
        self.program.line(
            f"if len({name}[{key}]) < 20 {{ {name}[{key}] := push({name}[{key}], {make(Kind.INT, 1)}); }}"
        )

    def _record_update(self) -> None:
        make = self.expressions.make
        name = self._target(Kind.RECORD).name
        match self.dice.pick(("x", "y", "tag", "items", "item", "whole", "compound")):
            case "x":
                self.program.line(f"{name}.x := {make(Kind.INT)} % 65521;")
            case "y":
                self.program.line(f"{name}.y := {make(Kind.FLOAT)};")
            case "tag":
                self.program.line(f"{name}.tag := substring({make(Kind.STRING)}, 0, 12);")
            case "items":
                self.program.line(f"{name}.items := slice({make(Kind.INTS)}, 0, 12);")
            case "item":
                self.program.line(f"if len({name}.items) > 0 {{ {name}.items[0] := {make(Kind.INT)}; }}")
            case "compound":
                self.program.line(f"{name}.x += {self.dice.between(0, 9)};")
            case _:
                self.program.line(f"{name} := {make(Kind.RECORD)};")
                self.program.line(f"{name}.items := slice({name}.items, 0, 12);")

    def _copy_and_change(self) -> None:
        """A copy must not change with its original, nor the other way round."""
        kind, change = self.dice.pick(
            (
                (Kind.INTS, "if len({0}) > 0 {{ {0}[0] := {1}; }}"),
                (Kind.BY_NAME, '{0}["k0"] := {1};'),
                (Kind.GRID, "{0}[0][1] := {1};"),
                (Kind.RECORD, "{0}.x := {1} % 997;"),
                (Kind.TABLE, '{0}["k1"] := [{1}];'),
            )
        )
        original = self._target(kind)
        copy = self.program.fresh("v")
        self.program.line(f"{copy} := {original.name};")
        self.program.declare(Variable(copy, kind))
        changed = self.dice.pick((copy, original.name))
        self.program.line(change.format(changed, self.expressions.make(Kind.INT)))

    def _destructure(self) -> None:
        make = self.expressions.make
        first, second, rest = (self.program.fresh("v") for _ in range(3))
        if self.dice.chance(70):
            self.program.line(
                f"let [{first}, {second}, ...{rest}] := [{make(Kind.INT)}, {make(Kind.NUMBER)}, ...{make(Kind.INTS, 0)}];"
            )
            self.program.declare(Variable(rest, Kind.INTS, assignable=False))
        else:
            entries = f'"{first}": {make(Kind.INT)}, "{second}": {make(Kind.FLOAT)}'
            self.program.line(f"let {{{first}, {second}}} := {{{entries}}};")
        self.program.declare(Variable(first, Kind.INT, assignable=False))
        self.program.declare(Variable(second, Kind.NUMBER, assignable=False))

    # --- control ---------------------------------------------------------------------------------------------------------
    def _if(self) -> None:
        condition, second = self.expressions.make(Kind.BOOL), self.expressions.make(Kind.BOOL)
        self.program.open(f"if {condition} {{")
        self.some(3)
        if self.dice.chance(25):
            self.program.between(f"}} else if {second} {{")
            self.some(2)
        if self.dice.chance(50):
            self.program.between("} else {")
            self.some(3)
        self.program.close()

    def loop(self) -> None:
        """A loop that ends: its counter advances in the head's line, and nothing else assigns it."""
        frame = self.program.frame
        turns = self.dice.between(50, 400) if frame.loop_depth == 0 else self.dice.between(2, 30)
        while turns > 1 and frame.work + frame.turns * turns * 5 > frame.limit:
            turns //= 2
        if turns <= 1 or frame.loop_depth > 2:
            return self._assign_int()
        counter = self.program.fresh("i")
        form = self.dice.weighted(
            ((5, "while"), (3, "loop"), (2, "for range"), (3, "for int"), (1, "for array"), (1, "for text"))
        )
        kind = Kind.INT
        before, frame.turns = frame.turns, frame.turns * turns
        frame.loop_depth += 1
        match form:
            case "while":
                self.program.line(f"mut {counter} := 0;")
                self.program.open(f"while {counter} < {turns} {{ {counter} := {counter} + 1;")
            case "loop":
                self.program.line(f"mut {counter} := {turns};")
                self.program.open(f"loop {{ if {counter} <= 0 {{ break; }} {counter} -= 1;")
            case "for range":
                self.program.open(f"for {counter} in range(3, {3 + 2 * turns}, 2) {{")
            case "for int":
                self.program.open(f"for {counter} in {turns} {{")
            case "for array":
                self.program.open(f"for {counter} in slice({self.expressions.make(Kind.INTS, 1)}, 0, {turns}) {{")
            case _:
                kind = Kind.STRING
                self.program.open(f"for {counter} in substring({self.expressions.make(Kind.STRING, 1)}, 0, {turns}) {{")
        self.program.declare(Variable(counter, kind, assignable=False))
        if self.dice.chance(35):
            self._try(7)  # an error ends one turn only
        else:
            self.some(7)
        self._checksum()
        if self.dice.chance(30) and kind is Kind.INT:
            self.program.line(f'if ({counter} % {self.dice.pick((41, 97))}) == 7 {{ print("at", {self.state()}); }}')
        self.program.close()
        frame.loop_depth -= 1
        frame.turns = before

    def _leave(self) -> None:
        """`break`, `continue` or `return` under a condition."""
        frame = self.program.frame
        condition = self.expressions.make(Kind.BOOL)
        if frame.gives is not None and self.dice.chance(40):
            self.program.line(f"if {condition} {{ return {self.expressions.make(frame.gives)}; }}")
        elif frame.loop_depth > 0:
            self.program.line(f"if {condition} {{ {self.dice.pick(('break', 'continue', 'continue'))}; }}")

    def _try(self, count: int = 4) -> None:
        error = self.program.fresh("e")
        self.program.frame.try_depth += 1
        self.program.open("try {")
        self.some(count)
        self.program.between(f"}} except {error} {{")
        self.program.frame.try_depth -= 1
        self.program.line(f"checksum := mix(checksum, {error}.message);")
        if self.dice.chance(30):
            self.program.line(f'checksum := mix(checksum, join({error}.stack, ">"));')
        if self.dice.chance(8):
            self.program.line(f"throw({self.dice.pick((error, error + '.message'))});")
        self.program.close()

    def _throw_or_assert(self) -> None:
        if self.program.frame.try_depth == 0 and not self.dice.chance(15):
            return self._assign_int()
        thrown = self.dice.pick(
            (
                self.expressions.make(Kind.STRING),
                '"thrown " + to_string(' + self.expressions.make(Kind.INT) + ")",
                self.expressions.make(Kind.RECORD, 0),
                '(Trouble { message: "in trouble", cause: [1, "c"] })',
                self.expressions.make(Kind.INT),
            )
        )
        self.program.line(f"if {self.expressions.make(Kind.BOOL)} {{ throw({thrown}); }}")

    def _match(self) -> None:
        value = self.expressions.make(Kind.RESULT)
        bound = self.program.fresh("v")
        self.program.open(f"match {value} {{")
        for name, kind in (("Ok", Kind.INT), ("Err", Kind.STRING), ("Some", Kind.INT)):
            if self.dice.chance(80):
                self.program.open(f"case {name}({bound}): {{")
                self.program.declare(Variable(bound, kind))
                self.some(2)
                self.program.close()
        if self.dice.chance(50):
            self.program.open("case None: {")
            self.some(1)
            self.program.close()
        self.program.open("default: {")
        self._assign_int()
        self.program.close()
        self.program.close()

    def _checksum(self) -> None:
        variables = [v for scope in self.program.frame.scopes for v in scope if v.kind is not Kind.FUNCTION]
        name = self.dice.pick(variables).name if variables else "checksum"
        self.program.line(f"checksum := mix(checksum, {name});")

    def _print(self) -> None:
        if self.program.frame.turns <= 8:
            self.program.line(f"print({self.state()});")
        else:
            self._checksum()


def function_call_statement(statements: Statements, function: Function) -> None:
    """Call a function for its effect, printing what it gives."""
    program = statements.program
    if program.frame.charge(function.cost):
        program.line(f'print("{function.name}", {statements.expressions.call(function, 1)});')
