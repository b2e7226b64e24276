"""`NotImplemented`.

Why: the method that answers an operator is chosen at translation.
Instead: return False, or raise; write the methods that are used.
"""


class Version:
    def __init__(self, major: int) -> None:
        self.major = major

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Version):
            return NotImplemented
        return self.major == other.major


def main() -> int:
    return int(Version(1) == Version(1))
