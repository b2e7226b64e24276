"""A class that inherits from `dict`, `list` or `str`.

Why: the built-in containers are final classes of the library.
Instead: a class with the container in a field.
"""


class Registry(dict[str, int]):
    pass


def main() -> int:
    registry = Registry()
    registry["a"] = 1
    return len(registry)
