"""Random well-typed programs of the dialect: functions of statements, called with numbers and texts at their edges.

A program is the prelude, `count` functions `f0`, `f1`, ... and a `main` that writes one line for each call, so that a difference
between two ways of running it names its function. Each function uses a few groups of constructs (`dialect_groups`), so that
those meet one another more often than if all were mixed. Most functions are small: many small ones find more than few long ones.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from hypothesis import strategies

from tracewright_testing.choices import Dice, drawn, seeded
from tracewright_testing.dialect_classes import random_family
from tracewright_testing.dialect_expressions import (
    BOOL,
    COLOR,
    COUNTS,
    FLOAT,
    FUNCTION,
    INT,
    INTS,
    MAYBE,
    PAIR,
    POINT,
    SHAPE,
    STR,
    TEXTS,
    TYPES,
    Expressions,
)
from tracewright_testing.dialect_groups.everything import GROUPS
from tracewright_testing.dialect_groups.group import Group
from tracewright_testing.dialect_prelude import PRELUDE

ROUNDS = 9
GROUPS_IN_FUNCTION = 3
FUNCTIONS_OF_FAMILY = 20  # so many functions, so often a family of classes
# How likely, how many statements to begin with and in all, how deep expressions nest.
SIZES = ((70, (2, 5, 2)), (25, (4, 12, 2)), (5, (7, 40, 3)))
BLOCKS = ("BODY", "LOOP", "TRY")
VARIABLE = re.compile(r"\bVAR_([a-z]+)")
PARAMETERS = {"a": INT, "b": INT, "s": STR, "x": FLOAT, "flag": BOOL}


class FunctionMaker:
    """One random function, line by line."""

    def __init__(self, dice: Dice, number: int, groups: Sequence[Group]) -> None:
        self.dice = dice
        self.number = number
        self.first, self.room, self.deepest = dice.weighted(SIZES)
        self.forms = [form for group in groups for form in group.forms]
        self.types = [*TYPES, *[kind.written for group in groups for kind in group.kinds.values()] * 2]
        self.expressions = Expressions(dice, groups)
        self.expressions.scope = dict(PARAMETERS)
        self.lines: list[str] = []
        self.depth = 1
        self.in_loop = False
        self.in_try = False
        self.nested = False
        self.frozen: set[str] = set()  # what must not be assigned here

    def make(self) -> str:
        """The function's text."""
        header = ", ".join(f"{name}: {type}" for name, type in PARAMETERS.items())
        self.lines = [f"def f{self.number}({header}) -> str:", "    log: list[str] = []"]
        self.statements(self.dice.between(1, self.first), 0)
        self.put(f"return '; '.join(log)[:300] + ' / ' + {self.summary()}")
        return "\n".join(self.lines) + "\n"

    def summary(self) -> str:
        """The text of everything that is visible."""
        parts = [self.expressions.shown[type].format(name) for name, type in self.expressions.scope.items()]
        return " + ' ' + ".join(parts)

    # --- pieces ---

    def put(self, line: str) -> None:
        self.lines.append("    " * self.depth + line)

    def expression(self, type: str, depth: int = 3) -> str:
        return self.expressions.make(type, self.dice.between(0, min(depth, self.deepest)))

    def some_variable(self, *types: str) -> str | None:
        known = [n for n, t in self.expressions.scope.items() if t in types and n not in self.frozen]
        return self.dice.pick(known) if known else None

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """An indented block; what it declares is not known behind it."""
        self.put(head)
        self.depth += 1
        outside, before = dict(self.expressions.scope), len(self.lines)
        yield
        if len(self.lines) == before:
            self.put("pass")
        self.expressions.scope = outside
        self.depth -= 1

    def body(self, level: int) -> None:
        self.statements(self.dice.between(1, 3), level + 1)

    def statements(self, count: int, level: int) -> None:
        for _ in range(count):
            self.statement(level)

    def statement(self, level: int) -> None:
        simple: list[tuple[int, Callable[[int], None]]] = [
            (30, self.declare), (4, self.unpack), (18, self.assign), (14, self.change), (10, self.note), (3, self.leave), (5, self.mutate),
        ]  # fmt: skip
        if self.in_loop:
            simple.append((5, self.jump))
        if self.in_try:
            simple.append((6, self.fail))
        if level == 0 and self.number > 0 and not self.nested:
            simple.append((2, self.call_other))
        compound: list[tuple[int, Callable[[int], None]]] = [
            (10, self.condition), (6, self.count_loop), (7, self.item_loop), (4, self.while_loop), (8, self.attempt),
            (4, self.manage), (6, self.match_number), (5, self.match_object), (5, self.narrow),
        ]  # fmt: skip
        if level == 0 and not self.nested:
            compound.append((9, self.nested_function))
        if self.forms:
            simple.append((35, self.form))
        self.room -= 1
        rows = simple + compound if level < 3 and self.room > 0 else simple
        self.dice.weighted(rows)(level)

    # --- simple statements ---

    def declare(self, level: int) -> None:
        type = self.dice.pick(self.types)
        value = self.expression(type)
        name = self.expressions.fresh("v")
        self.put(f"{name}: {type} = {value}")
        self.expressions.scope[name] = type

    def unpack(self, level: int) -> None:
        first, rest = self.expressions.fresh("v"), self.expressions.fresh("v")
        type = self.dice.pick((INTS, TEXTS))
        value = self.expression(type)
        self.put(
            self.dice.pick(
                (f"{first}, *{rest} = {value}", f"*{rest}, {first} = {value}", f"{first}, {rest} = {value}[0], {value}")
            )
        )
        self.expressions.scope.update({first: INT if type == INTS else STR, rest: type})

    def assign(self, level: int) -> None:
        name = self.some_variable(*self.types)
        if name is not None:
            self.put(f"{name} = {self.expression(self.expressions.scope[name])}")

    def change(self, level: int) -> None:
        name = self.some_variable(INT, STR, INTS, TEXTS, COUNTS, FLOAT)
        if name is None:
            return
        match self.expressions.scope[name]:
            case "int":
                operator = self.dice.pick(("|", "&", "^"))
                self.put(f"{name} {operator}= {self.expression(INT)}")
            case "float":
                self.put(f"{name} {self.dice.pick('+-*')}= {self.expression(FLOAT)}")
            case "str":
                self.put(f"{name} += {self.expression(STR)}")
                self.put(f"{name} = {name}[:40]")
            case "list[int]":
                self.change_list(name)
            case "list[str]":
                self.put(f"{name}.append({self.expression(STR)})")
                self.put(f"del {name}[6:]")
            case _:
                self.put(f"{name}[{self.expression(STR, 1)}] = {self.expression(INT)}")

    def change_list(self, name: str) -> None:
        i, items = self.expression(INT, 2), self.expression(INTS, 2)
        self.put(
            self.dice.pick((
                f"{name}.append({i})", f"{name}.insert(i8({i}), {i})", f"{name}.sort()", f"{name}.reverse()", f"{name} += {items}",
                f"{name}[i8({i}):i8({i})] = {items}", f"{name}.sort(key=lambda q9: u8(q9), reverse={self.expression(BOOL, 1)})", f"{name}.pop()",
                f"{name}[u8({i}) & 3] = {i}", f"{name} *= 2", f"{name}.remove({i})", f"{name}.extend({items})", f"del {name}[i8({i})]",
            ))
        )  # fmt: skip
        self.put(f"del {name}[10:]")

    def mutate(self, level: int) -> None:
        name = self.some_variable(SHAPE, POINT)
        if name is None:
            return
        if self.expressions.scope[name] == POINT:
            self.put(f"{name}.{self.dice.pick('xy')} = {self.expression(INT)}")
        elif self.dice.chance(50):
            self.put(f"{name}.size = {self.expression(INT)}")
        else:
            self.put(f"{name}.next = {self.expression(SHAPE, 1)}")

    def note(self, level: int) -> None:
        type = self.dice.pick(self.types)
        self.put(f"log.append({self.expressions.shown[type].format('(' + self.expression(type) + ')')})")

    def leave(self, level: int) -> None:
        if self.nested:
            return
        with self.block(f"if {self.expression(BOOL)}:"):
            self.put(f"return 'early ' + {self.expression(STR)}")

    def jump(self, level: int) -> None:
        with self.block(f"if {self.expression(BOOL, 2)}:"):
            self.put(self.dice.pick(("break", "continue")))

    def fail(self, level: int) -> None:
        with self.block(f"if {self.expression(BOOL, 2)}:"):
            code, word = self.expression(INT, 1), self.expression(STR, 1)
            self.put(
                self.dice.pick((
                    f"raise Trouble({word}, {code})", f"raise Deeper({word}, {code})", f"raise ValueError({word})", f"raise KeyError({word})",
                ))
            )  # fmt: skip

    def call_other(self, level: int) -> None:
        arguments = ", ".join(self.expression(type, 1) for type in PARAMETERS.values())
        other = self.dice.between(max(0, self.number - 3), self.number - 1)
        self.put(f"log.append(f{other}({arguments})[:50])")

    # --- statements of the groups ---

    def form(self, level: int) -> None:
        """One of the groups' forms (dialect_groups/group.py says how they are written)."""
        text = self.dice.pick(self.forms)
        wanted = VARIABLE.search(text)
        if any(block in text for block in BLOCKS) and (level >= 3 or self.room <= 0):
            return
        if wanted is not None:
            name = self.some_variable(self.expressions.places[wanted[1]])
            if name is None:
                return
            text = VARIABLE.sub(name, text)
        for line in self.expressions.with_names(text).splitlines():
            head, _, rest = line.strip().partition(" ")
            inside = (len(line) - len(line.lstrip())) // 4
            self.depth += inside
            if head in BLOCKS:
                self.block_of_form(head, self.expressions.declared(rest), level)
            elif head == "LEAVE":
                self.put(f"return {self.expression(INT if self.nested else STR)}")
            elif head == "AFTER":
                declared = self.expressions.declared(rest)
                self.expressions.scope.update(declared)
                self.frozen |= {name for name, type in declared.items() if type == FUNCTION}  # it may be a `def`
            else:
                self.put(self.expressions.fill(line.strip(), self.dice.between(0, self.deepest - 1)))
            self.depth -= inside

    def block_of_form(self, head: str, declared: dict[str, str], level: int) -> None:
        outside, was = dict(self.expressions.scope), (self.in_loop, self.in_try)
        self.in_loop = self.in_loop or head == "LOOP"
        self.in_try = self.in_try or head == "TRY"
        self.expressions.scope.update(declared)
        before = len(self.lines)
        self.body(level)
        if len(self.lines) == before:
            self.put("pass")
        self.expressions.scope, (self.in_loop, self.in_try) = outside, was

    # --- compound statements ---

    def condition(self, level: int) -> None:
        with self.block(f"if {self.expression(BOOL)}:"):
            self.body(level)
        if self.dice.chance(30):
            with self.block(f"elif {self.expression(BOOL)}:"):
                self.body(level)
        if self.dice.chance(50):
            with self.block("else:"):
                self.body(level)

    def loop(self, level: int, head: str, declared: dict[str, str]) -> None:
        was, self.in_loop = self.in_loop, True
        with self.block(head):
            self.expressions.scope.update(declared)
            self.body(level)
        self.in_loop = was
        if self.dice.chance(20):
            with self.block("else:"):
                self.body(level)

    def count_loop(self, level: int) -> None:
        name = self.expressions.fresh("index")
        bounds = self.dice.pick(("3", "1, 4", "3, -1, -1", "u8({i}) & 3", "0, 7, 3", "-2, i8({i}) & 1"))
        self.loop(level, f"for {name} in range({bounds.replace('{i}', self.expression(INT, 1))}):", {name: INT})

    def item_loop(self, level: int) -> None:
        first, second = self.expressions.fresh("e"), self.expressions.fresh("e")
        ints, texts, word = self.expression(INTS, 2), self.expression(TEXTS, 2), self.expression(STR, 2)
        counts = self.expression(COUNTS, 2)
        head, declared = self.dice.pick((
            (f"for {first} in list({ints})[:4]:", {first: INT}),
            (f"for {first} in {word}[:4]:", {first: STR}),
            (f"for {first}, {second} in enumerate({texts}[:4]):", {first: INT, second: STR}),
            (f"for {first}, {second} in sorted({counts}.items())[:4]:", {first: STR, second: INT}),
            (f"for {first}, {second} in zip({ints}[:4], {texts}[:4]):", {first: INT, second: STR}),
            (f"for {first} in reversed({ints}[:4]):", {first: INT}),
            (f"for {first} in Color:", {first: COLOR}),
        ))  # fmt: skip
        self.loop(level, head, declared)

    def while_loop(self, level: int) -> None:
        name = self.expressions.fresh("w")
        self.put(f"{name} = 0")
        was, self.in_loop = self.in_loop, True
        with self.block(f"while {name} < 3 and ({self.expression(BOOL, 2)}):"):
            self.put(f"{name} += 1")
            self.body(level)
        self.in_loop = was

    def attempt(self, level: int) -> None:
        was, self.in_try = self.in_try, True
        with self.block("try:"):
            self.body(level)
        self.in_try = was
        handled = self.dice.chance(85)
        if handled:
            self.handlers(level)
            if self.dice.chance(25):
                with self.block("else:"):
                    self.body(level)
        if not handled or self.dice.chance(35):
            with self.block("finally:"):
                self.put(f"log.append({self.expression(STR, 2)})")

    def handlers(self, level: int) -> None:
        name = self.expressions.fresh("error")
        if self.dice.chance(50):
            with self.block(f"except Trouble as {name}:"):
                self.put(f"log.append(str({name}) + str({name}.code))")
                if self.dice.chance(30):
                    self.put("raise")
                else:
                    self.body(level)
        kinds = self.dice.pick((
            "(ZeroDivisionError, OverflowError)", "(IndexError, KeyError)", "Exception", "ValueError", "ArithmeticError", "LookupError",
        ))  # fmt: skip
        other = self.expressions.fresh("error")
        with self.block(f"except {kinds} as {other}:"):
            self.put(f"log.append(name_of({other}))")
            self.body(level)

    def manage(self, level: int) -> None:
        name = self.expressions.fresh("g")
        was, self.in_try = self.in_try, True
        with self.block(f"with Guard(log, {self.expression(BOOL, 1)}) as {name}:"):
            self.expressions.scope[name] = INT
            self.body(level)
        self.in_try = was

    def match_number(self, level: int) -> None:
        with self.block(f"match {self.expression(INT)}:"):
            for pattern in (self.dice.pick(("0", "1 | 2", "Op.HALT")), self.dice.pick(("-1", "7 | 255", "3"))):
                with self.block(f"case {pattern}:"):
                    self.body(level)
            name = self.expressions.fresh("m")
            with self.block(f"case {name} if {name} > 5:"):
                self.expressions.scope[name] = INT
                self.body(level)
            with self.block("case _:"):
                self.body(level)

    def match_object(self, level: int) -> None:
        first, second = self.expressions.fresh("m"), self.expressions.fresh("m")
        choices: tuple[tuple[str, list[tuple[str, dict[str, str]]]], ...] = (
            (SHAPE, [(f"Named(name={first}, size={second})", {first: STR, second: INT}), ("Square()", {}), ("_", {})]),
            (POINT, [(f"Point(0, {first})", {first: INT}), (f"Point({first}, {second}) if {first} == {second}", {first: INT, second: INT})]),
            (PAIR, [(f"({first}, 'a')", {first: INT}), (f"Pair({first}, {second})", {first: INT, second: STR})]),
            (COLOR, [("Color.RED", {}), ("Color.GREEN | Color.BLUE", {})]),
            (INTS, [("[]", {}), (f"[{first}]", {first: INT}), (f"[{first}, *{second}]", {first: INT, second: INTS})]),
            (MAYBE, [("None", {}), (f"{first}", {first: INT})]),
            (STR, [("'a' | ''", {}), (f"{first} if len({first}) > 3", {first: STR})]),
        )  # fmt: skip
        subject, cases = self.dice.pick(choices)
        with self.block(f"match {self.expression(subject)}:"):
            for pattern, declared in cases:
                with self.block(f"case {pattern}:"):
                    self.expressions.scope.update(declared)
                    self.body(level)

    def narrow(self, level: int) -> None:
        name = self.expressions.fresh("o")
        self.put(f"{name}: int | None = {self.expression(MAYBE)}")
        with self.block(f"if {name} is not None:"):
            known = self.expressions.fresh("v")
            self.put(f"{known}: int = {name}")
            self.expressions.scope[known] = INT
            self.body(level)
        with self.block("else:"):
            self.body(level)

    def nested_function(self, level: int) -> None:
        name, parameter = self.expressions.fresh("g"), self.expressions.fresh("y")
        shared = self.some_variable(INT, STR, INTS)
        kept = (self.in_loop, self.in_try)
        self.in_loop, self.in_try, self.nested = False, False, True
        frozen = self.frozen
        with self.block(f"def {name}({parameter}: int) -> int:"):
            if shared is not None and self.dice.chance(60):
                self.put(f"nonlocal {shared}")
                self.put(f"{shared} = {self.expression(self.expressions.scope[shared])}")
            self.frozen = frozen | set(self.expressions.scope)
            self.expressions.scope[parameter] = INT
            self.body(2)
            self.put(f"return {self.expression(INT)}")
        self.frozen, self.nested = frozen, False
        self.in_loop, self.in_try = kept
        self.expressions.scope[name] = FUNCTION
        self.frozen.add(name)


def make_program(dice: Dice, count: int) -> str:
    """A program of so many functions."""
    functions: list[str] = []
    used: set[str] = set()
    families = [random_family(dice, number) for number in range(count // FUNCTIONS_OF_FAMILY)]
    for number in range(count):
        chosen = [dice.pick(GROUPS) for _ in range(dice.between(0, GROUPS_IN_FUNCTION))]
        if families and dice.chance(40):
            chosen.append(dice.pick(families))
        groups = list({group.name: group for group in chosen}.values())
        used |= {group.name for group in groups}
        functions.append(FunctionMaker(dice, number, groups).make())
    preludes = [group.prelude for group in (*GROUPS, *families) if group.name in used]
    calls = [f'        try_one("f{number}", f{number}, round)' for number in range(count)]
    main = ["def main() -> int:", f"    for round in range({ROUNDS}):", *calls, "    return 0", ""]
    return "\n\n".join([PRELUDE + "".join(preludes), *functions, "\n".join(main)])


def random_dialect_program(seed: int, count: int) -> str:
    """The program of a seed."""
    return make_program(Dice(seeded(seed)), count)


@strategies.composite
def dialect_programs(draw: strategies.DrawFn, count: int = 1) -> str:
    """Programs as Hypothesis makes and shrinks them."""
    return make_program(Dice(drawn(draw)), count)
