"""A file that is no Python."""


def main() -> int:
    while True
        return 1
