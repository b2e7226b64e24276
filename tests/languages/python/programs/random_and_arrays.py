"""`random` gives CPython's numbers; `array`."""

import random
from array import array

random.seed(1)
print(random.random(), random.getrandbits(5), random.getrandbits(100), random.randint(3, 9))
r = random.Random(12345678901234567890)
print(r.random(), r.randrange(10), r.randrange(5, 50, 7), r.randrange(50, 5, -7), r.uniform(2, 3))
print(r.choice("abcdef"), r.sample(range(100), 4), r.sample(range(20), 12), r.choices("xyz", k=3))
print(r.choices([1, 2, 3], weights=[5, 1, 1], k=6), r.choices("ab", cum_weights=[1, 3], k=3))
row = list(range(12))
r.shuffle(row)
print(row)
print(r.gauss(0, 1), r.gauss(1, 2), r.normalvariate(), r.expovariate(2.0), r.triangular(1, 5, 2))
print(r.gammavariate(2.0, 1.0), r.gammavariate(0.5, 1.0), r.betavariate(2, 3), r.lognormvariate(0, 1))
print(r.paretovariate(3), r.weibullvariate(1, 2))
state = r.getstate()
first = [r.random() for _ in range(3)]
r.setstate(state)
print(first == [r.random() for _ in range(3)], len(state), state[0], state[1][:2])
print(random.Random(-5).random() == random.Random(5).random(), random.Random(2.5).random())
for wrong in (
    lambda: r.randrange(0),
    lambda: r.randrange(3, 3),
    lambda: r.choice([]),
    lambda: r.sample([1], 2),
    lambda: r.sample({1, 2}, 1),
    lambda: r.getrandbits(-1),
    lambda: random.seed([]),
    lambda: r.choices([1], [1, 2]),
):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)


class Loaded(random.Random):
    def random(self):
        return 0.25


print(Loaded().uniform(0, 4), Loaded(3).getrandbits(8))


def hot(n):
    source = random.Random(7)
    total = 0
    for _ in range(n):
        total += source.randrange(10) + int(source.random() * 10)
    return total


print(hot(500))

a = array("d", [1, 2.5, 3])
print(a, a.typecode, a.itemsize, len(a), a[1], a[-1], a[1:], list(a), 2.5 in a)
a.append(4)
a.extend([5, 6])
a[0] = 7
a[1:3] = array("d", [8])
print(a, a.pop(), a.pop(0), a.index(4.0), a.count(5.0), a.tolist())
b = array("i", range(5))
print(b, b + b, b * 2, b == array("i", range(5)), b == array("l", range(5)), b != a, b[::-2])
b.insert(1, 9)
b.remove(3)
b.reverse()
del b[0]
print(b, b.tobytes(), array("h", b"\x01\x02\x03\xff"), array("f", [0.1])[0], array("B", b"ab"))
b.byteswap()
print(b[0])
print(array("Q", [2**64 - 1, 5]), array("q", [-(2**63)]), array("u", "añ"), array("u", "añ").tounicode())
c = array("b")
c.frombytes(b"\xff\x7f")
c += array("b", [1])
c.fromlist([2])
print(c, repr(array("b")))
for wrong in (
    lambda: array("x"),
    lambda: array(5),
    lambda: array("b", [128]),
    lambda: array("B", [-1]),
    lambda: array("i", [1.5]),
    lambda: array("d", ["a"]),
    lambda: array("i", "abc"),
    lambda: a[10],
    lambda: a["b"],
    lambda: array("i", b"abc"),
    lambda: array("i").pop(),
    lambda: a.remove(99),
    lambda: a.__setitem__(0, "x"),
    lambda: a + [1],
):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)


def sums(n):
    grid = array("d", [0.0]) * 10
    counts = array("I", [0] * 10)
    for k in range(n):
        grid[k % 10] += k * 0.5
        counts[k % 10] = counts[k % 7] + 1
    return sum(grid), list(counts), max(counts)


print(sums(300))
