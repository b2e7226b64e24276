"""A module that is imported for types only, and is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracewright_snail.objects import Shell


def size(shell: Shell) -> int:
    return shell.size


def main() -> int:
    return 0
