"""The machines that programs are built for: which package makes their machine code, which C compiler makes the rest.

A target is chosen once, where the command line is read, and handed down: nothing below asks what machine the translator runs on.
"""

from __future__ import annotations

import platform
from dataclasses import dataclass
from typing import Final, final

from tracewright.translate.emit_c.errors import BuildError


@final
@dataclass(frozen=True, slots=True)
class Target:
    """One machine with its system."""

    name: str  # as `--target` takes it
    machine: str  # as `platform.machine` names it
    backend: str  # the module with the BackendMaker
    compiler: str  # the C compiler on other machines, as Debian names it
    packages: tuple[str, ...]  # of Debian: that compiler, with headers and libraries
    emulator: tuple[str, ...]  # a command that runs its programs on other machines
    flags: tuple[str, ...] = ()  # for its C compiler, beside everybody's

    @property
    def is_host(self) -> bool:
        """Whether this machine runs its programs."""
        return platform.machine() == self.machine


TARGETS: Final = {
    target.name: target
    for target in (
        Target(
            name="x86_64-linux",
            machine="x86_64",
            backend="tracewright_x86_64.native",
            compiler="x86_64-linux-gnu-gcc",
            packages=("gcc-x86-64-linux-gnu", "libc6-dev-amd64-cross"),
            emulator=("qemu-x86_64", "-L", "/usr/x86_64-linux-gnu"),
            flags=("-fcf-protection=none",),
        ),
        Target(
            name="aarch64-linux",
            machine="aarch64",
            backend="tracewright_aarch64.native",
            compiler="aarch64-linux-gnu-gcc",
            packages=("gcc-aarch64-linux-gnu", "libc6-dev-arm64-cross"),
            emulator=("qemu-aarch64", "-L", "/usr/aarch64-linux-gnu"),
        ),
    )
}


def host_target() -> Target:
    """This machine. Raises BuildError where it is none of the known ones."""
    for target in TARGETS.values():
        if target.is_host:
            return target
    raise BuildError(
        f"programs can be built for {', '.join(TARGETS)}; this machine, {platform.machine()}, is none of them"
    )


def target_named(name: str | None) -> Target:
    """The target that `--target` names; without a name, this machine."""
    if name is None:
        return host_target()
    if name not in TARGETS:
        raise BuildError(f"there is no target {name!r}; those known are {', '.join(TARGETS)}")
    return TARGETS[name]
