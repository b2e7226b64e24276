def f(a, b=2, *args, c, d=4, **kw): return (a, b, args, c, d, kw)
print(f(1, c=3), f(1, 2, 3, 4, c=5, e=6), f(*[1, 2], **{"c": 3, "z": 9}))
for bad in [lambda: f(), lambda: f(1), lambda: f(1, c=2, a=3), lambda: (lambda x: x)(), lambda: (lambda x: x)(1, 2), lambda: (lambda: 0)(z=1), lambda: len(), lambda: len(1, 2), lambda: [].append()]:
    try: print(bad())
    except TypeError as e: print(e)
def outer():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    return inc
i = outer()
print(i(), i(), i())
fs = [lambda k=k: k * 2 for k in range(3)]
print([g() for g in fs])
def t(x):
    try:
        if x == 0: return "ret"
        if x == 1: raise ValueError("v")
        if x == 2: raise KeyError("k")
        print("body")
    except ValueError as e:
        print("caught", e)
        return "handled"
    else:
        print("else")
    finally:
        print("finally", x)
    return "end"
for x in (0, 1, 3):
    print(t(x))
try: t(2)
except KeyError as e: print("outer", e, repr(e))
def g():
    for k in range(3):
        try:
            if k == 1: continue
            if k == 2: break
            yield k
        finally:
            print("fin", k)
print(list(g()))
class CM:
    def __init__(self, sup): self.sup = sup
    def __enter__(self): print("enter"); return self
    def __exit__(self, t, v, tb): print("exit", t.__name__ if t else None, v); return self.sup
with CM(True) as c, CM(False):
    print("in")
with CM(True):
    raise ValueError("x")
try:
    with CM(False):
        raise ValueError("y")
except ValueError as e: print("got", e)
def wr():
    with CM(False):
        return 5
print(wr())
def gen():
    r = yield 1
    print("received", r)
    try:
        yield 2
    except ValueError as e:
        print("thrown", e)
        yield 99
    return "done"
it = gen()
print(next(it), it.send("hi"), it.throw(ValueError("boom")))
try: next(it)
except StopIteration as e: print("stop", e.value)
def sub():
    x = yield from gen()
    print("x", x)
    yield 3
s = sub()
print(next(s), s.send("a"), s.throw(ValueError("b")), next(s))
def walk(t):
    if t:
        yield from walk(t[0]); yield t[1]; yield from walk(t[2])
print(list(walk(((None, 1, None), 2, (None, 3, None)))))
print({k: v for k, v in [("a", 1), ("b", 2)]}, {x % 3 for x in range(10)}, [(x, y) for x in range(3) for y in range(x)], sum(x for x in range(5)))
a, *b, c = [1, 2, 3, 4]
print(a, b, c)
(a, b), c = (1, 2), 3
print(a, b, c)
x = y = [1]
x += [2]
print(x, y, x is y)
print(1 < 2 < 3, 1 < 2 > 3, not 0, 5 and 0, None or "x", 3 if x else 4)
n = 0
while True:
    n += 1
    if n > 5: break
else: print("never")
for q in []: pass
else: print("else ran")
def m(v):
    match v:
        case 0: return "zero"
        case [x, y]: return f"pair {x} {y}"
        case [x, *rest]: return f"list {x} {rest}"
        case {"k": k, **r}: return f"map {k} {r}"
        case str() as s: return "str " + s
        case int(n) if n > 10: return "big"
        case 1 | 2: return "small"
        case None: return "none"
        case _: return "other"
print([m(v) for v in [0, [1, 2], [1, 2, 3], {"k": 1, "z": 2}, "q", 50, 2, None, 3.5]])
try:
    try: raise ValueError("a")
    except ValueError: raise KeyError("b")
except KeyError as e: print(repr(e.__context__))
try: raise TypeError("t") from ValueError("c")
except TypeError as e: print(repr(e.__cause__), e.__suppress_context__)
def unb():
    if n < 0: zz = 1
    return zz
try: unb()
except UnboundLocalError as e: print(e)
try: nosuch
except NameError as e: print(e)
del n
try: n
except NameError as e: print(e)
print(f"{3.14159:.2f} {255:#x} {'s':>5} {1000000:,} {x!r} {[1,2]!s:>8}|{5:03d}")
print("%s %d %.3f %r %5s|%-5s|" % ("a", 5, 2.5, "q", "r", "l"))
print(2 ** 100, 10 ** 20 // 3, -7 // 2, -7 % 3, 7 / 2, 2 ** -1, 1 << 70, (1 << 70) >> 68, 9223372036854775807 + 1)
print(0.1 + 0.2, 1e100, 1e-5, float("inf"), -0.0, 3.0, int("42"), int(3.9), float("2.5"), str(5) + "x", round(2.567, 2), round(2.5))
print(min(3, 1, 2), max([4, 9, 2]), sorted([3, 1, 2], reverse=True), list(zip([1, 2], "ab")), list(enumerate("ab", 1)), list(map(lambda v: v + 1, [1, 2])), list(filter(None, [0, 1, 2])), any([0, 1]), all([1, 0]), sum([1, 2, 3]))
print([1, 2, 3][::-1], "hello"[1:3], [1, 2, 3, 4][1::2], list(range(10, 0, -3)), (1, 2) + (3,), [0] * 3, "ab" * 2)
assert True
try: assert 1 == 2, "msg"
except AssertionError as e: print("assert", e)
print((lambda *a, **k: (a, k))(1, z=2))
if (w := 5) > 3: print(w)
d = {1: "a", "b": 2}
d[3.0] = "c"
print(d, 3 in d, d.get(9), d.get(9, "def"), list(d.items()), len(d))
del d[1]
print(d)
try: d[77]
except KeyError as e: print("KeyError", e)
s = {3, 1, 2}
print(s, s | {5}, s & {1}, s - {1}, 2 in s)
