"""An attribute that does not exist, with a name near one that does."""


class Token:
    def __init__(self, kind: int, text: str) -> None:
        self.kind = kind
        self.text = text


def main() -> int:
    token = Token(1, "x")
    return len(token.txt)
