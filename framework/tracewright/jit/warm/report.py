"""What the JIT did, in figures for people; and the names of traces for `perf`. The traces themselves are in `trace_log.py`."""

from tracewright.jit.codegen.code_memory import name_code_for_perf
from tracewright.jit.tables.abort import SENTENCES
from tracewright.jit.trace.compiled import CompiledTrace
from tracewright.jit.trace.show import KIND_NAMES
from tracewright.jit.warm.state import Jit
from tracewright.jit.warm.statistics import ACTIVITY_NAMES
from tracewright.jit.warm.trace_log import first_location
from tracewright.lib.float_fixed import float_fixed


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
        ("bridges refused", statistics.refused),
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
    if statistics.instructions > 0:
        ratio = float(statistics.recorded) / float(statistics.instructions)
        lines.append(f"{'recorded, per trace instruction':<31}{float_fixed(ratio, 2):>10}")
    for reason in range(len(statistics.given_up)):
        if statistics.given_up[reason] > 0:
            lines.append(f"given up: {statistics.given_up[reason]} times: {SENTENCES[reason]}")
    return "\n".join(lines) + "\n"


def name_for_perf(jit: Jit, compiled: CompiledTrace) -> None:
    """Tell `perf` what the machine code is: the number that `tracewright trace` shows, and the guest position."""
    trace = compiled.trace
    name = f"trace {compiled.number}: {KIND_NAMES[trace.kind]} at {first_location(jit, compiled)}"
    name_code_for_perf(compiled.entry, compiled.size, name.encode())
