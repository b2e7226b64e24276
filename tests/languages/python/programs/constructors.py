print(dict(), dict({1: 2}), dict(a=1), dict([(1, 2)], b=3), list(), list("ab"), set("a"), set())
for f in [
    lambda: dict(1, 2),
    lambda: list(1, 2),
    lambda: set(1, 2),
    lambda: list(a=1),
    lambda: set(a=1),
    lambda: dict(1),
]:
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
