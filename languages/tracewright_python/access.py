"""Reading, writing and deleting attributes, in the order that the language demands: data descriptors of the class, the object's own
attributes, other members of the class, `__getattr__`.

The functions `begin_...` are for the interpreter's loop. They either finish, with the result in the slot `newbase`, and give 0; or they
prepare a frame at `newbase` for a function of the program, which lies in its CALLEE slot, and give the number of arguments.
"""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside, elidable, promote
from tracewright_python import builtin_types as types
from tracewright_python.attribute_sites import AttributeSite, Found, is_data_descriptor, overrides
from tracewright_python.bytecode import AFTER, CALLEE, FIRST
from tracewright_python.calls import call
from tracewright_python.errors import Raised
from tracewright_python.exceptions import as_exception, error, type_error
from tracewright_python.functions import (
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
    as_function,
)
from tracewright_python.namespaces import GlobalCell, Namespace
from tracewright_python.objects import (
    TYPE,
    PyInstance,
    PyObject,
    PyType,
    as_py_object,
    find_member,
    lookup,
    member_value,
    special,
)
from tracewright_python.session import Session
from tracewright_python.special_names import Special
from tracewright_python.texts import PyStr, text_value
from tracewright_python.values import NONE, type_name, type_of


def own_attribute(value: Value, site: AttributeSite) -> Value:
    """An attribute that stands in the object itself, or UNDEFINED where more must be asked."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyInstance):
            entry = site.entry(thing.shape)
            if entry.found == Found.OWN:
                return thing.item(entry.index)
    return Value.UNDEFINED


def instance_of(thing: object) -> PyInstance | None:
    """What holds the attributes of an object of a class of the program; None for other objects."""
    if isinstance(thing, PyInstance):
        return thing
    if isinstance(thing, PyObject) and not thing.type_of().is_builtin and not isinstance(thing, PyType):
        return thing.attributes()
    return None


def begin_get(session: Session, stack: VMStack, newbase: int, value: Value, site: AttributeSite) -> int:
    """`value.name`"""
    if value.is_object():
        thing = value.as_object()
        instance = instance_of(thing)
        if instance is not None:
            if not promote(instance.shape).is_table:
                entry = site.entry(instance.shape)
                if entry.found == Found.OWN:
                    stack[newbase] = instance.item(entry.index)
                    return 0
                if entry.found == Found.MEMBER:
                    return begin_bind(session, stack, newbase, member_value(entry.member), value, site)
                if entry.found == Found.ABSENT:
                    method = as_function(special(type_of(value), Special.GETATTR))
                    if method is not None:
                        stack[newbase + CALLEE] = Value.of_object(method)
                        stack[newbase + FIRST] = value
                        stack[newbase + FIRST + 1] = Value.of_object(site.key)
                        return 2
        elif isinstance(thing, PyModule):
            if promote(thing).kind is types.MODULE:
                found = module_cell(promote(thing).namespace, site.name).read_own()
                if not found.same(Value.UNDEFINED):
                    stack[newbase] = found
                    return 0
        elif isinstance(thing, PyType):
            stack[newbase] = type_attribute(session, promote(thing), site.name)
            return 0
        elif isinstance(thing, PySuper):
            found = find_after(promote(thing.searched), promote(thing.start), thing.searched.family.version, site.name)
            if not found.same(Value.UNDEFINED):
                stack[newbase] = bind_super(session, member_value(found), thing)
                return 0
    kind = type_of(value)
    if kind.is_builtin and not overrides(kind, kind.family.version, Special.GETATTRIBUTE):
        own = lookup(kind, site.name)
        if own.is_object():
            member = own.as_object()
            if isinstance(member, PyGetSet):
                stack[newbase] = member.getter(session, value)
                return 0
    stack[newbase] = load_attribute(session, value, site.name)
    return 0


def begin_bind(
    session: Session, stack: VMStack, newbase: int, member: Value, receiver: Value, site: AttributeSite
) -> int:
    """What a member of the class gives for an object."""
    if member.is_object():
        thing = member.as_object()
        if isinstance(thing, PyFunction):
            stack[newbase] = Value.of_object(PyMethod(member, receiver))
            return 0
        if isinstance(thing, PyProperty) and type_of(member).is_builtin:
            getter = as_function(thing.getter)
            if getter is not None and special(type_of(receiver), Special.GETATTR).same(Value.UNDEFINED):
                stack[newbase + CALLEE] = thing.getter
                stack[newbase + FIRST] = receiver
                return 1
            caller = special(type_of(thing.getter), Special.CALL)
            if as_function(caller) is not None and special(type_of(receiver), Special.GETATTR).same(Value.UNDEFINED):
                stack[newbase + CALLEE] = caller
                stack[newbase + FIRST] = thing.getter
                stack[newbase + FIRST + 1] = receiver
                return 2
        elif isinstance(thing, PyGetSet) and special(type_of(receiver), Special.GETATTR).same(Value.UNDEFINED):
            stack[newbase] = thing.getter(session, receiver)
            return 0
        elif isinstance(thing, PyInstance):
            method = special(thing.type_of(), Special.GET)
            if method.same(Value.UNDEFINED):
                stack[newbase] = member
                return 0
            if as_function(method) is not None and special(type_of(receiver), Special.GETATTR).same(Value.UNDEFINED):
                stack[newbase + CALLEE] = method
                stack[newbase + FIRST] = member
                stack[newbase + FIRST + 1] = receiver
                stack[newbase + FIRST + 2] = Value.of_object(type_of(receiver))
                return 3
        stack[newbase] = load_attribute(session, receiver, site.name)
        return 0
    stack[newbase] = member
    return 0


@elidable
def module_cell(namespace: Namespace, name: str) -> GlobalCell:
    """The variable of a module."""
    return namespace.cell(name)


@elidable
def find_after(searched: PyType, start: PyType, version: int, name: str) -> Value:
    """The member of a class as found behind one of its bases, or UNDEFINED."""
    found = False
    for base in searched.mro:
        if found:
            member = base.family.members.get(name, Value.UNDEFINED)
            if not member.same(Value.UNDEFINED):
                return member
        elif base is start:
            found = True
    return Value.UNDEFINED


def begin_method(session: Session, stack: VMStack, block: int, value: Value, site: AttributeSite) -> None:
    """Prepare a block for `value.name(...)`: the function and its first argument, or what the attribute is."""
    method = Value.UNDEFINED
    if value.is_object():
        thing = value.as_object()
        instance = instance_of(thing)
        if instance is not None:
            if not promote(instance.shape).is_table:
                entry = site.entry(instance.shape)
                if entry.found == Found.MEMBER:
                    method = member_value(entry.member)
                elif entry.found == Found.OWN:
                    stack[block + AFTER] = Value.UNDEFINED
                    stack[block + FIRST] = instance.item(entry.index)
                    return
        elif isinstance(thing, PySuper):
            found = find_after(promote(thing.searched), promote(thing.start), thing.searched.family.version, site.name)
            method = member_value(found)
            value = thing.receiver
            if not is_method(method) or isinstance(as_py_object(value), PyType):
                stack[block + AFTER] = Value.UNDEFINED
                stack[block + FIRST] = load_attribute(session, Value.of_object(thing), site.name)
                return
        elif not isinstance(thing, (PyModule, PyType)):
            kind = thing_type(thing)
            if kind.is_builtin:
                method = lookup(kind, site.name)
    else:  # a small int, a float, a constant
        method = lookup(type_of(value), site.name)
    if is_method(method):
        stack[block + AFTER] = method
        stack[block + FIRST] = value
        return
    stack[block + AFTER] = Value.UNDEFINED
    stack[block + FIRST] = get_attribute(session, value, site)


def is_method(member: Value) -> bool:
    """Whether a member of a class gets the object as its first argument, and no descriptor is asked."""
    if member.is_object():
        thing = member.as_object()
        return isinstance(thing, PyFunction) or (isinstance(thing, PyBuiltin) and thing.owner is not None)
    return False


def thing_type(thing: object) -> PyType:
    """The class of an object of the engine."""
    assert isinstance(thing, PyObject)
    return thing.type_of()


def get_attribute(session: Session, value: Value, site: AttributeSite) -> Value:
    """`value.name`, which nests the loop where the program is asked."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyModule):
            if promote(thing).kind is types.MODULE:
                found = module_cell(promote(thing).namespace, site.name).read_own()
                if not found.same(Value.UNDEFINED):
                    return found
        elif isinstance(thing, PyType):
            return type_attribute(session, promote(thing), site.name)
    return load_attribute(session, value, site.name)


def type_attribute(session: Session, kind: PyType, name: str) -> Value:
    """`kind.name` of a class."""
    metaclass = kind.type_of()
    if metaclass.is_builtin:
        found = lookup(kind, name)
        if found.is_object() and not is_type_name(name):
            thing = found.as_object()
            if isinstance(thing, (PyFunction, PyBuiltin)):
                return found
            if isinstance(thing, PyStaticMethod):
                return thing.function
            if isinstance(thing, PyClassMethod):
                return bound_to_class(session, thing.function, kind)
            if isinstance(thing, PyInstance) and special(thing.type_of(), Special.GET).same(Value.UNDEFINED):
                return found
        elif not found.same(Value.UNDEFINED) and not is_type_name(name):
            return found
    return load_attribute(session, Value.of_object(kind), name)


@elidable
def is_type_name(name: str) -> bool:
    """Whether it is a data descriptor of `type`."""
    return is_data_descriptor(find_member(TYPE, TYPE.family.version, name))


# --- everything, by name ---


@dont_look_inside
def load_attribute(session: Session, value: Value, name: str) -> Value:
    """`value.name` in full. Raises AttributeError."""
    found = find_attribute(session, value, name)
    if found.same(Value.UNDEFINED):
        raise attribute_error(value, name)
    return found


@dont_look_inside
def find_attribute(session: Session, value: Value, name: str) -> Value:
    """`value.name`, or UNDEFINED where nobody has it."""
    kind = type_of(value)
    asked = special(kind, Special.GETATTRIBUTE)
    fallback = special(kind, Special.GETATTR)
    try:
        if as_function(asked) is not None:
            return call(session, asked, [value, text_value(name)])
        found = find_by_default(session, value, name)
    except Raised as raised:
        if fallback.same(Value.UNDEFINED) or not is_attribute_error(raised):
            raise
        found = Value.UNDEFINED
    if not found.same(Value.UNDEFINED):
        return found
    if not fallback.same(Value.UNDEFINED):
        return call(session, fallback, [value, text_value(name)])
    thing = as_py_object(value)
    if isinstance(thing, PyModule):
        if name == "__spec__":
            return session.module_spec(session, value)
        fallback = thing.namespace.get_named("__getattr__")
        if not fallback.same(Value.UNDEFINED):
            return call(session, fallback, [text_value(name)])
    return Value.UNDEFINED


@dont_look_inside
def attribute_if_any(session: Session, value: Value, name: str) -> Value:
    """`value.name`, or UNDEFINED where nobody has it or it is refused by an AttributeError."""
    try:
        return find_attribute(session, value, name)
    except Raised as raised:
        if not is_attribute_error(raised):
            raise
        return Value.UNDEFINED


def is_attribute_error(raised: Raised) -> bool:
    """Whether an AttributeError is on its way."""
    exception = as_exception(raised.value)
    return exception is not None and exception.type_of().derives_from(types.ATTRIBUTE_ERROR)


@dont_look_inside
def find_by_default(session: Session, value: Value, name: str) -> Value:
    """What `object.__getattribute__` finds, or UNDEFINED."""
    kind = type_of(value)
    member = lookup(kind, name)
    if is_data_descriptor(member):
        return bind(session, member, value, kind)
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyType):
            own = lookup(thing, name)
            if not own.same(Value.UNDEFINED):
                return bind(session, own, Value.UNDEFINED, thing)
        elif isinstance(thing, PyModule):
            own = thing.namespace.get_named(name)
            if not own.same(Value.UNDEFINED):
                return own
        elif isinstance(thing, PySuper):
            own = member_value(find_after(thing.searched, thing.start, thing.searched.family.version, name))
            if not own.same(Value.UNDEFINED):
                return bind_super(session, own, thing)
        else:
            attributes = thing.attributes() if isinstance(thing, PyObject) else None
            if attributes is not None:
                own = attributes.get_named(name)
                if not own.same(Value.UNDEFINED):
                    return own
            if isinstance(thing, PyMethod) and member.same(Value.UNDEFINED):
                return find_attribute(session, thing.function, name)
    if not member.same(Value.UNDEFINED):
        return bind(session, member, value, kind)
    return Value.UNDEFINED


def bind_super(session: Session, member: Value, found_by: PySuper) -> Value:
    """What a member gives that `super` has found."""
    receiver = found_by.receiver
    kind = as_py_object(receiver)
    if isinstance(kind, PyType):
        is_class_method = found_by.searched is kind
        return bind(session, member, Value.UNDEFINED if is_class_method else receiver, found_by.searched)
    return bind(session, member, receiver, found_by.searched)


def bind(session: Session, member: Value, receiver: Value, kind: PyType) -> Value:
    """What a member of a class gives for an object of it, or (receiver UNDEFINED) for the class itself."""
    if not member.is_object():
        return member
    thing = member.as_object()
    for_class = receiver.same(Value.UNDEFINED)
    if isinstance(thing, PyFunction) or isinstance(thing, PyBuiltin):
        if for_class or (isinstance(thing, PyBuiltin) and thing.owner is None):
            return member
        return Value.of_object(PyMethod(member, receiver))
    if isinstance(thing, PyStaticMethod):
        return thing.function
    if isinstance(thing, PyClassMethod):
        return bound_to_class(session, thing.function, kind)
    if isinstance(thing, PyProperty):
        if for_class:
            return member
        if thing.getter.same(NONE):
            raise property_error(thing, receiver, "getter")
        return call(session, thing.getter, [receiver])
    if isinstance(thing, PyGetSet):
        return member if for_class else thing.getter(session, receiver)
    if isinstance(thing, PyMember):
        return member if for_class else read_slot(thing, receiver)
    method = special(type_of(member), Special.GET)
    if method.same(Value.UNDEFINED):
        return member
    return call(session, method, [member, NONE if for_class else receiver, Value.of_object(kind)])


def bound_to_class(session: Session, function: Value, kind: PyType) -> Value:
    """What a class method gives: its function with the class, or what another descriptor gives for the class."""
    if as_function(function) is None and not special(type_of(function), Special.GET).same(Value.UNDEFINED):
        return bind(session, function, Value.of_object(kind), kind.type_of())
    return Value.of_object(PyMethod(function, Value.of_object(kind)))


def property_error(thing: PyProperty, receiver: Value, what: str) -> Raised:
    """A property cannot do this."""
    name = ""
    if thing.name.is_object():
        text = thing.name.as_object()
        if isinstance(text, PyStr):
            name = f" '{text.text()}'"
    return error(types.ATTRIBUTE_ERROR, f"property{name} of '{type_of(receiver).qualified_name}' object has no {what}")


def read_slot(member: PyMember, receiver: Value) -> Value:
    """The value of an attribute named in `__slots__`. Raises AttributeError where it has none."""
    thing = as_py_object(receiver)
    attributes = thing.attributes() if thing is not None else None
    value = attributes.get_named(member.name) if attributes is not None else Value.UNDEFINED
    if value.same(Value.UNDEFINED):
        raise attribute_error(receiver, member.name)
    return value


@dont_look_inside
def attribute_error(value: Value, name: str) -> Raised:
    """Nobody has the attribute."""
    raised = _no_attribute(value, name)
    exception = as_exception(raised.value)
    assert exception is not None
    exception.set_named("name", text_value(name))
    exception.set_named("obj", value)
    return raised


def _no_attribute(value: Value, name: str) -> Raised:
    thing = as_py_object(value)
    if isinstance(thing, PyType):
        return error(types.ATTRIBUTE_ERROR, f"type object '{thing.name}' has no attribute '{name}'")
    if isinstance(thing, PyModule):
        own = thing.namespace.get_named("__name__")
        known = as_py_object(own)
        shown = known.text() if isinstance(known, PyStr) else "?"
        return error(types.ATTRIBUTE_ERROR, f"module '{shown}' has no attribute '{name}'")
    if isinstance(thing, PySuper):
        return error(types.ATTRIBUTE_ERROR, f"'super' object has no attribute '{name}'")
    return error(types.ATTRIBUTE_ERROR, f"'{type_name(value)}' object has no attribute '{name}'")


# --- writing ---


def begin_set(session: Session, stack: VMStack, newbase: int, target: Value, site: AttributeSite, value: Value) -> int:
    """`target.name = value`"""
    if target.is_object():
        thing = target.as_object()
        instance = instance_of(thing)
        if instance is not None:
            entry = site.entry(instance.shape)
            if entry.found == Found.OWN:
                instance.put(entry.index, value)
                return 0
            if entry.found == Found.ABSENT:
                instance.add_last(site.name, value, entry.larger)
                return 0
            if entry.found == Found.MEMBER:
                member = member_value(entry.member)
                found = as_py_object(member)
                if (
                    isinstance(found, PyProperty)
                    and type_of(member).is_builtin
                    and as_function(found.setter) is not None
                ):
                    stack[newbase + CALLEE] = found.setter
                    stack[newbase + FIRST] = target
                    stack[newbase + FIRST + 1] = value
                    return 2
                if isinstance(found, PyMember):
                    instance.set_named(site.name, value)
                    return 0
                method = special(type_of(member), Special.SET)
                if as_function(method) is not None:
                    stack[newbase + CALLEE] = method
                    stack[newbase + FIRST] = member
                    stack[newbase + FIRST + 1] = target
                    stack[newbase + FIRST + 2] = value
                    return 3
            if entry.found == Found.CUSTOM:
                method = special(type_of(target), Special.SETATTR)
                if as_function(method) is not None:
                    stack[newbase + CALLEE] = method
                    stack[newbase + FIRST] = target
                    stack[newbase + FIRST + 1] = Value.of_object(site.key)
                    stack[newbase + FIRST + 2] = value
                    return 3
    store_attribute(session, target, site.name, value)
    return 0


@dont_look_inside
def store_attribute(session: Session, target: Value, name: str, value: Value) -> None:
    """`target.name = value`"""
    method = special(type_of(target), Special.SETATTR)
    if as_function(method) is not None:
        call(session, method, [target, text_value(name), value])
    else:
        store_by_default(session, target, name, value)


@dont_look_inside
def store_by_default(session: Session, target: Value, name: str, value: Value) -> None:
    """What `object.__setattr__` does. Raises AttributeError, TypeError."""
    kind = type_of(target)
    member = lookup(kind, name)
    if is_data_descriptor(member):
        found = as_py_object(member)
        if isinstance(found, PyProperty):
            if found.setter.same(NONE):
                raise property_error(found, target, "setter")
            call(session, found.setter, [target, value])
            return
        if isinstance(found, PyGetSet):
            setter = found.setter
            if setter is None:
                raise error(
                    types.ATTRIBUTE_ERROR, f"attribute '{name}' of '{found.owner.name}' objects is not writable"
                )
            setter(session, target, value)
            return
        if not isinstance(found, PyMember):
            method = special(type_of(member), Special.SET)
            if method.same(Value.UNDEFINED):
                raise error(types.ATTRIBUTE_ERROR, "__set__")
            call(session, method, [member, target, value])
            return
    thing = as_py_object(target)
    if isinstance(thing, PyType):
        if thing.is_builtin:
            raise type_error(f"cannot set '{name}' attribute of immutable type '{thing.name}'")
        function = as_function(value)
        is_static = function is not None and function.code.is_never_bound
        thing.set_member(name, Value.of_object(PyStaticMethod(value)) if is_static else value)
        return
    if isinstance(thing, PyModule):
        thing.namespace.set_named(name, value)
        return
    attributes = thing.attributes() if thing is not None else None
    if attributes is None or (not kind.has_dictionary and member.same(Value.UNDEFINED)):
        if not member.same(Value.UNDEFINED):
            raise error(types.ATTRIBUTE_ERROR, f"'{kind.name}' object attribute '{name}' is read-only")
        raise attribute_error(target, name)
    if not kind.has_dictionary and not isinstance(as_py_object(member), PyMember):
        raise error(types.ATTRIBUTE_ERROR, f"'{kind.name}' object attribute '{name}' is read-only")
    attributes.set_named(name, value)


GONE_IS_NONE: list[str] = ["__defaults__", "__kwdefaults__", "__doc__"]
"""Attributes of built-in objects that are None after they were deleted."""


def undeletable(attribute: PyGetSet) -> Raised:
    """An attribute of a built-in object that is always there."""
    if attribute.setter is None:
        return error(
            types.ATTRIBUTE_ERROR, f"attribute '{attribute.name}' of '{attribute.owner.name}' objects is not writable"
        )
    return type_error(f"{attribute.name} may not be deleted")


@dont_look_inside
def delete_attribute(session: Session, target: Value, name: str) -> None:
    """`del target.name`"""
    method = special(type_of(target), Special.DELATTR)
    if as_function(method) is not None:
        call(session, method, [target, text_value(name)])
    else:
        delete_by_default(session, target, name)


@dont_look_inside
def delete_by_default(session: Session, target: Value, name: str) -> None:
    """What `object.__delattr__` does."""
    kind = type_of(target)
    member = lookup(kind, name)
    if is_data_descriptor(member):
        found = as_py_object(member)
        if isinstance(found, PyProperty):
            if found.deleter.same(NONE):
                raise property_error(found, target, "deleter")
            call(session, found.deleter, [target])
            return
        if isinstance(found, PyGetSet):
            if name not in GONE_IS_NONE or found.setter is None:
                raise undeletable(found)
            found.setter(session, target, NONE)
            return
        if not isinstance(found, PyMember):
            method = special(type_of(member), Special.DELETE)
            if method.same(Value.UNDEFINED):
                raise error(types.ATTRIBUTE_ERROR, "__delete__")
            call(session, method, [member, target])
            return
    thing = as_py_object(target)
    if isinstance(thing, PyType):
        if thing.is_builtin:
            raise type_error(f"cannot set '{name}' attribute of immutable type '{thing.name}'")
        done = thing.delete_member(name)
    elif isinstance(thing, PyModule):
        done = thing.namespace.delete_named(name)
    else:
        attributes = thing.attributes() if thing is not None else None
        done = attributes is not None and attributes.delete_named(name)
    if not done:
        if isinstance(thing, PyType):
            raise attribute_error(target, name)
        raise error(
            types.ATTRIBUTE_ERROR,
            name if isinstance(as_py_object(member), PyMember) else f"'{kind.name}' object has no attribute '{name}'",
        )
