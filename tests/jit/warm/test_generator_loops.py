"""A loop over a generator is one loop of machine code that makes nothing and writes nothing; abandoned and waiting frames are heap objects like others."""

import json
import re
import resource
import subprocess
from pathlib import Path

import pytest

from tracewright.tools.toolchain import build_program
from tracewright.tools.trace_log import read_log
from tracewright_testing.native import shared_folder
from tracewright_tutorial import step8_generators

UPTO = "fun upto(n) { let i = 0  while i < n { yield i  i = i + 1 } }\n"
MEGABYTE = 1 << 20


@pytest.fixture(scope="module")
def step8(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shared_folder(tmp_path_factory)  # skips without a C compiler
    executable = tmp_path_factory.mktemp("step8") / "step8"
    build_program(step8_generators.main, executable, jit=True)
    return executable


def run(step8: Path, tmp_path: Path, text: str, *options: str) -> subprocess.CompletedProcess[str]:
    program = tmp_path / "program.tut"
    program.write_text(UPTO + text)
    return subprocess.run([step8, "run", *options, program], capture_output=True, text=True, check=True)


def test_the_loop_of_the_generator_is_part_of_the_loop_over_it(step8: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    text = "let total = 0\nfor x in upto(100000) { total = total + x }\nprint total"
    result = run(step8, tmp_path, text, "--stats", "--jit-log", str(log))
    assert result.stdout == "4999950000\n"
    statistics = {name: int(number) for name, number in re.findall(r"^([a-z ]+?) +(\d+)$", result.stderr, re.M)}
    assert statistics["exits"] < 100
    (loop,) = [trace for trace in read_log(log.read_text()).traces if trace.kind == "loop"]
    texts = [operation.text for operation in loop.operations]
    body = "\n".join(texts[next(number for number, text in enumerate(texts) if text.startswith("label")) + 1 :])
    assert "jump(" in body
    assert not re.search(r"new_|residual|slot|store|barrier|load|guard_class|guard_ref", body)


def test_a_hundred_thousand_waiting_frames_are_small(step8: Path, tmp_path: Path) -> None:
    """Each made by its own call and resumed once. And three million that nobody keeps."""
    text = """
fun chain(count) {
  let first = { generator = upto(5), next = 0 }
  let last = first
  let i = 1
  while i < count {
    let new = { generator = upto(5), next = 0 }
    last.next = new
    last = new
    i = i + 1
  }
  return first
}
let first = chain(100000)
let here = first
let resumed = 0
while resumed < 100000 {
  try { for x in here.generator { throw x } } catch nothing { resumed = resumed + 1 }
  here = here.next
}
print resumed
"""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert run(step8, tmp_path, text).stdout == "100000\n"
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10
    assert most <= max(before << 10, 100 * MEGABYTE)
    run(step8, tmp_path, "let i = 0\nwhile i < 3000000 { let g = upto(i)  i = i + 1 }\nlet h = upto(1)")
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10
    assert most <= max(before << 10, 100 * MEGABYTE)


def test_generators_that_walk_a_tree_are_not_unrolled_along_its_branches(step8: Path, tmp_path: Path) -> None:
    """A trace would follow one way down; there are as many as leaves."""
    log = tmp_path / "log"
    text = """
fun walk(depth) {
  if 0 < depth {
    for x in walk(depth - 1) { yield x }
    yield depth
    for x in walk(depth - 1) { yield x }
  }
}
let total = 0
for x in walk(12) { total = total + x }
print total"""
    result = run(step8, tmp_path, text, "--jit-log", str(log))
    assert result.stdout == f"{2**13 - 14}\n"
    lines = log.read_text().splitlines()
    given_up = [event for event in map(json.loads, lines) if event["event"] == "given_up"]
    assert any(event["reason"] == "resumed_recursion" and event["final"] for event in given_up)
    assert all(len(trace.operations) < 600 for trace in read_log(log.read_text()).traces)
