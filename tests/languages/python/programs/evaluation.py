x = 5
print(eval("x + 1"), eval("a * 2", {"a": 4}))
exec("y = x * 2\ndef g(n): return n + y")
print(y, g(3))
d = {"q": 1}
exec("q += 1; r = 7", d)
print(d["q"], d["r"])
def f(a, b=3):
    c = a + b
    return sorted(locals().items()), eval("a + c")
print(f(1))
print("x" in globals(), globals()["x"])
globals()["z"] = 9
print(z)
class K:
    v = 1
    print(sorted(k for k in locals() if k[:2] != "__"))
try: eval("1 +")
except SyntaxError as e: print(e.msg, e.lineno)
c = compile("x * 100", "f", "eval")
print(eval(c))
try: exec("raise ValueError('in exec')")
except ValueError as e: print(e)
import math
print(__import__("math") is math, __name__)
