"""`==` between values of type `object`.

Why: what they are is not known at translation, so neither is how they compare.
Instead: `is`, or isinstance first.
"""


def same(a: object, b: object) -> bool:
    return a == b


def main() -> int:
    return int(same("a", "b"))
