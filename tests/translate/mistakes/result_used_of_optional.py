"""Looking up a dict with `get`, which may give None."""


class Token:
    def __init__(self, kind: int) -> None:
        self.kind = kind


def kind_of(tokens: dict[str, Token], name: str) -> int:
    return tokens.get(name).kind


def main() -> int:
    return kind_of({"a": Token(1)}, "a")
