"""A `Value` that may be None.

Why: a Value is a machine word, all of whose forms are in use.
Instead: `Value.UNDEFINED`, which no guest program sees.
"""

from tracewright.core.value import Value


def find(table: dict[str, Value], name: str) -> Value | None:
    return table.get(name)


def main() -> int:
    return 0 if find({}, "x") is None else 1
