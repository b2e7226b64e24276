"""Where patterns are found: what the search may skip, and loops that give back characters, also in texts with characters beyond the first plane."""

import re

TEXTS = [
    "",
    "aab",
    "xx\nab ac",
    "ab\U0001f600ab",
    "\U0001f600\U0001f600a",
    "P" * 70 + "Perl",
    "a,b7,c9,;",
    "\nfoo\nbar",
    "caf\u00e9 \u20ac1",
]
PATTERNS = [
    "Perl|Python|P\\Z",
    "a[bc]|;",
    ".*b",
    ".*?b",
    "(.*)(b)",
    ".*P.*l",
    "\\w+,",
    "\\w+?,",
    "(\\w+),\\1?",
    "(.).*\\1",
    "[^x]*a",
    "(?:[a-z]\\d*,){2}",
    "(?:a|b|c|e|f|o|1|P|\\n|;|x)\\Z",
    "^a|^b",
    "(?m)^[bf]",
    "(?<=a)b",
    "(?!a)\\w",
    "\\b\\w",
    "(?i)p(?=E)",
    ".\\Z",
    "\\W+?a",
    "(\\W)\\1",
    "\\W{2}a",
    "\u20ac.",
    "",
]
for pattern in PATTERNS:
    for flags in (0, re.S):
        compiled = re.compile(pattern, flags)
        print(pattern, [[found.span() for found in compiled.finditer(text)] for text in TEXTS])
    print([str(compiled.search(text, 2)) for text in TEXTS[:5]], [bool(compiled.fullmatch(text)) for text in TEXTS])
print(re.sub(rb"a[bc]|\xe9", b"-", b"abc\xe9ac"), re.split("b*?,|x", "abb,xb,,"), re.findall("(?s).*?;", "a\n;b;;"))


def places(compiled, text):
    """Where it matches, tried at every place: the search may skip none of them."""
    return [place for place in range(len(text) + 1) if compiled.match(text, place)]


LETTERS = "".join("acgtagctgat\u0101"[pow(5, number, 10007) % 12] for number in range(150))
for pattern in ("agg|tta", "[cgt]gt|ac[acg]", "a.g|t|\u0101g", "(?:ag|ca|tt|gc|ga|gg|gt|ct|tca)a", "g$", "[^a]\\Z", "g?t?\\Z", "c(?=\u0101)", "x|", "tgc\u0101t?g"):
    compiled = re.compile(pattern)
    for text in (LETTERS, LETTERS[::-1], LETTERS.replace("\u0101", "n"), LETTERS.replace("a", "\U0001f600"), "ag", "a", ""):
        found = places(compiled, text)
        for start in range(0, len(text) + 1, 7):
            first = compiled.search(text, start)
            assert (first.start() if first else None) == next((place for place in found if place >= start), None), (pattern, text, start)
    print(pattern, len(places(compiled, LETTERS)), places(compiled, LETTERS)[-3:])
