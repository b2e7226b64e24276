"""`import module` inside a function.

Why: imports are done before translation.
Instead: import at the top, or `from module import name` inside the function where modules import each other.
"""


def main() -> int:
    import tracewright.core.integers

    return tracewright.core.integers.MAX_INT
