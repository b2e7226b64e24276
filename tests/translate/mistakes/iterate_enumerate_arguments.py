"""`enumerate` with an argument that it does not take."""


def main() -> int:
    total = 0
    for index, _item in enumerate([1, 2], 1, 2):  # type: ignore[call-arg]
        total += index
    return total
