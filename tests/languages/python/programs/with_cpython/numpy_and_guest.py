import numpy as np


class Vector:
    def __init__(self, items):
        self.items = items

    def __len__(self):
        return len(self.items)

    def __getitem__(self, k):
        return self.items[k]

    def __float__(self):
        return float(sum(self.items))


f = np.vectorize(lambda x, y: x * 10 + y)
print(f(np.array([1, 2, 3]), 4))


def bad(x):
    raise KeyError("mine")


try:
    np.apply_along_axis(bad, 0, np.zeros((2, 2)))
except KeyError as e:
    print("KeyError", e, e.args)


class Mine(Exception):
    pass


def worse(x):
    raise Mine("own", 7)


try:
    np.apply_along_axis(worse, 0, np.zeros((2, 2)))
except Mine as e:
    print("Mine", e.args)
a = np.arange(5)
a += 2
a[a > 4] = 0
print(a, a.tolist(), sorted(a, reverse=True)[0])
with np.errstate(divide="ignore"):
    print(np.array([1.0]) / np.array([0.0]))
print(np.array(Vector([1, 2, 3]).items), np.asarray([[1, 2], [3, 4]]) @ np.array([1, 1]))
m = np.array([[1, 2], [3, 4]])
for row in m:
    print(row, row.sum())
x, y = m
print(x, y, m.shape == (2, 2), m.dtype == int, m[0, 1] == 2)
print({"k": np.float64(2.5)}, str(m[1]), repr(m))
print(max(a), min(a), sum(a), any(a), abs(np.array([-1, 2])), -a, divmod(7, np.int64(2)))
print(np.random.default_rng(3).integers(0, 10, size=5))
print(np.where(a > 2, a, -1), np.concatenate([a, a]), np.stack([a, a]).shape)
print(10**30 * np.int64(1) if False else int(np.int64(5)) + 1)
obj = np.array([Vector([1]), Vector([2, 3])], dtype=object)
print(len(obj[1]), obj[0].items)
print(np.sort(np.array([3, 1, 2]))[::-1], np.unique(np.array([1, 1, 2]), return_counts=True))
try:
    np.zeros(-1)
except ValueError as e:
    print("ValueError", e)
print(hasattr(a, "sum"), hasattr(a, "nope"), callable(np.sin), type(a.sum()) is type(a.max()))
print(np.array2string(np.linspace(0, 1, 5), precision=2))
import numpy.linalg as la

print(la.solve(np.array([[3.0, 1.0], [1.0, 2.0]]), np.array([9.0, 8.0])))
s = np.array(["a", "bb"])
print(s, s[1] == "bb", s[1].upper(), len(s[1]))
print(not a.size == 0, bool(np.array([1])), 3 in a)
print("%s %d %.2f" % (a, np.int64(3), np.float64(2.345)))
print(f"{np.pi:.3f}", round(np.float64(2.567), 1))
