"""Which machine a program is built for is said once, and what is missing for it is named."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tracewright.tools.executables import fingerprint
from tracewright.tools.toolchain import backend_maker, build_program
from tracewright.translate.emit_c.build import Build
from tracewright.translate.emit_c.errors import BuildError
from tracewright.translate.emit_c.target import TARGETS, Target, host_target, target_named
from tracewright_testing.samples import toy

OTHERS = [target for target in TARGETS.values() if not target.is_host]


def test_without_a_name_the_target_is_this_machine() -> None:
    assert target_named(None) is host_target()
    assert host_target().is_host
    assert [target_named(name).name for name in TARGETS] == list(TARGETS)
    with pytest.raises(BuildError, match=r"no target 'vax'; those known are x86_64-linux, aarch64-linux"):
        target_named("vax")


@pytest.mark.parametrize("target", OTHERS, ids=lambda target: target.name)
def test_a_missing_cross_compiler_is_named_with_its_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: Target
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(BuildError) as raised:
        build_program(toy.main, tmp_path / "toy", jit=False, target=target)
    for word in (target.name, target.compiler, *target.packages):
        assert word in str(raised.value)


def test_a_target_without_a_backend_is_named() -> None:
    with pytest.raises(BuildError, match="no JIT backend for x86_64-linux; build with --no-jit"):
        backend_maker(replace(TARGETS["x86_64-linux"], backend="tracewright_nowhere.native"))


@pytest.mark.parametrize("target", OTHERS, ids=lambda target: target.name)
def test_objects_and_executables_of_two_targets_are_kept_apart(tmp_path: Path, target: Target) -> None:
    assert fingerprint([tmp_path], target) != fingerprint([tmp_path], host_target())
    if shutil.which(target.compiler) is None:
        pytest.skip(f"{target.compiler} is not installed")
    assert Build(tmp_path, target=target).runtime_hash != Build(tmp_path).runtime_hash
