"""The text of an exception caught as its base, where a subclass writes `__str__`."""


class Failure(Exception):
    def __str__(self) -> str:
        return "something failed"


def main() -> int:
    try:
        raise Failure
    except Exception as error:
        return len(str(error))
