"""Powers of ints and floats: what fits a word, what does not, and what is refused."""

BASES = (0, 1, -1, 2, -2, 3, 7, -10, 46341, 3037000500, 2**40, -(2**63), True, 0.0, -0.0, 1.5, -2.0, -1e200, float("inf"), float("nan"))
EXPONENTS = (0, 1, 2, 3, 5, 15, 31, 62, 63, 64, 65, -1, -2, -3, 0.5, -0.5, 2.0, -2.0, True, float("inf"), float("nan"))


def power(base, exponent, how):
    try:
        return base**exponent if how == 0 else pow(base, exponent) if how == 1 else pow(base, exponent, None)
    except ArithmeticError as error:
        return f"{type(error).__name__}: {error}"


def table():
    for base in BASES:
        row = []
        for exponent in EXPONENTS:
            results = [repr(power(base, exponent, how)) for how in range(3)]
            assert results[0] == results[1] == results[2], results
            row.append(results[0] if len(results[0]) < 40 else results[0][:16] + "..." + results[0][-8:])
        print(base, row)


def often():
    total = 0
    for number in range(-30, 200):
        total += number**3 + (number / 3) ** 2 + (number - 0.5) ** 3 + pow(number, 4) + 2 ** (number & 31) + pow(number, 2, 7)
    return total


table()
print(often())
