"""Questions about classes: whether an object is an instance, whether one class derives from another; the order of their bases."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import unchecked_get
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside, promote, unroll_safe
from tracewright_python.calls import call
from tracewright_python.conversions import truth
from tracewright_python.exceptions import type_error
from tracewright_python.functions import PyBuiltin
from tracewright_python.lists import PyTuple, as_tuple
from tracewright_python.objects import OBJECT, PyType, as_type, lookup, special
from tracewright_python.session import Session
from tracewright_python.special_names import Special
from tracewright_python.values import type_of

FEW_CLASSES: Final = 8


def is_instance(session: Session, value: Value, wanted: Value) -> bool:
    """`isinstance(value, wanted)`. Raises TypeError."""
    kind = as_type(wanted)
    if kind is not None:
        found = type_of(value)
        if found is kind:
            return True
        if kind.metaclass is None:
            return found.derives_from(kind) or has_claimed_class(session, value, found, kind)
    several = as_tuple(wanted)
    if several is not None and type_of(value).is_builtin and are_plain_classes(several):
        return derives_from_any(type_of(value), several)
    return is_instance_slowly(session, value, wanted)


@unroll_safe
def are_plain_classes(several: PyTuple) -> bool:
    """Whether they are classes whose metaclass is `type`, and but a few."""
    count = promote(len(several.items))
    if count > FEW_CLASSES:
        return False
    for k in range(count):
        kind = as_type(unchecked_get(several.items, k))
        if kind is None or kind.metaclass is not None:
            return False
    return True


@unroll_safe
def derives_from_any(found: PyType, several: PyTuple) -> bool:
    """Whether a class is one of those in a tuple, or inherits from one."""
    for k in range(promote(len(several.items))):
        kind = as_type(unchecked_get(several.items, k))
        if kind is not None and found.derives_from(promote(kind)):
            return True
    return False


def has_claimed_class(session: Session, value: Value, found: PyType, kind: PyType) -> bool:
    """Whether `value.__class__` says that it is one."""
    return not found.is_builtin and _claims_class(session, value, found, kind)


@dont_look_inside
def _claims_class(session: Session, value: Value, found: PyType, kind: PyType) -> bool:
    if lookup(found, "__class__").same(lookup(OBJECT, "__class__")):
        return False
    claimed = as_type(session.find_attribute(session, value, "__class__"))
    return claimed is not None and claimed.derives_from(kind)


@dont_look_inside
def is_instance_slowly(session: Session, value: Value, wanted: Value) -> bool:
    """The same of tuples of classes, and where metaclasses have something to say."""
    several = as_tuple(wanted)
    if several is not None:
        for one in several.items:
            if is_instance(session, value, one):
                return True
        return False
    method = special(type_of(wanted), Special.INSTANCECHECK)
    if not method.same(Value.UNDEFINED) and not is_builtin_function(method):
        return truth(session, call(session, method, [wanted, value]))
    kind = as_type(wanted)
    if kind is None:
        raise type_error("isinstance() arg 2 must be a type, a tuple of types, or a union")
    return type_of(value).derives_from(kind) or has_claimed_class(session, value, type_of(value), kind)


def is_builtin_function(method: Value) -> bool:
    """Whether it is not of the program."""
    return method.is_object() and isinstance(method.as_object(), PyBuiltin)


def is_subclass(session: Session, given: Value, wanted: Value) -> bool:
    """`issubclass(given, wanted)`. Raises TypeError."""
    kind, derived = as_type(wanted), as_type(given)
    if kind is not None and derived is not None and kind.metaclass is None:
        return derived.derives_from(kind)
    return is_subclass_slowly(session, given, wanted)


@dont_look_inside
def is_subclass_slowly(session: Session, given: Value, wanted: Value) -> bool:
    """The same of tuples of classes, and where metaclasses have something to say."""
    several = as_tuple(wanted)
    if several is not None:
        for one in several.items:
            if is_subclass(session, given, one):
                return True
        return False
    method = special(type_of(wanted), Special.SUBCLASSCHECK)
    if not method.same(Value.UNDEFINED) and not is_builtin_function(method):
        return truth(session, call(session, method, [wanted, given]))
    derived = as_type(given)
    if derived is None:
        raise type_error("issubclass() arg 1 must be a class")
    kind = as_type(wanted)
    if kind is None:
        raise type_error("issubclass() arg 2 must be a class, a tuple of classes, or a union")
    return derived.derives_from(kind)


@dont_look_inside
def linearized(bases: list[PyType]) -> list[PyType]:
    """The order in which a class with these bases asks them (C3). Raises TypeError."""
    rows: list[list[PyType]] = [list(base.mro) for base in bases]
    rows.append(bases.copy())
    result: list[PyType] = []
    while True:
        rows = [row for row in rows if len(row) > 0]
        if len(rows) == 0:
            return result
        found: PyType | None = None
        for row in rows:
            if not _stands_behind(rows, row[0]):
                found = row[0]
                break
        if found is None:
            names = ", ".join(_distinct([row[0].name for row in rows]))
            raise type_error(f"Cannot create a consistent method resolution\norder (MRO) for bases {names}")
        result.append(found)
        for row in rows:
            if row[0] is found:
                row.pop(0)


def _stands_behind(rows: list[list[PyType]], kind: PyType) -> bool:
    for row in rows:
        for index in range(1, len(row)):
            if row[index] is kind:
                return True
    return False


def _distinct(names: list[str]) -> list[str]:
    result: list[str] = []
    for name in names:
        if name not in result:
            result.append(name)
    return result
