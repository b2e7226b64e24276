"""A union of two types, as in `int | str`.

Why: a value has one machine type.
Instead: a common base class, `object` and isinstance, or a `Value`.
"""


def size(thing: int | str) -> int:
    if isinstance(thing, int):
        return thing
    return len(thing)


def main() -> int:
    return size("abc")
