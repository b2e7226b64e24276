"""Classes that a function makes anew whenever it is called: what traces know of one does not hold for the next, and must not become a chain."""

import subprocess
from pathlib import Path

import pytest

from tracewright_testing.run_statistics import count

ACCESSORS = """
function run() {
  class Cell { constructor(v) { this._v = v; } get v() { return this._v; } set v(x) { this._v = x; } }
  const cell = new Cell(1);
  let n = 0;
  for (let i = 0; i < 3000; i++) { cell.v = cell.v + 1; n += cell.v; }
  return n;
}
let total = 0;
for (let round = 0; round < 40; round++) total += run();
console.log(total);
"""
INHERITED = """
function run() {
  class Shape { area() { return 1; } }
  class Square extends Shape { constructor(a) { super(); this.a = a; } area() { return super.area() + this.a * this.a; } }
  class Half extends Square { area() { return super.area() / 2; } }
  const shapes = [new Square(1), new Half(3), new Square(2), new Half(4)];
  let n = 0;
  for (let i = 0; i < 1000; i++) for (const shape of shapes) n += shape.area();
  return n;
}
let total = 0;
for (let round = 0; round < 40; round++) total += run();
console.log(total);
"""


# As chains there were 78 and 247 bridges.
@pytest.mark.parametrize(("text", "total", "most"), [(ACCESSORS, 180_180_000, 40), (INHERITED, 820_000, 130)])
def test_bridges_stay_few(js_executable: Path, tmp_path: Path, text: str, total: int, most: int) -> None:
    path = tmp_path / "classes.js"
    path.write_text(text)
    found = subprocess.run(
        [js_executable, "run", "--jit-stats", path], capture_output=True, text=True, check=True, timeout=60
    )
    assert found.stdout == f"{total}\n"
    assert count(found.stderr, "bridges") < most


def test_generators_that_delegate_are_one_loop(js_executable: Path, tmp_path: Path) -> None:
    path = tmp_path / "delegating.js"
    path.write_text(
        "function* inner(n) { for (let i = 0; i < n; i++) yield i; return 1; }\n"
        "function* outer(n) { const more = yield* inner(n); yield more; }\n"
        "let total = 0; for (const x of outer(100000)) total += x; console.log(total);\n"
    )
    found = subprocess.run(
        [js_executable, "run", "--jit-stats", path], capture_output=True, text=True, check=True, timeout=60
    )
    assert found.stdout == "4999950001\n"
    assert count(found.stderr, "exits") < 1000
