"""Format specifications that are wrong, in CPython's words, and the flag `z`."""

for value, specification in [
    (1j, "%M"), ("a", "%M"), (1, "%M"), (1.5, ",_"), (1, "_,"), (1, ",,"), (1, "__"), (1, "z"), ("a", "z"), (1.0, "z.1"),
    (1, ",s"), (1.5, "x"), (1, "0<s"), (2, "."), (2, ".2"), ("x", "="), ("x", "+"), ("x", " "), ("x", "#"), (1j, "=10"),
    (1j, "010"), (1.0, "1" * 30), (1.0, "." + "1" * 30), (1, "zd"), (-0.0, "z.1f"), (-0.0, "z"), (-0.001, "z.1f"),
    (-0.01 + 0j, "z.1f"), (1, "_,x"), (1, ",_x"), (1, ",x"), (1, "_s"), (1234567, "015,"), (1234, "05,"), (1234, "06,"),
    (-1234, "08,"), (1234567.25, "020,.1f"), (255, "#012_x"), ("ab", "010"), ("ab", "05s"), (65, "+c"), (65, "#c"),
    (10**30, "040,"), (-0.0, "+z.1f"), (-1e-9, "z.3e"), (-0.0001, "z%"), (1 + 2j, ",.2f"), ("abc", "*^7.2"),
]:
    try:
        print(repr(format(value, specification)))
    except ValueError as error:
        print(value, specification, error)
for size in (1 << 70,):
    for template in (f"%.{size}f", f"%{size}f"):
        try:
            template % 2.5
        except ValueError as error:
            print(error)
