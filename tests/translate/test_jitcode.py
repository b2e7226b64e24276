"""Jitcode written from graphs computes what the graphs mean, with few registers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracewright.core import operations as ops
from tracewright.core.effects import READS, SLOTS, WRITES
from tracewright.core.source_span import NOWHERE
from tracewright.core.vm_stack import VMStack
from tracewright.hints import GuestCode, JitDriver
from tracewright.jit.execute.blackhole import Blackhole
from tracewright.jit.execute.frames import Frame
from tracewright.jit.execute.free_frames import FreeFrames
from tracewright.jit.execute.guest_state import RAISED, RETURNED, GuestState
from tracewright.jit.tables.assembly import Assembly
from tracewright.tools.modules import import_file
from tracewright.translate.flow.graph import FunctionGraph, Instruction, Raise, Switch, Unreachable
from tracewright.translate.flow.types import INT, STR_BUFFER, ClassLayout, Instance, number_aliases
from tracewright.translate.jitcode.effects import Effects
from tracewright.translate.jitcode.policy import Opaque, why_not
from tracewright.translate.jitcode.registers import sequential_moves
from tracewright.translate.jitcode.show import show_jitcode
from tracewright.translate.jitcode.tables import Tables
from tracewright.translate.jitcode.writer import StrayVariable, new_jitcode, write_jitcode
from tracewright.translate.program import translate
from tracewright_testing.jit_runtime import HostedRuntime
from tracewright_testing.native_graphs import Graph, basic_layouts


def assemble(*graphs: Graph) -> Assembly:
    """An assembly of these functions; the first is number 0."""
    assembly = Assembly()
    tables = Tables(None, {graph.function: number for number, graph in enumerate(graphs)}, {})
    for number, graph in enumerate(graphs):
        assembly.jitcodes.append(new_jitcode(graph.function, number))
        write_jitcode(graph.function, assembly.jitcodes[number], tables)
    return assembly


def run(assembly: Assembly, *arguments: int) -> GuestState:
    frame = Frame(assembly.jitcodes[0], 0, -1)
    for register, word in enumerate(arguments):
        frame.words[register] = word
    runtime = HostedRuntime(overflow_error=4096)
    return Blackhole(assembly, runtime, FreeFrames()).run([frame])


def sum_below() -> Graph:
    graph = Graph("sum_below", "i")
    head, body, done = graph.block("ii"), graph.block(), graph.block()
    graph.entry.jump(head.to(0, 0))
    head.branch(head.op(ops.INT_LT, head[1], graph.entry[0]), body.to(), done.to())
    total = body.op(ops.INT_ADD, head[0], head[1])
    body.jump(head.to(total, body.op(ops.INT_ADD, head[1], 1)))
    done.give(head[0])
    return graph


def test_a_loop() -> None:
    assembly = assemble(sum_below())
    assert run(assembly, 10).value == 45
    assert assembly.jitcodes[0].variable_count <= 1 + 2 + 2 + 2  # parameter, loop variables, temporaries, the last two


def test_the_text_form() -> None:
    text = show_jitcode(assemble(sum_below()).jitcodes[0])
    assert text.startswith("hand.sum_below: 1 parameters")
    assert "int_lt" in text
    assert "jump @" in text


def rotation() -> Graph:
    """7 turns of (1, 2, 3) end in (2, 3, 1)."""
    main = Graph("main")
    head, body, done = main.block("iiii"), main.block(), main.block()
    main.entry.jump(head.to(1, 2, 3, 0))
    head.branch(head.op(ops.INT_LT, head[3], 7), body.to(), done.to())
    body.jump(head.to(head[1], head[2], head[0], body.op(ops.INT_ADD, head[3], 1)))
    high = done.op(ops.INT_MUL, head[0], 100)
    middle = done.op(ops.INT_MUL, head[1], 10)
    done.give(done.op(ops.INT_ADD, done.op(ops.INT_ADD, high, middle), head[2]))
    return main


def test_block_parameters_move_at_once() -> None:
    assert run(assemble(rotation())).value == 231


@pytest.mark.parametrize(
    "moves",
    [
        [(0, 1), (1, 0)],
        [(0, 1), (1, 2), (2, 0), (3, 4), (4, 3)],
        [(0, 1), (2, 1), (1, 0)],
        [(5, 0), (0, 1), (1, 5)],
        [(0, 0), (1, 0)],
    ],
)
def test_sequential_moves(moves: list[tuple[int, int]]) -> None:
    before = {register: register * 11 for register in range(10)}
    after = dict(before)
    for target, source in sequential_moves(moves, 9):
        after[target] = after[source]
    for target, source in moves:
        assert after[target] == before[source]


def switching(keys: list[int]) -> Graph:
    graph = Graph("main", "i")
    other = graph.block()
    other.give(-1)
    cases = {}
    for key in keys:
        block = graph.block()
        block.give(key * 3)
        cases[key] = block.to()
    graph.entry.block.terminator = Switch(graph.entry[0], cases, other.to())
    return graph


@pytest.mark.parametrize("keys", [[0, 1, 2, 5], [-4, -3, -1], [-(1 << 60), 0, 7, 1 << 40]])
def test_switches(keys: list[int]) -> None:
    assembly = assemble(switching(keys))
    for value in [*keys, *(key + 1 for key in keys), *(key - 1 for key in keys)]:
        assert run(assembly, value).value == (value * 3 if value in keys else -1)


def raising() -> Graph:
    """Raises its argument if it is odd."""
    graph = Graph("callee", "r", "i")
    odd, even = graph.block(), graph.block()
    number = graph.entry.op(ops.WORD_OF, graph.entry[0])
    graph.entry.branch(graph.entry.op(ops.INT_AND, number, 1), odd.to(), even.to())
    odd.block.terminator = Raise(graph.entry[0], NOWHERE)
    even.give(number)
    return graph


def catching(callee: FunctionGraph) -> Graph:
    graph = Graph("main", "ri")
    handler, fine = graph.block("ri"), graph.block()
    kept = graph.entry.op(ops.INT_ADD, graph.entry[1], 5)
    result = graph.entry.op(ops.CALL, graph.entry[0], immediate=callee, on_error=handler.to(kept))
    graph.entry.jump(fine.to())
    fine.give(result)
    handler.give(handler.op(ops.INT_MUL, handler.op(ops.WORD_OF, handler[0]), handler[1]))
    return graph


def test_exceptions_go_to_their_handlers() -> None:
    callee = raising()
    assembly = assemble(catching(callee.function), callee)
    assert run(assembly, 8, 1).value == 8
    assert run(assembly, 7, 1).value == 7 * 6
    assert run(assemble(raising()), 7).kind == RAISED
    assert run(assemble(raising()), 8).kind == RETURNED


def test_checked_arithmetic_raises() -> None:
    graph = Graph("main", "ii")
    handler, fine = graph.block("r"), graph.block()
    product = graph.entry.op(ops.INT_MUL_OVF, graph.entry[0], graph.entry[1], on_error=handler.to())
    graph.entry.jump(fine.to())
    fine.give(product)
    handler.give(handler.op(ops.WORD_OF, handler[0]))
    assembly = assemble(graph)
    assert run(assembly, -3, 1 << 61).value == -3 << 61
    assert run(assembly, 3, 1 << 62).value == 4096
    assert run(assembly, -1, -(1 << 63)).value == 4096


def test_only_what_matters_is_kept_across_a_call() -> None:
    callee = raising()
    code = assemble(catching(callee.function), callee).jitcodes[0]
    call = next(position for position in range(len(code.words)) if code.live_row(position) >= 0)
    rows = [code.live_row(position) for position in range(call, len(code.words)) if code.live_row(position) >= 0]
    sizes = [
        (code.live_starts[row + 1] if row + 1 < len(code.live_starts) else len(code.live_registers))
        - code.live_starts[row]
        for row in rows[:2]
    ]
    assert sizes == [2, 1]  # before: the argument and `kept`; while it runs: `kept`, which the handler uses


def portal(stray: bool) -> Graph:
    graph = Graph("run", "rri", "r")
    graph.function.portal = JitDriver(("code", "pc"), ("stack", "base", "bottom"), _location)
    entry = graph.entry
    extra = entry.op(ops.INT_ADD, entry[2], 7)
    head = graph.block("i")
    entry.jump(head.to(0))
    head.op(ops.MERGE_POINT, entry[0], head[0], entry[1], entry[2], entry[2], gives="v")
    head.jump(head.to(head.op(ops.INT_ADD, head[0], extra if stray else 1)))
    return graph


def _location(code: GuestCode, pc: int) -> str:
    return ""


def test_variables_that_the_driver_does_not_know_are_refused() -> None:
    assert assemble(portal(stray=False)).jitcodes[0].merge_position >= 0
    with pytest.raises(StrayVariable, match="greens and reds"):
        assemble(portal(stray=True))


def test_what_is_looked_into() -> None:
    assert why_not(raising().function) is None
    loop = why_not(sum_below().function)
    assert loop is not None and loop.kind == "loop"
    unrolled = sum_below()
    unrolled.function.hints = frozenset({"unroll_safe"})
    assert why_not(unrolled.function) is None
    hidden = raising()
    hidden.function.hints = frozenset({"dont_look_inside"})
    assert why_not(hidden.function) == Opaque("dont_look_inside")
    raw = Graph("raw", "i")
    raw.entry.give(raw.entry.op(ops.RAW_LOAD64, raw.entry[0]))
    assert why_not(raw.function) == Opaque("raw memory", raw.entry.block.instructions[0].span)


LOOPS = """
from collections.abc import Callable
from tracewright.core.arrays import Array
from tracewright.hints import elidable

def three(fill: int) -> Array[int]:
    return Array(3, fill)

def many(length: int, fill: int) -> Array[int]:
    return Array(length, fill)

@elidable
def known(length: int) -> int:
    return len(Array(length, 1.5))

def counted(limit: int) -> int:
    total = 0

    for index in range(limit):
        total += index
    return total

def squares(limit: int) -> list[int]:
    return [
        n * n for n in range(limit)
    ]

def main() -> int:
    return three(1)[0] + many(4, 2)[1] + known(3) + counted(3) + len(squares(3))
"""


def test_an_array_filled_is_no_loop_of_its_maker_and_other_loops_say_where_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "loops.py").write_text(LOOPS)
    program = translate(import_file(str(tmp_path / "loops.py")).main)
    reasons = {graph.name.rpartition(".")[2]: str(why_not(graph) or "") for graph in program.graphs}
    assert reasons["three"] == reasons["many"] == ""
    assert reasons["counted"] == "loop at loops.py:19"
    assert reasons["squares"] == "loop at loops.py:24"
    (three,) = [graph for graph in program.graphs if graph.name.endswith(".three")]
    done = [instruction.operation for block in three.blocks for instruction in block.instructions]
    assert done == [ops.NEW_ARRAY, ops.STORE_ITEM, ops.STORE_ITEM, ops.STORE_ITEM]
    filling = {name: reason for name, reason in reasons.items() if "fill" in name}
    assert filling["fill[int]"] == filling["_fill_in_trace[int]"] == "" and "loop" in filling["_fill_by_loop[int]"]


def test_filling_a_text_is_an_effect_of_the_filler_but_not_of_who_made_the_text() -> None:
    """A trace that follows the maker holds the call of the filler alone: it must not look like a call without effect."""
    filler = Graph("fill", "r", "v", module="tracewright.lib.hand")
    maker = Graph("make", "r", "r", module="tracewright.lib.hand")
    filler.entry[0].type = STR_BUFFER
    filler.entry.op(ops.COPY_MEMORY, 1, 2, 3, gives="v")
    filler.entry.give(None)
    maker.entry.op(ops.CALL, maker.entry[0], gives="v", immediate=filler.function)
    maker.entry.give(maker.entry[0])
    effects = Effects(
        [filler.function, maker.function], lambda i: [i.immediate] if isinstance(i.immediate, FunctionGraph) else []
    )
    assert effects.bits[filler.function] & WRITES and effects.written(filler.function) == []
    assert not effects.bits[maker.function] & WRITES


def test_raw_stores_into_a_stack_are_stores_into_its_slots() -> None:
    """A trace that holds a call of such a function must not think that it knows the slots afterwards."""
    layout: ClassLayout = basic_layouts().new_layout("VMStack", VMStack, None, "fields")
    copier, caller = Graph("copy", "ri", "v", module="tracewright.lib.hand"), Graph("resume", "ri", "v")
    copier.entry[0].type = Instance(layout)
    copier.entry.op(ops.COPY_MEMORY, 1, 2, 3, gives="v")
    copier.entry.give(None)
    caller.entry.op(ops.CALL, caller.entry[0], 1, gives="v", immediate=copier.function)
    caller.entry.give(None)
    effects = Effects(
        [copier.function, caller.function], lambda i: [i.immediate] if isinstance(i.immediate, FunctionGraph) else []
    )
    for graph in (copier.function, caller.function):
        assert effects.bits[graph] & SLOTS and graph in effects.slot_writers


def test_what_is_stored_into_an_object_just_made_is_no_effect() -> None:
    table = basic_layouts()
    layout: ClassLayout = table.new_layout("Box", None, None, "fields")
    table.add_field(layout, "item", INT)
    number_aliases(table.layouts)
    field = layout.fields["item"]
    initializer, base_initializer = Graph("Derived.__init__", "ri", "v"), Graph("Base.__init__", "ri", "v")
    maker, publisher, changer = Graph("make", "i", "r"), Graph("publish", "ri", "v"), Graph("change", "ri", "v")
    base_initializer.entry.op(ops.STORE_FIELD, base_initializer.entry[0], 1, gives="v", immediate=field)
    base_initializer.entry.give(None)
    initializer.entry.op(ops.CALL, initializer.entry[0], 1, gives="v", immediate=base_initializer.function)
    initializer.entry.give(None)
    made = maker.entry.op(ops.NEW_OBJECT, gives="r", immediate=layout)
    maker.entry.op(ops.CALL, made, maker.entry[0], gives="v", immediate=initializer.function)
    maker.entry.give(made)
    other = publisher.entry.op(ops.NEW_OBJECT, gives="r", immediate=layout)
    publisher.entry.op(ops.STORE_FIELD, publisher.entry[0], other, gives="v", immediate=field)
    publisher.entry.give(None)
    changer.entry.op(ops.CALL, changer.entry[0], 1, gives="v", immediate=initializer.function)
    changer.entry.give(None)
    graphs = [graph.function for graph in (initializer, base_initializer, maker, publisher, changer)]
    effects = Effects(graphs, lambda i: [i.immediate] if isinstance(i.immediate, FunctionGraph) else [])
    assert not effects.bits[maker.function] & WRITES and effects.written(maker.function) == []
    for writer in (initializer, base_initializer, publisher, changer):
        assert effects.bits[writer.function] & WRITES and effects.written(writer.function) == [field.alias]


def test_effects_are_closed_over_calls() -> None:
    table = basic_layouts()
    layout: ClassLayout = table.new_layout("Box", None, None, "fields")
    for name in ("first", "second"):
        table.add_field(layout, name, INT)
    number_aliases(table.layouts)
    writer, reader, caller, pure = (
        Graph("writer", "r", "v"),
        Graph("reader", "r"),
        Graph("caller", "r"),
        Graph("pure", "i"),
    )
    writer.entry.op(ops.STORE_FIELD, writer.entry[0], 1, gives="v", immediate=layout.fields["second"])
    writer.entry.give(None)
    reader.entry.give(reader.entry.op(ops.LOAD_FIELD, reader.entry[0], immediate=layout.fields["first"]))
    caller.entry.op(ops.CALL, caller.entry[0], gives="v", immediate=writer.function)
    caller.entry.give(caller.entry.op(ops.CALL, caller.entry[0], immediate=reader.function))
    pure.entry.give(pure.entry.op(ops.INT_NEG, pure.entry[0]))
    graphs = [graph.function for graph in (writer, reader, caller, pure)]

    def targets(instruction: Instruction) -> list[FunctionGraph]:
        return [instruction.immediate] if isinstance(instruction.immediate, FunctionGraph) else []

    effects = Effects(graphs, targets)
    assert effects.bits[pure.function] == 0
    assert effects.bits[reader.function] == READS
    assert effects.bits[caller.function] == READS | WRITES
    assert effects.written(caller.function) == [layout.fields["second"].alias]
    assert effects.written(reader.function) == []
    assert len({field.alias for field in layout.fields.values()}) == 2


def test_unreachable_code_is_written_but_never_run() -> None:
    graph = Graph("main", "i")
    good, bad = graph.block(), graph.block()
    graph.entry.branch(graph.entry[0], good.to(), bad.to())
    good.give(1)
    bad.block.terminator = Unreachable()
    assert run(assemble(graph), 1).value == 1
    with pytest.raises(AssertionError, match="cannot be reached"):
        run(assemble(graph), 0)
