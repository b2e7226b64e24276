"""A built-in exception with two arguments.

Why: the text would be that of a tuple.
Instead: one text, made by an f-string.
"""


def main() -> int:
    raise ValueError("bad value", "7")
