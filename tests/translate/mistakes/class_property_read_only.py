"""Assigning to a property without a setter.

Why: Python refuses it too.
Instead: a function for it, decorated `@name.setter`.
"""


class Celsius:
    def __init__(self) -> None:
        self.degrees = 0

    @property
    def kelvin(self) -> int:
        return self.degrees + 273


def main() -> int:
    temperature = Celsius()
    temperature.kelvin = 300
    return temperature.degrees
