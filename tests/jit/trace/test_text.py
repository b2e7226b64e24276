"""The text form of traces reads back to the same trace."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracewright.core import integers
from tracewright.core import operations as op
from tracewright.core.kinds import FLOAT, INT, REF
from tracewright.jit.tables.options import JitOptions
from tracewright.jit.trace.parse import TraceSyntaxError, parse_trace
from tracewright.jit.trace.show import show_trace
from tracewright.jit.trace.snapshot import BOX_INT, TOP_SLOT, UNBOXED_FLOAT, FrameSnapshot, Snapshot
from tracewright.jit.trace.trace import Trace
from tracewright_testing.trace_script import Recording
from tracewright_testing.trace_scripts_random import Generator, function_table, make_world


def facts(trace: Trace) -> object:
    """Everything a trace says, constants by what they are."""

    def ref(number: int) -> object:
        if number >= 0:
            return number
        word = trace.constants[~number]
        return (trace.constant_kinds[~number], word)

    def values(snapshot: Snapshot | FrameSnapshot) -> object:
        return [(ref(number), boxing) for number, boxing in zip(snapshot.refs, snapshot.boxings, strict=True)]

    instructions = []
    for index, operation in enumerate(trace.operations):
        row = op.TABLE[operation]
        columns = [trace.a[index], trace.b[index], trace.c[index], trace.d[index]]
        operands: list[object] = []
        for column, letter in enumerate(row.takes):
            if letter == "*":
                operands += [ref(number) for number in trace.extra[columns[2] : columns[2] + columns[3]]]
            else:
                operands.append(columns[column] if letter == "#" else ref(columns[column]))
        instructions.append((row.name, operands, trace.snapshot_of[index], trace.sunk[index]))
    snapshots = [
        (ref(s.code), s.pc, s.base_offset, s.position, s.offsets, values(s))
        + tuple((f.jitcode, f.pc, f.result_register, f.registers, values(f)) for f in s.frames)
        for s in trace.snapshots
    ]
    positions = [ref(p) if n % 4 == 1 else p for n, p in enumerate(trace.positions)]
    return (trace.kind, trace.cell, trace.label, instructions, snapshots, positions, trace.sunk_stores)


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 1 << 32), st.integers(5, 40), st.booleans())
def test_random_traces_read_back(seed: int, length: int, plain: bool) -> None:
    options = JitOptions()
    if plain:
        options.all_off()
    random = Random(seed)
    script = Generator(random, make_world(Random(seed), False)).generate(length)
    trace = Recording(script, options, function_table()).play()
    assert facts(parse_trace(show_trace(trace))) == facts(trace)


WORDS = st.integers(integers.MIN_INT, integers.MAX_INT)


@given(WORDS, WORDS, st.floats() | st.just(-0.0))
def test_any_constant_reads_back(number: int, word: int, value: float) -> None:
    trace = Trace(0, 8192)
    number_ref, word_ref = trace.constant(INT, number), trace.constant(REF, word)
    bits_ref = trace.constant(FLOAT, integers.bits_of_float(value))
    trace.append(op.STORE_FLOAT, word_ref, 8, 2, bits_ref, -1)
    trace.append(op.STORE, word_ref, 16, 2, number_ref, -1)
    trace.append(op.FINISH, word_ref, 0, 0, 0, -1)
    trace.sunk = [False] * 3
    assert facts(parse_trace(show_trace(trace))) == facts(trace)


def test_snapshots_say_how_exits_box() -> None:
    trace = Trace(1, 8192)
    code, three, half = (
        trace.constant(REF, 20480),
        trace.constant(INT, 3),
        trace.constant(FLOAT, integers.bits_of_float(0.5)),
    )
    trace.append(op.GUARD_VALID, 0, 0, 0, 0, 0)
    trace.append(op.LEAVE, 0, 0, 0, 0, 0)
    trace.sunk = [False, False]
    snapshot = Snapshot(code, 14, -2, 0, 0)
    snapshot.offsets, snapshot.refs, snapshot.boxings = [TOP_SLOT, 3], [three, three], [0, BOX_INT]
    frame = FrameSnapshot(7, 21, 2)
    frame.registers, frame.refs, frame.boxings = [5], [half], [UNBOXED_FLOAT]
    snapshot.add_frame(frame)
    trace.snapshots.append(snapshot)
    assert show_trace(trace).splitlines()[-1] == (
        "s0: at @20480 pc 14 base-2 after 0 {top: 3, 3: int 3} frame 7 pc 21 result 2 (5: raw 0.5)"
    )
    assert facts(parse_trace(show_trace(trace))) == facts(trace)


@pytest.mark.parametrize(
    "text", ["nonsense", "loop stack 1 cell 2\n  i0 = int_plus(1, 2)", "loop stack 1 cell 2\n  hello"]
)
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(TraceSyntaxError):
        parse_trace(text)
