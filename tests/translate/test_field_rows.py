"""A switch that only chooses one of the fields in a row is an indexed access in C."""

from pathlib import Path

import pytest

from tracewright.core import operations as ops
from tracewright.translate.emit_c.functions import emit_function
from tracewright.translate.emit_c.view import ProgramView
from tracewright.translate.flow.graph import Edge, Switch, Variable
from tracewright.translate.flow.types import INT, ClassLayout
from tracewright_testing.native_graphs import Graph, HandMade, basic_layouts, number_classes

NAMES = ["first", "second", "third", "fourth"]


def row_of_fields() -> tuple[HandMade, ClassLayout]:
    """An empty program whose objects have four fields in a row."""
    table = basic_layouts()
    layout = table.new_layout("Row", None, None, "fields")
    for name in NAMES:
        table.add_field(layout, name, INT)
    number_classes(table)
    main = Graph("main")
    return HandMade(main.function, [main.function], table.layouts), layout


def chooser(layout: ClassLayout, order: list[str], stores: bool, other: int | None = None) -> Graph:
    """The field of a number, plus 1; or that field becomes 50. Numbers outside the row stand for the last field, or for `other`."""
    graph = Graph("choose", "ri")
    after = graph.block("" if stores else "i")
    thing, number = graph.entry.block.parameters
    edges: list[Edge] = []
    for name in order:
        case = graph.block()
        if stores:
            case.op(ops.STORE_FIELD, thing, 50, gives="v", immediate=layout.fields[name])
            case.jump(after.to())
        else:
            case.jump(after.to(case.op(ops.LOAD_FIELD, thing, immediate=layout.fields[name])))
        edges.append(case.to())
    if other is not None:
        beyond = graph.block()
        beyond.jump(after.to() if stores else after.to(other))
        edges.append(beyond.to())
    graph.entry.block.terminator = Switch(number, dict(enumerate(edges[:-1])), edges[-1])
    after.give(0 if stores else after.op(ops.INT_ADD, after[0], 1))
    return graph


@pytest.mark.parametrize("number", [0, 1, 3, 4, -1])
def test_every_number_finds_its_field(tmp_path: Path, number: int) -> None:
    """Fields hold 10, 20, 30, 40; what is outside the row is the last. One is read, then overwritten, and all are summed."""
    program, layout = row_of_fields()
    read, write = chooser(layout, NAMES, stores=False), chooser(layout, NAMES, stores=True)
    write.function.name = "hand.write"
    main = Graph("main")
    thing = main.entry.op(ops.NEW_OBJECT, gives="r", immediate=layout)
    for place, name in enumerate(NAMES):
        main.entry.op(ops.STORE_FIELD, thing, 10 * place + 10, gives="v", immediate=layout.fields[name])
    total: Variable = main.entry.op(ops.CALL, thing, number, immediate=read.function)
    main.entry.op(ops.CALL, thing, number, immediate=write.function)
    for name in NAMES:
        total = main.entry.op(ops.INT_ADD, total, main.entry.op(ops.LOAD_FIELD, thing, immediate=layout.fields[name]))
    main.entry.give(total)
    made = HandMade(main.function, [main.function, read.function, write.function], program.layouts)
    chosen = 10 * (number + 1) if 0 <= number < len(NAMES) else 40
    assert made.run(tmp_path).returncode == chosen + 1 + 100 - chosen + 50


@pytest.mark.parametrize("number", [0, 3, 4, -1])
def test_what_is_beyond_the_row_is_asked_for(tmp_path: Path, number: int) -> None:
    program, layout = row_of_fields()
    read = chooser(layout, NAMES, stores=False, other=70)
    main = Graph("main")
    thing = main.entry.op(ops.NEW_OBJECT, gives="r", immediate=layout)
    for place, name in enumerate(NAMES):
        main.entry.op(ops.STORE_FIELD, thing, 10 * place + 10, gives="v", immediate=layout.fields[name])
    main.entry.give(main.entry.op(ops.CALL, thing, number, immediate=read.function))
    made = HandMade(main.function, [main.function, read.function], program.layouts)
    assert "switch (" not in emit_function(read.function, ProgramView(made)).body
    assert made.run(tmp_path).returncode == (10 * (number + 1) if 0 <= number < len(NAMES) else 70) + 1


@pytest.mark.parametrize("stores", [False, True])
@pytest.mark.parametrize(("order", "switches"), [(NAMES, 0), (["third", "first", "second", "fourth"], 1)])
def test_only_a_row_becomes_an_index(order: list[str], switches: int, stores: bool) -> None:
    program, layout = row_of_fields()
    function = chooser(layout, order, stores).function
    text = emit_function(function, ProgramView(HandMade(function, [function], program.layouts))).body
    assert text.count("switch (") == switches
