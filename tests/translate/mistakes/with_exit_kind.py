"""`__exit__` that reads the exception's class or the traceback.

Why: classes and tracebacks are no values at run time.
Instead: `isinstance(error, C)`.
"""


class Guard:
    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        return kind is not None


def main() -> int:
    with Guard():
        return 1
    return 0
