"""Code for statements and whole functions."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.guest.assembler import Label
from tracewright.guest.frames import LINK_SLOTS
from tracewright_ruff.bytecode import FIRST_ARGUMENT, NO_GENERATOR, Code, NameSite
from tracewright_ruff.compiler_expressions import EVERY_NAME
from tracewright_ruff.compiler_facts import facts_of, moving_statement, names_assigned_in
from tracewright_ruff.compiler_names import NEVER, PlaceKind, Unit
from tracewright_ruff.compiler_operands import OperandCompiler
from tracewright_ruff.compiler_spawn import SpawnCompiler
from tracewright_ruff.errors import CompileError
from tracewright_ruff.opcodes import NO_SLOT, Op
from tracewright_ruff.syntax import (
    Assignment,
    BindingKind,
    Break,
    Call,
    Continue,
    Declaration,
    EnumDeclaration,
    Export,
    Expression,
    ExpressionStatement,
    For,
    Function,
    FunctionDeclaration,
    If,
    ImportModule,
    ImportNames,
    Loop,
    Match,
    MatchCase,
    Name,
    Return,
    Spawn,
    Statement,
    StructDeclaration,
    Test,
    TestGroup,
    TestSetup,
    TestTeardown,
    Throw,
    TryExcept,
    Variant,
    While,
)
from tracewright_ruff.syntax_questions import chained_if, root_name, sorted_names

OWNING_LIMIT: Final = 48  # parameters beyond this have no bit in `owning`; they are marked as shared instead


@final
class StatementCompiler(SpawnCompiler):
    """Adds statements."""

    def __init__(self, unit: Unit, parent: OperandCompiler | None, name: str) -> None:
        super().__init__(unit, parent, name)
        self.break_labels: list[Label] = []
        self.continue_labels: list[Label] = []
        self.reachable = True  # whether control can get to the next statement

    # --- blocks ---
    def statements(self, statements: list[Statement]) -> None:
        """Statements of the current scope."""
        for index in range(len(statements)):
            later = moving_statement(statements, index)
            if later >= 0:
                self.given = self.replaced_soon(statements, index, later)
            self.statement(statements[index])
            if later >= 0:
                self.given = None
                self.note_move(statements[index], statements[later])

    def block(self, statements: list[Statement]) -> None:
        """A nested block with its own scope."""
        top = self.next_slot
        self.blocks.append({})
        self.statements(statements)
        self.leave_block(top)

    def leave_block(self, top: int) -> None:
        """End the innermost scope and give its slots back."""
        for variable in self.blocks.pop().values():
            self.defined.discard(variable.slot)
        self.next_slot = top

    # --- dispatch ---
    def statement(self, statement: Statement) -> None:
        """One statement."""
        top = self.next_slot
        self.assembler.line = statement.line
        self.assembler.live(top)
        match statement:
            case ExpressionStatement():
                self.value(statement.expression, self.temporary(), False)
                self.next_slot = top
                if isinstance(statement.expression, Throw):
                    self.reachable = False
            case Declaration():
                self.declaration(statement)
            case Assignment():
                self.assignment(statement)
                self.next_slot = top
            case FunctionDeclaration():
                if not self.at_top_level():
                    self.nested_function(statement.function)
            case StructDeclaration():
                self.struct_declaration(statement)
                self.next_slot = top
            case Return():
                self.return_value(statement.value)
                self.next_slot = top
            case Export():
                self.statement(statement.statement)
            case _:
                self.compound(statement)

    def compound(self, statement: Statement) -> None:
        """Statements that direct control, and those that do nothing."""
        match statement:
            case If():
                self.if_statement(statement)
            case While():
                self.while_loop(statement)
            case Loop():
                self.endless_loop(statement)
            case For():
                self.for_loop(statement)
            case Break():
                if len(self.break_labels) == 0:
                    raise CompileError("break can only be used inside a loop", statement.line)
                self.assembler.jump(Op.JUMP, 0, self.break_labels[-1])
                self.reachable = False
            case Continue():
                if len(self.continue_labels) == 0:
                    raise CompileError("continue can only be used inside a loop", statement.line)
                self.assembler.jump(Op.LOOP, 0, self.continue_labels[-1])
                self.reachable = False
            case TryExcept():
                self.try_statement(statement)
            case Match():
                self.match_statement(statement)
            case EnumDeclaration() | Test() | TestGroup() | TestSetup() | TestTeardown():
                return
            case ImportModule():
                self.import_module(statement)
            case ImportNames():
                self.import_names(statement)
            case _:
                assert isinstance(statement, Spawn)
                self.spawn(statement)

    # --- functions ---
    def function(self, function: Function, name: str) -> Code:
        return self.compile_function(function, name, "", "")

    def compile_function(self, function: Function, name: str, own_name: str, struct: str) -> Code:
        """The code of a function or (with `struct`) method made here."""
        line = self.assembler.line
        inner = StatementCompiler(self.unit, self, name)
        inner.own_name = own_name
        inner.is_async = function.is_async and not function.is_generator  # a generator may await as it is
        owning = inner.parameters(function, struct)
        if function.is_generator:
            inner.generator_slot = inner.temporary()
            self.unit.makes_generators = True
        inner.body(function)
        sources = self.capture_sources(inner.captured)
        self.assembler.line = line
        code = inner.finish(sources)
        code.parameter_count = len(function.parameters)
        if struct != "":
            code.receiver = 1
            if not takes_self(function):
                code.parameter_count += 1
        code.first_parameter = FIRST_ARGUMENT
        code.parameter_slots = code.parameter_count
        code.linkage_slots = LINK_SLOTS
        code.owning = owning
        if owning == 0 and not function.is_generator:
            code.plain_parameters = code.parameter_count
        return code

    def parameters(self, function: Function, struct: str) -> int:
        """Variables for the receiver, the parameters and the receiver's fields; gives the owning ones as bits."""
        self.facts = facts_of(function.body, [parameter.name for parameter in function.parameters])
        implicit = struct != "" and not takes_self(function)
        owning = 0
        if implicit:
            self.bind_slot("self", BindingKind.MUT, self.temporary(), False)
        for parameter in function.parameters:
            if parameter.name in self.blocks[0] and not (implicit and parameter.name == "self"):
                raise CompileError("Duplicate declaration in the same scope: " + parameter.name, parameter.line)
            slot = self.temporary()
            index = slot - FIRST_ARGUMENT
            owned = parameter.name in self.facts.mutated
            variable = self.bind_slot(parameter.name, BindingKind.MUT, slot, owned)
            variable.declared = True
            if owned and index < OWNING_LIMIT:
                owning |= 1 << index
            elif owned:
                self.assembler.emit(Op.COPY, slot, slot, 0)
        self.assembler.line = function.line
        if implicit:
            self.field_variables(struct)
        return owning

    def field_variables(self, struct: str) -> None:
        """In a method without `self`, the receiver's fields are variables: copy those that the body mentions."""
        known = self.unit.facts.field_names(struct) | self.unit.facts.assigned_fields
        for name in sorted_names(known & self.facts.mentioned):
            if name in self.blocks[0]:
                continue
            variable = self.new_variable(name, BindingKind.MUT, True)
            outside = NEVER if self.parent is None else self.parent.holds(name)
            if outside != NEVER or self.unit.global_state(name) != NEVER or self.means_builtin_too(name):
                captured = self.capture(name) if outside != NEVER else -1
                variable.site = NameSite(name, captured, variable.slot, self.unit.namespace.cell(name))
            site = self.assembler.field_index(name)
            self.assembler.emit(Op.FIELD_VARIABLE, variable.slot, FIRST_ARGUMENT, site)
            variable.touched = True

    def body(self, function: Function) -> None:
        """The statements: once, or twice where the meaning of names depends on which globals exist by then.

        What is made in the second body is compiled for all cases at once, lest nested functions double at each level.
        """
        assembler = self.assembler
        parameters = self.blocks[0].copy()
        defined = self.defined.mark()
        top = self.next_slot
        uncertain = self.open_function(self.facts)
        if self.assume_unbound:
            uncertain.extend(self.uncertain_builtins(self.facts))
        if len(uncertain) > 0 and self.assume_unbound:
            other = Label()
            first = len(assembler.cells)
            for cell in uncertain:
                assembler.add_cell(cell)
            assembler.branch(Op.SELECT_BODY, first, len(uncertain), 0, other)
            self.body_once(function)
            assembler.place(other)
            self.blocks = [parameters]
            self.defined.rewind(defined)
            self.next_slot = top
            self.assume_unbound = False
            self.reachable = True
            self.open_function(self.facts)
        self.body_once(function)
        for index in range(len(self.exits)):
            assembler.place(self.exits[index])
            self.emit_return(self.exit_slots[index], True)

    def body_once(self, function: Function) -> None:
        """The statements and the return of null at the end."""
        self.statements(function.body)
        if self.reachable:
            self.emit_null_return()

    def finish(self, captures: list[int]) -> Code:
        """The finished code object."""
        code = self.assembler.finish(self.undefined, captures)
        code.frame_size = self.frame_size
        code.generator_slot = self.generator_slot
        if code.generator_slot != NO_GENERATOR:
            code.live_slots = None  # what yields keeps all slots of its frame, and gives them back as they were
        return code

    def nested_function(self, function: Function) -> None:
        """`func name` inside a block or function: a variable of the current scope."""
        name = function.name if function.name is not None else ""
        existing = self.blocks[-1].get(name)
        variable = existing if existing is not None else self.new_variable(name, BindingKind.MUT, True)
        top = self.next_slot
        code = self.compile_function(function, name, name, "")
        self.assembler.emit_wide(Op.NEW_FUNCTION, variable.slot, self.assembler.code_index(code))
        variable.site = None
        variable.touched = True
        self.defined.add(variable.slot)
        self.next_slot = top

    def hoist(self, function: Function) -> None:
        """`func name` at top level: a global that exists from the start."""
        name = function.name if function.name is not None else ""
        slot = self.temporary()
        code = self.compile_function(function, name, "", "")
        self.assembler.emit_wide(Op.NEW_FUNCTION, slot, self.assembler.code_index(code))
        cell = self.assembler.cell_index(self.unit.namespace.cell(name))
        self.assembler.emit_wide(Op.BIND_GLOBAL, slot, cell)
        self.next_slot = slot

    def struct_declaration(self, statement: StructDeclaration) -> None:
        """Methods are defined when control gets here."""
        assembler = self.assembler
        shape = self.unit.session.struct_shape(statement.name)
        slot = self.temporary()
        for method in statement.methods:
            name = method.name if method.name is not None else ""
            full_name = statement.name + "." + name
            if method.is_generator:
                raise CompileError("Generator methods are not supported for structs: " + full_name, method.line)
            code = self.compile_function(method, full_name, "", statement.name)
            assembler.emit_wide(Op.NEW_FUNCTION, slot, assembler.code_index(code))
            assembler.emit(Op.DEFINE_METHOD, slot, assembler.name_index(name), assembler.shape_index(shape))

    # --- leaving ---
    def return_value(self, value: Expression | None) -> None:
        """`return` with or without value."""
        if value is None:
            self.emit_null_return()
        elif isinstance(value, Name):
            place = self.resolve(value.name)
            owned = place.variable is not None and place.variable.owned
            if place.kind == PlaceKind.SLOT:
                self.emit_return(self.operand(value, False), not owned)
            else:
                slot = self.temporary()
                self.value(value, slot, True)
                self.emit_return(slot, False)
        else:
            slot = self.temporary()
            if isinstance(value, Call):
                self.assembler.line = value.line
                self.call(value, slot, EVERY_NAME if self.try_depth == 0 else "")
            else:
                self.note_last_reads(value)
                self.value(value, slot, True)
                self.moves.clear()
            self.emit_return(slot, False)
        self.reachable = False

    def emit_return(self, slot: int, shared: bool) -> None:
        """Leave with the value in `slot`, which somebody else may hold. A generator's goes nowhere."""
        if self.generator_slot != NO_GENERATOR:
            self.assembler.emit(Op.END_GENERATOR, 0, 0, 0)
        elif self.is_async:
            promise = self.temporary()
            self.assembler.emit(Op.NEW_PROMISE, promise, slot, 0)
            self.assembler.emit(Op.RETURN, promise, 0, 0)
        else:
            self.assembler.emit(Op.RETURN_SHARED if shared else Op.RETURN, slot, 0, 0)

    def emit_null_return(self) -> None:
        """Leave with null."""
        if self.is_async:
            slot = self.temporary()
            self.assembler.emit_wide(Op.LOAD_CONSTANT, slot, self.assembler.constant(Value.NULL))
            self.emit_return(slot, False)
        elif self.generator_slot != NO_GENERATOR:
            self.assembler.emit(Op.END_GENERATOR, 0, 0, 0)
        else:
            self.assembler.emit(Op.RETURN_NULL, 0, 0, 0)

    # --- control flow ---
    def if_block(self, statements: list[Statement]) -> None:
        """A branch of `if`. At top level it has its own variables, in functions only its own declarations."""
        top = self.next_slot
        self.blocks.append({})
        if self.parent is None:
            slots: list[int] = []
            for name in sorted_names(names_assigned_in(statements)):
                if self.local(name) is None and not self.unit.binds(name) and self.unit.global_state(name) == NEVER:
                    slots.append(self.new_variable(name, BindingKind.MUT, True).slot)
            if len(slots) > 0:
                self.assembler.undefine(slots)
        self.statements(statements)
        self.leave_block(top)

    def if_statement(self, statement: If) -> None:
        """`if` and `else`."""
        # An `else` that is nothing but another `if` goes on in this loop: chains may be long, and need no scopes.
        assembler = self.assembler
        end = Label()
        ended = False  # whether some branch comes to the end, and which variables then have got a value
        gained: set[int] = set()
        start = self.defined.mark()
        link = statement
        while True:
            otherwise = Label()
            self.condition(link.condition, otherwise)
            before = self.defined.mark()
            self.reachable = True
            self.if_block(link.body)
            if self.reachable:
                now = self.defined.gained_since(start)
                gained = gained & now if ended else now
                ended = True
                if link.otherwise is not None:
                    assembler.jump(Op.JUMP, 0, end)
            assembler.place(otherwise)
            self.defined.rewind(before)
            self.reachable = True
            rest = link.otherwise
            following = chained_if(rest)
            if following is None:
                if rest is not None:
                    self.if_block(rest)
                break
            link = following
            assembler.line = link.line
        assembler.place(end)
        self.join(start, ended, gained)

    def join(self, start: int, ended: bool, gained: set[int]) -> None:
        """Two ways that began at `start` meet: the one just compiled, and one that, if it `ended` here, gave values to
        the `gained` variables."""
        if ended:
            self.defined.go_on_with(start, gained & self.defined.gained_since(start) if self.reachable else gained)
        self.reachable = self.reachable or ended

    def loop_body(self, body: list[Statement], start: Label, end: Label) -> None:
        """The body of a loop, in a scope of its own."""
        self.break_labels.append(end)
        self.continue_labels.append(start)
        self.loop_depth += 1
        self.reachable = True
        self.block(body)
        self.loop_depth -= 1
        self.break_labels.pop()
        self.continue_labels.pop()

    def while_loop(self, statement: While) -> None:
        """`while`."""
        start = Label()
        end = Label()
        self.assembler.place(start)
        self.condition(statement.condition, end)
        before = self.defined.mark()
        self.loop_body(statement.body, start, end)
        self.close_loop(start, end, before)

    def endless_loop(self, statement: Loop) -> None:
        """`loop`."""
        start = Label()
        end = Label()
        before = self.defined.mark()
        self.assembler.place(start)
        self.loop_body(statement.body, start, end)
        self.close_loop(start, end, before)

    def close_loop(self, start: Label, end: Label, before: int) -> None:
        """Go back to the start; `continue` jumps there itself."""
        self.assembler.jump(Op.LOOP, 0, start)
        self.assembler.place(end)
        self.defined.rewind(before)
        self.reachable = True

    def for_loop(self, statement: For) -> None:
        """`for`: over the numbers of `range(...)` without making the array, or over anything."""
        assembler = self.assembler
        top = self.next_slot
        start = Label()
        end = Label()
        before = self.defined.mark()
        changed = statement.variable in self.facts.mutated or (self.parent is None and self.unit.open_world)
        state = self.iteration(statement)
        self.blocks.append({})
        slot = self.temporary()
        assembler.place(start)
        assembler.live(slot)
        assembler.line = statement.line
        if self.is_range(statement.iterable):
            assembler.branch(Op.NEXT_RANGE, state, slot, 0, end)
        else:
            assembler.branch(Op.NEXT_SHARED if changed else Op.NEXT, state, slot, 0, end)
        self.bind_slot(statement.variable, BindingKind.MUT, slot, changed)
        self.loop_body(statement.body, start, end)
        self.leave_block(top)
        self.close_loop(start, end, before)

    def iteration(self, statement: For) -> int:
        """Evaluate what the loop goes through; gives the first of the slots that keep the state."""
        assembler = self.assembler
        iterable = statement.iterable
        state = self.temporary()
        if isinstance(iterable, Call) and self.is_range(iterable):
            self.temporaries(2)
            first = self.temporaries(len(iterable.arguments))
            for index in range(len(iterable.arguments)):
                self.value(iterable.arguments[index], first + index, False)
            assembler.line = statement.line
            assembler.emit(Op.RANGE, state, first, len(iterable.arguments))
            self.next_slot = state + 3
            return state
        root = root_name(iterable)
        # The loop reads a snapshot: what the body or a function called by it may change must be marked.
        shared = root is not None and (root in self.facts.mutated or self.may_change(iterable))
        self.temporary()
        self.value(iterable, state, shared)
        assembler.line = statement.line
        assembler.emit(Op.ITERATE, state, state, 0)
        return state

    def is_range(self, iterable: Expression) -> bool:
        """Whether this certainly is a call of the builtin `range` with a plausible number of arguments."""
        if not isinstance(iterable, Call) or not 1 <= len(iterable.arguments) <= 3:
            return False
        native = self.native_callee(iterable)
        return native is not None and native.name == "range"

    def try_statement(self, statement: TryExcept) -> None:
        """`try`: costs nothing unless something is raised; the code object knows which handler covers which code."""
        assembler = self.assembler
        top = self.next_slot
        end = Label()
        before = self.defined.mark()
        slot = self.temporary()
        wanted = statement.variable in facts_of(statement.handler, []).mentioned
        start = assembler.here()
        self.try_depth += 1
        self.reachable = True
        self.block(statement.body)
        self.try_depth -= 1
        body_ends = self.reachable
        stop = assembler.here()
        if body_ends:
            assembler.jump(Op.JUMP, 0, end)
        gained = self.defined.gained_since(before)
        self.defined.rewind(before)
        assembler.protect(start, stop, assembler.label(), slot if wanted else NO_SLOT)
        self.blocks.append({})
        self.bind_slot(statement.variable, BindingKind.MUT, slot, True)
        self.reachable = True
        self.statements(statement.handler)
        self.leave_block(top)
        assembler.place(end)
        self.join(before, body_ends, gained)

    def match_statement(self, statement: Match) -> None:
        """`match`: the cases in order, then `default`."""
        assembler = self.assembler
        top = self.next_slot
        end = Label()
        subject = self.temporary()
        self.borrow(statement.subject, subject, True)
        before = self.defined.mark()
        for case in statement.cases:
            otherwise = Label()
            self.defined.rewind(before)
            self.match_case(case, subject, otherwise)
            if self.reachable:
                assembler.jump(Op.JUMP, 0, end)
            assembler.place(otherwise)
        self.defined.rewind(before)
        self.reachable = True
        if statement.default is not None:
            self.block(statement.default)
        assembler.place(end)
        self.defined.rewind(before)
        self.reachable = True
        self.next_slot = top

    def match_case(self, case: MatchCase, subject: int, otherwise: Label) -> None:
        """Test for one case and run it."""
        assembler = self.assembler
        top = self.next_slot
        self.blocks.append({})
        slot = NO_SLOT
        if case.binding is not None:
            slot = self.temporary()
        assembler.line = case.line
        match case.name:
            case "Ok" | "Result::Ok":
                assembler.branch(Op.MATCH_VARIANT, subject, slot, Variant.OK, otherwise)
            case "Err" | "Result::Err":
                assembler.branch(Op.MATCH_VARIANT, subject, slot, Variant.ERR, otherwise)
            case "Some" | "Option::Some":
                assembler.branch(Op.MATCH_VARIANT, subject, slot, Variant.SOME, otherwise)
            case "None" | "Option::None":
                assembler.branch(Op.MATCH_VARIANT, subject, slot, Variant.NONE, otherwise)
            case _:
                assembler.branch(Op.MATCH_NAME, subject, slot, assembler.name_index(case.name), otherwise)
        if case.binding is not None:
            self.bind_slot(case.binding, BindingKind.MUT, slot, True)
        self.reachable = True
        self.statements(case.body)
        self.leave_block(top)


def takes_self(function: Function) -> bool:
    """Whether a method names its receiver."""
    return len(function.parameters) > 0 and function.parameters[0].name == "self"
