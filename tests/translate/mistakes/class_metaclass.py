"""A metaclass.

Why: what it does to calls and attributes would not happen natively.
Instead: a function that makes the objects.
"""


class Registry(type):
    def __call__(cls, *arguments: object) -> object:
        return super().__call__(*arguments)


class Plugin(metaclass=Registry):
    def __init__(self) -> None:
        self.name = "plugin"


def main() -> int:
    return len(Plugin().name)
