"""A function whose signature does not fit the function type that is needed."""

from collections.abc import Callable


class Token:
    def __init__(self, text: str) -> None:
        self.text = text


def length(token: Token) -> int:
    return len(token.text)


def apply(measure: Callable[[str], int], word: str) -> int:
    return measure(word)


def main() -> int:
    return apply(length, "abc")
