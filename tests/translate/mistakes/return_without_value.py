"""`return` without a value where a result is declared."""


def half(number: int) -> int:
    if number % 2 == 1:
        return
    return number // 2


def main() -> int:
    return half(4)
