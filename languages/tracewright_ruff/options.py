"""The words of the command line, read."""

from typing import Final, final

from tracewright_ruff.diagnostics import UsageError

COMMANDS: Final[list[str]] = ["run", "trace", "check", "repl"]
LATER_COMMANDS: set[str] = set(
    "test test-run bench profile format lint init package-add package-install package-publish serve docgen doctor pack "
    "lsp".split()
)
# The reference has these switches; here they change nothing, because there is one engine and no scheduler.
IDLE_SWITCHES: set[str] = {"--interpreter", "--allow-all"}
MAXIMUM_TIMEOUT_DIGITS: Final = 18


@final
class Options:
    """What the user asked for."""

    def __init__(self) -> None:
        self.command = ""  # empty: nothing was asked, so help is shown
        self.show_version = False
        self.file = ""
        self.arguments: list[str] = []  # for the guest program
        self.jit = ""  # `name=value,...` for the JIT, as written
        self.gc = ""  # the same for the collector
        self.jit_statistics = False  # print what the JIT did when the program has ended
        self.jit_log = ""  # a file for the JIT's traces
        self.quiet = False
        self.verbose = False
        self.json = False

    def runs_a_program(self) -> bool:
        """Whether a file and its arguments follow the command."""
        return self.command == "run" or self.command == "trace"


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
        if word.startswith("--jit") or word == "--gc" or word == "--stats":
            index = _read_jit_switch(options, words, index)
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
        if word.startswith("--jit") or word == "--gc" or word == "--stats":
            index = _read_jit_switch(options, words, index)
        elif options.runs_a_program() and not word.startswith("-"):
            options.file = word
            index += 1
            if index < len(words) and words[index] == "--":
                index += 1
            options.arguments = words[index:]
            return
        elif options.runs_a_program():
            index = _read_run_switch(words, index)
        elif options.command == "check":
            _read_check_word(options, word)
        else:
            raise UsageError(f"unexpected argument '{word}' for 'ruff {options.command}'")
        index += 1
    if options.file == "" and options.command != "repl":
        raise UsageError(f"'ruff {options.command}' requires a file")


def _read_jit_switch(options: Options, words: list[str], index: int) -> int:
    """A switch about the JIT; returns the index of its last word."""
    match words[index]:
        case "--jit":
            options.jit = _value_of(words, index + 1, "--jit")
            return index + 1
        case "--gc":
            options.gc = _value_of(words, index + 1, "--gc")
            return index + 1
        case "--jit-log":
            options.jit_log = _value_of(words, index + 1, "--jit-log")
            return index + 1
        case "--stats" | "--jit-stats":
            options.jit_statistics = True
            return index
        case word:
            raise UsageError(f"unexpected argument '{word}'")


def _read_run_switch(words: list[str], index: int) -> int:
    """A switch of `run` before the file; returns the index of its last word."""
    word = words[index]
    if word in IDLE_SWITCHES:
        return index
    if word == "--scheduler-timeout-ms":
        value = _value_of(words, index + 1, word)
        if not _is_positive(value):
            raise UsageError(f"invalid value '{value}' for '{word}': it must be a number above 0")
        return index + 1
    if word == "--untrusted" or word == "--json-runtime-diagnostics" or word.startswith("--allow-"):
        raise UsageError(f"'{word}' is not supported yet")
    raise UsageError(f"unexpected argument '{word}' for 'ruff run'")


def _is_positive(text: str) -> bool:
    if not 1 <= len(text) <= MAXIMUM_TIMEOUT_DIGITS:
        return False
    for character in text:
        if not "0" <= character <= "9":
            return False
    return text.replace("0", "") != ""


def _read_check_word(options: Options, word: str) -> None:
    if word == "-q" or word == "--quiet":
        options.quiet = True
    elif word == "-v" or word == "--verbose":
        options.verbose = True
    elif word == "--json":
        options.json = True
    elif word.startswith("-") or options.file != "":
        raise UsageError(f"unexpected argument '{word}' for 'ruff check'")
    else:
        options.file = word
