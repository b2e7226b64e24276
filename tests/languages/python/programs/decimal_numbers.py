"""`decimal`: contexts, signals, construction, texts; and operations on numbers at random, one checksum for each operation."""

import copy
import decimal
import pickle
import zlib
from decimal import *
from fractions import Fraction

print(Decimal("1.1") + Decimal("2.25"), Decimal(3) / Decimal(7), repr(Decimal("1E+5") * 3), pow(Decimal(10), 2, 7))
print(f"{Decimal('3.14159'):.2f}", Decimal("-0"), abs(Decimal("-3.5")), divmod(Decimal(7), 3), round(Decimal("2.675"), 2))
print(hash(Decimal("3")) == hash(3), hash(Decimal("2.5")) == hash(2.5), sum([Decimal("0.1")] * 10))
print(Decimal(4).sqrt(), Decimal("0.0016").sqrt(), Decimal(2).sqrt(), Decimal("9E+3").sqrt(), Decimal(2).ln())
print(Fraction(1, 3) < Decimal("0.34"), Decimal("0.5") == Fraction(1, 2), Decimal("0.5") == 0.5, Decimal(3) > 2.5)
with localcontext(prec=5) as context:
    print(Decimal(1) / 3, context)
print(Decimal(1) / 3, [name for name in dir(decimal) if name[0] != "_"])
print(pickle.loads(pickle.dumps(Context(prec=3))), pickle.loads(pickle.dumps(Decimal("1.50"))), copy.deepcopy(Decimal("2.5")))


class Amount(Decimal):
    pass


print(repr(Amount("1.5")), type(Amount("1.5") + 1), type(Amount.from_float(0.5)))
for wrong in (
    lambda: Decimal("1..2"),
    lambda: Decimal(""),
    lambda: Decimal("1e"),
    lambda: Decimal("NaN") < 1,
    lambda: Decimal(None),
    lambda: Decimal((1, 2)),
    lambda: Decimal(1) / 0,
    lambda: Decimal(0) / 0,
    lambda: Decimal(1).quantize(Decimal("1E-40")),
    lambda: Context(prec=0),
    lambda: Context(rounding="x"),
    lambda: int(Decimal("inf")),
    lambda: Decimal("1E+999999") * 10,
    lambda: hash(Decimal("sNaN")),
):
    try:
        print(wrong())
    except Exception as problem:
        print(type(problem).__name__, problem)


class Numbers:
    """Numbers at random."""

    SPECIAL = "Infinity -Infinity NaN -NaN sNaN NaN123 sNaN45 0 -0 0E+5 0E-10 -0.00 1 -1 5 0.5 1E+999 9.99E-999 10 1E+10".split()

    def __init__(self, state):
        self.state = state

    def below(self, bound):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        return (self.state >> 33) % bound

    def one_of(self, things):
        return things[self.below(len(things))]

    def number(self):
        if self.below(12) == 0:
            return Decimal(self.one_of(self.SPECIAL))
        digits = "".join([str(self.below(10)) for _ in range(1 + self.below(self.one_of((3, 6, 12, 20, 40))))])
        if self.below(6) == 0:
            digits = digits[0] + "9" * self.below(25)
        digits += self.one_of(("", "", "", "0" * self.below(12), "5"))
        exponent = self.below(self.one_of((2, 5, 20, 60))) * self.one_of((1, -1))
        return Decimal(f"{self.one_of(('', '-'))}{digits}E{exponent}")


BINARY = "add subtract multiply divide divide_int remainder remainder_near quantize compare divmod same_quantum copy_sign".split()
UNARY = "plus minus abs sqrt normalize to_integral_value to_integral_exact to_sci_string to_eng_string number_class create_decimal".split()
ROUNDINGS = (ROUND_DOWN, ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_HALF_DOWN, ROUND_05UP)
OTHERS = {
    "fma": lambda a, b, c: getcontext().fma(a, b, c),
    "order": lambda a, b, c: [a == b, a != b, a < b, a <= b, a > b, a >= b, a == 1, a < 2, a == 0.5],
    "parts": lambda a, b, c: (a.as_tuple(), a.adjusted(), Decimal(a.as_tuple())),
    "operators": lambda a, b, c: [a + 1, 2 - a, a * 3, 1 / a, a // 7, 10 % a, -a, +a, abs(a)],
    "rounds": lambda a, b, c: [round(a, 2), round(a, -1), round(a), a.__floor__(), a.__ceil__()],
    "ints": lambda a, b, c: [int(a), a.as_integer_ratio(), float(a)] if -60 < a.adjusted() < 60 else None,
    "texts": lambda a, b, c: [str(a), Decimal(f" {a} "), bool(a), f"{a:.3f}"],
    "floats": lambda a, b, c: [Decimal(0.1), Decimal.from_float(float(a)) if a.is_finite() and a.adjusted() < 20 else 0],
}
numbers = Numbers(1)
sums = {}
for turn in range(900):
    context = Context(
        prec=numbers.one_of((1, 2, 3, 5, 9, 16, 17, 18, 19, 20, 28, 34, 50)),
        rounding=numbers.one_of(ROUNDINGS),
        Emax=(highest := numbers.one_of((999999, 99, 12, 384, 40))),
        Emin=-highest,
        clamp=numbers.below(2),
        capitals=numbers.below(2),
        traps=numbers.one_of(([], [], [], [InvalidOperation, DivisionByZero], [Inexact, Rounded, Underflow, Clamped])),
    )
    setcontext(context)
    a, b, c = numbers.number(), numbers.number(), numbers.number()
    name = numbers.one_of((*BINARY, *UNARY, *OTHERS))
    try:
        if name in BINARY:
            result = getattr(context, name)(a, b)
        elif name in UNARY:
            result = getattr(context, name)(a)
        else:
            result = OTHERS[name](a, b, c)
    except Exception as problem:
        result = problem
    sums[name] = zlib.crc32(f"{a} {b} {c} {result!r} {context}".encode(), sums.get(name, 0))
print(sums)
