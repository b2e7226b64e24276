"""What needs no package: CPython's own modules, by name. Without the engine, they are imported as ever."""

try:
    from _cpython import import_module
except ImportError:
    from importlib import import_module

fractions = import_module("fractions")
decimal = import_module("decimal")
half = fractions.Fraction(3, 6)
print(half + 1, 1 + half, half * half, half == 0.5, half < 1, str(half), [half])
print(decimal.Decimal("1.1") * 2, sum([decimal.Decimal(1), decimal.Decimal(2)]), -decimal.Decimal("3.5"))
print(import_module("math").gcd(10**40, 7 * 10**20), 2**100 - 1 == import_module("operator").sub(2**100, 1))

# values of each kind there and back
echo = import_module("copy").copy
for value in (
    None,
    True,
    1,
    -(2**70),
    2.5,
    1.5 - 2j,
    "text \U0001f600 \udc80",
    b"\0\xff",
    (1, [2]),
    {"k": {1, 2}},
    frozenset([3]),
    ...,
):
    back = echo(value)
    print(type(back).__name__, back == value, ascii(value))


# guest objects there
class Shelf:
    def __init__(self, *books):
        self.books = list(books)

    def __len__(self):
        return len(self.books)

    def __getitem__(self, index):
        return self.books[index]

    def __call__(self, book, times=1):
        self.books += [book] * times
        return self


shelf = Shelf("a", "b")
functools = import_module("functools")
added = functools.partial(shelf, times=2)("c")
print(added is shelf, shelf.books)
print(functools.reduce(lambda x, y: x + y, [1, 2, 3]), import_module("operator").getitem(shelf, 1))
print(import_module("bisect").bisect(shelf, "b"), import_module("heapq").nlargest(2, shelf))
print(list(import_module("itertools").islice(iter(shelf), 3)))


def lines():
    yield "one"
    yield "two"


print(list(import_module("itertools").chain(lines(), ["three"])))


# exceptions both ways
class Mine(Exception):
    pass


def fail(kind):
    raise kind("said", 7)


for kind in (Mine, ValueError, KeyError, StopIteration, ZeroDivisionError):
    try:
        functools.reduce(lambda x, y: fail(kind), [1, 2])
    except kind as error:
        print(kind.__name__, error.args)
for action in (
    lambda: import_module("no_such_module"),
    lambda: half.no_such_attribute,
    lambda: half + "text",
    lambda: fractions.Fraction(1, 0),
    lambda: import_module("json").loads("{"),
):
    try:
        action()
    except Exception as error:
        print(isinstance(error, ImportError), error)


def again(depth):
    return functools.reduce(lambda x, y: again(depth + 1), [1, 2])


try:
    again(0)
except RecursionError:
    print("RecursionError")
cycle = []
cycle.append(cycle)
try:
    echo(cycle)
    print("ValueError")
except ValueError:
    print("ValueError")
stream = import_module("io").StringIO()
with stream as opened:
    opened.write("in")
    print(opened.getvalue())
try:
    stream.write("x")
except ValueError as error:
    print(error)
print("before")
import_module("builtins").print("from there")
print("after")
