"""`reversed` with two arguments."""


def main() -> int:
    total = 0
    for item in reversed([1, 2], [3]):  # type: ignore[call-arg]
        total += item
    return total
