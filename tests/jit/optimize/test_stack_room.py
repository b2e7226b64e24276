"""Frames that fit the VM stack because others did: asked once, and again only for what reaches farther than when a function was called."""

from __future__ import annotations

import pytest

from tracewright.core import operations as op
from tracewright.core.vm_stack import LIMIT_OFFSET
from tracewright.jit.optimize.builder import TraceBuilder
from tracewright.jit.tables.options import JitOptions

LIMIT_ALIAS = 4
CALL_AT = 26


class Frames:
    """A trace that enters guest frames."""

    def __init__(self) -> None:
        self.builder = TraceBuilder(0, 8192, [], [], JitOptions())
        self.builder.set_top_alias(5)
        self.builder.at_bytecode(self.builder.ref_constant(20480), 0, 0)

    def end(self, offset: int) -> int:
        base = self.builder.emit(op.TRACE_BASE)
        self.builder.assume_range(base, 0, 1 << 30)
        return self.builder.emit(op.INT_ADD, base, self.builder.int_constant(offset))

    def asks(self, offset: int, turned: bool = False) -> bool:
        """As `VMStack.reserve`. Whether a guard was needed."""
        builder = self.builder
        limit = builder.emit(op.LOAD, builder.stack_ref(), LIMIT_OFFSET, LIMIT_ALIAS)
        end = self.end(offset)
        beyond = builder.emit(op.INT_LT, limit, end) if turned else builder.emit(op.INT_GT, end, limit)
        asked = not builder.is_constant(beyond)
        assert asked or builder.constant_word(beyond) == 0
        builder.guard(op.GUARD_FALSE, beyond, 0, None)
        builder.write_top(self.end(offset))
        return asked

    def call(self) -> None:
        self.builder.flush_for_call(CALL_AT, 0)
        self.builder.call_guest(self.builder.ref_constant(4096), CALL_AT, [])
        self.builder.at_bytecode(self.builder.ref_constant(20480), 4, 0)


@pytest.mark.parametrize("turned", [False, True])
def test_what_a_callee_has_had_is_not_asked_for_again(turned: bool) -> None:
    frames = Frames()
    assert frames.asks(45)
    frames.call()
    assert not frames.asks(39, turned) and not frames.asks(45, turned)
    assert frames.asks(46, turned)
    assert not frames.asks(46, turned)


def test_a_call_takes_back_what_lies_above_top() -> None:
    frames = Frames()
    assert frames.asks(60)
    frames.builder.write_top(frames.end(45))
    frames.call()
    assert not frames.asks(45)
    frames.builder.write_top(frames.end(45))
    assert frames.asks(60)


def test_nothing_is_known_where_top_is_not() -> None:
    frames = Frames()
    builder = frames.builder
    assert frames.asks(45)
    builder.write_top(builder.emit(op.WORD_OF, builder.read_slot(3)))
    frames.call()
    assert frames.asks(39)


def test_another_load_of_a_stack_object_is_no_limit() -> None:
    frames = Frames()
    assert frames.asks(45)
    frames.call()
    builder = frames.builder
    other = builder.emit(op.LOAD, builder.read_slot(2), LIMIT_OFFSET, LIMIT_ALIAS)
    assert not builder.is_constant(builder.emit(op.INT_GT, frames.end(39), other))


def test_each_turn_of_a_loop_asks_for_itself() -> None:
    frames = Frames()
    assert frames.asks(45)
    frames.call()
    assert not frames.asks(39)
    frames.builder.write_top(frames.end(10))
    frames.builder.at_bytecode(frames.builder.ref_constant(20480), 0, 0)
    trace = frames.builder.close_loop()
    assert trace is not None
    asked = [i for i in range(len(trace.operations)) if trace.operations[i] in (op.INT_GT, op.INT_LT)]
    assert len(asked) == 2 and asked[0] < trace.label < asked[1]
