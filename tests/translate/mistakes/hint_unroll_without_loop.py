"""`@unroll_safe` on a function without a loop."""

from tracewright.hints import unroll_safe


@unroll_safe
def double(number: int) -> int:
    return number * 2


def main() -> int:
    return double(3)
