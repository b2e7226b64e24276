"""A module body that raises while it is imported."""

NAMES = {"add": 1, "sub": 2}
CODE = NAMES["mul"]


def main() -> int:
    return CODE
