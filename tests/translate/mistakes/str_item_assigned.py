"""A character of a str assigned."""


def main() -> int:
    word = "cat"
    word[0] = "b"
    return len(word)
