"""The words of the command line, read."""

from typing import Final, final

from tracewright.guest.run_settings import RunSettings
from tracewright_ruff.capabilities import Capabilities
from tracewright_ruff.diagnostics import UsageError
from tracewright_ruff.session import DEFAULT_LONGEST_WAIT

COMMANDS: Final[list[str]] = ["run", "trace", "check", "repl", "test", "test-run", "bench", "profile"]
LATER_COMMANDS: set[str] = set(
    "format lint init package-add package-install package-publish serve docgen doctor pack lsp".split()
)
RUNTIMES: Final[list[str]] = ["dual", "vm", "interpreter"]  # of `test`; here they are one
# The reference has these switches; here they change nothing: there is one engine, and everything is allowed anyway.
IDLE_SWITCHES: set[str] = {"--interpreter", "--allow-all"}
MAXIMUM_DIGITS: Final = 18
LONGEST_WAIT: Final = 10**12  # milliseconds; the clock counts no further


@final
class Options:
    """What the user asked for."""

    def __init__(self) -> None:
        self.command = ""  # empty: nothing was asked, so help is shown
        self.show_version = False
        self.file = ""
        self.arguments: list[str] = []  # for the guest program
        self.settings = RunSettings()  # of the JIT and the collector
        self.longest_wait: int = DEFAULT_LONGEST_WAIT  # milliseconds
        self.quiet = False
        self.verbose = False
        self.json = False
        self.json_diagnostics = False  # an uncaught error is reported as JSON on standard output
        self.capabilities = Capabilities()
        self.update = False  # `test` writes down what the programs print
        self.runtime: str = RUNTIMES[0]
        self.iterations = 10  # of `bench`
        self.warm_ups = 3

    def runs_a_program(self) -> bool:
        """Whether a file and its arguments follow the command."""
        return self.command == "run" or self.command == "trace"

    def needs_a_file(self) -> bool:
        """Whether the command is nothing without a file."""
        return self.command not in ("repl", "test")


def read_options(words: list[str]) -> Options:
    """Make sense of the command line's words; raises UsageError."""
    options = Options()
    index = 0
    while index < len(words):
        word = words[index]
        if word == "--version" or word == "-V":
            options.show_version = True
            return options
        if word == "--help" or word == "-h" or word == "help":
            return options
        if options.settings.takes(word.encode()):
            index += 1
            continue
        if options.settings.takes_value(word.encode()):
            index = _read_setting(options, words, index)
        elif word in LATER_COMMANDS:
            raise UsageError(f"'ruff {word}' is not supported yet")
        elif word in COMMANDS:
            options.command = word
            _read_command(options, words, index + 1)
            return options
        else:
            raise UsageError(f"unrecognized command '{word}'; try 'ruff --help'")
        index += 1
    return options


def _value_of(words: list[str], index: int, switch: str) -> str:
    if index >= len(words):
        raise UsageError(f"a value is required for '{switch}'")
    return words[index]


def _read_command(options: Options, words: list[str], start: int) -> None:
    """The words behind `run`, `check` or `repl`."""
    index = start
    while index < len(words):
        word = words[index]
        if options.settings.takes(word.encode()):
            index += 1
            continue
        if options.settings.takes_value(word.encode()):
            index = _read_setting(options, words, index)
        elif options.runs_a_program() and not word.startswith("-"):
            options.file = word
            index += 1
            if index < len(words) and words[index] == "--":
                index += 1
            options.arguments = words[index:]
            return
        elif options.runs_a_program():
            index = _read_run_switch(options, words, index)
        elif options.command == "repl":
            raise _unexpected(options, word)
        else:
            index = _read_tool_word(options, words, index)
        index += 1
    if options.file == "" and options.needs_a_file():
        raise UsageError(f"'ruff {options.command}' requires a file")


def _read_setting(options: Options, words: list[str], index: int) -> int:
    """A switch of the JIT or the collector and its value; returns the index of that."""
    word = words[index]
    problem = options.settings.set(word.encode(), _value_of(words, index + 1, word).encode())
    if problem != "":
        raise UsageError(problem)
    return index + 1


def _unexpected(options: Options, word: str) -> UsageError:
    return UsageError(f"unexpected argument '{word}' for 'ruff {options.command}'")


def _read_run_switch(options: Options, words: list[str], index: int) -> int:
    """A switch of `run` before the file; returns the index of its last word."""
    word = words[index]
    if word in IDLE_SWITCHES:
        return index
    if word == "--scheduler-timeout-ms":
        options.longest_wait = min(_positive_number(words, index), LONGEST_WAIT)
        return index + 1
    if word == "--json-runtime-diagnostics":
        options.json_diagnostics = True
    elif word == "--untrusted":
        options.capabilities.restrict()
    elif not word.startswith("--allow-") or not options.capabilities.allow(word.removeprefix("--allow-")):
        raise _unexpected(options, word)
    return index


def _positive_number(words: list[str], index: int) -> int:
    """The number behind a switch."""
    value = _value_of(words, index + 1, words[index])
    if not 1 <= len(value) <= MAXIMUM_DIGITS or not value.isdigit() or not value.isascii() or int(value) == 0:
        raise UsageError(f"invalid value '{value}' for '{words[index]}': it must be a number above 0")
    return int(value)


def _read_tool_word(options: Options, words: list[str], index: int) -> int:
    """A word behind `check`, `test`, `test-run`, `bench` or `profile`; returns the index of the last one read."""
    word = words[index]
    command = options.command
    if not word.startswith("-") and options.file == "" and command != "test":
        options.file = word
    elif (word == "-v" or word == "--verbose") and command in ("check", "test", "test-run"):
        options.verbose = True
    elif (word == "-q" or word == "--quiet") and command == "check":
        options.quiet = True
    elif word == "--json" and command == "check":
        options.json = True
    elif word == "--update" and command == "test":
        options.update = True
    elif word == "--runtime" and command == "test":
        options.runtime = _value_of(words, index + 1, word)
        if options.runtime not in RUNTIMES:
            message = "it must be dual, vm or interpreter"
            raise UsageError(f"invalid value '{options.runtime}' for '--runtime': {message}")
        return index + 1
    elif (word == "-i" or word == "--iterations") and command == "bench":
        options.iterations = _positive_number(words, index)
        return index + 1
    elif (word == "-w" or word == "--warmup") and command == "bench":
        options.warm_ups = _positive_number(words, index)
        return index + 1
    else:
        raise _unexpected(options, word)
    return index
