"""`tracewright trace`: the JIT's log as people read it: guest lines, operations, machine code, exits, what was given up."""

from __future__ import annotations

import importlib.util
import re
from collections import Counter
from pathlib import Path
from typing import Final, final

from tracewright.tools.trace_log import LoggedTrace, TraceLog


def disassemble(trace: LoggedTrace, machine: str | None) -> list[tuple[int, str]]:
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


_PLACE: Final = re.compile(r"(.*?):(\d+)( .*)?")
_LEAVES_FOR_GOOD: Final = ("jmp", "ret", "b", "br")  # on any of the machines
C_FUNCTIONS: Final = "tracewright.jit.external."  # they have no jitcode, and no source in the dialect


@final
class GuestSources:
    """The lines of guest programs, by the locations in a log, which are `PATH:LINE FUNCTION...` or `FUNCTION:LINE`."""

    def __init__(self, program: str) -> None:
        self._program = program  # a function's name tells no file, so its lines are those of the program that was run
        self._files: dict[str, list[str]] = {}

    def line(self, location: str) -> str:
        """The source line, where it can be read."""
        place = _PLACE.fullmatch(location)
        if place is None:
            return ""
        path, number, function = place.groups()
        lines = self._lines(path)
        if not lines and function is None:
            lines = self._lines(self._program)
        return lines[int(number) - 1].strip() if 0 < int(number) <= len(lines) else ""

    def _lines(self, path: str) -> list[str]:
        if path not in self._files:
            file = Path(path)
            readable = path != "" and file.is_file()
            self._files[path] = file.read_text(encoding="utf-8", errors="replace").splitlines() if readable else []
        return self._files[path]


def show_trace(trace: LoggedTrace, sources: GuestSources, machine: str | None) -> list[str]:
    """One trace as lines of text; without a `machine`, its code is left out."""
    parent = "" if trace.parent is None else f" at exit {trace.parent.exit} of trace {trace.parent.trace}"
    dead = "" if trace.valid else ", discarded"
    lines = [
        f"=== trace {trace.number}: {trace.kind}{parent}, {trace.size} bytes, entered {trace.entries} times{dead}: {trace.location}"
    ]
    code = disassemble(trace, machine)
    position = 0
    last = max((operation.offset for operation in trace.operations), default=-1)
    starts = [operation.offset for operation in trace.operations if operation.offset >= 0]
    for operation in trace.operations:
        if operation.location is not None:
            lines.append(f"  {operation.location}    {sources.line(operation.location)}".rstrip())
        lines.append(f"    {operation.text}    calls {operation.calls}" if operation.calls else f"    {operation.text}")
        if operation.offset >= 0:
            end = min((start for start in starts if start > operation.offset), default=len(trace.code))
            if operation.offset == last:
                end = _end_of_way(code, position, end)
            while position < len(code) and code[position][0] < end:
                if not _repeats_padding(code, position):
                    lines.append(f"        {code[position][0]:5x}  {code[position][1]}")
                position += 1
    if position < len(code):
        lines.append(
            f"        {code[position][0]:5x}  ... {len(trace.code) - code[position][0]} bytes of ways out and rare cases"
        )
    quiet = 0
    for way_out in trace.exits:
        if not way_out.failures and way_out.bridge is None:
            quiet += 1
            continue
        bridge = f", bridge {way_out.bridge}" if way_out.bridge is not None else ""
        number = trace.operations[way_out.operation].snapshot
        state = "" if number is None else f"  {trace.snapshots[number].text}"
        place = "" if number is None else f", {trace.snapshots[number].location}"
        taken = f"taken {way_out.failures} times{bridge}"
        lines.append(f"  exit {way_out.number} (at {way_out.operation}{place}): {taken}{state}")
    lines.append(f"  {quiet} exits were never taken")
    return lines


def _end_of_way(code: list[tuple[int, str]], position: int, end: int) -> int:
    """Where the code of the last operation ends: behind the jump or return that none of it gets past."""
    for (_, text), (following, _) in zip(code[position:], code[position + 1 :], strict=False):
        if following >= end:
            break
        if text.split(" ", 1)[0] in _LEAVES_FOR_GOOD:
            return following
    return end


def _repeats_padding(code: list[tuple[int, str]], position: int) -> bool:
    """Whether the instruction before does nothing either."""
    return position > 0 and all(text.startswith("nop") for _, text in code[position - 1 : position + 1])


def show_log(log: TraceLog, *, machine_code: bool = True, program: str = "", language: str = "") -> str:
    """The whole log as text; `program` is the file that was run, `language` how the command line names its language."""
    lines: list[str] = []
    sources = GuestSources(program)
    for trace in log.traces:
        lines += [*show_trace(trace, sources, log.machine if machine_code else None), ""]
    if log.deaths:
        lines.append("=== discarded")
        lines += [f"  trace {death.trace}: {death.reason}" for death in log.deaths]
    if log.given_up:
        lines.append("=== not compiled")
        for place in log.given_up:
            fate = "for good" if place.final else "will be tried again"
            lines.append(f"  {place.location}: {place.sentence} ({place.times} times, {fate})")
    called = Counter(operation.calls for trace in log.traces for operation in trace.operations if operation.calls)
    if called:
        lines.append("=== called: traces do not see what is inside" + ("; these commands say why" if language else ""))
        for name, count in called.most_common():
            lines.append(f"  {name}: {count} calls in the traces above")
            if language and not name.startswith(C_FUNCTIONS):
                lines.append(f"      tracewright show jitcode '{language}:{name}'")
    if not log.traces and not log.given_up:
        lines.append("nothing became hot")
    if machine_code and log.traces and importlib.util.find_spec("capstone") is None:
        lines.append("Machine code is shown, too, where Capstone is installed: pip install capstone")
    return "\n".join(lines).rstrip() + "\n"
