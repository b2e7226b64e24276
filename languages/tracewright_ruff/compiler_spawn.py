"""Code for `spawn`: a function without parameters, made and started as a task.

The block works on copies of all variables. Those of the function around it are copied because every function does that;
globals are put into variables of a block around it first, so that it captures them too:

    total := 0                     spawn { total := total + 1 }     {  total' := total     (if it has a value by now)
                                                                       start(func() { total' := total' + 1 })  }
"""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright_ruff.bytecode import FIRST_ARGUMENT
from tracewright_ruff.compiler_facts import facts_of
from tracewright_ruff.compiler_imports import ImportCompiler
from tracewright_ruff.compiler_names import NEVER
from tracewright_ruff.opcodes import Op
from tracewright_ruff.session import COPY_OF_GLOBAL, SPAWN
from tracewright_ruff.syntax import BindingKind, Function, Spawn
from tracewright_ruff.syntax_questions import sorted_names


class SpawnCompiler(ImportCompiler):
    """Adds `spawn`."""

    def spawn(self, statement: Spawn) -> None:
        """`spawn { ... }`"""
        top = self.next_slot
        self.blocks.append({})
        facts = facts_of(statement.body, [])
        for name in sorted_names(facts.mentioned):
            never_changes = name in self.unit.facts.functions and name not in facts.assigned
            outside = NEVER if self.parent is None else self.parent.holds(name)
            if self.local(name) is None and outside == NEVER and not never_changes:
                if self.unit.global_state(name) != NEVER:
                    self.copy_global(name)
        function = Function(None, [], statement.body, False, False, statement.line, statement.column)
        first = self.temporaries(FIRST_ARGUMENT + 1) + FIRST_ARGUMENT
        code = self.function(function, "spawn")
        self.assembler.line = statement.line
        self.assembler.emit_wide(Op.NEW_FUNCTION, first, self.assembler.code_index(code))
        native = self.unit.session.statement(SPAWN)
        self.assembler.emit(Op.CALL_NATIVE, first, first, self.assembler.native_index(native, 1, 0))
        for variable in self.blocks.pop().values():
            self.defined.discard(variable.slot)
        self.next_slot = top

    def copy_global(self, name: str) -> None:
        """A variable of the innermost block with the value of a global, or without value if that has none."""
        variable = self.new_variable(name, BindingKind.MUT, True)
        variable.touched = True
        first = self.temporary()
        cell = Value.of_object(self.unit.namespace.cell(name))
        self.assembler.emit_wide(Op.LOAD_CONSTANT, first, self.assembler.constant(cell))
        native = self.unit.session.statement(COPY_OF_GLOBAL)
        self.assembler.emit(Op.CALL_NATIVE, variable.slot, first, self.assembler.native_index(native, 1, 0))
        self.next_slot = first
