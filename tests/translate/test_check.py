"""The verifier finds each kind of broken graph; translation gives the same graphs every time."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tracewright.core import operations as op
from tracewright.core.source_span import NOWHERE
from tracewright.translate.flow.check import GraphError, check
from tracewright.translate.flow.graph import (
    Block,
    Branch,
    Constant,
    Edge,
    FunctionGraph,
    Instruction,
    Jump,
    Return,
    Variable,
)
from tracewright.translate.flow.simplify import simplify
from tracewright.translate.flow.types import BOOL, FLOAT, INT

ROOT = Path(__file__).parents[2]


def number(value: int) -> Constant:
    return Constant(value, "i", INT)


def diamond() -> FunctionGraph:
    """if flag: x = 1 else: x = flag + 1; return x"""
    flag, joined, added = Variable(BOOL, "i", "flag"), Variable(INT, "i", "x"), Variable(INT, "i")
    graph = FunctionGraph("diamond", "test", NOWHERE, [flag], INT, "i")
    entry, left, right, after = Block(0), Block(1), Block(2), Block(3)
    entry.parameters = graph.parameters
    entry.terminator = Branch(flag, Edge(left), Edge(right))
    left.terminator = Jump(Edge(after, [number(1)]))
    right.instructions = [Instruction(op.INT_ADD, [flag, number(1)], added, NOWHERE)]
    right.terminator = Jump(Edge(after, [added]))
    after.parameters = [joined]
    after.terminator = Return(joined)
    graph.blocks = [entry, left, right, after]
    return graph


def test_a_good_graph_passes() -> None:
    check(diamond())


def use_on_one_side_only(graph: FunctionGraph) -> None:
    graph.blocks[3].terminator = Return(graph.blocks[2].instructions[0].result)


def use_before_definition(graph: FunctionGraph) -> None:
    instructions = graph.blocks[2].instructions
    result = instructions[0].result
    assert result is not None
    instructions.insert(0, Instruction(op.INT_NEG, [result], Variable(INT, "i"), NOWHERE))


def wrong_kind(graph: FunctionGraph) -> None:
    graph.blocks[2].instructions[0].operands[1] = Constant(1.5, "f", FLOAT)


def missing_argument(graph: FunctionGraph) -> None:
    graph.blocks[1].terminator = Jump(Edge(graph.blocks[3]))


def wrong_argument_kind(graph: FunctionGraph) -> None:
    graph.blocks[1].terminator = Jump(Edge(graph.blocks[3], [Constant(None, "r", INT)]))


def no_end(graph: FunctionGraph) -> None:
    graph.blocks[1].terminator = None


def returns_nothing(graph: FunctionGraph) -> None:
    graph.blocks[3].terminator = Return(None)


def defined_twice(graph: FunctionGraph) -> None:
    graph.blocks[3].parameters.append(graph.parameters[0])


def too_many_operands(graph: FunctionGraph) -> None:
    graph.blocks[2].instructions[0].operands.append(number(2))


def float_as_int(graph: FunctionGraph) -> None:
    graph.blocks[2].instructions[0].operands[1] = Constant(1.5, "i", INT)


def unreachable_block(graph: FunctionGraph) -> None:
    stray = Block(4)
    stray.terminator = Return(number(0))
    graph.blocks.append(stray)


FAULTS: list[tuple[Callable[[FunctionGraph], None], str]] = [
    (use_on_one_side_only, "can be reached without it"),
    (use_before_definition, "before its definition"),
    (wrong_kind, "operand 1 of int_add is f, not i"),
    (missing_argument, "gives 0 arguments to b3, which takes 1"),
    (wrong_argument_kind, "a wrong kind"),
    (no_end, "has no end"),
    (returns_nothing, "returns v, not i"),
    (defined_twice, "is defined twice"),
    (too_many_operands, "too many operands"),
    (float_as_int, "as an int"),
    (unreachable_block, "cannot be reached"),
]


@pytest.mark.parametrize(("fault", "message"), FAULTS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_broken_graph_is_refused(fault: Callable[[FunctionGraph], None], message: str) -> None:
    graph = diamond()
    fault(graph)
    with pytest.raises(GraphError, match=message) as caught:
        check(graph, after="a test")
    assert "after a test" in str(caught.value)


def test_a_known_argument_passes_by_the_block_that_only_decides() -> None:
    graph = diamond()
    after, yes, no = graph.blocks[3], Block(4), Block(5)
    after.terminator = Branch(after.parameters[0], Edge(yes), Edge(no))
    yes.terminator, no.terminator = Return(number(10)), Return(number(20))
    graph.blocks += [yes, no]
    simplify(graph, {})
    check(graph)
    left = graph.entry.terminator
    assert isinstance(left, Branch) and left.true.target.terminator is not None
    end = left.true.target.terminator
    assert end is yes.terminator or (isinstance(end, Jump) and end.edge.target is yes)


def test_translation_does_not_depend_on_hashes(tmp_path: Path) -> None:
    code = (
        "import sys, importlib\n"
        f"sys.path[:0] = {[str(ROOT / name) for name in ('framework', 'tests/translate/programs')]!r}\n"
        "from tracewright.translate.program import translate\n"
        "from tracewright.translate.flow.show import show\n"
        "program = translate(importlib.import_module('classes').main)\n"
        "sys.stdout.write('\\n'.join(map(show, program.graphs)))\n"
        "sys.stdout.write(str([(layout.name, layout.first_id) for layout in program.layouts]))\n"
    )
    outputs = []
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, timeout=60, check=True)
        outputs.append(run.stdout)
    assert len(outputs[0]) > 10_000
    assert outputs[0] == outputs[1]
