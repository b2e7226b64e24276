"""A float as a key, and a key of the wrong type."""


def main() -> int:
    names: dict[int, str] = {}
    names["one"] = "1"
    return len(names)
