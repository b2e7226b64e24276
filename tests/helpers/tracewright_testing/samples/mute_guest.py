"""A program that asks for no requests, built as a library by mistake."""


def main() -> int:
    """Nothing."""
    return 0
