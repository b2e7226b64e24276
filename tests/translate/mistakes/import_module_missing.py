"""An import of a module that is not there."""

from tracewright_snail.objects import Shell


def main() -> int:
    return Shell().size
