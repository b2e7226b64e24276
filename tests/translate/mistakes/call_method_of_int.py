"""A method of an int."""


def main() -> int:
    number = 5
    return number.conjugate()
