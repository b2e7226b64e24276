"""A generator expression kept as a value.

Why: a frame that outlives its call has no native form.
Instead: a list comprehension.
"""


def main() -> int:
    squares = (number * number for number in [1, 2, 3])
    return sum(squares)
