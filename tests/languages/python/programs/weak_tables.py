"""Weak tables, cycles through them, and finalizers that do what programs do. A word on the stack may happen to look like a reference, so a hundred
objects are dropped and most are asked for."""

import gc
import sys
import weakref


class Key:
    def __init__(self, number):
        self.number = number


def most(count):
    return 90 <= count <= 100


def fill(table, kept, value_of):
    for number in range(200):
        key = Key(number)
        table[key] = value_of(key)
        if number % 2:
            kept.append(key)


# A table whose keys are weak.
kept = []
numbers = weakref.WeakKeyDictionary()
fill(numbers, kept, lambda key: key.number)
gc.collect()
print(most(200 - len(numbers)), all(numbers[key] == key.number for key in kept))

# Values that lead to other keys of the same table, and back to themselves through a second one.
others = weakref.WeakKeyDictionary()
chain = [Key(0)]
links = weakref.WeakKeyDictionary()
last = chain[0]
for number in range(1, 50):
    following = Key(number)
    links[last] = [following]
    others[following] = number
    last = following
del last, following
gc.collect()
length, key = 0, chain[0]
while key in links:
    key = links[key][0]
    length += others[key] == key.number
print(length)
del key

# A table whose values are weak.
cached = weakref.WeakValueDictionary()
held = []


def fill_values():
    for number in range(200):
        key = Key(number)
        cached[number] = key
        if number % 2:
            held.append(key)


fill_values()
gc.collect()
print(most(200 - len(cached)), all(cached[key.number] is key for key in held))

# Call-backs of weak references, and finalizers with arguments.
called = []


def watch():
    for number in range(100):
        key = Key(number)
        references.append(weakref.ref(key, lambda dead: called.append(dead() is None)))
        weakref.finalize(key, called_with.append, number).atexit = False


references, called_with = [], []
watch()
gc.collect()
print(most(len(called)), all(called), most(len(called_with)), len(set(called_with)) == len(called_with))

# Resurrection: what a finalizer keeps lives on, and is not asked again.
saved = []


class Phoenix:
    def __init__(self, number):
        self.number = number
        self.cycle = self

    def __del__(self):
        saved.append(self)


def burn():
    for number in range(100):
        Phoenix(number)


burn()
gc.collect()
count = len(saved)
print(most(count), all(each.cycle is each for each in saved))
saved.clear()
gc.collect()
gc.collect()
print(len(saved) <= 100 - count)


# Finalizers that allocate, collect, and make more of their kind.
class Working:
    made = 0

    def __init__(self, left):
        self.left = left

    def __del__(self):
        garbage = [[number] for number in range(1000)]
        gc.collect()
        Working.made += len(garbage) == 1000
        if self.left > 0:
            Working(self.left - 1)


def work():
    for _ in range(20):
        Working(2)


work()
for _ in range(6):
    gc.collect()
print(Working.made >= 50, Working.made <= 60)

# One that raises does not keep the others from running. (The hook stays: what a word on the stack keeps is finalized at the end.)
ignored = []
sys.unraisablehook = lambda told: ignored.append(type(told.exc_value).__name__)


class Raising:
    def __del__(self):
        raise KeyError(0)


def fail():
    for _ in range(100):
        Raising()


fail()
gc.collect()
print(most(len(ignored)), set(ignored))
