"""What tests of None and isinstance say on each way, joined where ways meet, as the type checker has it."""

from __future__ import annotations

from tracewright.core.system import write_output


class Base:
    def __init__(self, size: int) -> None:
        self.size = size


class Leaf(Base):
    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.leaf = size * 2


class Other(Base):
    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.other = size * 3


class Deep(Leaf):
    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.deep = size * 5


class Holder:
    def __init__(self, thing: Base | None) -> None:
        self.thing = thing

    def swap(self, thing: Base | None) -> None:
        self.thing = thing


def raised_unless_none_or_leaf(x: Base | None) -> Leaf | None:
    if x is not None and not isinstance(x, Leaf):
        raise ValueError("neither")
    return x


def then_tested_for_none(x: Base | None) -> int:
    if x is not None and not isinstance(x, Leaf):
        return -1
    if x is None:
        return 0
    return x.leaf


def either_in_one_test(x: Base | None) -> int:
    if x is None or isinstance(x, Leaf):
        return 0 if x is None else x.leaf
    return x.size


def neither_in_one_test(x: Base | None) -> int:
    if not (x is None or isinstance(x, Leaf)):
        return x.size
    if x:
        return x.leaf
    return -1


def two_classes_apart(x: object) -> int:
    if isinstance(x, Leaf) or isinstance(x, Deep):
        return x.leaf
    return 0


def two_classes_together(x: object) -> int:
    if isinstance(x, (Other, Leaf)):
        return x.size
    return 0


def none_of_two_classes(x: Base | None) -> int:
    if not isinstance(x, Leaf) and not isinstance(x, Other):
        return -1
    return x.size


def two_optionals(x: Leaf | None, y: Leaf | None) -> int:
    if x is None or y is None:
        return 0
    return x.leaf + y.leaf


def loop_until_leaf(x: Base | None) -> int:
    while x is not None and not isinstance(x, Leaf):
        x = None if x.size > 3 else Leaf(x.size)
    return 5 if x is None else x.leaf


def of_an_attribute(h: Holder) -> int:
    if h.thing is not None and not isinstance(h.thing, Leaf):
        return -1
    if h.thing is None:
        return 0
    return h.thing.leaf


def of_an_attribute_after_a_call(h: Holder, new: Base | None) -> int:
    """The type checker believes that the call changes nothing; what is found is checked again."""
    if h.thing is not None and not isinstance(h.thing, Leaf):
        return -1
    h.swap(new)
    try:
        found = h.thing
        return 0 if found is None else found.leaf
    except AttributeError:
        return -2


def asserted(x: Base | None) -> Leaf:
    assert x is None or isinstance(x, Leaf)
    return x or Leaf(100)


def in_an_expression(x: Base | None) -> int:
    y = x if x is None or isinstance(x, Leaf) else None
    return 1 if y is None else y.leaf


def of_a_number(x: int | None) -> int:
    if x is not None and x < 0:
        return -1
    return 4 if x is None else x + 1


def in_a_pattern(x: Base | None) -> int:
    match x:
        case None | Leaf():
            pass
        case _:
            return -1
    return 0 if x is None else x.leaf


def in_a_loop(xs: list[Base | None]) -> int:
    total = 0
    for x in xs:
        if x is not None and not isinstance(x, Leaf):
            continue
        total += x.leaf if x is not None else 1
    return total


def of_one_part(x: Base | None) -> int:
    if (isinstance(x, Leaf) and x.leaf == 4) or x is None:
        return 8 if x is None else x.leaf
    return x.size


def out_of_a_handler(x: Base | None) -> int:
    try:
        if x is None or not isinstance(x, Leaf):
            raise ValueError("neither")
    except ValueError:
        return -1
    return x.leaf


def assigned_on_the_other_ways(x: Base | None) -> int:
    if x is None:
        x = Leaf(20)
    elif not isinstance(x, Leaf):
        x = Leaf(x.size + 30)
    return x.leaf


def deeper_and_deeper(x: Base | None) -> int:
    if isinstance(x, Leaf):
        if not isinstance(x, Deep):
            return x.leaf
        return x.deep
    elif isinstance(x, Other):
        return x.other
    return -1 if x is None else x.size


def one_of(number: int) -> Base | None:
    match number:
        case 0:
            return None
        case 1:
            return Base(1)
        case 2:
            return Leaf(2)
        case 3:
            return Other(3)
        case _:
            return Deep(4)


def shown(values: list[int]) -> None:
    write_output((" ".join([str(value) for value in values]) + "\n").encode())


def of_the_first(x: Base | None) -> int:
    try:
        found = raised_unless_none_or_leaf(x)
    except ValueError:
        return -1
    return 0 if found is None else found.leaf


def asserted_size(x: Base | None) -> int:
    try:
        return asserted(x).leaf
    except AssertionError:
        return -1


def of_object(x: Base | None) -> int:
    return -1 if x is None else two_classes_apart(x) + 1000 * two_classes_together(x)


def main() -> int:
    functions = [
        of_the_first,
        then_tested_for_none,
        either_in_one_test,
        neither_in_one_test,
        of_object,
        none_of_two_classes,
        loop_until_leaf,
        asserted_size,
        in_an_expression,
        in_a_pattern,
        of_one_part,
        out_of_a_handler,
        assigned_on_the_other_ways,
        deeper_and_deeper,
    ]
    for function in functions:
        shown([function(one_of(number)) for number in range(5)])
    shown([of_an_attribute(Holder(one_of(number))) for number in range(5)])
    shown([two_optionals(Leaf(1), None), two_optionals(None, Leaf(1)), two_optionals(Leaf(1), Leaf(2))])
    shown([of_a_number(None), of_a_number(-3), of_a_number(3)])
    shown([in_a_loop([one_of(number) for number in range(5)])])
    holders = [Holder(Leaf(3)), Holder(None)]
    shown([of_an_attribute_after_a_call(holder, Deep(4)) for holder in holders])
    shown([of_an_attribute_after_a_call(holder, None) for holder in holders])
    shown([of_an_attribute_after_a_call(holder, Other(9)) for holder in holders])
    return 0
