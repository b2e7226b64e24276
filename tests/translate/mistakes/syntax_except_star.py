"""`except*`.

Why: there are no exception groups.
Instead: `except`.
"""


def main() -> int:
    result = 0
    try:
        result = 1
    except* ValueError:
        result = 2
    return result
