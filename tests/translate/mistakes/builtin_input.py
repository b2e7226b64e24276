"""`input`.

Why: programs read bytes.
Instead: `read_line` of `tracewright.core.system`.
"""


def main() -> int:
    return len(input())
