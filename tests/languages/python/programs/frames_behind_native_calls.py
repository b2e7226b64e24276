"""Native functions run guest code, whose frames lie where slots of the caller were in use before."""

from math import gcd
class K:
    def __hash__(self):
        return 7
def gen(d, k, n):
    for i in range(n):
        d[k]
        x = gcd(*(12, 24, 36, 48, 60, 72, 84, 96, 108, 120, 132))
    yield x
k = K()
print(list(gen({k: 1}, k, 3000)))

class K:
    def __hash__(self):
        a = b = c = d = e = f = g = h = j = l = m = 5
        return sum((a, b, c, d, e, f, g, h, j, l, m, 1, 2, 3, 4, 5, 6, 7, 8))
class A:
    def __init__(self, n): self.attr = n
class B:
    def __init__(self, n): self.other = 1; self.attr = n
class C:
    def __init__(self, n): self.o2 = 1; self.other = 1; self.attr = n
def displays(xs, ys, zs, k, n):
    t = 0
    for i in range(n):
        s = xs[i]
        y = ys[i]
        z = zs[i]
        a = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, max(hash(k), s.attr)]
        hash(k)
        if y:
            b = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, max(hash(k), z.attr)]
            t += b[-1]
        t += len(a) + a[-1]
    yield t
A1, B1, C1 = A(1), B(1), C(1)
n = 12000
r = 12345
xs = []; ys = []
for i in range(n):
    r = (r * 1103515245 + 12345) & 0x7fffffff
    xs.append(B1 if (r >> 16) % 3 == 0 else A1)
    ys.append((r >> 20) % 3 == 0 and i > 4000)
zs = [A1] * n
for i in range(11000, 11100): zs[i] = C1
print(list(displays(xs, ys, zs, K(), n)))
