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
