"""Languages that are no more than `run_command(name, run_text)` are loaded as well, each in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

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
# A program, what it prints, one with a mistake, and one that does not end.
PROGRAMS = {
    "forth": ("1 2 + .", "3 ", "1 +", "0 begin 1+ again"),
    "lox": ("print 1 + 2;", "3\n", "print 1 + nil;", "var i = 0; while (true) { i = i + 1; }"),
    "moth": ("print 1 + 2", "3\n", "print 1 + nil", "local i = 0 while true do i = i + 1 end"),
}
NO_CALL = "Unsupported: functions of this language cannot be called: its GuestLanguage has no method `call`"


@pytest.mark.parametrize("name", PROGRAMS)
def test_it_is_loaded(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    library = built_once(name, shared_folder(tmp_path_factory), f"lib{name}.so")
    good, output, bad, endless = PROGRAMS[name]
    (ran, failed, ended, called, again, compiled) = conversation(library, good, bad, endless)
    assert ran == [0, output, ""]
    assert failed[:2] == [1, ""] and failed[2].startswith("<embedded>:1")
    assert (ended, called) == ("LimitExceeded: not done after 0.3 seconds", NO_CALL)
    assert (again, compiled) == (output, True)


def conversation(library: Path, *texts: str) -> list[Any]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", HOST, str(library), *texts]
    finished = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=60)
    assert finished.stderr == ""
    seen: list[Any] = json.loads(finished.stdout)
    return seen
