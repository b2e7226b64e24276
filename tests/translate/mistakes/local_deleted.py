"""`del name` of a local, then reading it."""


def main() -> int:
    size = 3
    del size
    return size
