"""`**` in a dict display, `*` in a list display.

Why: not supported yet.
Instead: `update` and `extend`.
"""


def main() -> int:
    base = {"a": 1}
    more = {**base, "b": 2}
    return len(more)
