"""Golden flow graphs: each case in `flow/*.flow` is dialect source, an arrow, and the graph of its last function."""

import re
from pathlib import Path

import pytest

from tracewright.translate.flow.show import show
from tracewright.translate.program import translate
from tracewright_testing.native_programs import module_from_text

FILES = sorted(Path(__file__).parent.joinpath("flow").glob("*.flow"))
ARROW = "--->\n"
HEAD = """from __future__ import annotations
from typing import Final, Generic, TypeVar, final
from tracewright.core.arrays import Array
from tracewright.core.integers import ovf_add, ult
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
T = TypeVar("T")
"""


def cases(path: Path) -> list[tuple[str, str, str]]:
    """Name, source and expected graph of every case in a file."""
    found = []
    for part in re.split(r"^== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, rest = part.partition("\n")
        source, _, graph = rest.partition(ARROW)
        found.append((name, source, graph.strip("\n")))
    return found


def graph_of(source: str, folder: Path) -> str:
    module = module_from_text("flow_case", HEAD + source, folder)
    name = source.rpartition("\ndef ")[2].removeprefix("def ").partition("(")[0]
    program = translate(getattr(module, name))
    return show(program.entry)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_golden(path: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    computed = [(name, source, graph_of(source, tmp_path)) for name, source, _ in cases(path)]
    if request.config.getoption("--update-golden"):
        texts = [f"== {name}\n{source}{ARROW}{graph}\n\n" for name, source, graph in computed]
        path.write_text("".join(texts), encoding="utf-8")
    assert computed == cases(path)
