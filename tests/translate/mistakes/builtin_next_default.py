"""`next` with a default.

Why: a generator expression is no value that could be asked for an item.
Instead: a loop with `return` in a function.
"""


def first_long(words: list[str]) -> str | None:
    return next((word for word in words if len(word) > 3), None)


def main() -> int:
    return 0 if first_long(["a"]) is None else 1
