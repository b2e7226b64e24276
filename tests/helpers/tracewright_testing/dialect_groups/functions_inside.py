"""Nested functions with defaults, functions made in comprehensions, and methods as values."""

from tracewright_testing.dialect_groups.group import Group

FUNCTIONS_INSIDE = Group(
    "functions_inside",
    patterns={
        "i": ("[NEW2() for NEW2 in delayed({l})][-1]", "measured(Shape.area, {h})", "GIVEN['twice']({i})", "GIVEN['less']({i})", "lifted({i})", "STEPS[u8({i}) % 3]({i})"),
        "l": ("[NEW1() for NEW1 in delayed({l})][:6]", "[measured(Shape.area, NEW1) for NEW1 in [{h}, {h}]]", "[NEW1({i}) for NEW1 in [{k}, lifted]]"),
        "k": ("GIVEN['twice']", "lifted", "STEPS[u8({i}) % 3]"),
    },
    forms=(
        "def NEW1(NEW2: int, NEW3: int = {i}, *, NEW4: int = {i}) -> int:\n    return NEW2 ^ NEW3 ^ u8(NEW4)\nlog.append(shown_ints([NEW1({i}), NEW1({i}, {i}), NEW1(NEW4={i}, NEW2={i})]))",
        "def NEW1(NEW2: int, NEW3: list[int] = {l}) -> int:\n    NEW3.append(NEW2)\n    return len(NEW3)\nlog.append(str(NEW1({i}) + NEW1({i}) + NEW1({i}, [])))",
        "def NEW1(NEW2: int) -> int:\n    return NEW2 if NEW2 <= 0 else wrap_add(NEW3(NEW2 - 1), 1)\ndef NEW3(NEW4: int) -> int:\n    return {i:NEW4=i} if NEW4 <= 0 else NEW1(NEW4 - 2) ^ 3\nlog.append(str(NEW1(u8({i}) & 7)))",
        "NEW1: list[Callable[[], int]] = [lambda: NEW2 ^ {i} for NEW2 in {l}[:4]]\nlog.append(shown_ints([NEW3() for NEW3 in NEW1]))",
        "NEW1: list[Callable[[], int]] = [lambda NEW2=NEW2: NEW2 ^ 5 for NEW2 in {l}[:4]]\nlog.append(shown_ints([NEW3() for NEW3 in NEW1]))",
        "NEW1: list[Callable[[], int]] = []\nfor NEW2 in {l}[:3]:\n    def NEW3(NEW4: int = NEW2) -> int:\n        return NEW4 ^ {i}\n    NEW1.append(lambda: NEW3() ^ NEW3(1))\n    log.append(str(NEW3()))\nlog.append(shown_ints([NEW5() for NEW5 in NEW1]))",
    ),
    prelude='''

def delayed(numbers: list[int]) -> list[Callable[[], int]]:
    total = 0

    def next_of(number: int, by: int = len(numbers)) -> int:
        nonlocal total
        total = wrap_add(total, number ^ by)
        return total

    return [lambda: next_of(number) for number in numbers[:3]] + [lambda number=number: next_of(number, by=1) for number in numbers[:2]]


def measured(measure: Callable[[Shape], int], shape: Shape) -> int:
    return measure(shape)


def made_step(step: int) -> Callable[[int], int]:
    def add(number: int) -> int:
        return wrap_add(number, step)

    return add


def lifting(function: Callable[[int], int]) -> Callable[[int], int]:
    def lifted_one(number: int) -> int:
        return wrap_add(function(number), 1)

    return lifted_one


@lifting
def lifted(number: int) -> int:
    return number ^ 7


STEPS: list[Callable[[int], int]] = [made_step(step) for step in range(3)]
GIVEN: dict[str, Callable[[int], int]] = {"twice": lambda number: wrap_add(number, number), "less": lambda number: wrap_sub(number, 1)}
''',
)  # fmt: skip
