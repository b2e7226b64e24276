"""Raising an object of a class that is no exception."""


class Failure:
    def __init__(self, text: str) -> None:
        self.text = text


def main() -> int:
    raise Failure("broken")
