"""Tree to bytecode: one FunctionCompiler for each function, and where its variables live.

    a captured parameter that nothing assigns, `this`    copied into the closure
    any other captured variable                           a cell, shared
    a name of the script's top, or of no scope            a global cell
    a name at the top of a CommonJS module                a cell of the same kind, which only the module knows
    everything else                                       a slot of the frame

What the compiler does not know yet is refused with its place; nothing is compiled to something else instead.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.guest.assembler import Assembler, Label
from tracewright.guest.instructions import LIMIT
from tracewright.guest.sites import PropertySite
from tracewright.lib.array_tools import array_from
from tracewright_javascript.bytecode import CALLEE, FIRST, NEW_TARGET, NO_SLOT, THIS, Code, CodeKind
from tracewright_javascript.diagnostics import LineIndex, SyntaxFault
from tracewright_javascript.global_object import GlobalCell
from tracewright_javascript.opcodes import Op
from tracewright_javascript.read_sites import ReadSite
from tracewright_javascript.realm import Realm
from tracewright_javascript.scopes import Scope, ScopeKind, Variable, VariableKind
from tracewright_javascript.syntax import Call, Index, Member, NameReference, Node, This
from tracewright_javascript.values import EMPTY, number_value, string_value
from tracewright_javascript.write_sites import WriteSite

# The function that runs knows its home, where `super` begins to search.
RECEIVER_SLOTS: Final[dict[str, int]] = {"this": THIS, "new.target": NEW_TARGET, "super": CALLEE}


NO_CELL: Final = -1


class PlaceKind:
    """Where a variable lives."""

    SLOT: Final = 0
    CELL: Final = 1  # a cell in a slot
    CAPTURED: Final = 2  # a value that the closure took along
    CAPTURED_CELL: Final = 3
    GLOBAL: Final = 4


@final
class Place:
    """`number` is the slot, the index of the captured value, or that of the constant."""

    def __init__(self, kind: int, number: int) -> None:
        self.kind = kind
        self.number = number


@final
class JumpTarget:
    """Where `break` and `continue` of a loop, a switch or a labelled statement go."""

    def __init__(self, labels: list[str], leave: Label, again: Label | None) -> None:
        self.labels = labels
        self.leave = leave
        self.again = again
        self.is_breakable = True  # by a `break` without a label
        self.exitways = 0  # that were there when it was entered
        self.exitways_inside = -1  # of a loop over an iterator: those that `continue` leaves open


@final
class Exit:
    """A way out of a `try` through its `finally`: a return, or a jump to a target."""

    def __init__(self, target: JumpTarget | None, again: bool) -> None:
        self.target = target
        self.again = again


class Exitway:
    """Something that has to be done when code is left by a jump or a return."""


@final
class OpenIterator(Exitway):
    """An iterator, in a slot, that has to be closed."""

    def __init__(self, slot: int, is_async: bool) -> None:
        self.slot = slot
        self.is_async = is_async


@final
class Finalizer(Exitway):
    """A `finally` around the code that is compiled: how it is left is a number in one slot, with a value in another.

    0 at its end      1 by the error in `value`      2 and up: `exits`
    """

    def __init__(self, how: int, value: int) -> None:
        self.how = how
        self.value = value
        self.begin: Label = Label()
        self.exits: list[Exit] = []


@final
class Unit:
    """One source text and the realm that it is compiled for."""

    def __init__(self, realm: Realm, source: str, file: str) -> None:
        self.realm = realm
        self.source = source
        self.file = file
        self.lines: LineIndex = LineIndex(source)
        self.sites: int = 0
        self.file_of_texts = ""  # of a self-hosted function: where its text is
        self.eval_in_function = False  # the text of an `eval` that stands in a function
        self.depths: dict[Variable, int] = {}  # so many scope objects were around where a variable was declared
        self.added_variables: dict[Variable, bool] = {}  # of an `eval`: those that the function around it gets
        self.top_this: Value = Value.of_object(realm.global_object)  # `this` outside of all functions
        self.private_cells: dict[str, GlobalCell] = {}  # of a CommonJS module: its names, and those that it is given


@final
class ScopeObject:
    """A scope whose names are properties of an object, in a hidden variable: of `with`, or the variables that a direct `eval` adds."""

    def __init__(self, variable: Variable, is_with: bool) -> None:
        self.variable = variable
        self.is_with = is_with


@final
class PrivateNames:
    """The private names of a class, with the variables that hold what they mean; and those of the classes around."""

    def __init__(self, outer: PrivateNames | None) -> None:
        self.outer = outer
        self.names: dict[str, Variable] = {}
        self.functions: dict[str, Variable] = {}  # of methods and accessors, by "get #x" and the like


def not_compiled(what: str, node: Node) -> SyntaxFault:
    """A part of the language that the compiler does not know yet."""
    return SyntaxFault(f"not there yet: {what}", node.start, node.end)


@final
class FunctionAssembler(Assembler):
    """Where a function does not fit the form of instructions, that is a mistake of the text."""

    def too_large(self) -> Exception:
        return SyntaxFault("This function is too large", 0, 0)


class NameCompiler:
    """Slots, names and constants of one function."""

    def __init__(self, unit: Unit, parent: NameCompiler | None, name: str) -> None:
        self.unit = unit
        self.parent = parent
        self.assembler: Assembler = FunctionAssembler(name)
        self.places: dict[Variable, Place] = {}
        self.captured: dict[Variable, Place] = {}
        self.globals: dict[str, Place] = {}
        self.texts: dict[str, int] = {}  # constant strings: where they are
        self.captures: list[int] = []
        self.top: int = FIRST  # the first free slot
        self.frame_size: int = FIRST
        self.targets: list[JumpTarget] = []
        self.pending_labels: list[str] = []  # of the statement that comes next
        self.is_strict = False
        self.is_class = False  # this is the constructor of a class
        self.has_fields: bool = (
            True if parent is None else parent.has_fields
        )  # instances of the class around get some, or may
        self.kind: int = CodeKind.ORDINARY
        self.generator_slot: int = NO_SLOT
        self.is_derived = False  # of one with a parent: `this` comes from `super(...)`
        self.private_names: PrivateNames | None = None if parent is None else parent.private_names
        self.waiting_parameters: dict[Variable, bool] = {}  # those whose turn has not come: default values may use them
        self.scope_objects: list[ScopeObject] = [] if parent is None else parent.scope_objects.copy()
        self.returned: int = (
            NO_SLOT  # of a derived constructor: what it returns, which is looked at outside of all handlers
        )
        self.end = Label()  # where that is
        self.this_cell = NO_CELL  # the slot of the cell that holds it, where arrow functions use it

    # Slots and constants

    def slot(self) -> int:
        """A free slot, taken until `top` is set back. Raises SyntaxFault where no operand could name it."""
        result = self.top
        if result > LIMIT:
            raise SyntaxFault(f"A function has room for {LIMIT} variables and values at one time", 0, 0)
        self.top += 1
        self.frame_size = max(self.frame_size, self.top)
        return result

    def at(self, node: Node) -> None:
        """What is emitted from here on comes from this node."""
        self.assembler.at(self.unit.lines.span(node.start, node.end))

    def at_member(self, node: Node) -> None:
        """The same for a member or a call: as other engines do, its place is that of the name, or of the parenthesis behind an index."""
        callee = node.callee if isinstance(node, Call) else node
        if isinstance(callee, Member):
            self.assembler.at(self.unit.lines.span(callee.end - len(callee.name), node.end))
        elif isinstance(node, Call) and isinstance(callee, Index):
            self.assembler.at(self.unit.lines.span(callee.end, node.end))
        else:
            self.at(node)

    def at_operator(self, left: Node, whole: Node) -> None:
        """The same for an assignment, whose place is that of its operator."""
        source = self.unit.source
        start = left.end
        while start < whole.end and (source[start] == " " or source[start] == ")"):
            start += 1
        self.assembler.at(self.unit.lines.span(start, whole.end))

    def emit(self, operation: int, a: int = 0, b: int = 0, c: int = 0) -> None:
        """One instruction."""
        self.assembler.emit(operation, a, b, c)

    def load_constant(self, target: int, value: Value) -> None:
        """`target := value`"""
        self.assembler.emit_wide(Op.CONSTANT, target, self.assembler.constant(value))

    def load_number(self, target: int, number: float) -> None:
        """`target := number`"""
        self.load_constant(target, number_value(number))

    def load_text(self, target: int, text: str) -> None:
        """`target := text`"""
        self.assembler.emit_wide(Op.CONSTANT, target, self.text_number(text))

    def text_number(self, text: str) -> int:
        """The number of a constant string, which is there once."""
        number = self.texts.get(text, -1)
        if number < 0:
            number = self.assembler.new_constant(self.unit.realm.agent.interned(text))
            self.texts[text] = number
        return number

    def text_constant(self, text: str) -> int:
        """The number of a constant string."""
        return self.assembler.new_constant(string_value(text))

    # Properties by names that are no indexes. An instruction names its site by an operand of 16 bits; a function with more constants than that
    # goes on with names that are computed.

    def read_property(self, target: int, thing: int, name: str) -> None:
        """`target := thing.name`"""
        if self._has_sites():
            self.emit(Op.GET_LENGTH if name == "length" else Op.GET, target, thing, self._read_site(name))
        else:
            self.emit(Op.GET_INDEX, target, thing, self._name_operand(name))

    def read_method(self, frame: int, thing: int, name: str) -> None:
        """The function and `this` of a call of `thing.name`, where `thing` is a variable's slot."""
        if self._has_sites():
            self.emit(Op.GET_METHOD, frame + CALLEE, thing, self._read_site(name))
        else:
            self.move(frame + THIS, thing)
            self.emit(Op.GET_INDEX, frame + CALLEE, thing, self._name_operand(name))

    def _read_site(self, name: str) -> int:
        return self.assembler.new_constant(Value.of_object(ReadSite(name)))

    def read_super(self, target: int, reference: int, name: str) -> None:
        """`target := super.name`; `reference` is the first of two slots with the function and `this`."""
        if self._has_sites():
            self.emit(Op.SUPER_GET, target, reference, self.assembler.new_constant(Value.of_object(PropertySite(name))))
        else:
            self.emit(Op.SUPER_GET_INDEX, target, reference, self._name_operand(name))

    def write_property(self, thing: int, name: str, source: int) -> None:
        """`thing.name := source`"""
        if self._has_sites():
            self.emit(Op.SET, thing, source, self.assembler.new_constant(Value.of_object(WriteSite(name))))
        else:
            self.emit(Op.SET_INDEX, thing, self._name_operand(name), source)

    def define_property(self, thing: int, name: str, source: int) -> None:
        """The new property `thing.name := source`"""
        if self._has_sites():
            self.emit(Op.DEFINE, thing, source, self.assembler.new_constant(Value.of_object(WriteSite(name))))
        else:
            self.emit(Op.DEFINE_COMPUTED, thing, self._name_operand(name), source)

    def _has_sites(self) -> bool:
        """Whether an operand can name one more constant."""
        return len(self.assembler.constants) <= LIMIT

    def _name_operand(self, name: str) -> int:
        """A free slot with a name, for the next instruction only."""
        slot = self.slot()
        self.top = slot
        self.load_text(slot, name)
        return slot

    def row(self, count: int) -> int:
        """The first of as many free slots."""
        first = self.slot()
        for _ in range(1, count):
            self.slot()
        return first

    def move_row(self, target: int, source: int, count: int) -> None:
        """As many adjacent slots, the first of them first."""
        self.emit(Op.MOVE_ROW, target, source, count)

    def move(self, target: int, source: int) -> None:
        """`target := source`"""
        if target != source:
            self.emit(Op.MOVE, target, source)

    # Names

    def global_place(self, name: str) -> Place:
        """The place of a global, or of a name at the top of a CommonJS module."""
        known = self.globals.get(name)
        if known is not None:
            return known
        cell = self.unit.private_cells.get(name)
        if cell is None:
            cell = self.unit.realm.cell(name)
        place = Place(PlaceKind.GLOBAL, self.assembler.new_constant(Value.of_object(cell)))
        self.globals[name] = place
        return place

    def place_of(self, reference: NameReference) -> Place:
        """Where the variable of a use lives, as seen from this function. Raises SyntaxFault."""
        variable = reference.variable
        if variable is None:
            return self.global_place(reference.name)
        found = self.known_place(variable)
        return found if found is not None else self.global_place(variable.name)

    def known_place(self, variable: Variable) -> Place | None:
        """The place of a variable that no script's top declares."""
        found = self.places.get(variable)
        if found is None:
            found = self.captured.get(variable)
        parent = self.parent
        if found is not None or parent is None:
            return found
        outer = parent.known_place(variable)
        if outer is None:
            return None
        is_cell = outer.kind == PlaceKind.CELL or outer.kind == PlaceKind.CAPTURED_CELL
        is_slot = outer.kind == PlaceKind.SLOT or outer.kind == PlaceKind.CELL
        place = Place(PlaceKind.CAPTURED_CELL if is_cell else PlaceKind.CAPTURED, len(self.captures))
        self.captures.append(2 * outer.number + (0 if is_slot else 1))
        self.captured[variable] = place
        return place

    def load_raw(self, target: int, place: Place) -> None:
        """What a closure takes along of a variable: its cell, or its value."""
        if place.kind == PlaceKind.SLOT or place.kind == PlaceKind.CELL:
            self.move(target, place.number)
        else:
            self.assembler.emit_wide(Op.CAPTURED, target, place.number)

    def load_place(self, target: int, place: Place) -> None:
        """`target := variable`"""
        match place.kind:
            case PlaceKind.SLOT:
                self.move(target, place.number)
            case PlaceKind.CELL:
                self.emit(Op.LOAD_CELL, target, place.number)
            case PlaceKind.CAPTURED:
                self.assembler.emit_wide(Op.CAPTURED, target, place.number)
            case PlaceKind.CAPTURED_CELL:
                self.assembler.emit_wide(Op.CAPTURED, target, place.number)
                self.emit(Op.LOAD_CELL, target, target)
            case _:
                self.assembler.emit_wide(Op.LOAD_GLOBAL, target, place.number)

    def store_place(self, place: Place, source: int) -> None:
        """`variable := source`"""
        match place.kind:
            case PlaceKind.SLOT:
                self.move(place.number, source)
            case PlaceKind.CELL:
                self.emit(Op.STORE_CELL, source, place.number)
            case PlaceKind.CAPTURED_CELL:
                top = self.top
                cell = self.slot()
                self.assembler.emit_wide(Op.CAPTURED, cell, place.number)
                self.emit(Op.STORE_CELL, source, cell)
                self.top = top
            case PlaceKind.GLOBAL:
                self.assembler.emit_wide(Op.STORE_GLOBAL, source, place.number)
            case _:
                raise AssertionError("a captured value is never assigned")

    def initialize_place(self, place: Place, source: int) -> None:
        """The declaration of a variable gives it its value."""
        if place.kind == PlaceKind.GLOBAL:
            self.assembler.emit_wide(Op.INITIALIZE_GLOBAL, source, place.number)
        else:
            self.store_place(place, source)

    def is_top_this(self, reference: NameReference) -> bool:
        """Whether it is `this` outside of all functions."""
        return reference.variable is None and isinstance(reference, This)

    def is_undefined(self, reference: NameReference) -> bool:
        """Whether it is the global of that name, which never changes."""
        return reference.variable is None and reference.name == "undefined"

    def load_name(self, target: int, reference: NameReference) -> None:
        """The value of a name, tested where it may not be initialized."""
        if self.is_top_this(reference):
            self.load_constant(target, self.unit.top_this)
            return
        if self.is_undefined(reference):
            self.load_constant(target, Value.UNDEFINED)
            return
        place = self.place_of(reference)
        self.load_place(target, place)
        if self.this_may_be_missing(reference):
            self.emit(Op.CHECK_THIS, target)
        if self.may_be_early(reference) and place.kind != PlaceKind.GLOBAL:  # LOAD_GLOBAL looks itself
            self.assembler.emit_wide(Op.CHECK, target, self.text_constant(reference.name))

    def may_be_early(self, reference: NameReference) -> bool:
        """Whether its variable may have no value yet: also a parameter that an earlier one's default value uses, and an import."""
        variable = reference.variable
        if variable is None or reference.needs_check:
            return reference.needs_check
        if variable.kind == VariableKind.IMPORT:
            return True
        function: NameCompiler | None = self if variable.kind == VariableKind.PARAMETER else None
        while function is not None:
            if variable in function.waiting_parameters:
                return True
            function = function.parent
        return False

    def this_may_be_missing(self, reference: NameReference) -> bool:
        """Whether this is `this` in the constructor of a derived class, or in an arrow function inside of it."""
        if reference.name != "this" or not isinstance(reference, This):
            return False
        function: NameCompiler | None = self
        while function is not None:
            if function.is_derived:
                return True
            function = function.parent
        return False

    def store_name(self, reference: NameReference, source: int) -> None:
        """An assignment to a name."""
        variable = reference.variable
        place = self.place_of(reference)
        if variable is not None and variable.kind == VariableKind.FUNCTION_NAME:
            if self.is_strict:  # of sloppy code it does nothing
                self.assembler.emit_wide(Op.FAIL, 0, self.text_constant("Assignment to constant variable."))
            return
        is_early = place.kind != PlaceKind.GLOBAL and self.may_be_early(reference)  # STORE_GLOBAL looks itself
        if is_early or (variable is None and self.is_strict):
            top = self.top
            old = self.slot()
            self.load_place(old, place)  # of a global, this fails where there is none: strict code makes none
            self.assembler.emit_wide(Op.CHECK, old, self.text_constant(reference.name))
            self.top = top
        if variable is not None and (variable.kind == VariableKind.CONST or variable.kind == VariableKind.IMPORT):
            self.assembler.emit_wide(Op.FAIL, 0, self.text_constant("Assignment to constant variable."))
            return
        self.store_place(place, source)

    def hidden_variable(self, name: str) -> Variable:
        """A variable that no program can name, in a slot; closures copy it, so it must have its value before they are made."""
        variable = Variable(name, VariableKind.CONST, 0)
        self.places[variable] = Place(PlaceKind.SLOT, self.slot())
        return variable

    def hidden_place(self, variable: Variable) -> Place:
        """Where such a variable lives, as seen from this function."""
        place = self.known_place(variable)
        assert place is not None
        return place

    def private_place(self, name: str) -> Place:
        """Where the key is that a private name means."""
        scope = self.private_names
        while scope is not None and name not in scope.names:
            scope = scope.outer
        if scope is None:  # in the text of an `eval`; elsewhere the parser has found its class
            raise SyntaxFault(f"Private field '{name}' must be declared in an enclosing class", 0, 0)
        return self.hidden_place(scope.names[name])

    # Scopes

    def open_scope(self, scope: Scope) -> None:
        """Give the names of a scope their places."""
        for variable in scope.variables.values():
            if variable.kind != VariableKind.RECEIVER or variable not in self.places:
                self.declare(variable)
            self.unit.depths[variable] = len(self.scope_objects)

    def declare(self, variable: Variable) -> None:
        """A place for a variable of this function. It begins undefined, or EMPTY where somebody may be too early; where its declaration comes before all
        uses, nothing is written yet."""
        match variable.kind:
            case VariableKind.RECEIVER:
                if not (self.is_derived and variable.captured and variable.name == "this"):
                    self.places[variable] = Place(PlaceKind.SLOT, RECEIVER_SLOTS[variable.name])
                    return
                self.this_cell = self.top  # an arrow function may be made before `super(...)` has made `this`
            case VariableKind.FUNCTION_NAME:
                self.places[variable] = Place(PlaceKind.SLOT, CALLEE)
                return
            case VariableKind.PARAMETER | VariableKind.ARGUMENTS:
                return  # `declare_parameter` has done it
        slot = self.slot()
        may_be_early = variable.starts_uninitialized() and (variable.used_before or variable.captured)
        may_be_early = may_be_early or variable.kind == VariableKind.RECEIVER
        if variable.captured:
            self.load_constant(slot, EMPTY if may_be_early else Value.UNDEFINED)
            self.emit(Op.NEW_CELL, slot, slot)
            self.places[variable] = Place(PlaceKind.CELL, slot)
        else:
            self.places[variable] = Place(PlaceKind.SLOT, slot)
            if may_be_early or not variable.starts_uninitialized():
                self.load_constant(slot, EMPTY if may_be_early else Value.UNDEFINED)

    def declare_parameter(self, variable: Variable, slot: int) -> None:
        """A variable whose first value is in a slot already."""
        self.unit.depths[variable] = len(self.scope_objects)
        if variable.captured and variable.assigned:
            cell = self.slot()
            self.emit(Op.NEW_CELL, cell, slot)
            self.places[variable] = Place(PlaceKind.CELL, cell)
        else:
            self.places[variable] = Place(PlaceKind.SLOT, slot)

    def renew_cells(self, scope: Scope) -> None:
        """The next turn of a `for`: its captured names get cells of their own, with the values of the last turn."""
        for variable in scope.variables.values():
            place = self.places[variable]
            if place.kind == PlaceKind.CELL:
                top = self.top
                value = self.slot()
                self.emit(Op.LOAD_CELL, value, place.number)
                self.emit(Op.NEW_CELL, place.number, value)
                self.top = top

    # The end

    def finish(self, parameters: int, length: int, is_constructor: bool, source: str) -> Code:
        """The code object."""
        code = Code(
            self.unit.realm,
            self.assembler.name,
            self.unit.file,
            parameters,
            length,
            self.frame_size,
            is_constructor,
            self.is_class,
            self.is_derived,
            self.is_strict,
            self.kind,
            self.generator_slot,
            array_from(self.captures, 0),
            source,
        )
        self.assembler.fill(code, [])
        if self.generator_slot != NO_SLOT:
            code.live_slots = None  # a frame that is suspended is kept whole
        return code


def no_values() -> Array[Value]:
    """An empty row."""
    return Array(0, Value.UNDEFINED)


def is_global_scope(scope: Scope) -> bool:
    """Whether the names of this scope are globals."""
    return scope.kind == ScopeKind.SCRIPT
