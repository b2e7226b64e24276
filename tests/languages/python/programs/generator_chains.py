"""Generators that delegate to generators: who goes on, who is running, where exceptions and values go."""

import sys


class Tree:
    def __init__(self, left, value, right):
        self.left = left
        self.value = value
        self.right = right

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.value
        if self.right:
            yield from self.right


def tree(values):
    if not values:
        return None
    middle = len(values) // 2
    return Tree(tree(values[:middle]), values[middle], tree(values[middle + 1 :]))


def sums():
    built = tree(range(300))
    total = 0
    for turn in range(6):
        for k, value in enumerate(built):
            assert k == value
            total += value * turn
    return total


print(sums())


def countdown(n):
    """A chain as long as n, whose values come from its end."""
    if n == 0:
        got = yield "bottom"
        return [got]
    path = yield from countdown(n - 1)
    got = yield n
    return [*path, got]


def drive(n):
    walker = countdown(n)
    handed = [next(walker)]
    try:
        while True:
            handed.append(walker.send(len(handed)))
    except StopIteration as stop:
        return handed, stop.value


print(drive(5))
print([len(drive(n)[1]) for n in range(30)])


# --- exceptions on their way through the chain ---


def failing(n):
    try:
        if n == 0:
            yield "about to fail"
            raise KeyError("innermost")
        yield from failing(n - 1)
    finally:
        print("left", n)


def catching():
    try:
        yield from failing(3)
    except KeyError as error:
        entry, names = error.__traceback__, []
        while entry is not None:
            names.append((entry.tb_frame.f_code.co_name, entry.tb_lineno))
            entry = entry.tb_next
        yield names
    yield "after"


print(list(catching()))


def uncaught():
    walker = failing(2)
    print(next(walker))
    try:
        next(walker)
    except KeyError as error:
        print("uncaught", error)
    print(list(walker))


uncaught()


def swallowing(n):
    while True:
        try:
            if n == 0:
                yield "in"
            else:
                yield from swallowing(n - 1)
            return f"end {n}"
        except ValueError as error:
            print("swallowed", n, error)
            if n < 2:
                raise


def throwing():
    walker = swallowing(3)
    print(next(walker))
    print(walker.throw(ValueError("thrown")))
    print(next(walker, "done"))
    walker = swallowing(3)
    next(walker)
    walker.close()
    print(next(walker, "closed"))


throwing()

# --- one that is shared, and one that is asked itself ---


def numbers():
    for k in range(12):
        yield k
    return "all"


def sharer(name, source):
    result = yield from source
    yield name, result


def shared():
    source = numbers()
    one, two = sharer("one", source), sharer("two", source)
    outer = sharer("outer", one)
    print([next(outer), next(two), next(source), next(one), next(outer), next(two)])
    print(list(outer), list(two), list(one))


shared()


def nested_middle():
    inner = numbers()
    middle = sharer("middle", inner)
    outer = sharer("outer", middle)
    print(next(outer), next(middle), next(inner), next(outer))
    inner.close()
    print(next(outer), next(outer), next(outer, "over"))


nested_middle()

# --- whoever runs cannot be asked ---

asked = None


def asking(n):
    if n == 0:
        for action in (next, list, lambda it: it.throw(ValueError("no")), lambda it: it.close()):
            try:
                action(asked)
            except ValueError as error:
                yield str(error)
        yield asked.gi_running, asked.gi_suspended
    else:
        yield from asking(n - 1)


for depth in range(4):
    asked = asking(depth)
    print(depth, list(asked), asked.gi_running)


def ring_one():
    yield "one"
    yield from second


def ring_two():
    yield "two"
    yield from first


first, second = ring_one(), ring_two()
print(next(first), next(second))
for each in (first, second, first):
    try:
        print(next(each, "no more"))
    except ValueError as error:
        print(error)

# --- coroutines wait the same way ---


class Pause:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        return (yield self.value)


async def deep(n):
    if n == 0:
        return await Pause("deep")
    return await deep(n - 1) + 1


async def top():
    total = 0
    for n in range(4):
        total += await deep(n)
    return total


def loop(coroutine):
    asked_for, answer = [], None
    try:
        while True:
            asked_for.append(coroutine.send(answer))
            answer = len(asked_for)
    except StopIteration as stop:
        return asked_for, stop.value


print(loop(top()))
for _ in range(200):
    loop(top())


async def values(n):
    for k in range(n):
        got = await deep(k)
        yield got


async def consume():
    return [value async for value in values(4)]


print(loop(consume()))

# --- a chain longer than a stack would like ---


def long_chain(n):
    if n:
        yield from long_chain(n - 1)
    yield n


sys.setrecursionlimit(5000)
print(sum(long_chain(800)))


def endless(n):
    yield from endless(n + 1)


try:
    next(endless(0))
except RecursionError as error:
    print(type(error).__name__)


def stopping():
    yield 1
    raise StopIteration("inside")


def around():
    try:
        yield from stopping()
    except RuntimeError as error:
        yield str(error), repr(error.__cause__)


print(list(around()))


class Bare:
    def __init__(self, result):
        self.result = result

    def __iter__(self):
        return self.result


def from_bare(result):
    yield from Bare(result)


for result in (iter("ab"), numbers(), 5, [1], top()):
    for what in (lambda: list(from_bare(result)), lambda: [x for x in Bare(result)]):
        try:
            print(what())
        except TypeError as error:
            print(error)
    if hasattr(result, "close"):
        result.close()


def from_coroutine():
    waiting = top()
    try:
        yield from waiting
    except TypeError as error:
        yield str(error)
    waiting.close()


print(list(from_coroutine()))
