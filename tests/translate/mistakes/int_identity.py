"""`is` between numbers or strings.

Why: equal numbers and strings may or may not be one object.
Instead: `==`.
"""


def main() -> int:
    number = 300
    if number is 300:
        return 1
    return 0
