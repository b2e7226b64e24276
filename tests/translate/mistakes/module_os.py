"""A function of `os`."""

import os


def main() -> int:
    return len(os.getenv("HOME", ""))
