import math


def t(*fs):
    for f in fs:
        try:
            print(repr(f()))
        except Exception as e:
            print(type(e).__name__, e)


inf, nan = math.inf, math.nan
for x in [0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 2.5, 10.0, 700.0, 1000.0, -1000.0, 1e-300, 1e300, 5e-324, inf, -inf, nan]:
    row = []
    for name in "sqrt cbrt exp exp2 expm1 log1p sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh degrees radians floor ceil trunc fabs modf frexp log log2 log10 isnan isinf isfinite ulp".split():
        try:
            row.append(repr(getattr(math, name)(x)))
        except Exception as e:
            row.append(f"{type(e).__name__}: {e}")
    print(x, row)
for a in [0.0, -0.0, 1.5, -2.5, 7.0, inf, -inf, nan, 1e308, 3.0]:
    for b in [0.0, -0.0, 2.0, -3.0, 0.5, inf, -inf, nan]:
        row = []
        for name in "copysign pow atan2 fmod remainder hypot nextafter".split():
            try:
                row.append(repr(getattr(math, name)(a, b)))
            except Exception as e:
                row.append(f"{type(e).__name__}: {e}")
        print(a, b, row)
t(
    lambda: math.log(2**2000),
    lambda: math.log2(2**2000),
    lambda: math.log10(10**400),
    lambda: math.log(0),
    lambda: math.log(-5),
    lambda: math.log(8, 2),
    lambda: math.log(5, 1),
    lambda: math.log("a"),
    lambda: math.log(10**400, 10),
    lambda: math.sqrt("a"),
    lambda: math.sqrt(10**400),
    lambda: math.sqrt(True),
)
t(
    lambda: math.ldexp(1.5, 3),
    lambda: math.ldexp(1.0, 5000),
    lambda: math.ldexp(1.0, -1074),
    lambda: math.ldexp(1.0, -1075),
    lambda: math.ldexp(3.0, -1075),
    lambda: math.ldexp(1.0, -5000),
    lambda: math.ldexp(5e-324, 1074),
    lambda: math.ldexp(1e300, -2000),
    lambda: math.ldexp(1.7976931348623157e308, -2097),
    lambda: math.ldexp(1.0, 1.5),
    lambda: math.ldexp(0.7, -1050),
    lambda: math.ldexp(1.0, 10**30),
)
t(
    lambda: math.gcd(12, 18, 27),
    lambda: math.gcd(),
    lambda: math.gcd(-4, 6),
    lambda: math.lcm(4, 6),
    lambda: math.lcm(),
    lambda: math.lcm(0, 5),
    lambda: math.gcd(2**100, 2**70 * 3),
    lambda: math.isqrt(10**40),
    lambda: math.isqrt(-1),
    lambda: math.factorial(25),
    lambda: math.factorial(0),
    lambda: math.factorial(-1),
    lambda: math.factorial(2.0),
    lambda: math.comb(50, 25),
    lambda: math.comb(5, 7),
    lambda: math.comb(-1, 2),
    lambda: math.comb(5, -2),
    lambda: math.perm(5),
    lambda: math.perm(10, 3),
    lambda: math.perm(3, 5),
    lambda: math.prod([1, 2, 3]),
    lambda: math.prod([1.5, 2], start=2),
    lambda: math.prod([]),
    lambda: math.gcd(1.5),
    lambda: math.isqrt(2.5),
)
t(
    lambda: math.fsum([0.1] * 10),
    lambda: math.fsum([1e100, 1.0, -1e100]),
    lambda: math.fsum([inf, 1]),
    lambda: math.fsum([inf, -inf]),
    lambda: math.fsum([1e308, 1e308]),
    lambda: math.fsum([]),
    lambda: math.fsum([1e16, 1, 1e-16]),
    lambda: math.fsum([nan]),
    lambda: math.dist((1, 2), (4, 6)),
    lambda: math.dist((1,), (1, 2)),
    lambda: math.hypot(),
    lambda: math.hypot(3, 4, 12),
    lambda: math.hypot(1e308, 1e308),
    lambda: math.hypot(1e-310, 1e-310),
    lambda: math.hypot(0.1, 0.2),
    lambda: math.hypot(5e-324, 0),
    lambda: math.isclose(1, 1 + 1e-10),
    lambda: math.isclose(1, 2),
    lambda: math.isclose(1, 1.1, rel_tol=0.2),
    lambda: math.isclose(0, 1e-10, abs_tol=1e-9),
    lambda: math.isclose(1, 1, rel_tol=-1),
    lambda: math.isclose(inf, inf),
    lambda: math.isclose(inf, 1),
)
t(
    lambda: math.floor(2**60 + 0.5),
    lambda: math.floor(1e300),
    lambda: math.ceil(-0.5),
    lambda: math.trunc("a"),
    lambda: math.floor("a"),
    lambda: math.floor(inf),
    lambda: math.ceil(nan),
    lambda: math.trunc(-2.7),
    lambda: math.floor(5),
    lambda: math.pi,
    lambda: math.e,
    lambda: math.tau,
    lambda: math.nextafter(1, 2),
    lambda: math.ulp(1.7976931348623157e308),
)
state = 12345
bad = 0
for i in range(300):
    state = (state * 1103515245 + 12345) % 2**31
    a = state / 2**31 * 10 - 5
    state = (state * 1103515245 + 12345) % 2**31
    b = state / 2**31 * 1000 - 500
    print(
        math.hypot(a, b), math.fsum([a, b, a * b, -a, 1e-10]), math.remainder(b, a), math.dist([a, b, a * b], [b, a, 1])
    )
