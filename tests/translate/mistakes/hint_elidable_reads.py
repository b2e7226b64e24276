"""An `@elidable` function that reads a field that something else changes.

Why: traces would keep the old result.
Instead: pass the value as an argument, or declare the field immutable.
"""

from tracewright.hints import elidable


class Settings:
    def __init__(self) -> None:
        self.scale = 1


@elidable
def scaled(settings: Settings, number: int) -> int:
    return settings.scale * number


def main() -> int:
    settings = Settings()
    first = scaled(settings, 3)
    settings.scale = 2
    return first + scaled(settings, 3)
