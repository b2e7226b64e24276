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
DEEPEST_RESULT: Final = 200


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

    def prepare(self, file: str, arguments: list[str]) -> None:
        """The program that is run or checked next is read from this file, and these words stand behind it on the command line.

        For a language that imports files beside the program, or whose programs ask for their arguments.
        At the prompt and in a host process there is no file, and nothing is prepared.
        """

    def run_input(self, source: str) -> int:
        """Run what was typed at the prompt: where the language shows the value of an expression there, it overrides this."""
        return self.run(source)

    def check(self, source: str) -> None:
        """Compile a program without running it. Raises SourceError."""
        raise NotSupported("this language cannot check: its GuestLanguage has no method `check`")

    def call(self, name: str, arguments: list[Value]) -> Value:
        """Call a global function. Raises SourceError."""
        raise NotSupported("functions of this language cannot be called: its GuestLanguage has no method `call`")

    def answer_call(self, name: str, arguments: PlainReader, count: int, result: PlainWriter) -> None:
        """Call a global function with `count` arguments from a host and write its result. Raises EmbeddingError or SourceError.

        Numbers, truth values, nil and strings (`guest/objects.py`) cross the border; lists and tables do where the language has the
        four methods below. One whose strings are others overrides this.
        """
        values: list[Value] = []
        for _ in range(count):
            values.append(_take_value(self, arguments))
        _put_value(self, self.call(name, values), result, 0)

    def list_from_host(self, items: list[Value]) -> Value:
        """A host's list as a guest value. Raises EmbeddingError."""
        raise EmbeddingError("this language takes no lists and no tables from its host")

    def table_from_host(self, keys: list[str], values: list[Value]) -> Value:
        """A host's table, keyed by texts, as a guest value. Raises EmbeddingError."""
        raise EmbeddingError("this language takes no lists and no tables from its host")

    def list_for_host(self, value: Value) -> list[Value] | None:
        """The items of what is a list to the host; None for any other value."""
        return None

    def table_for_host(self, value: Value) -> tuple[list[str], list[Value]] | None:
        """Keys and values of what is a table to the host; None for any other value. Raises EmbeddingError, as of a key that is no text."""
        return None

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


def _take_value(language: GuestLanguage, reader: PlainReader) -> Value:
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
        case plain_values.LIST:
            items: list[Value] = []
            for _ in range(reader.take_word()):
                items.append(_take_value(language, reader))
            return language.list_from_host(items)
        case plain_values.TABLE:
            keys: list[str] = []
            values: list[Value] = []
            for _ in range(reader.take_word()):
                keys.append(reader.take_text())
                values.append(_take_value(language, reader))
            return language.table_from_host(keys, values)
        case _:
            raise AssertionError("no tag")


def _put_value(language: GuestLanguage, value: Value, writer: PlainWriter, depth: int) -> None:
    """Write a value that stands inside `depth` others."""
    if depth > DEEPEST_RESULT:
        raise EmbeddingError("the result contains itself, or is nested too deep")
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
        _put_container(language, value, writer, depth)
    else:
        writer.put_nothing()


def _put_container(language: GuestLanguage, value: Value, writer: PlainWriter, depth: int) -> None:
    items = language.list_for_host(value)
    if items is not None:
        writer.put_list(len(items))
        for item in items:
            _put_value(language, item, writer, depth + 1)
        return
    table = language.table_for_host(value)
    if table is None:
        raise EmbeddingError(f"the result has no plain form: {shown(value)}")
    keys, values = table
    writer.put_table(len(keys))
    for k in range(len(keys)):
        writer.put_key(keys[k])
        _put_value(language, values[k], writer, depth + 1)


def run_reporting(language: GuestLanguage, source: str, name: str, text: str, is_typed: bool = False) -> int:
    """Run a program, or what was typed at the prompt, writing what goes wrong to standard error as `report` does; gives the exit code."""
    try:
        return language.run_input(source) if is_typed else language.run(source)
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
