"""Random well-typed expressions of the dialect. Types are named by how the dialect writes them."""

import re
from collections.abc import Callable, Sequence

from tracewright_testing.choices import Dice
from tracewright_testing.dialect_groups.group import Group, Kind

INT, FLOAT, BOOL, STR = "int", "float", "bool", "str"
INTS, TEXTS, COUNTS = "list[int]", "list[str]", "dict[str, int]"
MAYBE, SHAPE, POINT, PAIR, COLOR, FUNCTION = "int | None", "Shape", "Point", "Pair", "Color", "Callable[[int], int]"
TYPES = (INT, INT, INT, STR, STR, FLOAT, BOOL, INTS, TEXTS, COUNTS, MAYBE, SHAPE, POINT, PAIR, COLOR, FUNCTION)

TEXTS_OF: dict[str, str] = {
    INT: "str({0})",
    FLOAT: "repr({0})",
    BOOL: "str({0})",
    STR: "repr({0})",
    INTS: "shown_ints({0})",
    TEXTS: "shown_texts({0})",
    COUNTS: "shown_counts({0})",
    MAYBE: "shown_maybe({0})",
    SHAPE: "{0}.label()",
    POINT: "repr({0})",
    PAIR: "({0}.second + str({0}.first))",
    COLOR: "{0}.name",
    FUNCTION: "str(call({0}, 3))",
}

INT_EDGES = (
    "0", "1", "-1", "2", "3", "7", "10", "63", "64", "127", "128", "255", "256", "1000003", "0x7FFFFFFF", "0x80000000",
    "-0x80000000", "(1 << 62)", "MAX_INT", "MIN_INT", "(MAX_INT - 1)", "(MIN_INT + 1)", "int(Op.HALT)", "int(Op.SUB)",
)  # fmt: skip
STR_EDGES = (
    '""', '"a"', '"abc"', '"Zebra"', '"h\\u00e9llo"', '"\\u00df"', '"\\u20ac"', '"\\U0001d11e"', '" x y "', '"1,2,,3"', '"A\\u0130z"',
    '"\\x00\\x7f"', '"\\u0394\\u03c3\\u03c2"',
)  # fmt: skip
FLOAT_EDGES = ("0.0", "-0.0", "1.0", "0.5", "-2.5", "0.1", "1e16", "1e-7", "1e308", "3.0", "100.25")


class Expressions:
    """Makes expressions out of the variables in `scope` (name to type). `depth` bounds how far they nest."""

    def __init__(self, dice: Dice, groups: Sequence[Group] = ()) -> None:
        self.dice = dice
        self.places = dict(PLACES)
        self.kinds: dict[str, Kind] = {}  # of the groups, by how the type is written
        self.shown = dict(TEXTS_OF)
        self.further: dict[str, tuple[str, ...]] = {}  # patterns of the groups, by type
        for group in groups:
            self._learn(group)
        self.scope: dict[str, str] = {}
        self.bound = 0  # how many variables comprehensions and lambdas have introduced
        self.in_comprehension = 0
        self._makers: dict[str, Callable[[int], str]] = {
            INT: self._int,
            FLOAT: self._float,
            BOOL: self._bool,
            STR: self._str,
            INTS: self._ints,
            TEXTS: self._texts,
            COUNTS: self._counts,
            MAYBE: self._maybe,
            SHAPE: self._shape,
            POINT: self._point,
            PAIR: self._pair,
            COLOR: self._color,
            FUNCTION: self._function,
        }

    def _learn(self, group: Group) -> None:
        for place, kind in group.kinds.items():
            self.places[place] = kind.written
            self.kinds[kind.written] = kind
            self.shown[kind.written] = kind.shown
        for place, patterns in group.patterns.items():
            type = self.places[place]
            self.further[type] = self.further.get(type, ()) + patterns

    def make(self, type: str, depth: int) -> str:
        """An expression of the type."""
        known = [name for name, of in self.scope.items() if of == type]
        if known and self.dice.chance(45 if depth > 0 else 80):
            return self.dice.pick(known)
        kind = self.kinds.get(type)
        if kind is not None:
            return self._of(type, depth, kind.patterns, kind.simple)
        return self._makers[type](depth)

    def _of(self, type: str, depth: int, patterns: tuple[str, ...], simple: tuple[str, ...]) -> str:
        """One of the simple expressions, or a pattern, often one of the groups', with its places filled in."""
        if depth <= 0 or not patterns or self.dice.chance(15):
            return self.dice.pick(simple)
        further = self.further.get(type, ())
        return self.fill(self.dice.pick(further if further and self.dice.chance(50) else patterns), depth - 1)

    def fill(self, pattern: str, depth: int) -> str:
        """The pattern with names and random expressions in its places (dialect_groups/group.py says how it is written)."""
        pattern = self.with_names(pattern)
        return _PLACE.sub(lambda found: self._part(found[1], found[2] or "", depth), pattern)

    def with_names(self, pattern: str) -> str:
        """The pattern with names that nothing else has for NEW1, NEW2 ..."""
        names = {name: self.fresh("n") for name in dict.fromkeys(NEW.findall(pattern))}
        return NEW.sub(lambda found: names[found[0]], pattern)

    def _part(self, place: str, declared: str, depth: int) -> str:
        outside = dict(self.scope)
        self.scope.update(self.declared(declared))
        self.in_comprehension += declared != ""  # what a comprehension's variable is cannot be taken along by a lambda
        made = self.make(self.places[place], depth)
        self.in_comprehension -= declared != ""
        self.scope = outside
        return made

    def declared(self, text: str) -> dict[str, str]:
        """The variables of `name=place,name=place`."""
        pairs = [item.split("=") for item in text.split(",") if item]
        return {name: self.places[place] for name, place in pairs}

    def fresh(self, prefix: str) -> str:
        """A name that nothing else has."""
        self.bound += 1
        return f"{prefix}{self.bound}"

    def _with(self, name: str, type: str, body: Callable[[], str]) -> str:
        """What `body` makes while a variable of an expression is in scope."""
        self.scope[name] = type
        made = body()
        del self.scope[name]
        return made

    # --- numbers ---

    def _int(self, depth: int) -> str:
        if depth > 1 and self.dice.chance(12):
            return self._int_of_items(depth)
        return self._of(INT, depth, _INT_PATTERNS, INT_EDGES)

    def _int_of_items(self, depth: int) -> str:
        name = self.fresh("n")
        items = self.make(INTS, depth - 1)
        self.in_comprehension += 1
        element = self._with(name, INT, lambda: self.make(INT, depth - 2))
        test = f"({self._with(name, INT, lambda: self.make(BOOL, depth - 2))}) != (u8({name}) == 7)"
        self.in_comprehension -= 1
        return self.dice.pick((
            f"sum(u16({element}) for {name} in {items})",
            f"len([{element} for {name} in {items} if {test}])",
            f"max([{element} for {name} in {items}], default={self.make(INT, 0)})",
            f"min(({element} for {name} in {items} if {test}), default=-1)",
        ))  # fmt: skip

    def _float(self, depth: int) -> str:
        return self._of(FLOAT, depth, _FLOAT_PATTERNS, FLOAT_EDGES)

    def _bool(self, depth: int) -> str:
        if depth > 1 and self.dice.chance(12):
            name = self.fresh("n")
            items = self.make(INTS, depth - 1)
            self.in_comprehension += 1
            test = f"({self._with(name, INT, lambda: self.make(BOOL, depth - 2))}) != (u8({name}) == 7)"
            self.in_comprehension -= 1
            return f"{self.dice.pick(('any', 'all'))}({test} for {name} in {items})"
        return self._of(BOOL, depth, _BOOL_PATTERNS, ("True", "False"))

    # --- texts and containers ---

    def _str(self, depth: int) -> str:
        return self._of(STR, depth, _STR_PATTERNS, STR_EDGES)

    def _ints(self, depth: int) -> str:
        if depth > 1 and self.dice.chance(25):
            name = self.fresh("n")
            items = self.make(INTS, depth - 1)
            self.in_comprehension += 1
            element = self._with(name, INT, lambda: self.make(INT, depth - 2))
            test = f"({self._with(name, INT, lambda: self.make(BOOL, depth - 2))}) != (u8({name}) == 7)"
            self.in_comprehension -= 1
            return f"[{element} for {name} in {items} if {test}]"
        return self._of(INTS, depth, _INTS_PATTERNS, ("[1]", "[3, -1, 2]", "NUMBERS[:4]", "[0, MAX_INT, MIN_INT]"))

    def _texts(self, depth: int) -> str:
        return self._of(TEXTS, depth, _TEXTS_PATTERNS, ('["a"]', "WORDS[2:5]", '["b", "a", "\\u00e9"]'))

    def _counts(self, depth: int) -> str:
        return self._of(COUNTS, depth, _COUNTS_PATTERNS, ('{"a": 1}', "COUNTS.copy()", '{"": -1, "b": 2}'))

    # --- objects ---

    def _maybe(self, depth: int) -> str:
        return self._of(MAYBE, depth, _MAYBE_PATTERNS, ("None", "COUNTS.get('a')", 'COUNTS.get("zz")'))

    def _shape(self, depth: int) -> str:
        return self._of(
            SHAPE,
            depth,
            (
                "Shape({i})",
                "Square({i})",
                "Named({i}, {s})",
                "Square.of_text({s})",
                "first_of([{h}, Shape(1)], {h})",
                "({h} if {b} else {h})",
            ),
            ("Shape(2)", 'Named(3, "n")'),
        )

    def _point(self, depth: int) -> str:
        patterns = (
            "Point({i}, {i})",
            "({p} + {p})",
            "(-{p})",
            "max({p}, {p})",
            "sorted([{p}, {p}])[0]",
            "({p} if {b} else {p})",
        )
        return self._of(POINT, depth, patterns, ("Point(1, 2)", "Point(-1, 5)"))

    def _pair(self, depth: int) -> str:
        return self._of(PAIR, depth, ("Pair({i}, {s})", "max({r}, {r})", "({r} if {b} else {r})"), ('Pair(1, "p")',))

    def _color(self, depth: int) -> str:
        return self._of(
            COLOR,
            depth,
            ("({c} if {b} else {c})", "Color(3 + 2 * (u8({i}) % 4))"),
            ("Color.RED", "Color.BLUE", "Color.GREEN"),
        )

    def _function(self, depth: int) -> str:
        if self.in_comprehension or depth <= 0:
            return self.dice.pick(("u8", "i16", "wrap_neg"))
        name = self.fresh("x")
        body = self._with(name, INT, lambda: self.make(INT, depth - 1))
        if FUNCTION in self.further and self.dice.chance(30):
            return self.fill(self.dice.pick(self.further[FUNCTION]), depth - 1)
        shape = self.make(SHAPE, depth - 2)
        return self.dice.pick((f"(lambda {name}: {body})", f"(lambda {name}: {body})", "abs_small", f"{shape}.plus"))


PLACES = {
    "i": INT, "f": FLOAT, "b": BOOL, "s": STR, "l": INTS, "t": TEXTS, "d": COUNTS, "m": MAYBE, "h": SHAPE, "p": POINT, "r": PAIR,
    "c": COLOR, "k": FUNCTION,
}  # fmt: skip
_PLACE = re.compile(r"\{([a-z]+)(?::([^{}]*))?\}")
NEW = re.compile(r"\bNEW\d")

_INT_PATTERNS = (
    "wrap({i} + {i})", "wrap({i} - {i})", "wrap({i} * {i})", "ovf_add({i}, {i})", "ovf_sub({i}, {i})", "ovf_mul({i}, {i})",
    "wrap_add({i}, {i})", "wrap_mul({i}, {i})", "wrap_neg({i})", "({i} & {i})", "({i} | {i})", "({i} ^ {i})", "(~{i})",
    "({i} >> (u8({i}) & 63))", "wrap({i} << (u8({i}) & 63))", "wrap({i} // {i})", "({i} % {i})", "u8({i})", "i16({i})", "u32({i})",
    "urshift({i}, u8({i}) & 63)", "len({s})", "len({l})", "len({t})", "({i} if {b} else {i})", "min({i}, {i})", "max({i}, {i}, {i})",
    "{l}[u8({i}) % 8]", "{l}[i8({i})]", "{s}.find({s})", "{s}.count({s})", "ord(({s} + 'q')[0])", "{d}.get({s}, {i})", "{d}[{s}]",
    "({m} or {i})", "{h}.area()", "{h}.double", "{p}.x", "{p}[u8({i}) & 3]", "len({p})",
    "{r}.first", "{c}.value", "twice({k}, {i})", "call({k}, {i})", "checked({i}, {i})", "sorted({l} + [{i}])[0]", "first_of({l}, {i})",
    "max({l} + [{i}], key={k})", "sum([u16(q) for q in {l}])", "int({b})", "divmod({i}, u8({i}) + 1)[1]",
    "int(str({i}))", "{l}.index({i})", "{l}.count({i})", "trunc_div({i}, u8({i}) + 1)", "{d}.setdefault({s}, {i})",
    "sum([u8(q) + u8(w) for q, w in zip({l}, {l})])", "len({t}) * len({s})", "(1 if {m} is None else 2)", "COLORS.get({c}, {i})", "Box({i}).put({i})", "Box({h}).value.plus({i})", "({i} if {i} < {i} else {i})", "[{i}, {i}, {i}][u8({i}) % 3]",
)  # fmt: skip
_FLOAT_PATTERNS = (
    "({f} + {f})", "({f} - {f})", "({f} * {f})", "({f} / {f})", "(-{f})", "abs({f})", "float({i})", "(i32({i}) / (u8({i}) + 1))", "min({f}, {f})",
    "max({f}, {f})", "({f} if {b} else {f})", "({f} // {f})", "({f} % {f})", "float(str({f}))", "(u8({i}) * {f})",
)  # fmt: skip
_BOOL_PATTERNS = (
    "({i} < {i})", "({i} == {i})", "({i} >= {i})", "({i} < {i} <= {i})", "({f} < {f})", "({f} == {f})", "({f} != {f})", "({s} < {s})",
    "({s} == {s})", "({s} in {s})", "({s} in {t})", "({s} not in {d})", "({i} in {l})", "(not {b})", "({b} and {b})", "({b} or {b})", "({l} == {l})",
    "({t} == {t})", "({d} == {d})", "({l} < {l})", "({p} == {p})", "({p} < {p})", "({r} == {r})", "({r} < {r})", "({c} is {c})", "({c} == {c})",
    "({m} is None)", "({m} == {i})", "({m} == {m})", "isinstance({h}, Square)", "isinstance({h}, (Named, Square))", "bool({s})", "bool({l})",
    "bool({i})", "{s}.startswith({s})", "{s}.isdigit()", "{s}.isalpha()", "ult({i}, {i})", "(({i}, {s}) < ({i}, {s}))", "(({i}, {s}) == ({i}, {s}))",
    "(Key({s}, {i}) in { Key({s}, {i}): 1 })", "({i} != {i} or {b})", "({f} <= u16({i}))", "(set({l}) <= set({l}))", "bool({f})", "({h} is {h})",
)  # fmt: skip
_STR_PATTERNS = (
    "({s} + {s})[:40]", "{s}.upper()", "{s}.lower()", "{s}.strip()", "{s}[1:]", "{s}[::-1]", "{s}[i8({i}):i8({i})]", "{s}[::2]", "str({i})", "str({f})",
    "{s}.replace({s}, {s})[:40]", "({s} * (u8({i}) & 3))[:40]", "', '.join({t})[:60]", "filled({i}, {s}, {f})", "fixed({f})", "signed({i}, {f}, {b})",
    "{s}.zfill(u8({i}) & 7)", "{s}.ljust(u8({i}) & 7)", "({s} if {b} else {s})", "({s} + 'q')[i8({i})]", "{t}[u8({i}) & 3]", "{c}.name", "{h}.label()",
    "{r}.second", "str({b})", "repr({s})", "chr(65 + (u8({i}) & 31))", "chr(u16({i}) & 0x7FF)", "max({t} + [{s}])", "min({t} + [{s}], key=len)", "first_of({t}, {s})",
    "str({m})", "repr({p})", "''.join(reversed({s}))", "''.join(sorted({s}))", "str({c})", "{s}.partition({s} + ',')[2]", "{s}.rjust(6, '.')",
)  # fmt: skip
_INTS_PATTERNS = (
    "[{i}, {i}]", "[{i}]", "({l} + {l})[:8]", "{l}[1:]", "{l}[::-1]", "{l}[i8({i}):i8({i}):2]", "sorted({l})", "sorted({l}, key={k})", "sorted({l}, reverse=True)",
    "[len(q) for q in {t}]", "({l} * 2)[:8]", "list(range(u8({i}) & 7))", "list({d}.values())", "each({l}, {k})", "each({t}, len)", "[a0 for a0, _ in enumerate({l})]",
    "list(reversed({l}))", "[v0 for v0 in {l} if v0 % 3]", "[c0 for r0 in [{l}, {l}] for c0 in r0][:8]", "sorted(set({l}))", "list(b0 for b0 in {s}.encode())[:8]",
)  # fmt: skip
_TEXTS_PATTERNS = (
    "[{s}, {s}]", "({t} + {t})[:6]", "sorted({t})", "sorted({t}, key=len)", "sorted({t}, key=lambda w0: (len(w0), w0))", "{s}.split()", "{s}.split(',')", "list({s})[:6]",
    "list({d})", "each({l}, str)", "[w1.upper() for w1 in {t}]", "{t}[::-1]", "[k0 for k0, e0 in {d}.items() if e0 > 0]", "sorted({d}, key=lambda k1: k1[::-1])",
)  # fmt: skip
_COUNTS_PATTERNS = (
    "{ {s}: {i}, {s}: {i} }", "{d}.copy()", "{ w2: len(w2) for w2 in {t} }", "{ str(n2): n2 for n2 in {l} }", "{ k2: u8(e2) for k2, e2 in {d}.items() }",
)  # fmt: skip
_MAYBE_PATTERNS = (
    "{d}.get({s})", "({i} if {b} else None)", "({m} if {b} else {m})", "({i} if {s} else {m})",
)  # fmt: skip
