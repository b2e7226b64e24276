"""Rare things that widespread packages rely on."""

import sys
import types
from collections import UserDict


def refused(action):
    try:
        print("done:", action())
    except Exception as problem:
        print(f"{type(problem).__name__}: {problem}")


class Left:
    def name(self):
        return "left"


class Right:
    def name(self):
        return "right"

    def only_right(self):
        return "only right"


class Middle(Left):
    pass


class Lowest(Middle):
    pass


class Unrelated:
    __slots__ = ()


def kinds(one):
    return [isinstance(one, Left), isinstance(one, Right), one.name(), hasattr(one, "only_right")]


lowest = Lowest()
for turn in range(3000):  # long enough for the answers to be constants of machine code
    answers = kinds(lowest)
print(answers, Lowest.__mro__)
Middle.__bases__ = (Right,)
for turn in range(3000):
    answers = kinds(lowest)
print(answers, Lowest.__mro__, Middle.__bases__, Middle.__base__)
print(Left.__subclasses__(), Right.__subclasses__(), issubclass(Lowest, Left), issubclass(Lowest, Right))
Middle.__bases__ = (Left, Right)
print(kinds(lowest), [kind.__name__ for kind in Lowest.mro()])


class Cyclic(Left):
    pass


class Crossed(Middle, Left):
    pass


refused(lambda: setattr(Left, "__bases__", (Cyclic,)))
refused(lambda: setattr(Middle, "__bases__", ()))
refused(lambda: setattr(Middle, "__bases__", Left))
refused(lambda: setattr(Middle, "__bases__", (1,)))
refused(lambda: setattr(Middle, "__bases__", (bool,)))
refused(lambda: setattr(int, "__bases__", (Left,)))
print(Middle.__bases__, kinds(Crossed()))


class Made:
    def __new__(cls, *arguments, **named):
        return (cls.__name__, arguments, named)


class Holder:
    make = classmethod(Made)
    __class_getitem__ = classmethod(Made)
    length = classmethod(len)


print(Holder.make(1), Holder().make(2, a=3), Holder[4], types.MethodType(Made, 5)(6))
bound = Holder.make
print([bound(k, b=k) for k in range(3)], list(map(bound, "xy")), bound(*[1, 2], **{"c": 3}))
refused(lambda: Holder.length())
refused(lambda: types.MethodType(3, 4))
refused(lambda: types.MethodType(print, None))
print(types.MethodType(print, "said")("by a built-in function"))


def with_defaults(a, *, b, c=3, d):
    return a, b, c, d


with_defaults.__kwdefaults__ = {"b": 2, "d": 4}
print(with_defaults.__kwdefaults__, with_defaults(1, c=5))
refused(lambda: with_defaults(1))
with_defaults.__kwdefaults__ = None
print(with_defaults.__kwdefaults__)
refused(lambda: with_defaults(1, c=5))
refused(lambda: setattr(with_defaults, "__kwdefaults__", 3))
print(len(sys._git), [type(word).__name__ for word in sys._git])


class NoDict(dict):
    def __new__(cls):
        return UserDict()


class Doubling(dict):
    def __setitem__(self, key, value):
        super().__setitem__(key * 2, value)


class Refusing(dict):
    def __setitem__(self, key, value):
        raise ValueError(key)


print(NoDict.fromkeys("ab", 1), Doubling.fromkeys("ab"), dict.fromkeys("ba", 0))
refused(lambda: Refusing.fromkeys("ab"))

for template in (
    "{0000001}",
    "{9223372036854775807}",
    "{9223372036854775808}",
    "{0[9223372036854775808]}",
    "{0[001]}",
    "{0[²]}",
    "{²}",
):
    refused(lambda: template.format([1, 2], 3))


class Actions:
    @staticmethod
    def double(value):
        return value * 2

    @classmethod
    def make(cls):
        return cls()

    print(callable(double), callable(make), double(4), callable(lambda: 0), callable(5))
