"""A class with all operator methods, and one that is a container."""

from tracewright_testing.dialect_groups.group import Group, Kind

OPERATORS = Group(
    "operators",
    kinds={
        "money": Kind("Money", "repr({0})", ("Money(5)", "Money(-1)"), ("Money({i})", "({money} + {money})", "({money} - {money})", "({money} * {i})", "({i} * {money})", "(-{money})", "(+{money})", "(~{money})", "({money} // {money})", "({money} % {money})", "({money} << 2)", "({money} | {money})", "({money} & {money})", "max({money}, {money})", "min([{money}, {money}])", "sorted([{money}, {money}, {money}])[0]", "({i} - {money})")),
        "shelf": Kind("Shelf", "shown_ints({0}.items)", ("Shelf([1, 2, 3])",), ("Shelf({l})", "({shelf} + {i})")),
    },
    patterns={
        "i": ("{money}.cents", "abs({money})", "{money}({i})", "{shelf}[{i}]", "len({shelf})", "hash({money}) % 100", "{shelf}[u8({i}) & 3]", "{ Money(1): 5, {money}: {i} }[{money}]"),
        "b": ("({money} == {money})", "({money} != {money})", "({money} < {money})", "({money} <= {money})", "({money} > {money})", "({money} >= {money})", "bool({money})", "(not {money})", "({i} in {shelf})", "bool({shelf})", "({money} in [{money}, {money}])", "({money} in { {money}: 1 })", "({money} < {money} <= {money})", "({money} is {money})", "([{money}] == [{money}])", "(({money}, 1) == ({money}, 1))", "({i} not in {shelf})"),
        "s": ("str({money})", "repr({money})", "money_text({money})"),
    },
    forms=(
        "VAR_money += {money}", "VAR_money -= {money}", "VAR_money *= {i}", "NEW1 = VAR_money\nNEW1 += {money}\nAFTER NEW1=money", "VAR_shelf[{i}] = {i}", "VAR_shelf[u8({i}) & 1] ^= {i}", "del VAR_shelf[u8({i}) & 1]", "VAR_shelf += {i}", "if {money}:\n    BODY\nelif {shelf}:\n    BODY",
        "for NEW1 in range(len(VAR_shelf)):\n    log.append(str(VAR_shelf[NEW1]))", "VAR_money.cents = {i}",
    ),
    prelude='''

class Money:
    def __init__(self, cents: int) -> None:
        self.cents = cents

    def __add__(self, other: Money) -> Money:
        return Money(wrap_add(self.cents, other.cents))

    def __sub__(self, other: Money) -> Money:
        return Money(wrap_sub(self.cents, other.cents))

    def __rsub__(self, other: int) -> Money:
        return Money(wrap_sub(other, self.cents))

    def __iadd__(self, other: Money) -> Money:
        self.cents = wrap_add(self.cents, other.cents)
        return self

    def __mul__(self, factor: int) -> Money:
        return Money(wrap_mul(self.cents, factor))

    def __rmul__(self, factor: int) -> Money:
        return Money(wrap_neg(wrap_mul(self.cents, factor)))

    def __floordiv__(self, other: Money) -> Money:
        return Money(wrap(self.cents // other.cents))

    def __mod__(self, other: Money) -> Money:
        return Money(self.cents % other.cents)

    def __lshift__(self, count: int) -> Money:
        return Money(wrap(self.cents << count))

    def __or__(self, other: Money) -> Money:
        return Money(self.cents | other.cents)

    def __and__(self, other: Money) -> Money:
        return Money(self.cents & other.cents)

    def __neg__(self) -> Money:
        return Money(wrap_neg(self.cents))

    def __pos__(self) -> Money:
        return self

    def __invert__(self) -> Money:
        return Money(~self.cents)

    def __abs__(self) -> int:
        return abs(i32(self.cents))

    def __call__(self, step: int) -> int:
        return wrap_add(self.cents, step)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Money) and self.cents == other.cents

    def __hash__(self) -> int:
        return u16(self.cents)

    def __lt__(self, other: Money) -> bool:
        return self.cents < other.cents

    def __le__(self, other: Money) -> bool:
        return u8(self.cents) <= u8(other.cents)

    def __gt__(self, other: Money) -> bool:
        return self.cents > other.cents

    def __ge__(self, other: Money) -> bool:
        return other.cents <= self.cents

    def __bool__(self) -> bool:
        return self.cents & 1 == 1

    def __str__(self) -> str:
        return f"${self.cents}"

    def __repr__(self) -> str:
        return f"Money({self.cents})"


class Shelf:
    def __init__(self, items: list[int]) -> None:
        self.items: list[int] = items[:8]

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> int:
        return self.items[index]

    def __setitem__(self, index: int, item: int) -> None:
        self.items[index] = item

    def __delitem__(self, index: int) -> None:
        del self.items[index]

    def __contains__(self, item: int) -> bool:
        return wrap_neg(item) in self.items

    def __add__(self, item: int) -> Shelf:
        return Shelf([item] + self.items)


def money_text(money: Money) -> str:
    return f"{money} {money!r}"
''',
)  # fmt: skip
