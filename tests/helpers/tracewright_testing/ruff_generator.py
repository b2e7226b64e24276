"""Random Ruff programs that end, do the same every time, and print checksums of what they computed.

python -m tracewright_testing.ruff_generator SEED      prints the program of that seed
"""

import sys

from hypothesis import strategies

from tracewright_testing.choices import Dice, drawn, seeded
from tracewright_testing.ruff_scope import Frame, Function, Kind, Program, Variable
from tracewright_testing.ruff_statements import NEW_KINDS, Statements, function_call_statement

DEFAULT_BUDGET = 30_000  # statements that a program may execute

PRELUDE = """\
mut checksum := 1;
infinity := to_float("inf");
nan := infinity - infinity;
func mix(sum, value) {
    if is_int(value) { return bit_and(sum * 31 + bit_and(value, 65535), 268435455); }
    if is_float(value) { return bit_xor(sum, bit_and(to_int(value * 16.0), 65535)); }
    return bit_and(sum * 17 + len(to_string(value)), 268435455);
}
func at(items, index) {
    if len(items) == 0 { return 0; }
    return items[index % len(items)];
}
func row(grid, index) { return grid[index % len(grid)]; }
func char(text, index) {
    if text == "" { return "?"; }
    return text[index % len(text)];
}
func choose(condition, first, second) {
    if condition { return first; }
    return second;
}"""

ARGUMENT_KINDS = (
    Kind.INT,
    Kind.INT,
    Kind.INT,
    Kind.NUMBER,
    Kind.FLOAT,
    Kind.STRING,
    Kind.INTS,
    Kind.RECORD,
    Kind.BY_NAME,
)
RESULT_KINDS = (Kind.INT, Kind.INT, Kind.NUMBER, Kind.FLOAT, Kind.STRING, Kind.INTS, Kind.RECORD, Kind.RESULT, Kind.ANY)


class Functions:
    """Writes functions and struct types of many shapes."""

    def __init__(self, statements: Statements) -> None:
        self.statements = statements
        self.program = statements.program
        self.dice = statements.dice
        self.make = statements.expressions.make

    def write_record(self) -> None:
        """A struct type; all have the same fields and methods, in different orders and with different bodies."""
        program, dice = self.program, self.dice
        name = f"R{len(program.records)}"
        program.line(f"struct {name} {{")
        program.line(dice.pick(("    x: int, y: float, tag: string, items: array", "    items, tag, y, x")))
        factor, divisor = dice.between(1, 9), dice.pick((97, 4093, 65521))
        program.line(
            f"    func weight(self, k) {{ return (self.x * {factor} + k % 1000 + len(self.items)) % {divisor}; }}"
        )
        fields = 'tag: substring(tag + "s", 0, 6), items: items'
        program.line(
            f"    func shifted(k) {{ return {name} {{ x: (x + k % 1000) % {divisor}, y: y + 0.5, {fields} }}; }}"
        )
        total = f"x: (x + other.x) % {divisor}, y: y * 0.5 + other.y, tag: other.tag, items: items"
        program.line(f"    func op_add(other) {{ return {name} {{ {total} }}; }}")
        program.line(f"    func op_neg() {{ return {name} {{ x: -x, y: -y, tag: tag, items: [] }}; }}")
        program.line("}")
        program.records.append(name)

    def write_function(self) -> None:
        """A function of one of the shapes."""
        shape = self.dice.weighted(
            (
                (6, self._plain),
                (2, self._recursive),
                (1, self._mutual),
                (2, self._thrower),
                (2, self._counter_maker),
                (1, self._many_arguments),
                (1, self._question_mark),
            )
        )
        shape()

    def _body(self, takes: tuple[Kind, ...], gives: Kind, names: list[str], statements: int) -> int:
        """Write a body in a frame of its own; returns its cost."""
        program = self.program
        outer = program.frame
        program.frame = Frame(program.budget // 60, is_function=True, gives=gives)
        for name, kind in zip(names, takes, strict=True):
            program.declare(Variable(name, kind))
        program.indent += 1
        self.statements.some(statements)
        program.line(f"return {self.make(gives)};")
        program.indent -= 1
        cost = program.frame.work + 2
        program.frame = outer
        return cost

    def _plain(self, many: bool = False) -> None:
        name = self.program.fresh("f")
        count = self.dice.between(8, 12) if many else self.dice.between(0, 4)
        takes = tuple(self.dice.pick(ARGUMENT_KINDS) for _ in range(count))
        gives = self.dice.pick(RESULT_KINDS)
        names = [self.program.fresh("a") for _ in takes]
        self.program.line(f"func {name}({', '.join(names)}) {{")
        cost = self._body(takes, gives, names, 7)
        self.program.line("}")
        self.program.functions.append(Function(name, takes, gives, cost))

    def _many_arguments(self) -> None:
        self._plain(many=True)

    def _recursive(self) -> None:
        """Bounded by its first parameter, which the wrapper sets."""
        name, inner = self.program.fresh("f"), self.program.fresh("r")
        ways, depth = self.dice.pick(((1, 40), (1, 15), (2, 5)))
        self.program.line(f"func {inner}(depth, n) {{")
        self.program.line("    if depth <= 0 { return n % 1009; }")
        if self.dice.chance(30):
            self.program.line(f"    if n % 11 == 5 {{ return depth + {self.dice.between(0, 9)}; }}")
        if self.dice.chance(25):
            self.program.line('    if n % 23 == 7 { throw("deep " + to_string(depth)); }')
        first = f"{inner}(depth - 1, n + {self.dice.between(1, 5)})"
        second = (
            f"{inner}(depth - 2, n - depth)" if ways == 2 else self.dice.pick(("n", "1.5", "depth * 1125899906842624"))
        )
        self.program.line(f"    return {first} {self.dice.pick('+-')} {second};")
        self.program.line("}")
        self.program.line(f"func {name}(n) {{ return {inner}({depth}, n % 1000); }}")
        self.program.functions.append(
            Function(name, (Kind.INT,), Kind.NUMBER, 2 ** (depth + 1) if ways == 2 else 3 * depth)
        )

    def _mutual(self) -> None:
        name, other = self.program.fresh("f"), self.program.fresh("r")
        self.program.line(
            f"func {name}(n) {{ if n % 64 == 0 {{ return checksum % 7; }} return {other}(n - n % 64 / 2 - 1) + 1; }}"
        )
        self.program.line(
            f"func {other}(n) {{ if n % 64 <= 0 {{ return 2; }} return {name}((n % 64) - 1) * 2 % 1000; }}"
        )
        self.program.functions.append(Function(name, (Kind.INT,), Kind.INT, 150))

    def _thrower(self) -> None:
        """Throws out of a hot loop, through its callers."""
        name, inner = self.program.fresh("f"), self.program.fresh("r")
        turns = self.dice.pick((12, 60, 150))
        self.program.line(f"func {inner}(limit, step) {{")
        self.program.line("    mut total := 0;")
        self.program.line(f"    for i in {turns} {{")
        self.program.line(f"        total := (total + i * (step % 1000)) % {self.dice.pick((1009, 1125899906842597))};")
        problem = self.dice.pick(
            ('throw("at " + to_string(i));', "total := total / (i - i);", "total := total + missing_name;")
        )
        self.program.line(f"        if i == limit {{ {problem} }}")
        self.program.line("    }")
        self.program.line("    return total;")
        self.program.line("}")
        self.program.line(f"func {name}(limit, step) {{ return {inner}(limit % {turns * 5}, step) + 1; }}")
        self.program.functions.append(Function(name, (Kind.INT, Kind.INT), Kind.INT, turns * 3))

    def _counter_maker(self) -> None:
        """Returns a closure with captured, changing state."""
        name = self.program.fresh("f")
        divisor = self.dice.pick((97, 65521, 1125899906842597))
        self.program.line(f"func {name}(start) {{")
        self.program.line("    mut count := start % 1000;")
        self.program.line(f"    mut memory := {self.dice.pick(('[0, 1, 2]', '[0, 0.5, 2]'))};")
        self.program.line("    return func(k) {")
        self.program.line(f"        count := (count + k % 1000 * {self.dice.between(1, 5)}) % {divisor};")
        if self.dice.chance(60):
            self.program.line("        memory[count % 3] := count;")
            self.program.line("        return count + to_int(memory[k % 3]) % 10;")
        else:
            self.program.line("        return count;")
        self.program.line("    };")
        self.program.line("}")
        self.program.functions.append(Function(name, (Kind.INT,), Kind.FUNCTION, 4))

    def _question_mark(self) -> None:
        name, inner = self.program.fresh("f"), self.program.fresh("r")
        self.program.line(f"func {inner}(n) {{")
        self.program.line(f'    if n % {self.dice.between(2, 7)} == 0 {{ return Err("bad " + to_string(n % 100)); }}')
        self.program.line("    return Ok(n % 10007);")
        self.program.line("}")
        self.program.line(
            f"func {name}(n) {{ first := {inner}(n)?; second := {inner}(first + 1)?; return Ok(first - second); }}"
        )
        self.program.functions.append(Function(name, (Kind.INT,), Kind.RESULT, 8))


def write_program(dice: Dice, budget: int) -> str:
    """The text of a random program that executes at most about `budget` statements."""
    program = Program(dice, budget)
    statements = Statements(program)
    functions = Functions(statements)
    program.lines.extend(PRELUDE.split("\n"))
    for _ in range(dice.between(1, 2)):
        functions.write_record()
    for kind in (Kind.INT, Kind.NUMBER, Kind.STRING, Kind.INTS, Kind.BY_NAME):
        if dice.chance(50):
            statements.declare(kind, depth=0)
    program.globals = list(program.frame.scopes[0])
    for _ in range(dice.between(1, 5)):
        functions.write_function()
    for number in range(dice.between(2, 6)):
        _write_section(statements, number)
    program.line('print("end", checksum);')
    return "\n".join(program.lines) + "\n"


def _write_section(statements: Statements, number: int) -> None:
    """Statements and a hot loop, mostly guarded against errors, then the state."""
    program, dice = statements.program, statements.dice
    program.frame.limit = program.frame.work + program.budget // 6
    guarded = dice.chance(96)
    if guarded:
        program.frame.try_depth += 1
        program.open("try {")
    for _ in range(dice.between(2, 4)):
        statements.declare(dice.weighted(NEW_KINDS))
    statements.some(4)
    statements.loop()
    if program.functions and dice.chance(70):
        function_call_statement(statements, dice.pick(program.functions))
    program.line(f'print("section {number}", checksum, {statements.state()});')
    if guarded:
        program.frame.try_depth -= 1
        error = program.fresh("e")
        program.between(f"}} except {error} {{")
        program.line(f'print("caught {number}", {error}.message, {error}.stack, checksum);')
        program.close()
    if program.globals:
        program.line(
            f"print({', '.join(variable.name for variable in program.globals if variable.kind is not Kind.FUNCTION)});"
        )


def random_program(seed: int, budget: int = DEFAULT_BUDGET) -> str:
    """The program of that seed: the same text every time."""
    return write_program(Dice(seeded(seed)), budget)


@strategies.composite
def programs(draw: strategies.DrawFn, budget: int = DEFAULT_BUDGET) -> str:
    """Hypothesis strategy: random programs, small ones first."""
    return write_program(Dice(drawn(draw)), budget)


if __name__ == "__main__":
    print(random_program(int(sys.argv[1])), end="")
