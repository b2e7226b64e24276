"""Members of `type`: of classes themselves."""

from __future__ import annotations

from collections.abc import Callable

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_python import builtin_types as types
from tracewright_python.access import (
    attribute_error,
)
from tracewright_python.builtins.object_methods import get_dictionary
from tracewright_python.bytecode import FIRST
from tracewright_python.calls import call_named, construct, unwrapped
from tracewright_python.class_building import (
    assign_bases,
    make_type,
    most_derived,
    pattern_kind,
    set_pattern_kind,
    split_keywords,
)
from tracewright_python.conversions import index_value, required_text, truth
from tracewright_python.dictionaries import PyDict, as_dict
from tracewright_python.display import module_of, type_repr
from tracewright_python.exceptions import error, type_error
from tracewright_python.functions import (
    MANY_ARGUMENTS,
    Inlined,
    PyBuiltin,
    PyClassMethod,
    PyGetSet,
)
from tracewright_python.lists import as_tuple, list_of, tuple_of
from tracewright_python.objects import (
    OBJECT,
    TYPE,
    Layout,
    PyType,
    as_type,
    member_value,
    special,
)
from tracewright_python.session import Session
from tracewright_python.special_names import Special
from tracewright_python.texts import as_str, text_value
from tracewright_python.values import NONE, type_name, type_of


def new_type(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`type(x)`, `type(name, bases, namespace, **keywords)`"""
    if count == 2 and as_type(stack[first]) is TYPE:
        return Value.of_object(type_of(stack[first + 1]))
    metaclass = as_type(stack[first])
    if metaclass is None or count != 4:
        raise type_error("type() takes 1 or 3 arguments")
    bases, namespace = as_tuple(stack[first + 2]), as_dict(stack[first + 3])
    if as_str(stack[first + 1]) is None:
        raise type_error(f"type.__new__() argument 1 must be str, not {type_name(stack[first + 1])}")
    if bases is None:
        raise type_error(f"type.__new__() argument 2 must be tuple, not {type_name(stack[first + 2])}")
    if namespace is None:
        raise type_error(f"type.__new__() argument 3 must be dict, not {type_name(stack[first + 3])}")
    name = required_text(stack[first + 1], "name")
    winner = most_derived(metaclass, bases.items)
    if winner is not metaclass:
        maker = special(winner, Special.NEW)
        if not maker.same(special(TYPE, Special.NEW)):
            names, values = split_keywords(as_dict(stack[first + 4]))
            arguments = [Value.of_object(winner), stack[first + 1], stack[first + 2], stack[first + 3], *values]
            return call_named(session, unwrapped(maker), arguments, names)
    return make_type(session, winner, name, bases, namespace, as_dict(stack[first + 4]))


def init_type(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return NONE


def call_of_type(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`type.__call__(cls, ...)`"""
    kind = as_type(stack[first])
    assert kind is not None
    arguments = [stack[first + k] for k in range(count)]
    names, values = split_keywords(as_dict(stack[first + count]))
    block = stack.top
    if not stack.reserve(block + FIRST + 1 + count + len(values)):
        raise RecursionError
    arguments += values
    for k in range(len(arguments)):
        stack[block + FIRST + k] = arguments[k]
    return construct(session, kind, stack, block, count - 1, names)


def repr_of_type(session: Session, stack: VMStack, first: int, count: int) -> Value:
    kind = as_type(stack[first])
    assert kind is not None
    return text_value(type_repr(kind))


def type_mro(session: Session, stack: VMStack, first: int, count: int) -> Value:
    kind = as_type(stack[first])
    assert kind is not None
    return list_of([Value.of_object(base) for base in kind.mro])


def type_subclasses(session: Session, stack: VMStack, first: int, count: int) -> Value:
    kind = as_type(stack[first])
    assert kind is not None
    return list_of([Value.of_object(derived) for derived in kind.subclasses])


def type_prepare(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_object(PyDict())


def type_instancecheck(session: Session, stack: VMStack, first: int, count: int) -> Value:
    kind = as_type(stack[first])
    assert kind is not None
    return Value.of_bool(type_of(stack[first + 1]).derives_from(kind))


def type_subclasscheck(session: Session, stack: VMStack, first: int, count: int) -> Value:
    kind, derived = as_type(stack[first]), as_type(stack[first + 1])
    if kind is None or derived is None:
        raise type_error("issubclass() arg 1 must be a class")
    return Value.of_bool(derived.derives_from(kind))


def the_type(value: Value) -> PyType:
    """A value that is a class."""
    kind = as_type(value)
    assert kind is not None
    return kind


def get_type_name(session: Session, value: Value) -> Value:
    return text_value(the_type(value).name)


def set_type_name(session: Session, value: Value, name: Value) -> None:
    the_type(value).name = required_text(name, "can only assign string to type.__name__; it")


def get_type_qualified_name(session: Session, value: Value) -> Value:
    kind = the_type(value)
    return text_value(kind.name if kind.is_builtin else kind.qualified_name)


def set_type_qualified_name(session: Session, value: Value, name: Value) -> None:
    the_type(value).qualified_name = required_text(name, "__qualname__")


def get_type_module(session: Session, value: Value) -> Value:
    kind = the_type(value)
    if kind.is_builtin:
        return text_value(module_of(kind))
    found = kind.members().get("__module__", Value.UNDEFINED)
    return text_value("builtins") if found.same(Value.UNDEFINED) else member_value(found)


def set_type_module(session: Session, value: Value, name: Value) -> None:
    the_type(value).set_member("__module__", name)


def get_bases(session: Session, value: Value) -> Value:
    return tuple_of([Value.of_object(base) for base in the_type(value).bases])


def set_bases(session: Session, value: Value, given: Value) -> None:
    kind, bases = the_type(value), as_tuple(given)
    if bases is None:
        raise type_error(f"can only assign tuple to {kind.name}.__bases__, not {type_name(given)}")
    if len(bases.items) == 0:
        raise type_error(f"can only assign non-empty tuple to {kind.name}.__bases__, not ()")
    classes: list[PyType] = []
    for item in bases.items:
        base = as_type(item)
        if base is None:
            raise type_error(f"{kind.name}.__bases__ must be tuple of classes, not '{type_name(item)}'")
        classes.append(base)
    assign_bases(kind, classes)


def get_mro(session: Session, value: Value) -> Value:
    return tuple_of([Value.of_object(base) for base in the_type(value).mro])


def get_base(session: Session, value: Value) -> Value:
    bases = the_type(value).bases
    return Value.of_object(bases[0]) if len(bases) > 0 else NONE


def get_abstract(session: Session, value: Value) -> Value:
    found = the_type(value).members().get("__abstractmethods__", Value.UNDEFINED)
    if found.same(Value.UNDEFINED):
        raise error(types.ATTRIBUTE_ERROR, "__abstractmethods__")
    return member_value(found)


def set_abstract(session: Session, value: Value, names: Value) -> None:
    kind = the_type(value)
    kind.set_member("__abstractmethods__", names)
    kind.is_abstract = truth(session, names)
    kind.touch()


def get_type_annotations(session: Session, value: Value) -> Value:
    kind = the_type(value)
    found = kind.members().get("__annotations__", Value.UNDEFINED)
    if found.same(Value.UNDEFINED):
        if kind.is_builtin:
            raise attribute_error(value, "__annotations__")
        found = Value.of_object(PyDict())
        kind.set_member("__annotations__", found)
    return member_value(found)


def set_type_annotations(session: Session, value: Value, given: Value) -> None:
    the_type(value).set_member("__annotations__", given)


def text_signature(session: Session, value: Value) -> Value:
    """`cls.__text_signature__`, which `inspect` reads: of `object`, that it takes nothing."""
    return text_value("()") if the_type(value) is OBJECT else NONE


METHODS: list[PyBuiltin] = [
    PyBuiltin("__init__", init_type, 1, MANY_ARGUMENTS, TYPE, takes_any=True),
    PyBuiltin("__call__", call_of_type, 1, MANY_ARGUMENTS, TYPE, takes_any=True, inlined=Inlined.CONSTRUCT),
    PyBuiltin("__repr__", repr_of_type, 1, 1, TYPE),
    PyBuiltin("mro", type_mro, 1, 1, TYPE),
    PyBuiltin("__subclasses__", type_subclasses, 1, 1, TYPE),
    PyBuiltin("__instancecheck__", type_instancecheck, 2, 2, TYPE),
    PyBuiltin("__subclasscheck__", type_subclasscheck, 2, 2, TYPE),
]


def fixed(number: int) -> Callable[[Session, Value], Value]:
    """An attribute that is always this number."""
    return lambda session, value: Value.of_int(number)


SIZES: list[tuple[str, int]] = [
    ("__basicsize__", 16),
    ("__itemsize__", 0),
    ("__dictoffset__", 16),
    ("__weakrefoffset__", 24),
]
"""What CPython tells of the layout of objects, of which there is none here."""
IMMUTABLE, HEAP, MAY_BE_DERIVED_FROM, IS_ABSTRACT = 1 << 8, 1 << 9, 1 << 10, 1 << 20
FLAGS_OF_LAYOUT: dict[int, int] = {
    Layout.INT: 1 << 24,
    Layout.LIST: 1 << 25,
    Layout.TUPLE: 1 << 26,
    Layout.BYTES: 1 << 27,
    Layout.STR: 1 << 28,
    Layout.DICT: 1 << 29,
    Layout.EXCEPTION: 1 << 30,
    Layout.TYPE: 1 << 31,
}


def flags_of(session: Session, value: Value) -> Value:
    """`cls.__flags__`, with the bits that CPython's library asks for."""
    kind = the_type(value)
    flags = IMMUTABLE if kind.is_builtin else HEAP
    if kind.layout != Layout.CLOSED:
        flags |= MAY_BE_DERIVED_FROM
    if kind.is_abstract:
        flags |= IS_ABSTRACT
    return Value.of_int(flags | kind.pattern_kind | FLAGS_OF_LAYOUT.get(kind.layout, 0))


def get_pattern_kind(session: Session, value: Value) -> Value:
    """`cls.__abc_tpflags__`, which `abc` hands on to classes that are registered."""
    return Value.of_int(the_type(value).pattern_kind)


def assign_pattern_kind(session: Session, value: Value, given: Value) -> None:
    set_pattern_kind(the_type(value), pattern_kind(index_value(session, given).as_int()))


ATTRIBUTES: list[PyGetSet] = [
    PyGetSet("__dict__", TYPE, get_dictionary, None),
    PyGetSet("__name__", TYPE, get_type_name, set_type_name),
    PyGetSet("__qualname__", TYPE, get_type_qualified_name, set_type_qualified_name),
    PyGetSet("__module__", TYPE, get_type_module, set_type_module),
    *[PyGetSet(name, TYPE, fixed(number), None) for name, number in SIZES],
    PyGetSet("__flags__", TYPE, flags_of, None),
    PyGetSet("__abc_tpflags__", TYPE, get_pattern_kind, assign_pattern_kind),
    PyGetSet("__text_signature__", TYPE, text_signature, None),
    PyGetSet("__bases__", TYPE, get_bases, set_bases),
    PyGetSet("__base__", TYPE, get_base, None),
    PyGetSet("__mro__", TYPE, get_mro, None),
    PyGetSet("__abstractmethods__", TYPE, get_abstract, set_abstract),
    PyGetSet("__annotations__", TYPE, get_type_annotations, set_type_annotations),
]
OTHER_MEMBERS: list[tuple[PyType, str, Value]] = [
    (TYPE, "__new__", Value.of_object(PyBuiltin("__new__", new_type, 2, 4, takes_any=True))),
    (
        TYPE,
        "__prepare__",
        Value.of_object(
            PyClassMethod(Value.of_object(PyBuiltin("__prepare__", type_prepare, 1, MANY_ARGUMENTS, takes_any=True)))
        ),
    ),
]
"""Members that are no methods: static ones, and methods of the class."""
