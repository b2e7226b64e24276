"""The longest that the main program waits: `--scheduler-timeout-ms`."""

import subprocess
from pathlib import Path

PROGRAM = """
spawn { loop { sleep(20)  shared_add_int("turns", 1) } }
shared_set("turns", 0)
sleep(150)
try { await async_sleep(60000) } except e { print(e.message, shared_get("turns") > 2) }
print(await async_sleep(1))
ch := channel()
spawn { sleep(10)  ch.send("in time") }
print(ch.receive())
func work(n) { await async_sleep(150)  return n }
print(await async_timeout(parallel_map([1, 2], work), 1))
"""


def test_a_wait_that_takes_too_long(ruff_executable: Path, tmp_path: Path) -> None:
    path = tmp_path / "program.ruff"
    path.write_text(PROGRAM)
    finished = subprocess.run(
        [str(ruff_executable), "run", "--scheduler-timeout-ms", "100", str(path)],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert finished.stdout == "Scheduler timeout: nothing was settled in 100 ms true\nnull\nin time\n"
    assert finished.stderr.startswith("[RUFVM001] [vm] Runtime Error: Promise rejected: Timeout after 1ms\n")
    assert finished.returncode == 4
