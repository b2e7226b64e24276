"""Modules of the program's own classes, and what a module's `__getattr__` gives."""

import sys
import types
import unicodedata


class Lazy(types.ModuleType):
    """A module that computes a name when it is asked for."""

    limit = 5

    def __init__(self, name):
        super(Lazy, self).__init__(name, "doc")
        self.made = 1

    @property
    def double(self):
        return 2 * self.made

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return f"lazy {name}"

    def method(self):
        return self.__name__


module = Lazy("lazy_one")
print(module.double, module.limit, module.other, module.method(), module.__doc__, isinstance(module, types.ModuleType))
module.made = 4
print(module.double, sorted(name for name in module.__dict__ if not name.startswith("__")), type(module).__name__)
sys.modules["lazy_one"] = module
import lazy_one
from lazy_one import anything, double

print(lazy_one.made, anything, double)
try:
    from lazy_one import __missing__
except ImportError as error:
    print(type(error).__name__, str(error).partition(" (")[0])


class Watched(types.ModuleType):
    @property
    def answer(self):
        return 42

    def __setattr__(self, name, value):
        print("set", name)
        super().__setattr__(name, value)


own = sys.modules[__name__]
value = 1
own.__class__ = Watched
own.value = 2
print(own.answer, value, type(own) is Watched)
try:
    own.__class__ = int
except TypeError:
    print("refused")

plain = types.ModuleType("plain")
print(plain.__name__, plain.__doc__, plain.__spec__)


def module_getattr(name):
    if name == "late":
        return "late value"
    raise AttributeError(f"no {name} here")


plain.__getattr__ = module_getattr
sys.modules["plain"] = plain
import plain as again
from plain import late

for _ in range(3):
    print(again.late, late, hasattr(again, "nothing"), getattr(again, "nothing", "default"))
try:
    again.nothing
except AttributeError as error:
    print(error)
for wrong in ((), (1,), ("a", "b", "c")):
    try:
        types.ModuleType(*wrong)
        print("made")
    except TypeError as error:
        print(type(error).__name__)


class Style:
    counted = len

    def copied(self):
        return self.__new__(Style)


print(type(Style().copied()).__name__, Style().counted("abc"), type.__dict__["__dict__"].__get__(Style)["counted"] is len)
print([unicodedata.east_asian_width(c) for c in "a한é\uff41\U0001f600"], unicodedata.bidirectional("א"), unicodedata.bidirectional("\U000f0000"))
print(unicodedata.combining("\u0301"), unicodedata.mirrored("("), unicodedata.mirrored("a"))


class Finder:
    """Finds modules whose names begin with `made_`, and makes them of nothing."""

    def find_spec(self, name, path, target=None):
        print("asked for", name, path)
        return importlib.util.spec_from_loader(name, self) if name.rpartition(".")[2].startswith("made_") else None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.answer = 42
        module.__path__ = []


import importlib.util

sys.meta_path.append(Finder())
import made_one
import made_one.made_two

print(made_one.answer, made_one.made_two.__name__, made_one.__spec__.name, "made_one.made_two" in sys.modules)
sys.modules.pop("bisect", None)
import bisect

try:
    import nobody_makes_this
except ModuleNotFoundError as error:
    print(str(error).partition(";")[0])
sys.meta_path.insert(0, sys.meta_path.pop())
try:
    import nobody_makes_that
except ModuleNotFoundError as error:
    print(str(error).partition(";")[0])
print(ascii("\N{BYTE ORDER MARK}\N{LF}\N{ZWJ}\N{NO-BREAK SPACE}\N{escape}"))
