"""Code for imports: builtins that no program can name load the module and hand out what it exports.

from m import a        t := import("m")           runs the module, unless it has run
                       a := exported(t, "a")
import m               the same for every name that m exports, and `m := namespace(t)`
"""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright_ruff.bytecode import FIRST_ARGUMENT
from tracewright_ruff.compiler_assignments import AssignmentCompiler
from tracewright_ruff.opcodes import Op
from tracewright_ruff.strings import text_value
from tracewright_ruff.syntax import BindingKind, ImportModule, ImportNames

# Names of the builtins in `Session.statements`.
IMPORT: Final = "import"
EXPORTED: Final = "exported"
NAMESPACE: Final = "namespace"
BIND_EXPORTS: Final = "bind exports"


class ImportCompiler(AssignmentCompiler):
    """Adds `import` and `from ... import`."""

    def import_names(self, statement: ImportNames) -> None:
        """`from m import a, b`"""
        top = self.next_slot
        slots = [self.imported_slot(name) for name in statement.names]
        self.load_module(statement.module)
        module = self.next_slot - 1
        for index in range(len(slots)):
            self.exported(module, statement.names[index])
            self.bind_imported(statement.names[index], slots[index], module + 1)
        self.leave_import(top)

    def import_module(self, statement: ImportModule) -> None:
        """`import m`"""
        top = self.next_slot
        at_top_level = self.at_top_level()
        exports: list[str] = [] if at_top_level else statement.exports
        slots = [self.imported_slot(name) for name in exports]
        has_namespace = statement.module not in statement.exports
        own_slot = self.imported_slot(statement.module) if has_namespace else -1
        self.load_module(statement.module)
        module = self.next_slot - 1
        if at_top_level:  # as many as there are by then: the file may have been written since we looked into it
            self.call_statement(BIND_EXPORTS, module, [Value.of_object(self.unit.namespace)])
        for index in range(len(slots)):
            self.exported(module, exports[index])
            self.bind_imported(exports[index], slots[index], module + 1)
        if has_namespace:
            self.call_statement(NAMESPACE, module, [])
            self.bind_imported(statement.module, own_slot, module + 1)
        self.leave_import(top)

    def leave_import(self, top: int) -> None:
        """Give back the slots that no variable has taken."""
        for variable in self.blocks[-1].values():
            top = max(top, variable.slot + 1)
        self.next_slot = top

    # --- variables ---
    def imported_slot(self, name: str) -> int:
        """The slot of a local variable of the current scope, made if it is new; -1 for a global."""
        if self.at_top_level():
            return -1
        existing = self.blocks[-1].get(name)
        variable = existing if existing is not None else self.new_variable(name, BindingKind.MUT, True)
        return variable.slot

    def bind_imported(self, name: str, variable_slot: int, slot: int) -> None:
        """The name means the value in `slot` from here on, whatever it meant in this scope before."""
        if variable_slot < 0:
            cell = self.assembler.cell_index(self.unit.namespace.cell(name))
            self.assembler.emit_wide(Op.BIND_GLOBAL, slot, cell)
            return
        variable = self.blocks[-1].get(name)
        assert variable is not None, "it has that slot"
        variable.kind = BindingKind.MUT
        variable.site = None
        variable.touched = True
        variable.declared = True
        self.assembler.emit(Op.MOVE, variable_slot, slot, 0)
        self.defined.add(variable_slot)

    # --- calls ---
    def load_module(self, name: str) -> None:
        """Bring the module into a new slot."""
        slot = self.temporary()
        window = self.temporaries(FIRST_ARGUMENT + 2)
        first = window + FIRST_ARGUMENT
        self.load_constant(first, Value.of_object(self.unit.namespace))
        self.assembler.emit_wide(Op.LOAD_CONSTANT, first + 1, self.assembler.text_constant(name))
        native = self.unit.session.statement(IMPORT)
        self.assembler.emit(Op.CALL_NATIVE, slot, first, self.assembler.native_index(native, 2, 0))
        self.next_slot = slot + 1

    def exported(self, module: int, name: str) -> None:
        """Bring what a module exports under a name into the slot behind the module's."""
        self.call_statement(EXPORTED, module, [text_value(name)])

    def call_statement(self, name: str, module: int, arguments: list[Value]) -> None:
        """Call a builtin with the module and constants; the result goes into the slot behind the module's."""
        self.next_slot = module + 1
        first = self.temporaries(1 + len(arguments))
        self.assembler.emit(Op.MOVE, first, module, 0)
        for index in range(len(arguments)):
            self.load_constant(first + 1 + index, arguments[index])
        native = self.unit.session.statement(name)
        site = self.assembler.native_index(native, 1 + len(arguments), 0)
        self.assembler.emit(Op.CALL_NATIVE, first, first, site)

    def load_constant(self, slot: int, value: Value) -> None:
        """Bring a constant into a slot."""
        self.assembler.emit_wide(Op.LOAD_CONSTANT, slot, self.assembler.constant(value))
