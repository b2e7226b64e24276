"""Random Ruff expressions of a wanted kind, as source text. Compound ones come in parentheses."""

from collections.abc import Callable

from tracewright_testing.ruff_scope import Function, Kind, Program

Maker = Callable[[int], str]
STRING_LITERALS = ('"a"', '"ab"', '"hello"', '"x-y"', '""', '"0"', '"naïve"', '"日本語"', '"🙂!"', '"A\\tB"', '"zz"')
KEYS = ('"k0"', '"k1"', '"k2"', '"k3"', '"key"', '"x"', '"10"', '"9"')
FLOAT_LITERALS = ("0.5", "1.25", "0.1", "100.0", "0.0", "(-0.0)", "3.0", "(-2.75)", "1000000.5", "4503599627370496.5")
# Where ints change their form: 47 to 51 bits of payload in a Value, 32 bits in instructions, 64 bits at the end.
EDGES = (31, 32, 46, 47, 49, 50, 51, 52, 53, 62)
CONTAINERS = (
    Kind.INTS,
    Kind.NUMBERS,
    Kind.STRINGS,
    Kind.BY_NAME,
    Kind.BY_NUMBER,
    Kind.GRID,
    Kind.TABLE,
    Kind.RECORD,
    Kind.STRING,
)
SCALARS = (Kind.INT, Kind.FLOAT, Kind.STRING, Kind.BOOL)
ELEMENT_COST = 12  # of a builtin that runs over an array, in statements


class Expressions:
    """Writes expressions for the place that the program has reached."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.dice = program.dice
        self._simple: dict[Kind, Maker] = {
            Kind.INT: lambda depth: self.int_literal(),
            Kind.FLOAT: lambda depth: self.dice.pick(FLOAT_LITERALS),
            Kind.NUMBER: lambda depth: self.dice.pick(FLOAT_LITERALS + ("1", "7", "(-3)")),
            Kind.STRING: lambda depth: self.dice.pick(STRING_LITERALS),
            Kind.BOOL: lambda depth: self.dice.pick(("true", "false")),
            Kind.ANY: lambda depth: self.dice.pick(("null", "0", "1.5", '"s"', "true", "[]", "[1, 2.5]")),
            Kind.INTS: lambda depth: self.array(Kind.INT, depth),
            Kind.NUMBERS: lambda depth: self.array(Kind.NUMBER, depth),
            Kind.STRINGS: lambda depth: self.array(Kind.STRING, depth),
            Kind.BY_NAME: self._by_name,
            Kind.BY_NUMBER: lambda depth: "{}",
            Kind.GRID: lambda depth: "[" + ", ".join([f"[1, {self.int_literal()}, 3]"] * self.dice.between(1, 3)) + "]",
            Kind.TABLE: lambda depth: '{"k0": [1, 2], "k1": []}',
            Kind.RECORD: self._record,
            Kind.FUNCTION: self._lambda,
            Kind.RESULT: lambda depth: self.dice.pick(("Ok(1)", 'Err("no")', "Some(2)", "None")),
        }
        self._compound: dict[Kind, list[tuple[int, Maker]]] = {
            Kind.INT: self._int_rows(),
            Kind.FLOAT: self._float_rows(),
            Kind.NUMBER: self._number_rows(),
            Kind.STRING: self._string_rows(),
            Kind.BOOL: self._bool_rows(),
            Kind.ANY: [(1, lambda depth: self.make(self.dice.pick(SCALARS), depth))],
            Kind.INTS: self._ints_rows(),
            Kind.NUMBERS: [
                (1, lambda depth: f"push({self.make(Kind.NUMBERS, depth)}, {self.make(Kind.NUMBER, depth)})")
            ],
            Kind.STRINGS: self._strings_rows(),
            Kind.BY_NAME: self._by_name_rows(),
            Kind.RECORD: self._record_rows(),
            Kind.RESULT: [
                (2, lambda depth: f"Ok({self.make(Kind.INT, depth)})"),
                (1, lambda depth: f"Err({self.make(Kind.STRING, depth)})"),
                (1, lambda depth: f"Some({self.make(Kind.INT, depth)})"),
            ],
        }

    def make(self, kind: Kind, depth: int = 2) -> str:
        """An expression of that kind; at depth 0 a variable or a literal."""
        if depth > 0 and kind in self._compound and self.dice.chance(55):
            calls = [function for function in self.program.functions if function.gives is kind]
            if calls and self.dice.chance(20):
                function = self.dice.pick(calls)
                if self.program.frame.charge(function.cost):
                    return self.call(function, depth - 1)
            return self.dice.weighted(self._compound[kind])(depth - 1)
        variable = self.program.some(kind)
        if variable is not None and self.dice.chance(80):
            return variable.name
        return self._simple[kind](depth)

    def call(self, function: Function, depth: int) -> str:
        """A call with random arguments, now and then as a pipe."""
        arguments = [self.make(kind, depth) for kind in function.takes]
        if arguments and self.dice.chance(8):
            return f"({arguments[0]} |> {function.name}({', '.join(arguments[1:])}))"
        return f"{function.name}({', '.join(arguments)})"

    # --- numbers ---------------------------------------------------------------------------------------------------
    def int_literal(self) -> str:
        """Mostly a small number, sometimes one beside a power of two, sometimes an end of the range."""
        match self.dice.weighted(((20, "small"), (8, "middle"), (4, "edge"), (1, "end"))):
            case "small":
                number = self.dice.between(0, 12)
            case "middle":
                number = self.dice.between(0, 100_000)
            case "edge":
                number = (1 << self.dice.pick(EDGES)) + self.dice.between(-2, 2)
            case _:
                number = (1 << 63) - 1 - self.dice.between(0, 3)
        return f"(-{number})" if self.dice.chance(20) else str(number)

    def _int_rows(self) -> list[tuple[int, Maker]]:
        make = self.make
        return [
            (14, lambda depth: f"({make(Kind.INT, depth)} {self.dice.pick('+-')} {make(Kind.INT, depth)})"),
            (4, lambda depth: f"({make(Kind.INT, depth)} * {self.dice.between(0, 9)})"),
            (1, lambda depth: f"({make(Kind.INT, depth)} * {make(Kind.INT, depth)})"),
            (5, lambda depth: f"({make(Kind.INT, depth)} {self.dice.pick('/%')} {self.dice.between(1, 1000)})"),
            (2, lambda depth: f"({make(Kind.INT, depth)} {self.dice.pick('/%')} (-{self.dice.between(1, 9)}))"),
            (3, self._division),
            (2, lambda depth: f"(-{make(Kind.INT, depth)})"),
            (
                4,
                lambda depth: (
                    f"bit_{self.dice.pick(('and', 'or', 'xor'))}({make(Kind.INT, depth)}, {make(Kind.INT, depth)})"
                ),
            ),
            (
                2,
                lambda depth: (
                    f"bit_{self.dice.pick(('shl', 'shr'))}({make(Kind.INT, depth)}, {self.dice.between(0, 63)})"
                ),
            ),
            (1, lambda depth: f"bit_not({make(Kind.INT, depth)})"),
            (4, lambda depth: f"len({make(self.dice.pick(CONTAINERS[:-2] + CONTAINERS[-1:]), depth)})"),
            (3, lambda depth: f"at({make(Kind.INTS, depth)}, {make(Kind.INT, depth)})"),
            (2, self._element),
            (3, lambda depth: f"get({make(Kind.BY_NAME, depth)}, {self.key(depth)}, {make(Kind.INT, depth)})"),
            (2, lambda depth: f"get({make(Kind.BY_NUMBER, depth)}, to_string({self.small_index(depth)}), 0)"),
            (2, self._lookup),
            (3, lambda depth: f"({make(Kind.RECORD, 0)}).x"),
            (3, lambda depth: f"({make(Kind.RECORD, 0)}).weight({make(Kind.INT, depth)})"),
            (2, lambda depth: f"to_int({make(Kind.NUMBER, depth)})"),
            (1, lambda depth: f"index_of({make(Kind.STRING, depth)}, {make(Kind.STRING, 0)})"),
            (1, lambda depth: f"has_key({make(Kind.BY_NAME, depth)}, {self.key(0)})"),
            (2, self._reduce),
            (3, lambda depth: f"({make(Kind.FUNCTION, 0)})({make(Kind.INT, depth)})"),
            (2, lambda depth: f"choose({make(Kind.BOOL, depth)}, {make(Kind.INT, depth)}, {make(Kind.INT, depth)})"),
            (1, lambda depth: f"({make(Kind.TABLE, 0)}?.k0 ?? [1, 2, 3])[0]"),
        ]

    def _float_rows(self) -> list[tuple[int, Maker]]:
        make = self.make
        return [
            (10, lambda depth: f"({make(Kind.FLOAT, depth)} {self.dice.pick('+-*')} {make(Kind.FLOAT, depth)})"),
            (5, lambda depth: f"({make(Kind.FLOAT, depth)} {self.dice.pick('+-*')} {make(Kind.INT, depth)})"),
            (3, lambda depth: f"({make(Kind.INT, depth)} {self.dice.pick('+-*')} {make(Kind.FLOAT, depth)})"),
            (3, lambda depth: f"({make(Kind.FLOAT, depth)} {self.dice.pick('/%')} 1.75)"),
            (
                2,
                lambda depth: (
                    f"({make(Kind.FLOAT, depth)} {self.dice.pick('/%')} (abs({make(Kind.NUMBER, depth)}) + 0.5))"
                ),
            ),
            (1, lambda depth: f"(-{make(Kind.FLOAT, depth)})"),
            (2, lambda depth: f"{self.dice.pick(('floor', 'ceil', 'round', 'abs'))}({make(Kind.NUMBER, depth)})"),
            (1, lambda depth: f"sqrt(abs({make(Kind.FLOAT, depth)}))"),
            (
                1,
                lambda depth: (
                    f"{self.dice.pick(('min', 'max'))}({make(Kind.NUMBER, depth)}, {make(Kind.NUMBER, depth)})"
                ),
            ),
            (2, lambda depth: f"to_float({make(Kind.INT, depth)})"),
            (1, lambda depth: self.dice.pick(("infinity", "nan", "(-infinity)"))),
            (2, lambda depth: f"({make(Kind.RECORD, 0)}).y"),
            (1, lambda depth: f"to_float(to_string({make(Kind.FLOAT, depth)}))"),
        ]

    def _number_rows(self) -> list[tuple[int, Maker]]:
        make = self.make
        return [
            (3, lambda depth: make(Kind.INT, depth)),
            (2, lambda depth: make(Kind.FLOAT, depth)),
            (6, lambda depth: f"({make(Kind.NUMBER, depth)} {self.dice.pick('+-*')} {make(Kind.NUMBER, depth)})"),
            (
                2,
                lambda depth: (
                    f"({make(Kind.NUMBER, depth)} {self.dice.pick('/%')} {self.dice.pick(('3', '0.5', '7'))})"
                ),
            ),
            (1, lambda depth: f"sum({make(Kind.NUMBERS, depth)})"),
            (1, lambda depth: f"choose({make(Kind.BOOL, depth)}, {make(Kind.INT, depth)}, {make(Kind.FLOAT, depth)})"),
        ]

    def _bool_rows(self) -> list[tuple[int, Maker]]:
        make = self.make
        order = ("<", "<=", ">", ">=", "==", "!=")
        return [
            (8, lambda depth: f"({make(Kind.INT, depth)} {self.dice.pick(order)} {make(Kind.INT, depth)})"),
            (3, lambda depth: f"({make(Kind.NUMBER, depth)} {self.dice.pick(order)} {make(Kind.NUMBER, depth)})"),
            (2, lambda depth: f"({make(Kind.FLOAT, depth)} {self.dice.pick(order)} {make(Kind.FLOAT, depth)})"),
            (3, lambda depth: f"({make(Kind.STRING, depth)} {self.dice.pick(order)} {make(Kind.STRING, depth)})"),
            (3, lambda depth: f"({make(Kind.BOOL, depth)} {self.dice.pick(('&&', '||'))} {make(Kind.BOOL, depth)})"),
            (1, lambda depth: f"(!{make(Kind.BOOL, depth)})"),
            (1, lambda depth: f"(({make(Kind.INT, depth)} % 7) == {self.dice.between(0, 6)})"),
            (2, lambda depth: f"is_{self.dice.pick(('int', 'float', 'string', 'null'))}({make(Kind.ANY, 0)})"),
            (1, lambda depth: f"({make(Kind.ANY, 0)} == {make(Kind.ANY, 0)})"),
            (1, lambda depth: f"({make(Kind.INTS, 0)} == {make(Kind.INTS, 0)})"),
            (1, lambda depth: f"contains({make(Kind.INTS, depth)}, {make(Kind.INT, depth)})"),
            (1, lambda depth: f"({make(Kind.RECORD, 0)} == {make(Kind.RECORD, 0)})"),
            (1, lambda depth: f"starts_with({make(Kind.STRING, depth)}, {make(Kind.STRING, 0)})"),
        ]

    # --- strings and containers --------------------------------------------------------------------------------------
    def _string_rows(self) -> list[tuple[int, Maker]]:
        make = self.make
        return [
            (6, lambda depth: f"({make(Kind.STRING, depth)} + {make(Kind.STRING, depth)})"),
            (4, lambda depth: f"to_string({make(self.dice.pick(SCALARS + (Kind.ANY, Kind.INTS)), depth)})"),
            (3, self._interpolation),
            (
                3,
                lambda depth: (
                    f"substring({make(Kind.STRING, depth)}, {self.small_index(depth)}, {self.dice.between(0, 9)})"
                ),
            ),
            (3, lambda depth: f"char({make(Kind.STRING, depth)}, {make(Kind.INT, depth)})"),
            (
                1,
                lambda depth: (
                    f"{self.dice.pick(('to_upper', 'to_lower', 'trim', 'str_reverse'))}({make(Kind.STRING, depth)})"
                ),
            ),
            (1, lambda depth: f"repeat({make(Kind.STRING, 0)}, {self.dice.between(0, 3)})"),
            (1, lambda depth: f'replace({make(Kind.STRING, depth)}, {make(Kind.STRING, 0)}, "_")'),
            (1, lambda depth: f'join({make(Kind.STRINGS, depth)}, "-")'),
            (1, lambda depth: f'join({make(Kind.INTS, depth)}, ",")'),
            (2, lambda depth: f"type({make(Kind.ANY, depth)})"),
            (2, lambda depth: f"({make(Kind.RECORD, 0)}).tag"),
        ]

    def _ints_rows(self) -> list[tuple[int, Maker]]:
        make = self.make
        return [
            (4, lambda depth: f"push({make(Kind.INTS, depth)}, {make(Kind.INT, depth)})"),
            (
                2,
                lambda depth: (
                    f"slice({make(Kind.INTS, depth)}, {self.dice.between(-3, 3)}, {self.dice.between(-3, 12)})"
                ),
            ),
            (1, lambda depth: f"concat({make(Kind.INTS, 0)}, {make(Kind.INTS, 0)})"),
            (
                2,
                lambda depth: (
                    f"range({self.dice.between(0, 5)}, {self.dice.between(0, 20)}, {self.dice.between(1, 4)})"
                ),
            ),
            (2, lambda depth: f"{self.dice.pick(('reverse', 'sort'))}({make(Kind.INTS, depth)})"),
            (1, lambda depth: f"[...{make(Kind.INTS, depth)}, {make(Kind.INT, depth)}]"),
            (2, self._map),
            (1, self._filter),
            (2, lambda depth: f"({make(Kind.RECORD, 0)}).items"),
            (1, lambda depth: f"values({make(Kind.BY_NAME, depth)})"),
            (1, lambda depth: f"pop({make(Kind.INTS, depth)})[0]"),
            (1, lambda depth: f"row({make(Kind.GRID, 0)}, {make(Kind.INT, depth)})"),
        ]

    def _strings_rows(self) -> list[tuple[int, Maker]]:
        make = self.make
        return [
            (1, lambda depth: f"push({make(Kind.STRINGS, depth)}, {make(Kind.STRING, depth)})"),
            (1, lambda depth: f"keys({make(Kind.BY_NAME, depth)})"),
            (1, lambda depth: f'split({make(Kind.STRING, depth)}, "a")'),
            (1, lambda depth: f"sort({make(Kind.STRINGS, depth)})"),
        ]

    def _by_name_rows(self) -> list[tuple[int, Maker]]:
        make = self.make
        return [
            (2, self._by_name),
            (1, lambda depth: f"remove({make(Kind.BY_NAME, depth)}, {self.key(0)})[0]"),
            (1, lambda depth: f"merge({make(Kind.BY_NAME, 0)}, {make(Kind.BY_NAME, depth)})"),
            (
                1,
                lambda depth: (
                    "{" + f"...{make(Kind.BY_NAME, 0)}, {self.dice.pick(KEYS)}: {make(Kind.INT, depth)}" + "}"
                ),
            ),
        ]

    def _record_rows(self) -> list[tuple[int, Maker]]:
        make = self.make
        return [
            (3, self._record),
            (3, lambda depth: f"({make(Kind.RECORD, 0)}).shifted({make(Kind.INT, depth)})"),
            (2, lambda depth: f"({make(Kind.RECORD, 0)} + {make(Kind.RECORD, 0)})"),
            (1, lambda depth: f"(-{make(Kind.RECORD, 0)})"),
        ]

    def array(self, kind: Kind, depth: int) -> str:
        """An array literal."""
        return "[" + ", ".join(self.make(kind, min(depth, 1)) for _ in range(self.dice.between(0, 5))) + "]"

    def key(self, depth: int) -> str:
        """A string key from a small set."""
        if self.dice.chance(50):
            return self.dice.pick(KEYS)
        return f'("k" + to_string({self.small_index(depth)}))'

    def small_index(self, depth: int) -> str:
        """An int from 0 to 15."""
        return f"bit_and({self.make(Kind.INT, depth)}, {self.dice.pick((3, 7, 15))})"

    def _by_name(self, depth: int) -> str:
        keys = self.dice.pick(((), KEYS[:1], KEYS[:2], KEYS[2:6], ('"b"', '"k0"', '"a"')))
        return "{" + ", ".join(f"{key}: {self.make(Kind.INT, min(depth, 1))}" for key in keys) + "}"

    def _record(self, depth: int) -> str:
        fields = [
            ("x", f"({self.make(Kind.INT, min(depth, 1))} % 9973)"),
            ("y", self.make(Kind.FLOAT, min(depth, 1))),
            ("tag", self.make(Kind.STRING, 0)),
            ("items", self.make(Kind.INTS, 0)),
        ]
        if self.dice.chance(30):  # the same fields in another order are another shape
            fields.reverse()
        if self.dice.chance(10):
            fields.append(("extra", "null"))
        return f"({self.dice.pick(self.program.records)} " + "{ " + ", ".join(f"{n}: {v}" for n, v in fields) + " })"

    def _element(self, depth: int) -> str:
        array = self.program.some(Kind.INTS)
        if array is None or self.dice.chance(15):
            return f"{self.make(Kind.INTS, 0)}[{self.small_index(depth)}]"
        return f"{array.name}[{self.make(Kind.INT, depth)} % (len({array.name}) + {self.dice.pick('01')})]"

    def _division(self, depth: int) -> str:
        operator, divisor = self.dice.pick("/%"), self.make(Kind.INT, depth)
        return (
            f"({self.make(Kind.INT, depth)} {operator} {divisor if self.dice.chance(15) else f'bit_or({divisor}, 1)'})"
        )

    def _lookup(self, depth: int) -> str:
        if self.dice.chance(25):
            return f"{self.make(Kind.BY_NAME, 0)}[{self.key(depth)}]"
        return f'{{...{self.make(Kind.BY_NAME, 0)}, "k0": {self.make(Kind.INT, 0)}}}["k0"]'

    def _interpolation(self, depth: int) -> str:
        pieces = [self.program.some(kind) for kind in (Kind.INT, Kind.NUMBER, Kind.STRING, Kind.ANY, Kind.BOOL)]
        text = "".join(f"<${{{piece.name}}}>" for piece in pieces if piece is not None and self.dice.chance(50))
        return f'"i{text}"'

    # --- functions as values -------------------------------------------------------------------------------------------
    def _lambda(self, depth: int) -> str:
        name = self.program.fresh("p")
        captured = self.program.some(Kind.INT)
        other = captured.name if captured is not None else self.int_literal()
        body = self.dice.pick(
            (
                f"return ({name} + {other}) % 10007",
                f"return {name} * {self.dice.between(0, 5)} - {self.dice.between(0, 5)}",
                f"if {name} > {other} {{ return {name} - 1 }} return {name} + 1",
                f"return bit_xor({name}, {other})",
            )
        )
        return f"func({name}) {{ {body} }}"

    def _over_array(self, text: str) -> str:
        """`text`, if the work of going over an array is still affordable here, else a literal."""
        return text if self.program.frame.charge(ELEMENT_COST) else "[3, 1, 2]"

    def _map(self, depth: int) -> str:
        return self._over_array(f"map({self.make(Kind.INTS, 0)}, {self.make(Kind.FUNCTION, 0)})")

    def _filter(self, depth: int) -> str:
        name = self.program.fresh("p")
        divisor = self.dice.between(2, 5)
        return self._over_array(f"filter({self.make(Kind.INTS, 0)}, func({name}) {{ return {name} % {divisor} != 0 }})")

    def _reduce(self, depth: int) -> str:
        if not self.program.frame.charge(ELEMENT_COST):
            return "5"
        left, right = self.program.fresh("p"), self.program.fresh("p")
        combined = self.dice.pick((f"({left} * 31 + {right} % 1000) % 65521", f"bit_xor({left}, {right})"))
        return f"reduce({self.make(Kind.INTS, 0)}, {self.int_literal()}, func({left}, {right}) {{ return {combined} }})"
