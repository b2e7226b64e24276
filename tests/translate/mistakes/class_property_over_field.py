"""A name that is a field in the base and a property or method in the subclass, or the other way round.

Why: what a name is must be known from the class that is declared.
Instead: the same in both, or two names.
"""


class Celsius:
    def __init__(self) -> None:
        self.degrees = 0

    @property
    def scale(self) -> str:
        return "C"


class Rounded(Celsius):
    scale = "R"

    @property
    def degrees(self) -> int:  # type: ignore[override]
        return 10

    @degrees.setter
    def degrees(self, degrees: int) -> None:
        pass


class Named(Celsius):
    def __init__(self) -> None:
        super().__init__()
        self.name = 3  # type: ignore[assignment,method-assign]

    def name(self) -> str:
        return "named"


def show(temperature: Celsius) -> str:
    return f"{temperature.degrees} {temperature.scale}"


def main() -> int:
    return len(show(Rounded()) + show(Named()) + Named().name())
