"""A name that is defined nowhere."""

LIMIT = 3


def main() -> int:
    return LIMITS
