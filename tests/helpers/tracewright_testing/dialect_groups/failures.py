"""Exceptions: hierarchies with fields, errors kept and raised again, every way through try, finally and with."""

from tracewright_testing.dialect_groups.group import Group

FAILURES = Group(
    "failures",
    patterns={
        "i": ("risky({i})", "risky(u8({i}))", "rescued({i}, log)", "unwound(log, u8({i}) & 7)", "{l}[risky({i}) & 7]"),
        "s": ("caught_text({i})", "caught_text(u8({i}) & 7)"),
        "b": ("fails({i})",),
    },
    forms=(
        "try:\n    TRY\nexcept Trouble as NEW1:\n    log.append(name_of(NEW1))\n    if {b}:\n        raise Deeper(str(NEW1), NEW1.code)\nfinally:\n    log.append('finally')",
        "try:\n    TRY\nfinally:\n    if {b}:\n        log.append({s})\n    else:\n        BODY", "for NEW1 in range(3):\n    try:\n        LOOP NEW1=i\n    finally:\n        log.append(f'after {NEW1}')", "for NEW1 in {l}[:3]:\n    try:\n        if {b:NEW1=i}:\n            continue\n        if {b:NEW1=i}:\n            break\n        log.append(str(risky(NEW1)))\n    except (Trouble, ValueError) as NEW2:\n        log.append(name_of(NEW2))\n        continue\n    else:\n        log.append('fine')\n    finally:\n        log.append('round')\nelse:\n    log.append('all')",
        "try:\n    try:\n        TRY\n    except KeyError:\n        log.append('inner')\n        raise\n    finally:\n        log.append('between')\nexcept LookupError as NEW1:\n    log.append('outer ' + name_of(NEW1))", "NEW1: Exception | None = None\ntry:\n    TRY\nexcept Exception as NEW2:\n    NEW1 = NEW2\nif NEW1 is not None:\n    log.append(name_of(NEW1))",
        "try:\n    try:\n        TRY\n    finally:\n        log.append(str(risky({i})))\nexcept (Trouble, ValueError, ArithmeticError) as NEW1:\n    log.append(name_of(NEW1))", "with Guard(log, {b}) as NEW1, Guard(log, {b}) as NEW2:\n    TRY NEW1=i,NEW2=i", "with Guard(log, True):\n    with Guard(log, {b}):\n        TRY\n    log.append('between')", "with Strict(log, {i}) as NEW1:\n    TRY NEW1=s",
        "try:\n    with Strict(log, {i}):\n        TRY\nexcept Exception as NEW1:\n    log.append('with ' + name_of(NEW1))", "while True:\n    try:\n        LOOP\n    finally:\n        log.append('once')\n        break", "try:\n    assert {b}, {s}\nexcept AssertionError as NEW1:\n    log.append('assertion ' + str(NEW1))", "try:\n    log.append(str(wrap({i} // {i})))\nexcept ZeroDivisionError:\n    log.append('zero')\nelse:\n    BODY",
        "try:\n    TRY\nexcept Deeper as NEW1:\n    log.append(f'deeper {NEW1.code}')\nexcept Trouble as NEW1:\n    log.append(f'trouble {NEW1.code} {NEW1}')\nexcept (LookupError, Coded) as NEW2:\n    log.append('lookup ' + str(isinstance(NEW2, Coded)))", "try:\n    raise Coded({i}, {t})\nexcept Coded as NEW1:\n    log.append(NEW1.text() + str(NEW1))\n    VAR_i = NEW1.code",
        "if {b}:\n    try:\n        LEAVE\n    finally:\n        log.append('left')", "def NEW1(NEW2: int) -> int:\n    try:\n        if NEW2 > 3:\n            return risky(NEW2)\n        return NEW2\n    except ValueError:\n        return -1\n    finally:\n        log.append(f'n{NEW2}')\nlog.append(str(NEW1({i})))\nAFTER NEW1=k", "VAR_i = 5\ntry:\n    VAR_i = 6\n    VAR_i = risky({i})\nexcept ValueError:\n    log.append(str(VAR_i))\n    VAR_i ^= 1\nfinally:\n    VAR_i ^= 2",
        "try:\n    for NEW1 in {l}[:4]:\n        LOOP NEW1=i\n    else:\n        raise Coded(1, ['else'])\nexcept Coded:\n    log.append('coded')", "try:\n    TRY\nexcept ValueError:\n    pass\nexcept Exception as NEW1:\n    try:\n        TRY\n    except Trouble:\n        log.append('while handling ' + name_of(NEW1))\n    log.append(name_of(NEW1))",
    ),
    prelude='''

class Coded(RuntimeError):
    def __init__(self, code: int, words: list[str]) -> None:
        super().__init__(f"coded {u8(code)}")
        self.code = code
        self.words = words

    def text(self) -> str:
        return "+".join(self.words)


class Strict:
    """Fails when entered, or when left, as the number says."""

    def __init__(self, log: list[str], number: int) -> None:
        self.log = log
        self.number = number & 3

    def __enter__(self) -> str:
        self.log.append(f"strict {self.number}")
        if self.number == 1:
            raise Trouble("enter", 1)
        return str(self.number)

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self.log.append("plain" if error is None else "failed")
        if self.number == 2:
            raise ValueError("exit")


def risky(number: int) -> int:
    match number & 7:
        case 1:
            raise Trouble("one", number)
        case 2:
            raise Deeper("two", u8(number))
        case 3:
            raise ValueError(f"three {u8(number)}")
        case 4:
            return [1, 2][number & 15]
        case 5:
            return {"a": 1}[str(u8(number))]
        case 6:
            return 7 // (number & 8)
        case _:
            return number


def rescued(number: int, log: list[str]) -> int:
    for attempt in range(3):
        try:
            return risky(wrap_add(number, attempt))
        except Deeper:
            log.append("deeper")
            continue
        except (Trouble, LookupError) as error:
            log.append(name_of(error))
        finally:
            log.append(f"attempt {attempt}")
    return -1


def unwound(log: list[str], depth: int) -> int:
    """Leaves through as many finally clauses as it is deep."""
    try:
        if depth == 0:
            raise Coded(depth, ["bottom"])
        if depth == 5:
            return 5
        return unwound(log, depth - 1) + 1
    except Coded:
        if depth < 2:
            raise
        return 100
    finally:
        log.append(f"d{depth}")


def caught_text(number: int) -> str:
    try:
        return str(risky(number))
    except Exception as error:
        return name_of(error)


def fails(number: int) -> bool:
    try:
        risky(number)
    except Exception:
        return True
    else:
        return False
''',
)  # fmt: skip
