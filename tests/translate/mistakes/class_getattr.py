"""`__getattr__`, `__setattr__`, `__new__`, `__del__`: special methods that the native program would not call.

Why: they would be silently left out.
Instead: a method with a name of its own.
"""


class Settings:
    def __init__(self) -> None:
        self.depth = 3

    def __getattr__(self, name: str) -> int:
        return 0


def main() -> int:
    return Settings().depth
