"""The entry point: handed to the translator, and `python -m newlang.target` under CPython."""

from typing import Final, final

from newlang.compiler import compile_program
from newlang.interpreter import as_function, run_code
from tracewright.core.system import run_as_program
from tracewright.core.value import Value
from tracewright.guest.command import run_language
from tracewright.guest.global_cells import Globals
from tracewright.guest.language import EXIT_OK, GuestLanguage


@final
class Newlang(GuestLanguage):
    """What its command, its prompt and `tracewright.load` ask for. Globals stay from one program to the next."""

    def __init__(self) -> None:
        self.globals = Globals()

    def run(self, source: str) -> int:
        run_code(compile_program(source, self.globals), [])
        return EXIT_OK

    def check(self, source: str) -> None:
        compile_program(source, self.globals)

    def call(self, name: str, arguments: list[Value]) -> Value:
        return run_code(as_function(self.globals.cell(name).value).code, arguments)

    def reset(self) -> None:
        self.globals = Globals()


LANGUAGE: Final = Newlang()


def main() -> int:
    """The `newlang` command, and the entry of its library."""
    return run_language("newlang", LANGUAGE)


if __name__ == "__main__":
    run_as_program(main)
