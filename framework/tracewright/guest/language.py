"""What a language can do, for all who ask it: its command, its REPL, a host process that it is embedded in."""

from collections.abc import Callable
from typing import Final, final

from tracewright.core.system import error_text, write_error
from tracewright.core.value import Value
from tracewright.guest import plain_values
from tracewright.guest.diagnostics import SourceError, report
from tracewright.guest.display import shown
from tracewright.guest.objects import Text, as_text
from tracewright.guest.plain_values import PlainReader, PlainWriter
from tracewright.guest.sources import errno_of

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

    def call(self, name: str, arguments: list[Value]) -> Value:
        """Call a global function. Raises SourceError."""
        raise NotSupported("functions of this language cannot be called: its GuestLanguage has no method `call`")

    def answer_call(self, name: str, arguments: PlainReader, count: int, result: PlainWriter) -> None:
        """Call a global function with `count` arguments from a host and write its result. Raises EmbeddingError or SourceError.

        Numbers, truth values, nil and strings (`guest/objects.py`) cross the border; a language in which more does overrides this.
        """
        values: list[Value] = []
        for _ in range(count):
            values.append(_take_value(arguments))
        _put_value(self.call(name, values), result)

    def reset(self) -> None:
        """Forget what programs have defined; to be written by a language that keeps any of it."""

    def names(self) -> list[str]:
        """What the prompt completes names to, besides those that were typed before: keywords, what is built in, globals."""
        return []


@final
class TextLanguage(GuestLanguage):
    """A language that is no more than a function which runs a program: each is a world of its own. With `compile_text`, which
    makes no use of what it gives, it can check as well."""

    def __init__(self, run_text: Callable[[str], None], compile_text: Callable[[str], object] | None) -> None:
        self.run_text = run_text
        self.compile_text = compile_text

    def run(self, source: str) -> int:
        self.run_text(source)
        return EXIT_OK

    def check(self, source: str) -> None:
        compile_text = self.compile_text
        if compile_text is None:
            raise NotSupported("this language cannot check: its `run_command` is given no function that compiles")
        compile_text(source)


def _take_value(reader: PlainReader) -> Value:
    match reader.take_tag():
        case plain_values.NOTHING:
            return Value.NULL
        case plain_values.FALSE:
            return Value.FALSE
        case plain_values.TRUE:
            return Value.TRUE
        case plain_values.INT:
            return Value.of_int(reader.take_word())
        case plain_values.FLOAT:
            return Value.of_float(reader.take_float())
        case plain_values.TEXT:
            return Value.of_object(Text(reader.take_text()))
        case _:
            raise EmbeddingError("this language takes no lists and no tables from its host")


def _put_value(value: Value, writer: PlainWriter) -> None:
    text = as_text(value)
    if value.is_int():
        writer.put_int(value.as_int())
    elif value.is_float():
        writer.put_float(value.as_float())
    elif value.is_bool():
        writer.put_truth(value.as_bool())
    elif text is not None:
        writer.put_text(text.text)
    elif value.is_object():
        raise EmbeddingError(f"the result has no plain form: {shown(value)}")
    else:
        writer.put_nothing()


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
    except OSError as error:
        write_error(output_problem(error))
    return EXIT_FAILED


def output_problem(error: OSError) -> bytes:
    """A line that says why output is lost."""
    return b"cannot write the output: " + error_text(errno_of(error)) + b"\n"
