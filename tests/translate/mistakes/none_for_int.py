"""None as an int."""


class Slot:
    def __init__(self, value: int) -> None:
        self.value = value


def main() -> int:
    slot = Slot(3)
    slot.value = None
    return slot.value
