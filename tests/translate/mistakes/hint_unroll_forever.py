"""`@unroll_safe` on a loop without a bound.

Why: a trace would hold every turn of the loop.
Instead: leave out the hint, or bound the loop by something constant in the trace.
"""

from tracewright.hints import unroll_safe


@unroll_safe
def digits(number: int) -> int:
    count = 0
    while True:
        count += 1
        number //= 10
        if number == 0:
            return count


def main() -> int:
    return digits(12345)
