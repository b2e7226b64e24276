"""Tree to bytecode: expressions.

`compile_into(node, target)` writes the slot `target` only when everything else is done, so that the target may be a variable which the
expression itself reads, and keeps its value if the expression raises.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.guest.assembler import Label
from tracewright.guest.instructions import SMALL_INT
from tracewright_python.annotation_texts import annotation_text
from tracewright_python.big_ints import big_constant
from tracewright_python.byte_objects import bytes_value
from tracewright_python.compiler_names import NameCompiler, not_compiled
from tracewright_python.complex_numbers import complex_value
from tracewright_python.display import repr_text
from tracewright_python.lists import EMPTY_TUPLE, PyTuple
from tracewright_python.opcodes import Op
from tracewright_python.percent_templates import as_joined
from tracewright_python.sets import PySet
from tracewright_python.syntax import (
    NO_CONVERSION,
    Attribute,
    Await,
    BinaryOperator,
    BinOp,
    BooleanOperator,
    BoolOp,
    BytesConstant,
    Call,
    Compare,
    Constant,
    Dict,
    DictComp,
    Expression,
    FloatConstant,
    FormattedValue,
    GeneratorExp,
    IfExp,
    ImaginaryConstant,
    IntegerConstant,
    JoinedStr,
    Lambda,
    List,
    ListComp,
    Name,
    NamedExpr,
    Set,
    SetComp,
    Singleton,
    SingletonConstant,
    Slice,
    Starred,
    StringConstant,
    Subscript,
    Tuple,
    UnaryOp,
    UnaryOperator,
    Yield,
    YieldFrom,
)
from tracewright_python.values import ELLIPSIS

COMPARISON_OPERATIONS: Final[list[int]] = [
    Op.EQUAL,
    Op.NOT_EQUAL,
    Op.LESS,
    Op.LESS_EQUAL,
    Op.GREATER,
    Op.GREATER_EQUAL,
    Op.IS,
    Op.IS_NOT,
    Op.IN,
    Op.NOT_IN,
]
"""By the numbers of Comparison."""
CALM_DEPTH: Final = 4


def is_calm(node: Expression, depth: int) -> bool:
    """Whether evaluating it assigns to no variable of the function, as far as a quick look tells."""
    if depth == 0:
        return False
    match node:
        case Name() | Constant():
            return True
        case Attribute(value=value):
            return is_calm(value, depth - 1)
        case BinOp(left=left, right=right):
            return is_calm(left, depth - 1) and is_calm(right, depth - 1)
        case UnaryOp(operand=operand):
            return is_calm(operand, depth - 1)
        case Subscript(value=value, slice=index):
            return is_calm(value, depth - 1) and is_calm(index, depth - 1)
        case Call(func=func, args=args, keywords=keywords):
            if len(keywords) > 0 or not is_calm(func, depth - 1):
                return False
            for argument in args:
                if not is_calm(argument, depth - 1):
                    return False
            return True
        case _:
            return False


class ExpressionCompiler(NameCompiler):
    """Expressions without calls, functions and comprehensions, which the classes that derive from this one add."""

    # --- what others add ---

    def compile_call(self, node: Call, target: int) -> None:
        raise NotImplementedError("compile_call")

    def compile_lambda(self, node: Lambda, target: int) -> None:
        raise NotImplementedError("compile_lambda")

    def compile_comprehension(self, node: Expression, target: int) -> None:
        raise NotImplementedError("compile_comprehension")

    def compile_yield(self, node: Expression, target: int) -> None:
        raise NotImplementedError("compile_yield")

    # --- values in slots ---

    def operand(self, node: Expression, beside: Expression | None = None) -> int:
        """A slot with the value: the variable's own where nothing can change it while `beside` is evaluated."""
        if isinstance(node, Name) and (beside is None or is_calm(beside, CALM_DEPTH)):
            slot = self.variable_slot(node.id)
            if slot >= 0:
                return slot
        slot = self.slot()
        self.compile_into(node, slot)
        return slot

    def compile_row(self, nodes: list[Expression]) -> int:
        """The values in adjacent slots, the first of which is given."""
        first = self.take(max(len(nodes), 1))
        for k in range(len(nodes)):
            self.compile_into(nodes[k], first + k)
        return first

    def compile_into(self, node: Expression, target: int) -> None:
        """`target := node`"""
        top = self.top
        match node:
            case Name(id=name):
                self.at(node)
                self.load_name(target, name)
            case Constant():
                self.at(node)
                self.compile_constant(node, target)
            case BinOp():
                self.compile_binary(node, target)
            case UnaryOp():
                self.compile_unary(node, target)
            case Compare():
                self.compile_comparison(node, target)
            case Call():
                self.compile_call(node, target)
            case Attribute(value=value, attr=attr):
                thing = self.operand(value)
                self.at(node)
                self.emit(Op.GET, target, thing, self.site(attr))
            case Subscript():
                self.compile_subscript(node, target)
            case BoolOp():
                self.compile_boolean(node, target)
            case IfExp():
                self.compile_conditional(node, target)
            case JoinedStr():
                self.compile_joined(node, target)
            case Tuple(elts=elements):
                self.compile_tuple(node, elements, target)
            case List(elts=elements):
                self.compile_list(node, elements, target)
            case Set(elts=elements):
                self.compile_set(node, elements, target)
            case Dict():
                self.compile_dict(node, target)
            case Lambda():
                self.compile_lambda(node, target)
            case ListComp() | SetComp() | DictComp() | GeneratorExp():
                self.compile_comprehension(node, target)
            case NamedExpr(target=name_node, value=value):
                slot = self.slot()
                self.compile_into(value, slot)
                self.at(name_node)
                self.store_name(name_node.id, slot)
                self.move(target, slot)
            case Slice(lower=lower, upper=upper, step=step):
                self.compile_slice(node, lower, upper, step, target)
            case Yield() | YieldFrom() | Await():
                self.compile_yield(node, target)
            case Starred():
                raise not_compiled("a starred expression here", node)
            case _:
                raise not_compiled("this expression", node)
        self.top = top

    # --- constants ---

    def constant_value(self, node: Expression) -> Value:
        """What a constant expression stands for; UNDEFINED for others."""
        match node:
            case SingletonConstant(value=value):
                if value == Singleton.NONE:
                    return Value.NULL
                if value == Singleton.ELLIPSIS:
                    return ELLIPSIS
                return Value.of_bool(value == Singleton.TRUE)
            case IntegerConstant(digits=digits, value=value, fits=fits):
                return Value.of_int(value) if fits else big_constant(digits)
            case FloatConstant(value=real):
                return Value.of_float(real)
            case StringConstant(value=text):
                return Value.of_object(self.unit.session.intern(text))
            case UnaryOp(op=UnaryOperator.NEGATIVE, operand=IntegerConstant(value=value, fits=True)):
                return Value.of_int(-value)
            case UnaryOp(op=UnaryOperator.NEGATIVE, operand=FloatConstant(value=real)):
                return Value.of_float(-real)
            case BytesConstant(value=data):
                return bytes_value(data)
            case ImaginaryConstant(value=imaginary):
                return complex_value(0.0, imaginary)
            case Tuple(elts=elements):
                values: Array[Value] = Array(len(elements), Value.UNDEFINED)
                for k in range(len(elements)):
                    values[k] = self.constant_value(elements[k])
                    if values[k].same(Value.UNDEFINED):
                        return Value.UNDEFINED
                return Value.of_object(PyTuple(values)) if len(elements) > 0 else EMPTY_TUPLE
            case _:
                return Value.UNDEFINED

    def compile_constant(self, node: Expression, target: int) -> None:
        """`target := constant`"""
        if isinstance(node, StringConstant):
            self.load_text(target, node.value)
            return
        self.load_constant(target, self.constant_value(node))

    def compile_annotation(self, node: Expression, target: int) -> None:
        """`target := annotation`, or the annotation's text where the file asks for that."""
        if self.unit.future_annotations:
            self.load_text(target, annotation_text(node, self.constant_text))
        else:
            self.compile_into(node, target)

    def constant_text(self, node: Constant) -> str:
        """A constant as `repr` shows it."""
        if isinstance(node, SingletonConstant) and node.value == Singleton.ELLIPSIS:
            return "..."
        return repr_text(self.unit.session, self.constant_value(node))

    # --- operators ---

    def compile_binary(self, node: BinOp, target: int) -> None:
        """`left OP right`; a row of operators is left-leaning and as long as it likes."""
        template = as_joined(node)
        if template is not None:
            self.compile_joined(template, target)
            return
        spine: list[BinOp] = []
        left: Expression = node
        while isinstance(left, BinOp):
            spine.append(left)
            left = left.left
        slot = self.operand(left, spine[-1].right)
        for index in range(len(spine) - 1, -1, -1):
            operation = spine[index]
            mark = self.top
            into = target
            if index > 0:
                into = slot if not self.is_variable(slot) else self.slot()
                mark = self.top
            small = small_constant(operation.right)
            if operation.op == BinaryOperator.ADD and small != NOT_SMALL:
                self.at(operation)
                self.emit(Op.ADD_SMALL, into, slot, small)
            elif operation.op == BinaryOperator.SUBTRACT and small != NOT_SMALL:
                self.at(operation)
                self.emit(Op.SUBTRACT_SMALL, into, slot, small)
            else:
                right = self.operand(operation.right)
                self.at(operation)
                self.emit(Op.ADD + operation.op, into, slot, right)
            self.top = mark
            slot = into

    def compile_unary(self, node: UnaryOp, target: int) -> None:
        """`OP operand`"""
        folded = self.constant_value(node)
        if not folded.same(Value.UNDEFINED):
            self.at(node)
            self.load_constant(target, folded)
            return
        slot = self.operand(node.operand)
        self.at(node)
        self.emit(Op.INVERT + node.op, target, slot)

    def compile_comparison(self, node: Compare, target: int) -> None:
        """`left OP right`, or a chain: each operand once, up to the first that fails."""
        operands = [node.left, *node.comparators]
        if len(node.ops) == 1:
            left = self.operand(operands[0], operands[1])
            right = self.operand(operands[1])
            self.at(node)
            self.emit(COMPARISON_OPERATIONS[node.ops[0]], target, left, right)
            return
        result = self.slot()
        end = Label()
        left = self.slot()
        self.compile_into(operands[0], left)
        bound = self.bound.copy()
        for k in range(len(node.ops)):
            right = self.slot()
            self.compile_into(operands[k + 1], right)
            self.at(node)
            self.emit(COMPARISON_OPERATIONS[node.ops[k]], result, left, right)
            if k == 0:
                bound = self.bound.copy()
            if k < len(node.ops) - 1:
                self.jump(Op.JUMP_IF_FALSE, result, end)
            left = right
        self.place(end)
        self.bound = bound
        self.move(target, result)

    def compile_boolean(self, node: BoolOp, target: int) -> None:
        """`a and b and c`"""
        result = self.slot()
        end = Label()
        bound = self.bound
        for k in range(len(node.values)):
            self.compile_into(node.values[k], result)
            if k == 0:
                bound = self.bound.copy()
            if k < len(node.values) - 1:
                self.at(node)
                self.jump(Op.JUMP_IF_FALSE if node.op == BooleanOperator.AND else Op.JUMP_IF_TRUE, result, end)
        self.place(end)
        self.bound = bound
        self.move(target, result)

    def compile_conditional(self, node: IfExp, target: int) -> None:
        """`body if test else orelse`"""
        result = self.slot()
        other = Label()
        self.compile_condition(node.test, other, False)
        before = self.bound.copy()
        self.compile_into(node.body, result)
        end = self.jump(Op.JUMP)
        after_body = self.bound
        self.bound = before
        self.place(other)
        self.compile_into(node.orelse, result)
        self.place(end)
        self.bound = self.bound & after_body
        self.move(target, result)

    def compile_condition(self, node: Expression, label: Label, jump_if: bool) -> None:
        """Go to the label if the truth of the expression is `jump_if`."""
        top = self.top
        match node:
            case UnaryOp(op=UnaryOperator.NOT, operand=operand):
                self.compile_condition(operand, label, not jump_if)
            case BoolOp(op=op, values=values):
                is_or = op == BooleanOperator.OR
                bound = self.bound
                skip = Label()
                for k in range(len(values)):
                    if k == len(values) - 1:
                        self.compile_condition(values[k], label, jump_if)
                    elif is_or == jump_if:
                        self.compile_condition(values[k], label, jump_if)
                    else:
                        self.compile_condition(values[k], skip, not jump_if)
                    if k == 0:
                        bound = self.bound.copy()
                self.place(skip)
                self.bound = bound
            case SingletonConstant(value=value) if value != Singleton.ELLIPSIS:
                if (value == Singleton.TRUE) == jump_if:
                    self.at(node)
                    self.jump(Op.JUMP, 0, label)
            case _:
                slot = self.operand(node)
                self.at(node)
                self.jump(Op.JUMP_IF_TRUE if jump_if else Op.JUMP_IF_FALSE, slot, label)
        self.top = top

    # --- items and slices ---

    def compile_subscript(self, node: Subscript, target: int) -> None:
        """`value[slice]`"""
        container = self.operand(node.value, node.slice)
        key = self.operand(node.slice)
        self.at(node)
        self.emit(Op.GET_ITEM, target, container, key)

    def compile_slice(
        self, node: Expression, lower: Expression | None, upper: Expression | None, step: Expression | None, target: int
    ) -> None:
        """`lower:upper:step`"""
        first = self.take(3)
        self.compile_or_none(lower, first)
        self.compile_or_none(upper, first + 1)
        self.compile_or_none(step, first + 2)
        self.at(node)
        self.emit(Op.SLICE, target, first)

    def compile_or_none(self, node: Expression | None, target: int) -> None:
        """The value of an expression that may be missing."""
        if node is None:
            self.load_none(target)
        else:
            self.compile_into(node, target)

    # --- displays ---

    def has_star(self, elements: list[Expression]) -> bool:
        """Whether one of them is starred."""
        for element in elements:
            if isinstance(element, Starred):
                return True
        return False

    def compile_tuple(self, node: Expression, elements: list[Expression], target: int) -> None:
        """`(a, b, *c)`"""
        folded = self.constant_value(node)
        if not folded.same(Value.UNDEFINED):
            self.at(node)
            self.assembler.emit_wide(Op.CONSTANT, target, self.assembler.new_constant(folded))
        elif self.has_star(elements):
            slot = self.slot()
            self.compile_starred_list(node, elements, slot)
            self.emit(Op.TUPLE_OF_LIST, target, slot)
        else:
            first = self.compile_row(elements)
            self.at(node)
            self.emit(Op.TUPLE, target, first, len(elements))

    def compile_list(self, node: Expression, elements: list[Expression], target: int) -> None:
        """`[a, b, *c]`"""
        if self.has_star(elements) or len(elements) > LONG_DISPLAY:
            slot = self.slot()
            self.compile_starred_list(node, elements, slot)
            self.move(target, slot)
            return
        first = self.compile_row(elements)
        self.at(node)
        are_numbers = len(elements) > 0 and all(_is_number(element) for element in elements)
        self.emit(Op.LIST_OF_NUMBERS if are_numbers else Op.LIST, target, first, len(elements))

    def compile_starred_list(self, node: Expression, elements: list[Expression], target: int) -> None:
        """A list that grows element by element; the target is a temporary."""
        self.at(node)
        self.emit(Op.LIST, target, target, 0)
        for element in elements:
            top = self.top
            if isinstance(element, Starred):
                slot = self.operand(element.value)
                self.at(element)
                self.emit(Op.LIST_EXTEND, target, slot, 0)
            else:
                self.emit(Op.LIST_APPEND, target, self.operand(element))
            self.top = top

    def compile_set(self, node: Expression, elements: list[Expression], target: int) -> None:
        """`{a, b, *c}`"""
        constants = [self.constant_value(element) for element in elements]
        if len(elements) > FEW_MEMBERS and not any(constant.same(Value.UNDEFINED) for constant in constants):
            self._compile_constant_set(node, constants, target)
            return
        slot = self.slot()
        self.at(node)
        self.emit(Op.SET_DISPLAY, slot, slot, 0)
        for element in elements:
            top = self.top
            if isinstance(element, Starred):
                self.emit(Op.SET_UPDATE, slot, self.operand(element.value))
            else:
                value = self.operand(element)
                self.at(node)
                self.emit(Op.SET_ADD, slot, value)
            self.top = top
        self.move(target, slot)

    def _compile_constant_set(self, node: Expression, constants: list[Value], target: int) -> None:
        """CPython makes a frozenset of the constants, another of what that one has, and copies it. That decides their order."""
        first = PySet()
        for constant in constants:
            first.add(self.unit.session, constant)
        second, slot = self.slot(), self.slot()
        self.at(node)
        self.emit(Op.SET_DISPLAY, second, second, 0)
        for member in first.members():
            top = self.top
            held = self.slot()
            self.load_constant(held, member)
            self.emit(Op.SET_ADD, second, held)
            self.top = top
        self.emit(Op.SET_DISPLAY, slot, slot, 0)
        self.emit(Op.SET_UPDATE, slot, second)
        self.move(target, slot)

    def compile_dict(self, node: Dict, target: int) -> None:
        """`{a: b, **c}`"""
        count = len(node.keys)
        plain = count <= LONG_DISPLAY // 2
        for key in node.keys:
            plain = plain and key is not None
        if plain:
            first = self.take(max(2 * count, 1))
            for k in range(count):
                known = node.keys[k]
                assert known is not None
                self.compile_into(known, first + 2 * k)
                self.compile_into(node.values[k], first + 2 * k + 1)
            self.at(node)
            self.emit(Op.DICT, target, first, count)
            return
        slot = self.slot()
        self.at(node)
        self.emit(Op.DICT, slot, slot, 0)
        for k in range(count):
            top = self.top
            key = node.keys[k]
            if key is None:
                value = self.operand(node.values[k])
                self.at(node)
                self.emit(Op.DICT_UPDATE, slot, value)
            else:
                pair = self.take(2)
                self.compile_into(key, pair)
                self.compile_into(node.values[k], pair + 1)
                self.at(node)
                self.emit(Op.DICT_ADD, slot, pair, pair + 1)
            self.top = top
        self.move(target, slot)

    # --- f-strings ---

    def compile_joined(self, node: JoinedStr, target: int) -> None:
        """`f"..."`"""
        count = len(node.values)
        if count == 0:
            self.load_text(target, "")
            return
        first = self.take(count)
        for k in range(count):
            part = node.values[k]
            if isinstance(part, FormattedValue):
                self.compile_formatted(part, first + k)
            else:
                self.compile_into(part, first + k)
        self.at(node)
        if count == 1:
            self.move(target, first)
        else:
            self.emit(Op.JOIN, target, first, count)

    def compile_formatted(self, node: FormattedValue, target: int) -> None:
        """`{value!conversion:specification}`"""
        top = self.top
        slot = self.operand(node.value)
        self.at(node)
        if node.conversion != NO_CONVERSION:
            converted = self.slot()
            self.emit(Op.CONVERT, converted, slot, node.conversion)
            slot = converted
        specification = 0
        if node.format_spec is not None:
            specification = self.slot()
            self.compile_joined(node.format_spec, specification)
        self.at(node)
        self.emit(Op.FORMAT, target, slot, specification)
        self.top = top


FEW_MEMBERS: Final = 4  # of a set of more constants the order is not that of adding them
LONG_DISPLAY: Final = 64  # elements; longer ones are not put into slots beside each other first
NOT_SMALL: Final = SMALL_INT + 1


def small_constant(node: Expression) -> int:
    """The number that fits into an operand, or NOT_SMALL."""
    if isinstance(node, IntegerConstant) and node.fits and 0 <= node.value <= SMALL_INT:
        return node.value
    return NOT_SMALL


def _is_number(node: Expression) -> bool:
    """Whether an expression gives a number as it seems: one, or what is computed with one."""
    match node:
        case IntegerConstant(fits=fits):
            return fits
        case FloatConstant():
            return True
        case UnaryOp(op=UnaryOperator.NEGATIVE, operand=operand):
            return _is_number(operand)
        case BinOp(left=left, right=right):
            return _is_number(left) or _is_number(right)
        case _:
            return False
