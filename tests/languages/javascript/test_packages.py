"""Packages from npm. Only where TRACEWRIGHT_NPM names a folder to which they may be installed: see `tracewright_testing.npm_packages`."""

import os
from pathlib import Path

import pytest

from tracewright_testing.npm_packages import JOBS, difference, install, is_possible, run

FOLDER_VARIABLE = "TRACEWRIGHT_NPM"


@pytest.fixture(scope="module")
def packages() -> Path:
    folder = os.environ.get(FOLDER_VARIABLE)
    if not folder or not is_possible():
        pytest.skip(f"{FOLDER_VARIABLE} names no folder, or there is no npm")
    install(Path(folder))
    return Path(folder)


@pytest.mark.parametrize("job", sorted(job.stem for job in JOBS.glob("*.js")))
def test_a_package_does_its_job_as_under_node(job: str, packages: Path, js_executable: Path) -> None:
    file = packages / f"{job}.js"
    assert difference(run([str(js_executable)], file), run(["node"], file)) == ""
