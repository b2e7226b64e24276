"""Values that may be None, of all kinds, and how tests narrow them."""

from tracewright_testing.dialect_groups.group import Group, Kind

OPTIONALS = Group(
    "optionals",
    kinds={
        "mshape": Kind("Shape | None", "shown_maybe_shape({0})", ("None", "Square(3)"), ("{h}", "({h} if {b} else None)", "{h}.next", "found_shape([{h}, {h}], {i})")),
        "mtext": Kind("str | None", "repr({0})", ("None", '"\\u00e9"'), ("{s}", "({s} if {b} else None)", "{names_maybe}", "(None if {i} < {i} else {s})")),
        "mreal": Kind("float | None", "repr({0})", ("None", "-0.0"), ("{f}", "({f} if {b} else None)", "({mreal} if {b} else {mreal})")),
        "mflag": Kind("bool | None", "repr({0})", ("None", "True", "False"), ("{b}", "({b} if {b} else None)")),
        "mlist": Kind("list[int] | None", "shown_maybe_list({0})", ("None", "[4]"), ("{l}", "({l} if {b} else None)")),
        "names_maybe": Kind("str | None", "repr({0})", ("None",), ("({s} if {b} else None)",)),
        "mtwo": Kind("tuple[int, str] | None", "shown_maybe_two({0})", ("None", '(1, "")'), ("({i}, {s})", "(({i}, {s}) if {b} else None)")),
        "maybes": Kind("list[int | None]", "shown_maybes({0})", ("[None, 1]",), ("[{i}, {m}, {m}]", "[(NEW1 if NEW1 > 1 else None) for NEW1 in {l}]", "[{d}.get(NEW1) for NEW1 in {t}]")),
    },
    patterns={
        "i": ("int_or({m}, {i})", "({m} or {i})", "len({mtext} or 'xy')", "len({mlist} or [1])", "size_of({mshape})", "(1 if {mflag} is None else 2)", "int_or({maybes}[0], 9)", "{maybes}.count({m})", "({i} if {mtwo} is None else 5)", "chain_length({h})"),
        "s": (
            "repr({maybes})[:60]", "repr({mtwo})", "str({mlist})[:40]",
            "({mtext} or 'none')", "repr({mreal})", "str({mflag})", "str({mtext})", "repr({m})"),
        "b": ("({mshape} is None)", "({mtext} == {s})", "({mtext} == {mtext})", "({mreal} == {mreal})", "bool({mlist})", "({mtext} is not None)", "({m} in {maybes})", "({mtwo} == {mtwo})", "({mflag} == {b})", "({mshape} is {mshape})", "({m} != {m})", "(not {mtext})", "(not {m})", "({mreal} is None or {b})", "({maybes} == {maybes})", "(None in {maybes})"),
        "f": ("({mreal} or {f})",),
        "m": ("{maybes}[u8({i}) & 1]", "({m} if {m} is None else {i})", "max_or_none({l})"),
        "l": ("({mlist} or {l})", "[NEW1 for NEW1 in {maybes} if NEW1 is not None]", "[int_or(NEW1, 0) for NEW1 in {maybes}]"),
    },
    forms=(
        "NEW1: str | None = {mtext}\nif NEW1 is None:\n    NEW1 = {s}\nlog.append(NEW1)\nAFTER NEW1=s", "NEW1: Shape | None = {mshape}\nif NEW1 is not None and NEW1.size > {i}:\n    BODY NEW1=h\nelse:\n    BODY", "NEW1: Shape | None = {mshape}\nwhile NEW1 is not None and {b}:\n    log.append(str(NEW1.size))\n    NEW1 = NEW1.next if NEW1.next is not NEW1 else None\n    if len(log) > 9:\n        break",
        "NEW1: float | None = {mreal}\nif NEW1:\n    BODY NEW1=f\nelif NEW1 is None:\n    BODY", "NEW1: list[int] | None = {mlist}\nif NEW1:\n    BODY NEW1=l", "NEW1: int | None = {m}\nNEW2 = NEW1 if NEW1 is not None else {i}\nAFTER NEW2=i", "NEW1: str | None = {mtext}\nNEW2 = len(NEW1) if NEW1 else -1\nAFTER NEW2=i",
        "NEW1: int | None = None\nfor NEW2 in {l}:\n    if NEW1 is None or NEW2 > NEW1:\n        NEW1 = NEW2\nAFTER NEW1=m", "for NEW1 in {maybes}:\n    if NEW1 is None:\n        continue\n    log.append(str(NEW1 & 255))", "VAR_maybes.append({m})\ndel VAR_maybes[5:]", "VAR_maybes[0] = {m}",
        "NEW1: bool | None = {mflag}\nif NEW1 is not None:\n    BODY NEW1=b", "match {mtext}:\n    case None:\n        BODY\n    case 'a':\n        BODY\n    case NEW1:\n        BODY NEW1=s", "match {mshape}:\n    case Named(name=NEW1):\n        BODY NEW1=s\n    case Square(size=NEW2):\n        BODY NEW2=i\n    case None:\n        BODY\n    case _:\n        BODY",
        "NEW1: tuple[int, str] | None = {mtwo}\nif NEW1 is not None:\n    NEW2, NEW3 = NEW1\n    log.append(NEW3 + str(NEW2))", "if (NEW1 := max_or_none({l})) is not None and NEW1 > 3:\n    BODY NEW1=i", "if (NEW1 := text_or_none({mtext})):\n    BODY NEW1=s", "while (NEW1 := chain_next({mshape})) is not None and len(log) < 9:\n    log.append(NEW1.label())",
        "NEW1: str | None = {mtext}\nNEW2: str | None = {mtext}\nif NEW1 is None or NEW2 is None:\n    log.append('one is missing')\nelse:\n    log.append(NEW1 + NEW2)", "NEW1: Shape | None = {mshape}\nif not isinstance(NEW1, Square):\n    log.append('no square')\nelse:\n    log.append(str(NEW1.area()))", "VAR_h.next = {mshape}",
    ),
    prelude='''

def text_or_none(word: str | None) -> str | None:
    return word


def int_or(number: int | None, other: int) -> int:
    if number is None:
        return other
    return number


def size_of(shape: Shape | None) -> int:
    return shape.size if shape is not None else -1


def chain_next(shape: Shape | None) -> Shape | None:
    return shape.next if shape else None


def chain_length(shape: Shape) -> int:
    length = 0
    at: Shape | None = shape
    while at is not None and length < 9:
        length += 1
        at = at.next
    return length


def found_shape(shapes: list[Shape], size: int) -> Shape | None:
    for shape in shapes:
        if shape.size > size:
            return shape
    return None


def max_or_none(items: list[int]) -> int | None:
    return max(items) if items else None


def shown_maybe_shape(shape: Shape | None) -> str:
    return "none" if shape is None else shape.label()


def shown_maybes(items: list[int | None]) -> str:
    return ",".join([shown_maybe(item) for item in items])[:90]


def shown_maybe_two(pair: tuple[int, str] | None) -> str:
    return "none" if pair is None else f"{pair[0]}{pair[1]!r}"


def shown_maybe_list(items: list[int] | None) -> str:
    return "none" if items is None else shown_ints(items)
''',
)  # fmt: skip
