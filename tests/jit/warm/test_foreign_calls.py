"""Machine code calls the functions of C libraries directly."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tracewright.tools.toolchain import build_program
from tracewright_testing import foreign_loop
from tracewright_testing.libraries import needs
from tracewright_testing.native import shared_folder

LOOP = """
let i = 0
let crc = 7
while i < 3000 { crc = crc * i  i = i + 1 }
print crc
"""


def expected() -> int:
    crc = 7
    for i in range(3000):
        crc = foreign_loop.crc32_combine(crc, i, 3)
    return crc


@needs(foreign_loop.ZLIB)
def test_a_hot_loop_calls_a_library(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    shared_folder(tmp_path_factory)  # skips without a C compiler
    executable = tmp_path / "foreign_loop"
    build_program(foreign_loop.main, executable, jit=True)
    program = tmp_path / "loop.tut"
    program.write_text(LOOP)
    log = tmp_path / "log"
    command: list[str | Path] = [executable, "run", "--jit-log", log, program]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == f"{expected()}\n"
    traces = [json.loads(line) for line in log.read_text().splitlines()]
    loop = next(trace for trace in traces if trace["event"] == "trace" and trace["kind"] == "loop")
    texts = [operation["text"] for operation in loop["operations"]]
    turn = texts[next(index for index, text in enumerate(texts) if text.startswith("label")) :]
    calls = [text for text in turn if re.match(r"(\w+ = )?call", text)]
    assert len(calls) == 1 and "crc32_combine" in calls[0], turn
