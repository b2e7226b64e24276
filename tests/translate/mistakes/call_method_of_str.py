"""A method that strs do not have."""


def main() -> int:
    return len("a b".trim())
