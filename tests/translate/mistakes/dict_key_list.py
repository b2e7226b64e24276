"""A key that cannot be one: a list, or a class with its own `__eq__`.

Why: keys are compared by contents or by identity, and must not change.
Instead: a str, an int, a tuple of those, or an object with identity.
"""


def main() -> int:
    seen: dict[list[int], int] = {}
    seen[[1, 2]] = 3
    return len(seen)
