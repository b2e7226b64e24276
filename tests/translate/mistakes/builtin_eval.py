"""`eval`, `exec`, `compile`.

Why: there is no Python inside the native program.
Instead: write the interpreter, which is what the dialect is for.
"""


def main() -> int:
    return eval("1 + 2")
