"""`tracewright trace`: the JIT's log as people read it: guest lines, operations, machine code, exits, what was given up."""

from __future__ import annotations

import importlib.util
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import final


@final
@dataclass
class LoggedExit:
    """A guard's way out: how often it was taken, and the bridge that hangs on it (0: none)."""

    number: int
    instruction: int
    failures: int
    bridge: int
    snapshot: str


@final
@dataclass
class LoggedTrace:
    """One trace as the log has it; `places[i]` is the guest position that begins at instruction i."""

    number: int
    kind: str
    entries: int
    address: int
    size: int
    location: str
    places: dict[int, str] = field(default_factory=dict)
    operations: list[tuple[int, str]] = field(default_factory=list)
    calls: dict[int, str] = field(default_factory=dict)  # by instruction: the function that a residual call goes to
    exits: list[LoggedExit] = field(default_factory=list)
    code: bytes = b""


@final
@dataclass
class TraceLog:
    """A whole run: for which machine its code is, its traces, and (times, for good, location, sentence) of what was given up."""

    machine: str = ""
    traces: list[LoggedTrace] = field(default_factory=list)
    given_up: list[tuple[int, bool, str, str]] = field(default_factory=list)


def read_log(lines: Iterable[str]) -> TraceLog:
    """Read the log that `jit/warm/report.py` describes. Raises ValueError at a line it does not know."""
    log = TraceLog()
    for line in lines:
        word, _, rest = line.rstrip("\n").partition(" ")
        if word == "machine":
            log.machine = rest
        elif word == "trace":
            number, kind, entries, address, size, location = rest.split(" ", 5)
            log.traces.append(LoggedTrace(int(number), kind, int(entries), int(address), int(size), location))
        elif word == "at":
            index, location = rest.split(" ", 1)
            log.traces[-1].places[int(index)] = location
        elif word == "op":
            _, offset, text = rest.split(" ", 2)
            log.traces[-1].operations.append((int(offset), text))
        elif word == "call":
            index, name = rest.split(" ", 1)
            log.traces[-1].calls[int(index)] = name
        elif word == "exit":
            number, guard, failures, bridge, text = rest.split(" ", 4)
            log.traces[-1].exits.append(LoggedExit(int(number), int(guard), int(failures), int(bridge), text))
        elif word == "code":
            log.traces[-1].code = bytes.fromhex(rest)
        elif word == "given_up":
            times, final_flag, text = rest.split(" ", 2)
            location, _, sentence = text.partition(" | ")
            log.given_up.append((int(times), final_flag == "1", location, sentence))
        elif word not in ("end", ""):
            raise ValueError(f"not a line of a trace log: {line!r}")
    return log


def disassemble(trace: LoggedTrace, machine: str) -> list[tuple[int, str]]:
    """(offset, text) of each machine instruction; empty where Capstone is not installed or does not know the machine."""
    try:
        import capstone
    except ImportError:
        return []
    readers = {
        "x86_64": (capstone.CS_ARCH_X86, capstone.CS_MODE_64),
        "aarch64": (capstone.CS_ARCH_ARM64, capstone.CS_MODE_ARM),
    }
    if machine not in readers:
        return []
    instructions = capstone.Cs(*readers[machine]).disasm_lite(trace.code, trace.address)
    return [
        (address - trace.address, f"{mnemonic} {operands}".strip()) for address, _, mnemonic, operands in instructions
    ]


@final
class GuestSources:
    """The lines of guest programs, by the locations in a log, which begin `path:line` or `function:line`."""

    def __init__(self, program: str) -> None:
        self._program = program  # a function's name tells no file, so its lines are those of the program that was run
        self._files: dict[str, list[str]] = {}

    def line(self, location: str) -> str:
        """The source line, where it can be read."""
        path, _, number = location.split(" ", 1)[0].rpartition(":")
        if not number.isdigit():
            return ""
        lines = self._lines(path) or self._lines(self._program)
        return lines[int(number) - 1].strip() if 0 < int(number) <= len(lines) else ""

    def _lines(self, path: str) -> list[str]:
        if path not in self._files:
            file = Path(path)
            readable = path != "" and file.is_file()
            self._files[path] = file.read_text(encoding="utf-8", errors="replace").splitlines() if readable else []
        return self._files[path]


def show_trace(trace: LoggedTrace, sources: GuestSources, machine: str = "") -> list[str]:
    """One trace as lines of text; with the name of a machine, its instructions."""
    lines = [
        f"=== trace {trace.number}: {trace.kind}, {trace.size} bytes, entered {trace.entries} times: {trace.location}"
    ]
    code = disassemble(trace, machine)
    position = 0
    starts = [offset for offset, _ in trace.operations if offset >= 0]
    for index, (offset, text) in enumerate(trace.operations):
        if index in trace.places:
            location = trace.places[index]
            lines.append(f"  {location}    {sources.line(location)}".rstrip())
        lines.append(f"    {text}    calls {trace.calls[index]}" if index in trace.calls else f"    {text}")
        if offset >= 0:
            end = min((start for start in starts if start > offset), default=len(trace.code))
            while position < len(code) and code[position][0] < end:
                lines.append(f"        {code[position][0]:5x}  {code[position][1]}")
                position += 1
    for way_out in trace.exits:
        bridge = f", bridge {way_out.bridge}" if way_out.bridge else ""
        if way_out.failures or way_out.bridge:
            lines.append(
                f"  exit {way_out.number} (at {way_out.instruction}): taken {way_out.failures} times{bridge}  {way_out.snapshot}"
            )
    quiet = sum(1 for way_out in trace.exits if not way_out.failures and not way_out.bridge)
    lines.append(f"  {quiet} exits were never taken")
    return lines


def show_log(log: TraceLog, *, machine_code: bool = True, program: str = "") -> str:
    """The whole log as text; `program` is the file that was run."""
    lines: list[str] = []
    sources = GuestSources(program)
    for trace in log.traces:
        lines += [*show_trace(trace, sources, log.machine if machine_code else ""), ""]
    if log.given_up:
        lines.append("=== not compiled")
        for times, for_good, location, sentence in log.given_up:
            fate = "for good" if for_good else "will be tried again"
            lines.append(f"  {location}: {sentence} ({times} times, {fate})")
    called = Counter(name for trace in log.traces for name in trace.calls.values())
    if called:
        lines.append(
            "=== called: traces do not see what is inside; `tracewright show jitcode MODULE:FUNCTION` says why"
        )
        lines += [f"  {name}: {count} calls in the traces above" for name, count in called.most_common()]
    if not log.traces and not log.given_up:
        lines.append("nothing became hot")
    if machine_code and log.traces and importlib.util.find_spec("capstone") is None:
        lines.append("Machine code is shown, too, where Capstone is installed: pip install capstone")
    return "\n".join(lines).rstrip() + "\n"
