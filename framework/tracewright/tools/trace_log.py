"""Reading the trace log that the JIT writes. `jit/tables/log_schema.py` says what its lines are.

Run as a program, this writes the page about it: `python -m tracewright.tools.trace_log`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, final

from tracewright.jit.tables.log_schema import EVENTS, RECORDS, VERSION, Shape

PAGE: Final = Path(__file__).parents[1] / "jit" / "trace_log.md"


@final
@dataclass
class LoggedOperation:
    """An instruction; `location` is the guest position that begins with it, if one does."""

    text: str
    offset: int
    location: str | None
    snapshot: int | None
    calls: str | None


@final
@dataclass
class LoggedSnapshot:
    """A guest state."""

    location: str
    text: str


@final
@dataclass
class LoggedExit:
    """A guard's way out: how often it was taken, and the bridge that hangs on it."""

    number: int
    operation: int
    failures: int
    bridge: int | None


@final
@dataclass
class LoggedParent:
    """The exit that a bridge hangs on."""

    trace: int
    exit: int


@final
@dataclass
class LoggedTrace:
    """One trace."""

    number: int
    kind: str
    parent: LoggedParent | None
    location: str
    entries: int
    valid: bool
    address: int
    size: int
    operations: list[LoggedOperation]
    snapshots: list[LoggedSnapshot]
    exits: list[LoggedExit]
    code: bytes


@final
@dataclass
class LoggedDeath:
    """A trace that was discarded."""

    trace: int
    reason: str
    after: int


@final
@dataclass
class GivenUp:
    """A place that was not compiled."""

    location: str
    reason: str
    sentence: str
    times: int
    final: bool


@final
@dataclass
class TraceLog:
    """A whole run."""

    machine: str | None
    traces: list[LoggedTrace]
    deaths: list[LoggedDeath]
    given_up: list[GivenUp]


def read_log(text: str) -> TraceLog:
    """Read a log. Raises ValueError where it is none, or one of another version."""
    events = [_event(line) for line in text.split("\n") if line.strip()]
    if not events or events[0].get("event") != "log":
        raise ValueError("this is no trace log: it does not begin with a line `log`")
    head = events[0]
    if head.get("version") != VERSION:
        raise ValueError(
            f"this trace log is of version {head.get('version')}, and version {VERSION} is what can be read here: "
            "build the language and the tools from the same Tracewright"
        )
    log = TraceLog(head["machine"], [], [], [])
    for event in events[1:]:
        kind = event.pop("event", None)
        try:
            if kind == "trace":
                log.traces.append(_trace(event))
            elif kind == "death":
                log.deaths.append(LoggedDeath(**event))
            elif kind == "given_up":
                log.given_up.append(GivenUp(**event))
            else:
                raise ValueError(f"a trace log has no event {kind!r}")
        except (TypeError, KeyError) as error:
            raise ValueError(
                f"an event `{kind}` of the trace log is not as version {VERSION} has it: {error}"
            ) from None
    return log


def _event(line: str) -> dict[str, Any]:
    try:
        event = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not a line of a trace log: {line[:60]!r} ({error})") from None
    if not isinstance(event, dict):
        raise ValueError(f"not a line of a trace log: {line[:60]!r}")
    return event


def _trace(event: dict[str, Any]) -> LoggedTrace:
    parent = event.pop("parent")
    return LoggedTrace(
        parent=None if parent is None else LoggedParent(**parent),
        operations=[LoggedOperation(**each) for each in event.pop("operations")],
        snapshots=[LoggedSnapshot(**each) for each in event.pop("snapshots")],
        exits=[LoggedExit(**each) for each in event.pop("exits")],
        code=bytes.fromhex(event.pop("code")),
        **event,
    )


def page() -> str:
    """The page about the log."""
    lines = [
        "# The trace log",
        "",
        "`--jit-log FILE` of a language's command writes it when the program ends; `tracewright trace` shows it, `EmbeddedLanguage.traces()` gives it",
        f"as objects (`tools/trace_log.py`). Each line is a JSON object, one event. This is version {VERSION}.",
        "",
        "This page is made from `jit/tables/log_schema.py` (`python -m tracewright.tools.trace_log`).",
    ]
    for shape in EVENTS:
        lines += ["", f"## Event `{shape.name}`: {shape.meaning}", *_table(shape)]
    for shape in RECORDS:
        lines += ["", f"## Inside events: `{shape.name}`, {shape.meaning}", *_table(shape)]
    return "\n".join(lines) + "\n"


def _table(shape: Shape) -> list[str]:
    rows = [f"| `{field.name}` | {field.type} | {field.meaning} |" for field in shape.fields]
    return ["| field | type | meaning |", "| --- | --- | --- |", *rows]


if __name__ == "__main__":
    PAGE.write_text(page())
