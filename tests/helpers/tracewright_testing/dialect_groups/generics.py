"""Generic classes and functions, with several variables and with bounds, used with types of all kinds."""

from tracewright_testing.dialect_groups.group import Group, Kind

GENERICS = Group(
    "generics",
    kinds={
        "istack": Kind("Stack[int]", "shown_ints({0}.items)", ("Stack([1])",), ("Stack({l})", "Stack({l}).pushed({i})", "{istack}.reversed_copy()", "mapped({istack}, lambda NEW1: wrap_add(NEW1, {i}))")),
        "tstack": Kind("Stack[str]", "shown_texts({0}.items)", ("Stack(['a'])",), ("Stack({t})", "{tstack}.pushed({s})", "mapped({istack}, str)")),
        "entry": Kind("Entry[str, int]", "{0}.text()", ("Entry('k', 1)",), ("Entry({s}, {i})", "larger({entry}, {entry})", "{entry}.with_value({i})")),
        "rentry": Kind("Entry[int, float]", "{0}.text()", ("Entry(2, 0.5)",), ("Entry({i}, {f})", "Entry({i}, {f}).with_value({f})")),
    },
    patterns={
        "i": ("{istack}.reversed_copy().pop()", "{istack}.peek_or({i})", "len({istack})", "{entry}.value", "{rentry}.key", "first_where({l}, lambda NEW1: NEW1 > {i}, {i})", "folded({l}, {i}, lambda NEW1, NEW2: NEW1 ^ NEW2)", "biggest([{h}, {h}]).area()", "folded({t}, 0, lambda NEW1, NEW2: NEW1 + len(NEW2))", "Box({i}).put({i})", "Box(({i}, {s})).value[0]", "same({i})", "Holder({i}, {l}).total()"),
        "s": (
            "repr(same({l}))[:40]",
            "{tstack}.reversed_copy().pop()", "{tstack}.peek_or({s})", "{entry}.key", "{entry}.text()", "folded({t}, '', lambda NEW1, NEW2: NEW2 + NEW1)[:40]", "first_where({t}, lambda NEW1: len(NEW1) > 2, {s})", "same({s})", "Box({s}).put({s})", "folded({l}, '', lambda NEW1, NEW2: NEW1 + str(NEW2 & 7))[:40]"),
        "f": ("{rentry}.value", "same({f})", "folded({l}, 0.5, lambda NEW1, NEW2: NEW1 + i8(NEW2))", "Box({f}).put({f})"),
        "b": ("(not {istack})", "({entry} is {entry})", "first_where([{b}, {b}], lambda NEW1: NEW1, False)", "({i} in {istack})", "bool({tstack})"),
        "l": ("{istack}.items", "selected({l}, lambda NEW1: NEW1 > 0)", "Holder({i}, {l}).all()", "[NEW1 for NEW1 in Stack({l}).items]"),
        "t": ("selected({t}, lambda NEW1: NEW1 != '')", "{tstack}.items", "{tstack}.reversed_copy().items"),
        "p": ("same({p})", "folded([{p}, {p}], Point(0, 0), lambda NEW1, NEW2: NEW1 + NEW2)"),
        "h": ("biggest([{h}, {h}])", "same({h})"),
    },
    forms=(
        "VAR_istack.push({i})", "VAR_istack.items.append(VAR_istack.pop())", "VAR_tstack.push({s})", "VAR_entry.value = {i}", "NEW1 = Box({l})\nNEW1.value.append({i})\nlog.append(shown_ints(NEW1.value))", "NEW1 = Box[int | None](None)\nNEW1.value = {m}\nlog.append(shown_maybe(NEW1.value))",
        "while len(VAR_tstack) > 1:\n    log.append(VAR_tstack.pop())", "NEW1: Stack[Point] = Stack([])\nNEW1.push({p})\nlog.append(repr(NEW1.pop()))",
    ),
    prelude='''
K = TypeVar("K")
V = TypeVar("V")
S = TypeVar("S", bound=Shape)


class Stack(Generic[T]):
    def __init__(self, items: list[T]) -> None:
        self.items: list[T] = items[:9]

    def push(self, item: T) -> None:
        if len(self.items) < 9:
            self.items.append(item)

    def pushed(self, item: T) -> Stack[T]:
        self.push(item)
        return self

    def pop(self) -> T:
        return self.items.pop()

    def peek_or(self, other: T) -> T:
        return self.items[-1] if self.items else other

    def reversed_copy(self) -> Stack[T]:
        return Stack(self.items[::-1])

    def __len__(self) -> int:
        return len(self.items)

    def __contains__(self, item: T) -> bool:
        return item in self.items


class Entry(Generic[K, V]):
    def __init__(self, key: K, value: V) -> None:
        self.key = key
        self.value = value

    def with_value(self, value: V) -> Entry[K, V]:
        return Entry(self.key, value)

    def text(self) -> str:
        return f"{self.key}:{self.value}"


class Holder(Box[int]):
    def __init__(self, value: int, more: list[int]) -> None:
        super().__init__(value)
        self.more = more

    def total(self) -> int:
        return wrap_add(self.put(3), len(self.more))

    def all(self) -> list[int]:
        return ([self.value] + self.more)[:6]


def mapped(stack: Stack[T], function: Callable[[T], U]) -> Stack[U]:
    return Stack([function(item) for item in stack.items])


def same(value: T) -> T:
    return value


def larger(a: Entry[K, V], b: Entry[K, V]) -> Entry[K, V]:
    return a if a.text() > b.text() else b


def first_where(items: list[T], test: Callable[[T], bool], default: T) -> T:
    for item in items:
        if test(item):
            return item
    return default


def selected(items: list[T], test: Callable[[T], bool]) -> list[T]:
    return [item for item in items if test(item)]


def folded(items: list[T], start: U, step: Callable[[U, T], U]) -> U:
    result = start
    for item in items:
        result = step(result, item)
    return result


def biggest(items: list[S]) -> S:
    best = items[0]
    for item in items:
        if item.area() > best.area():
            best = item
    return best
''',
)  # fmt: skip
