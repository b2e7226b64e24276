"""What has a quick way for plain values, and what must not take it: templates, numbers in texts, membership, order."""


class Loud(str):
    def __str__(self):
        return "loud"

    def __eq__(self, other):
        print("asked")
        return False

    __hash__ = str.__hash__


class Shown:
    def __str__(self):
        return "str of it"

    def __repr__(self):
        return "repr of it"

    def __format__(self, specification):
        return "never asked"


def attempt(action):
    try:
        return action()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def templates(turn):
    one, text, wide = Shown(), "t%s" % turn, "\u20ac\U0001f600"
    print("%s|%r|%a" % (one, one, wide), "%s%%" % (turn,), "%%%s" % (text,), "%s" % ("",), "%s" % (Loud("x"),))
    print("%s: %s" % (text, wide), "%s %s %s" % (None, True, 1.5), "%s" % ((1, 2),), "%r" % ([text],))
    print(attempt(lambda: "%s %s" % (1,)), attempt(lambda: "%s" % (1, 2)), attempt(lambda: "%s %" % (1,)))
    print("%5s|%-5s|%.2s" % (text, text, "abc"), "%d %s" % (turn, turn), "%s %s" % (*text[:1], 2))
    print(f"{turn}{wide}{text}", f"{text}{turn}{one!s}", f"{turn!s:>4}", f"{2**70!s}", ", ".join([text, wide, text]))


def formats(turn):
    real = turn * 1.37 - 1.0
    for value in (turn, -turn, real, 2.675, 0.5, -0.0, 1e22, 1e-9, float("inf"), float("nan"), 2**60, 2**70, True):
        for text in ("5d", "05d", "d", "3", ".2f", "8.3f", "08.3f", "f", ".0f", "5.", "+.2f", "<6.1f", "1000d", ".12f"):
            print(attempt(lambda: format(value, text)), end="|")
        print(attempt(lambda: "%5.2f|%03d|%f|%.12f|%d%%" % (value, turn, value, real, real)))
    print("%5d|%05d|%.3d|%x|%5s" % (turn, -turn, turn, turn, turn), attempt(lambda: "%5d" % "a"), attempt(lambda: "%5.2f" % ()))
    print("abc".startswith("b", 1), "abc".endswith("b", 0, 2), "abc".startswith("", 3), "abc".startswith("", 4), "abc".endswith("abcd"))


def numbers(turn):
    for text in (
        "12",
        " -7 ",
        "+0",
        "007\n",
        "1_000",
        "",
        "-",
        "+ 1",
        "1__0",
        "0x1f",
        "12.5",
        "\u0661\u0662",
        "9" * 12,
        "9" * 13,
        "-" + "9" * 30,
    ):
        print(repr(text), attempt(lambda: int(text)), attempt(lambda: float(text)))
    for text, base in (
        ("ff", 16),
        ("-0xFF", 16),
        ("0b1", 16),
        ("0b11", 2),
        ("zz", 36),
        ("12", 2),
        ("0o17", 0),
        ("17", 0),
        ("z" * 12, 36),
        ("", 2),
    ):
        print(text, base, attempt(lambda: int(text, base)))
    print(int(b"12"), int(Loud("5")), attempt(lambda: int("x" * 5)), attempt(lambda: float("nope")), int("5") + turn)
    for left, right in (
        (7, 2),
        (-7, 2),
        (7, -2),
        (-7, -2),
        (7, -1),
        (-(2**63), -1),
        (2**70, 3),
        (7.5, 2),
        (True, 2),
        (7, 0),
        ("a", 1),
    ):
        print(left, right, attempt(lambda: divmod(left, right)))


def membership(turn):
    text, part = "ab" + str(turn), "".join(["a", "b"])
    print(
        text in ("x", "ab0", "ab1"),
        part in ("ab",),
        part in ("", 1, None, 2.5),
        1 in (1.0, "1"),
        True in (0, 1),
        2**70 in (1, 2**70),
    )
    print(
        part in (Loud("ab"), "q"),
        Loud("ab") in ("ab",),
        None in (1, None),
        text in ([], (), "ab2"),
        3 in [1, 2],
        3 in [3, "x"],
    )
    long = "x" * 300
    print(
        long + "y" in ("z", "x" * 300 + "y"), "xy" in (long + "y", long), 1 in ("1",)
    )


def order(turn):
    nan = float("nan")
    pairs = [
        ((1, turn), (1, 3)),
        ((1, "a"), (1, "b")),
        ((nan,), (nan,)),
        ((nan, 1), (nan, 2)),
        ((), (0,)),
        ((1, 2), (1, 2, 3)),
        ((1, 2.0), (1.0, 2)),
        (((1, 2), 3), ((1, 3), 0)),
    ]
    for left, right in pairs:
        print(left < right, left <= right, left == right, left != right, left > right, left >= right)
    print(
        attempt(lambda: (1, None) < (1, 2)),
        attempt(lambda: (None, 1) < (None, 2)),
        (1, None) == (1, 2),
        (Shown,) == (Shown,),
    )
    print(attempt(lambda: (1, "a") < (1, 2)), (1, Loud("a")) == (1, "a"), (True, 1) == (1, True))
    print(
        sorted([3, 1, turn]), sorted([2, 1, 3], reverse=True), sorted([(2, "b"), (1, "z"), (2, "a")]), sorted("hello")
    )
    print(
        sorted([3.5, -1.0, turn + 0.5], reverse=True),
        sorted(["b", "a", "b"], key=str.upper),
        sorted([True, 0, 1, False]),
    )
    print(
        sorted([-1, 1, -2, 2], key=abs),
        sorted([-1, 1, -2, 2], key=abs, reverse=True),
        sorted(range(20, 0, -3)),
        attempt(lambda: sorted([1, "a"])),
    )


for turn in range(3):
    templates(turn)
    formats(turn)
    numbers(turn)
    membership(turn)
    order(turn)

total = 0
for turn in range(700):
    whole, rest = divmod(turn, 7)
    total += whole - rest + int("12") + int(str(turn)) + len("%s: %s" % (turn, rest)) + (turn in (1, 2, 3))
    total += (
        ((turn, rest) < (turn, 3))
        + ("%s" % (rest,) in ("1", "2"))
        + sorted([3, rest, 1])[1]
        + len(f"{turn}{rest}{total}")
    )
print(total)
