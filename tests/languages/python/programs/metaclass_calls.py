"""Calls of classes whose metaclasses have a say in it, also from the middle of a loop on."""

class Meta(type):
    def __call__(cls, *a, **k):
        Meta.n += 1
        return super().__call__(*a, **k)
    n = 0
class A(metaclass=Meta):
    def __init__(self, x, y=2): self.x = x; self.y = y
class B(metaclass=Meta): pass
class C(metaclass=Meta):
    def __new__(cls, v): o = object.__new__(cls); o.v = v; return o
class Single(type):
    made = {}
    def __call__(cls, *a):
        if cls not in cls.made: cls.made[cls] = super().__call__(*a)
        return cls.made[cls]
class S(metaclass=Single):
    def __init__(self, v=0): self.v = v
class Plain(type): pass
class P(metaclass=Plain):
    def __init__(self, v): self.v = v
t = 0
for i in range(3000):
    t += A(i).x + A(i, y=3).y + C(i).v + S(i).v + P(i).v
    B()
    if i == 2000: Plain.__call__ = lambda cls, v: type.__call__(cls, v * 2)
print(t, Meta.n)
for bad in (lambda: A(), lambda: A(1, 2, 3), lambda: B(1), lambda: type.__call__(A, 1, q=2), lambda: type.__call__(3)):
    try: print(bad())
    except TypeError as e: print(type(e).__name__, e)
class R(metaclass=Meta):
    def __init__(self): return 5
try: R()
except TypeError as e: print(e)
print(type.__call__(A, 7).x, type(A).__call__(A, 8).x)
import enum
class Color(enum.Enum):
    RED = 1
    BLUE = 2
n = 0
for i in range(3000): n += Color(i % 2 + 1).value
print(n, Color('x') if False else Color.RED)
try: Color(9)
except ValueError as e: print(e)
