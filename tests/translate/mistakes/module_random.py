"""`random`."""

import random


def main() -> int:
    return random.randint(1, 6)
