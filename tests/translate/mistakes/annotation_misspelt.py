"""A type that does not exist."""

from __future__ import annotations


class Token:
    def __init__(self, kind: int) -> None:
        self.kind = kind


def kind_of(token: Tokn) -> int:
    return token.kind


def main() -> int:
    return kind_of(Token(3))
