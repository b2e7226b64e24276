"""Members of `mappingproxy`: those of the mapping that it shows."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import array_of
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_python import builtin_types as types
from tracewright_python.conversions import length
from tracewright_python.display import repr_text, str_text
from tracewright_python.exceptions import type_error
from tracewright_python.functions import Native, PyBuiltin
from tracewright_python.iterators import iterator_of
from tracewright_python.keys import key_hash
from tracewright_python.mapping_proxy import PyMappingProxy, as_mapping_proxy
from tracewright_python.objects import special
from tracewright_python.operators import binary, compare_values, contains
from tracewright_python.session import Session
from tracewright_python.special_names import BINARY_COUNT, Special
from tracewright_python.subscripts import get_item_slowly
from tracewright_python.syntax import BinaryOperator, Comparison
from tracewright_python.texts import text_value
from tracewright_python.values import type_name, type_of

assert BinaryOperator.BITWISE_OR < BINARY_COUNT


def shown_mapping(value: Value) -> Value:
    """What a proxy shows; anything else itself."""
    proxy = as_mapping_proxy(value)
    return value if proxy is None else proxy.mapping


def new_proxy(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`mappingproxy(mapping)`"""
    kind = type_of(stack[first + 1])
    is_sequence = kind.derives_from(types.LIST) or kind.derives_from(types.TUPLE)
    if is_sequence or special(kind, Special.GETITEM).same(Value.UNDEFINED):
        raise type_error(f"mappingproxy() argument must be a mapping, not {type_name(stack[first + 1])}")
    return Value.of_object(PyMappingProxy(stack[first + 1]))


def get_item(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return get_item_slowly(session, shown_mapping(stack[first]), stack[first + 1])


def has_item(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(contains(session, shown_mapping(stack[first]), stack[first + 1]))


def length_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_int(length(session, shown_mapping(stack[first])))


def iterate(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return iterator_of(session, shown_mapping(stack[first]))


def show(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return text_value(f"mappingproxy({repr_text(session, shown_mapping(stack[first]))})")


def to_text(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return text_value(str_text(session, shown_mapping(stack[first])))


def hash_mapping(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_int(key_hash(session, shown_mapping(stack[first])))


def compared(operator: int) -> Native:
    """`==` or `!=`"""
    return lambda session, stack, first, count: compare_values(
        session, operator, shown_mapping(stack[first]), shown_mapping(stack[first + 1])
    )


def merged(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`proxy | other`"""
    return binary(session, BinaryOperator.BITWISE_OR, shown_mapping(stack[first]), shown_mapping(stack[first + 1]))


def merged_reflected(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`other | proxy`"""
    return binary(session, BinaryOperator.BITWISE_OR, shown_mapping(stack[first + 1]), shown_mapping(stack[first]))


def forwarded(name: str) -> Native:
    """A method of the mapping."""

    def call(session: Session, stack: VMStack, first: int, count: int) -> Value:
        method = session.get_attribute(session, shown_mapping(stack[first]), name)
        given = [stack[first + k] for k in range(1, count)]
        return session.call(session, method, given)

    return call


KIND: Final = types.MAPPING_PROXY
METHODS: Final[list[PyBuiltin]] = [
    PyBuiltin("__getitem__", get_item, 2, 2, KIND),
    PyBuiltin("__contains__", has_item, 2, 2, KIND),
    PyBuiltin("__len__", length_of, 1, 1, KIND),
    PyBuiltin("__iter__", iterate, 1, 1, KIND),
    PyBuiltin("__repr__", show, 1, 1, KIND),
    PyBuiltin("__str__", to_text, 1, 1, KIND),
    PyBuiltin("__hash__", hash_mapping, 1, 1, KIND),
    PyBuiltin("__eq__", compared(Comparison.EQUAL), 2, 2, KIND),
    PyBuiltin("__ne__", compared(Comparison.NOT_EQUAL), 2, 2, KIND),
    PyBuiltin("__or__", merged, 2, 2, KIND),
    PyBuiltin("__ror__", merged_reflected, 2, 2, KIND),
    PyBuiltin("__reversed__", forwarded("__reversed__"), 1, 1, KIND),
    PyBuiltin("keys", forwarded("keys"), 1, 1, KIND),
    PyBuiltin("values", forwarded("values"), 1, 1, KIND),
    PyBuiltin("items", forwarded("items"), 1, 1, KIND),
    PyBuiltin("get", forwarded("get"), 2, 3, KIND),
    PyBuiltin("copy", forwarded("copy"), 1, 1, KIND),
]
CONSTRUCTOR: Final = PyBuiltin("__new__", new_proxy, 2, 2, None, array_of(["mapping"]))
