"""Loops and calls that are long enough for every kind of trace and bridge."""


class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    @property
    def size(self):
        return self.x * self.x + self.y * self.y


class Scaled(Vector):
    def __init__(self, x, y, factor=2):
        super().__init__(x * factor, y * factor)


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def vectors(count):
    total = Vector(0, 0)
    for k in range(count):
        total = total + (Scaled(k, 1) if k % 3 == 0 else Vector(1, k))
    return total.size


def mixed(count):
    result = []
    value = 1
    for k in range(count):
        if k % 7 == 0:
            value = value * 3 + 0.5 if k % 2 else value + 1
        if isinstance(value, float) and value > 1000.0:
            value = 1
        result.append(value)
    return sum(result)


def big(count):
    a, b = 0, 1
    for _ in range(count):
        a, b = b, a + b
    return a


def naturals(limit):
    n = 0
    while n < limit:
        yield n
        n += 1


def evens(source):
    for n in source:
        if n % 2 == 0:
            yield n


def exceptions(count):
    found = 0
    table = {k: k * k for k in range(0, count, 2)}
    for k in range(count):
        try:
            found += table[k]
        except KeyError:
            found -= 1
        finally:
            found += 1
    return found


def keywords(count):
    def inner(a, b=2, *rest, c, **others):
        return a + b + len(rest) + c + len(others)

    return sum(inner(k, c=1, d=2) + inner(k, 3, 4, c=k) for k in range(count))


def texts(count):
    parts = ""
    for k in range(count):
        parts += f"{k % 10}" + ("," if k % 2 else ";")
    return len(parts), parts[-6:]


def closures(count):
    total = 0

    def add(n):
        nonlocal total
        total += n

    for k in range(count):
        add(k)
    return total


print(fib(18), vectors(3000), mixed(3000), big(300))
print(sum(evens(naturals(3000))), exceptions(3000), keywords(1500), texts(3000), closures(3000))
matrix = [[i * j for j in range(30)] for i in range(30)]
print(sum(sum(row) for row in matrix), max(max(row) for row in matrix))
counts = {}
for k in range(3000):
    counts[k % 11] = counts.get(k % 11, 0) + 1
print(sorted(counts.items()))
total = 0
for k, (a, b) in enumerate(zip(range(3000), range(3000, 0, -1))):
    total += k * (a - b)
print(total)
