"""The prompt that small languages share: each input is a program, among what the programs before have defined."""

from typing import Final

from tracewright.core.system import write_error
from tracewright.guest.language import EXIT_OK, GuestLanguage, run_reporting
from tracewright.guest.sources import Prompt, say

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
    prompt = Prompt(name + "> ", CONTINUATION, _is_open, True)
    while True:
        try:
            text = prompt.read()
        except UnicodeDecodeError:
            write_error(b"the input is not valid UTF-8\n")
            continue
        if text is None:
            say("\n")
            return EXIT_OK
        match text.strip():
            case ":quit":
                return EXIT_OK
            case ":reset":
                language.reset()
            case ":help":
                say(HELP)
            case _:
                source = "\n" * before.count("\n") + text
                before += text if text.endswith("\n") else text + "\n"
                run_reporting(language, source, FILE_NAME, before)


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
