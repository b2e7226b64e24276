"""A dict of values of several types."""


def main() -> int:
    person = {"name": "Ada", "age": 36}
    return len(person)
