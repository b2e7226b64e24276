"""A property that a subclass writes anew without its setter.

Why: Python refuses to assign to it, although the base can be assigned to.
Instead: a setter in the subclass too, `@name.setter`.
"""


class Celsius:
    def __init__(self) -> None:
        self.degrees = 0

    @property
    def kelvin(self) -> int:
        return self.degrees + 273

    @kelvin.setter
    def kelvin(self, kelvin: int) -> None:
        self.degrees = kelvin - 273


class Rounded(Celsius):
    @property
    def kelvin(self) -> int:
        return (self.degrees + 273) // 10 * 10


def warm(temperature: Celsius) -> int:
    temperature.kelvin = 300
    return temperature.degrees


def main() -> int:
    return warm(Rounded())
