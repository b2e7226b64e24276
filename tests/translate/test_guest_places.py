"""An exception of the host that leaves the interpreter natively: the message names the guest's place, on every tier."""

import subprocess
from pathlib import Path

import pytest

from tracewright.tools.toolchain import build_program
from tracewright.translate.emit_c.target import TARGETS
from tracewright_testing.samples import failing

RAISED_BY_AUTHOR = "tracewright_testing.samples.failing.TooLarge: too large (raised in tracewright_testing.samples.failing.checked, failing.py:"
# What the program does, what is raised, and the guest's place.
PROGRAMS = {
    "a lookup in a loop": ("fun main\nfetch 300\nadd\nloop 900", "KeyError: 300 (", "line 2, main"),
    "an author's exception in a loop": ("fun main\nadd\nchecked 300\nloop 900", RAISED_BY_AUTHOR, "line 3, main"),
    "an author's exception at once": ("fun main\nadd\nchecked 1", RAISED_BY_AUTHOR, "line 3, main"),
    "a call": ("fun main\ncall f\nloop 900\nfun f\nadd\nfetch 300", "KeyError: 300 (", "line 6, f"),
    "behind a call": ("fun main\ncall f\nchecked 300\nloop 900\nfun f\nadd", RAISED_BY_AUTHOR, "line 3, main"),
    "a call of the interpreter by itself": (
        "fun main\nnested f\nloop 900\nfun f\nadd\nchecked 300",
        RAISED_BY_AUTHOR,
        "line 6, f",
    ),
    "one behind another": ("fun main\nadd\nquietly 300\nloop 900", "KeyError: -1 (", "line 3, main"),
    "a call that loops": (
        "fun main\nadd\ncall f\nloop 900\nfun f\ncall g\nloop 400\nfun g\nadd\nchecked 700",
        RAISED_BY_AUTHOR,
        "line 10, g",
    ),
}
TIERS = {
    "jit": [],
    "off": ["--jit", "off"],
    "hot": ["--jit", "threshold=1,function_threshold=1,short_function=0,bridge_threshold=1"],
    "fail": ["--jit", "threshold=2,function_threshold=2,fail_every=3"],
}


@pytest.fixture(scope="module")
def executables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Built with the JIT where there is one for this machine, and without."""
    folder = tmp_path_factory.mktemp("failing")
    made = {"none": folder / "plain"}
    build_program(failing.main, made["none"], jit=False)
    if any(target.is_host for target in TARGETS.values()):
        build_program(failing.main, folder / "failing", jit=True)
        made |= dict.fromkeys(TIERS, folder / "failing")
    return made


@pytest.mark.parametrize("name", PROGRAMS)
@pytest.mark.parametrize("tier", ["none", *TIERS])
def test_the_message_names_the_place(executables: dict[str, Path], tmp_path: Path, tier: str, name: str) -> None:
    if tier not in executables:
        pytest.skip("there is no backend for this machine")
    text, raised, place = PROGRAMS[name]
    (tmp_path / "program").write_text(text)
    words = [str(executables[tier]), *TIERS.get(tier, []), str(tmp_path / "program")]
    finished = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    assert finished.returncode == 6
    assert finished.stderr.startswith(f"internal error: uncaught {raised}"), finished.stderr
    assert finished.stderr.endswith(f"the guest was at {place})\n"), finished.stderr
