"""Objects of many shapes at one place: a few shapes get a bridge each, more make the site megamorphic, and then there is none."""

import re
import subprocess
from pathlib import Path

import pytest

from tracewright.guest.sites import MAX_SHAPES

WORK = """
func total(items, turns) {
    s := 0
    i := 0
    n := len(items)
    while i < turns {
        p := items[i % n]
        p.x := p.x + 1
        s := s + p.x
        i := i + 1
    }
    return s
}
"""


def program(shapes: int, first: int) -> str:
    """Work on `first` shapes until that is machine code, then on all."""
    lines = ["few := []", "all := []"]
    for number in range(shapes):
        lines.append(f"all := push(all, T {{ a{number}: 0, x: {number} }})")
        if number < first:
            lines.append(f"few := push(few, T {{ a{number}: 0, x: {number} }})")
    lines.append("print(total(few, 20000), total(all, 20000))")
    return WORK + "\n".join(lines) + "\n"


def expected(shapes: int, first: int) -> str:
    totals = [sum(turn % count + 1 for turn in range(20000)) for count in (first, shapes)]  # `p` is a copy
    return f"{totals[0]} {totals[1]}\n"


@pytest.mark.parametrize(("shapes", "first"), [(2, 1), (MAX_SHAPES, 2), (40, 1), (40, MAX_SHAPES), (300, 40)])
def test_bridges_do_not_grow_with_shapes(shapes: int, first: int, ruff_executable: Path, tmp_path: Path) -> None:
    path = tmp_path / "shapes.ruff"
    path.write_text(program(shapes, first))
    finished = subprocess.run(
        [str(ruff_executable), "run", "--stats", str(path)], capture_output=True, text=True, timeout=60, check=True
    )
    assert finished.stdout == expected(shapes, first)
    counted = re.search(r"^bridges\s+(\d+)", finished.stderr, re.MULTILINE)
    assert counted is not None
    assert int(counted[1]) <= 2 * MAX_SHAPES
