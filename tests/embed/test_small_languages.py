"""Languages that are no more than `run_command(name, run_text)` are loaded as well, each in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tracewright_testing.native import built_once, shared_folder

HOST = """
import json, sys, tracewright
from tracewright.embed import EmbedError
language = tracewright.load(sys.argv[1], time_limit=20.0)
def told(action):
    try:
        return action()
    except EmbedError as error:
        return f"{type(error).__name__}: {error}"
good, bad, endless = sys.argv[2:]
results = [language.run(good), language.run(bad)]
seen = [(result.exit_code, result.stdout, result.stderr) for result in results]
seen.append(told(lambda: language.run(endless, time_limit=0.3)))
seen.append(told(lambda: language.call("f", 1)))
language.reset()
seen.append(language.run(good).stdout)
print(json.dumps([*seen, language.statistics()["loops"] > 0]))
"""
PROGRAMS = {
    "forth": ("1 2 + .", "1 +", "0 begin 1+ again", "3 ", "<embedded>:1: 1 more must be on the stack here\n"),
    "lox": (
        "print 1 + 2;",
        "print 1 + nil;",
        "var i = 0; while (true) { i = i + 1; }",
        "3\n",
        "<embedded>:1: these operands do not go together\n",
    ),
    "moth": (
        "print 1 + 2",
        "print 1 + nil",
        "local i = 0 while true do i = i + 1 end",
        "3\n",
        "<embedded>:1: this needs numbers\n",
    ),
}
NO_CALL = "Unsupported: functions of this language cannot be called: its GuestLanguage has no method `call`"


@pytest.mark.parametrize("name", PROGRAMS)
def test_it_is_loaded(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    library = built_once(name, shared_folder(tmp_path_factory), f"lib{name}.so")
    good, bad, endless, output, complaint = PROGRAMS[name]
    assert conversation(library, good, bad, endless) == [
        [0, output, ""],
        [1, "", complaint],
        "LimitExceeded: not done after 0.3 seconds",
        NO_CALL,
        output,
        True,
    ]


def conversation(library: Path, *texts: str) -> object:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", HOST, str(library), *texts]
    finished = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=60)
    assert finished.stderr == ""
    return json.loads(finished.stdout)
