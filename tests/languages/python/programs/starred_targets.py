"""Assignments with a starred target, in loops that become machine code: of tuples and lists of one length and of many, and of others."""


class Pair(tuple):
    def __iter__(self):
        return iter(("first", "second", "third"))


def of_tuples(n):
    total = 0
    for i in range(n):
        a, b, *rest = i, i + 1, i + 2, i + 3
        *front, last = (i,)
        first, *middle, end = [i, 2, 3, 4]
        total += a + b + sum(rest) + len(front) + last + first + middle[0] + end
        rest.append(i)
        total += len(rest)
    return total


def of_many_lengths(n):
    total = 0
    for i in range(n):
        values = list(range(i % 23 + 2))
        head, *tail = values
        *most, tip = tuple(values)
        tail.append(100)
        total += head + len(tail) + len(most) + tip + len(values)
    return total


def recursive(values):
    if not values:
        return 0
    head, *tail = values
    return head + recursive(tail)


print(of_tuples(3000), of_many_lengths(3000), sum(recursive(list(range(k % 30))) for k in range(300)))
a, *b = Pair((1, 2))
print(a, b)
a, *b = "text"
print(a, b)
(a, *b), c = {"x": 1, "y": 2}, 3
print(a, b, c)
for bad in ((), (1,), [], "", 5):
    for k in range(3):
        try:
            a, b, *c = bad
        except (ValueError, TypeError) as error:
            print(type(error).__name__, error)
for values in ([1, 2, 3], (1, 2, 3)):
    values, *values = values
    print(values)
