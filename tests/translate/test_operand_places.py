"""Operands of instruction words are read from memory, where a dispatch switches on the lowest byte of a word."""

import re
from pathlib import Path

from tracewright.core import operations as ops
from tracewright.core.arrays import array_of
from tracewright.translate.emit_c.functions import emit_function
from tracewright.translate.emit_c.view import ProgramView
from tracewright.translate.flow.graph import Constant, Edge, Switch
from tracewright.translate.flow.types import INT
from tracewright_testing.native_graphs import Graph, HandMade, basic_layouts, number_classes

TABLE = basic_layouts()
TABLE.array(INT)
number_classes(TABLE)


def interpreter() -> Graph:
    """Opcode n below 18 adds n times `a`, 16 bits, to the total; 18 jumps to what is above it in the word; all others stop."""
    graph = Graph("run", "r")
    head, stop = graph.block("ii"), graph.block()
    graph.entry.jump(head.to(0, 0))
    word = head.op(ops.LOAD_ITEM, graph.entry[0], head[0], immediate=TABLE.array(INT).layout)
    a = head.op(ops.INT_AND, head.op(ops.INT_RSHIFT, word, 8), 65535)
    wide = head.op(ops.INT_RSHIFT, word, 24)
    following = head.op(ops.INT_ADD, head[0], 1)
    cases: dict[int, Edge] = {0: stop.to()}
    for value in range(1, 18):
        handler = graph.block()
        handler.jump(head.to(following, handler.op(ops.INT_ADD, head[1], handler.op(ops.INT_MUL, a, value))))
        cases[value] = handler.to()
    jump = graph.block()
    jump.jump(head.to(wide, head[1]))
    cases[18] = jump.to()
    head.block.terminator = Switch(head.op(ops.INT_AND, word, 255), cases, stop.to())
    stop.give(head[1])
    return graph


def test_operands_come_from_memory() -> None:
    run = interpreter()
    text = emit_function(run.function, ProgramView(HandMade(run.function, [run.function], TABLE.layouts))).body
    assert len(re.findall(r"tw_half_at\(place_of_\w+, 1\)", text)) == 17  # `a`, in each handler that adds
    assert "& 65535L" not in text and "& 255L" not in text
    assert (
        len(re.findall(r"= TW_WORD\(place_of_\w+, 0\)", text)) == 18
    )  # the word itself, wherever an operand of it is computed


def test_they_are_the_same_operands(tmp_path: Path) -> None:
    run, main = interpreter(), Graph("main")
    code = [1 | 7 << 8, 18 | 3 << 24, 17 | 1 << 8, 2 | 50 << 8, 17 | 0 << 8, 3 | 65535 << 8 | 1 << 40, 1 | 1 << 20, 0]
    words = Constant(array_of(code), "r", TABLE.array(INT))
    total = main.entry.op(ops.CALL, words, immediate=run.function)
    main.entry.give(main.entry.op(ops.INT_EQ, total, 7 + 2 * 50 + 3 * 65535 + (1 << 12)))
    assert HandMade(main.function, [main.function, run.function], TABLE.layouts).run(tmp_path).returncode == 1
