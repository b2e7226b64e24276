# Items of a tuple that is made in a loop, at an index that varies or that only the call knows.
def f(n):
    s = 0
    for i in range(n):
        t = (i, 7)
        s += t[i & 1]
    return s
def g(n, k):
    s = 0
    for i in range(n):
        t = (i, 7, i + 1)
        s += t[k]
    return s
print(f(30000), g(30000, 0), g(30000, 1), g(30000, 2))
