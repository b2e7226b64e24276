"""`break` is outside of any loop: Python refuses the file."""


def main() -> int:
    break
    return 0
