"""The JIT's knobs: one row each. `--jit name=value,name=value` sets them; `--jit off` is short for `off=1`.

The optimizer's switches (`tables/options.py`) are set in the same way.
"""

from typing import Final, final

from tracewright.jit.tables.options import JitOptions

_ROWS: Final[list["Parameter"]] = []


@final
class Parameter:
    """A knob: its name on the command line, its default, the values it may take, and what it does."""

    def __init__(self, name: str, default: int, minimum: int, maximum: int, explanation: str) -> None:
        self.name = name
        self.default = default
        self.minimum = minimum
        self.maximum = maximum
        self.explanation = explanation


def _row(name: str, default: int, minimum: int, maximum: int, explanation: str) -> int:
    _ROWS.append(Parameter(name, default, minimum, maximum, explanation))
    return len(_ROWS) - 1


_ANY: Final = 1 << 40
_FARTHEST: Final = 1 << 20  # a threshold that counts as larger in what it rises by
OFF: Final = _row("off", 0, 0, 1, "1: interpret only")
# What is recorded costs about as much as interpreting it seven hundred times: some 3 us for each guest bytecode, which the
# interpreter does in about 4 ns. So a place is recorded when it has been interpreted about as often as that. Earlier, a program that
# does many things a few hundred times would pay for machine code that it hardly runs; later, a hot loop would lose more by waiting
# than its machine code costs. An exit interprets only what is left of a turn, a third of a microsecond perhaps, but a bridge costs a hundred:
# measured in instructions of whole first calls, 200 failures are 4 % better than 100 (larger programs, Ruff and JavaScript), 300 are as good.
THRESHOLD: Final = _row("threshold", 600, 1, _ANY, "turns of a loop before it is traced")
FUNCTION_THRESHOLD: Final = _row(
    "function_threshold", 1000, 1, _ANY, "calls of a function before it is traced on its own"
)
BRIDGE_THRESHOLD: Final = _row("bridge_threshold", 200, 1, _ANY, "failures of a guard before its way out is traced")
# A program that has much machine code has many places that are about as hot as each other, and code for one more gains little: what the
# hottest gain pays for few of the others. So each has to be the hotter the more there is. (Minifiers and compilers
# have a thousand functions with some dozen branches each; programs of one or two hundred lines come to a few thousand instructions.)
# Instructions of traces are counted, not what was recorded for them: of a bytecode of Python, which takes the interpreter longer than one of
# Ruff, two to three times as much is recorded, and most of it does not come into the trace.
RISING: Final = _row(
    "rising",
    6000,
    1,
    _ANY,
    "instructions of traces up to which the three thresholds stay as they are; they are twice as high when there are twice as many, and so on",
)
TRACE_LIMIT: Final = _row(
    "trace_limit", 6000, 10, 30000, "instructions a trace may have; longer recordings are given up"
)
SEGMENT: Final = _row(
    "segment",
    1000,
    1,
    _ANY,
    "instructions after which a bridge or a function's trace ends, leaving machine code: the rest gets a bridge if it is hot as well",
)
BRIDGE_LIMIT: Final = _row("bridge_limit", 100, 0, _ANY, "bridges that may hang on one loop or function")
MEETING_THRESHOLD: Final = _row(
    "meeting_threshold", 8, 0, _ANY, "bridges of a loop before further ones end where its ways meet again"
)
BOTH_WAYS: Final = _row(
    "both_ways",
    5,
    0,
    _ANY,
    "n > 0: where so many bridges hang on a loop or function, short branches that only compute are walked both ways, and values are "
    "chosen; 0: they are left like others",
)
FEW: Final = _row(
    "few",
    6,
    1,
    _ANY,
    "callees, and other things that `promote_few` is asked about, for which a trace and its bridges at one position have guards before "
    "they go for all",
)
INLINE_LENGTH: Final = _row(
    "inline_length",
    500,
    0,
    _ANY,
    "instructions of a trace from which on it calls guest functions, compiled or not, and follows none",
)
INLINE_DEPTH: Final = _row("inline_depth", 8, 0, 100, "guest calls inside each other that one trace follows")
RECURSION_DEPTH: Final = _row("recursion_depth", 2, 0, 100, "times that one trace follows a function's calls of itself")
RECURSION_LENGTH: Final = _row(
    "recursion_length",
    60,
    0,
    _ANY,
    "instructions of a function's trace before a call of itself: behind more the call is not followed",
)
SHORT_LOOP: Final = _row(
    "short_loop",
    30,
    0,
    _ANY,
    "bytecodes from coming to a loop to leaving it, usually, that are too few for machine code of its own",
)
SHORT_FUNCTION: Final = _row(
    "short_function",
    8,
    0,
    _ANY,
    "bytecodes of a function from its call to its return that are too few for the interpreter to enter machine code for them",
)
ATTEMPTS: Final = _row(
    "attempts", 3, 1, 100, "recordings given up at one place before it is left to the interpreter for good"
)
FAIL_EVERY: Final = _row(
    "fail_every", 0, 0, _ANY, "n > 0: every n-th guard that machine code comes by fails although it holds (stress)"
)
CODE_KILOBYTES: Final = _row("code_kb", 65536, 16, 524288, "room for machine code")
FIRST_TRACE: Final = _row("first_trace", 0, 0, _ANY, "traces with a smaller number are not compiled (bisecting)")
LAST_TRACE: Final = _row("last_trace", _ANY, 0, _ANY, "traces with a larger number are not compiled (bisecting)")

ROWS: Final = _ROWS


@final
class Parameters:
    """The knobs' values."""

    def __init__(self) -> None:
        self.values: list[int] = [row.default for row in ROWS]
        self.options = JitOptions()

    def get(self, parameter: int) -> int:
        """The value of the knob with this row number."""
        return self.values[parameter]

    def risen(self, parameter: int, instructions: int) -> int:
        """The value of a threshold's knob when traces have come to so many instructions."""
        return self.raised(self.values[parameter], instructions)

    def raised(self, count: int, instructions: int) -> int:
        """What a count before something is recorded rises to when traces have come to so many instructions."""
        free = self.values[RISING]
        return count + min(count, _FARTHEST) * max(instructions - free, 0) // free

    def set_from_text(self, text: str) -> str:
        """Set knobs from `name=value,...`; gives an empty text, or what is wrong with it."""
        for part in text.split(","):
            name, separator, value_text = part.strip().partition("=")
            if name == "":
                continue
            if separator == "":
                value_text = "1"
            problem = self._set(name.strip(), value_text.strip())
            if problem != "":
                return problem
        return ""

    def _set(self, name: str, value_text: str) -> str:
        try:
            value = int(value_text)
        except (ValueError, OverflowError):
            return f"JIT parameter '{name}' needs a number, not '{value_text}'"
        if self.options.set(name, value):
            return ""
        for number in range(len(ROWS)):
            row = ROWS[number]
            if row.name == name:
                if value < row.minimum or value > row.maximum:
                    return f"JIT parameter '{name}' must be between {row.minimum} and {row.maximum}, not {value}"
                self.values[number] = value
                if number == FAIL_EVERY and value != 0:
                    self.options.answers = False
                return ""
        return f"there is no JIT parameter '{name}'; there are: " + ", ".join([row.name for row in ROWS])
