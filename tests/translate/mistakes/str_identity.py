"""`is` between strs."""


def is_keyword(word: str) -> bool:
    return word is "while"


def main() -> int:
    return int(is_keyword("while"))
