"""Never ends by itself."""

from tracewright.core.system import flush_output
from tracewright_testing.samples.output import say


def factorial(number: int) -> int:
    """Recursive, so that interrupts are noticed."""
    return 1 if number < 2 else number * factorial(number - 1)


def spin() -> int:
    """Until something is raised."""
    total = 0
    while True:
        total = total ^ factorial(10)


def main() -> int:
    """Survives the first interrupt, not the second."""
    say("ready")
    flush_output()
    try:
        spin()
    except KeyboardInterrupt:
        say("interrupted")
        flush_output()
    return spin()
