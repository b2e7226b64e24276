"""A local that is declared twice, with two types."""


def main() -> int:
    size: int = 3
    size: str = "three"
    return len(size)
