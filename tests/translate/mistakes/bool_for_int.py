"""A bool where an int is declared.

Why: Python would keep the bool, and print it as one.
Instead: `int(x)`.
"""


def show(number: int) -> str:
    return f"{number}"


def main() -> int:
    return len(show(2 > 1))
