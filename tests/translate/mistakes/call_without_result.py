"""The result of a function that returns nothing."""


def log(text: str) -> None:
    pass


def main() -> int:
    length = log("started")
    return 0
