"""Of functions marked `inlined` no call is left; what the programs do is compared in test_programs.py."""

from pathlib import Path

from tracewright.core.operations import CALL
from tracewright.translate.flow.graph import FunctionGraph
from tracewright.translate.program import translate
from tracewright_testing.native_programs import load


def test_only_a_function_that_calls_itself_is_still_called() -> None:
    module = load(Path(__file__).parent / "programs" / "inlined_functions.py")
    called = {
        (graph.name.rpartition(".")[2], instruction.immediate.name.rpartition(".")[2])
        for graph in translate(module.main).graphs
        for block in graph.blocks
        for instruction in block.instructions
        if instruction.operation == CALL
        and isinstance(instruction.immediate, FunctionGraph)
        and "inlined" in instruction.immediate.hints
    }
    assert called == {("main", "factorial"), ("factorial", "factorial")}
