"""An int where a bool is needed."""


class Flags:
    def __init__(self) -> None:
        self.changed = False


def main() -> int:
    flags = Flags()
    flags.changed = 1
    return 0
