"""What a language can do, for all who ask it: its command, its REPL, a host process that it is embedded in."""

from collections.abc import Callable
from typing import Final, final

from tracewright.core.system import write_error
from tracewright.lib.plain_values import PlainReader, PlainWriter
from tracewright.lib.tokens import SourceError

EXIT_OK: Final = 0
EXIT_FAILED: Final = 1


@final
class EmbeddingError(Exception):
    """A call that the language could not finish; the message is for the host's programmer."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@final
class NotSupported(Exception):
    """The language does not do this; the message says what its author would have to write."""


class GuestLanguage:
    """A language with what its programs have defined so far, which later programs find. Only `run` is needed."""

    def run(self, source: str) -> int:
        """Run a program; gives the exit code that the language's command would. Raises SourceError."""
        raise NotImplementedError("run")

    def check(self, source: str) -> None:
        """Compile a program without running it. Raises SourceError."""
        raise NotSupported("this language cannot check: its GuestLanguage has no method `check`")

    def call(self, name: str, arguments: PlainReader, count: int, result: PlainWriter) -> None:
        """Call a global function with `count` arguments and write its result. Raises EmbeddingError or SourceError."""
        raise NotSupported("functions of this language cannot be called: its GuestLanguage has no method `call`")

    def reset(self) -> None:
        """Forget what programs have defined; to be written by a language that keeps any of it."""


@final
class TextLanguage(GuestLanguage):
    """A language that is no more than a function which runs a program: each is a world of its own."""

    def __init__(self, run_text: Callable[[str], None]) -> None:
        self.run_text = run_text

    def run(self, source: str) -> int:
        self.run_text(source)
        return EXIT_OK


def run_reporting(language: GuestLanguage, source: str, name: str, text: str) -> int:
    """Run a program, writing what goes wrong to standard error as `report` does; gives the exit code."""
    try:
        return language.run(source)
    except SourceError as error:
        report(error, name, text)
    except MemoryError:
        write_error(b"out of memory\n")
    except RecursionError:
        write_error(b"too deeply nested\n")
    return EXIT_FAILED


def report(error: SourceError, name: str, text: str) -> None:
    """Write a mistake as compilers do: where, what, and, if the lines of `text` are known, that line with a mark below the place."""
    lines = text.split("\n")
    message = located(error, name) + "\n"
    if 0 < error.line <= len(lines) and text != "":
        source = lines[error.line - 1]
        message += f"  {source}\n"
        if error.column > 0:
            before = "".join(["\t" if character == "\t" else " " for character in source[: error.column - 1]])
            message += f"  {before}^\n"
    write_error(message.encode())


def located(error: SourceError, name: str) -> str:
    """`FILE:LINE:COLUMN: message`: what of it is known."""
    if error.line == 0:
        return f"{name}: {error.message}"
    if error.column == 0:
        return f"{name}:{error.line}: {error.message}"
    return f"{name}:{error.line}:{error.column}: {error.message}"
