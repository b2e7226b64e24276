"""A nested function with `*` parameters (of any function, every call passes a fixed list of machine words)."""


def main() -> int:
    def total(*numbers: int) -> int:
        return sum(numbers)

    return total(1, 2)
