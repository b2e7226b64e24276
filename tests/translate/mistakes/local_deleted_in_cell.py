"""`del` of a local that a nested function uses."""


def main() -> int:
    count = 1

    def get() -> int:
        return count

    total = get()
    del count
    return total
