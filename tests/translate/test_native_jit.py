"""A whole program with the JIT in it: the toy language's loop is compiled to machine code, and computes the same."""

import subprocess
from pathlib import Path

import pytest

from tracewright.tools.toolchain import build_program
from tracewright.translate.emit_c.target import TARGETS
from tracewright_testing.samples import toy


@pytest.mark.skipif(
    not any(target.is_host for target in TARGETS.values()), reason="there is no backend for this machine"
)
def test_the_toy_language_is_compiled(tmp_path: Path) -> None:
    build_program(toy.main, tmp_path / "toy", jit=True)
    total = sum(range(100**4))
    for words, expected in (([], f"{total} with 1 traces\n"), (["off"], f"{total} with 0 traces\n")):
        result = subprocess.run([tmp_path / "toy", *words], capture_output=True, text=True, check=False, timeout=60)
        assert (result.stdout, result.stderr, result.returncode) == (expected, "", 0)
