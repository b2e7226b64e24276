"""Writing a line."""

from tracewright.core.system import write_output


def say(text: str) -> None:
    """One line of output."""
    write_output((text + "\n").encode())
