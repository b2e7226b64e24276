"""Objects whose hash changes while they are members of sets."""

class K:
    def __init__(self): self.h = 7
    def __hash__(self): return self.h
k = K(); s = {k}; k.h = 15
print(k in s)
f = frozenset([k]); k.h = 7
print(k in f, (s - {1}) == s)
s = {k}; k.h = 15; s.discard(k); print(len(s))
k.h = 7; s = {k}; k.h = 15; s.add(k); print(len(s))
n = float("nan")
print(n in {n}, True in {1}, 1.0 in {True}, 2**70 in {2**70}, 1 in {1.0})
class I(int):
    def __eq__(self, o): return False
    __hash__ = int.__hash__
i = I(3); print(i in {i}, i in {3}, 3 in {i})
class M(type):
    def __hash__(c): return 5
class T(metaclass=M): pass
print(hash(T) == 5, T in {T}, int in {int, str}, hash(int) == hash(int))
