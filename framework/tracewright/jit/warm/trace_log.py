"""The trace log: everything that was compiled, discarded or given up, one line of JSON each (`jit/tables/log_schema.py`)."""

from typing import Final

from tracewright.core.memory import load8
from tracewright.core.operation_tables import IS_RESIDUAL_CALL
from tracewright.jit.tables.abort import NAMES, SENTENCES
from tracewright.jit.tables.log_schema import VERSION
from tracewright.jit.trace.compiled import CompiledTrace
from tracewright.jit.trace.show import KIND_NAMES, show_instruction, show_snapshot
from tracewright.jit.trace.trace import Trace
from tracewright.jit.warm.state import Jit, location_text
from tracewright.lib.json_text import JsonWriter

_HEX: Final = "0123456789abcdef"


def log_text(jit: Jit) -> str:
    """The whole log."""
    writer = JsonWriter()
    lines: list[str] = []
    _begin_event(writer, "log")
    writer.key("version")
    writer.number(VERSION)
    writer.key("machine")
    backend = jit.backend
    if backend is None:
        writer.nothing()
    else:
        writer.text(backend.machine)
    lines.append(_end_event(writer))
    for compiled in jit.traces:
        _write_trace(jit, compiled, writer)
        lines.append(_end_event(writer))
    for death in jit.deaths:
        _begin_event(writer, "death")
        writer.key("trace")
        writer.number(death.trace)
        writer.key("reason")
        writer.text(death.reason)
        writer.key("after")
        writer.number(death.after)
        lines.append(_end_event(writer))
    for place in jit.given_up:
        _begin_event(writer, "given_up")
        writer.key("location")
        writer.text(place.location)
        writer.key("reason")
        writer.text(NAMES[place.reason])
        writer.key("sentence")
        writer.text(SENTENCES[place.reason])
        writer.key("times")
        writer.number(place.times)
        writer.key("final")
        writer.truth(place.final)
        lines.append(_end_event(writer))
    return "\n".join(lines) + "\n"


def _begin_event(writer: JsonWriter, event: str) -> None:
    writer.begin("{")
    writer.key("event")
    writer.text(event)


def _end_event(writer: JsonWriter) -> str:
    writer.end("}")
    return writer.take()


def _write_trace(jit: Jit, compiled: CompiledTrace, writer: JsonWriter) -> None:
    trace = compiled.trace
    _begin_event(writer, "trace")
    writer.key("number")
    writer.number(compiled.number)
    writer.key("kind")
    writer.text(KIND_NAMES[trace.kind])
    writer.key("parent")
    parent = compiled.parent
    if parent is None:
        writer.nothing()
    else:
        writer.begin("{")
        writer.key("trace")
        writer.number(parent.owner.number)
        writer.key("exit")
        writer.number(parent.number)
        writer.end("}")
    writer.key("location")
    writer.text(first_location(jit, compiled))
    writer.key("entries")
    writer.number(compiled.entries)
    writer.key("valid")
    writer.truth(compiled.valid)
    writer.key("address")
    writer.number(compiled.entry)
    writer.key("size")
    writer.number(compiled.size)
    _write_operations(jit, compiled, writer)
    _write_ways_out(jit, compiled, writer)
    writer.key("code")
    writer.text(_hex_of(compiled.entry, compiled.size))


def _write_operations(jit: Jit, compiled: CompiledTrace, writer: JsonWriter) -> None:
    trace = compiled.trace
    last = ""
    writer.key("operations")
    writer.begin("[")
    for i in range(len(trace.operations)):
        snapshot = trace.snapshot_of[i]
        here = last if snapshot < 0 else snapshot_location(jit, trace, snapshot)
        writer.begin("{")
        writer.key("text")
        writer.text(show_instruction(trace, i))
        writer.key("offset")
        writer.number(compiled.instruction_offsets[i] if i < len(compiled.instruction_offsets) else -1)
        writer.key("location")
        if here == last:
            writer.nothing()
        else:
            writer.text(here)
            last = here
        writer.key("snapshot")
        if snapshot < 0:
            writer.nothing()
        else:
            writer.number(snapshot)
        writer.key("calls")
        if IS_RESIDUAL_CALL[trace.operations[i]]:
            writer.text(jit.assembly.functions[trace.a[i]].name)
        else:
            writer.nothing()
        writer.end("}")
    writer.end("]")


def _write_ways_out(jit: Jit, compiled: CompiledTrace, writer: JsonWriter) -> None:
    trace = compiled.trace
    writer.key("snapshots")
    writer.begin("[")
    for number in range(len(trace.snapshots)):
        writer.begin("{")
        writer.key("location")
        writer.text(snapshot_location(jit, trace, number))
        writer.key("text")
        writer.text(show_snapshot(trace, trace.snapshots[number]))
        writer.end("}")
    writer.end("]")
    writer.key("exits")
    writer.begin("[")
    for leaving in compiled.exits:
        writer.begin("{")
        writer.key("number")
        writer.number(leaving.number)
        writer.key("operation")
        writer.number(leaving.guard)
        writer.key("failures")
        writer.number(leaving.failures)
        writer.key("bridge")
        bridge = leaving.bridge
        if bridge is None:
            writer.nothing()
        else:
            writer.number(bridge.number)
        writer.end("}")
    writer.end("]")


def first_location(jit: Jit, compiled: CompiledTrace) -> str:
    """Where the trace begins, as far as its guards tell; a bridge that has none begins where its parent was left."""
    trace = compiled.trace
    parent = compiled.parent
    if len(trace.snapshots) > 0:
        return snapshot_location(jit, trace, 0)
    if parent is not None:
        return snapshot_location(jit, parent.owner.trace, parent.owner.trace.snapshot_of[parent.guard])
    return "?"


def snapshot_location(jit: Jit, trace: Trace, number: int) -> str:
    """The guest position of a snapshot, in the language's words."""
    snapshot = trace.snapshots[number]
    return location_text(jit, trace.constants[~snapshot.code], snapshot.pc)


def _hex_of(address: int, count: int) -> str:
    """Memory as hexadecimal digits. (The executable view is readable.)"""
    digits: list[str] = []
    for k in range(count):
        byte = load8(address + k)
        digits.append(_HEX[byte >> 4])
        digits.append(_HEX[byte & 15])
    return "".join(digits)
