"""Every step of the tutorial runs, hosted and native; the README's numbers are those that were measured."""

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tracewright.guest.diagnostics import SourceError
from tracewright.tools.languages import language_at
from tracewright.tools.toolchain import build_program
from tracewright_testing.guest_programs import CommandRunner, HostedRunner, check_program, load_program
from tracewright_testing.native import shared_folder
from tracewright_tutorial import measure

FOLDER = Path(measure.__file__).parent
# Which program a step is for. Later steps run those of earlier ones, too, as long as the language only grows.
STEPS = {
    "step1_calculator": ["calculator"],
    "step2_bytecode": ["loop"],
    "step3_jit": ["loop"],
    "step4_functions": ["loop", "functions"],
    "step5_closures": ["loop", "functions", "closures"],
    "step6_objects": ["loop", "functions", "closures", "objects"],
    "step7_exceptions": ["closures", "objects", "exceptions"],
    "step8_generators": ["closures", "objects", "exceptions", "generators"],
}
SMALL = {"10000000": "1000", "2000000": "100", "3000000": "100", "27)": "10)"}  # for CPython
JIT = {
    "default": "threshold=130",
    "hot": "threshold=1,function_threshold=1,short_function=0",
    "bridges": "threshold=2,bridge_threshold=1",
}


@pytest.mark.parametrize("step", [step for step in STEPS if step != "step1_calculator"])
@pytest.mark.parametrize("program", ["print 1 / 0", "print 1 % 0", "print 1.5 / 0.0"])
def test_dividing_by_zero_is_the_guest_s_mistake(step: str, program: str) -> None:
    with pytest.raises(SourceError, match="division by zero"):
        importlib.import_module(f"tracewright_tutorial.{step}").run_text(program)


def program_file(name: str) -> Path:
    return FOLDER / "programs" / f"{name}.tut"


@pytest.mark.parametrize("step", STEPS)
def test_steps_run_hosted(step: str, tmp_path: Path) -> None:
    """Smaller programs, in which all ways of the language that has them agree."""
    main = importlib.import_module(f"tracewright_tutorial.{step}").main
    for name in STEPS[step]:
        text = program_file(name).read_text()
        expected = [line for line in text.splitlines() if line.startswith("# expect")]
        if name == "calculator":
            check_program(load_program(program_file(name)), HostedRunner("hosted", main, ["run"]))
            continue
        for large, small in SMALL.items():
            text = text.replace(large, small)
        (tmp_path / "small.tut").write_text(text)
        outcome = HostedRunner("hosted", main, ["run"]).run(load_program(tmp_path / "small.tut"))
        assert (outcome.errors, outcome.exit_code) == ("", 0)
        assert len(outcome.output.splitlines()) == len(expected)


@pytest.mark.parametrize("step", STEPS)
def test_steps_run_natively(step: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    shared_folder(tmp_path_factory)  # skips without a C compiler
    language = language_at(FOLDER / f"{step}.py")
    executable = tmp_path_factory.mktemp("tutorial") / step
    build_program(language.main(), executable, jit=True)
    for name in STEPS[step]:
        for mode, knobs in JIT.items():
            check_program(
                load_program(program_file(name)), CommandRunner(mode, [str(executable), "run", "--jit", knobs])
            )


def test_the_readme_has_the_measured_numbers() -> None:
    results = json.loads(measure.RESULTS.read_text())
    readme = measure.README.read_text()
    assert measure.with_tables(readme, results) == readme
    assert len(results["steps"]) == len(measure.ROWS)


def test_every_step_got_faster_by_what_it_added() -> None:
    results = json.loads(measure.RESULTS.read_text())
    times = {(row.step, row.what): time for row, (time,) in zip(measure.ROWS, results["steps"], strict=True)}
    for step in ("step3_jit", "step4_functions", "step5_closures", "step6_objects"):
        assert times[step, "the JIT turned off"] > 10 * times[step, "complete"]


def test_removing_a_hint_removes_it() -> None:
    """What is measured without a hint is built without it (in a process of its own: the modules are changed)."""
    code = (
        "from tracewright_tutorial import measure, step6_objects as step\n"
        "before = step.promote, step.index_of._tracewright_hints_, step.Shape._immutable_fields_\n"
        "measure.without_promote(step); measure.without_hints('index_of')(step); measure.without_immutable('Shape')(step)\n"
        "assert step.promote is measure.unpromoted and before[0] is not step.promote\n"
        "assert before[1] == ('elidable',) and not hasattr(step.index_of, '_tracewright_hints_')\n"
        "assert before[2] == ('parent', 'name', 'count') and step.Shape._immutable_fields_ == ()\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
