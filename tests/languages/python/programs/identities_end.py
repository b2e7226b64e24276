"""`id` keeps nothing alive, and is one number as long as the object lives."""

import gc
import weakref


class Thing:
    pass


def ask():
    things = [Thing() for _ in range(100)]
    numbers = {id(thing) for thing in things}
    assert len(numbers) == 100 and all(id(thing) in numbers for thing in things)
    return [weakref.ref(thing) for thing in things]


def far(depth):
    return ask() if depth == 0 else far(depth - 1)


references = far(300)  # so far up that nobody looks at what is left of the frame
gc.collect()
print(sum(reference() is not None for reference in references) < 50)
row = []
print(id(row) == id(row), id(row) != id([]), id(None) == id(None), id(Thing) != id(type), id(7) == id(7), id("a") == id("a"))
print(repr(object()).startswith("<object object at 0x"), len(repr(Thing()).rpartition("0x")[2]) >= 10)
