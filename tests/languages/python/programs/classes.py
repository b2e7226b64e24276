class A:
    kind = "a"
    def __init__(self, x, y=2):
        self.x = x
        self.y = y
    def total(self):
        return self.x + self.y
    @property
    def double(self):
        return self.x * 2
    @double.setter
    def double(self, v):
        self.x = v // 2
    @staticmethod
    def st(a): return a + 1
    @classmethod
    def make(cls, v): return cls(v)
    def __repr__(self): return f"A({self.x}, {self.y})"
    def __add__(self, o):
        if isinstance(o, A): return A(self.x + o.x, self.y + o.y)
        return NotImplemented
    def __radd__(self, o): return A(self.x + o, self.y)
    def __eq__(self, o): return isinstance(o, A) and self.x == o.x
    def __hash__(self): return hash(self.x)
    def __len__(self): return self.x
    def __getitem__(self, k): return k * self.x
    def __contains__(self, k): return k == self.x
    def __call__(self, *a, **k): return (a, k)
    def __iter__(self): return iter([self.x, self.y])
    def __lt__(self, o): return self.x < o.x
    def __bool__(self): return self.x != 0
class B(A):
    def __init__(self, x):
        super().__init__(x, 10)
        self.z = 5
    def total(self):
        return super().total() + self.z
a = A(3)
b = B(4)
print(a, b, a.total(), b.total(), a.double, A.st(4), B.make(7), A.make(1).y)
a.double = 10
print(a.x, a + b, 5 + a, a == A(5), a != A(5), len(a), a[3], 5 in a, 6 in a, a(1, 2, k=3), list(a))
print(sorted([A(3), A(1), A(2)]), bool(A(0)), isinstance(b, A), issubclass(B, A), type(a), type(b).__name__, B.__mro__)
try:
    a + "x"
except TypeError as e:
    print("TypeError", e)
try:
    a.nothing
except AttributeError as e:
    print(e)
class M(type):
    def __new__(m, name, bases, ns, **kw):
        c = super().__new__(m, name, bases, ns)
        c.tag = kw.get("tag", "none")
        return c
    def __init__(cls, name, bases, ns, **kw):
        super().__init__(name, bases, ns)
    def __call__(cls, *a):
        print("making", cls.__name__)
        return super().__call__(*a)
class C(metaclass=M, tag="t"):
    def __init__(self, v): self.v = v
print(C.tag, C(3).v, type(C))
class D:
    def __getattr__(self, name): return name + "!"
    def __setattr__(self, name, v): object.__setattr__(self, name, v * 2)
d = D()
d.q = 4
print(d.q, d.foo)
class Desc:
    def __set_name__(self, o, n): self.n = n
    def __get__(self, i, o): return self if i is None else i.__dict__.get(self.n, 0) + 100
    def __set__(self, i, v): i.__dict__[self.n] = v
class E:
    f = Desc()
    def __init_subclass__(cls, **kw): print("sub", cls.__name__, kw)
class F(E, extra=1): pass
e = E(); e.f = 5
print(e.f, E.f.n, vars(e))
class L(list):
    def first(self): return self[0]
l = L([1, 2, 3]); l.append(4)
print(l, len(l), l.first(), isinstance(l, list), type(l).__name__)
class X(dict):
    def __missing__(self, k): return k + k
x = X(a=1)
print(x["a"], x["zz"], x)
class V(Exception):
    def __init__(self, code):
        super().__init__(f"code {code}")
        self.code = code
try:
    raise V(7)
except V as v:
    print(repr(v), v, v.code, v.args)
class O1: pass
class O2(O1): pass
class O3(O1): pass
class O4(O2, O3): pass
print([c.__name__ for c in O4.__mro__])
try:
    class Bad(O1, O2): pass
except TypeError as err:
    print(err)
print(A.__name__, A.total.__qualname__, A.kind, a.kind)
class S:
    __slots__ = ("p", "q")
s = S(); s.p = 1
print(s.p)
try: s.r = 3
except AttributeError as err: print(err)
try: s.q
except AttributeError as err: print(err)
