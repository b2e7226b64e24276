# Functions of complex numbers at the edges of their domains.
import cmath, math
values = [-math.inf, -1e308, -750.0, -2.0, -1.0, -1e-310, -0.0, 0.0, 1e-310, 0.3, 1.0, 1.5, 720.0, 1e200, math.inf, math.nan]
names = "acos acosh asin asinh atan atanh cos cosh exp log log10 sin sinh sqrt tan tanh polar isinf isnan isfinite".split()
for name in names:
    shown = []
    for x in values:
        for y in values:
            try:
                z = getattr(cmath, name)(complex(x, y))
                if isinstance(z, complex):
                    z = f"{z.real:.12g},{z.imag:.12g}"
                elif isinstance(z, tuple):
                    z = "%.12g,%.12g" % z
                shown.append(str(z))
            except (ValueError, OverflowError) as fault:
                shown.append(type(fault).__name__)
    print(name, *shown)
for r in values:
    shown = []
    for phi in values:
        try: z = cmath.rect(r, phi); shown.append(f"{z.real:.10g},{z.imag:.10g}")
        except ValueError as f: shown.append(str(f))
    print("rect", r, *shown)
print(cmath.log(8, 2), cmath.isclose(1, 1 + 1e-10), cmath.sqrt(-1), cmath.exp(1j * cmath.pi), cmath.infj, cmath.nanj, cmath.tau)
for bad in ("x", None, [1]):
    try: cmath.sqrt(bad)
    except TypeError as f: print(f)
