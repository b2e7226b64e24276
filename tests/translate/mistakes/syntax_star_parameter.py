"""`*args` and `**kwargs` as parameters.

Why: every call passes a fixed list of machine words.
Instead: a list or a dict as one parameter, or defaults.
"""


def total(*numbers: int) -> int:
    return sum(list(numbers))


def main() -> int:
    return total(1, 2, 3)
