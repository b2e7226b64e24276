"""One lambda in tables of two types.

Why: a lambda is translated once, for the type of the table that it stands in.
Instead: a lambda in each table, or a function.
"""

from collections.abc import Callable

SIZE = lambda x: len(x)  # noqa: E731
OF_TEXTS: dict[str, Callable[[str], int]] = {"size": SIZE}
OF_LISTS: dict[str, Callable[[list[int]], int]] = {"size": SIZE}


def main() -> int:
    return OF_TEXTS["size"]("ab") + OF_LISTS["size"]([1])
