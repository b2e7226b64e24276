"""`error.args`."""


def main() -> int:
    try:
        raise ValueError("broken")
    except ValueError as error:
        return len(error.args)
