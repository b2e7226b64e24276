"""What is in the types, and under which names programs find what is built in. The types are filled when the executable is built."""

from __future__ import annotations

from tracewright.core.arrays import Array, array_of
from tracewright.core.value import Value
from tracewright_python import builtin_types as types
from tracewright_python import long_ranges
from tracewright_python.builtins import (
    bytearray_methods,
    bytes_conversions,
    bytes_letters,
    bytes_methods,
    bytes_operators,
    code_methods,
    complex_methods,
    constructors,
    descriptor_constructors,
    descriptor_methods,
    dict_methods,
    evaluation,
    exception_methods,
    formats,
    functions,
    generator_methods,
    generic_methods,
    group_methods,
    iterator_methods,
    list_methods,
    memory_methods,
    number_methods,
    object_methods,
    proxy_methods,
    set_methods,
    text_methods,
    text_search,
    type_methods,
    view_methods,
)
from tracewright_python.builtins.operator_methods import install_operator_methods
from tracewright_python.functions import Loop, PyBuiltin, PyGetSet, PyStaticMethod
from tracewright_python.modules import match_methods, packing, pattern_methods, streams, system
from tracewright_python.objects import OBJECT, TYPE, PyType
from tracewright_python.pattern_kinds import PatternKind
from tracewright_python.session import Session
from tracewright_python.values import ELLIPSIS, NONE, NOT_IMPLEMENTED

METHOD_TABLES: list[list[PyBuiltin]] = [
    object_methods.METHODS,
    type_methods.METHODS,
    descriptor_methods.METHODS,
    exception_methods.METHODS,
    group_methods.METHODS,
    generator_methods.METHODS,
    iterator_methods.METHODS,
    list_methods.METHODS,
    dict_methods.METHODS,
    formats.METHODS,
    text_methods.METHODS,
    text_search.METHODS,
    set_methods.METHODS,
    number_methods.METHODS,
    streams.METHODS,
    view_methods.METHODS,
    bytes_operators.METHODS,
    bytes_methods.METHODS,
    bytes_letters.METHODS,
    bytearray_methods.METHODS,
    bytes_conversions.METHODS,
    memory_methods.METHODS,
    complex_methods.METHODS,
    code_methods.METHODS,
    proxy_methods.METHODS,
    generic_methods.METHODS,
    long_ranges.METHODS,
    pattern_methods.METHODS,
    match_methods.METHODS,
    packing.METHODS,
]
ATTRIBUTE_TABLES: list[list[PyGetSet]] = [
    object_methods.ATTRIBUTES,
    type_methods.ATTRIBUTES,
    descriptor_methods.ATTRIBUTES,
    exception_methods.ATTRIBUTES,
    group_methods.ATTRIBUTES,
    generator_methods.ATTRIBUTES,
    number_methods.ATTRIBUTES,
    view_methods.ATTRIBUTES,
    memory_methods.ATTRIBUTES,
    complex_methods.ATTRIBUTES,
    code_methods.ATTRIBUTES,
    streams.ATTRIBUTES,
    long_ranges.ATTRIBUTES,
    pattern_methods.ATTRIBUTES,
    match_methods.ATTRIBUTES,
    packing.ATTRIBUTES,
]
CONSTRUCTORS: list[tuple[PyType, PyBuiltin]] = [
    *constructors.CONSTRUCTORS,
    *descriptor_constructors.CONSTRUCTORS,
    *bytes_operators.CONSTRUCTORS,
    *complex_methods.CONSTRUCTORS,
    (types.METHOD, descriptor_methods.CONSTRUCTOR),
    (types.MEMORYVIEW, memory_methods.CONSTRUCTOR),
    (types.STRUCT, packing.CONSTRUCTOR),
    (types.MAPPING_PROXY, proxy_methods.CONSTRUCTOR),
    (types.SIMPLE_NAMESPACE, generic_methods.CONSTRUCTOR),
    (types.BASE_EXCEPTION_GROUP, group_methods.CONSTRUCTOR),
]
NAMED_TYPES: list[PyType] = [
    OBJECT,
    TYPE,
    types.INT,
    types.BOOL,
    types.FLOAT,
    types.COMPLEX,
    types.STR,
    types.BYTES,
    types.BYTEARRAY,
    types.MEMORYVIEW,
    types.LIST,
    types.TUPLE,
    types.DICT,
    types.SET,
    types.FROZENSET,
    types.RANGE,
    types.SLICE,
    types.ENUMERATE,
    types.ZIP,
    types.MAP,
    types.FILTER,
    types.REVERSED,
    types.PROPERTY,
    types.STATIC_METHOD,
    types.CLASS_METHOD,
    types.SUPER,
    *types.EXCEPTION_TYPES,
]
"""Those that programs find by name."""


LOOPING_FUNCTIONS: dict[str, int] = {
    "sum": Loop.SUM,
    "any": Loop.ANY,
    "all": Loop.ALL,
    "min": Loop.MIN,
    "max": Loop.MAX,
    "sorted": Loop.SORTED,
}
LOOPING_TYPES: list[tuple[PyType, int]] = [
    (types.LIST, Loop.LIST),
    (types.TUPLE, Loop.TUPLE),
    (types.SET, Loop.SET),
    (types.FROZENSET, Loop.FROZENSET),
    (types.ENUMERATE, Loop.ENUMERATE),
    (types.MAP, Loop.MAP),
    (types.FILTER, Loop.FILTER),
]
LOOPING_METHODS: list[tuple[PyType, str, int]] = [
    (types.LIST, "sort", Loop.SORT),
    (types.LIST, "extend", Loop.EXTEND),
    (types.STR, "join", Loop.JOIN),
]


def set_loop(member: Value, number: int) -> None:
    """Say which loop does the work of a built-in function where it calls the program."""
    function = member.as_object()
    assert isinstance(function, PyBuiltin)
    function.loop = number


def _fill_types() -> None:
    install_operator_methods()
    for methods in METHOD_TABLES:
        for method in methods:
            assert method.owner is not None, method.name
            method.owner.members()[method.name] = Value.of_object(method)
    for attributes in ATTRIBUTE_TABLES:
        for attribute in attributes:
            attribute.owner.members()[attribute.name] = Value.of_object(attribute)
    for kind, constructor in CONSTRUCTORS:
        kind.members()[constructor.name] = Value.of_object(constructor)
        if constructor.name == "__new__":
            constructor.constructs = kind
    for kind, name, member in [
        *object_methods.OTHER_MEMBERS,
        *type_methods.OTHER_MEMBERS,
        *group_methods.OTHER_MEMBERS,
    ]:
        kind.members()[name] = member
    for kind, names in exception_methods.NO_VALUES_YET:
        for name in names:
            kind.members()[name] = NONE
    types.DICT.members()["fromkeys"] = Value.of_object(dict_methods.CLASS_METHODS[0])
    types.FLOAT.members()["__getformat__"] = Value.of_object(number_methods.GET_FORMAT)
    types.FLOAT.members()["fromhex"] = Value.of_object(number_methods.FROM_HEX)
    for kind in generic_methods.GENERIC_TYPES:
        kind.members()["__class_getitem__"] = Value.of_object(generic_methods.CLASS_ITEM)
    types.SIMPLE_NAMESPACE.members()["__hash__"] = NONE
    types.INT.members()["from_bytes"] = Value.of_object(bytes_conversions.FROM_BYTES)
    for kind in (types.BYTES, types.BYTEARRAY):
        kind.members()["fromhex"] = Value.of_object(bytes_operators.FROM_HEX)
        kind.members()["maketrans"] = Value.of_object(PyStaticMethod(Value.of_object(bytes_methods.MAKE_TABLE)))
    types.STR.members()["maketrans"] = Value.of_object(PyStaticMethod(Value.of_object(text_methods.MAKE_TABLE)))
    for kind in (types.SLICE, types.DICT_KEYS, types.DICT_ITEMS):
        kind.members()["__hash__"] = NONE
    for kind, number in LOOPING_TYPES:
        set_loop(kind.members()["__new__"], number)
    for kind, name, number in LOOPING_METHODS:
        set_loop(kind.members()[name], number)
    for function in functions.FUNCTIONS:
        function.loop = LOOPING_FUNCTIONS.get(function.name, Loop.NONE)
    for kind in (types.LIST, types.TUPLE, types.RANGE, types.MEMORYVIEW):
        kind.pattern_kind = PatternKind.SEQUENCE
    for kind in (types.DICT, types.MAPPING_PROXY):
        kind.pattern_kind = PatternKind.MAPPING
    types.BOOL.members()["__new__"] = Value.of_object(dict(constructors.CONSTRUCTORS)[types.BOOL])


_fill_types()
NAMED: Array[PyType] = array_of(NAMED_TYPES)
FUNCTIONS: Array[PyBuiltin] = array_of([*functions.FUNCTIONS, *evaluation.FUNCTIONS])


LEAVING: list[PyBuiltin] = [PyBuiltin(name, system.leave, 0, 1, names=array_of(["code"])) for name in ("exit", "quit")]
"""What CPython's `site` adds to the built-in functions."""


def install_names(session: Session) -> None:
    """Give a session its built-in names; functions come first, as suggestions go by their order."""
    namespace = session.builtins
    for function in FUNCTIONS:
        namespace.set_named(function.name, Value.of_object(function))
    for leaving in LEAVING:
        namespace.set_named(leaving.name, Value.of_object(leaving))
    for kind in NAMED:
        namespace.set_named(kind.name, Value.of_object(kind))
    namespace.set_named("NotImplemented", NOT_IMPLEMENTED)
    namespace.set_named("Ellipsis", ELLIPSIS)
    namespace.set_named("EnvironmentError", Value.of_object(types.OS_ERROR))
    namespace.set_named("IOError", Value.of_object(types.OS_ERROR))
    namespace.set_named("__debug__", Value.TRUE)
