"""The guest's place in messages about exceptions that nobody catches: what the portal's way out calls, and who asks afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import FunctionType as PythonFunction
from typing import cast, final

from tracewright.core.guest_place import note_guest_place, noted_code, noted_pc
from tracewright.hints import JitDriver
from tracewright.translate.flow.graph import FunctionGraph


@final
@dataclass(frozen=True, slots=True)
class PlaceHooks:
    """The functions of `core/guest_place.py`, and the driver's location function."""

    note: FunctionGraph
    code: FunctionGraph
    pc: FunctionGraph
    location: FunctionGraph


def find_place_hooks(
    graphs: Iterable[FunctionGraph], functions: Mapping[PythonFunction, FunctionGraph]
) -> PlaceHooks | None:
    """The hooks of a program, or None where it has no dispatch loop with a driver."""
    driver = next((graph.portal for graph in graphs if graph.portal is not None), None)
    if not isinstance(driver, JitDriver):
        return None
    wanted = (note_guest_place, noted_code, noted_pc, driver.location)
    return PlaceHooks(*(functions[cast(PythonFunction, function)] for function in wanted))
