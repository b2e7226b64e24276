"""The prompt that small languages share: each input is a program, among what the programs before have defined."""

from typing import Final

from tracewright.core.system import flush_output, read_line, write_error, write_output
from tracewright.guest.language import EXIT_OK, GuestLanguage, run_reporting

FILE_NAME: Final = "<repl>"
CONTINUATION: Final = "... "
HELP: Final = """\
Type statements; open brackets go on to the next line, up to an empty one.
  :reset   forget what was defined
  :quit    leave, as the end of the input does
"""


def run_repl(name: str, language: GuestLanguage) -> int:
    """Talk until the input ends or the user leaves; gives the exit code.

    Lines are numbered through all inputs, so that a mistake in a function of an earlier one is shown where it is.
    """
    before = ""
    while True:
        text = _read_input(name + "> ")
        if text is None:
            _say("\n")
            return EXIT_OK
        match text.strip():
            case ":quit":
                return EXIT_OK
            case ":reset":
                language.reset()
            case ":help":
                _say(HELP)
            case _:
                source = "\n" * before.count("\n") + text
                before += text if text.endswith("\n") else text + "\n"
                run_reporting(language, source, FILE_NAME, before)


def _read_input(prompt: str) -> str | None:
    """Lines up to where all brackets are closed, or to an empty one; None at the end of the input."""
    _say(prompt)
    text = ""
    while True:
        line = read_line()
        if len(line) == 0:
            return text if text != "" else None
        try:
            text = text + line.decode()
        except UnicodeDecodeError:
            write_error(b"the input is not valid UTF-8\n")
            return ""
        if line == b"\n" or not _is_open(text):
            return text
        _say(CONTINUATION)


def _is_open(text: str) -> bool:
    """Whether a bracket outside of strings waits to be closed. What comments hold is counted: an empty line ends it."""
    depth = 0
    in_string = False
    for character in text:
        if character == '"':
            in_string = not in_string
        elif in_string:
            continue
        elif character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
    return depth > 0


def _say(text: str) -> None:
    write_output(text.encode())
    flush_output()
