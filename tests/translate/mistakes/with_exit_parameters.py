"""The `__exit__` of a context manager with other parameter types than Python passes."""

from tracewright.core.system import write_output


class Section:
    def __enter__(self) -> "Section":
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        write_output(b"end\n")


def main() -> int:
    with Section():
        write_output(b"inside\n")
    return 0
