"""Texts: methods of str, case and classes of characters outside ASCII, slices with steps."""

from tracewright_testing.dialect_groups.group import Group

TEXTS = Group(
    "texts",
    patterns={
        "s": (
            "{s}.title()", "{s}.capitalize()", "{s}.swapcase()", "{s}.casefold()", "{s}.center(u8({i}) & 15)", "{s}.center(9, '*')", "{s}.expandtabs(4)", "{s}.removeprefix({s})", "{s}.removesuffix({s})", "{s}.rpartition({s} + 'a')[0]", "{s}.strip({s})", "{s}.lstrip({s} + 'a')", "{s}.rstrip('az')", "{s}.replace({s}, {s}, 1)[:40]", "oct(i16({i}))", "hex({i})", "bin(i8({i}))",
            '"\\u1e9e\\ufb03"', '"\\u0130I\\u0131i"', '"\\u00a0\\u2003x\\u3000"', '"\\u0663\\u00b2\\u00bd"', '"\\u03a3\\u03c3\\u03c2\\u1fb3"', '"e\\u0301"', '"a\\tb\\nc\\r\\nd\\x0be"', '"\\u2028x\\x85"', '"\\uffff\\U00010000"',
            '"\'"', "'\"\\'\\\\'", '"  "', '"0012"', '"-5"', '" 7 "', '"1_0"', '"+3"',
            "{s}.lstrip()", "{s}.rstrip()", "{s}[i8({i})::-1]", "{s}[::-2]", "{s}[i8({i}):i8({i}):3]", "{s}[-3:]", "{s}[:-1]", "{s}[i8({i}):]", "{s}.replace('', '.')[:30]", "{s}.replace({s}, '')", "{s}.rjust(u8({i}) & 15, '*')", "{s}.ljust(9, '\\u20ac')",
            "({s} + {s}).upper()[:30]", "{s}.lower().upper()[:30]", "''.join([NEW1 + '.' for NEW1 in {s}])[:30]", "''.join(chr(ord(NEW1) ^ 1) for NEW1 in {s})", "'-'.join(sorted(set({s})))[:20]", "{s}.join({t})[:40]", "{s}.partition({s} + 'a')[0]",
            "{s}.partition(' ')[2]", "repr({s} + {s})[:40]", "str({s} == {s})", "({s} or {s})", "({s} and {s})", "''.join(reversed({t}))[:30]", "({s} + 'xyz')[u8({i}) & 3]", "max({s} + 'b')", "min({s} + 'b')",
            "{s}[u8({i}) & 7:u8({i}) & 15]", "{s}.strip().strip()", "chr(ord(({s} + 'x')[-1]))", "{s}.zfill(i8({i}) & 15)", "('a' 'b')", "'\\n'.join({s}.splitlines())",
        ),
        "t": (
            "{s}.rsplit({s} + ' ', 1)", "{s}.rsplit(',')", "{s}.split(',', 1)", "{s}.split(None, 1)", "{s}.splitlines(True)", "{s}.rsplit()",
            "{s}.splitlines()", "{s}.split({s} + ' ')", "({s} + ',' + {s}).split(',')[:6]", "[NEW1 for NEW1 in {s}][:5]", "list({s}.partition('a'))", "[NEW1[::-1] for NEW1 in {t} if NEW1]", "sorted({t}, key=lambda NEW1: NEW1.lower())",
            "sorted({t}, key=lambda NEW1: (-len(NEW1), NEW1), reverse=True)", "[{s:NEW1=s} for NEW1 in {t} if ({b:NEW1=s}) != (len(NEW1) == 5)]", "sorted(set({t} + ['z']))[:3]", "[NEW1 + NEW2 for NEW1 in {t}[:2] for NEW2 in {t}[:2]]", "list(reversed({t}))",
        ),
        "i": (
            "{s}.index({s})", "{s}.rindex({s})", "{s}.find({s}, i8({i}), i8({i}))", "{s}.count({s}, i8({i}))", "int({s}, 16)", "int(hex(u32({i})), 16)", "oct(u8({i})).count('7')",
            "{s}.rfind({s})", "{s}.find({s}, u8({i}) & 7)", "{s}.count('')", "ord(max({s} + 'a'))", "(hash({s} + 'a') & 0)", "len({s}.upper())", "len({s}.encode())", "sum(ord(NEW1) for NEW1 in {s})", "len({s}.split())", "{t}.index({s})", "{t}.count({s})",
            "int({s})", "len({s} * (u8({i}) & 3))",
        ),
        "b": (
            "{s}.istitle()", "{s}.isdecimal()", "{s}.isascii()", "{s}.isprintable()", "{s}.startswith(('a', {s}))", "{s}.endswith({s}, 1)",
            "{s}.isspace()", "{s}.isupper()", "{s}.islower()", "{s}.isalnum()", "{s}.isdigit()", "{s}.isalpha()", "{s}.endswith({s})", "({s} >= {s})", "({s} < {s} <= {s})", "({s} not in {s})", "(({s}, {s}) < ({s}, {s}))", "({s}.upper() == {s})", "(not {s})",
            "({t} < {t})", "({s} in ('a', {s}))", "(hash({s} + 'a') == hash({s} + 'a'))", "all(NEW1.isalpha() for NEW1 in {s})", "({s}.lower() in {t})", "({s}[:1] == {s}[-1:])",
        ),
        "f": ("float({s})", "float(len({s}))"),
    },
    forms=(
        "VAR_s = VAR_s[1:] + VAR_s[:1]", "for NEW1, NEW2 in enumerate({s}[:4]):\n    LOOP NEW1=i,NEW2=s", "for NEW1 in reversed({s}[:4]):\n    LOOP NEW1=s", "VAR_t[u8({i}) & 1] += {s}",
        "for NEW1, NEW2 in zip({s}[:3], {s}):\n    LOOP NEW1=s,NEW2=s", "while VAR_s:\n    VAR_s = VAR_s[:-1]\n    VAR_s = VAR_s[:5]\n    log.append(VAR_s)", "VAR_s *= u8({i}) & 1",
        "match {s}.partition(','):\n    case (NEW1, ',', NEW2):\n        BODY NEW1=s,NEW2=s\n    case _:\n        BODY", "VAR_t.sort(key=len, reverse={b})", "VAR_t[i8({i}):i8({i})] = {t}\ndel VAR_t[6:]", "VAR_t.extend({t}[:2])\ndel VAR_t[:-6]",
    ),
)  # fmt: skip
