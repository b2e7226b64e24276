"""Named tuples remember their hashes, until a class gets other methods; sets with ints that fit no word."""

import collections

P = collections.namedtuple("P", "x y")
Q = collections.namedtuple("Q", "p n")
q = Q(P(1, 2.5), (2, P(0, None)))
plain = ((1, 2.5), (2, (0, None)))
print(hash(q) == hash(plain), {q: "found"}[plain], hash(q) == hash(q))


class Key:
    pass


class Other:
    def __hash__(self):
        return 5


key = Key()
pair = P(key, 1)
before = hash(pair)
key.__class__ = Other
print(before == hash(pair), hash(pair) == hash((key, 1)))
before = hash(q)
P.__hash__ = lambda self: 42
print(before == hash(q), hash(q.p), hash(q) == hash((q.p, q.n)))


class R(P):
    __slots__ = ()


print(hash(R(1, 2)))
del P.__hash__
print(before == hash(q), hash(R(1, 2)) == hash((1, 2)))
try:
    hash(P([], 1))
except TypeError as error:
    print(error)

large = {1, 2, 3, 2**70}
frozen = frozenset(large)
print(large <= frozen, {2**70} <= frozen, {2**71} <= frozen, len(frozen - {2**70}), len(large & {2**35 * 2**35, 1, 7}))
for n in range(0, 70, 7):
    a, b = set(range(n)), set(range(n // 2, n + 3))
    print(a <= b, a < a | b, a & b, a - b, a | b, min(b), max(b, default=None))
print([list(range(10))[a:b:c] for a in (None, 3, -2, 20) for b in (None, 5, -1, 0) for c in (None, 1, 2, -1)])
