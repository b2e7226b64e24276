"""A `Final` field written again."""

from typing import Final


class Image:
    def __init__(self, width: int) -> None:
        self.width: Final = width

    def widen(self) -> None:
        self.width = 5


def main() -> int:
    image = Image(3)
    image.widen()
    return image.width
