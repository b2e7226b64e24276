"""`zip` whose `strict` is decided at run time."""


def pairs(strict: bool) -> int:
    count = 0
    for _left, _right in zip([1, 2], [3], strict=strict):
        count += 1
    return count


def main() -> int:
    return pairs(False)
