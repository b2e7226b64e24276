s = {1, 2, 3}
s.add(4)
s.discard(9)
s.remove(1)
print(
    s,
    s.union([7], (8,)),
    s & {2},
    s.intersection([2, 3, 9], [3]),
    s.difference([2]),
    s.symmetric_difference([2, 9]),
    s.issubset(range(9)),
    s.issuperset([2]),
    s.isdisjoint([5]),
)
s.update([5], [6])
s.intersection_update([2, 5])
print(s)
s.difference_update([5])
s.symmetric_difference_update({2, 3})
print(s, s.pop(), s, s.copy())
f = frozenset([1, 2])
print(f.copy() is f, f.union([3]), f | {3}, type(f.difference([1])))
for g in [
    lambda: {1}.remove(2),
    lambda: set().pop(),
    lambda: {1}.update(3),
    lambda: {1}.union(3),
    lambda: {1}.add([]),
    lambda: f.add(1),
    lambda: {1}.issubset(),
]:
    try:
        print(g())
    except Exception as e:
        print(type(e).__name__, e)
print(
    (5).bit_length(),
    (-8).bit_length(),
    (2**70).bit_length(),
    (255).bit_count(),
    (0).bit_length(),
    True.bit_length(),
    (5).as_integer_ratio(),
    (0.75).as_integer_ratio(),
    (1e300).as_integer_ratio()[1],
    (-0.1).as_integer_ratio(),
)
print(
    (1.0).is_integer(),
    (1.5).is_integer(),
    (1.5).hex(),
    float.fromhex("0x1.8p3"),
    float.fromhex("-0x.8"),
    float.fromhex("inf"),
    (3).real,
    (3).imag,
    (2.5).real,
    (2.5).imag,
    (7).numerator,
    True.denominator,
    (5).conjugate(),
    True.real,
)
for g in [
    lambda: float("inf").as_integer_ratio(),
    lambda: float("nan").as_integer_ratio(),
    lambda: float.fromhex("xyz"),
    lambda: float.fromhex("0x1p5000"),
]:
    try:
        print(g())
    except Exception as e:
        print(type(e).__name__, e)
print(
    round(2.5),
    round(2.675, 2),
    round(1234, -2),
    round(-2.5),
    round(1e20),
    (2.5).__round__(),
    (3.7).__floor__(),
    (3.2).__ceil__(),
    round(5, 3),
    round(15, -1),
    round(25, -1),
    round(1.5, 0),
)
