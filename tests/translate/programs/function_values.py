"""Function values: plain functions, lambdas, nested functions that capture, bound methods, classes and built-ins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import TypeVar

from tracewright.core.arrays import Array
from tracewright.core.system import write_output

T = TypeVar("T")
U = TypeVar("U")
F = TypeVar("F", bound=Callable[..., object])


def text(name: str, value: str) -> None:
    write_output(f"{name} {value}\n".encode())


def double(x: int) -> int:
    return 2 * x


def halve(x: int) -> int:
    return x // 2


def scaled(x: float) -> float:
    return x * 1.5


TABLE: dict[str, Callable[[int], int]] = {"double": double, "halve": halve}
STEPS: list[Callable[[int], int]] = [double, double, halve]
NOTED: list[int] = []
OPERATORS: dict[str, Callable[[int, int], int]] = {
    "-": lambda a, b: a - b, "swapped": lambda a, b: OPERATORS["-"](b, a),
    "least": lambda a, b: (a if a < b
                           else b),
}  # fmt: skip
HALF: Callable[[int], float] = lambda n: n / 2
NOTE: Callable[[int], None] = lambda n: NOTED.append(n)


def apply(function: Callable[[int], int], value: int) -> int:
    return function(value)


def each(items: list[T], function: Callable[[T], U]) -> list[U]:
    return [function(item) for item in items]


def compose(first: Callable[[int], int], second: Callable[[int], int]) -> Callable[[int], int]:
    return lambda x: second(first(x))


def adder(n: int) -> Callable[[int], int]:
    def add(x: int) -> int:
        return x + n

    return add


def counter(start: int) -> Callable[[], int]:
    count = start

    def step() -> int:
        nonlocal count
        count += 1
        return count

    return step


class Node:
    def __init__(self, value: int) -> None:
        self.value = value
        self.handler: Callable[[int], int] | None = None

    def plus(self, x: int) -> int:
        return self.value + x

    def set(self, value: int) -> None:
        self.value = value

    def sum_of(self, items: list[int]) -> int:
        total = 0

        def visit(item: int) -> None:
            nonlocal total
            total += item * self.value

        for item in items:
            visit(item)
        return total

    @staticmethod
    def zero(x: int) -> int:
        return 0 * x


class Louder(Node):
    def plus(self, x: int) -> int:
        return 100 * self.value + x


@dataclass
class Registry:
    names: list[str] = field(default_factory=list)
    actions: dict[str, Callable[[str], str]] = field(default_factory=dict)

    def register(self, name: str, action: Callable[[str], str]) -> None:
        self.names.append(name)
        self.actions[name] = action


def plain() -> None:
    text("table", f"{TABLE['double'](21)} {TABLE['halve'](7)} {apply(double, 4)}")
    value = 5
    for step in STEPS:
        value = step(value)
    text("steps", str(value))
    chosen = double if value > 3 else halve
    text("chosen", f"{chosen(10)} {chosen == double} {chosen == halve}")
    text("float", f"{each([1.0, 2.0], scaled)[1]}")
    text("operators", " ".join(f"{name} {function(9, 4)}" for name, function in OPERATORS.items()))
    NOTE(8)
    text("lambdas of the module", f"{HALF(5)} {each([1, 2], HALF)[1]} {NOTED[0]}")


def lambdas() -> None:
    offset = 7
    text("lambda", f"{apply(lambda x: x + offset, 1)} {compose(double, adder(3))(10)}")
    text("each", ",".join(each([1, 2, 3], lambda x: f"<{x * offset}>")))
    name: Callable[[str, int], str] = lambda s, n: s * n
    text("two", name("ab", 3))
    functions: list[Callable[[], int]] = []
    for i in range(3):
        functions.append(lambda: i * 10)
    text("late", " ".join(str(f()) for f in functions))
    none: Callable[[int], None] | None = None
    text("none", str(none is None))
    items: list[int] = []
    keep: Callable[[int], None] = items.append
    keep(4)
    keep(5)
    text("kept", ",".join(each(items, str)))


def nested() -> None:
    first, second = counter(0), counter(10)
    text("counters", f"{first()} {first()} {second()} {first()}")

    def factorial(n: int) -> int:
        return 1 if n <= 1 else n * factorial(n - 1)

    text("factorial", str(factorial(10)))
    log: list[str] = []
    depth = 0

    def note(message: str) -> None:
        log.append("  " * depth + message)

    note("a")
    depth = 1
    note("b")

    def twice(action: Callable[[str], None]) -> None:
        nonlocal depth
        for word in ("c", "d"):
            depth += 1
            action(word)

    twice(note)
    twice(lambda word: note(word.upper()))
    text("log", "|".join(log))

    def deep(n: int) -> Callable[[int], int]:
        def middle(m: int) -> int:
            inner: Callable[[int], int] = lambda x: x + n + m + depth
            return inner(1)

        return middle

    text("deep", str(deep(10)(100)))


def methods() -> None:
    node, louder = Node(3), Louder(3)
    functions = [node.plus, louder.plus, Node.zero, double]
    text("bound", " ".join(str(f(1)) for f in functions))
    node.value = 50
    text("bound later", str(functions[0](1)))
    for each_node in (node, louder):
        function = each_node.plus
        text("virtual", str(function(2)))
    change: Callable[[int], None] = node.set
    change(9)
    text("sum", f"{node.value} {node.sum_of([1, 2, 3])}")
    node.handler = louder.plus
    if node.handler is not None:
        text("handler", str(node.handler(5)))
    made = each([4, 5], Node)
    text("made", str(made[1].value))


def failing() -> None:
    limit = 3

    def check(x: int) -> int:
        if x > limit:
            raise ValueError(f"too large: {x}")
        return x

    for x in (1, 5):
        try:
            text("checked", str(apply(check, x)))
        except ValueError as error:
            message = str(error)
            text("failed", each(["!"], lambda end: message + end)[0])


class Animal:
    def __init__(self, name: str) -> None:
        self.name = name

    def greet(self, times: int) -> str:
        return self.name * times


class Dog(Animal):
    def greet(self, times: int) -> str:
        return f"dog {self.name} {times}"

    def fetch(self, times: int) -> str:
        return f"{self.name} fetches {times}"


OF_ANIMALS: dict[str, Callable[[Animal, int], str]] = {"greet": Animal.greet}
OF_DOGS: dict[str, Callable[[Dog, int], str]] = {"greet": Dog.greet, "fetch": Dog.fetch, "loud": Animal.greet}


def from_classes() -> None:
    """A method taken from its class is that very function, whatever the object's class has."""
    dog = Dog("rex")
    text("animals", OF_ANIMALS["greet"](dog, 2))
    for name, method in OF_DOGS.items():
        text(name, method(dog, 3))
    chosen: Callable[[Animal, int], str] = Animal.greet if dog.name == "rex" else OF_ANIMALS["greet"]
    text("chosen", chosen(dog, 1))


@dataclass
class Shelf:
    rows: list[list[int]] = field(default_factory=lambda: [[1], []])
    labels: dict[str, int | None] = field(default_factory=lambda: {"a": 1, "b": None})
    marks: Array[Animal | None] = Array(3, None)
    pair: tuple[int, Animal | None] = (1, None)


def factories() -> None:
    """Each object has its own; what is given as a plain default is shared."""
    shelf = Shelf()
    shelf.rows[1].append(7)
    shelf.labels["c"] = 3
    shelf.marks[0] = Animal("cat")
    another = Shelf(pair=(2, Animal("ant")))
    text("shelves", f"{shelf.rows} {another.rows} {len(shelf.labels)} {len(another.labels)}")
    mark = another.marks[0]
    text("marks", "none" if mark is None else mark.name)
    text("pairs", f"{shelf.pair[0]} {shelf.pair[1] is None} {another.pair[1] is None}")


def announced(name: str, compute: Callable[[int, int], int], log: list[str]) -> Callable[[int, int], str]:
    def run(left: int, right: int) -> str:
        log.append(name)
        return f"{name} {compute(left, right)} of {len(log)}"

    return run


def negated(compute: Callable[[int, int], int]) -> Callable[[int, int], int]:
    return lambda left, right: -compute(left, right)


def factorial_from(start: int) -> Callable[[int], int]:
    def factorial(number: int) -> int:
        return start if number < 2 else number * factorial(number - 1)

    return factorial


def twice(function: Callable[[int], int]) -> Callable[[int], int]:
    @wraps(function)
    def wrapper(number: int) -> int:
        return function(function(number))

    return wrapper


def entered(name: str) -> Callable[[F], F]:
    def enter(function: F) -> F:
        ENTERED.append(name)
        return function

    return enter


name = "of the module"
ENTERED: list[str] = []
MADE: dict[str, Callable[[int, int], str]] = {}
for sign, found in {"+": lambda left, right: left + right, "-": lambda left, right: left - right}.items():
    MADE[sign] = announced(sign, found, ENTERED)
    MADE[f"not {sign}"] = announced(sign, negated(found), [])
SIX, EIGHT = factorial_from(1), factorial_from(4)


@twice
@entered("add three")
def add_three(number: int) -> int:
    return number + 3


WRAPPED: dict[str, Callable[[int], int]] = {"add_three": add_three, "six": SIX, "eight": EIGHT}


def made_by_the_import() -> None:
    """What such functions take along is what the import left there; lists are shared."""
    for sign, run in MADE.items():
        text(sign, run(7, 2))
    text("entered", " ".join(ENTERED))
    text("wrapped", f"{add_three(1)} {SIX(3)} {EIGHT(2)} {name}")
    for which, function in WRAPPED.items():
        text(which, str(function(3)))


def registry() -> None:
    known = Registry()
    prefix = ">"
    known.register("up", lambda s: prefix + s.upper())
    known.register("twice", lambda s: s + s)
    for name in known.names:
        text("action", known.actions[name]("xy"))


def garbage() -> None:
    functions: list[Callable[[int], int]] = []
    for i in range(20000):
        functions.append(adder(i))
    total = 0
    for i, function in enumerate(functions):
        total += function(i)
    text("garbage", str(total))


def main() -> int:
    plain()
    lambdas()
    nested()
    methods()
    failing()
    registry()
    from_classes()
    factories()
    made_by_the_import()
    garbage()
    return 0
