"""The text of an exception whose `__init__` does not give it one.

Why: Python shows the arguments of the constructor.
Instead: `super().__init__(text)`.
"""


class Refused(Exception):
    def __init__(self, line: int, column: int) -> None:
        self.line = line
        self.column = column


def main() -> int:
    try:
        raise Refused(1, 2)
    except Refused as error:
        return len(str(error))
