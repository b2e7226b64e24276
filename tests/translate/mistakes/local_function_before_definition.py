"""A nested function called before it is defined."""


def main() -> int:
    total = helper(3)

    def helper(number: int) -> int:
        return number * 2

    return total
