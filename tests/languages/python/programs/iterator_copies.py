"""Iterators of built-in types go on from where they were when they are copied or pickled."""

import copy
import functools
import pickle

makers = [
    lambda: iter([1, 2, 3]),
    lambda: iter((1, 2)),
    lambda: iter("abc"),
    lambda: iter(b"abc"),
    lambda: iter(bytearray(b"xyz")),
    lambda: iter(range(5)),
    lambda: reversed([1, 2, 3]),
    lambda: reversed("abc"),
    lambda: iter({1: 2, 3: 4}),
    lambda: iter({1: 2, 3: 4}.items()),
    lambda: reversed({1: 2, 3: 4}.values()),
    lambda: iter({5, 6}),
    lambda: enumerate("ab"),
    lambda: zip([1, 2], [2, 3]),
    lambda: map(abs, [1, -2]),
    lambda: filter(None, [1, -2]),
    lambda: map(lambda x: x + 1, [1, 2]),
]
for make in makers:
    iterator = make()
    next(iterator, None)
    hint = getattr(iterator, "__length_hint__", lambda: None)()
    try:
        copied = list(copy.copy(iterator))
        pickled = [list(pickle.loads(pickle.dumps(iterator, protocol))) for protocol in range(5)]
    except (TypeError, AttributeError, pickle.PicklingError):
        copied = pickled = "not possible"
    print(type(iterator).__name__.replace("_ascii", ""), hint, copied, pickled)

print(pickle.loads(pickle.dumps(functools.partial(int, base=16)))("ff"))
print(repr(pickle.loads(pickle.dumps(ValueError("a", 1)))), pickle.loads(pickle.dumps(range(3))), copy.copy(slice(1, 2)))
for protocol in range(5):
    print(pickle.loads(pickle.dumps([bytearray(b"abc"), {1, 2}, frozenset([3]), 1 + 2j, len, [].append], protocol))[:5])
print({frozenset([1])} == {frozenset([1])}, {1} in {frozenset([1])})
