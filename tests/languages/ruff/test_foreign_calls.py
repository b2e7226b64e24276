"""Machine code calls the functions of C libraries directly: a builtin that asks one is a part of the loop's trace."""

import hashlib
import json
import subprocess
from pathlib import Path

from tracewright_ruff.libraries_crypto import CRYPTO
from tracewright_testing.libraries import needs

PROGRAM = """
func chain(n) {
    text := "x"
    i := 0
    while i < n { text := sha256(text)  i := i + 1 }
    return text
}
print(chain(2000))
"""
PREFIX = "tracewright.jit.external.tw_foreign_"


def expected() -> str:
    text = "x"
    for _ in range(2000):
        text = hashlib.sha256(text.encode()).hexdigest()
    return text


@needs(CRYPTO)
def test_a_hot_loop_calls_a_library(ruff_executable: Path, tmp_path: Path) -> None:
    program, log = tmp_path / "chain.ruff", tmp_path / "log"
    program.write_text(PROGRAM)
    command = [str(ruff_executable), "run", "--jit-log", str(log), str(program)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == f"{expected()}\n"
    traces = [json.loads(line) for line in log.read_text().splitlines()]
    loop = next(trace for trace in traces if trace["event"] == "trace" and trace["kind"] == "loop")
    label = next(k for k, operation in enumerate(loop["operations"]) if operation["text"].startswith("label"))
    called = [operation["calls"] for operation in loop["operations"][label:] if operation["calls"] is not None]
    libraries = [name.removeprefix(PREFIX).split("_")[:2] for name in called if name.startswith(PREFIX)]
    assert libraries == [["EVP", "sha256"], ["EVP", "Digest"]], called
