"""A local that changes its type.

Why: a local has one machine type.
Instead: use another name for the other value.
"""


def main() -> int:
    answer = 42
    answer = str(answer)
    return len(answer)
