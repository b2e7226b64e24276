print(
    "Hello".upper(),
    "a,b,,c".split(","),
    " x ".strip(),
    "a b  c".split(),
    "x".join(["1", "2"]),
    "{}-{x}-{!r:>5}".format(1, 2, x="q"),
)
for f in [
    lambda: "a".find(1),
    lambda: "a".split(""),
    lambda: "".join([1]),
    lambda: "".join(3),
    lambda: "a".startswith(1),
    lambda: "a".center(3, "ab"),
    lambda: "a".index("b"),
    lambda: "a".replace(1, 2),
    lambda: "a".partition(""),
    lambda: "a".strip(1),
    lambda: "a".find("a", "b"),
    lambda: "a".upper(1),
    lambda: "a".split(x=1),
    lambda: "a".zfill("x"),
    lambda: "{} {}".format(1),
    lambda: "{a}".format(),
    lambda: "{".format(),
    lambda: "}".format(),
    lambda: "{0.a}".format(1),
    lambda: str.maketrans("ab", "c"),
    lambda: "a".removeprefix(1),
]:
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(
    "ß".upper(),
    "ǆ".title(),
    "İ".lower(),
    "½".isnumeric(),
    "½".isdigit(),
    "²".isdigit(),
    "é1_".isidentifier(),
    "1a".isidentifier(),
    "一".isnumeric(),
)
print(
    "abcabc".translate(str.maketrans("ab", "xy", "c")),
    "abc".translate({97: None, 98: "zz"}),
    str.maketrans({"a": 1, 2: "b"}),
)
print(
    "abcabc".rfind("b"),
    "abcabc".rfind("b", 0, -2),
    "abc".find("", 3),
    "abc".find("", 4),
    "abc".count(""),
    "aaaa".count("aa"),
    "abc".startswith(("x", "a")),
    "abc".endswith("c", 0, 2),
)
print(
    "a\nb\r\nc".splitlines(),
    "a\nb\r\nc".splitlines(True),
    "a\tb".expandtabs(4),
    "-5".zfill(5),
    "abc".center(8, "*"),
    "a.b.c".rsplit(".", 1),
    "a.b.c".rpartition("."),
    "aXbX".replace("X", "-", 1),
)
print(
    "Hello World".swapcase(),
    "hello world".title(),
    "they're".title(),
    "HELLO".casefold(),
    "hello".capitalize(),
    "TestHook".removeprefix("Test"),
    "a".isupper(),
    "A1".isupper(),
)
print(
    "{:>10}|{:<8}|{:^7}|{:08.3f}|{:+d}|{:x}|{:#b}|{:,}|{:_}|{:%}|{:e}|{!r}".format(
        "a", "b", "c", 3.14159, 5, 255, 5, 1234567, 1234567, 0.25, 12345.678, "q"
    )
)
print("{0[1]}{1[a]}{2}{x:{w}}".format([1, 2], {"a": 3}, 4, x=5, w=6))
