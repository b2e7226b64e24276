"""A bool among ints in a module-level table."""

COUNTS: dict[str, int] = {"one": True, "two": 2}


def main() -> int:
    return COUNTS["two"]
