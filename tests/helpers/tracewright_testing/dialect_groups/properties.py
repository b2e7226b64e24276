"""Properties with setters, below `super()`; methods with type variables of their own; iterators; copies with changes."""

from tracewright_testing.dialect_groups.group import Group, Kind

PROPERTIES = Group(
    "properties",
    kinds={
        "gauge": Kind("Gauge", "{0}.text()", ("Gauge(3)", "Doubler(4)"), ("Gauge({i})", "Doubler({i})", "({gauge} if {b} else {gauge})")),
        "spot": Kind("Spot", "repr({0})", ("Spot(1)",), ("Spot({i})", "Spot({i}, {s})", "{spot}._replace(name={s})", "{spot}._replace(name={s}, number={i})")),
        "crate": Kind("Crate", "repr({0})[:80]", ("Crate(2)",), ("Crate({i})", "Crate({i}, {l})", "replace({crate}, size={i})", "replace({crate}, items={l}, tag={s})")),
    },
    patterns={
        "i": ("{gauge}.level", "{gauge}.doubled", "{gauge}.raised", "sum([u8(NEW1) for NEW1 in Steps({i}, log)])", "next(Steps({i}, log))", "{spot}.number", "{crate}.size", "{gauge}.given({l}, lambda NEW1: len(NEW1))"),
        "s": ("str({spot})[:40]", "{gauge}.given({s}, lambda NEW1: NEW1)", "{crate}.tag", "repr([{c}])", "repr(({spot}, {c}))[:60]", "f'{i16({i}):,}'", "f'{i32({i}):_}'"),
        "l": ("[*Steps({i}, log)]", "list(Steps({i}, log))", "[NEW1 ^ NEW2 for NEW1 in Steps({i}, log) for NEW2 in Steps({i}, log)]", "{crate}.items", "{gauge}.given({i}, lambda NEW1: [NEW1, NEW1])", "[*{l}[::2], *{l}[:2]]"),
        "d": ("dict([*{d}.items(), ({s}, {i})][-4:])", "{ **{d}, {s}: {i} }"),
        "b": ("({spot} == {spot})", "({crate} == {crate})", "({i} in ({i}, {i}))", "({s} not in ({s}, 'a'))", "({spot} < {spot})", "({c} in ({c}, {c}))"),
        "f": ("round({f}, 2)",),
    },
    forms=(
        "VAR_gauge.level = {i}", "VAR_gauge.level ^= {i}", "VAR_gauge.level, NEW1 = {i}, {i}\nAFTER NEW1=i", "for VAR_gauge.level in {l}[:3]:\n    LOOP", "VAR_crate.items[::2] = [{i}] * len(VAR_crate.items[::2])", "del VAR_crate.items[u8({i}) & 3 :: (u8({i}) & 1) + 1]", "VAR_l[:: u8({i}) & 3] = {l}", "del VAR_l[i8({i}) :: i8({i})]",
        "for NEW1 in Steps({i}, log):\n    LOOP NEW1=i", "NEW1 = Steps({i}, log)\nlog.append(str(next(NEW1)))\nfor NEW2 in NEW1:\n    LOOP NEW2=i",
    ),
    prelude='''

class Gauge:
    def __init__(self, level: int) -> None:
        self.kept = 0
        self.writes = 0
        self.level = level

    @property
    def level(self) -> int:
        return self.kept

    @level.setter
    def level(self, level: int) -> None:
        self.writes += 1
        if level == 13:
            raise ValueError("thirteen")
        self.kept = level

    @property
    def doubled(self) -> int:
        return wrap_add(self.level, self.level)

    @property
    def raised(self) -> int:
        self.level = wrap_add(self.level, 1)
        return self.level

    def given(self, value: T, function: Callable[[T], U]) -> U:
        self.writes += 1
        return function(value)

    def text(self) -> str:
        return f"{self.level} {self.writes}"


class Doubler(Gauge):
    @property
    def level(self) -> int:
        return wrap_add(super().level, 1000)

    @level.setter
    def level(self, level: int) -> None:
        self.kept = wrap_add(level, level)

    @property
    def doubled(self) -> int:
        return super().doubled ^ 1


class Spot(NamedTuple):
    number: int
    name: str = "x"


@dataclass
class Crate:
    size: int
    items: list[int] = field(default_factory=lambda: [1, 2])
    _: KW_ONLY
    tag: str = "t"


class Steps:
    """Counts up to three numbers, and tells when it is asked."""

    def __init__(self, start: int, log: list[str]) -> None:
        self.start = start
        self.left = u8(start) & 3
        self.log = log

    def __iter__(self) -> Steps:
        return self

    def __next__(self) -> int:
        if len(self.log) < 40:
            self.log.append("next")
        if self.left == 0:
            raise StopIteration
        self.left -= 1
        return wrap_add(self.start, self.left)
''',
)  # fmt: skip
