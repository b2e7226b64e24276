from collections import *
import heapq, bisect

d = deque([1, 2, 3])
d.append(4)
d.appendleft(0)
print(d, d.pop(), d.popleft(), len(d), d[0], d[-1], 2 in d, list(reversed(d)))
d.extendleft([8, 9])
d.rotate(1)
print(d, d.index(2), d.count(1))
d.rotate(-2)
d.remove(2)
d.insert(1, "x")
print(
    d,
    d == deque(d),
    bool(deque()),
    deque("abc", maxlen=2),
    deque([1]) < deque([2]),
    deque([1]) + deque([2]),
    deque([1]) * 2,
)
m = deque(maxlen=3)
for i in range(6):
    m.append(i)
print(m, m.maxlen)
m.appendleft(9)
print(m)
q = deque()
for i in range(100):
    q.append(i)
for i in range(90):
    q.popleft()
print(list(q), len(q))
for f in [
    lambda: deque().pop(),
    lambda: deque().popleft(),
    lambda: deque([1])[3],
    lambda: deque([1]).remove(2),
    lambda: deque(maxlen=-1),
    lambda: deque([1])["a"],
]:
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
dd = defaultdict(list)
dd["a"].append(1)
dd["b"]
print(dd, dd.get("c"), "c" in dd, defaultdict(int, a=1)["z"], dd.copy())
try:
    defaultdict(None)["x"]
except KeyError as e:
    print("KeyError", e)
c = Counter("abracadabra")
print(
    c,
    c.most_common(2),
    c["z"],
    c.total(),
    sorted(c.elements()),
    c + Counter("ab"),
    c - Counter("aaaa"),
    c & Counter("ab"),
    c | Counter("zz"),
)
c.update("zz")
c.subtract(a=10)
print(c, +c, -c, Counter(a=1) == Counter(a=1, b=0), Counter(a=1) < Counter(a=2))
del c["nothing"]
o = OrderedDict(a=1, b=2)
o.move_to_end("a")
print(
    o,
    o.popitem(),
    o,
    OrderedDict([(1, 2), (3, 4)]) == OrderedDict([(3, 4), (1, 2)]),
    OrderedDict([(1, 2), (3, 4)]) == {3: 4, 1: 2},
    OrderedDict(),
)
o["z"] = 1
o.move_to_end("z", last=False)
print(list(o))
P = namedtuple("P", "x y")
p = P(1, y=2)
print(
    p,
    p.x,
    p[1],
    p._replace(x=5),
    p._asdict(),
    P._fields,
    P._make([3, 4]),
    p == (1, 2),
    P.__doc__,
    len(p),
    isinstance(p, tuple),
)
D = namedtuple("D", ["a", "b", "c"], defaults=[3])
print(D(1, 2), D._field_defaults)
a, b = p
print(a, b)
for f in [
    lambda: P(1),
    lambda: P(),
    lambda: P(1, 2, 3),
    lambda: P(1, z=2),
    lambda: P(1, x=1),
    lambda: namedtuple("P", "a a"),
    lambda: namedtuple("P", "_a"),
    lambda: namedtuple("P", "def"),
    lambda: namedtuple("P", "1a"),
    lambda: p._replace(q=1),
    lambda: P._make([1]),
    lambda: D(),
]:
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(namedtuple("R", "a def a", rename=True)._fields)
match p:
    case P(x=1, y=v):
        print("matched", v)
match p:
    case P(u, v):
        print("matched", u, v)
cm = ChainMap({1: 2}, {1: 3, 4: 5})
print(cm, cm[1], cm[4], list(cm), len(cm), cm.get(9, "d"), 4 in cm, cm.new_child({7: 8}), cm.parents)
cm[4] = 0
print(cm.maps)
h = [5, 3, 8, 1]
heapq.heapify(h)
heapq.heappush(h, 2)
print(
    [heapq.heappop(h) for _ in range(5)],
    heapq.nsmallest(2, [3, 1, 2]),
    heapq.nlargest(2, [3, 1, 2], key=lambda x: -x),
    list(heapq.merge([1, 4], [2, 3])),
    heapq.heappushpop([1, 2], 0),
    heapq.heapreplace([1, 2], 5),
    list(heapq.merge([4, 1], [3, 2], reverse=True)),
)
print(bisect.bisect([1, 2, 2, 3], 2), bisect.bisect_left([1, 2, 2, 3], 2))
l = [1, 3]
bisect.insort(l, 2)
print(l)


class Point(namedtuple("Point", "x y")):
    __slots__ = ()

    def norm(self):
        return self.x + self.y


print(Point(1, 2).norm(), Point(1, 2), hash(P(1, 2)) == hash((1, 2)))
