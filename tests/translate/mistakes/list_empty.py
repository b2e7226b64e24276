"""An empty list, dict or set whose type nothing tells.

Why: a local has one type, decided by its first assignment.
Instead: `items: list[int] = []`.
"""


def main() -> int:
    items = []
    items.append(3)
    return len(items)
