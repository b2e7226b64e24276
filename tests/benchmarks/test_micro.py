"""The small measurements: what they read and write must keep fitting the product."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def load_micro() -> ModuleType:
    specification = importlib.util.spec_from_file_location("benchmark_micro", ROOT / "benchmarks" / "micro.py")
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[specification.name] = module  # dataclasses look their module up
    specification.loader.exec_module(module)
    return module


micro = load_micro()


def test_statistics_are_read() -> None:
    text = "interpreting                 0.510 ms    0.2 %\nrecorded operations           1402\nexits                           15\n"
    assert micro.Run(0.1, 0.1, 1, "", text).statistics() == {
        "interpreting": 0.51,
        "recorded operations": 1402,
        "exits": 15,
    }


def test_a_command_that_fails_ends_the_measurement() -> None:
    assert micro.run([sys.executable, "-c", "print(7)"]).output == "7\n"
    with pytest.raises(SystemExit, match="exit code 3"):
        micro.run([sys.executable, "-c", "import sys; sys.exit(3)"])


def test_generated_functions_differ() -> None:
    program = micro.many_functions(3)
    assert program.count("func work") == 3 and "i * 3" in program and program.endswith("print(sum)\n")
