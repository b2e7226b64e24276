"""`class`: running the body, choosing the metaclass, and making the type."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright.lib.array_tools import array_from
from tracewright_python import builtin_types as types
from tracewright_python.calls import call, call_named
from tracewright_python.classes import linearized
from tracewright_python.conversions import values_of
from tracewright_python.dictionaries import ABSENT, PyDict, as_dict
from tracewright_python.display import repr_text
from tracewright_python.errors import Raised
from tracewright_python.exceptions import as_exception, error, type_error
from tracewright_python.expected_attributes import expected_attributes
from tracewright_python.functions import (
    Cell,
    PyClassMethod,
    PyFunction,
    PyGetSet,
    PyMember,
    PyStaticMethod,
    as_function,
)
from tracewright_python.identifiers import is_name
from tracewright_python.lists import PyTuple, as_list, as_tuple
from tracewright_python.objects import OBJECT, TYPE, Layout, PyType, as_py_object, as_type, lookup, member_value
from tracewright_python.pattern_kinds import PatternKind
from tracewright_python.scopes import mangled
from tracewright_python.session import Session
from tracewright_python.texts import PyStr, as_str, text_value
from tracewright_python.values import NONE, type_name, type_of

EMPTY_NAME: Final = PyStr("")  # stands in rows of names that are not filled yet


@dont_look_inside
def build_class(session: Session, stack: VMStack, block: int) -> Value:
    """The class of a statement: its body, name, bases and keywords (or None) stand in four slots. Raises what the body raises."""
    body, name, bases, keywords = stack[block], stack[block + 1], stack[block + 2], as_dict(stack[block + 3])
    given = as_tuple(bases)
    assert given is not None
    resolved = resolved_bases(session, given)
    metaclass = Value.UNDEFINED
    if keywords is not None:
        metaclass = keywords.remove(session, text_value("metaclass"))
    if metaclass.same(Value.UNDEFINED):
        metaclass = Value.of_object(type_of(resolved.items[0])) if len(resolved.items) > 0 else Value.of_object(TYPE)
    known = as_type(metaclass)
    if known is not None:
        metaclass = Value.of_object(most_derived(known, resolved.items))
    names, values = split_keywords(keywords)
    arguments = [name, Value.of_object(resolved)]
    namespace = Value.of_object(PyDict())
    prepare = session.find_attribute(session, metaclass, "__prepare__")
    if not prepare.same(Value.UNDEFINED) and not is_default_prepare(metaclass):
        namespace = call_named(session, prepare, [*arguments, *values], names)
    cell = call(session, body, [namespace])
    if cell.is_object():
        put_item(session, namespace, "__classcell__", cell)
    if resolved is not given:
        put_item(session, namespace, "__orig_bases__", bases)
    result = call_named(session, metaclass, [*arguments, namespace, *values], names)
    if cell.is_object():
        check_cell(session, cell.as_object(), name, result)
    return result


def put_item(session: Session, namespace: Value, name: str, value: Value) -> None:
    """An entry of the namespace of a class body, which may be any mapping."""
    session.call(session, session.get_attribute(session, namespace, "__setitem__"), [text_value(name), value])


def check_cell(session: Session, held: object, name: Value, result: Value) -> None:
    """`type.__new__` must have set the cell that functions of the body know the class by. Raises RuntimeError, TypeError."""
    if not isinstance(held, Cell) or held.value.same(result):
        return
    if held.value.same(Value.UNDEFINED):
        if as_type(result) is None:
            return
        message = f"__class__ not set defining {repr_text(session, name)} as {repr_text(session, result)}."
        raise error(types.RUNTIME_ERROR, f"{message} Was __classcell__ propagated to type.__new__?")
    shown = repr_text(session, held.value)
    raise type_error(f"__class__ set to {shown} defining {repr_text(session, name)} as {repr_text(session, result)}")


def is_default_prepare(metaclass: Value) -> bool:
    """Whether a metaclass has the `__prepare__` of `type`."""
    kind = as_type(metaclass)
    return kind is not None and lookup(kind, "__prepare__").same(lookup(TYPE, "__prepare__"))


def split_keywords(keywords: PyDict | None) -> tuple[Array[PyStr], list[Value]]:
    """Names and values of keywords."""
    names: list[PyStr] = []
    values: list[Value] = []
    if keywords is not None:
        place = keywords.next_place(0)
        while place != ABSENT:
            text = as_str(keywords.keys[place])
            assert text is not None
            names.append(text)
            values.append(keywords.values[place])
            place = keywords.next_place(place + 1)
    return array_from(names, EMPTY_NAME), values


def resolved_bases(session: Session, bases: PyTuple) -> PyTuple:
    """The bases, where objects that are no classes have said what they stand for (`__mro_entries__`)."""
    values: list[Value] = []
    changed = False
    for base in bases.items:
        if as_type(base) is None:
            method = session.find_attribute(session, base, "__mro_entries__")
            if not method.same(Value.UNDEFINED):
                entries = as_tuple(call(session, method, [Value.of_object(bases)]))
                if entries is None:
                    raise type_error("__mro_entries__ must return a tuple")
                values += list(entries.items)
                changed = True
                continue
        values.append(base)
    return PyTuple(array_from(values, NONE)) if changed else bases


def most_derived(metaclass: PyType, bases: Array[Value]) -> PyType:
    """The metaclass that is fit for all bases. Raises TypeError."""
    winner = metaclass
    for base in bases:
        kind = as_type(base)
        if kind is None:
            continue
        other = kind.type_of()
        if winner.derives_from(other):
            continue
        if other.derives_from(winner):
            winner = other
            continue
        raise type_error(
            "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases"
        )
    return winner


@dont_look_inside
def make_type(
    session: Session, metaclass: PyType, name: str, bases: PyTuple, namespace: PyDict, keywords: PyDict | None
) -> Value:
    """`type.__new__`. Raises TypeError."""
    kinds: list[PyType] = []
    for base in bases.items:
        kind = as_type(base)
        if kind is None:
            raise type_error("bases must be types")
        if kind.layout == Layout.CLOSED:
            raise type_error(f"type '{kind.name}' is not an acceptable base type")
        if kind in kinds:
            raise type_error(f"duplicate base class {kind.name}")
        kinds.append(kind)
    if len(kinds) == 0:
        kinds.append(OBJECT)
    has_dictionary = keeps_dictionary(session, namespace.get_named("__slots__"), kinds)
    behind = linearized(kinds)
    own = None if metaclass is TYPE else metaclass
    result = PyType(name, array_from(kinds, OBJECT), behind, layout_of(kinds), own, False, has_dictionary)
    result.room = max([kind.room for kind in kinds])
    result.roots.expect(max([kind.roots.current.placement.inside for kind in kinds]))
    for kind in kinds:
        kind.subclasses.append(result)
    slots = Value.UNDEFINED
    cell = Value.UNDEFINED
    place = namespace.next_place(0)
    while place != ABSENT:
        key = as_str(namespace.keys[place])
        if key is not None:
            value = namespace.values[place]
            if key.text() == "__slots__":
                slots = value
            if key.text() == "__classcell__":
                cell = value
            elif key.text() == "__abc_tpflags__" and value.is_int():
                result.pattern_kind = pattern_kind(value.as_int())
            else:
                add_member(result, key.text(), value)
        place = namespace.next_place(place + 1)
    qualified = as_str(result.members().get("__qualname__", Value.UNDEFINED))
    if qualified is not None:
        result.qualified_name = qualified.text()
        del result.members()["__qualname__"]
    if "__eq__" in result.members() and "__hash__" not in result.members():
        result.members()["__hash__"] = NONE
    if not slots.same(Value.UNDEFINED):
        add_slots(session, result, slots)
    if has_dictionary and not inherits_dictionary(kinds) and "__dict__" not in result.members():
        result.members()["__dict__"] = _own_dictionary(result)
    if slots.same(Value.UNDEFINED):
        allow_weak_references(result)
    if "__doc__" not in result.members():
        result.members()["__doc__"] = NONE
    result.touch()
    result.roots.expect(expected_attributes(result))
    set_cell(session, result, cell)
    finish_members(session, result, namespace)
    tell_parent(session, result, keywords)
    return Value.of_object(result)


def pattern_kind(flags: int) -> int:
    """What `__abc_tpflags__` in a class says of patterns. Raises TypeError."""
    kind = flags & (PatternKind.SEQUENCE | PatternKind.MAPPING)
    if kind == PatternKind.SEQUENCE | PatternKind.MAPPING:
        raise type_error("__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING")
    return kind


def set_pattern_kind(kind: PyType, pattern: int) -> None:
    """A class, and those that derive from it, has been registered as a sequence or a mapping."""
    if kind.is_builtin:
        return
    kind.pattern_kind = pattern
    for derived in kind.subclasses:
        set_pattern_kind(derived, pattern)


def first_weak_reference(session: Session, value: Value) -> Value:
    """`x.__weakref__`: one of the weak references to an object, or None."""
    thing = as_py_object(value)
    entry = session.weak_references.find(thing) if thing is not None else None
    references = as_list(entry.value) if entry is not None else None
    return references.at(0) if references is not None and references.count > 0 else NONE


WEAK_REFERENCE: Final = PyGetSet("__weakref__", OBJECT, first_weak_reference, None)
"""Stands in the first class in a line whose objects weak references may lead to."""
OF_VARIABLE_SIZE: Final[list[int]] = [Layout.INT, Layout.TUPLE, Layout.BYTES]


def allow_weak_references(kind: PyType) -> None:
    """Objects of the class may be what weak references lead to, if they are not of a layout that has no room for them."""
    if (
        kind.layout != Layout.TYPE
        and kind.layout not in OF_VARIABLE_SIZE
        and lookup(kind, "__weakref__").same(Value.UNDEFINED)
    ):
        kind.members()["__weakref__"] = Value.of_object(WEAK_REFERENCE)


def assign_bases(kind: PyType, bases: list[PyType]) -> None:
    """Let a class derive from others, and those that derive from it with it. Raises TypeError, and then changes nothing."""
    if kind.is_builtin:
        raise type_error(f"cannot set '__bases__' attribute of immutable type '{kind.name}'")
    for base in bases:
        if base.derives_from(kind):
            raise type_error("a __bases__ item causes an inheritance cycle")
        if base.layout == Layout.CLOSED:
            raise type_error(f"type '{base.name}' is not an acceptable base type")
    if layout_of(bases) != kind.layout or (inherits_dictionary(bases) and not kind.has_dictionary):
        differs = f"'{bases[0].name}' object layout differs from '{kind.bases[0].name}'"
        raise type_error(f"__bases__ assignment: {differs}")
    former = kind.bases
    orders: list[tuple[PyType, Array[PyType]]] = []
    kind.bases = array_from(bases, OBJECT)
    try:
        renew_order(kind, orders)
    except Raised:
        kind.bases = former
        while len(orders) > 0:
            changed, order = orders.pop()
            changed.mro = order
        raise
    for base in former:
        base.subclasses.remove(kind)
    for base in bases:
        base.subclasses.append(kind)
        kind.room = max(kind.room, base.room)
    kind.touch()


def renew_order(kind: PyType, orders: list[tuple[PyType, Array[PyType]]]) -> None:
    """Find the order of bases anew for a class and all that derive from it; `orders` gets what was. Raises TypeError."""
    orders.append((kind, kind.mro))
    kind.mro = array_from([kind, *linearized(list(kind.bases))], kind)
    for derived in kind.subclasses:
        renew_order(derived, orders)


def set_cell(session: Session, result: PyType, cell: Value) -> None:
    """Tell functions of the body what the class is. Raises TypeError."""
    if cell.same(Value.UNDEFINED):
        return
    held = as_py_object(cell)
    if not isinstance(held, Cell):
        raise type_error(
            f"__classcell__ must be a nonlocal cell, not {repr_text(session, Value.of_object(type_of(cell)))}"
        )
    held.value = Value.of_object(result)


def keeps_dictionary(session: Session, slots: Value, kinds: list[PyType]) -> bool:
    """Whether instances of a class with these `__slots__` (or UNDEFINED) can have any attribute."""
    if slots.same(Value.UNDEFINED) or inherits_dictionary(kinds):
        return True
    names = [slots] if as_str(slots) is not None else values_of(session, slots)
    for name in names:
        text = as_str(name)
        if text is not None and text.text() == "__dict__":
            return True
    return False


def _own_dictionary(kind: PyType) -> Value:
    """The descriptor of `__dict__` of a class whose bases have none."""
    general = as_py_object(lookup(OBJECT, "__dict__"))
    assert isinstance(general, PyGetSet)
    return Value.of_object(PyGetSet("__dict__", kind, general.getter, general.setter))


def inherits_dictionary(kinds: list[PyType]) -> bool:
    """Whether instances of a base can have any attribute."""
    for kind in kinds:
        if kind.has_dictionary and not kind.is_builtin:
            return True
        if kind.is_builtin and (kind.layout == Layout.EXCEPTION or kind.layout == Layout.TYPE):
            return True
    return False


def layout_of(kinds: list[PyType]) -> int:
    """The layout of instances of a class with these bases. Raises TypeError."""
    layout = Layout.OBJECT
    for kind in kinds:
        if kind.layout == Layout.OBJECT or kind.layout == layout:
            continue
        if layout != Layout.OBJECT:
            raise type_error("multiple bases have instance lay-out conflict")
        layout = kind.layout
    return layout


def add_member(result: PyType, name: str, value: Value) -> None:
    """A name of the class body."""
    function = as_function(value)
    if function is not None and function.code.is_never_bound:
        value = Value.of_object(PyStaticMethod(value))
    elif function is not None:
        if name == "__new__":
            value = Value.of_object(PyStaticMethod(value))
        elif name == "__init_subclass__" or name == "__class_getitem__":
            value = Value.of_object(PyClassMethod(value))
    result.members()[name] = value


def add_slots(session: Session, result: PyType, slots: Value) -> None:
    """`__slots__`: a descriptor for each name."""
    only = as_str(slots)
    names = [slots] if only is not None else values_of(session, slots)
    for name in names:
        text = as_str(name)
        if text is None:
            raise type_error(f"__slots__ items must be strings, not '{type_name(name)}'")
        if text.text() == "__dict__":
            if inherits_dictionary(list(result.bases)):
                raise type_error("__dict__ slot disallowed: we already got one")
        elif text.text() == "__weakref__":
            if not lookup(result, "__weakref__").same(Value.UNDEFINED):
                raise type_error("__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0")
            allow_weak_references(result)
        else:
            add_slot(result, mangled(result.name, text.text()))


def add_slot(result: PyType, name: str) -> None:
    """A descriptor for one attribute."""
    if not is_name(name):
        raise type_error("__slots__ must be identifiers")
    if result.layout in OF_VARIABLE_SIZE:
        base = [one.name for one in result.mro if one.is_builtin][0]
        raise type_error(f"nonempty __slots__ not supported for subtype of '{base}'")
    known = result.members().get(name, Value.UNDEFINED)
    if known.is_object() and isinstance(known.as_object(), PyMember):
        return  # named twice
    if not known.same(Value.UNDEFINED):
        raise error(types.VALUE_ERROR, f"'{name}' in __slots__ conflicts with class variable")
    result.members()[name] = Value.of_object(PyMember(name, result))


def finish_members(session: Session, result: PyType, namespace: PyDict) -> None:
    """Tell members their names (`__set_name__`)."""
    for key in namespace.all_keys():
        text = as_str(key)
        value = namespace.get(session, key)
        if text is None or not value.is_object() or isinstance(value.as_object(), PyFunction):
            continue
        method = lookup(type_of(value), "__set_name__")
        if method.same(Value.UNDEFINED):
            continue
        try:
            call(session, method, [value, Value.of_object(result), Value.of_object(text)])
        except Raised as raised:
            failed = error(
                types.RUNTIME_ERROR,
                f"Error calling __set_name__ on '{type_name(value)}' instance '{text.text()}' in '{result.name}'",
            )
            exception = as_exception(failed.value)
            assert exception is not None
            exception.cause = raised.value
            exception.context = raised.value
            exception.suppresses_context = True
            raise failed


def tell_parent(session: Session, result: PyType, keywords: PyDict | None) -> None:
    """Call `__init_subclass__` of the class behind the new one."""
    names, values = split_keywords(keywords)
    for index in range(1, len(result.mro)):
        found = result.mro[index].members().get("__init_subclass__", Value.UNDEFINED)
        if found.same(Value.UNDEFINED):
            continue
        method = member_value(found)
        thing = method.as_object() if method.is_object() else None
        if isinstance(thing, PyClassMethod):
            call_named(session, thing.function, [Value.of_object(result), *values], names)
        elif len(values) > 0:
            raise type_error(f"{result.name}.__init_subclass__() takes no keyword arguments")
        return
