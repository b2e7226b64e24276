"""An `@elidable` function that calls one that changes something."""

from tracewright.core.system import write_output
from tracewright.hints import elidable


def log(text: bytes) -> None:
    write_output(text)


@elidable
def square(number: int) -> int:
    log(b"square\n")
    return number * number


def main() -> int:
    return square(3)
