"""Order of evaluation, closures that share variables, loops and how they are left, calls with keywords and defaults."""

from tracewright_testing.dialect_groups.group import Group

FLOW = Group(
    "flow",
    patterns={
        "i": (
            "tap(log, {i})", "(tap(log, {i}) ^ tap(log, {i}))", "wrap_sub(tap(log, {i}), tap(log, {i}))", "keyed_call(c=tap(log, {i}), a={i})", "keyed_call({i}, c=tap(log, {i}), b=tap(log, {i}))", "keyed_call({i}, {i})", "(tap(log, {i}) if tap(log, {i}) > 3 else tap(log, {i}))",
            "[tap(log, {i}), tap(log, {i})][u8(tap(log, {i})) & 1]", "triangle(u8({i}) & 15)", "ackermann(u8({i}) & 1, u8({i}) & 3)", "made_adder({i})({i})", "composed({k}, {k})({i})", "counted(log, {l})", "max(tap(log, {i}), tap(log, {i}))", "sum([tap(log, u8(NEW1)) for NEW1 in {l}])", "is_even(u8({i})) + 1",
        ),
        "b": ("(tap(log, {i}) < tap(log, {i}) < tap(log, {i}))", "({b} and tap(log, {i}) > 0)", "({b} or tap(log, {i}) == 0)", "any(tap(log, NEW1) > 0 for NEW1 in {l})", "all(tap(log, NEW1) > 0 for NEW1 in {l})", "is_even(u8({i}))", "(tap(log, {i}) in [tap(log, {i}), {i}])"),
        "s": ("(str(tap(log, {i})) + str(tap(log, {i})))", "'-'.join([str(tap(log, NEW1)) for NEW1 in {l}])[:40]", "greeting({s})", "greeting({s}, end={s})", "greeting(end={s}, word={s})"),
        "l": ("[tap(log, {i}), tap(log, {i})]", "each({l}, lambda NEW1: tap(log, NEW1))", "sorted({l}, key=lambda NEW1: u8(tap(log, NEW1)))", "flattened(u8({i}) & 3)"),
        "d": ("{ str(tap(log, {i})): tap(log, {i}), 'z': tap(log, {i}) }",),
        "k": ("made_adder({i})", "composed({k}, {k})"),
    },
    forms=(
        "shared(log, VAR_l)[u8(tap(log, {i})) & 1] ^= tap(log, {i})", "VAR_l[u8(tap(log, {i})) & 1] = tap(log, {i})", "VAR_d[str(tap(log, {i}))] = tap(log, {i})", "VAR_l[0], VAR_l[tap(log, 1)] = tap(log, {i}), tap(log, {i})", "NEW1 = NEW2 = {i}\nNEW2 ^= 1\nAFTER NEW1=i,NEW2=i",
        "for NEW1 in {l}[:4]:\n    if {b:NEW1=i}:\n        break\nelse:\n    BODY", "NEW1 = 0\nwhile True:\n    NEW1 += 1\n    if NEW1 > 3 or {b}:\n        break\n    LOOP\nelse:\n    log.append('never')\nAFTER NEW1=i", "NEW1 = -1\nfor NEW1 in range(u8({i}) & 3):\n    LOOP NEW1=i\nAFTER NEW1=i",
        "for NEW1 in range(2):\n    for NEW2 in range(NEW1, 3):\n        if {b:NEW1=i,NEW2=i}:\n            continue\n        if {b:NEW1=i,NEW2=i}:\n            break\n        log.append(f'{NEW1}{NEW2}')\n    else:\n        log.append('through')", "NEW1: list[Callable[[int], int]] = []\nfor NEW2 in range(3):\n    NEW1.append(lambda NEW3: NEW3 * 10 + NEW2)\nlog.append(shown_ints([NEW4(1) for NEW4 in NEW1]))",
        "NEW1: list[Callable[[int], int]] = []\nfor NEW2 in {l}[:3]:\n    NEW1.append(made_adder(NEW2))\nlog.append(shown_ints([NEW4(1) for NEW4 in NEW1]))", "NEW1 = made_counter({i})\nlog.append(str(NEW1({i})) + str(NEW1({i})))\nAFTER NEW1=k", "def NEW1(NEW2: int) -> int:\n    if NEW2 <= 0:\n        return 0\n    log.append(str(NEW2))\n    return NEW1(NEW2 - 2) + 1\nlog.append(str(NEW1(u8({i}) & 7)))\nAFTER NEW1=k",
        "def NEW1(NEW2: int) -> Callable[[int], int]:\n    def NEW3(NEW4: int) -> int:\n        nonlocal NEW2\n        NEW2 = wrap_add(NEW2, NEW4)\n        return NEW2\n    return NEW3\nNEW5 = NEW1({i})\nlog.append(shown_ints([NEW5(1), NEW5(2), NEW1(0)(3)]))\nAFTER NEW5=k", "if (NEW1 := {i}) > (NEW2 := {i}):\n    BODY NEW1=i,NEW2=i\nelif NEW1 == NEW2:\n    BODY NEW1=i", "while (NEW1 := len(log)) < 6:\n    log.append(f'w{NEW1}')\n    LOOP NEW1=i",
        "NEW1 = ({i} if {b} else {i}) if {b} else ({i} if {b} else {i})\nAFTER NEW1=i", "for NEW1 in range({i} & 7, -3, -(u8({i}) & 1) - 1):\n    LOOP NEW1=i", "for NEW1, NEW2 in enumerate(reversed({l}[:3])):\n    LOOP NEW1=i,NEW2=i", "NEW1 = [NEW2 for NEW3 in {l} if NEW3 if NEW3 > -9 for NEW2 in range(NEW3 & 3)]\nAFTER NEW1=l", "pass", "log.append(str(len(log)))", "if not ({b} and not {b}) or {b}:\n    BODY\nelse:\n    BODY",
        "VAR_k = {k}\nlog.append(str(call(VAR_k, {i})))", "NEW1: Callable[[int], int] = {k}\nlog.append(str(call(lambda NEW2: NEW1(NEW2) ^ 1, {i})))",
    ),
    prelude='''

def tap(log: list[str], value: int) -> int:
    """Tells when it is evaluated."""
    if len(log) < 40:
        log.append(f"<{value}>")
    return value


def shared(log: list[str], items: list[int]) -> list[int]:
    log.append("shared")
    return items


def keyed_call(a: int, b: int = 5, c: int = -1) -> int:
    return wrap_sub(wrap_mul(a, 3), wrap_add(b, wrap_mul(c, 7)))


def greeting(word: str, end: str = "!") -> str:
    return f"{word}{end}"[:20]


def triangle(n: int) -> int:
    return 0 if n <= 0 else n + triangle(n - 1)


def ackermann(m: int, n: int) -> int:
    if m == 0:
        return n + 1
    return ackermann(m - 1, 1) if n == 0 else ackermann(m - 1, ackermann(m, n - 1))


def is_even(n: int) -> bool:
    return n == 0 or is_odd(n - 1)


def is_odd(n: int) -> bool:
    return n != 0 and is_even(n - 1)


def made_adder(step: int) -> Callable[[int], int]:
    return lambda value: wrap_add(value, step)


def made_counter(start: int) -> Callable[[int], int]:
    count = start

    def advance(step: int) -> int:
        nonlocal count
        count = wrap_add(count, step)
        return count

    return advance


def composed(outer: Callable[[int], int], inner: Callable[[int], int]) -> Callable[[int], int]:
    return lambda value: outer(inner(value))


def counted(log: list[str], items: list[int]) -> int:
    log.append("counted")
    return len(items)


def flattened(depth: int) -> list[int]:
    if depth == 0:
        return [1]
    return [item + depth for _ in range(2) for item in flattened(depth - 1)]
''',
)  # fmt: skip
