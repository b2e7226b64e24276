"""Special methods that are static or class methods: the language calls them without the object, or with its class. Functions made of code."""

import threading
import types


class A:
    @staticmethod
    def __neg__():
        return "neg"

    @staticmethod
    def __add__(o):
        return ("add", o)

    @classmethod
    def __len__(cls):
        return 7

    @staticmethod
    def __getitem__(k):
        return k

    @staticmethod
    def __call__(*a):
        return a

    @staticmethod
    def __bool__():
        return False

    @staticmethod
    def __hash__():
        return 5

    @staticmethod
    def __repr__():
        return "R"

    @staticmethod
    def __iter__():
        return iter([1])

    @staticmethod
    def __eq__(o):
        return True

    @staticmethod
    def __contains__(o):
        return True

    @staticmethod
    def __abs__():
        return 3

    @classmethod
    def __int__(cls):
        return 4

    @staticmethod
    def __float__():
        return 2.5

    @staticmethod
    def __enter__():
        return 1

    @staticmethod
    def __exit__(*a):
        return None

    @staticmethod
    def __setitem__(k, v):
        print("set", k, v)

    @staticmethod
    def __lt__(o):
        return "lt"

    @staticmethod
    def __index__():
        return 2

    @staticmethod
    def __radd__(o):
        return ("radd", o)


a = A()
for f in (
    lambda: -a,
    lambda: a + 1,
    lambda: len(a),
    lambda: a["k"],
    lambda: a(1, 2),
    lambda: bool(a),
    lambda: hash(a),
    lambda: repr(a),
    lambda: list(a),
    lambda: a == 3,
    lambda: 5 in a,
    lambda: abs(a),
    lambda: int(a),
    lambda: float(a),
    lambda: a < 1,
    lambda: [1, 2, 3][a],
    lambda: 1 + a,
    lambda: str(a),
    lambda: {a: 1}[a],
):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
with a as x:
    print(x)
a[1] = 2


def f(a, b=2, *, c=3):
    return (a, b, c, K)


K = 1


def outer():
    z = 10

    def inner(x):
        return x + z

    return inner


i = outer()
g = types.FunctionType(f.__code__, f.__globals__, name="g", argdefs=(7, 8), closure=f.__closure__)
g.__kwdefaults__ = f.__kwdefaults__
print(g(), g(1), g.__name__, g.__defaults__, g.__kwdefaults__, type(g))
h = types.FunctionType(i.__code__, globals(), closure=i.__closure__)
print(h(5), h.__qualname__.startswith("outer"))
for bad in (
    lambda: types.FunctionType(1, {}),
    lambda: types.FunctionType(f.__code__, 1),
    lambda: types.FunctionType(i.__code__, globals()),
    lambda: types.FunctionType(f.__code__, globals(), None, 5),
    lambda: types.FunctionType(i.__code__, globals(), None, None, (1, 2)),
    lambda: types.FunctionType(i.__code__, globals(), None, None, (1,)),
    lambda: types.FunctionType(i.__code__, globals(), 4),
):
    try:
        bad()
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
n = types.FunctionType(f.__code__, globals())
try:
    n()
except TypeError as e:
    print(e)


class Borrowing:
    """Bound methods as special methods: they have their first argument already."""

    __contains__ = {1, 2}.__contains__
    __getitem__ = [10, 20].__getitem__
    __eq__ = "a".__eq__
    __hash__ = "a".__hash__
    __add__ = (5).__add__


borrowing = Borrowing()
print(1 in borrowing, 3 in borrowing, borrowing[1], borrowing == "a", hash(borrowing) == hash("a"), borrowing + 1)


class Guarded:
    """A lock's function is no method: it is called without the object."""

    lock_class = threading.Lock


with Guarded().lock_class():
    print("locked")


class Remainder:
    """A text takes any value behind `%`: the value's own method comes too late."""

    def __rmod__(self, other):
        return "reflected"

    def __repr__(self):
        return "Remainder()"


print("%s" % Remainder(), b"%a" % Remainder(), 5 % Remainder(), [1] % Remainder())
