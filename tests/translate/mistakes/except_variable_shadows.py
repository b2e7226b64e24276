"""A local read after an except clause that took its name: Python deletes it there."""


def main() -> int:
    error = ValueError("none")
    try:
        raise ValueError("some")
    except ValueError as error:
        pass
    return len(str(error))
