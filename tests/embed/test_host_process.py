"""What a host process can see of the language in it, each in a process of its own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tracewright_testing.native import ruff_library

__all__ = ["ruff_library"]

LOAD = "import sys, tracewright; from pathlib import Path; ruff = tracewright.load(Path(sys.argv[1]))\n"
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def host(library: Path, code: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", LOAD + code, str(library)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    )


def test_control_c_ends_the_guest_and_reaches_the_host(ruff_library: Path) -> None:
    process = host(
        ruff_library,
        "try:\n    print('ready', flush=True); ruff.run('while true { }')\n"
        "except KeyboardInterrupt:\n    print(ruff.run('print(5)').stdout)\n",
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=30)
    assert (output.strip(), errors, process.returncode) == ("5", "", 0)


def test_nothing_is_written_to_the_hosts_own_output(ruff_library: Path) -> None:
    output, errors = host(ruff_library, "ruff.run('print(1)\\neprint(2)')\n").communicate(timeout=30)
    assert (output, errors) == ("", "")
