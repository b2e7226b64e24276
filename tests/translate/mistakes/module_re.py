"""Regular expressions of `re`."""

import re


def main() -> int:
    return 1 if re.match("[0-9]+", "123") else 0
