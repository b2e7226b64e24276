"""Traces of the toy machine do what the machine does: recorded, run, and left at every guard."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tracewright.core.memory import address_of
from tracewright.core.operations import TABLE
from tracewright.jit.execute.guest_state import MOVED, RAISED, RETURNED, GuestState
from tracewright.jit.record.calls import activations
from tracewright.jit.record.recorder import Recorder
from tracewright.jit.tables.abort import SENTENCES, Abort
from tracewright.jit.tables.cells import COMPILED
from tracewright.jit.tables.parameters import Parameters
from tracewright.jit.trace.compiled import CompiledTrace, Exit
from tracewright.jit.trace.run import run_trace
from tracewright.jit.trace.show import show_trace
from tracewright.jit.trace.snapshot import FrameSnapshot
from tracewright.jit.trace.trace import KIND_LOOP, Trace
from tracewright_testing.toy_machine import (
    ADD,
    CALL,
    CALL_ANY,
    COUNT,
    LOAD,
    LOOP,
    NOTE,
    NOTE_OR_RAISE,
    RETURN,
    Toy,
    word,
)
from tracewright_testing.toy_runs import (
    BASE,
    Place,
    ToyWorld,
    exit_of,
    finish,
    frames_of,
    guards_of,
    recorder,
    run_until_left,
)

# Slots of the loops: 0 index, 1 limit, 2 step, 3 total, 4 zero.
LIMIT = 12


def summing(toy: Toy) -> int:
    """total += index; index += step"""
    return toy.new_code([word(LOAD), word(ADD, 3, 3, 0), word(ADD, 0, 0, 2), word(LOOP, 0, 0, 1, 1), word(RETURN, 3)])


def calling(toy: Toy) -> int:
    """total = f(total, index), f being addition"""
    callee = toy.new_code([word(ADD, 2, 0, 1), word(RETURN, 2)])
    body = [word(ADD, 10, 3, 4), word(ADD, 11, 0, 4), word(CALL, 3, 10), word(ADD, 0, 0, 2)]
    return toy.new_code([word(LOAD), *body, word(LOOP, 0, 0, 1, 1), word(RETURN, 3)], callee)


def counting(toy: Toy) -> int:
    """Heap writes in front of guards: exits in mid-bytecode."""
    body = [word(COUNT, 3, 3, 0), word(COUNT, 0, 0, 2)]
    return toy.new_code([word(LOAD), *body, word(LOOP, 0, 0, 1, 1), word(RETURN, 3)])


def noting(toy: Toy) -> int:
    """A call with effects each turn."""
    body = [word(NOTE, 5, 3), word(ADD, 3, 5, 0), word(ADD, 0, 0, 2)]
    return toy.new_code([word(LOAD), *body, word(LOOP, 0, 0, 1, 1), word(RETURN, 3)])


PROGRAMS = [summing, calling, counting, noting]


def fresh(program: Callable[[Toy], int], index: int = 0, total: int = 0) -> tuple[Toy, int]:
    toy = Toy()
    toy.runtime.functions[toy.note_number] = lambda words: toy.runtime.box_int(toy.runtime.unbox(words[0]) + 1)
    toy.set(BASE, index, LIMIT, 1, total, 0)
    return toy, program(toy)


def names(trace: Trace) -> list[str]:
    return [TABLE[operation].name for operation, sunk in zip(trace.operations, trace.sunk, strict=True) if not sunk]


def record(toy: Toy, code: int) -> Trace:
    outcome = recorder(toy).record_loop(code, 1, toy.stack, BASE, BASE)
    assert outcome.trace is not None, SENTENCES[outcome.reason]
    assert (outcome.state.kind, outcome.state.code, outcome.state.pc, outcome.state.base) == (MOVED, code, 1, BASE)
    return outcome.trace


@pytest.mark.parametrize("program", PROGRAMS)
def test_recording_makes_one_turn_of_progress(program: Callable[[Toy], int]) -> None:
    toy, code = fresh(program)
    record(toy, code)
    assert toy.get(BASE) == 1
    other, other_code = fresh(program)
    state = other.interpret(other_code, 1, BASE, BASE)
    assert state.kind == RETURNED
    rest = toy.interpret(code, 1, BASE, BASE)
    assert toy.runtime.unbox(rest.value) == other.runtime.unbox(state.value)


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("turn", [0, 1, 3])
def test_every_exit_goes_on_to_the_same_result(program: Callable[[Toy], int], turn: int) -> None:
    toy, code = fresh(program)
    expected = toy.runtime.unbox(toy.interpret(code, 1, BASE, BASE).value)
    counted = toy.counter(code)
    trace = record(*fresh(program))
    tried = 0
    for guard in guards_of(trace):
        toy, code = fresh(program)
        trace = record(toy, code)
        left = run_until_left(toy, trace, BASE, BASE, Place(guard, turn))
        state = finish(toy, left, BASE)
        assert state.kind == RETURNED
        assert toy.runtime.unbox(state.value) == expected, f"left at {guard}"
        assert toy.counter(code) == counted, f"left at {guard}"
        tried += left.index == guard
    assert tried > 0 or turn > 0


def test_a_loop_over_ints_boxes_nothing() -> None:
    trace = record(*fresh(summing))
    body = names(trace)[names(trace).index("label") :]
    assert body.count("int_add_ovf") == 2
    assert not {"value_of_int", "read_slot", "write_slot", "value_small"} & set(body)


def test_an_inlined_call_leaves_no_trace_of_its_frame() -> None:
    body = names(record(*fresh(calling)))
    body = body[body.index("label") :]
    assert not {"call_guest", "residual_r", "write_slot", "store"} & set(body)


def test_dead_slots_are_neither_carried_nor_given_back() -> None:
    toy, code = fresh(summing)
    kept = record(toy, code)
    limit = max(offset for snapshot in kept.snapshots for offset in snapshot.offsets)
    toy, code = fresh(summing)
    toy.runtime.live[code, 1] = limit  # at the head of the loop the frame's last slot is dead
    trace = record(toy, code)
    at_head = [snapshot for snapshot in trace.snapshots if snapshot.pc == 1]
    assert at_head and all(limit not in snapshot.offsets for snapshot in at_head)
    assert any(limit in snapshot.offsets for snapshot in kept.snapshots if snapshot.pc == 1)
    assert carried(trace) < carried(kept)
    assert names(trace).count("guard_valid") == names(kept).count("guard_valid") == 1


def carried(trace: Trace) -> int:
    return trace.d[trace.label]


def test_the_blackhole_finishes_bytecodes_that_have_written() -> None:
    toy, code = fresh(counting)
    trace = record(toy, code)
    with_frames = [index for index in guards_of(trace) if trace.snapshots[trace.snapshot_of[index]].frames]
    assert with_frames
    left = run_until_left(toy, trace, BASE, BASE, Place(with_frames[0], 0))
    assert left.frames


def test_an_overflow_is_followed_into_its_handler() -> None:
    """The sum does not fit: the handler makes a float, and the trace checks that it would again."""
    toy, code = fresh(
        lambda toy: toy.new_code(
            [word(LOAD), word(ADD, 5, 3, 3), word(ADD, 0, 0, 2), word(LOOP, 0, 0, 1, 1), word(RETURN, 5)]
        ),
        total=1 << 62,
    )
    trace = record(toy, code)
    assert "float_add" in names(trace)
    assert "int_add_ovf" in names(trace)  # of the index
    assert finish(toy, run_until_left(toy, trace, BASE, BASE), BASE).kind == RETURNED
    assert toy.runtime.load_slot(toy.stack, BASE + 5) == toy.float_word(2.0**63)


def raising_for(toy: Toy, first: int, stop: int) -> None:
    """The native function raises when it has been called `first` times and less than `stop` times; else it adds one."""
    error = toy.runtime.block(16)
    calls = [0]

    def note(words: list[int]) -> int:
        calls[0] += 1
        if first < calls[0] <= stop:
            toy.runtime.pending = error
            return 0x0BAD
        return toy.runtime.box_int(toy.runtime.unbox(words[0]) + 1)

    toy.runtime.functions[toy.note_number] = note


def state_of(toy: Toy, state: GuestState) -> list[int]:
    assert state.kind == RETURNED
    return [toy.runtime.unbox(state.value), *[toy.get(BASE + slot) for slot in range(4)]]


def interpreted(first: int, stop: int) -> list[int]:
    toy, code = fresh(noting)
    raising_for(toy, first, stop)
    return state_of(toy, toy.interpret(code, 1, BASE, BASE))


def test_a_raising_call_is_followed_into_its_handler() -> None:
    """The trace goes on while the call raises that class; when it returns instead, the exit has its result."""
    toy, code = fresh(noting)
    raising_for(toy, 0, 5)
    trace = record(toy, code)
    assert names(trace).count("guard_exception") == names(trace).count("take_exception") >= 1
    assert toy.runtime.pending == 0
    left = run_until_left(toy, trace, BASE, BASE)
    assert TABLE[trace.operations[left.index]].name == "guard_exception"
    assert toy.get(BASE + 5) == 77  # what the handler has written
    assert state_of(toy, finish(toy, left, BASE)) == interpreted(0, 5)


def test_a_call_that_raises_in_machine_code_unwinds_in_the_blackhole() -> None:
    toy, code = fresh(noting)
    raising_for(toy, 3, 6)
    trace = record(toy, code)
    left = run_until_left(toy, trace, BASE, BASE)
    assert TABLE[trace.operations[left.index]].name == "guard_no_exception"
    assert left.frames
    assert state_of(toy, finish(toy, left, BASE)) == interpreted(3, 6)


@pytest.mark.parametrize(("first", "stop", "begins"), [(3, 6, "guard_exception"), (0, 4, "guard_no_exception")])
def test_a_bridge_answers_whether_the_call_has_raised(first: int, stop: int, begins: str) -> None:
    """A loop recorded while the call returns gets a bridge for its raising, and the other way round."""
    toy, code = fresh(noting)
    raising_for(toy, first, stop)
    trace = record(toy, code)
    left = run_until_left(toy, trace, BASE, BASE)
    leaving = exit_of(trace, left.index)
    frames = frames_of(toy, left.frames)
    outcome = recorder(toy).record_bridge(leaving, frames, left.code, left.pc, toy.stack, left.base, BASE)
    assert outcome.trace is not None, SENTENCES[outcome.reason]
    assert next(name for name in names(outcome.trace) if name.startswith("guard")) == begins
    state = toy.interpret(outcome.state.code, outcome.state.pc, outcome.state.base, BASE)
    assert state_of(toy, state) == interpreted(first, stop)


def test_an_exception_without_a_handler_leaves_the_function() -> None:
    toy = Toy()
    code = toy.new_code([word(NOTE_OR_RAISE, 2, 0), word(RETURN, 2)])
    toy.set(BASE, 20, 22)
    raising_for(toy, 0, 1 << 30)
    outcome = recorder(toy).record_function(code, toy.stack, BASE)
    assert outcome.trace is not None, SENTENCES[outcome.reason]
    assert outcome.state.kind == RAISED
    assert toy.runtime.pending != 0
    pending, toy.runtime.pending = toy.runtime.pending, 0
    assert names(outcome.trace)[-1] == "finish_raising"
    assert run_until_left(toy, outcome.trace, BASE, BASE).how == "raise"
    assert toy.runtime.pending == pending


def test_a_function_trace_finishes_with_its_value() -> None:
    toy = Toy()
    code = toy.new_code([word(ADD, 2, 0, 1), word(RETURN, 2)])
    toy.set(BASE, 20, 22)
    outcome = recorder(toy).record_function(code, toy.stack, BASE)
    assert outcome.trace is not None, SENTENCES[outcome.reason]
    assert outcome.state.kind == RETURNED
    assert outcome.state.held[1] == outcome.state.value  # for the collector, while the trace is compiled
    assert toy.runtime.unbox(outcome.state.value) == 42
    assert "guard_true" in names(outcome.trace)
    toy.set(BASE, 3, 4)
    left = run_until_left(toy, outcome.trace, BASE, BASE)
    assert (left.how, toy.runtime.unbox(left.word)) == ("finish", 7)


def test_results_in_the_frame_outlive_it() -> None:
    for wanted in (False, True):
        toy = Toy()
        toy.assembly.results_in_frame = wanted
        code = toy.new_code([word(ADD, 2, 0, 1), word(RETURN, 2)])
        toy.set(BASE, 20, 22, 0)
        outcome = recorder(toy).record_function(code, toy.stack, BASE)
        assert outcome.trace is not None, SENTENCES[outcome.reason]
        toy.set(BASE, 3, 4, 0)
        run_until_left(toy, outcome.trace, BASE, BASE)
        assert toy.get(BASE + 2) == (7 if wanted else 0)


def test_a_compiled_callee_is_called() -> None:
    toy, code = fresh(calling)
    callee = toy.callee(code)
    toy.set(BASE + 50, 1, 2)
    outcome = recorder(toy).record_function(callee, toy.stack, BASE + 50)
    assert outcome.trace is not None
    cell = toy.runtime.cell(callee, 0)
    cell.state, cell.entry, cell.compiled = COMPILED, 1, CompiledTrace(outcome.trace, 1)
    assert "call_guest" not in names(record(toy, code))  # small as it is, it is rather followed
    parameters = Parameters()
    assert parameters.set_from_text("inline_depth=0") == ""
    trace = Recorder(toy.assembly, toy.runtime, parameters).record_loop(code, 1, toy.stack, BASE, BASE).trace
    assert trace is not None
    calls = [index for index, operation in enumerate(trace.operations) if TABLE[operation].name == "call_guest"]
    assert calls
    assert trace.constants[~trace.a[calls[0]]] == address_of(cell)
    assert trace.b[calls[0]] == 10
    state = finish(toy, run_until_left(toy, trace, BASE, BASE), BASE)
    assert toy.runtime.unbox(state.value) == sum(range(LIMIT))


def calling_any() -> tuple[Toy, int]:
    """As `calling`, the function being in slot 5. The call is at position 3."""
    toy, code = fresh(calling)
    toy.runtime.store_slot(toy.stack, BASE + 5, toy.callee(code))
    body = [word(ADD, 10, 3, 4), word(ADD, 11, 0, 4), word(CALL_ANY, 3, 10, 5), word(ADD, 0, 0, 2)]
    return toy, toy.new_code([word(LOAD), *body, word(LOOP, 0, 0, 1, 1), word(RETURN, 3)])


@pytest.mark.parametrize("many", [False, True])
def test_where_many_functions_are_called_the_callee_is_a_variable(many: bool) -> None:
    toy, code = calling_any()
    toy.runtime.cell(code, 3).meets_many = many
    trace = record(toy, code)
    assert ("call_code" in names(trace), "guard_ref" in names(trace)) == (many, not many)
    state = finish(toy, run_until_left(toy, trace, BASE, BASE), BASE)
    assert toy.runtime.unbox(state.value) == sum(range(LIMIT))


def test_a_row_of_guards_on_one_callee_after_another_says_that_there_are_many() -> None:
    """Each bridge is recorded with a callee that none of those before it has met."""
    toy, code = calling_any()
    parameters = Parameters()
    assert parameters.set_from_text("few=3") == ""
    trace = record(toy, code)
    parent: Exit | None = None
    seen: list[bool] = []
    for number in range(4):
        guard = next(k for k, operation in enumerate(trace.operations) if TABLE[operation].name == "guard_ref")
        compiled = CompiledTrace(trace, number)
        compiled.parent = parent
        snapshot = trace.snapshots[trace.snapshot_of[guard]]
        parent = Exit(compiled, 0, guard, snapshot, sorted({ref for ref in snapshot.refs if ref >= 0}), [])
        toy.set(BASE, 0, LIMIT, 1, 0, 0)
        toy.runtime.store_slot(toy.stack, BASE + 5, toy.new_code([word(ADD, 2, 0, 1), word(RETURN, 2)]))
        toy.set(BASE + 10, 0, 0)
        outcome = Recorder(toy.assembly, toy.runtime, parameters).record_bridge(
            parent, [], code, snapshot.pc, toy.stack, BASE, BASE
        )
        assert outcome.trace is not None, SENTENCES[outcome.reason]
        trace = outcome.trace
        seen.append("call_code" in names(trace))
        if seen[-1]:
            break
    assert seen == [False, False, True]


@pytest.mark.parametrize("total", [0, 0.0], ids=["int", "float"])
def test_ints_cross_a_call_in_registers(total: float) -> None:
    """Only where all typed slots get ints; of the waiting frame nothing is written where nobody looks at it."""
    toy, code = fresh(calling)
    callee = toy.callee(code)
    toy.runtime.parameter_slots[callee] = (0, 2)
    toy.runtime.linkage[code] = 0
    toy.set(BASE + 50, 1, 2)
    outcome = recorder(toy).record_function(callee, toy.stack, BASE + 50)
    assert outcome.trace is not None
    assert names(outcome.trace).count("argument_int") == 2 and "read_slot" not in names(outcome.trace)
    cell = toy.runtime.cell(callee, 0)
    cell.state, cell.entry, cell.compiled = COMPILED, 1, CompiledTrace(outcome.trace, 1)
    cell.typed_entry, cell.typed_slots = 1, 0b11
    if isinstance(total, float):
        toy.runtime.store_slot(toy.stack, BASE + 3, toy.float_word(total))
    parameters = Parameters()
    assert parameters.set_from_text("inline_depth=0") == ""
    trace = Recorder(toy.assembly, toy.runtime, parameters).record_loop(code, 1, toy.stack, BASE, BASE).trace
    assert trace is not None
    calls = [index for index, operation in enumerate(trace.operations) if TABLE[operation].name == "call_guest"]
    written = [
        trace.a[index] for index, operation in enumerate(trace.operations) if TABLE[operation].name == "write_slot"
    ]
    bare = total == 0 and isinstance(total, int)
    assert [trace.d[call] for call in calls] == [2 if bare else 0] * len(calls)
    assert set(written) == (set() if bare else {10, 11})
    assert ("result_int" in names(trace)) == bare
    state = finish(toy, run_until_left(toy, trace, BASE, BASE), BASE)
    if bare:
        assert toy.runtime.unbox(state.value) == sum(range(LIMIT))


def test_leaving_a_function_that_is_still_counting_is_an_early_return() -> None:
    toy, code = fresh(summing, index=LIMIT)
    outcome = recorder(toy).record_loop(code, 1, toy.stack, BASE, BASE)
    assert outcome.trace is None
    assert outcome.reason == Abort.RETURNED_EARLY
    assert outcome.state.kind == RETURNED


def test_at_the_last_chance_a_loop_may_end_elsewhere() -> None:
    toy, code = fresh(summing, index=LIMIT)
    outcome = recorder(toy).record_loop(code, 1, toy.stack, BASE, BASE, last_chance=True)
    assert outcome.trace is not None, SENTENCES[outcome.reason]
    assert names(outcome.trace)[-1] == "finish"
    assert outcome.state.kind == RETURNED


def test_a_trace_ends_before_a_call_that_has_to_wait() -> None:
    """A loop is given up until the callee is compiled; a function ends before the call."""
    parameters = Parameters()
    assert parameters.set_from_text("recursion_depth=0") == ""
    toy, code = fresh(calling)
    waiting = Recorder(toy.assembly, toy.runtime, parameters)
    outcome = waiting.record_loop(code, 1, toy.stack, BASE, BASE)
    assert (outcome.trace, outcome.reason) == (None, Abort.RECURSION)
    assert outcome.waits_for is toy.runtime.cell(toy.callee(code), 0)
    toy, code = fresh(calling)
    outcome = Recorder(toy.assembly, toy.runtime, parameters).record_function(code, toy.stack, BASE)
    assert outcome.trace is not None, SENTENCES[outcome.reason]
    assert names(outcome.trace)[-1] == "leave"
    left = run_until_left(toy, outcome.trace, BASE, BASE)
    assert (left.code, left.pc, left.how) == (code, 3, "leave")


def test_a_bridge_begins_in_mid_bytecode() -> None:
    """Leave `counting` where its sum meets a float, record from there, and run the bridge from the same values."""
    toy, code = fresh(counting)
    trace = record(toy, code)
    guard = next(index for index in guards_of(trace) if trace.snapshots[trace.snapshot_of[index]].frames)
    left = run_until_left(toy, trace, BASE, BASE, Place(guard, 0))
    leaving = exit_of(trace, guard)
    inputs = [left.values[ref] for ref in leaving.refs]
    slots = [toy.runtime.load_slot(toy.stack, BASE + offset) for offset in range(8)]
    counted = toy.counter(code)
    outcome = recorder(toy).record_bridge(
        leaving, frames_of(toy, left.frames), left.code, left.pc, toy.stack, left.base, BASE
    )
    assert outcome.trace is not None, SENTENCES[outcome.reason]
    after = [toy.runtime.load_slot(toy.stack, BASE + offset) for offset in range(8)], toy.counter(code)
    for offset, slot in enumerate(slots):
        toy.runtime.store_slot(toy.stack, BASE + offset, slot)
    toy.set_counter(code, counted)
    ended = run_trace(outcome.trace, ToyWorld(toy), BASE, BASE, inputs)
    assert ended.how == "leave"  # at the header: the loop itself is not compiled in this test
    assert (ended.code, ended.pc, ended.base) == (outcome.state.code, outcome.state.pc, outcome.state.base)
    assert ([toy.runtime.load_slot(toy.stack, BASE + offset) for offset in range(8)], toy.counter(code)) == after


def test_a_loop_that_ends_the_portal_leaves_its_slots_in_memory() -> None:
    """The portal may have run only this loop, of a frame that goes on: a tree interpreter does that."""
    toy, code = fresh(summing)
    trace = record(toy, code)
    left = run_until_left(toy, trace, BASE, BASE)
    assert left.how == "exit"
    leaving = exit_of(trace, left.index)
    inputs = [left.values[ref] for ref in leaving.refs]
    outcome = recorder(toy).record_bridge(leaving, [], left.code, left.pc, toy.stack, left.base, BASE)
    assert outcome.trace is not None, SENTENCES[outcome.reason]
    for slot in (0, 3):
        toy.set(BASE + slot, 77)
    ended = run_trace(outcome.trace, ToyWorld(toy), BASE, BASE, inputs)
    assert ended.how == "finish"
    assert (toy.get(BASE), toy.get(BASE + 3)) == (LIMIT, sum(range(LIMIT)))


def test_recursion_over_equal_receivers_ends_in_a_call_and_over_a_tree_does_not() -> None:
    toy, code = fresh(summing)
    recording = recorder(toy)._start(KIND_LOOP, toy.stack, BASE, BASE, address_of(toy.runtime.cell(code, 1)))
    jitcode = toy.assembly.jitcodes[toy.assembly.portal]
    for receiver in (8, 16, 16, 0):
        frame = recording.pool.take(jitcode, 0)
        frame.receiver = receiver
        recording.frames.append(frame)
    assert [activations(recording, jitcode, receiver) for receiver in (8, 16, 24)] == [1, 2, 0]


def test_a_bridge_knows_what_the_frames_of_its_exit_follow() -> None:
    """So that recursion which each bridge follows a little further comes to an end."""
    frame = FrameSnapshot(0, 7, -1)
    frame.guest_callee, frame.receiver = 48, 56
    frame.registers.append(1)
    copy = frame.without_registers()
    assert (copy.guest_callee, copy.receiver, copy.pc, copy.registers) == (48, 56, 7, [])


def test_a_recorder_records_the_same_again() -> None:
    """It uses the memory of the recordings before: nothing of them may be left in it."""
    texts = []
    toy, code = fresh(summing)
    again = recorder(toy)
    for _ in range(3):
        toy.set(BASE, 0)
        toy.set(BASE + 3, 0)
        outcome = again.record_loop(code, 1, toy.stack, BASE, BASE)
        assert outcome.trace is not None, SENTENCES[outcome.reason]
        texts.append(show_trace(outcome.trace))
    assert len(set(texts)) == 1
