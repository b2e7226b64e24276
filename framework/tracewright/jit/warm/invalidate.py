"""Discarding code: where a quasi-immutable field that it relied on is written, and where a loop is to be compiled another way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, final

from tracewright.core.memory import load32, object_at
from tracewright.hints import JitCell
from tracewright.jit.tables.cells import COMPILED, COUNTING, count_from
from tracewright.jit.trace.compiled import CompiledTrace, root_of

if TYPE_CHECKING:
    from tracewright.jit.warm.state import Jit

# Turns before code is made anew: soon, for the place is known to be hot; but after twice as many each time, for what it rested on once more
# may not last either.
RECOUNT: Final = 50
_MOST_DOUBLINGS: Final = 20


@final
class Dependencies:
    """Which traces rely on quasi-immutable fields of which objects (by address: objects do not move, and the traces keep them alive)."""

    def __init__(self) -> None:
        self.traces: dict[int, list[CompiledTrace]] = {}

    def add(self, thing: int, compiled: CompiledTrace) -> None:
        """The trace relies on a field of the object at this address."""
        known = self.traces.get(thing)
        if known is None:
            known = []
            self.traces[thing] = known
        known.append(compiled)

    def take(self, thing: int) -> list[CompiledTrace]:
        """The traces that rely on this object, which are forgotten."""
        known = self.traces.get(thing)
        if known is None:
            return []
        del self.traces[thing]
        return known


def discard_dependents(jit: Jit, thing: int) -> None:
    """Invalidate the code that relies on a field of the object at this address, and let its loops and functions count again."""
    for compiled in jit.dependencies.take(thing):
        name = jit.assembly.classes[load32(thing)].name
        discard(jit, compiled, f"a field of {name} that hardly ever changes was written")


def discard(jit: Jit, compiled: CompiledTrace, reason: str) -> None:
    """Let whoever comes into this code leave it at once, and its loop or function count again."""
    if not compiled.valid or jit.backend is None:
        return
    compiled.valid = False
    jit.backend.invalidate(compiled)
    jit.statistics.invalidated += 1
    jit.note_death(compiled.number, reason)
    if compiled.parent is not None:
        root_of(compiled).bridges -= 1  # room for what leads on from here to what replaces it
    if compiled.trace.cell != 0:
        cell = object_at(JitCell, compiled.trace.cell)
        if cell.state == COMPILED and cell.compiled is compiled:
            cell.state = COUNTING
            cell.wanted = True
            recount = RECOUNT << min(cell.deaths, _MOST_DOUBLINGS)
            count_from(cell, jit.parameters.raised(recount, jit.statistics.instructions))
            cell.deaths += 1
