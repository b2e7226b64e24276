"""A dispatch that stands in several functions is one switch; what its programs do is compared in test_programs.py."""

from pathlib import Path

from tracewright.core.operations import INT_EQ, INT_NE
from tracewright.translate.emit_c.dispatch import find_dispatches
from tracewright.translate.flow.graph import Block, Constant, FunctionGraph, Switch, Variable
from tracewright.translate.program import translate
from tracewright_testing.native_programs import load


def portal() -> FunctionGraph:
    module = load(Path(__file__).parent / "programs" / "families_of_cases.py")
    return next(graph for graph in translate(module.main).graphs if graph.name.endswith(".run"))


def test_the_families_are_one_switch() -> None:
    graph = portal()
    (dispatch,) = find_dispatches(graph)
    assert [block.terminator for block in graph.blocks if isinstance(block.terminator, Switch)] == [dispatch.switch]
    assert sorted(dispatch.switch.cases) == [*range(25)]


def test_handlers_that_share_a_case_do_not_ask_which_they_are() -> None:
    graph = portal()
    (dispatch,) = find_dispatches(graph)
    opcode = dispatch.switch.value
    assert isinstance(opcode, Variable)
    asked = [tested for block in graph.blocks for tested in compared(block, graph)]
    assert asked == []
    shared = [dispatch.switch.cases[value].target for value in (17, 18, 19, 21, 22, 23, 24)]
    assert len(set(shared)) == 1  # where nothing is asked, they still share their code


def compared(block: Block, graph: FunctionGraph) -> list[object]:
    """The constants with which a block compares the lowest byte of an instruction word."""
    bytes_of_words = {
        instruction.result
        for other in graph.blocks
        for instruction in other.instructions
        if instruction.name == "int_and" and is_constant(instruction.operands[1], 255)
    }
    return [
        instruction.operands[1].value
        for instruction in block.instructions
        if instruction.operation in (INT_EQ, INT_NE) and instruction.operands[0] in bytes_of_words
        if isinstance(instruction.operands[1], Constant)
    ]


def is_constant(operand: object, value: int) -> bool:
    return isinstance(operand, Constant) and operand.value == value
