"""Attributes by names that are values; copies of dicts; sorted ints; methods of small numbers: hot, and with every kind of answer."""


class Plain:
    kind = "plain"

    def __init__(self, x):
        self.x = x

    def method(self):
        return self.x

    @property
    def double(self):
        return 2 * self.x


class Answering:
    def __getattr__(self, name):
        if name == "missing":
            raise AttributeError(name)
        return name.upper()


class Slotted:
    __slots__ = ("x",)


def ask(thing):
    return [
        getattr(thing, "x", "no x"),
        getattr(thing, "kind", "no kind"),
        getattr(thing, "double", "no double"),
        getattr(thing, "missing", None),
        hasattr(thing, "method"),
        hasattr(thing, "__len__"),
        getattr(thing, "__name__", "no name"),
        callable(getattr(thing, "method", 0)),
    ]


things = [Plain(1), Plain("a"), Answering(), Slotted(), Plain, Slotted, 5, "text", [], {}, ask, print, None, int, str]
slotted = Slotted()
slotted.x = 7
things.append(slotted)
for turn in range(60):
    told = [ask(thing) for thing in things]
    if turn == 40:
        Plain.missing = "here now"
        Plain.kind = property(lambda self: "asked")
print([[type(answer).__name__ if "object" in repr(answer) else answer for answer in each] for each in told])


def representations(values):
    return [
        getattr(type(value), "__repr__", None) is kind.__repr__ for value, kind in zip(values, (int, str, list, dict))
    ]


for _ in range(50):
    answer = representations([1, "a", [], {}])
print(answer)
for wrong in (lambda: getattr(5, "x"), lambda: getattr(5, 5), lambda: hasattr(5, None), lambda: setattr(5, "x", 1)):
    try:
        print(wrong())
    except Exception as problem:
        print(type(problem).__name__, problem)


def copies(count):
    known = {}
    for number in range(count):
        known[number % 7, number % 3] = number
        other = known.copy()
        other[number] = "more"
        if number % 5 == 0:
            del known[next(iter(known))]
        if number % 11 == 0:
            known.clear()
    return known, other, dict(a=1, b=2).copy() | {"c": 3}


print(copies(200))


def named(**names):
    other = names.copy()
    other["last"] = len(names)
    return names, other


for _ in range(50):
    pair = named(one=1, two=2)
print(pair, named())


def bits(numbers):
    total = 0
    for number in numbers:
        total += number.bit_length() + (0.5 * number).is_integer() + True.bit_length()
    return total


print(bits(list(range(300))), [n.bit_length() for n in (-1, -8, 2**62, -(2**63), 2**63, 2**100, True)])
for numbers in (
    [3, 1, 2, 3, 1],
    list(range(20, 0, -1)),
    [1 << 50, -(1 << 50), 0],
    [5] * 9,
    [],
    [2**62, -(2**62), 1, 1],
):
    print(sorted(numbers), sorted(numbers, reverse=True), sorted(bytes(number & 255 for number in numbers)))
data = bytes(range(256)) * 3
print(
    [data.find(bytes([byte]), byte * 2) for byte in (0, 1, 255)],
    data.find(b"\x01\x02", 5),
    data.find(b"", 800),
    data.find(b"x", 5, 4),
)
print(
    ["<%s>" % text for text in ("", "a", "\u20ac")], "%s%%" % "a", "100%% of %s" % "it", "%s" % ("b",), "\u20ac%s" % "c"
)
print(
    ["%s: %s" % pair for pair in (("a", "b"), ("", ""), ("\u20ac", "x"), (1, "x"))],
    "%s%s" % ("ab", "cd"),
    "aaaa%s" % ("",),
)
for template, given in (
    ("%s", ()),
    ("%s", ("a", "b")),
    ("aaaa%s", ("", "", "")),
    ("%", "a"),
    ("%s%", "a"),
    ("no", ("",)),
):
    try:
        print(template % given)
    except (TypeError, ValueError) as problem:
        print(type(problem).__name__, problem)


def come_and_go(count):
    """Keys of a dict that are put in and taken out again and again."""
    known = {"stays": 0}
    for number in range(count):
        known[number] = number
        known[-number] = number
        if number % 3:
            del known[number]
        known.pop(-number, None)
        if len(known) > 20:
            for key in list(known)[1::2]:
                del known[key]
    return known


print(come_and_go(2000))
