"""Members of `object`, which all types have."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_python import builtin_types as types
from tracewright_python.access import (
    attribute_error,
    delete_by_default,
    find_by_default,
    store_by_default,
)
from tracewright_python.calls import call, plain_instance
from tracewright_python.conversions import required_text, truth, values_of
from tracewright_python.dictionaries import PyDict, as_dict
from tracewright_python.dictionary_views import NamespaceDict
from tracewright_python.display import qualified_type_name, repr_text, str_text
from tracewright_python.errors import Raised
from tracewright_python.exceptions import error, type_error
from tracewright_python.functions import (
    MANY_ARGUMENTS,
    PyBuiltin,
    PyClassMethod,
    PyFunction,
    PyGetSet,
    PyMethod,
    PyModule,
    PyProperty,
)
from tracewright_python.identities import identity_of
from tracewright_python.importing import import_by_name
from tracewright_python.keys import identity_hash, key_hash
from tracewright_python.lists import NO_VALUES, list_of
from tracewright_python.mapping_proxy import PyMappingProxy
from tracewright_python.objects import (
    OBJECT,
    Layout,
    PyInstance,
    PyType,
    as_py_object,
    as_type,
    lookup,
    member_value,
    special,
)
from tracewright_python.session import Session
from tracewright_python.special_names import Special
from tracewright_python.texts import text_value
from tracewright_python.values import NONE, NOT_IMPLEMENTED, type_name, type_of


def new_object(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`object.__new__(cls, ...)`"""
    kind = as_type(stack[first])
    if kind is None:
        raise type_error(f"object.__new__(X): X is not a type object ({type_name(stack[first])})")
    if kind.layout != Layout.OBJECT and kind.layout != Layout.EXCEPTION:
        raise type_error(f"object.__new__({kind.name}) is not safe, use {base_name(kind)}.__new__()")
    if count > 1 and special(kind, Special.INIT).same(special(OBJECT, Special.INIT)):
        if special(kind, Special.NEW).same(special(OBJECT, Special.NEW)):
            raise type_error(f"{kind.name}() takes no arguments")
        raise type_error("object.__new__() takes exactly one argument (the type to instantiate)")
    if kind.is_abstract:
        raise abstract_error(session, kind)
    return Value.of_object(plain_instance(kind, NO_VALUES))


def base_name(kind: PyType) -> str:
    """The built-in class that a class derives from."""
    for base in kind.mro:
        if base.is_builtin:
            return base.name
    return kind.name


def abstract_error(session: Session, kind: PyType) -> Raised:
    """A class with abstract methods has no instances."""
    names = [required_text(name, "name") for name in values_of(session, lookup(kind, "__abstractmethods__"))]
    names.sort()
    plural = "s" if len(names) > 1 else ""
    return type_error(f"Can't instantiate abstract class {kind.name} with abstract method{plural} {', '.join(names)}")


def init_object(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`object.__init__`"""
    kind = type_of(stack[first])
    if count > 1 and kind.layout != Layout.EXCEPTION:
        if not special(kind, Special.INIT).same(special(OBJECT, Special.INIT)):
            raise type_error("object.__init__() takes exactly one argument (the instance to initialize)")
        if special(kind, Special.NEW).same(special(OBJECT, Special.NEW)):
            raise type_error(f"{kind.name}() takes no arguments")
    return NONE


def object_repr(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`object.__repr__`"""
    value = stack[first]
    return text_value(f"<{qualified_type_name(type_of(value))} object at {address(session, value)}>")


def address(session: Session, value: Value) -> str:
    """What a repr shows of an object's identity."""
    return f"0x{identity_of(value):012x}"


def object_str(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return text_value(repr_text(session, stack[first]))


def object_eq(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.TRUE if stack[first].same(stack[first + 1]) else NOT_IMPLEMENTED


def object_ne(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """The opposite of what `__eq__` says."""
    method = special(type_of(stack[first]), Special.EQ)
    result = call(session, method, [stack[first], stack[first + 1]])
    if result.same(NOT_IMPLEMENTED):
        return result
    return Value.of_bool(not truth(session, result))


def no_order(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return NOT_IMPLEMENTED


def object_hash(session: Session, stack: VMStack, first: int, count: int) -> Value:
    thing = as_py_object(stack[first])
    return Value.of_int(identity_hash(thing)) if thing is not None else Value.of_int(key_hash(session, stack[first]))


def object_format(session: Session, stack: VMStack, first: int, count: int) -> Value:
    if required_text(stack[first + 1], "format_spec") != "":
        raise type_error(f"unsupported format string passed to {type_name(stack[first])}.__format__")
    return text_value(str_text(session, stack[first]))


def object_getattribute(session: Session, stack: VMStack, first: int, count: int) -> Value:
    name = required_text(stack[first + 1], "attribute name")
    found = find_by_default(session, stack[first], name)
    if found.same(Value.UNDEFINED):
        raise attribute_error(stack[first], name)
    return found


def object_setattr(session: Session, stack: VMStack, first: int, count: int) -> Value:
    store_by_default(session, stack[first], required_text(stack[first + 1], "attribute name"), stack[first + 2])
    return NONE


def object_delattr(session: Session, stack: VMStack, first: int, count: int) -> Value:
    delete_by_default(session, stack[first], required_text(stack[first + 1], "attribute name"))
    return NONE


def object_init_subclass(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return NONE


def subclass_hook(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return NOT_IMPLEMENTED


def object_dir(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`object.__dir__`"""
    value = stack[first]
    names: dict[str, bool] = {}
    thing = as_py_object(value)
    if isinstance(thing, PyType):
        for base in thing.mro:
            for name in base.members():
                names[name] = True
        return sorted_names(names)
    if isinstance(thing, PyModule):
        for name in thing.namespace.all_names():
            if not name.startswith("."):  # of the engine's own
                names[name] = True
        return sorted_names(names)
    attributes = thing.attributes() if thing is not None else None
    if attributes is not None:
        for name in attributes.all_names():
            names[name] = True
    for base in type_of(value).mro:
        for name in base.members():
            names[name] = True
    return sorted_names(names)


def sorted_names(names: dict[str, bool]) -> Value:
    """A list of names in order."""
    row = list(names)
    row.sort()
    return list_of([text_value(name) for name in row])


def get_class(session: Session, value: Value) -> Value:
    return Value.of_object(type_of(value))


def set_class(session: Session, value: Value, kind_value: Value) -> None:
    """`x.__class__ = kind`"""
    kind = as_type(kind_value)
    thing = as_py_object(value)
    if kind is None:
        raise type_error(f"__class__ must be set to a class, not '{type_name(kind_value)}' object")
    if isinstance(thing, PyModule) and kind.derives_from(types.MODULE):
        thing.kind = kind
        return
    if not isinstance(thing, PyInstance) or kind.is_builtin or kind.layout != type_of(value).layout:
        raise type_error(f"__class__ assignment: '{kind.name}' object layout differs from '{type_name(value)}'")
    thing.change_type(kind)


def get_dictionary(session: Session, value: Value) -> Value:
    """`x.__dict__`"""
    thing = as_py_object(value)
    if isinstance(thing, PyType):
        pairs = PyDict()
        for name, member in thing.members().items():
            pairs.set(session, text_value(name), member_value(member))
        return Value.of_object(PyMappingProxy(Value.of_object(pairs)))
    if isinstance(thing, PyModule):
        return Value.of_object(NamespaceDict(thing.namespace))
    attributes = thing.attributes() if thing is not None else None
    if attributes is None or not type_of(value).has_dictionary:
        raise attribute_error(value, "__dict__")
    return Value.of_object(NamespaceDict(attributes))


def set_dictionary(session: Session, value: Value, given: Value) -> None:
    """`x.__dict__ = given`"""
    pairs = as_dict(given)
    thing = as_py_object(value)
    attributes = thing.attributes() if thing is not None else None
    if attributes is None or pairs is None:
        raise type_error(f"__dict__ must be set to a dictionary, not a '{type_name(given)}'")
    keys = [required_text(key, "attribute name") for key in pairs.all_keys()]
    values = [pairs.get_named(name) for name in keys]
    for name in attributes.all_names():
        attributes.delete_named(name)
    for k in range(len(keys)):
        attributes.set_named(keys[k], values[k])


def get_documentation(session: Session, value: Value) -> Value:
    """`x.__doc__`, of the object or its class."""
    thing = as_py_object(value)
    if isinstance(thing, PyFunction):
        return thing.documentation
    if isinstance(thing, PyBuiltin):
        return thing.documentation
    if isinstance(thing, PyProperty):
        attributes = thing.attributes()
        own = attributes.get_named("__doc__") if attributes is not None else Value.UNDEFINED
        if not own.same(Value.UNDEFINED):
            return own
        return thing.documentation
    if isinstance(thing, PyMethod):
        return get_documentation(session, thing.function)
    found = lookup(thing if isinstance(thing, PyType) else type_of(value), "__doc__")
    known = as_py_object(found)
    return NONE if found.same(Value.UNDEFINED) or isinstance(known, PyGetSet) else found


def set_documentation(session: Session, value: Value, given: Value) -> None:
    thing = as_py_object(value)
    if isinstance(thing, PyFunction):
        thing.documentation = given
    elif isinstance(thing, PyProperty):
        attributes = thing.attributes()
        if attributes is None:
            thing.documentation = given
        elif type_of(value).has_dictionary:
            attributes.set_named("__doc__", given)
        else:
            raise error(types.ATTRIBUTE_ERROR, f"'{type_name(value)}' object attribute '__doc__' is read-only")
    elif isinstance(thing, PyInstance):
        thing.set_named("__doc__", given)
    elif isinstance(thing, PyType) and not thing.is_builtin:
        thing.set_member("__doc__", given)
    else:
        raise error(types.ATTRIBUTE_ERROR, f"'{type_name(value)}' object attribute '__doc__' is read-only")


def object_reduce(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`object.__reduce__`"""
    return reduced(session, "reduce", [stack[first]])


def object_reduce_ex(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`object.__reduce_ex__(protocol)`"""
    return reduced(session, "reduce_ex", [stack[first], stack[first + 1]])


def object_get_state(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`object.__getstate__`"""
    return reduced(session, "get_state", [stack[first]])


def reduced(session: Session, name: str, arguments: list[Value]) -> Value:
    """Call a function of the module `_reducing`."""
    module = import_by_name(session, "_reducing")
    return call(session, session.get_attribute(session, module, name), arguments)


def new_arguments(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`__getnewargs__` of immutable values."""
    return reduced(session, "new_arguments", [stack[first]])


def reduce_container(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`__reduce__` of what is made anew from its parts."""
    return reduced(session, "reduce_container", [stack[first]])


def set_exception_state(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`exception.__setstate__(attributes)`"""
    return reduced(session, "set_exception_state", [stack[first], stack[first + 1]])


def reduce_byte_array(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`bytearray.__reduce_ex__(protocol)`"""
    return reduced(session, "reduce_byte_array", [stack[first], stack[first + 1]])


VALUES: list[PyType] = [types.INT, types.FLOAT, types.COMPLEX, types.STR, types.BYTES, types.TUPLE]
MADE_ANEW: list[PyType] = [
    types.SET,
    types.FROZENSET,
    types.BYTEARRAY,
    types.RANGE,
    types.SLICE,
    types.ELLIPSIS_TYPE,
    types.NOT_IMPLEMENTED_TYPE,
    types.BASE_EXCEPTION,
]
METHODS: list[PyBuiltin] = [
    *[PyBuiltin("__getnewargs__", new_arguments, 1, 1, kind) for kind in VALUES],
    *[PyBuiltin("__reduce__", reduce_container, 1, 1, kind) for kind in MADE_ANEW],
    PyBuiltin("__setstate__", set_exception_state, 2, 2, types.BASE_EXCEPTION),
    PyBuiltin("__reduce_ex__", reduce_byte_array, 2, 2, types.BYTEARRAY),
    PyBuiltin("__reduce__", object_reduce, 1, 1, OBJECT),
    PyBuiltin("__reduce_ex__", object_reduce_ex, 2, 2, OBJECT),
    PyBuiltin("__getstate__", object_get_state, 1, 1, OBJECT),
    PyBuiltin("__init__", init_object, 1, MANY_ARGUMENTS, OBJECT, takes_any=True),
    PyBuiltin("__repr__", object_repr, 1, 1, OBJECT),
    PyBuiltin("__str__", object_str, 1, 1, OBJECT),
    PyBuiltin("__eq__", object_eq, 2, 2, OBJECT),
    PyBuiltin("__ne__", object_ne, 2, 2, OBJECT),
    *[PyBuiltin(name, no_order, 2, 2, OBJECT) for name in ("__lt__", "__le__", "__gt__", "__ge__")],
    PyBuiltin("__hash__", object_hash, 1, 1, OBJECT),
    PyBuiltin("__format__", object_format, 2, 2, OBJECT),
    PyBuiltin("__getattribute__", object_getattribute, 2, 2, OBJECT),
    PyBuiltin("__setattr__", object_setattr, 3, 3, OBJECT),
    PyBuiltin("__delattr__", object_delattr, 2, 2, OBJECT),
    PyBuiltin("__dir__", object_dir, 1, 1, OBJECT),
]
ATTRIBUTES: list[PyGetSet] = [
    PyGetSet("__class__", OBJECT, get_class, set_class),
    PyGetSet("__dict__", OBJECT, get_dictionary, set_dictionary),
    PyGetSet("__doc__", OBJECT, get_documentation, set_documentation),
]
OTHER_MEMBERS: list[tuple[PyType, str, Value]] = [
    (OBJECT, "__new__", Value.of_object(PyBuiltin("__new__", new_object, 1, MANY_ARGUMENTS, takes_any=True))),
    (
        OBJECT,
        "__init_subclass__",
        Value.of_object(PyClassMethod(Value.of_object(PyBuiltin("__init_subclass__", object_init_subclass, 1, 1)))),
    ),
    (
        OBJECT,
        "__subclasshook__",
        Value.of_object(PyClassMethod(Value.of_object(PyBuiltin("__subclasshook__", subclass_hook, 2, 2)))),
    ),
]
"""Members that are no methods: static ones, and methods of the class."""
