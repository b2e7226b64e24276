"""A result of the wrong type."""


def name_of(code: int) -> str:
    return code


def main() -> int:
    return len(name_of(3))
