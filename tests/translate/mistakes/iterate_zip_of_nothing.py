"""`zip` of nothing."""


def main() -> int:
    for _ in zip():
        return 1
    return 0
