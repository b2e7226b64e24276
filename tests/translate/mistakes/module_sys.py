"""`sys`."""

import sys


def main() -> int:
    if len(sys.argv) < 2:
        sys.exit(3)
    return 0
