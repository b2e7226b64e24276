"""A dataclass whose default factory is a lambda."""

from dataclasses import dataclass, field


@dataclass
class Table:
    rows: list[int] = field(default_factory=lambda: [1])


def main() -> int:
    return len(Table().rows)
