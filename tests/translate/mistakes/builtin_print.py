"""`print`.

Why: translated programs write bytes, and say where.
Instead: `write_output` of `tracewright.core.system`.
"""


def main() -> int:
    print("hello")
    return 0
