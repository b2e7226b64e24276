"""Marks stand below the right letters where the line has others than ASCII before them."""


def main() -> int:
    größe = "naïve 😀" + 1
    return 0
