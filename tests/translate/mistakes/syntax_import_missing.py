"""An import inside a function of something that does not exist."""


def main() -> int:
    from tracewright.core.integers import add_with_overflow

    return add_with_overflow(1, 2)
