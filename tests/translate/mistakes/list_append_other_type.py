"""An item of the wrong type for its list."""


def main() -> int:
    names: list[str] = []
    names.append("one")
    names.append(2)
    return len(names)
