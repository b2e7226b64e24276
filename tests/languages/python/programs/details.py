def deep(n): return deep(n + 1)
try: deep(0)
except RecursionError as e: print(type(e).__name__)
class R:
    def __repr__(self): return repr(self)
try: repr(R())
except RecursionError: print("repr recursion")
async def co(x):
    return x + 1
async def main():
    a = await co(1)
    b = await co(a)
    return b
c = main()
try: c.send(None)
except StopIteration as e: print("value", e.value)
class Aw:
    def __await__(self):
        got = yield "yielded"
        return got
async def m2(): return await Aw()
c = m2()
print(c.send(None))
try: c.send("sent")
except StopIteration as e: print(e.value)
class ACM:
    async def __aenter__(self): print("aenter"); return 5
    async def __aexit__(self, *a): print("aexit", a[0]); return False
async def m3():
    async with ACM() as v:
        print("v", v)
try: m3().send(None)
except StopIteration: pass
l = [1]; l.append(l); print(l)
d = {}; d["d"] = d; print(d)
def gen():
    try:
        yield 1
    finally:
        print("closed")
g = gen(); next(g); g.close()
try: next(g)
except StopIteration: print("stopped")
def bad():
    raise StopIteration
    yield
try: list(bad())
except RuntimeError as e: print(e, repr(e.__cause__))
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 3: raise StopIteration
        return self.n
print(list(It()), [x for x in It()], sum(It()))
for x in It():
    print(x, end=" ")
print()
class Seq:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
print(list(Seq()), 20 in Seq())
print(sorted("hello"), sorted([3, 1, 2], key=lambda v: -v))
from_keys = dict.fromkeys("ab", 1)
print(from_keys, {**from_keys, "c": 2}, [*range(3), *"xy"])
x = 10
def shadow():
    global x
    x += 1
    return x
print(shadow(), x)
print(type(1), type(None), type("s"), type([]), type(print), type(shadow), type(type))
print((1).__add__(2), "a".__eq__("a"), [1].__len__(), int.__add__(1, 2), object.__repr__ is not None)
print(isinstance(True, int), True + 1, bool([]), int(True), str(True), True == 1, {True: "a", 1: "b"})
print(hash(1) == hash(1.0), hash("a") == hash("a"), {1: "x"}[1.0])
print(round(-2.5), round(3.14159, 3), abs(-5), divmod(-7, 3), pow(2, 10, 1000), bin(10), hex(255), oct(8), chr(97), ord("a"))
a, (b, *c) = 1, (2, 3, 4); print(a, b, c)
print("%(a)s %(b)d" % {"a": 1, "b": 2}, "{0} {1} {name}".__len__())
print(int("0x1f", 16), int("  -12  "), float("1e3"), int("1_000"))
for bad in ("12x", ""):
    try: int(bad)
    except ValueError as e: print(e)
try: [1, 2][5]
except IndexError as e: print(e)
try: None.x
except AttributeError as e: print(e)
try: (lambda: 1)()()
except TypeError as e: print(e)
try: "a" + 1
except TypeError as e: print(e)
try: 1 + "a"
except TypeError as e: print(e)
try: [] < 1
except TypeError as e: print(e)
try: {}[[]]
except TypeError as e: print(e)
try: a, b = 1, 2, 3
except ValueError as e: print(e)
try: a, b = [1]
except ValueError as e: print(e)
try: for_x = 5; iter(for_x)
except TypeError as e: print(e)
