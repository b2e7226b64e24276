"""`__del__`, weak references of classes with `__slots__`, limits of recursion, and variables that are not bound yet."""

import gc
import sys
import weakref


class Told:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone:", self.name)


def make_and_drop():
    Told("dropped")


make_and_drop()
gc.collect()


class Failing:
    def __del__(self):
        raise ValueError("in the end")


def hook(told):
    print("ignored", told.exc_type.__name__, told.exc_value, told.object.__qualname__)


def make_failing():
    Failing()


sys.unraisablehook = hook
make_failing()
gc.collect()
sys.unraisablehook = sys.__unraisablehook__


class Slotted:
    __slots__ = ("__private", "public")


slotted = Slotted()
slotted._Slotted__private = 1
print(slotted._Slotted__private)
try:
    weakref.ref(slotted)
except TypeError as error:
    print(error)


class Plain:
    pass


print(sorted(Plain.__dict__), Plain().__weakref__)
try:
    object().attribute = 1
except AttributeError as error:
    print(error)


def unbound():
    out = locals()
    return out


def bound(a, b, c, d):
    e = f = 7
    return a


bound(1, 2, 3, 4)
print(unbound())


def endless(n):
    return endless(n + 1)


try:
    endless(0)
except RecursionError as error:
    print(error)


def count(n):
    return 0 if n == 0 else 1 + count(n - 1)


sys.setrecursionlimit(5000)
print(count(3000))
kept = Told("at the end")
