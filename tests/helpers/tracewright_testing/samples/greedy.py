"""Takes memory until there is no more, gives it back, and goes on."""

from tracewright_testing.samples.output import say


def take_all() -> int:
    """How many kilobytes fit."""
    taken: list[str] = []
    try:
        while True:
            taken.append("x" * 1000)
    except MemoryError:
        count = len(taken)
        while len(taken) > 0:  # a stale word on the native stack may still look like a reference to the list
            taken.pop()
        return count


def main() -> int:
    for _ in range(3):
        kilobytes = take_all()
        say("enough" if kilobytes > 10_000 else "too early")
    return 0
