"""Sorts of one kind of key, plain formats, bytearrays and bytes in memory: what is quick where it is simple, and the rest."""

import io

print("%s|%d|%r|%5s|%-5d|%%|%s" % ("a", 3, "b", "c", 4, (1, 2)), "%d" % 3.7, "%s" % {"a": 1}, "%(a)s %(a)d" % {"a": 1}, "%d" % True, "%d" % (1 << 70))
for bad in ("%d", "%s %s", "%", "%z", "%"):
    try:
        print(bad % "x")
    except (TypeError, ValueError) as e:
        print(e)
print(f"{1.5:.3f} {True:d} {7:05d} {1e100} {3:x} {2.5:>10} {1.0} {float('nan')}", format(3, ""), f"{True}", f"{12345:,}")
try:
    print(f"{3:q}")
except ValueError as e:
    print(e)
print(
    sorted(["b", "a", "é", "aa", "\U0001f600", "z"]),
    sorted(["b", "a"], reverse=True),
    sorted([2.5, -1.0, 0.0, -0.0, 1e9]),
    sorted([1.0, float("nan"), 0.5]),
    sorted([1, 2.5, True]),
)
print(sorted([(2, "b"), (1, "z"), (1, "a"), (1,), ()]), sorted([(1.0, 2), (1, 1)]), sorted("bca", key=lambda c: (c,)), sorted([(2, [1]), (1, [3])]))
try:
    sorted([(1, "a"), (1, 2)])
except TypeError as e:
    print(e)


class K(str):
    def __lt__(self, o):
        return str.__gt__(self, o)


print(sorted([K("a"), K("c"), K("b")]), sorted(["x", "y", "x"], key=str.upper))
b = bytearray(b"hello world")
print(b[2:5], b[::2], b[-3:], b[8:2], b[3], type(b[1:2]).__name__)
b[0] = 74
print(b)
for bad in (lambda: b.__setitem__(0, 300), lambda: b[100], lambda: b.__setitem__(50, 1)):
    try:
        bad()
    except (ValueError, IndexError) as e:
        print(e)


def f():
    for i in range(30):
        b[i % 5] = 65 + i % 26
    b[-1] = 33
    try:
        b[20] = 1
    except IndexError as e:
        print(e)
    try:
        b[0] = 256
    except ValueError as e:
        print(e)


f()
print(b)
s = io.BytesIO(b"one\ntwo\nthree")
print(s.readline(), s.read(2), s.readline(), s.readline(), s.readline())
s.seek(0)
s.write(b"ONE")
s.seek(0)
print(s.readline(), list(s))
v = s.getbuffer()
v[0] = 120
s.seek(0)
print(s.readline())
v[1] = 121
s.seek(0)
print(s.readline())
v.release()
s.truncate(5)
s.seek(0)
print(s.readlines())
print(
    pow(3, 5, 7),
    pow(-3, 5, 7),
    pow(3, 0, 1),
    pow(2, 100, 97),
    pow(5, 3, -7),
    pow(3, -1, 7),
    pow(10, 5, 2**31),
    pow(123456, 3, 2**31 - 1),
    pow(2, 10, 2**40),
)


def permuted():
    import itertools

    for n in range(5):
        for r in [None, *range(n + 2)]:
            print(n, r, list(itertools.permutations(range(n), r))[:20])
    print(sum(row[0] * row[-1] for row in itertools.permutations(range(6), 4)))


permuted()


def complexes():
    numbers = (1 + 2j, 2, 1.5, True, -0.0, 3 - 4j, complex(0, -0.0))
    for a in numbers:
        for b in numbers:
            if isinstance(a, complex) or isinstance(b, complex):
                print(a + b, a - b, a * b, a == b, [a / b] if b else "")
    inside = 0
    for y in range(-8, 8):
        for x in range(-16, 8):
            c, z = complex(x / 8, y / 8), 0j
            for _ in range(12):
                z = z * z + c
                if abs(z) > 2:
                    break
                inside += 1
            z -= 1
            z *= 2
            inside += (z + 1.5).real > 0
    print(inside)
    for wrong in (lambda: 1j + "a", lambda: 1j // 2, lambda: 1j % 2, lambda: 1j / 0, lambda: (1 << 2000) * 1j):
        try:
            print(wrong())
        except (TypeError, ZeroDivisionError, OverflowError) as error:
            print(type(error).__name__, error)


complexes()
