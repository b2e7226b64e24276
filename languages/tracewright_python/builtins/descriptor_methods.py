"""Members of what is called and of what stands in classes: functions, methods, properties; of modules, cells and code."""

from __future__ import annotations

from collections.abc import Callable

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_python import builtin_types as types
from tracewright_python.access import (
    attribute_error,
    bind,
    property_error,
    undeletable,
)
from tracewright_python.builtins.object_methods import address
from tracewright_python.calls import call, call_named, is_callable
from tracewright_python.class_building import split_keywords
from tracewright_python.code_objects import code_object
from tracewright_python.conversions import required_text, truth
from tracewright_python.dictionaries import PyDict, as_dict
from tracewright_python.dictionary_views import NamespaceDict
from tracewright_python.display import repr_text, type_repr
from tracewright_python.errors import Raised
from tracewright_python.exceptions import error, not_there, type_error
from tracewright_python.functions import (
    MANY_ARGUMENTS,
    Cell,
    Native,
    PyBuiltin,
    PyClassMethod,
    PyFunction,
    PyGetSet,
    PyMember,
    PyMethod,
    PyModule,
    PyProperty,
    PyStaticMethod,
    PySuper,
)
from tracewright_python.generators import PyGenerator
from tracewright_python.identities import identity_of
from tracewright_python.lists import NO_VALUES, PyTuple, as_tuple, pair, tuple_of
from tracewright_python.objects import (
    PyType,
    as_py_object,
    as_type,
)
from tracewright_python.session import Session
from tracewright_python.texts import as_str, text_value
from tracewright_python.values import NONE, NOT_IMPLEMENTED, type_of


def the_function(value: Value) -> PyFunction:
    """A value that is a function of the program."""
    thing = as_py_object(value)
    assert isinstance(thing, PyFunction)
    return thing


def name_of(session: Session, value: Value) -> Value:
    """`__name__` of functions, built-in functions, generators."""
    thing = as_py_object(value)
    if isinstance(thing, PyFunction):
        return text_value(thing.name)
    if isinstance(thing, PyBuiltin):
        return text_value(thing.name)
    if isinstance(thing, PyGenerator):
        return text_value(thing.name)
    if isinstance(thing, PyGetSet):
        return text_value(thing.name)
    if isinstance(thing, PyMember):
        return text_value(thing.name)
    raise attribute_error(value, "__name__")


def qualified_name_of(session: Session, value: Value) -> Value:
    """The same of `__qualname__`."""
    thing = as_py_object(value)
    if isinstance(thing, PyFunction):
        return text_value(thing.qualified_name)
    if isinstance(thing, PyGenerator):
        return text_value(thing.qualified_name)
    if isinstance(thing, PyBuiltin):
        owner = thing.owner if thing.owner is not None else thing.constructs
        return text_value(thing.name if owner is None else f"{owner.name}.{thing.name}")
    if isinstance(thing, PyGetSet):
        return text_value(f"{thing.owner.name}.{thing.name}")
    if isinstance(thing, PyMember):
        return text_value(f"{thing.owner.qualified_name}.{thing.name}")
    raise attribute_error(value, "__qualname__")


def set_function_name(session: Session, value: Value, name: Value) -> None:
    thing = as_py_object(value)
    if as_str(name) is None:
        raise type_error("__name__ must be set to a string object")
    if isinstance(thing, PyFunction):
        thing.name = required_text(name, "__name__")
    elif isinstance(thing, PyGenerator):
        thing.name = required_text(name, "__name__")
    else:
        raise read_only(value, "__name__")


def read_only(value: Value, name: str) -> Raised:
    """An attribute that built-in functions have for good."""
    return error(types.ATTRIBUTE_ERROR, f"attribute '{name}' of '{type_of(value).name}' objects is not writable")


def set_function_qualified_name(session: Session, value: Value, name: Value) -> None:
    thing = as_py_object(value)
    if as_str(name) is None:
        raise type_error("__qualname__ must be set to a string object")
    if isinstance(thing, PyFunction):
        thing.qualified_name = required_text(name, "__qualname__")
    elif isinstance(thing, PyGenerator):
        thing.qualified_name = required_text(name, "__qualname__")
    else:
        raise read_only(value, "__qualname__")


def get_function_module(session: Session, value: Value) -> Value:
    function = the_function(value)
    if not function.module.same(Value.UNDEFINED):
        return function.module
    found = function.namespace.get_named("__name__")
    return NONE if found.same(Value.UNDEFINED) else found


def set_function_module(session: Session, value: Value, name: Value) -> None:
    the_function(value).module = name


def get_defaults(session: Session, value: Value) -> Value:
    defaults = the_function(value).defaults
    return Value.of_object(PyTuple(defaults)) if len(defaults) > 0 else NONE


def set_defaults(session: Session, value: Value, given: Value) -> None:
    several = as_tuple(given)
    the_function(value).defaults = several.items if several is not None else NO_VALUES


def get_keyword_defaults(session: Session, value: Value) -> Value:
    function = the_function(value)
    pairs = PyDict()
    for k in range(len(function.keyword_defaults)):
        if not function.keyword_defaults[k].same(Value.UNDEFINED):
            name = function.code.variables[function.code.positional + k]
            pairs.set(session, text_value(name), function.keyword_defaults[k])
    return Value.of_object(pairs) if pairs.count > 0 else NONE


def set_keyword_defaults(session: Session, value: Value, given: Value) -> None:
    function, pairs = the_function(value), as_dict(given)
    if pairs is None and not given.same(NONE):
        raise type_error("__kwdefaults__ must be set to a dict object")
    defaults: Array[Value] = Array(function.code.keyword_only, Value.UNDEFINED)
    if pairs is not None:
        for k in range(len(defaults)):
            defaults[k] = pairs.get(session, text_value(function.code.variables[function.code.positional + k]))
    function.keyword_defaults = defaults


def get_code(session: Session, value: Value) -> Value:
    return code_object(the_function(value).code)


def set_code(session: Session, value: Value, given: Value) -> None:
    """`function.__code__ = code`: only its own, which `code.replace` gives."""
    if not given.same(get_code(session, value)):
        raise not_there("a function with another code")


def get_globals(session: Session, value: Value) -> Value:
    return Value.of_object(NamespaceDict(the_function(value).namespace))


def get_closure(session: Session, value: Value) -> Value:
    captured = the_function(value).captured
    return tuple_of(list(captured)) if len(captured) > 0 else NONE


def get_function_annotations(session: Session, value: Value) -> Value:
    function = the_function(value)
    if function.annotations.same(Value.UNDEFINED):
        function.annotations = Value.of_object(PyDict())
    return function.annotations


def set_function_annotations(session: Session, value: Value, given: Value) -> None:
    the_function(value).annotations = given


def function_repr(session: Session, stack: VMStack, first: int, count: int) -> Value:
    thing = as_py_object(stack[first])
    if isinstance(thing, PyFunction):
        return text_value(f"<function {thing.qualified_name} at {address(session, stack[first])}>")
    if isinstance(thing, PyGenerator):
        return text_value(
            f"<{type_of(stack[first]).name} object {thing.qualified_name} at {address(session, stack[first])}>"
        )
    if isinstance(thing, PyBuiltin):
        if thing.owner is not None:
            return text_value(f"<method '{thing.name}' of '{thing.owner.name}' objects>")
        return text_value(f"<built-in function {thing.name}>")
    if isinstance(thing, PyMethod):
        builtin = as_py_object(thing.function)
        if isinstance(builtin, PyBuiltin):
            kind = type_of(thing.receiver).name
            return text_value(
                f"<built-in method {builtin.name} of {kind} object at {address(session, thing.receiver)}>"
            )
        name = required_text(session.get_attribute(session, thing.function, "__qualname__"), "name")
        return text_value(f"<bound method {name} of {repr_text(session, thing.receiver)}>")
    if isinstance(thing, PyModule):
        shown = repr_text(session, thing.namespace.get_named("__name__"))
        file = thing.namespace.get_named("__file__")
        if file.same(Value.UNDEFINED):
            return text_value(f"<module {shown} (built-in)>")
        return text_value(f"<module {shown} from {repr_text(session, file)}>")
    if isinstance(thing, PyGetSet):
        return text_value(f"<attribute '{thing.name}' of '{thing.owner.name}' objects>")
    if isinstance(thing, PyMember):
        return text_value(f"<member '{thing.name}' of '{thing.owner.name}' objects>")
    if isinstance(thing, PySuper):
        return text_value(f"<super: {type_repr(thing.start)}, <{thing.searched.name} object>>")
    return text_value("NotImplemented")


def function_get(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`function.__get__(instance, owner)`"""
    if stack[first + 1].same(NONE):
        return stack[first]
    return Value.of_object(PyMethod(stack[first], stack[first + 1]))


def call_function_object(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`function.__call__(...)`"""
    names, values = split_keywords(as_dict(stack[first + count]))
    return call_named(session, stack[first], [*[stack[first + k] for k in range(1, count)], *values], names)


def new_method(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`types.MethodType(function, instance)`"""
    if not is_callable(stack[first + 1]):
        raise type_error("first argument must be callable")
    if stack[first + 2].same(NONE):
        raise type_error("instance must not be None")
    return Value.of_object(PyMethod(stack[first + 1], stack[first + 2]))


def method_function(session: Session, value: Value) -> Value:
    thing = as_py_object(value)
    assert isinstance(thing, PyMethod)
    return thing.function


def method_receiver(session: Session, value: Value) -> Value:
    thing = as_py_object(value)
    assert isinstance(thing, PyMethod)
    return thing.receiver


def builtin_self(session: Session, value: Value) -> Value:
    """`function.__self__` of a built-in function: the module that has it, or the type that it constructs."""
    thing = as_py_object(value)
    assert isinstance(thing, PyBuiltin)
    constructed = thing.constructs
    return session.modules.get_named(thing.module) if constructed is None else Value.of_object(constructed)


def builtin_module(session: Session, value: Value) -> Value:
    """`function.__module__` of a built-in function."""
    thing = as_py_object(value)
    assert isinstance(thing, PyBuiltin)
    return text_value(thing.module) if thing.constructs is None else NONE


def member_owner(session: Session, value: Value) -> Value:
    """`__objclass__` of what stands in a class: that class."""
    thing = as_py_object(value)
    if isinstance(thing, PyBuiltin) and thing.owner is not None:
        return Value.of_object(thing.owner)
    if isinstance(thing, PyGetSet):
        return Value.of_object(thing.owner)
    assert isinstance(thing, PyMember)
    return Value.of_object(thing.owner)


def reduced_function(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`function.__reduce__()`: a built-in function is found by its name, a method with its object."""
    thing = as_py_object(stack[first])
    attribute = session.builtins.get_named("getattr")
    if isinstance(thing, PyBuiltin):
        if thing.owner is None:
            return text_value(thing.name)
        return pair(attribute, pair(Value.of_object(thing.owner), text_value(thing.name)))
    assert isinstance(thing, PyMethod)
    name = session.get_attribute(session, thing.function, "__name__")
    return pair(attribute, pair(thing.receiver, name))


def set_member(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`descriptor.__set__(instance, value)` of an attribute that a built-in type or `__slots__` names."""
    thing = as_py_object(stack[first])
    check_owner(session, stack[first], type_of(stack[first + 1]))
    if isinstance(thing, PyGetSet):
        setter = thing.setter
        if setter is None:
            raise read_only(stack[first + 1], thing.name)
        setter(session, stack[first + 1], stack[first + 2])
        return NONE
    target = as_py_object(stack[first + 1])
    attributes = target.attributes() if target is not None else None
    assert isinstance(thing, PyMember) and attributes is not None
    attributes.set_named(thing.name, stack[first + 2])
    return NONE


def delete_member(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`descriptor.__delete__(instance)`"""
    thing = as_py_object(stack[first])
    check_owner(session, stack[first], type_of(stack[first + 1]))
    if isinstance(thing, PyGetSet):
        raise undeletable(thing)
    target = as_py_object(stack[first + 1])
    attributes = target.attributes() if target is not None else None
    assert isinstance(thing, PyMember)
    if attributes is None or not attributes.delete_named(thing.name):
        raise error(types.ATTRIBUTE_ERROR, thing.name)
    return NONE


def check_owner(session: Session, descriptor: Value, kind: PyType) -> None:
    """Raises TypeError for an object that is not of the descriptor's class."""
    owner = as_type(member_owner(session, descriptor))
    if owner is not None and not kind.derives_from(owner):
        name = required_text(name_of(session, descriptor), "__name__")
        raise type_error(f"descriptor '{name}' for '{owner.name}' objects doesn't apply to a '{kind.name}' object")


def get_member(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`descriptor.__get__(instance, owner)`; only for objects of its class."""
    receiver = stack[first + 1]
    if receiver.same(NONE):
        return stack[first]
    kind = type_of(receiver)
    check_owner(session, stack[first], kind)
    return bind(session, stack[first], receiver, kind)


def delete_property(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`property.__delete__(instance)`"""
    thing = as_py_object(stack[first])
    assert isinstance(thing, PyProperty)
    if thing.deleter.same(NONE):
        raise property_error(thing, stack[first + 1], "deleter")
    call(session, thing.deleter, [stack[first + 1]])
    return NONE


def is_abstract(session: Session, value: Value) -> Value:
    """`__isabstractmethod__` of what wraps functions: what one of them says."""
    thing = as_py_object(value)
    if isinstance(thing, PyProperty):
        for part in (thing.getter, thing.setter, thing.deleter):
            if is_marked_abstract(session, part):
                return Value.TRUE
        return Value.FALSE
    return Value.of_bool(is_marked_abstract(session, wrapped_function(session, value)))


def is_marked_abstract(session: Session, function: Value) -> bool:
    """Whether `@abstractmethod` stands before it."""
    found = session.find_attribute(session, function, "__isabstractmethod__")
    return not found.same(Value.UNDEFINED) and truth(session, found)


def method_eq(session: Session, stack: VMStack, first: int, count: int) -> Value:
    left, right = as_py_object(stack[first]), as_py_object(stack[first + 1])
    if isinstance(left, PyMethod) and isinstance(right, PyMethod):
        same = left.function.same(right.function) and left.receiver.same(right.receiver)
        return Value.of_bool(same)
    return NOT_IMPLEMENTED


def method_hash(session: Session, stack: VMStack, first: int, count: int) -> Value:
    thing = as_py_object(stack[first])
    assert isinstance(thing, PyMethod)
    return Value.of_int(identity_of(thing.function) >> 4 ^ identity_of(thing.receiver))


# --- property, staticmethod, classmethod ---


def descriptor_get(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`descriptor.__get__(instance, owner)`"""
    receiver = stack[first + 1]
    owner = as_type(stack[first + 2])
    kind = owner if owner is not None else type_of(receiver)
    return bind(session, stack[first], Value.UNDEFINED if receiver.same(NONE) else receiver, kind)


def descriptor_set(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`property.__set__(instance, value)`"""
    thing = as_py_object(stack[first])
    assert isinstance(thing, PyProperty)
    if thing.setter.same(NONE):
        raise property_error(thing, stack[first + 1], "setter")
    call(session, thing.setter, [stack[first + 1], stack[first + 2]])
    return NONE


def wrapped_function(session: Session, value: Value) -> Value:
    """`__func__` of static and class methods."""
    thing = as_py_object(value)
    if isinstance(thing, PyStaticMethod):
        return thing.function
    assert isinstance(thing, PyClassMethod)
    return thing.function


def wrapper_repr(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`repr` of static and class methods."""
    kind = type_of(stack[first])
    return text_value(f"<{kind.name}({repr_text(session, wrapped_function(session, stack[first]))})>")


def cell_contents(session: Session, value: Value) -> Value:
    thing = as_py_object(value)
    assert isinstance(thing, Cell)
    if thing.value.same(Value.UNDEFINED):
        raise error(types.VALUE_ERROR, "Cell is empty")
    return thing.value


# --- tables ---


def property_changed(number: int) -> Native:
    """`property.getter` and so on: a copy with another function, the one of this number."""
    return lambda session, stack, first, count: copied_property(session, stack[first], number, stack[first + 1])


def copied_property(session: Session, value: Value, number: int, function: Value) -> Value:
    """A property with one function exchanged, made by its class. What the old getter said of it, the new one says."""
    thing = as_py_object(value)
    assert isinstance(thing, PyProperty)
    parts = [thing.getter, thing.setter, thing.deleter, thing.documentation]
    if not function.same(NONE):
        parts[number] = function
    if thing.is_documented_by_getter and not parts[0].same(NONE):
        parts[3] = NONE
    result = call(session, Value.of_object(type_of(value)), parts)
    made = as_py_object(result)
    if isinstance(made, PyProperty):
        made.name = thing.name
    return result


def property_name(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`property.__set_name__`"""
    thing = as_py_object(stack[first])
    assert isinstance(thing, PyProperty)
    thing.name = stack[first + 2]
    return NONE


def property_part(number: int) -> Callable[[Session, Value], Value]:
    """`fget`, `fset` and `fdel`."""
    return lambda session, value: part_of_property(value, number)


def part_of_property(value: Value, number: int) -> Value:
    """One function of a property."""
    thing = as_py_object(value)
    assert isinstance(thing, PyProperty)
    return thing.getter if number == 0 else thing.setter if number == 1 else thing.deleter


MEMBERS: list[PyType] = [types.GETSET_DESCRIPTOR, types.MEMBER_DESCRIPTOR]
WRAPPERS: list[PyType] = [types.PROPERTY, types.STATIC_METHOD, types.CLASS_METHOD]
CALLED: list[PyType] = [types.FUNCTION, types.BUILTIN, types.METHOD, types.METHOD_DESCRIPTOR]
SHOWN: list[PyType] = [
    *CALLED,
    types.GENERATOR,
    types.COROUTINE,
    types.ASYNC_GENERATOR,
    *MEMBERS,
    types.MODULE,
    types.SUPER,
    types.NOT_IMPLEMENTED_TYPE,
]
METHODS: list[PyBuiltin] = [
    *[PyBuiltin("__repr__", function_repr, 1, 1, kind) for kind in SHOWN],
    *[PyBuiltin("__call__", call_function_object, 1, MANY_ARGUMENTS, kind, takes_any=True) for kind in CALLED],
    PyBuiltin("__get__", function_get, 2, 3, types.FUNCTION),
    PyBuiltin("__get__", function_get, 2, 3, types.METHOD_DESCRIPTOR),
    PyBuiltin("__get__", descriptor_get, 2, 3, types.PROPERTY),
    PyBuiltin("__set__", descriptor_set, 3, 3, types.PROPERTY),
    PyBuiltin("__delete__", delete_property, 2, 2, types.PROPERTY),
    *[PyBuiltin("__get__", get_member, 2, 3, kind) for kind in MEMBERS],
    *[PyBuiltin("__set__", set_member, 3, 3, kind) for kind in MEMBERS],
    *[PyBuiltin("__delete__", delete_member, 2, 2, kind) for kind in MEMBERS],
    *[PyBuiltin("__reduce__", reduced_function, 1, 1, kind) for kind in CALLED if kind is not types.FUNCTION],
    PyBuiltin("__get__", descriptor_get, 2, 3, types.STATIC_METHOD),
    PyBuiltin("__repr__", wrapper_repr, 1, 1, types.STATIC_METHOD),
    PyBuiltin("__repr__", wrapper_repr, 1, 1, types.CLASS_METHOD),
    PyBuiltin("__get__", descriptor_get, 2, 3, types.CLASS_METHOD),
    PyBuiltin("__eq__", method_eq, 2, 2, types.METHOD),
    PyBuiltin("__hash__", method_hash, 1, 1, types.METHOD),
    PyBuiltin("getter", property_changed(0), 2, 2, types.PROPERTY),
    PyBuiltin("setter", property_changed(1), 2, 2, types.PROPERTY),
    PyBuiltin("deleter", property_changed(2), 2, 2, types.PROPERTY),
    PyBuiltin("__set_name__", property_name, 3, 3, types.PROPERTY),
]
NAMED: list[PyType] = [
    types.FUNCTION,
    types.BUILTIN,
    types.METHOD_DESCRIPTOR,
    types.GENERATOR,
    types.COROUTINE,
    types.ASYNC_GENERATOR,
    *MEMBERS,
]
CONSTRUCTOR: PyBuiltin = PyBuiltin("__new__", new_method, 3, 3)
"""Of methods."""
ATTRIBUTES: list[PyGetSet] = [
    *[PyGetSet("__name__", kind, name_of, set_function_name) for kind in NAMED],
    *[PyGetSet("__qualname__", kind, qualified_name_of, set_function_qualified_name) for kind in NAMED],
    PyGetSet("__module__", types.FUNCTION, get_function_module, set_function_module),
    PyGetSet("__defaults__", types.FUNCTION, get_defaults, set_defaults),
    PyGetSet("__kwdefaults__", types.FUNCTION, get_keyword_defaults, set_keyword_defaults),
    PyGetSet("__code__", types.FUNCTION, get_code, set_code),
    PyGetSet("__globals__", types.FUNCTION, get_globals, None),
    PyGetSet("__closure__", types.FUNCTION, get_closure, None),
    PyGetSet("__annotations__", types.FUNCTION, get_function_annotations, set_function_annotations),
    PyGetSet("__func__", types.METHOD, method_function, None),
    PyGetSet("__self__", types.METHOD, method_receiver, None),
    PyGetSet("__self__", types.BUILTIN, builtin_self, None),
    PyGetSet("__module__", types.BUILTIN, builtin_module, None),
    *[PyGetSet("__objclass__", kind, member_owner, None) for kind in [types.METHOD_DESCRIPTOR, *MEMBERS]],
    *[PyGetSet("__isabstractmethod__", kind, is_abstract, None) for kind in WRAPPERS],
    PyGetSet("__func__", types.STATIC_METHOD, wrapped_function, None),
    PyGetSet("__func__", types.CLASS_METHOD, wrapped_function, None),
    PyGetSet("__wrapped__", types.STATIC_METHOD, wrapped_function, None),
    PyGetSet("__wrapped__", types.CLASS_METHOD, wrapped_function, None),
    PyGetSet("fget", types.PROPERTY, property_part(0), None),
    PyGetSet("fset", types.PROPERTY, property_part(1), None),
    PyGetSet("fdel", types.PROPERTY, property_part(2), None),
    PyGetSet("cell_contents", types.CELL, cell_contents, None),
]
