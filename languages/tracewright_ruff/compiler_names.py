"""Where names live: slots, captured variables, globals, or (rarely) decided when the code runs."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright_ruff.assembler import RuffAssembler
from tracewright_ruff.bytecode import CALLEE, FIRST_ARGUMENT, NameSite
from tracewright_ruff.compiler_defined import DefinedSlots
from tracewright_ruff.compiler_facts import Facts, facts_of
from tracewright_ruff.compiler_reach import Reach
from tracewright_ruff.opcodes import Op
from tracewright_ruff.session import MUTABLE, UNBOUND, GlobalCell, Namespace, Session
from tracewright_ruff.syntax import BindingKind, Program
from tracewright_ruff.syntax_questions import sorted_names

# Whether something holds when a certain piece of code runs.
NEVER: Final = 0
MAYBE: Final = 1
ALWAYS: Final = 2


@final
class Variable:
    """A variable in a slot of the frame."""

    def __init__(self, name: str, kind: int, slot: int, owned: bool) -> None:
        self.name = name
        self.kind = kind  # a BindingKind; parameters and loop variables are MUT
        self.slot = slot
        self.owned = owned  # False for what the caller lends us and for elements that a loop goes through
        self.site: NameSite | None = None  # set where the name may also mean something outside the function
        self.touched = False  # an assignment to it has been compiled
        self.declared = False  # by `let`, `mut`, `const` or as a parameter


class PlaceKind:
    """What a name turned out to be."""

    SLOT: Final = 0
    CAPTURED: Final = 1
    CELL: Final = 2
    LOOKUP: Final = 3
    CONSTANT: Final = 4  # a builtin that nothing can hide


@final
class Place:
    """The meaning of a name at one point of the program."""

    def __init__(self, kind: int, name: str, index: int, variable: Variable | None) -> None:
        self.kind = kind  # a PlaceKind
        self.name = name
        self.index = index  # slot, captured variable, cell, lookup or constant
        self.variable = variable

    def binding(self) -> int:
        """The BindingKind as far as it is known now; globals check theirs when the code runs."""
        return self.variable.kind if self.variable is not None else BindingKind.MUT


@final
class Unit:
    """One compilation: a program and the globals it works on."""

    def __init__(self, session: Session, namespace: Namespace, file: str, program: Program, open_world: bool) -> None:
        self.session = session
        self.makes_generators = False  # some function is one
        self.namespace = namespace
        self.file = file
        self.facts: Facts = facts_of(program.statements, [])
        namespace.changed_by_functions.update(self.facts.inner_mutated)
        if namespace.directory != "":
            self.facts.has_operators = True  # who imports a module may hand it structs that have some
        self.open_world = open_world  # other units share the globals (interactive use): assume the worst
        self.early: set[str] = set()  # globals that are bound before anything can be called
        self.reach = Reach(session, self.facts, program)

    def binds(self, name: str) -> bool:
        """Whether this unit's top level can bind the global."""
        facts = self.facts
        return name in facts.assigned or name in facts.declared or name in facts.functions

    def global_state(self, name: str) -> int:
        """Whether the global is bound while a function runs."""
        cell = self.namespace.cells.get(name)
        if (cell is not None and cell.kind != UNBOUND) or name in self.facts.functions or name in self.early:
            return ALWAYS
        return MAYBE if self.open_world or self.binds(name) else NEVER

    def is_private(self, name: str) -> bool:
        """Whether a global of this unit can live in a slot, because only straight top-level code mentions it."""
        facts = self.facts
        if self.open_world or name in facts.inner_mentioned or name in facts.functions:
            return False
        if name in facts.imported or name in facts.exported:
            return False
        if name in self.session.builtins or name in self.namespace.cells:
            return False
        declarations = facts.declared.get(name, 0)
        return declarations == 0 or (declarations == 1 and name not in facts.assigned)

    def ends_with_errors(self) -> bool:
        """Whether nobody sees the globals once an error has left the top level. Of a module, functions may be about by then."""
        return not self.open_world and self.namespace.directory == ""

    def stays_mutable(self, name: str) -> bool:
        """Whether the global can certainly be assigned to."""
        facts = self.facts
        if self.open_world or name in facts.declared or name in facts.imported or name in facts.exported:
            return False
        cell = self.namespace.cells.get(name)
        return cell is None or cell.kind == UNBOUND or cell.kind == MUTABLE

    def builtin(self, name: str) -> Value:
        """The builtin which the name means, where no local variable hides it, unless another unit binds the global;
        UNDEFINED if it is bound by now or this unit can bind it."""
        cell = self.namespace.cells.get(name)
        if (cell is not None and cell.kind != UNBOUND) or self.binds(name):
            return Value.UNDEFINED
        return self.session.builtins.get(name, Value.UNDEFINED)


class NameCompiler:
    """The scopes and slots of one function under construction."""

    def __init__(self, unit: Unit, parent: NameCompiler | None, name: str) -> None:
        self.unit = unit
        self.parent = parent
        self.assembler = RuffAssembler(unit.session, name, unit.file)
        self.facts: Facts = unit.facts
        self.own_name = ""  # of a function declared inside another one, which may call itself
        self.blocks: list[dict[str, Variable]] = [{}]
        self.defined = DefinedSlots()
        self.next_slot: int = FIRST_ARGUMENT
        self.frame_size: int = FIRST_ARGUMENT
        self.loop_depth = 0
        self.captured: list[str] = []
        self.captured_indexes: dict[str, int] = {}
        self.captured_kinds: list[int] = []
        self.undefined: list[int] = []  # slots that must start without value
        self.without_value: set[int] = set()  # the same
        # Compiling for the case that no global shares a name with our variables, nor with the builtins mentioned.
        self.assume_unbound: bool = parent is None or parent.assume_unbound

    # --- slots ---
    def temporary(self) -> int:
        """A new slot above all in use; give it back by resetting `next_slot`."""
        slot = self.next_slot
        self.next_slot = slot + 1
        if self.next_slot > self.frame_size:
            self.frame_size = self.next_slot
        return slot

    def temporaries(self, count: int) -> int:
        """`count` adjacent new slots; gives the first."""
        first = self.next_slot
        for _ in range(count):
            self.temporary()
        return first

    def new_variable(self, name: str, kind: int, owned: bool) -> Variable:
        """A variable of the innermost block in a new slot, without value yet."""
        variable = Variable(name, kind, self.temporary(), owned)
        self.blocks[-1][name] = variable
        return variable

    def bind_slot(self, name: str, kind: int, slot: int, owned: bool) -> Variable:
        """A variable of the innermost block whose value is already in `slot`."""
        variable = Variable(name, kind, slot, owned)
        self.blocks[-1][name] = variable
        self.defined.add(slot)
        return variable

    def start_without_value(self, slot: int) -> None:
        """The slot must hold no value when the function starts."""
        if slot not in self.without_value:
            self.without_value.add(slot)
            self.undefined.append(slot)

    # --- scopes ---
    def local(self, name: str) -> Variable | None:
        """The function's own variable of that name, innermost first."""
        for index in range(len(self.blocks) - 1, -1, -1):
            found = self.blocks[index].get(name)
            if found is not None:
                return found
        return None

    def holds(self, name: str) -> int:
        """Whether the name, seen from a function being made here, is a variable with a value (and not a global)."""
        variable = self.local(name)
        if variable is not None:
            if variable.site is not None:
                return MAYBE
            if variable.slot in self.defined:
                return ALWAYS
            return MAYBE if variable.touched or self.loop_depth > 0 else NEVER
        if name == self.own_name:
            return ALWAYS
        return NEVER if self.parent is None else self.parent.holds(name)

    def capture(self, name: str) -> int:
        """Index of the captured variable."""
        index = self.captured_indexes.get(name, -1)
        if index >= 0:
            return index
        assert self.parent is not None
        self.captured_indexes[name] = len(self.captured)
        self.captured.append(name)
        self.captured_kinds.append(self.parent.captured_kind(name))
        return len(self.captured) - 1

    def captured_kind(self, name: str) -> int:
        """The BindingKind that an inner function sees."""
        variable = self.local(name)
        if variable is not None:
            return variable.kind
        if name == self.own_name or self.parent is None:
            return BindingKind.MUT
        return self.parent.captured_kind(name)

    def capture_sources(self, names: list[str]) -> list[int]:
        """Where an inner function finds what it captures: slots, or complements of our own captured variables.

        Values that may be missing are put into temporaries first.
        """
        sources: list[int] = []
        for name in names:
            place = self.resolve(name)
            if place.kind == PlaceKind.CAPTURED:
                sources.append(~place.index)
            elif place.kind == PlaceKind.LOOKUP:
                slot = self.temporary()
                self.assembler.emit_wide(Op.CAPTURE_NAME, slot, place.index)
                sources.append(slot)
            else:
                if place.index not in self.defined and place.index != CALLEE:
                    self.start_without_value(place.index)
                sources.append(place.index)
        return sources

    def open_function(self, facts: Facts) -> list[GlobalCell]:
        """Make the variables that the body assigns without declaring them.

        The result: globals that may or may not exist when the function starts, on which the meaning of a name depends.
        """
        uncertain: list[GlobalCell] = []
        for name in sorted_names(facts.assigned | facts.assigned_in_if):
            if self.local(name) is not None:
                continue
            outside = NEVER if self.parent is None else self.parent.holds(name)
            state = self.unit.global_state(name)
            if outside == ALWAYS or (outside == NEVER and state == ALWAYS):
                continue
            variable = self.new_variable(name, BindingKind.MUT, True)
            cell = self.unit.namespace.cell(name) if state != NEVER else None
            if outside == MAYBE:
                slot = variable.slot if state != ALWAYS else -1
                variable.site = NameSite(name, self.capture(name), slot, cell)
            elif cell is not None:
                uncertain.append(cell)
                if not self.assume_unbound:
                    variable.site = NameSite(name, -1, variable.slot, cell)
            if variable.site is not None:
                self.start_without_value(variable.slot)
        return uncertain

    # --- resolution ---
    def resolve(self, name: str) -> Place:
        """What the name means here."""
        variable = self.local(name)
        if variable is not None:
            if variable.site is not None:
                return Place(PlaceKind.LOOKUP, name, self.assembler.lookup_index(variable.site), variable)
            return Place(PlaceKind.SLOT, name, variable.slot, variable)
        if name == self.own_name:
            return Place(PlaceKind.SLOT, name, CALLEE, None)
        outside = NEVER if self.parent is None else self.parent.holds(name)
        if outside != NEVER:
            index = self.capture(name)
            captured = Variable(name, self.captured_kinds[index], -1, True)
            if outside == ALWAYS:
                return Place(PlaceKind.CAPTURED, name, index, captured)
            site = NameSite(name, index, -1, self.unit.namespace.cell(name))
            return Place(PlaceKind.LOOKUP, name, self.assembler.lookup_index(site), captured)
        builtin = self.builtin(name)
        if not builtin.same(Value.UNDEFINED):
            return Place(PlaceKind.CONSTANT, name, self.assembler.constant(builtin), None)
        return Place(PlaceKind.CELL, name, self.assembler.cell_index(self.unit.namespace.cell(name)), None)

    def builtin_named(self, name: str) -> Value:
        """The builtin that the name certainly means here, or UNDEFINED."""
        if self.local(name) is not None or name == self.own_name:
            return Value.UNDEFINED
        if self.parent is not None and self.parent.holds(name) != NEVER:
            return Value.UNDEFINED
        return self.builtin(name)

    def builtin(self, name: str) -> Value:
        """The builtin which the name certainly means here where no local variable hides it; UNDEFINED if not certain.

        In an open world, later units may bind the global, but not while the top level of this one runs, and functions
        look first whether it has happened (see `uncertain_builtins`).
        """
        if self.unit.open_world and not self.assume_unbound:
            return Value.UNDEFINED
        return self.unit.builtin(name)

    def hazardous(self, name: str) -> bool:
        """Whether a call made here might change the container held by this global in place.

        In an open world, functions may call what later units define; the top level of this one can not.
        """
        if self.unit.open_world and self.parent is not None:
            return True
        return name in self.unit.namespace.changed_by_functions

    def uncertain_builtins(self, facts: Facts) -> list[GlobalCell]:
        """The globals which a later unit would have to bind for the function to mean something else by them."""
        cells: list[GlobalCell] = []
        if self.unit.open_world:
            for name in sorted_names(facts.mentioned):
                if self.local(name) is None and not self.unit.builtin(name).same(Value.UNDEFINED):
                    cells.append(self.unit.namespace.cell(name))
        return cells

    # --- reading and writing ---
    def require_value(self, place: Place) -> None:
        """Before a slot is read: make sure that the variable has a value."""
        slot = place.index
        if slot in self.defined or slot == CALLEE:
            return
        self.start_without_value(slot)
        self.assembler.emit_wide(Op.CHECK, slot, self.assembler.name_index(place.name))
        self.defined.add(slot)

    def load(self, place: Place, target: int, shared: bool) -> None:
        """Bring the value into slot `target`; `shared` if it is going to be held there."""
        assembler = self.assembler
        match place.kind:
            case PlaceKind.SLOT:
                if place.index not in self.defined and self.means_builtin_too(place.name):
                    self.start_without_value(place.index)
                    site = NameSite(place.name, -1, place.index, self.unit.namespace.cell(place.name))
                    operation = Op.LOAD_NAME_SHARED if shared else Op.LOAD_NAME
                    assembler.emit_wide(operation, target, assembler.lookup_index(site))
                    return
                self.require_value(place)
                assembler.emit(Op.COPY if shared else Op.MOVE, target, place.index, 0)
            case PlaceKind.CAPTURED:
                operation = Op.LOAD_CAPTURED_SHARED if shared else Op.LOAD_CAPTURED
                assembler.emit(operation, target, place.index, 0)
            case PlaceKind.CELL:
                assembler.emit_wide(Op.LOAD_GLOBAL_SHARED if shared else Op.LOAD_GLOBAL, target, place.index)
            case PlaceKind.LOOKUP:
                assembler.emit_wide(Op.LOAD_NAME_SHARED if shared else Op.LOAD_NAME, target, place.index)
            case _:
                assembler.emit_wide(Op.LOAD_CONSTANT, target, place.index)

    def take(self, place: Place, target: int) -> None:
        """Bring the value of a variable that is about to be replaced into slot `target`, from where it is given away.

        Whether a global may be replaced is known when the code runs; if not, the value must not be changed in place.
        """
        match place.kind:
            case PlaceKind.CELL:
                self.assembler.emit_wide(Op.TAKE_GLOBAL, target, place.index)
            case PlaceKind.LOOKUP:
                self.assembler.emit_wide(Op.TAKE_NAME, target, place.index)
            case _:
                self.load(place, target, False)

    def means_builtin_too(self, name: str) -> bool:
        """Whether a variable without value leaves a builtin visible."""
        return name in self.unit.session.builtins

    def store(self, place: Place, source: int) -> None:
        """Give the variable the value in slot `source`, which is owned."""
        assembler = self.assembler
        if self.refuse(place, "reassign"):
            return
        match place.kind:
            case PlaceKind.SLOT:
                if place.index == CALLEE:
                    assembler.emit_wide(
                        Op.FAIL, 0, assembler.name_index("Cannot reassign a function from its own body")
                    )
                    return
                if source != place.index:
                    assembler.emit(Op.MOVE, place.index, source, 0)
                self.now_defined(place)
            case PlaceKind.CAPTURED:
                assembler.emit(Op.STORE_CAPTURED, source, place.index, 0)
            case PlaceKind.LOOKUP:
                assembler.emit_wide(Op.STORE_NAME, source, place.index)
                if place.variable is not None:
                    place.variable.touched = True
            case _:
                cell = self.unit.namespace.cell(place.name)
                assembler.emit_wide(Op.STORE_GLOBAL, source, assembler.cell_index(cell))

    def now_defined(self, place: Place) -> None:
        """The slot has just been given a value."""
        self.defined.add(place.index)
        if place.variable is not None:
            place.variable.touched = True

    def refuse(self, place: Place, action: str) -> bool:
        """For an immutable variable known now: emit the error instead of the change."""
        kind = place.binding()
        if kind == BindingKind.MUT:
            return False
        what = "const binding" if kind == BindingKind.CONST else "immutable let binding"
        self.assembler.emit_wide(Op.FAIL, 0, self.assembler.name_index(f"Cannot {action} {what}: {place.name}"))
        return True

    def container_slot(self, place: Place) -> int:
        """The slot through which the container in a variable can be changed in place."""
        assembler = self.assembler
        if self.refuse(place, "mutate"):
            return self.temporary()
        if place.kind == PlaceKind.SLOT:
            self.require_value(place)
            return place.index
        slot = self.temporary()
        match place.kind:
            case PlaceKind.CAPTURED:
                assembler.emit(Op.UPDATE_CAPTURED, slot, place.index, 0)
            case PlaceKind.LOOKUP:
                assembler.emit_wide(Op.UPDATE_NAME, slot, place.index)
            case _:
                cell = self.unit.namespace.cell(place.name)
                assembler.emit_wide(Op.UPDATE_GLOBAL, slot, assembler.cell_index(cell))
        return slot
