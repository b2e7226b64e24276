"""Values that move instead of being copied: what is certainly replaced soon is given away, and changed in place where it is held once.

    xs := push(xs, v)             the variable is replaced by the result (`call` of compiler_expressions)
    xs := add(xs, v)              a function of the program may have it, if nobody else sees it meanwhile, nor after an error
    g[i].q := push(g[i].q, v)     so is the element: its index is evaluated once
    r := pop(p.xs)  p.xs := r[0]  the next statement replaces the variable or the element by the rest
    let [rest, x] := pop(xs)  xs := rest
    return [xs, n]                the variable ends with the function

Three conditions make that sound. The value is given away only where nobody can see it before it is replaced: in between nothing fails
where that could be noticed, and no guest function runs that might mention it (compiler_reach.py). The part that comes back is moved out of the result only where nobody reads it there again. And a
builtin changes what it was given only if it is held once; otherwise it copies, as always.
"""

from __future__ import annotations

from typing import Final

from tracewright_ruff.bytecode import CALLEE, FIRST_ARGUMENT
from tracewright_ruff.compiler_expressions import MOVABLE_ARGUMENTS, ExpressionCompiler
from tracewright_ruff.compiler_facts import (
    FactCollector,
    bound_call,
    bound_name,
    bound_names,
    bound_value,
    count_name,
    is_taken_apart,
)
from tracewright_ruff.compiler_names import Place, PlaceKind
from tracewright_ruff.compiler_operands import is_temporary
from tracewright_ruff.opcodes import Op
from tracewright_ruff.session import PAIR_ONLY
from tracewright_ruff.syntax import (
    ArrayLiteral,
    Assignment,
    Binary,
    BindingKind,
    Call,
    Declaration,
    DictionaryLiteral,
    Expression,
    FieldAccess,
    IndexAccess,
    IntegerLiteral,
    Name,
    Statement,
    StringLiteral,
    StructLiteral,
    Unary,
    VariantConstructor,
)
from tracewright_ruff.syntax_questions import root_name

# Builtins that read a container, change nothing and depend on nothing else.
PEEKING: Final = ("len", "queue_size", "stack_size")


class MoveCompiler(ExpressionCompiler):
    """Adds what is known about values that are replaced soon, and changing elements in place."""

    def at_top_level(self) -> bool:
        """Whether declarations made here are globals."""
        return self.parent is None and len(self.blocks) == 1

    # --- `r := pop(st)  st := r[0]` ---
    def replaced_soon(self, statements: list[Statement], index: int, later: int) -> Call | None:
        """The call of statement `index` if its first argument is a variable or an element which statement `later` replaces by the
        rest, and which nobody can see in between: then it is given away.

        Behind the call only an error could show it. None can come between adjacent statements, whose result is
        known to be a pair; elsewhere the variable must die with the function.
        """
        statement, replacing = statements[index], statements[later]
        value = bound_call(statement)
        if value is None or not isinstance(replacing, Assignment) or len(value.arguments) == 0:
            return None
        native = self.native_callee(value)
        if native is not None and not native.gives_rest:
            return None
        for name in bound_names(statement):
            if count_name(replacing.target, name) > 0 or not self.binds_surely(statement, name):
                return None
        variable = value.arguments[0]
        if not isinstance(variable, Name):
            if native is None:
                return None
            return value if later == index + 1 and self.is_replaceable(value, replacing.target) else None
        target = replacing.target
        if not isinstance(target, Name) or target.name != variable.name:
            return None
        if later > index + 1 or native is None:
            if self.resolve(target.name).kind != PlaceKind.SLOT or self.try_depth > 0:
                return None
            for between in range(index + 1, later):
                other = bound_value(statements[between])
                mentions = other is None or count_name(other, target.name) > 0
                if mentions or bound_name(statements[between]) == target.name:
                    return None
        return value

    def binds_surely(self, statement: Statement, name: str) -> bool:
        """Whether giving the name its value cannot fail."""
        if isinstance(statement, Declaration):
            return name not in self.blocks[-1] and not (self.at_top_level() and not self.unit.is_private(name))
        place = self.resolve(name)
        if place.kind == PlaceKind.CELL:
            return self.unit.stays_mutable(name)
        return place.kind == PlaceKind.SLOT and place.variable is not None and place.binding() == BindingKind.MUT

    def is_replaceable(self, value: Call, target: Expression) -> bool:
        """Whether the call's first argument is the same element as the target, and can be changed in place: that of a variable which
        may be changed, or of a global, about which the code finds out when it runs."""
        root = root_name(target)
        if root is None or not self.same_path(target, value.arguments[0]) or self.any_may_call(value.arguments, 0):
            return False
        place = self.resolve(root)
        is_own = place.kind == PlaceKind.SLOT and place.variable is not None and place.binding() == BindingKind.MUT
        return is_own or place.kind == PlaceKind.CELL

    def call_of_bound(self, value: Call, target: int, replaced: str) -> None:
        """A call whose result is going to be bound; the variable named `replaced` (perhaps empty) is, by this very result."""
        top = self.next_slot
        self.assembler.line = value.line
        variable = value.arguments[0] if value is self.given else None
        if variable is None:
            self.call(value, target, replaced)
        elif isinstance(variable, Name):
            self.call(value, target, variable.name)
        else:
            self.call_on_element(value, variable, target)
        self.next_slot = top

    def call_on_element(self, value: Call, element: Expression, target: int) -> None:
        """A call of a builtin whose first argument is an element that is given away."""
        steps, root = path_of(element)
        keys = [self.key_slot(step) for step in steps]
        first = self.temporaries(len(value.arguments))
        self.later_arguments(value, first)
        self.assembler.line = value.line
        container = self.changing_slot(self.resolve(root.name)) if isinstance(root, Name) else self.temporary()
        self.give_element(value, steps, keys, container, first, PAIR_ONLY)
        if target != first:
            self.assembler.emit(Op.MOVE, target, first, 0)

    def changing_slot(self, place: Place) -> int:
        """The slot with a container in which an element is given away: the variable's own; a copy where a global proves immutable."""
        if place.kind == PlaceKind.SLOT:
            return self.container_slot(place)
        slot = self.temporary()
        self.take(place, slot)
        return slot

    def later_arguments(self, value: Call, first: int) -> None:
        """All arguments but the first into the slots behind `first`, to be given away."""
        for index in range(1, len(value.arguments)):
            argument = value.arguments[index]
            self.value(argument, first + index, not is_temporary(argument))

    def give_element(
        self, value: Call, steps: list[Expression], keys: list[int], container: int, first: int, bits: int
    ) -> int:
        """Go down from the container to the element and call the builtin or function on it, giving all arguments away. The result comes
        into `first`; gives the slot of the container that the element is in."""
        for index in range(len(steps) - 1):
            container = self.step_down(steps[index], keys[index], container)
        element = self.step_down(steps[-1], keys[-1], container)
        native = self.native_callee(value)
        count = len(value.arguments)
        moved = (1 << min(count, MOVABLE_ARGUMENTS)) - 1
        if native is not None:
            self.assembler.emit(Op.MOVE, first, element, 0)
            site = self.assembler.native_index(native, count, moved | bits)
            self.assembler.emit(Op.CALL_NATIVE, first, first, site)
        else:
            window = self.temporaries(FIRST_ARGUMENT + count)  # above all that is still needed
            self.assembler.emit(Op.MOVE, window + FIRST_ARGUMENT, element, 0)
            for index in range(1, count):
                self.assembler.emit(Op.MOVE, window + FIRST_ARGUMENT + index, first + index, 0)
            self.value(value.callee, window + CALLEE, False)
            self.assembler.emit(Op.CALL, first, window, count | moved << 8)
        return container

    # --- what comes back ---
    def note_move(self, binding: Statement, replacing: Statement) -> None:
        """The second statement is `x := r[0]`, or `x := r`: remember it if nothing else can see that element."""
        name = bound_names(binding)[0]
        place = self.resolve(name)
        facts = self.unit.facts if place.kind == PlaceKind.CELL else self.facts
        if (
            place.kind == PlaceKind.CELL
        ):  # functions may do the same with it, but none runs in between, wherever that is
            hidden = facts.taken_at_once.get(name, 0) == facts.exposed.get(name, 0) and self.unit.stays_mutable(name)
        else:
            hidden = facts.taken.get(name, 0) == facts.exposed.get(name, 0) and place.variable is not None
        if is_taken_apart(binding) and name in facts.with_later_items:
            return
        if hidden and place.kind in (PlaceKind.SLOT, PlaceKind.CELL) and isinstance(replacing, Assignment):
            self.moves.append(replacing.value)

    def assigned_value(self, value: Expression, target: int) -> None:
        """The value of an assignment: moved where that was noted, else a place of its own is made for it."""
        if not self.forget_move(value):
            self.value(value, target, True)
        elif isinstance(value, IndexAccess):
            receiver = self.operand(value.receiver, False)
            self.assembler.line = value.line
            self.assembler.emit(Op.TAKE_ITEM, target, receiver, 0)
        else:
            self.value(value, target, False)

    def note_last_reads(self, returned: Expression) -> None:
        """Remember the variables that end here by becoming part of a new container, which is returned."""
        collector = FactCollector()
        collector.expression(returned)
        for name in parts_kept(returned):
            variable = self.local(name.name)
            if variable is None or variable.site is not None or not variable.owned:
                continue
            if collector.facts.exposed.get(name.name, 0) == 1 and name.name not in collector.facts.with_later_items:
                self.moves.append(name)

    # --- paths ---
    def key_slot(self, step: Expression) -> int:
        """Evaluate the index of one step; -1 for constant names."""
        if isinstance(step, IndexAccess) and not isinstance(step.index, StringLiteral):
            return self.operand(step.index, False)
        return -1

    def step_down(self, step: Expression, key: int, container: int) -> int:
        """A slot with the element of `container`, to be changed in place."""
        assembler = self.assembler
        slot = self.temporary()
        if isinstance(step, FieldAccess):
            assembler.emit(Op.UPDATE_FIELD, slot, container, assembler.field_index(step.name))
        elif isinstance(step, IndexAccess):
            if isinstance(step.index, StringLiteral):
                assembler.emit(Op.UPDATE_KEY, slot, container, assembler.field_index(step.index.value))
            else:
                assembler.emit(Op.UPDATE_INDEX, slot, container, key)
        return slot

    def set_element(self, step: Expression, key: int, container: int, value: int) -> None:
        """The last step."""
        assembler = self.assembler
        if isinstance(step, FieldAccess):
            assembler.emit(Op.SET_FIELD, container, value, assembler.field_index(step.name))
        elif isinstance(step, IndexAccess):
            if isinstance(step.index, StringLiteral):
                assembler.emit(Op.SET_KEY, container, value, assembler.field_index(step.index.value))
            else:
                assembler.emit(Op.SET_INDEX, container, key, value)

    def replaced_by_call(self, target: Expression, value: Expression) -> Call | None:
        """The call in `p.xs := push(p.xs, v)`, which may change the element in place."""
        if not isinstance(value, Call) or len(value.arguments) == 0:
            return None
        native = self.native_callee(value)
        if (native is not None and native.calls_back) or self.any_may_call(value.arguments, 0):
            return None
        if not self.same_path(target, value.arguments[0]):
            return None
        return value if native is not None or self.may_change_element(target, value) else None

    def may_change_element(self, target: Expression, value: Call) -> bool:
        """Whether a function may be given the element of a variable: nobody else sees the variable until the result is there."""
        root = root_name(target)
        if root is None or len(value.arguments) >= MOVABLE_ARGUMENTS or count_name(value, root) != 1:
            return False
        place = self.resolve(root)
        if place.kind != PlaceKind.SLOT:
            return self.is_unseen(place, value)
        variable = place.variable
        return variable is not None and variable.owned and self.try_depth == 0

    def same_path(self, left: Expression, right: Expression) -> bool:
        """Whether two expressions certainly mean the same element, or as an index the same number or text: built alike from names,
        literals, paths, operators and builtins that only compute. What operators call in structs has been ruled out."""
        match left:
            case Name():
                return isinstance(right, Name) and left.name == right.name
            case FieldAccess():
                if not isinstance(right, FieldAccess) or left.name != right.name:
                    return False
                return self.same_path(left.receiver, right.receiver)
            case IndexAccess():
                if not isinstance(right, IndexAccess) or not self.same_path(left.receiver, right.receiver):
                    return False
                return self.same_path(left.index, right.index)
            case StringLiteral():
                return isinstance(right, StringLiteral) and left.value == right.value
            case IntegerLiteral():
                return isinstance(right, IntegerLiteral) and left.value == right.value
            case Unary():
                if not isinstance(right, Unary) or left.operator != right.operator:
                    return False
                return self.same_path(left.operand, right.operand)
            case Binary():
                if not isinstance(right, Binary) or left.operator != right.operator:
                    return False
                return self.same_path(left.left, right.left) and self.same_path(left.right, right.right)
            case Call():
                return isinstance(right, Call) and self.same_computation(left, right)
        return False

    def same_computation(self, left: Call, right: Call) -> bool:
        """Whether both call the same builtin, which only computes, with the same arguments."""
        native = self.native_callee(left)
        if native is None or native is not self.native_callee(right) or len(left.arguments) != len(right.arguments):
            return False
        if not native.pure and native.name not in PEEKING:
            return False
        for index in range(len(left.arguments)):
            if not self.same_path(left.arguments[index], right.arguments[index]):
                return False
        return True


def parts_kept(expression: Expression) -> list[Name]:
    """The variables whose values become parts of the new container that the expression makes."""
    match expression:
        case Name():
            return [expression]
        case ArrayLiteral():
            parts = expression.elements
        case DictionaryLiteral():
            parts = [entry.value for entry in expression.entries if entry.key is not None]
        case StructLiteral():
            parts = [initializer.value for initializer in expression.fields]
        case VariantConstructor():
            parts = [] if expression.value is None else [expression.value]
        case _:
            parts = []
    names: list[Name] = []
    for part in parts:
        names.extend(parts_kept(part))
    return names


def path_of(target: Expression) -> tuple[list[Expression], Expression]:
    """The steps of `a[i].f[...]` from the outermost container on, and what they start at."""
    steps: list[Expression] = []
    current = target
    while True:
        if isinstance(current, IndexAccess):
            steps.append(current)
            current = current.receiver
        elif isinstance(current, FieldAccess):
            steps.append(current)
            current = current.receiver
        else:
            break
    steps.reverse()
    return steps, current
