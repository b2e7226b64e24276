"""A loop is compiled again for what its turns leave as it is: the kind of a number, the shape of an object."""

import subprocess
from pathlib import Path

import pytest

from tracewright.tools.trace_log import LoggedTrace, read_log

PROGRAM = """
function walk(turns, step, thing) {
  let x = 0.5;
  for (let n = 0; n < turns; n++) {
    x = x + step * thing.weight;
    if (x > 1000) x = 0.5;
  }
  return x;
}
const light = { weight: 1 }, heavy = { name: "heavy", weight: 1.5 }, odd = { weight: 2, name: "odd" };
let total = 0;
for (let round = 0; round < 60; round++) {
  const step = round % 3 === 0 ? 2 : 0.25 + round % 2;
  for (const thing of [light, heavy, odd]) total += walk(300 + round, step, thing);
}
console.log(total);
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "walk.js"
    path.write_text(PROGRAM)
    return path


def output(js: Path, program: Path, knobs: str) -> str:
    return subprocess.run([js, "--jit", knobs, program], capture_output=True, text=True, check=True, timeout=60).stdout


def loops_of_walk(js: Path, program: Path) -> list[LoggedTrace]:
    log = program.parent / "log"
    subprocess.run([js, "--jit-log", log, program], capture_output=True, check=True, timeout=60)
    return [
        trace
        for trace in read_log(log.read_text()).traces
        if trace.kind == "loop" and trace.location.startswith("walk")
    ]


def test_each_kind_gets_a_loop_with_a_label(js_executable: Path, program: Path) -> None:
    loops = loops_of_walk(js_executable, program)
    assert 2 <= len(loops) <= 4
    for loop in loops:
        assert any(operation.text.startswith("label(") for operation in loop.operations)
    assert len({loop.location for loop in loops}) == 1


@pytest.mark.parametrize("knobs", ["threshold=20,bridge_threshold=3", "threshold=7,bridge_threshold=2,fail_every=7"])
def test_the_answer_is_that_of_the_interpreter(js_executable: Path, program: Path, knobs: str) -> None:
    assert output(js_executable, program, knobs) == output(js_executable, program, "off=1")
