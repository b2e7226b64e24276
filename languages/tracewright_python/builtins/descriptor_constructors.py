"""What a call of `property`, `staticmethod`, `classmethod` and `super` makes."""

from __future__ import annotations

from tracewright.core.arrays import Array, array_of
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import promote
from tracewright_python import builtin_types as types
from tracewright_python.access import store_attribute
from tracewright_python.builtins.constructors import class_of, is_given
from tracewright_python.bytecode import Code
from tracewright_python.code_objects import PyCode
from tracewright_python.conversions import required_text
from tracewright_python.dictionaries import as_dict
from tracewright_python.dictionary_views import NamespaceDict
from tracewright_python.exceptions import error, not_there, type_error, value_error
from tracewright_python.functions import (
    MANY_ARGUMENTS,
    Cell,
    InstanceOfClassMethod,
    InstanceOfProperty,
    InstanceOfStaticMethod,
    PyBuiltin,
    PyClassMethod,
    PyFunction,
    PyProperty,
    PyStaticMethod,
    PySuper,
)
from tracewright_python.lists import NO_VALUES, as_tuple
from tracewright_python.objects import PyType, as_py_object, as_type, new_instance
from tracewright_python.session import Session
from tracewright_python.texts import as_str
from tracewright_python.values import NONE, type_name, type_of


def new_property(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`property(fget, fset, fdel, doc)`"""
    kind = class_of(stack[first], types.PROPERTY)
    if not kind.is_builtin:
        return Value.of_object(InstanceOfProperty(new_instance(kind)))
    result = PyProperty(NONE, NONE, NONE, NONE)
    fill_property(session, result, stack, first)
    return Value.of_object(result)


def init_property(session: Session, stack: VMStack, first: int, count: int) -> Value:
    thing = as_py_object(stack[first])
    assert isinstance(thing, PyProperty)
    fill_property(session, thing, stack, first)
    return NONE


def fill_property(session: Session, target: PyProperty, stack: VMStack, first: int) -> None:
    """Its functions and documentation."""
    target.getter = stack[first + 1] if is_given(stack[first + 1]) else NONE
    target.setter = stack[first + 2] if is_given(stack[first + 2]) else NONE
    target.deleter = stack[first + 3] if is_given(stack[first + 3]) else NONE
    target.documentation = stack[first + 4] if is_given(stack[first + 4]) else NONE
    target.is_documented_by_getter = False
    if target.documentation.same(NONE) and not target.getter.same(NONE):
        found = session.find_attribute(session, target.getter, "__doc__")
        target.documentation = found if is_given(found) else NONE
        target.is_documented_by_getter = is_given(found) and not found.same(NONE)
    if not target.type_of().is_builtin and not target.documentation.same(NONE):
        store_attribute(session, Value.of_object(target), "__doc__", target.documentation)


def new_static_method(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`staticmethod(function)`"""
    kind = class_of(stack[first], types.STATIC_METHOD)
    if not kind.is_builtin:
        return Value.of_object(InstanceOfStaticMethod(new_instance(kind)))
    result = PyStaticMethod(stack[first + 1])
    copy_names(session, stack[first + 1], Value.of_object(result))
    return Value.of_object(result)


def init_static_method(session: Session, stack: VMStack, first: int, count: int) -> Value:
    thing = as_py_object(stack[first])
    assert isinstance(thing, PyStaticMethod)
    thing.function = stack[first + 1]
    copy_names(session, stack[first + 1], stack[first])
    return NONE


COPIED_NAMES = ["__module__", "__name__", "__qualname__", "__doc__", "__annotations__"]


def copy_names(session: Session, function: Value, target: Value) -> None:
    """The names of a function, as `functools.wraps` copies them."""
    thing = as_py_object(target)
    own = thing.attributes() if thing is not None else None
    if own is not None:
        for name in COPIED_NAMES:
            found = session.find_attribute(session, function, name)
            if is_given(found):
                own.set_named(name, found)


def new_class_method(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`classmethod(function)`"""
    kind = class_of(stack[first], types.CLASS_METHOD)
    if not kind.is_builtin:
        return Value.of_object(InstanceOfClassMethod(new_instance(kind)))
    result = PyClassMethod(stack[first + 1])
    copy_names(session, stack[first + 1], Value.of_object(result))
    return Value.of_object(result)


def init_class_method(session: Session, stack: VMStack, first: int, count: int) -> Value:
    thing = as_py_object(stack[first])
    assert isinstance(thing, PyClassMethod)
    thing.function = stack[first + 1]
    copy_names(session, stack[first + 1], stack[first])
    return NONE


def new_super(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`super(start, receiver)`; the compiler adds both to a call without arguments inside of a method."""
    if count == 1:
        raise runtime_error("super(): no arguments")
    start = stack[first + 1]
    cell = as_py_object(start)
    if isinstance(cell, Cell):
        start = cell.value
    kind, receiver = as_type(start), stack[first + 2]
    if kind is None:
        raise type_error(f"super() argument 1 must be a type, not {type_name(start)}")
    kind = promote(kind)  # it comes out of a cell
    as_class_itself = as_type(receiver)
    if as_class_itself is not None and as_class_itself.derives_from(kind):
        return Value.of_object(PySuper(kind, receiver, as_class_itself))
    if not type_of(receiver).derives_from(kind):
        pretended = as_type(session.get_attribute(session, receiver, "__class__"))
        if pretended is None or not pretended.derives_from(kind):
            raise type_error("super(type, obj): obj must be an instance or subtype of type")
        return Value.of_object(PySuper(kind, receiver, pretended))
    return Value.of_object(PySuper(kind, receiver, type_of(receiver)))


def runtime_error(message: str) -> Exception:
    return error(types.RUNTIME_ERROR, message)


def new_function(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`types.FunctionType(code, globals, name, argdefs, closure)`"""
    given = as_py_object(stack[first + 1])
    if not isinstance(given, PyCode):
        raise type_error(f"function() argument 'code' must be code, not {type_name(stack[first + 1])}")
    variables = as_py_object(stack[first + 2])
    if as_dict(stack[first + 2]) is None:
        raise type_error(f"function() argument 'globals' must be dict, not {type_name(stack[first + 2])}")
    code = given.code
    if code is None or not isinstance(variables, NamespaceDict) or variables.mapping is not code.namespace:
        raise not_there("a function in other globals than those of its code")
    name, defaults = stack[first + 3], stack[first + 4]
    has_name = is_given(name) and not name.same(NONE)
    if has_name and as_str(name) is None:
        raise type_error("arg 3 (name) must be None or string")
    row = as_tuple(defaults) if is_given(defaults) else None
    if row is None and is_given(defaults) and not defaults.same(NONE):
        raise type_error("arg 4 (defaults) must be None or tuple")
    function = PyFunction(code, code.namespace, _captured(code, stack[first + 5]))
    if has_name:
        function.name = required_text(name, "name")
        function.qualified_name = function.name
    if row is not None:
        function.defaults = row.items
    function.keyword_defaults = Array(code.keyword_only, Value.UNDEFINED)
    return Value.of_object(function)


def _captured(code: Code, closure: Value) -> Array[Value]:
    """The cells that a new function is given. Raises TypeError, ValueError."""
    cells = as_tuple(closure) if is_given(closure) else None
    wanted = len(code.free_names)
    if cells is None and wanted > 0:
        raise type_error("arg 5 (closure) must be tuple")
    if cells is None:
        return NO_VALUES
    if len(cells.items) != wanted:
        raise value_error(f"{code.name} requires closure of length {wanted}, not {len(cells.items)}")
    for cell in cells.items:
        if not isinstance(as_py_object(cell), Cell):
            raise type_error(f"arg 5 (closure) expected cell, found {type_name(cell)}")
    return cells.items


CONSTRUCTORS: list[tuple[PyType, PyBuiltin]] = [
    (
        types.FUNCTION,
        PyBuiltin("__new__", new_function, 3, 6, None, array_of(["code", "globals", "name", "argdefs", "closure"])),
    ),
    (
        types.PROPERTY,
        PyBuiltin("__new__", new_property, 1, 5, None, array_of(["fget", "fset", "fdel", "doc"])),
    ),
    (
        types.PROPERTY,
        PyBuiltin("__init__", init_property, 1, 5, types.PROPERTY, array_of(["fget", "fset", "fdel", "doc"])),
    ),
    (types.STATIC_METHOD, PyBuiltin("__new__", new_static_method, 2, MANY_ARGUMENTS, takes_any=True)),
    (types.STATIC_METHOD, PyBuiltin("__init__", init_static_method, 2, 2, types.STATIC_METHOD)),
    (types.CLASS_METHOD, PyBuiltin("__new__", new_class_method, 2, MANY_ARGUMENTS, takes_any=True)),
    (types.CLASS_METHOD, PyBuiltin("__init__", init_class_method, 2, 2, types.CLASS_METHOD)),
    (types.SUPER, PyBuiltin("__new__", new_super, 1, 3)),
]
