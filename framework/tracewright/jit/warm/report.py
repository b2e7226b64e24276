"""What the JIT did, as text: statistics for people, and the log that `tracewright trace` renders.

The log is lines of `word rest`; `tools/trace_view.py` reads it:

    machine NAME                                        whose code it is, as `platform.machine` names it
    trace NUMBER KIND ENTRIES ADDRESS BYTES LOCATION
    at INSTRUCTION LOCATION                             the guest bytecode that the next instructions belong to
    op INSTRUCTION OFFSET TEXT                          OFFSET of its machine code, -1: none
    call INSTRUCTION NAME                               the function that a residual call goes to
    exit NUMBER INSTRUCTION FAILURES BRIDGE TEXT        BRIDGE: a trace number, or 0
    code HEX
    end
    given_up TIMES FINAL LOCATION | SENTENCE
"""

from typing import Final

from tracewright.core.memory import load8
from tracewright.core.operation_tables import IS_RESIDUAL_CALL
from tracewright.jit.codegen.code_memory import name_code_for_perf
from tracewright.jit.tables.abort import SENTENCES
from tracewright.jit.trace.compiled import CompiledTrace
from tracewright.jit.trace.show import KIND_NAMES, show_instruction, show_snapshot
from tracewright.jit.trace.trace import Trace
from tracewright.jit.warm.state import Jit, location_text
from tracewright.jit.warm.statistics import ACTIVITY_NAMES
from tracewright.lib.float_fixed import float_fixed

_HEX: Final = "0123456789abcdef"


def statistics_text(jit: Jit) -> str:
    """Counters, and how the time was spent."""
    statistics = jit.statistics
    statistics.switch(statistics.activity)  # charge what has passed
    lines: list[str] = []
    total = 0
    for nanoseconds in statistics.nanoseconds:
        total += nanoseconds
    for k in range(len(ACTIVITY_NAMES)):
        nanoseconds = statistics.nanoseconds[k]
        share = 100.0 * float(nanoseconds) / float(total) if total > 0 else 0.0
        milliseconds = float_fixed(float(nanoseconds) / 1e6, 3)
        lines.append(f"{ACTIVITY_NAMES[k]:<22}{milliseconds:>12} ms {float_fixed(share, 1):>6} %")
    rows = [
        ("loops", statistics.loops),
        ("functions", statistics.functions),
        ("bridges", statistics.bridges),
        ("recorded operations", statistics.recorded),
        ("folded operations", statistics.folded),
        ("trace instructions", statistics.instructions),
        ("guards", statistics.guards),
        ("machine code bytes", statistics.code_bytes),
        ("entries", statistics.entries),
        ("exits", statistics.exits),
        ("blackhole runs", statistics.blackholes),
        ("invalidated traces", statistics.invalidated),
    ]
    for name, count in rows:
        lines.append(f"{name:<22}{count:>12}")
    for reason in range(len(statistics.given_up)):
        if statistics.given_up[reason] > 0:
            lines.append(f"given up: {statistics.given_up[reason]} times: {SENTENCES[reason]}")
    return "\n".join(lines) + "\n"


def log_text(jit: Jit) -> str:
    """Every trace, and every place that was given up."""
    lines: list[str] = []
    backend = jit.backend
    if backend is not None:
        lines.append(f"machine {backend.machine}")
    for compiled in jit.traces:
        log_trace(jit, compiled, lines)
    for place in jit.given_up:
        lines.append(f"given_up {place.times} {int(place.final)} {place.location} | {SENTENCES[place.reason]}")
    return "\n".join(lines) + "\n"


def log_trace(jit: Jit, compiled: CompiledTrace, lines: list[str]) -> None:
    """The lines of one trace."""
    trace = compiled.trace
    kind = KIND_NAMES[trace.kind]
    parent = compiled.parent
    if parent is not None:
        kind = f"bridge:{parent.owner.number}:{parent.number}"
    where = first_location(jit, trace)
    lines.append(f"trace {compiled.number} {kind} {compiled.entries} {compiled.entry} {compiled.size} {where}")
    last = ""
    for i in range(len(trace.operations)):
        number = trace.snapshot_of[i]
        if number >= 0:
            here = snapshot_location(jit, trace, number)
            if here != last:
                lines.append(f"at {i} {here}")
                last = here
        offset = compiled.instruction_offsets[i] if i < len(compiled.instruction_offsets) else -1
        lines.append(f"op {i} {offset} {show_instruction(trace, i)}")
        if IS_RESIDUAL_CALL[trace.operations[i]]:
            lines.append(f"call {i} {jit.assembly.functions[trace.a[i]].name}")
    for leaving in compiled.exits:
        bridge = leaving.bridge
        bridge_number = bridge.number if bridge is not None else 0
        number = trace.snapshot_of[leaving.guard]
        text = show_snapshot(trace, trace.snapshots[number])
        lines.append(f"exit {leaving.number} {leaving.guard} {leaving.failures} {bridge_number} {text}")
    lines.append("code " + hex_of(compiled.entry, compiled.size))
    lines.append("end")


def name_for_perf(jit: Jit, compiled: CompiledTrace) -> None:
    """Tell `perf` what the machine code is: the number that `tracewright trace` shows, and the guest position."""
    trace = compiled.trace
    name = f"trace {compiled.number}: {KIND_NAMES[trace.kind]} at {first_location(jit, trace)}"
    name_code_for_perf(compiled.entry, compiled.size, name.encode())


def first_location(jit: Jit, trace: Trace) -> str:
    """Where the trace begins, as far as its guards tell."""
    return snapshot_location(jit, trace, 0) if len(trace.snapshots) > 0 else "?"


def snapshot_location(jit: Jit, trace: Trace, number: int) -> str:
    """The guest position of a snapshot, in the language's words."""
    snapshot = trace.snapshots[number]
    return location_text(jit, trace.constants[~snapshot.code], snapshot.pc)


def hex_of(address: int, count: int) -> str:
    """Memory as hexadecimal digits. (The executable view is readable.)"""
    digits: list[str] = []
    for k in range(count):
        byte = load8(address + k)
        digits.append(_HEX[byte >> 4])
        digits.append(_HEX[byte & 15])
    return "".join(digits)
