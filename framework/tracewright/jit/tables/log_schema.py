"""The trace log: what each of its lines says. `jit/warm/trace_log.py` writes them, `tools/trace_log.py` reads them, nothing else does.

Each line is one event, a JSON object whose `event` says which; the first is always `log`. Adding a field or an event
makes a new version; readers refuse a version that they do not know. The page is `jit/trace_log.md`, made from this table by
`python -m tracewright.tools.trace_log`.
"""

from dataclasses import dataclass
from typing import Final, final

VERSION: Final = 1


@final
@dataclass(frozen=True)
class Field:
    """`type` is `int`, `bool`, `text`, `T or null`, `[T]`, or the name of a record."""

    name: str
    type: str
    meaning: str


@final
@dataclass(frozen=True)
class Shape:
    """An event, or a record that stands inside one, with its fields in their order."""

    name: str
    meaning: str
    fields: list[Field]


EVENTS: Final = (
    Shape(
        "log",
        "the first line",
        [
            Field("version", "int", "of this schema"),
            Field("machine", "text or null", "for which code was made, as `uname -m` names it; null: no code was made"),
        ],
    ),
    Shape(
        "trace",
        "a trace with its machine code, in the order in which they were made",
        [
            Field("number", "int", "counted from 1; numbers of traces that were recorded but not compiled are missing"),
            Field("kind", "text", "`loop`, `function` or `bridge`"),
            Field("parent", "parent or null", "what a bridge hangs on"),
            Field("location", "text", "the guest position where it begins, in the language's words"),
            Field("entries", "int", "times that the interpreter entered it; links, calls and bridges are not counted"),
            Field("valid", "bool", "false after its death"),
            Field("address", "int", "of the machine code"),
            Field("size", "int", "of the machine code in bytes"),
            Field("operations", "[operation]", "what the trace does; an operation's index is its place in this row"),
            Field("snapshots", "[snapshot]", "the guest states that exits give back"),
            Field("exits", "[exit]", "the ways out, one for each guard that is left in the code"),
            Field("code", "text", "the machine code as hexadecimal digits"),
        ],
    ),
    Shape(
        "death",
        "a trace's code has been discarded",
        [
            Field("trace", "int", "its number"),
            Field("reason", "text", "what it relied on that is so no longer"),
            Field("after", "int", "how many traces had been recorded by then"),
        ],
    ),
    Shape(
        "given_up",
        "a place that could not be compiled, or not yet",
        [
            Field("location", "text", "the guest position"),
            Field("reason", "text", "the name of the reason in `jit/tables/abort.py`"),
            Field("sentence", "text", "the reason for people"),
            Field("times", "int", "how often"),
            Field("final", "bool", "it will not be tried again"),
        ],
    ),
)

RECORDS: Final = (
    Shape(
        "parent",
        "where a bridge hangs",
        [Field("trace", "int", "the trace's number"), Field("exit", "int", "the exit's number in that trace")],
    ),
    Shape(
        "operation",
        "an instruction of a trace",
        [
            Field("text", "text", "as `jit/trace/show.py` writes it"),
            Field("offset", "int", "of its machine code; -1: it has none"),
            Field("location", "text or null", "the guest position that begins here; null: the one before goes on"),
            Field("snapshot", "int or null", "index of the guest state if it fails"),
            Field("calls", "text or null", "the interpreter's function that it calls"),
        ],
    ),
    Shape(
        "snapshot",
        "a guest state",
        [
            Field("location", "text", "the guest position"),
            Field("text", "text", "the slots that are written, as `jit/trace/show.py` writes it"),
        ],
    ),
    Shape(
        "exit",
        "a guard's way out",
        [
            Field("number", "int", "in its trace"),
            Field("operation", "int", "index of the guard"),
            Field("failures", "int", "times it was taken"),
            Field("bridge", "int or null", "the trace that hangs on it"),
        ],
    ),
)
