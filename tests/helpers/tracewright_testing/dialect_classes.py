"""Random class hierarchies for dialect programs: fields, methods that subclasses override, `super()`, properties, class methods.

A family is a base class and two to four classes below it. Methods call only methods that come before them in the family's list, so
that no call comes back to where it began.
"""

from tracewright_testing.choices import Dice
from tracewright_testing.dialect_expressions import (
    BOOL,
    COLOR,
    COUNTS,
    FLOAT,
    INT,
    INTS,
    MAYBE,
    PAIR,
    POINT,
    STR,
    TEXTS,
    Expressions,
)
from tracewright_testing.dialect_groups.group import Group, Kind

FIELD_TYPES = (INT, INT, STR, STR, FLOAT, BOOL, INTS, TEXTS, COUNTS, MAYBE, POINT, PAIR, COLOR)
RESULT_TYPES = (INT, INT, STR, BOOL, FLOAT, INTS, MAYBE, POINT)
PLACES_OF = {INT: "i", STR: "s", BOOL: "b", FLOAT: "f", INTS: "l", MAYBE: "m", POINT: "p"}
PARAMETERS = {"number": INT, "word": STR}
ARGUMENTS = "({i}, {s})"


class FamilyMaker:
    """Writes one family."""

    def __init__(self, dice: Dice, number: int) -> None:
        self.dice = dice
        self.number = number
        self.base = f"Family{number}"
        self.results = [dice.pick(RESULT_TYPES) for _ in range(dice.between(2, 4))]
        self.fields: dict[str, dict[str, str]] = {}  # of each class, with those of its bases
        self.bases: dict[str, str] = {}
        self.constructors: dict[str, str] = {}  # how each is called
        self.lines: list[str] = []

    def make(self) -> Group:
        """The family as a group of constructs."""
        names = [self.base]
        self.class_text(self.base, "")
        for index in range(self.dice.between(2, 4)):
            name = f"{self.base}{'ABCD'[index]}"
            self.class_text(name, self.dice.pick(names))
            names.append(name)
        makers = tuple(f"{name}{ARGUMENTS}" for name in names)
        place = f"family{'abcdefgh'[self.number % 8]}"
        tests = (
            f"isinstance({{{place}}}, {self.dice.pick(names)})",
            f"({{{place}}} is {{{place}}})",
            f"{{{place}}}.odd",
        )
        uses: dict[str, tuple[str, ...]] = {
            "b": tests,
            "i": (f"{self.dice.pick(names)}.limit({{i}})", f"{self.base}.LIMIT", f"{{{place}}}.weight"),
        }
        for index, result in enumerate(self.results):
            at = PLACES_OF[result]
            uses[at] = (*uses.get(at, ()), *(f"{{{place}}}.method{index}{ARGUMENTS}",) * 2)
        kind = Kind(
            self.base,
            "{0}.shown()",
            ("" + f"{self.base}(1, 'x')", f"{names[-1]}(2, '')"),
            (*makers, f"{self.base}.made({{i}})", f"({{{place}}} if {{b}} else {{{place}}})"),
        )
        return Group(self.base, {place: kind}, uses, self.forms(place, names), "\n".join(["", *self.lines]))

    def forms(self, place: str, names: list[str]) -> tuple[str, ...]:
        """Statements that change an object, or look at its class."""
        fields = self.fields[self.base]
        changes = [f"VAR_{place}.{name} = {{{PLACES_OF[type]}}}" for name, type in fields.items() if type in PLACES_OF]
        tested = self.dice.pick(names[1:])
        cases = [
            f"    case {name}({field}=NEW1):\n        BODY NEW1={PLACES_OF[type]}"
            for name, field, type in self.cases(names[::-1])
        ]
        match = "\n".join([f"match {{{place}}}:", *cases, "    case _:\n        BODY"])
        return (
            *changes, f"NEW1: {self.base} = {{{place}}}\nif isinstance(NEW1, {tested}):\n    log.append(NEW1.own())\nelse:\n    BODY NEW1={place}",
            f"for NEW1 in [{{{place}}}, {{{place}}}]:\n    log.append(NEW1.shown())", *([match] if cases else []), f"VAR_{place}.weight = {{i}}\nlog.append(str(VAR_{place}.weight))",
        )  # fmt: skip

    def cases(self, names: list[str]) -> list[tuple[str, str, str]]:
        """One class pattern with a field of the first type that all these fields share."""
        rows = [
            (name, field, type) for name in names[:2] for field, type in self.fields[name].items() if type in PLACES_OF
        ]
        return rows[:1]

    # --- classes ---

    def class_text(self, name: str, base: str) -> None:
        """Fields, constructor and methods of one class."""
        self.bases[name] = base
        inherited = dict(self.fields[base]) if base else {}
        own = {
            f"field{len(inherited) + i}{name[-1].lower()}": self.dice.pick(FIELD_TYPES)
            for i in range(self.dice.between(0 if base else 1, 2))
        }
        self.fields[name] = inherited | own
        self.lines += ["", f"class {name}{f'({base})' if base else ''}:"]
        if not base:
            self.lines += ["    LIMIT: ClassVar[int] = 7", "    step: int = 3", ""]
        self.lines += ["    def __init__(self, number: int, word: str) -> None:"]
        self.scope = dict(PARAMETERS)
        if base:
            self.lines.append(f"        super().__init__({self.value(INT)}, {self.value(STR)})")
        self.lines += [f"        self.{field}: {type} = {self.value(type)}" for field, type in own.items()] or [
            "        pass"
        ]
        for index in range(len(self.results)):
            if not base or self.dice.chance(45):
                self.method(index, base)
        self.lines += ["", "    def own(self) -> str:", f"        return {self.text_of_fields(name)!s}"]
        if not base:
            self.shared_methods(name)

    def method(self, index: int, base: str) -> None:
        """One method, which may use the object's fields, earlier methods, and what it overrides."""
        result = self.results[index]
        self.scope = {
            **PARAMETERS,
            **{f"self.{field}": type for field, type in self.fields[list(self.bases)[-1]].items()},
        }
        self.lines += ["", f"    def method{index}(self, number: int, word: str) -> {result}:"]
        if self.dice.chance(40):
            name, type = self.dice.pick(sorted(self.scope.items()))
            self.lines.append(f"        {name} = {self.value(type)}")
        if self.dice.chance(25):
            self.lines += ["        if number % 5 == 3:", f"            raise ValueError({self.value(STR)})"]
        if base and self.dice.chance(60):
            self.lines.append(f"        above = super().method{index}({self.value(INT)}, {self.value(STR)})")
            self.scope["above"] = result
        elif index > 0:
            earlier = self.dice.between(0, index - 1)
            self.lines.append(f"        before = self.method{earlier}({self.value(INT)}, {self.value(STR)})")
            self.scope["before"] = self.results[earlier]
        self.lines.append(f"        return {self.value(result)}")

    def shared_methods(self, name: str) -> None:
        """What all families have: a text, a property with and without setter, a static and a class method."""
        self.lines += [
            "", "    def shown(self) -> str:", "        return self.own()[:80]",
            "", "    @property", "    def odd(self) -> bool:", "        return self.step & 1 == 1",
            "", "    @property", "    def weight(self) -> int:", "        return wrap_mul(self.step, 3)",
            "", "    @weight.setter", "    def weight(self, value: int) -> None:", "        self.step = i16(value)",
            "", "    @staticmethod", "    def limit(number: int) -> int:", f"        return min(number, {name}.LIMIT)",
            "", "    @classmethod", f"    def made(cls, number: int) -> {name}:", "        return cls(number, 'made')",
        ]  # fmt: skip

    # --- expressions ---

    def value(self, type: str) -> str:
        """An expression over the variables in scope; no lambdas, which would take `self` along."""
        expressions = Expressions(self.dice)
        expressions.scope = dict(self.scope)
        expressions.in_comprehension = 1
        return expressions.make(type, self.dice.between(0, 2))

    def text_of_fields(self, name: str) -> str:
        expressions = Expressions(self.dice)
        parts = [expressions.shown[type].format(f"self.{field}") for field, type in self.fields[name].items()]
        return " + ' ' + ".join([f"'{name}'", *parts, "str(self.step)"])


def random_family(dice: Dice, number: int) -> Group:
    """A family of classes that no other number has."""
    return FamilyMaker(dice, number).make()
