"""The variables of modules: a cell for each name, which code holds itself, so that no name is looked up at run time.

def fib(n): ...           the cell `fib` of the module, settled: a constant of every trace
print                     the cell `print` of the module, empty; behind it the cell of the built-in namespace
n += 1                    the second write gives up: the cell is a variable from now on
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.hints import dont_look_inside, immutable_fields, we_are_jitted
from tracewright_python.objects import PyMapping


class CellState:
    """What traces may rely on."""

    EMPTY: Final = 0  # never written
    SETTLED: Final = 1  # written once
    VARIABLE: Final = 2


@final
@immutable_fields("name", "behind", "state?", "settled?")
class GlobalCell:
    """A global name. `behind` is the built-in cell of the same name, which is asked where this one is empty."""

    def __init__(self, name: str, behind: GlobalCell | None) -> None:
        self.name = name
        self.behind = behind
        self.value: Value = Value.UNDEFINED
        self.state: int = CellState.EMPTY
        self.settled: Value = Value.UNDEFINED

    def read_own(self) -> Value:
        """The value in this cell, or UNDEFINED."""
        if we_are_jitted():
            state = self.state
            if state == CellState.SETTLED:
                return self.settled
            if state == CellState.EMPTY:
                return Value.UNDEFINED
        return self.value

    def read(self) -> Value:
        """The value, or that of the cell behind; UNDEFINED where there is none."""
        value = self.read_own()
        if value.same(Value.UNDEFINED):
            behind = self.behind
            if behind is not None:
                return behind.read_own()
        return value

    def write(self, value: Value) -> None:
        """Give it a value, the first or another."""
        if self.state != CellState.VARIABLE:
            self._write_settled(value)
        self.value = value

    @dont_look_inside
    def _write_settled(self, value: Value) -> None:
        if self.state == CellState.EMPTY:
            self.settled = value
            self.state = CellState.SETTLED
        else:
            self.state = CellState.VARIABLE
            self.settled = Value.UNDEFINED

    @dont_look_inside
    def delete(self) -> bool:
        """Empty it; False where it is empty."""
        if self.value.same(Value.UNDEFINED):
            return False
        if self.state != CellState.VARIABLE:
            self.state = CellState.VARIABLE
        self.value = Value.UNDEFINED
        return True


@final
class Namespace(PyMapping):
    """The cells of a module by name, in the order in which they were made."""

    def __init__(self, behind: Namespace | None) -> None:
        self.behind = behind
        self.cells: dict[str, GlobalCell] = {}

    @dont_look_inside
    def cell(self, name: str) -> GlobalCell:
        """The cell of a name, made when first mentioned."""
        found = self.cells.get(name)
        if found is None:
            behind = self.behind
            found = GlobalCell(name, behind.cell(name) if behind is not None else None)
            self.cells[name] = found
        return found

    @dont_look_inside
    def get_named(self, name: str) -> Value:
        found = self.cells.get(name)
        return found.value if found is not None else Value.UNDEFINED

    def set_named(self, name: str, value: Value) -> None:
        self.cell(name).write(value)

    def delete_named(self, name: str) -> bool:
        return name in self.cells and self.cells[name].delete()

    def all_names(self) -> list[str]:
        return [name for name, cell in self.cells.items() if not cell.value.same(Value.UNDEFINED)]
