"""Quasi-immutable fields: code that relied on a value is discarded when the field is written."""

from typing import TYPE_CHECKING, final

from tracewright.core.memory import address_of
from tracewright.jit.codegen.contract import CompiledTrace

if TYPE_CHECKING:
    from tracewright.jit.warm.state import Jit


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
