"""`Any`.

Why: every value has a machine type that is known at translation.
Instead: a class, `object` with isinstance, a `Value`, or a TypeVar.
"""

from typing import Any


def same(value: Any) -> Any:
    return value


def main() -> int:
    value: int = same(3)
    return value
