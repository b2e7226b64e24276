"""A str where a bool is declared."""


def enabled(text: str) -> bool:
    return text == "yes" or text


def main() -> int:
    return int(enabled("no"))
