"""What waiting costs: many promises and tasks at once, and awaiting what is there already."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path

MOST_BYTES = 100 << 20
SLEEPS = """
ps := []
for i in 10000 { ps := push(ps, async_sleep(i % 200)) }
results := await promise_all(ps)
print(len(results))
"""
TASKS = """
func work(n) { sleep(n % 200)  return deep(n, 20) }
func deep(n, depth) { if depth == 0 { await async_sleep(1)  return n }  return deep(n, depth - 1) }
set_task_pool_size(10000)
print(sum(await parallel_map(range(10000), work)))
"""
ASYNC_CALLS = """
async func next(x) { return x + 1 }
func count(n) {
    x := 0
    while x < n { x := await next(x) }
    return x
}
print(count(5000))
"""

# Runs a command and prints how much memory it needed at most, in KiB.
PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def run(ruff: Path, path: Path, text: str, *switches: str) -> tuple[str, float]:
    path.write_text(text)
    start = time.monotonic()
    finished = subprocess.run(
        [str(ruff), "run", *switches, str(path)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return finished.stdout, time.monotonic() - start


def test_ten_thousand_sleeps_take_as_long_as_the_longest(ruff_executable: Path, tmp_path: Path) -> None:
    path = tmp_path / "sleeps.ruff"
    path.write_text(SLEEPS)
    start = time.monotonic()
    finished = subprocess.run(
        [sys.executable, "-c", PEAK, str(ruff_executable), "run", str(path)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    count, kilobytes = finished.stdout.split()
    assert count == "10000" and int(kilobytes) << 10 < MOST_BYTES
    assert 0.2 <= time.monotonic() - start < 3  # one after the other, they would take a quarter of an hour


def test_ten_thousand_tasks_wait_at_once(ruff_executable: Path, tmp_path: Path) -> None:
    output, seconds = run(ruff_executable, tmp_path / "tasks.ruff", TASKS)
    assert output == f"{sum(range(10_000))}\n" and seconds < 10


def test_awaiting_an_async_call_allocates_nothing(ruff_executable: Path, tmp_path: Path) -> None:
    """Each turn of the loop in machine code: neither a call, nor the promise."""
    log = tmp_path / "log"
    output, _ = run(ruff_executable, tmp_path / "calls.ruff", ASYNC_CALLS, "--jit-log", str(log))
    assert output == "5000\n"
    traces = [json.loads(line) for line in log.read_text().splitlines()]
    loop = next(trace for trace in traces if trace["event"] == "trace" and trace["kind"] == "loop")
    names = [re.sub(r"^\w+ = ", "", operation["text"]).split("(")[0] for operation in loop["operations"]]
    turn = names[names.index("label") :]
    assert not any(name.startswith(("call", "new")) for name in turn), turn
