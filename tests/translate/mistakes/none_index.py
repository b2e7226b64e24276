"""An item of a list that may be None."""


def first(names: list[str] | None) -> str:
    return names[0]


def main() -> int:
    return len(first(["a"]))
