"""From a trace to machine code, in order: the main line, slow paths, stubs of exits, constants."""

from __future__ import annotations

from tracewright.jit.codegen.pending import UNDO_NOTHING, PendingExit
from tracewright.jit.codegen.shared_selectors import SHARED_SELECTORS
from tracewright.jit.codegen.trace_emitter import TraceEmitter
from tracewright.jit.trace.compiled import Exit


def write_trace(emitter: TraceEmitter, parent: Exit | None) -> None:
    """All of it; nothing is in use before the caller commits. Raises CodeMemoryFull, TooManySpills."""
    compiled = emitter.compiled
    emitter.hint_arguments()
    emitter.align()
    compiled.entry = emitter.position()
    if parent is None:
        emitter.write_frame()
    else:
        emitter.place_inputs(parent)
    _write_main_line(emitter)
    compiled.body_size = emitter.position() - compiled.entry
    _write_slow_paths(emitter)
    emitter.write_call_finishes()
    for pending in emitter.pending_exits:
        emitter.between_instructions()
        _write_stub(emitter, pending)
    compiled.code_size = emitter.position() - compiled.entry
    emitter.write_literals()
    compiled.size = emitter.position() - compiled.entry


def _write_main_line(emitter: TraceEmitter) -> None:
    trace = emitter.trace
    compiled = emitter.compiled
    allocator = emitter.allocator
    compiled.instruction_offsets = [-1] * len(trace.operations)
    for i in range(len(trace.operations)):
        if emitter.liveness.skipped[i]:
            continue
        emitter.between_instructions()
        compiled.instruction_offsets[i] = emitter.position() - compiled.entry
        allocator.begin(i)
        SHARED_SELECTORS[trace.operations[i]](emitter, i)
        allocator.finish()


def _write_slow_paths(emitter: TraceEmitter) -> None:
    """Calls of routines that take and give a word in the scratch register, and the ways back."""
    scratch = emitter.scratch()
    for path in emitter.slow_paths:
        emitter.between_instructions()
        emitter.resolve_here(path.field)
        if path.if_old:
            is_old = emitter.branch_if_old_at(path.source)
            emitter.jump(path.back)
            emitter.resolve_here(is_old)
        if path.source >= 0:
            emitter.move(scratch, path.source)
        else:
            emitter.load_word(scratch, path.immediate)
        if path.of_item:
            emitter.add_index(scratch, path.index, path.start)
        emitter.call_routine(path.routine)
        emitter.move(path.target, scratch)
        emitter.jump(path.back)


def _write_stub(emitter: TraceEmitter, pending: PendingExit) -> None:
    """The out-of-line part of a guard; after it, `exit` knows what a bridge's attachment may patch: the guard's branch where it is
    the only one and nothing has to be undone first, else the last part of the stub."""
    exit = pending.exit
    start = emitter.position()
    if pending.branches > 0:
        emitter.resolve_here(pending.field)
        for field in pending.other_fields:
            emitter.resolve_here(field)
    if pending.valid_patch >= 0:
        pending.valid_of.valid_exits[pending.valid_patch] = start
    if pending.undo != UNDO_NOTHING:
        emitter.undo(pending)
    elif pending.branches == 1:
        exit.branch_address = pending.branch
    exit.stub_address = emitter.position()
    emitter.write_leave(exit)
