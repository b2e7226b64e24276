"""Code for expressions."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.guest.assembler import Label
from tracewright.guest.instructions import SMALL_INT
from tracewright_ruff.bytecode import CALLEE, FIRST_ARGUMENT, NO_GENERATOR, Code
from tracewright_ruff.compiler_callbacks import CallbackCompiler
from tracewright_ruff.compiler_facts import count_name
from tracewright_ruff.compiler_names import Place, PlaceKind
from tracewright_ruff.compiler_operands import (
    is_small_literal,
    is_temporary,
    small_literal,
)
from tracewright_ruff.dictionaries import MAX_SHAPED
from tracewright_ruff.errors import CompileError
from tracewright_ruff.objects import W_Option, W_Tagged
from tracewright_ruff.opcodes import Op
from tracewright_ruff.session import PAIR_ONLY
from tracewright_ruff.syntax import (
    ArrayLiteral,
    Await,
    Binary,
    BinaryOperator,
    BindingKind,
    BooleanLiteral,
    Call,
    DictionaryLiteral,
    Expression,
    FieldAccess,
    FloatLiteral,
    Function,
    FunctionExpression,
    IndexAccess,
    IntegerLiteral,
    Interpolation,
    Logical,
    LogicalOperator,
    MethodCall,
    Name,
    NullLiteral,
    OptionalFieldAccess,
    Spread,
    StringLiteral,
    StructLiteral,
    Tag,
    Throw,
    TryOperator,
    Unary,
    UnaryOperator,
    Variant,
    VariantConstructor,
    Yield,
)

MAX_ARGUMENTS: Final = 250  # the count has 8 bits in a CALL
MOVABLE_ARGUMENTS: Final = 8  # so many arguments have a bit in `moved`
EVERY_NAME: Final = "*"  # instead of a variable's name: every variable dies with this call

NONE_VALUE: Final = Value.of_object(W_Option(False, Value.NULL))

# Indexed by BinaryOperator.
OPERATIONS: Final = [
    Op.ADD,
    Op.SUBTRACT,
    Op.MULTIPLY,
    Op.DIVIDE,
    Op.MODULO,
    Op.EQUAL,
    Op.NOT_EQUAL,
    Op.LESS,
    Op.LESS_EQUAL,
    Op.GREATER,
    Op.GREATER_EQUAL,
]
INT_OPERATIONS: Final = [Op.ADD_INT, Op.SUBTRACT_INT, Op.MULTIPLY_INT, Op.DIVIDE_INT, Op.MODULO_INT]
# Indexed by BinaryOperator - EQUAL.
BRANCHES: Final = [
    Op.UNLESS_EQUAL,
    Op.UNLESS_NOT_EQUAL,
    Op.UNLESS_LESS,
    Op.UNLESS_LESS_EQUAL,
    Op.UNLESS_GREATER,
    Op.UNLESS_GREATER_EQUAL,
]
INT_BRANCHES: Final = [
    Op.UNLESS_EQUAL_INT,
    Op.UNLESS_NOT_EQUAL_INT,
    Op.UNLESS_LESS_INT,
    Op.UNLESS_LESS_EQUAL_INT,
    Op.UNLESS_GREATER_INT,
    Op.UNLESS_GREATER_EQUAL_INT,
]


class ExpressionCompiler(CallbackCompiler):
    """Adds the code of every kind of expression."""

    def function(self, function: Function, name: str) -> Code:
        """The code of a function made here."""
        raise NotImplementedError

    # --- dispatch ---
    def value(self, expression: Expression, target: int, shared: bool) -> None:
        """Bring the value into slot `target`; `shared` marks containers that another place goes on holding."""
        top = self.next_slot
        self.assembler.line = expression.line
        match expression:
            case Name():
                self.load(self.resolve(expression.name), target, shared and not self.forget_move(expression))
            case IntegerLiteral() | FloatLiteral() | StringLiteral() | BooleanLiteral() | NullLiteral():
                self.literal(expression, target)
            case Binary():
                self.binary(expression, target)
            case Unary():
                self.unary(expression, target)
            case Logical():
                self.logical(expression, target, shared)
            case Call():
                self.call(expression, target, "")
            case MethodCall():
                self.method_call(expression, target)
            case IndexAccess():
                self.index(expression, target, shared)
            case FieldAccess():
                receiver = self.operand(expression.receiver, False)
                operation = Op.GET_FIELD_SHARED if shared else Op.GET_FIELD
                self.assembler.emit(operation, target, receiver, self.assembler.field_index(expression.name))
            case FunctionExpression():
                code = self.function(expression.function, "<lambda>")
                self.assembler.emit_wide(Op.NEW_FUNCTION, target, self.assembler.code_index(code))
            case _:
                self.construction(expression, target, shared)
        self.next_slot = top

    def construction(self, expression: Expression, target: int, shared: bool) -> None:
        """The less frequent kinds."""
        assembler = self.assembler
        match expression:
            case ArrayLiteral():
                self.array(expression, target)
            case DictionaryLiteral():
                self.dictionary(expression, target)
            case StructLiteral():
                self.struct(expression, target)
            case Interpolation():
                first = self.next_slot
                before_call = self.may_call(expression)
                for piece in expression.pieces:
                    self.borrow(piece, self.temporary(), before_call)
                assembler.emit(Op.INTERPOLATE, target, first, len(expression.pieces))
            case OptionalFieldAccess():
                slot = self.temporary()
                end = Label()
                self.value(expression.receiver, slot, False)
                assembler.jump(Op.JUMP_IF_NULL, slot, end)
                operation = Op.GET_FIELD_SHARED if shared else Op.GET_FIELD
                assembler.emit(operation, slot, slot, assembler.field_index(expression.name))
                assembler.place(end)
                assembler.emit(Op.MOVE, target, slot, 0)
            case TryOperator():
                self.unwrap(expression, target)
            case Throw():
                if len(expression.arguments) != 1:
                    raise CompileError("throw() requires exactly one argument", expression.line)
                assembler.emit(Op.THROW, self.operand(expression.arguments[0], False), 0, 0)
            case VariantConstructor():
                self.variant(expression.variant, expression.value, target)
            case Tag():
                self.tag(expression, target)
            case Await():
                assembler.emit(Op.AWAIT, target, self.operand(expression.operand, False), 0)
            case _:
                assert isinstance(expression, Yield)
                self.yielded(expression, target)

    def yielded(self, expression: Yield, target: int) -> None:
        """Hand a value to whoever goes through the generator; it is the expression's own value, too."""
        if self.generator_slot == NO_GENERATOR:
            raise CompileError("Yield can only be used inside generator functions", expression.line)
        if expression.value is None:
            self.assembler.emit_wide(Op.LOAD_CONSTANT, target, self.assembler.constant(Value.NULL))
        else:
            self.value(expression.value, target, True)
        self.assembler.emit(Op.YIELD, target, 0, 0)

    def literal(self, expression: Expression, target: int) -> None:
        """Constants."""
        assembler = self.assembler
        match expression:
            case IntegerLiteral():
                if expression.value <= SMALL_INT:
                    assembler.emit(Op.LOAD_INT, target, expression.value, 0)
                    return
                index = assembler.constant(Value.of_int(expression.value))
            case FloatLiteral():
                index = assembler.constant(Value.of_float(expression.value))
            case StringLiteral():
                index = assembler.text_constant(expression.value)
            case BooleanLiteral():
                index = assembler.constant(Value.of_bool(expression.value))
            case _:
                index = assembler.constant(Value.NULL)
        assembler.emit_wide(Op.LOAD_CONSTANT, target, index)

    # --- operators ---
    def before_operation(self, expression: Expression) -> None:
        """The operands are there: what their own operands were is dead."""
        self.assembler.line = expression.line
        self.assembler.live(self.next_slot)

    def binary(self, expression: Binary, target: int) -> None:
        """Arithmetic, and comparisons whose result is kept."""
        operator = expression.operator
        left = self.operand(expression.left, self.may_call(expression.right))
        if operator <= BinaryOperator.MODULO and is_small_literal(expression.right):
            number = small_literal(expression.right)
            if operator <= BinaryOperator.MULTIPLY or number > 0:
                self.before_operation(expression)
                self.assembler.emit(INT_OPERATIONS[operator], target, left, number & 65535)
                return
        right = self.operand(expression.right, False)
        self.before_operation(expression)
        self.assembler.emit(OPERATIONS[operator], target, left, right)

    def unary(self, expression: Unary, target: int) -> None:
        """`-x` and `!x`."""
        if is_small_literal(expression):
            self.assembler.emit(Op.LOAD_INT, target, small_literal(expression) & 65535, 0)
            return
        slot = self.operand(expression.operand, False)
        self.assembler.emit(Op.NEGATE if expression.operator == UnaryOperator.NEGATE else Op.NOT, target, slot, 0)

    def logical(self, expression: Logical, target: int, shared: bool) -> None:
        """`a ?? b`; or the truth of `a && b`, `a || b`."""
        assembler = self.assembler
        end = Label()
        before = self.defined.mark()
        if expression.operator == LogicalOperator.COALESCE:
            slot = self.temporary()
            self.value(expression.left, slot, shared)
            before = self.defined.mark()
            assembler.jump(Op.JUMP_IF_NOT_NULL, slot, end)
            self.value(expression.right, slot, shared)
            assembler.place(end)
            assembler.emit(Op.MOVE, target, slot, 0)
        else:
            otherwise = Label()
            self.condition(expression, otherwise)
            assembler.emit_wide(Op.LOAD_CONSTANT, target, assembler.constant(Value.TRUE))
            assembler.jump(Op.JUMP, 0, end)
            assembler.place(otherwise)
            assembler.emit_wide(Op.LOAD_CONSTANT, target, assembler.constant(Value.FALSE))
            assembler.place(end)
        self.defined.rewind(before)

    def condition(self, expression: Expression, otherwise: Label) -> None:
        """Go on if the expression is true, to `otherwise` if it is not."""
        top = self.next_slot
        self.assembler.line = expression.line
        if isinstance(expression, Binary) and expression.operator >= BinaryOperator.EQUAL:
            self.comparison(expression, otherwise)
        elif isinstance(expression, Logical) and expression.operator != LogicalOperator.COALESCE:
            self.short_circuit(expression, otherwise)
        elif isinstance(expression, BooleanLiteral):
            if not expression.value:
                self.assembler.jump(Op.JUMP, 0, otherwise)
        else:
            slot = self.operand(expression, False)
            self.assembler.jump(Op.JUMP_IF_FALSE, slot, otherwise)
        self.next_slot = top

    def comparison(self, expression: Binary, otherwise: Label) -> None:
        """A comparison that only decides where to go."""
        index = expression.operator - BinaryOperator.EQUAL
        left = self.operand(expression.left, self.may_call(expression.right))
        if is_small_literal(expression.right):
            number = small_literal(expression.right)
            self.before_operation(expression)
            self.assembler.branch(INT_BRANCHES[index], left, number & 65535, 0, otherwise)
            return
        right = self.operand(expression.right, False)
        self.before_operation(expression)
        self.assembler.branch(BRANCHES[index], left, right, 0, otherwise)

    def short_circuit(self, expression: Logical, otherwise: Label) -> None:
        """`a && b` and `a || b` as conditions."""
        if expression.operator == LogicalOperator.AND:
            self.condition(expression.left, otherwise)
            before = self.defined.mark()
            self.condition(expression.right, otherwise)
        else:
            right = Label()
            end = Label()
            before = self.defined.mark()
            self.condition(expression.left, right)
            self.assembler.jump(Op.JUMP, 0, end)
            self.assembler.place(right)
            self.condition(expression.right, otherwise)
            self.assembler.place(end)
        self.defined.rewind(before)

    def unwrap(self, expression: TryOperator, target: int) -> None:
        """`e?`: a payload, or leave the function with `e`."""
        # The slot must survive until the out-of-line return reads it: nothing runs in between.
        slot = self.operand(expression.operand, False)
        leave = Label()
        self.assembler.line = expression.line
        self.assembler.branch(Op.UNWRAP, target, slot, 0, leave)
        self.exits.append(leave)
        self.exit_slots.append(slot)

    # --- elements ---
    def index(self, expression: IndexAccess, target: int, shared: bool) -> None:
        """`a[i]`."""
        assembler = self.assembler
        receiver = self.operand(expression.receiver, self.may_call(expression.index))
        key = expression.index
        if isinstance(key, StringLiteral):
            assembler.line = expression.line
            operation = Op.GET_KEY_SHARED if shared else Op.GET_KEY
            assembler.emit(operation, target, receiver, assembler.field_index(key.value))
            return
        index = self.operand(key, False)
        self.before_operation(expression)
        assembler.emit(Op.GET_INDEX_SHARED if shared else Op.GET_INDEX, target, receiver, index)

    # --- making values ---
    def array(self, expression: ArrayLiteral, target: int) -> None:
        """`[...]`."""
        assembler = self.assembler
        first = self.next_slot
        spreads = False
        for element in expression.elements:
            spreads = spreads or isinstance(element, Spread)
        if not spreads:
            for element in expression.elements:
                self.value(element, self.temporary(), True)
            assembler.emit(Op.NEW_ARRAY, target, first, len(expression.elements))
            return
        result = self.temporary()
        slot = self.temporary()
        assembler.emit(Op.NEW_ARRAY, result, 0, 0)
        for element in expression.elements:
            if isinstance(element, Spread):
                self.value(element.operand, slot, False)
                assembler.emit(Op.ARRAY_SPREAD, result, slot, 0)
            else:
                self.value(element, slot, True)
                assembler.emit(Op.ARRAY_APPEND, result, slot, 0)
        assembler.emit(Op.MOVE, target, result, 0)

    def dictionary(self, expression: DictionaryLiteral, target: int) -> None:
        """`{...}`: with few constant keys a layout and values, else one insertion after the other."""
        assembler = self.assembler
        keys: list[str] = []
        for entry in expression.entries:
            key = entry.key
            if key is not None and isinstance(key, StringLiteral):
                keys.append(key.value)
        if len(keys) == len(expression.entries) and 0 < len(keys) <= MAX_SHAPED:
            values = [entry.value for entry in expression.entries]
            first = self.fields(keys, values)
            shape = self.unit.session.dict_shape
            for key_text in distinct(keys):
                shape = shape.extended(key_text)
            assembler.emit(Op.NEW_SHAPED_DICT, target, first, assembler.shape_index(shape))
            return
        result = self.temporary()
        assembler.emit(Op.NEW_DICT, result, 0, 0)
        for entry in expression.entries:
            top = self.next_slot
            key_slot = self.temporary()
            if entry.key is not None:
                self.borrow(entry.key, key_slot, False)
            slot = self.temporary()
            self.value(entry.value, slot, entry.key is not None)
            assembler.line = entry.value.line
            if entry.key is not None:
                assembler.emit(Op.DICT_INSERT, result, key_slot, slot)
            else:
                assembler.emit(Op.DICT_SPREAD, result, slot, 0)
            self.next_slot = top
        assembler.emit(Op.MOVE, target, result, 0)

    def struct(self, expression: StructLiteral, target: int) -> None:
        """`Name { ... }`."""
        names = [initializer.name for initializer in expression.fields]
        first = self.fields(names, [initializer.value for initializer in expression.fields])
        shape = self.unit.session.struct_shape(expression.name)
        for name in distinct(names):
            shape = shape.extended(name)
        self.assembler.emit(Op.NEW_STRUCT, target, first, self.assembler.shape_index(shape))

    def fields(self, names: list[str], values: list[Expression]) -> int:
        """Evaluate into adjacent slots, one for each distinct name; the last value of a name wins. Gives the first slot."""
        known: dict[str, int] = {}
        places = [known.setdefault(name, len(known)) for name in names]
        first = self.temporaries(len(known))
        for index in range(len(names)):
            self.value(values[index], first + places[index], True)
        return first

    def variant(self, variant: int, payload: Expression | None, target: int) -> None:
        """`Ok(e)`, `Err(e)`, `Some(e)`, `None`."""
        if payload is None:
            self.assembler.emit_wide(Op.LOAD_CONSTANT, target, self.assembler.constant(NONE_VALUE))
            return
        slot = self.temporary()
        self.value(payload, slot, True)
        self.assembler.emit(Op.NEW_VARIANT, target, slot, variant)

    def tag(self, expression: Tag, target: int) -> None:
        """`A::B(...)`, of which four are the built-in variants."""
        tag = expression.enumeration + "::" + expression.variant
        arguments = expression.arguments
        if tag == "Option::None":
            if len(arguments) > 0:
                raise CompileError("Option::None takes no arguments", expression.line)
            self.variant(Variant.NONE, None, target)
            return
        if tag == "Result::Ok" or tag == "Result::Err" or tag == "Option::Some":
            if len(arguments) != 1:
                raise CompileError(tag + "(...) requires exactly one argument", expression.line)
            variant = Variant.SOME if tag == "Option::Some" else Variant.OK if tag == "Result::Ok" else Variant.ERR
            self.variant(variant, arguments[0], target)
            return
        if len(arguments) == 0:
            nothing: Array[Value] = Array(0, Value.NULL)
            constant = Value.of_object(W_Tagged(tag, nothing))
            self.assembler.emit_wide(Op.LOAD_CONSTANT, target, self.assembler.constant(constant))
            return
        slot = self.temporary()
        self.array(ArrayLiteral(expression.line, expression.column, arguments), slot)
        self.assembler.emit(Op.NEW_TAGGED, target, slot, self.assembler.name_index(tag))

    # --- calls ---
    def call(self, expression: Call, target: int, dying: str) -> None:
        """A call; the variable named `dying` (or EVERY_NAME) is not used again after it."""
        assembler = self.assembler
        arguments = expression.arguments
        if len(arguments) > MAX_ARGUMENTS:
            raise CompileError("too many arguments", expression.line)
        native = self.native_callee(expression)
        if native is not None and self.is_expanded(native, expression):
            self.expanded_call(expression, native.name, target)
            return
        if native is not None and not native.calls_back:
            first = self.temporaries(len(arguments))
            moved = self.arguments(expression, first, True, dying)
            if expression is self.given:
                moved |= PAIR_ONLY
            self.before_operation(expression)
            assembler.emit(Op.CALL_NATIVE, target, first, assembler.native_index(native, len(arguments), moved))
            return
        window = self.temporaries(FIRST_ARGUMENT + len(arguments))
        first = window + FIRST_ARGUMENT
        moved = self.arguments(expression, first, False, dying)
        if native is not None:
            self.before_operation(expression)
            assembler.emit(Op.CALL_NATIVE, target, first, assembler.native_index(native, len(arguments), moved))
            return
        self.value(expression.callee, window + CALLEE, False)
        assembler.line = expression.line
        assembler.emit(Op.CALL, target, window, len(arguments) | moved << 8)

    def arguments(self, expression: Call, first: int, native: bool, dying: str) -> int:
        """Evaluate the arguments into adjacent slots; gives the `moved` bits. `native`: nothing is called back."""
        moved = 0
        arguments = expression.arguments
        for index in range(len(arguments)):
            argument = arguments[index]
            bit = 1 << index if index < MOVABLE_ARGUMENTS else 0
            if isinstance(argument, Name) and (dying == EVERY_NAME or dying == argument.name):
                if self.may_give_away(expression, index, native, dying):
                    self.take(self.resolve(argument.name), first + index)
                    moved |= bit
                    continue
            if is_temporary(argument):
                moved |= bit
            before_call = not native or self.any_may_call(arguments, index + 1)
            self.borrow(argument, first + index, before_call)
        return moved

    def may_give_away(self, expression: Call, index: int, native: bool, dying: str) -> bool:
        """Whether the variable that is argument `index`, and is replaced by the result, can be moved into the call.

        A builtin fails before it changes anything, so it may take the variable even inside `try`. A function may not, and
        a variable that it might see may not be taken by it, nor before another argument has called one.
        """
        argument = expression.arguments[index]
        if not isinstance(argument, Name) or not only_read_elsewhere(expression, index, argument.name):
            return False
        place: Place = self.resolve(argument.name)
        variable = place.variable
        if dying != EVERY_NAME and place.binding() != BindingKind.MUT:
            return False  # it will not be replaced: that is an error
        if place.kind == PlaceKind.SLOT:
            if variable is None or not variable.owned:
                return False
            return native or self.try_depth == 0
        if dying == EVERY_NAME:  # it outlives the function
            return False
        if native and place.kind == PlaceKind.CELL and not self.hazardous(argument.name):
            return True
        return not self.any_may_call(expression.arguments, 0) and (native or self.is_unseen(place, expression))

    def is_unseen(self, place: Place, expression: Call) -> bool:
        """Whether nobody can see the global from its being given away in this call of a function until the result replaces it:
        neither the function nor, should it fail, anybody at all."""
        if place.kind != PlaceKind.CELL or self.parent is not None or self.try_depth > 0:
            return False
        callee = expression.callee
        if not isinstance(callee, Name) or self.local(callee.name) is not None:
            return False
        return self.unit.ends_with_errors() and self.unit.reach.cannot_see(callee.name, place.name)

    def method_call(self, expression: MethodCall, target: int) -> None:
        """`receiver.name(...)`: the receiver is evaluated first, as argument 0."""
        assembler = self.assembler
        arguments = expression.arguments
        if len(arguments) >= MAX_ARGUMENTS:
            raise CompileError("too many arguments", expression.line)
        receiver = expression.receiver
        if isinstance(receiver, Name) and receiver.name in self.unit.facts.modules:
            self.module_call(expression, receiver, target)
            return
        window = self.temporaries(FIRST_ARGUMENT + 1 + len(arguments))
        first = window + FIRST_ARGUMENT
        moved = 1 if is_temporary(expression.receiver) else 0
        self.borrow(expression.receiver, first, True)
        for index in range(len(arguments)):
            if is_temporary(arguments[index]) and index + 1 < MOVABLE_ARGUMENTS:
                moved |= 2 << index
            self.borrow(arguments[index], first + 1 + index, True)
        assembler.line = expression.line
        done = Label()
        self.expanded_method(expression, first, target, done)
        assembler.emit_wide(Op.FIND_METHOD, window, assembler.method_index(expression.name))
        assembler.emit(Op.CALL, target, window, len(arguments) + 1 | moved << 8)
        assembler.place(done)

    def module_call(self, expression: MethodCall, receiver: Name, target: int) -> None:
        """`m.f(...)` where `m` is probably a module: called as `f(...)` is if it has a field `f`, else as a method."""
        assembler = self.assembler
        arguments = expression.arguments
        module = self.temporary()
        self.borrow(receiver, module, True)
        window = self.temporaries(FIRST_ARGUMENT + 1 + len(arguments))
        first = window + FIRST_ARGUMENT
        moved = 0
        for index in range(len(arguments)):
            if is_temporary(arguments[index]) and index + 1 < MOVABLE_ARGUMENTS:
                moved |= 1 << index
            self.borrow(arguments[index], first + index, True)
        assembler.line = expression.line
        otherwise = Label()
        done = Label()
        assembler.branch(Op.FIELD_CALLEE, window, module, assembler.field_index(expression.name), otherwise)
        assembler.emit(Op.CALL, target, window, len(arguments) | moved << 8)
        assembler.jump(Op.JUMP, 0, done)
        assembler.place(otherwise)
        for index in range(len(arguments), 0, -1):
            assembler.emit(Op.MOVE, first + index, first + index - 1, 0)
        assembler.emit(Op.MOVE, first, module, 0)
        assembler.emit_wide(Op.FIND_METHOD, window, assembler.method_index(expression.name))
        assembler.emit(Op.CALL, target, window, len(arguments) + 1 | moved << 9)
        assembler.place(done)


def only_read_elsewhere(expression: Call, index: int, name: str) -> bool:
    """Whether no argument but the one at `index` can be the variable's own container: not as it stands, that is. What is
    computed from it is done with when the call begins, and what holds it has marked it as shared."""
    if count_name(expression.callee, name) > 0:
        return False
    for other in range(len(expression.arguments)):
        argument = expression.arguments[other]
        if other == index or count_name(argument, name) == 0:
            continue
        match argument:
            case Call() | Binary() | Unary() | IndexAccess() | FieldAccess() | Interpolation():
                continue
            case ArrayLiteral() | DictionaryLiteral() | StructLiteral():
                continue
        return False
    return True


def distinct(names: list[str]) -> list[str]:
    """Each name once, in order of first appearance."""
    seen: set[str] = set()
    result: list[str] = []
    for name in names:
        if name not in seen:
            seen.add(name)
            result.append(name)
    return result
