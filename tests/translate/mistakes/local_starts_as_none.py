"""A local that starts as None without a declared type.

Why: None alone does not say what the local may hold later.
Instead: `best: Token | None = None`.
"""


class Token:
    def __init__(self, text: str) -> None:
        self.text = text


def main() -> int:
    best = None
    for text in ["a", "bcd"]:
        if best is None or len(text) > len(best.text):
            best = Token(text)
    return 0 if best is None else len(best.text)
