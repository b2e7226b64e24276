"""Special methods of built-in types that do what operators do: `int.__add__`, `list.__eq__`, `dict.__getitem__` ..."""

from __future__ import annotations

from tracewright.core.integers import truncated
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright.lib.big_integers import absolute
from tracewright.lib.big_integers_floats import from_float
from tracewright_python import builtin_types as types
from tracewright_python.big_ints import int_as_float, int_value, integer, is_big, plain_number
from tracewright_python.containers import values_equal
from tracewright_python.conversions import rest_of, truth
from tracewright_python.dictionaries import as_dict
from tracewright_python.display import builtin_repr, repr_text
from tracewright_python.exceptions import error, value_error
from tracewright_python.float_parts import FITS
from tracewright_python.functions import Native, PyBuiltin
from tracewright_python.generators import as_generator, stop_iteration
from tracewright_python.iterators import (
    DictIterator,
    DictPart,
    ListIterator,
    PyDictView,
    PyIterator,
    PyRange,
    RangeIterator,
    StrIterator,
    TupleIterator,
    builtin_iterator,
)
from tracewright_python.keys import float_hash, key_hash, tuple_hash
from tracewright_python.library_iterators import ReversedList
from tracewright_python.lists import as_list, as_tuple, pair
from tracewright_python.objects import PyType, as_py_object
from tracewright_python.operators import contains, in_place, native_binary, native_compare, native_unary, range_has
from tracewright_python.session import Session
from tracewright_python.sets import PySet, SetIterator, as_set
from tracewright_python.special_names import BINARY_COUNT, IN_PLACE, REFLECTED, SPECIAL_NAMES, Special
from tracewright_python.subscripts import native_delete_item, native_get_item, native_set_item
from tracewright_python.syntax import BinaryOperator, Comparison, UnaryOperator
from tracewright_python.texts import as_str, text_value
from tracewright_python.values import NONE, NOT_IMPLEMENTED

# Of xxHash, as signed words.


def or_not_implemented(result: Value) -> Value:
    """What a special method gives where the engine's function gives UNDEFINED."""
    return NOT_IMPLEMENTED if result.same(Value.UNDEFINED) else result


def binary_method(operator: int) -> Native:
    """`__op__`"""
    return lambda session, stack, first, count: or_not_implemented(
        native_binary(session, operator, stack[first], stack[first + 1])
    )


def reflected_method(operator: int) -> Native:
    """`__rop__`"""
    return lambda session, stack, first, count: or_not_implemented(
        native_binary(session, operator, stack[first + 1], stack[first])
    )


def in_place_method(operator: int) -> Native:
    """`__iop__`"""
    return lambda session, stack, first, count: or_not_implemented(
        in_place(session, operator, stack[first], stack[first + 1])
    )


def comparison_method(operator: int) -> Native:
    """`__eq__` and so on"""
    return lambda session, stack, first, count: or_not_implemented(
        native_compare(session, operator, stack[first], stack[first + 1])
    )


def unary_method(operator: int) -> Native:
    """`__neg__` and so on"""
    return lambda session, stack, first, count: or_not_implemented(native_unary(operator, stack[first]))


def _bool(session: Session, stack: VMStack, first: int, count: int) -> Value:
    number = plain_number(stack[first])
    return Value.TRUE if is_big(number) else Value.of_bool(truth(session, number))


def _abs(session: Session, stack: VMStack, first: int, count: int) -> Value:
    number = plain_number(stack[first])
    if number.is_float():
        return Value.of_float(abs(number.as_float()))
    return int_value(absolute(integer(number)))


def _number_hash(session: Session, stack: VMStack, first: int, count: int) -> Value:
    number = plain_number(stack[first])
    if number.is_float():
        return Value.of_int(float_hash(number.as_float()))
    return Value.of_int(key_hash(session, number))


def _repr(session: Session, stack: VMStack, first: int, count: int) -> Value:
    text = builtin_repr(session, stack[first])
    return text_value(text if text is not None else repr_text(session, stack[first]))


def _str_str(session: Session, stack: VMStack, first: int, count: int) -> Value:
    text = as_str(stack[first])
    assert text is not None
    return text_value(text.text())


def _str_hash(session: Session, stack: VMStack, first: int, count: int) -> Value:
    text = as_str(stack[first])
    assert text is not None
    return Value.of_int(text.hashed())


def _tuple_hash(session: Session, stack: VMStack, first: int, count: int) -> Value:
    thing = as_tuple(stack[first])
    assert thing is not None
    return Value.of_int(tuple_hash(session, list(thing.items)))


def _frozenset_hash(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """CPython's, which does not depend on the order of members."""
    thing = as_set(stack[first])
    assert thing is not None
    for value in thing.members():
        key_hash(session, value)
    return Value.of_int(thing.mixed_hash())


def _range_hash(session: Session, stack: VMStack, first: int, count: int) -> Value:
    thing = as_py_object(stack[first])
    assert isinstance(thing, PyRange)
    length = thing.length()
    if length == 0:
        return Value.of_int(tuple_hash(session, [Value.of_int(0), NONE, NONE]))
    stride = NONE if length == 1 else Value.of_int(thing.stride)
    return Value.of_int(tuple_hash(session, [Value.of_int(length), Value.of_int(thing.start), stride]))


def _length(session: Session, stack: VMStack, first: int, count: int) -> Value:
    value = stack[first]
    row, texts, pairs, several, members = as_list(value), as_str(value), as_dict(value), as_tuple(value), as_set(value)
    thing = as_py_object(value)
    if row is not None:
        return Value.of_int(row.count)
    if texts is not None:
        return Value.of_int(texts.length)
    if pairs is not None:
        return Value.of_int(pairs.length())
    if several is not None:
        return Value.of_int(len(several.items))
    if members is not None:
        return Value.of_int(members.count)
    if isinstance(thing, PyRange):
        return Value.of_int(thing.length())
    assert isinstance(thing, PyDictView)
    return Value.of_int(thing.source.length())


def _iterate(session: Session, stack: VMStack, first: int, count: int) -> Value:
    thing = as_py_object(stack[first])
    if isinstance(thing, PySet):
        return Value.of_object(SetIterator(thing))
    found = builtin_iterator(stack[first])
    if found is None:
        found = iterator_of_base(stack[first])
    return Value.of_object(found)


def iterator_of_base(value: Value) -> PyIterator:
    """The iterator of what an object is whose class derives from a built-in one."""
    row, texts, pairs, several = as_list(value), as_str(value), as_dict(value), as_tuple(value)
    if row is not None:
        return ListIterator(row)
    if texts is not None:
        return StrIterator(texts.text())
    if pairs is not None:
        return DictIterator(pairs, DictPart.KEYS, False)
    assert several is not None
    return TupleIterator(several.items)


def _self(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return stack[first]


def _next(session: Session, stack: VMStack, first: int, count: int) -> Value:
    thing = as_py_object(stack[first])
    assert isinstance(thing, PyIterator)
    value = thing.step(session)
    if value.same(Value.UNDEFINED):
        generator = as_generator(stack[first])
        raise stop_iteration(generator.result if generator is not None else NONE)
    return value


def _contains(session: Session, stack: VMStack, first: int, count: int) -> Value:
    container, value = stack[first], stack[first + 1]
    pairs, members = as_dict(container), as_set(container)
    if pairs is not None:
        return Value.of_bool(pairs.find(session, value) >= 0)
    if members is not None:
        return Value.of_bool(members.has(session, value))
    thing = as_py_object(container)
    if isinstance(thing, PyDictView) and thing.part == DictPart.KEYS:
        return Value.of_bool(thing.source.find(session, value) >= 0)
    if isinstance(thing, PyRange) and value.is_int():
        return Value.of_bool(range_has(thing, value.as_int()))
    return Value.of_bool(contains_in_order(session, container, value))


def contains_in_order(session: Session, container: Value, value: Value) -> bool:
    """Whether one of the items is equal, or (of a text) the other text is in it."""
    text = as_str(container)
    if text is not None:
        return contains(session, text_value(text.text()), value)
    found = builtin_iterator(container)
    for item in rest_of(session, iterator_of_base(container) if found is None else found):
        if values_equal(session, item, value):
            return True
    return False


def _get_item(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return native_get_item(session, stack[first], stack[first + 1])


def _set_item(session: Session, stack: VMStack, first: int, count: int) -> Value:
    native_set_item(session, stack[first], stack[first + 1], stack[first + 2])
    return NONE


def _delete_item(session: Session, stack: VMStack, first: int, count: int) -> Value:
    native_delete_item(session, stack[first], stack[first + 1])
    return NONE


def _to_int(session: Session, stack: VMStack, first: int, count: int) -> Value:
    number = plain_number(stack[first])
    if number.is_float():
        return float_to_int(number.as_float())
    return number


def float_to_int(number: float) -> Value:
    """The int that a float has before its point. Raises OverflowError, ValueError."""
    if -FITS < number < FITS:
        return Value.of_int(truncated(number))
    return _distant_float_to_int(number)


@dont_look_inside
def _distant_float_to_int(number: float) -> Value:
    try:
        return int_value(from_float(number))
    except OverflowError:
        raise error(types.OVERFLOW_ERROR, "cannot convert float infinity to integer")
    except ValueError:
        raise value_error("cannot convert float NaN to integer")


def _to_float(session: Session, stack: VMStack, first: int, count: int) -> Value:
    number = plain_number(stack[first])
    return number if number.is_float() else Value.of_float(int_as_float(number))


def _divmod(session: Session, stack: VMStack, first: int, count: int) -> Value:
    left, right = stack[first], stack[first + 1]
    quotient = native_binary(session, BinaryOperator.FLOOR_DIVIDE, left, right)
    if quotient.same(Value.UNDEFINED):
        return NOT_IMPLEMENTED
    return pair(quotient, native_binary(session, BinaryOperator.MODULO, left, right))


def _reversed_list(session: Session, stack: VMStack, first: int, count: int) -> Value:
    row = as_list(stack[first])
    assert row is not None
    return Value.of_object(ReversedList(row))


def _reversed_range(session: Session, stack: VMStack, first: int, count: int) -> Value:
    thing = as_py_object(stack[first])
    assert isinstance(thing, PyRange)
    length = thing.length()
    last = thing.start + (length - 1) * thing.stride
    return Value.of_object(RangeIterator(last, thing.start - thing.stride, -thing.stride))


def _reversed_dict(session: Session, stack: VMStack, first: int, count: int) -> Value:
    pairs = as_dict(stack[first])
    thing = as_py_object(stack[first])
    if isinstance(thing, PyDictView):
        return Value.of_object(DictIterator(thing.source, thing.part, True))
    assert pairs is not None
    return Value.of_object(DictIterator(pairs, DictPart.KEYS, True))


# --- which types have which ---

NUMBERS: list[PyType] = [types.INT, types.FLOAT]
ORDERED: list[PyType] = [types.INT, types.FLOAT, types.STR, types.LIST, types.TUPLE, types.SET, types.FROZENSET]
EQUAL_ONLY: list[PyType] = [types.DICT]
BINARY_TYPES: list[tuple[PyType, list[int]]] = [
    (types.INT, list(range(BINARY_COUNT))),
    (
        types.FLOAT,
        [
            BinaryOperator.ADD,
            BinaryOperator.SUBTRACT,
            BinaryOperator.MULTIPLY,
            BinaryOperator.DIVIDE,
            BinaryOperator.MODULO,
            BinaryOperator.POWER,
            BinaryOperator.FLOOR_DIVIDE,
        ],
    ),
    (types.STR, [BinaryOperator.ADD, BinaryOperator.MULTIPLY, BinaryOperator.MODULO]),
    (types.LIST, [BinaryOperator.ADD, BinaryOperator.MULTIPLY]),
    (types.TUPLE, [BinaryOperator.ADD, BinaryOperator.MULTIPLY]),
    (types.DICT, [BinaryOperator.BITWISE_OR]),
    *[
        (
            kind,
            [
                BinaryOperator.BITWISE_OR,
                BinaryOperator.BITWISE_AND,
                BinaryOperator.BITWISE_XOR,
                BinaryOperator.SUBTRACT,
            ],
        )
        for kind in (types.SET, types.FROZENSET)
    ],
]
REFLECTED_SEQUENCES: list[PyType] = [types.STR, types.LIST, types.TUPLE]
IN_PLACE_TYPES: list[tuple[PyType, list[int]]] = [
    (types.LIST, [BinaryOperator.ADD, BinaryOperator.MULTIPLY]),
    (types.DICT, [BinaryOperator.BITWISE_OR]),
    (
        types.SET,
        [BinaryOperator.BITWISE_OR, BinaryOperator.BITWISE_AND, BinaryOperator.BITWISE_XOR, BinaryOperator.SUBTRACT],
    ),
]
SIZED: list[PyType] = [
    types.STR,
    types.LIST,
    types.TUPLE,
    types.DICT,
    types.SET,
    types.FROZENSET,
    types.RANGE,
    types.DICT_KEYS,
    types.DICT_VALUES,
    types.DICT_ITEMS,
]
ITERATORS: list[PyType] = [
    kind for name, kind in vars(types).items() if isinstance(kind, PyType) and (name.endswith("ITERATOR"))
] + [
    types.ENUMERATE,
    types.ZIP,
    types.MAP,
    types.FILTER,
    types.REVERSED,
    types.LIST_REVERSED,
    types.GENERATOR,
    types.STREAM,
    types.BYTE_STREAM,
]
SUBSCRIPTED: list[PyType] = [types.STR, types.LIST, types.TUPLE, types.DICT, types.RANGE]
HASHES: list[tuple[PyType, Native]] = [
    (types.INT, _number_hash),
    (types.FLOAT, _number_hash),
    (types.STR, _str_hash),
    (types.TUPLE, _tuple_hash),
    (types.FROZENSET, _frozenset_hash),
    (types.RANGE, _range_hash),
]
REVERSIBLE: list[tuple[PyType, Native]] = [
    (types.LIST, _reversed_list),
    (types.RANGE, _reversed_range),
    (types.DICT, _reversed_dict),
    (types.DICT_KEYS, _reversed_dict),
    (types.DICT_VALUES, _reversed_dict),
    (types.DICT_ITEMS, _reversed_dict),
]
SHOWN: list[PyType] = [*ORDERED, types.BOOL, types.DICT, types.RANGE, types.SLICE, types.NONE_TYPE, types.ELLIPSIS_TYPE]


def define(kind: PyType, number: int, function: Native, arguments: int) -> None:
    """Give a type a special method, whose arguments are counted with the first one."""
    name = SPECIAL_NAMES[number]
    kind.members()[name] = Value.of_object(PyBuiltin(name, function, arguments, arguments, kind))


def install_operator_methods() -> None:
    """Put them all into the types; when the executable is built."""
    for kind, operators in BINARY_TYPES:
        for operator in operators:
            define(kind, operator, binary_method(operator), 2)
            if kind in NUMBERS or (kind in REFLECTED_SEQUENCES and operator == BinaryOperator.MULTIPLY):
                define(kind, operator + REFLECTED, reflected_method(operator), 2)
    for kind, operators in IN_PLACE_TYPES:
        for operator in operators:
            define(kind, operator + IN_PLACE, in_place_method(operator), 2)
    for kind in [*ORDERED, *EQUAL_ONLY, types.RANGE]:
        for operator in range(Comparison.EQUAL, Comparison.GREATER_EQUAL + 1):
            if operator <= Comparison.NOT_EQUAL or kind in ORDERED:
                define(kind, Special.EQ + operator, comparison_method(operator), 2)
    for kind in NUMBERS:
        define(kind, Special.NEG, unary_method(UnaryOperator.NEGATIVE), 1)
        define(kind, Special.POS, unary_method(UnaryOperator.POSITIVE), 1)
        define(kind, Special.ABS, _abs, 1)
        define(kind, Special.BOOL, _bool, 1)
        define(kind, Special.INT, _to_int, 1)
        define(kind, Special.TRUNC, _to_int, 1)
        define(kind, Special.FLOAT, _to_float, 1)
        define(kind, Special.DIVMOD, _divmod, 2)
    define(types.INT, Special.INVERT, unary_method(UnaryOperator.INVERT), 1)
    define(types.INT, Special.INDEX, _to_int, 1)
    for kind in SIZED:
        define(kind, Special.LEN, _length, 1)
        define(kind, Special.ITER, _iterate, 1)
        define(kind, Special.CONTAINS, _contains, 2)
    for kind in ITERATORS:
        define(kind, Special.ITER, _self, 1)
        define(kind, Special.NEXT, _next, 1)
    for kind in SUBSCRIPTED:
        define(kind, Special.GETITEM, _get_item, 2)
    for kind in (types.LIST, types.DICT):
        define(kind, Special.SETITEM, _set_item, 3)
        define(kind, Special.DELITEM, _delete_item, 2)
    for kind, function in HASHES:
        define(kind, Special.HASH, function, 1)
    for kind in (types.LIST, types.DICT, types.SET, types.BYTEARRAY, types.SLICE):
        kind.members()["__hash__"] = NONE
    for kind, function in REVERSIBLE:
        define(kind, Special.REVERSED, function, 1)
    for kind in SHOWN:
        define(kind, Special.REPR, _repr, 1)
    define(types.STR, Special.STR, _str_str, 1)
