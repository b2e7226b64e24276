"""Several C variables assigned as if all at once.

a, b = b, a     becomes     { int64_t copy_1 = a; a = b; b = copy_1; }
"""

from __future__ import annotations

from collections.abc import Callable

from tracewright.translate.emit_c.text import C_TYPES


def parallel_copy(copies: list[tuple[str, str, str]], new_label: Callable[[str], str]) -> list[str]:
    """Assignments (target, source, kind) with the effect of all at once: first those whose target nobody still reads, cycles
    by a helper, whose name `new_label` makes from a stem. A source that is no name alone must not read a target."""
    waiting = [copy for copy in copies if copy[0] != copy[1]]
    lines: list[str] = []
    while waiting:
        read = [source for _, source, _ in waiting]
        free = next((copy for copy in waiting if read.count(copy[0]) == 0), None)
        if free is None:
            target, _, kind = waiting[0]
            helper = new_label("copy")
            lines.append(f"{C_TYPES[kind]} {helper} = {target};")
            waiting = [(t, helper if s == target else s, k) for t, s, k in waiting]
            free = waiting[0]
        lines.append(f"{free[0]} = {free[1]};")
        waiting.remove(free)
    declared = any(line.split(" ", 1)[0] in ("int64_t", "double") for line in lines)
    return ["{", *lines, "}"] if declared else lines
