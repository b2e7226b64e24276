"""Modules: every folder of `imports/` is a program with its modules, run on every tier; and where modules are looked for."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tracewright_ruff.target import main
from tracewright_testing.guest_programs import GuestProgram, HostedRunner, Outcome, check_program, load_programs
from tracewright_testing.tiers import BRIDGES, FAILING, HOT, OFF, STRESSED, WARM, Tier, TierRunner

PROGRAMS = load_programs(Path(__file__).parent / "imports", "*/main.ruff")
TIERS = (OFF, HOT, WARM, BRIDGES, FAILING, STRESSED)
MISSING = "[RUFVM001] [vm] Runtime Error: Module not found: {};"


def folder_name(program: GuestProgram) -> str:
    return program.path.parent.name


@pytest.mark.parametrize("program", PROGRAMS, ids=folder_name)
def test_hosted(program: GuestProgram) -> None:
    check_program(program, HostedRunner("hosted", main, ["run"]))


@pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)
@pytest.mark.parametrize("program", PROGRAMS, ids=folder_name)
def test_native(program: GuestProgram, tier: Tier, ruff_executable: Path) -> None:
    check_program(program, TierRunner(tier, ruff_executable))


# --- where modules are looked for ------------------------------------------------------------------------------------
def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def run(program: Path, current: Path, monkeypatch: pytest.MonkeyPatch) -> Outcome:
    monkeypatch.chdir(current)
    return HostedRunner("hosted", main, ["run"]).run(GuestProgram(program, "", [], 0))


@pytest.mark.parametrize(
    "place", ["here/m.ruff", "here/modules/m.ruff", "program/src/m.ruff", "program/m.ruff", "program/src/a/m.ruff"]
)
def test_the_folders(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "a.m" if "/a/" in place else "m"
    write(tmp_path, {"here/x": "", "program/src/main.ruff": f"from {name} import f\nprint(f())"})
    write(tmp_path, {place: 'export func f() { return "found" }'})
    outcome = run(tmp_path / "program/src/main.ruff", tmp_path / "here", monkeypatch)
    assert outcome == Outcome("found\n", "", 0)


def test_the_nearest_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order = ["here/m.ruff", "here/modules/m.ruff", "program/src/m.ruff", "program/m.ruff"]
    write(tmp_path, {"program/src/main.ruff": "import m\nprint(f())"})
    write(tmp_path, {place: f'export func f() {{ return "{place}" }}' for place in order})
    for place in order:
        assert run(tmp_path / "program/src/main.ruff", tmp_path / "here", monkeypatch).output == f"{place}\n"
        (tmp_path / place).unlink()
    outcome = run(tmp_path / "program/src/main.ruff", tmp_path / "here", monkeypatch)
    assert outcome.errors.startswith(MISSING.format("m")) and outcome.exit_code == 4


def test_only_a_folder_called_src_is_left_upwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"here/x": "", "program/lib/main.ruff": "import m", "program/m.ruff": "export a := 1"})
    outcome = run(tmp_path / "program/lib/main.ruff", tmp_path / "here", monkeypatch)
    assert outcome.errors.startswith(MISSING.format("m"))


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"program/main.ruff": "import m\nprint(a)", "elsewhere/m.ruff": "export a := 1"})
    (tmp_path / "program/m.ruff").symlink_to(tmp_path / "elsewhere/m.ruff")
    assert run(tmp_path / "program/main.ruff", tmp_path, monkeypatch).errors.startswith(MISSING.format("m"))
    (tmp_path / "program/m.ruff").unlink()
    write(tmp_path, {"program/inside/m.ruff": "export a := 2"})
    (tmp_path / "program/m.ruff").symlink_to("inside/m.ruff")
    assert run(tmp_path / "program/main.ruff", tmp_path, monkeypatch).output == "2\n"


def test_files_that_are_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"main.ruff": "try { import m } except e { print(e.message) }"})
    (tmp_path / "m.ruff").write_bytes(b"\xff")
    assert run(tmp_path / "main.ruff", tmp_path, monkeypatch).output == "Failed to read module 'm': not UTF-8\n"
    (tmp_path / "m.ruff").unlink()
    (tmp_path / "m.ruff").mkdir()
    expected = "Failed to read module 'm': Is a directory (os error 21)\n"
    assert run(tmp_path / "main.ruff", tmp_path, monkeypatch).output == expected


# --- what calls cost -------------------------------------------------------------------------------------------------
def test_a_call_through_a_namespace_costs_what_a_call_costs(ruff_executable: Path, tmp_path: Path) -> None:
    """What the machine code does in each turn of the loop is the same."""
    loop = (
        "\nfunc work(n) {{ s := 0  i := 0  while i < n {{ s := {}(s, i)  i := i + 1 }} return s }}\nprint(work(4000))"
    )
    step = "func step(s, i) { return (s * 7 + i) % 11 }"
    write(
        tmp_path,
        {
            "m.ruff": "export " + step,
            "own.ruff": step + loop.format("step"),
            "name.ruff": "from m import step" + loop.format("step"),
            "space.ruff": "import m" + loop.format("m.step"),
        },
    )
    turns: dict[str, list[str]] = {}
    for name in ("own", "name", "space"):
        log = tmp_path / f"{name}.log"
        command = [str(ruff_executable), "run", "--jit-log", str(log), str(tmp_path / f"{name}.ruff")]
        finished = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        assert finished.stdout == "8\n"
        turns[name] = operations_in_the_loop(log.read_text())
    assert "int_trunc_mod" in turns["own"]
    assert turns["own"] == turns["name"] == turns["space"]


def operations_in_the_loop(log: str) -> list[str]:
    """The names of the operations behind the label of the first loop."""
    traces = [json.loads(line) for line in log.splitlines()]
    loop = next(trace for trace in traces if trace["event"] == "trace" and trace["kind"] == "loop")
    names = [re.sub(r"^\w+ = ", "", operation["text"]).split("(")[0] for operation in loop["operations"]]
    return names[names.index("label") :]
