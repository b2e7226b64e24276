"""Runs a benchmark program in QuickJS, by Python's package of that name: `python quickjs_runner.py FILE`."""

import sys
import threading
import time
from pathlib import Path

import quickjs  # type: ignore[import-untyped, import-not-found, unused-ignore]

STACK_BYTES = 256 << 20  # for programs that recurse deeply


def run_program() -> None:
    """Give the program the two functions of a host that its driver uses."""
    context = quickjs.Context()
    context.set_max_stack_size(STACK_BYTES // 2)
    context.add_callable("hostPrint", lambda *values: print(*values))
    context.add_callable("hostNow", lambda: time.perf_counter() * 1000.0)
    context.eval(
        "globalThis.console = { log: (...values) => hostPrint(values.join(' ')) };globalThis.performance = { now: hostNow };"
    )
    context.eval(Path(sys.argv[1]).read_text(encoding="utf-8"))


if __name__ == "__main__":
    threading.stack_size(STACK_BYTES)
    thread = threading.Thread(target=run_program)
    thread.start()
    thread.join()
