"""None returned where the result may not be None."""


def name_of(code: int) -> str:
    if code == 1:
        return "one"
    return None


def main() -> int:
    return len(name_of(1))
