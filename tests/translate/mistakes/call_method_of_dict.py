"""A method that dicts do not have."""


def main() -> int:
    counts = {"a": 1}
    return 1 if counts.has_key("a") else 0
