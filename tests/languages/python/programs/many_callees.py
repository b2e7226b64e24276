"""One place calls many functions, of all sorts: what it calls is no constant of machine code then."""

import functools


class Shape:
    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side


def subclass(k):
    class Other(Shape):
        def area(self):
            return k * super().area() + k

    return Other


classes = [Shape] + [subclass(k) for k in range(1, 9)]
count = 0


def counting(x, *rest):
    global count
    count += x
    return count


def many_locals(a, *_):
    b = a + 1
    c = b + 1
    d = c + 1
    return sum([a, b, c, d])


def refusing(x, y, z):
    if x % 5 == 0:
        raise ValueError(f"no {x}")
    return -x


def fibonacci(n, *_):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


def generated(x, y, z):
    yield x
    yield y


functions = [
    lambda x, y, z: x,
    lambda x, y, z: x + 0.5,
    lambda x, y, z: z,
    lambda *all: len(all),
    lambda x, y=7, *rest: x + y,
    lambda x, y, z, missing=None: z if missing is None else missing,
    counting,
    many_locals,
    refusing,
    fibonacci,
    generated,
    lambda x, y, z: functions[x % 3](x, y, z),
    max_of_two := lambda x, y, z: max(x, y),
    functools.partial(many_locals, 3),
    lambda x, y: x,
]


def round_of(turns):
    texts = []
    total = 0
    for i in range(turns):
        try:
            given = functions[i % len(functions)](i % 12, i, "z")
            if isinstance(given, (int, float)):
                total += given
            else:
                texts.append(given if isinstance(given, str) else list(given)[0])
        except (ValueError, TypeError) as error:
            texts.append(str(error))
        total += classes[i % len(classes)](i).area()
    return total, len(texts), texts[-3:]


for _ in range(3):
    print(*round_of(600))


def deep(depth):
    return 0 if depth == 0 else 1 + steps[depth % 9](depth - 1)


steps = [deep] + [eval("lambda d: deep(d)") for _ in range(8)]
for _ in range(20):
    deep(100)
print(deep(300))
try:
    deep(10**9)
except RecursionError:
    print("too deep")
