"""Ctrl-C while an input is worked on ends the work, not the conversation."""

import os
import subprocess
import sys

TALK = """
from tracewright.guest.repl import Repl, talk

class Once(Repl):
    def __init__(self):
        super().__init__("once", "...", False, "")
        self.inputs = 0

    def run(self, text):
        self.inputs += 1
        if self.inputs == 1:
            raise KeyboardInterrupt  # as where it comes while the input is compiled
        print("ran", text.strip(), flush=True)

    def reset(self):
        pass

raise SystemExit(talk(Once()))
"""


def test_the_next_input_is_run() -> None:
    result = subprocess.run(
        [sys.executable, "-c", TALK],
        input="first\nsecond\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert result.returncode == 0, result.stderr
    assert "ran second" in result.stdout and "first" not in result.stdout
    assert "interrupted" in result.stderr
