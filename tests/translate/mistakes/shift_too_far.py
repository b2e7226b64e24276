"""A shift by more bits than a word has."""


def main() -> int:
    number = 5
    return number >> 70
