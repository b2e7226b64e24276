import itertools, functools, operator
from itertools import *

print(list(islice(count(5), 3)), list(islice(count(1, 2.5), 3)), list(islice(cycle("ab"), 5)), list(repeat(1, 3)))
print(
    list(accumulate([1, 2, 3])),
    list(accumulate([1, 2, 3], operator.mul)),
    list(accumulate([], initial=5)),
    list(accumulate([1, 2], initial=10)),
)
print(list(chain([1], "ab", (3,))), list(chain.from_iterable([[1], [2]])), list(compress("abcd", [1, 0, 1, 0])))
print(
    list(dropwhile(lambda x: x < 3, [1, 2, 3, 1])),
    list(takewhile(lambda x: x < 3, [1, 2, 3, 1])),
    list(filterfalse(None, [0, 1, 2])),
    list(filterfalse(lambda x: x % 2, [0, 1, 2])),
)
print(
    [(k, list(g)) for k, g in groupby("aabbbca")],
    [(k, list(g)) for k, g in groupby([1, 3, 2, 4, 5], lambda x: x % 2)],
    [k for k, g in groupby("aabb")],
)
print(
    list(islice("abcdef", 2)), list(islice("abcdef", 1, 5, 2)), list(islice("abcdef", 2, None)), list(islice("abc", 0))
)
print(
    list(pairwise([1, 2, 3])),
    list(starmap(pow, [(2, 3), (3, 2)])),
    [list(t) for t in tee([1, 2, 3], 2)],
    list(zip_longest([1, 2], "a", fillvalue=0)),
)
print(list(product([1, 2], "ab")), list(product([0, 1], repeat=2)), list(product()), list(product([1], [])))
print(
    list(permutations([1, 2, 3], 2)),
    list(permutations("ab")),
    list(combinations([1, 2, 3], 2)),
    list(combinations_with_replacement([1, 2], 2)),
    list(combinations([1], 2)),
    list(permutations([1], 0)),
)
it = iter([1, 2, 3, 4, 5])
print(list(islice(it, 1, 3)), list(it))
print(functools.reduce(lambda a, b: a + b, [1, 2, 3]), functools.reduce(operator.mul, [], 7))
p = functools.partial(int, base=2)
print(p("101"), p.args, p.keywords)


@functools.lru_cache(maxsize=2)
def f(x):
    return x * 2


print(f(1), f(1), f(2), f(3), f(1), f.cache_info(), f.__name__)
f.cache_clear()
print(f.cache_info())


@functools.cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(80))
print(sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)))


@functools.total_ordering
class A:
    def __init__(s, x):
        s.x = x

    def __eq__(s, o):
        return s.x == o.x

    def __lt__(s, o):
        return s.x < o.x


print(A(1) <= A(1), A(2) > A(1), A(1) >= A(2), max([A(1), A(3), A(2)]).x)


class B:
    @functools.cached_property
    def y(self):
        print("once")
        return 5


b = B()
print(b.y, b.y)
print(
    operator.itemgetter(1)([1, 2]),
    operator.itemgetter(0, 1)("ab"),
    operator.attrgetter("x")(A(7)),
    operator.methodcaller("upper")("a"),
    operator.itemgetter(1),
    operator.add(1, 2),
)


@functools.singledispatch
def g(x):
    return "obj"


@g.register(int)
def _(x):
    return "int"


@g.register
def _(x: str):
    return "str"


print(g(1.5), g(1), g("a"), g(True))


def deco(fn):
    @functools.wraps(fn)
    def inner(*a):
        "inner doc"
        return fn(*a)

    return inner


@deco
def h(x):
    "h doc"
    return x


print(h.__name__, h.__doc__, h(3), h.__wrapped__(4))
for q in [
    lambda: functools.reduce(max, []),
    lambda: islice([1], -1),
    lambda: list(combinations([1], -1)),
    lambda: list(product(repeat=-1)),
    lambda: functools.partial(3),
]:
    try:
        print(q())
    except Exception as e:
        print(type(e).__name__, e)
