"""What random programs found (`tests/helpers/tracewright_testing/dialect_fuzz.py`), each made small."""

from __future__ import annotations

from tracewright.core.system import write_output


def say(name: str, value: str) -> None:
    write_output(f"{name} {value}\n".encode())


def recursion_in_a_loop(rounds: int) -> int:
    """Each turn makes the function anew, and it calls itself by a name that all turns share."""
    total = 0
    for turn in range(rounds):

        def count(n: int) -> int:
            return turn if n <= 0 else count(n - 2) + 1

        total += count(5)
    return total


def literal_that_is_no_float() -> str:
    try:
        return str(float("no number"))
    except ValueError:
        return "refused at run time"


def texts_that_are_never_there() -> str:
    """Behind the test both are known not to be None, and the other branch is never reached."""
    first: str | None = None
    last: str | None = None
    if first is None or last is None:
        return "one is missing"
    return first + last


def main() -> int:
    say("recursion", str(recursion_in_a_loop(4)))
    say("float", literal_that_is_no_float())
    say("texts", texts_that_are_never_there())
    return 0
