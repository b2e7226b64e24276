"""Slices with huge strides, descriptors inside class methods, keywords of derived classes, conversions, copies of properties."""

print(list(range(10))[0:10:2**63-1], (1,2,3)[::2**62], "abc"[5:0:-2**63], len(range(0, 2**62, 2**61)))
class A:
    @classmethod
    @property
    def p(cls): return "p of " + cls.__name__
print(A.p, A().p)
class S(set):
    def __init__(self, arg, newarg=None): super().__init__(arg); self.newarg = newarg
print(S([1], newarg=3).newarg)
class F(float):
    def __init__(self, *a, **k): self.k = k
print(F(2.5, k=1).k, F(2.5, k=1))
try: int("0", 2**234)
except ValueError as e: print(e)
import warnings
class I(int): pass
class C:
    def __int__(self): return I(3)
    def __float__(self): return G(2.5)
class G(float): pass
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    print(int(C()), float(C()))
    print([str(x.message)[:50] for x in w])
class P(property):
    """doc of P"""
def g(self): "getter doc"
def g2(self): "getter doc 2"
p = P(g); print(p.__doc__, p.getter(g2).__doc__, type(p.setter(g)).__name__)
q = property(g); print(q.__doc__, q.getter(g2).__doc__, property(g, doc="d").getter(g2).__doc__)
