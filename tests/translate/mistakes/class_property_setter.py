"""Assigning to a property.

Why: only reading is supported.
Instead: a method that sets it.
"""


class Celsius:
    def __init__(self) -> None:
        self.degrees = 0

    @property
    def kelvin(self) -> int:
        return self.degrees + 273

    @kelvin.setter
    def kelvin(self, value: int) -> None:
        self.degrees = value - 273


def main() -> int:
    temperature = Celsius()
    temperature.kelvin = 300
    return temperature.degrees
