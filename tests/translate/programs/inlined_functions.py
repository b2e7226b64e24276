"""Functions that become parts of their callers: ways out, loops, exceptions, each other, themselves."""

from __future__ import annotations

from tracewright.core.integers import ovf_add
from tracewright.core.system import write_output
from tracewright.hints import inlined


class Refused(Exception):
    """Raised by `checked`."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


@inlined
def sign(number: int) -> int:
    if number > 0:
        return 1
    return -1 if number < 0 else 0


@inlined
def checked(number: int) -> int:
    if number > 10:
        raise Refused(number)
    return ovf_add(number, sign(number))


@inlined
def total(numbers: list[int]) -> int:
    result = 0
    for number in numbers:
        if number == 99:
            break
        result += checked(number)
    return result


@inlined
def forgiving(number: int) -> int:
    try:
        return checked(number)
    except Refused as refused:
        return -refused.number


@inlined
def note(notes: list[str], text: str) -> None:
    if len(text) > 2:
        return
    notes.append(text)


@inlined
def factorial(number: int) -> int:
    return 1 if number < 2 else number * factorial(number - 1)


def say(text: str) -> None:
    write_output(text.encode() + b"\n")


def outcome(number: int) -> str:
    before = number * 2
    try:
        first = checked(number)
        second = checked(first) + forgiving(number + 9)
    except Refused as refused:
        return f"refused {refused.number} {before}"
    except OverflowError:
        return f"overflow {before}"
    return f"{first} {second} {before}"


def left(numbers: list[int]) -> str:
    try:
        return str(total(numbers))
    except Refused as refused:
        return f"refused {refused.number}"
    finally:
        say("done")


def main() -> int:
    for number in (-5, 0, 3, 9, 10, 11):
        say(f"{sign(number)} {outcome(number)} {forgiving(number)}")
    for numbers in ([1, 2, 3], [4, 99, 50], [5, 50, 1], []):
        say(left(numbers))
    notes: list[str] = []
    for text in ("a", "long", "bc"):
        note(notes, text)
        note(notes, text[:1])
    say(f"{','.join(notes)} {factorial(6)}")
    return checked(2)
