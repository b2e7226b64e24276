"""The prompt that languages share: each input is a program, among what the programs before have defined.

What differs between languages are methods of `Repl`; the small ones need none of their own.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.system import write_error
from tracewright.guest.language import EXIT_OK, GuestLanguage, run_reporting
from tracewright.guest.line_editor import CLEAR_SCREEN
from tracewright.guest.prompt import Prompt, say

FILE_NAME: Final = "<repl>"
CONTINUATION: Final = "... "
HELP: Final = """\
Type statements; open brackets go on to the next line, up to an empty one.
  :reset   forget what was defined
  :clear   clear the screen
  :quit    leave, as the end of the input does
"""


class Leaving(Exception):
    """The program has ended the session with this exit code."""

    def __init__(self, code: int) -> None:
        super().__init__("leaving")
        self.code = code


class Repl:
    """A language at the prompt."""

    def __init__(self, name: str, continuation: str, blank_ends: bool, help: str) -> None:
        self.name = name
        self.continuation = continuation
        self.blank_ends = blank_ends  # an empty line ends an input whatever is open
        self.help = help

    def run(self, text: str) -> None:
        """Run an input, and write what goes wrong. Raises Leaving."""
        raise NotImplementedError

    def reset(self) -> None:
        """Forget what inputs have defined."""
        raise NotImplementedError

    def first_prompt(self) -> str:
        """What stands before the first line of an input."""
        return self.name + "> "

    def next_prompt(self) -> str:
        """The same of the lines that follow."""
        return self.continuation

    def answer(self, command: str) -> bool:
        """Do a command of the language's own; False where it is none, but a program."""
        return False

    def is_open(self, text: str) -> bool:
        """Whether something of the text waits to be closed."""
        return bracket_is_open(text)

    def names(self) -> list[str]:
        """What names can be completed to, besides those of earlier inputs."""
        return []

    def names_behind(self, before: str) -> list[str]:
        """The same for a name that has this text before it in its line: what stands behind a point may be known better."""
        return self.names()


class PlainRepl(Repl):
    """A language without a prompt of its own. Lines are numbered through all inputs, so that a mistake in a function of an earlier
    one is shown where it is."""

    def __init__(self, name: str, language: GuestLanguage) -> None:
        super().__init__(name, CONTINUATION, True, HELP)
        self._language = language
        self._before = ""

    def run(self, text: str) -> None:
        before = self._before
        self._before += text if text.endswith("\n") else text + "\n"
        run_reporting(self._language, "\n" * before.count("\n") + text, FILE_NAME, self._before, is_typed=True)

    def reset(self) -> None:
        self._language.reset()

    def names(self) -> list[str]:
        return self._language.names()


def run_repl(name: str, language: GuestLanguage) -> int:
    """Talk in a language without a prompt of its own; gives the exit code."""
    return talk(PlainRepl(name, language))


def talk(repl: Repl) -> int:
    """Talk until the input ends or the user leaves; gives the exit code."""
    prompt = Prompt(repl.name, repl.continuation, repl.is_open, repl.blank_ends, repl.names_behind)
    try:
        return _talk(repl, prompt)
    except Leaving as leaving:
        return leaving.code
    finally:
        prompt.close()


def _talk(repl: Repl, prompt: Prompt) -> int:
    while True:
        prompt.first = repl.first_prompt()
        prompt.continuation = repl.next_prompt()
        try:
            text = prompt.read()
        except UnicodeDecodeError:
            write_error(b"the input is not valid UTF-8\n")
            continue
        if text is None:
            say("\n")
            return EXIT_OK
        command = text.strip()
        match command:
            case "":
                pass
            case ":quit" | ":exit":
                return EXIT_OK
            case ":reset":
                repl.reset()
            case ":clear":
                say(CLEAR_SCREEN)
            case ":help":
                say(repl.help)
            case _:
                if not repl.answer(command):
                    repl.run(text)


def bracket_is_open(text: str) -> bool:
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
