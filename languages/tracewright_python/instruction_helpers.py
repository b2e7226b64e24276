"""What single instructions do besides calling: displays, unpacking, closures, names of class bodies, texts."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array, unchecked_get, unchecked_set
from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside, elidable, promote, unroll_safe
from tracewright_python import builtin_types as types
from tracewright_python.arguments import CallShape, values_from
from tracewright_python.bytecode import AFTER, CALLEE, FIRST, Code
from tracewright_python.calls import call_block, call_bound
from tracewright_python.classes import is_instance
from tracewright_python.containers import values_equal
from tracewright_python.conversions import required_text, values_of
from tracewright_python.dictionaries import ABSENT, NO_SLOTS, PyDict, as_dict, dict_of_rows
from tracewright_python.display import ascii_text, format_value, repr_text, str_value
from tracewright_python.errors import Raised
from tracewright_python.exceptions import type_error, value_error
from tracewright_python.formatting import format_number
from tracewright_python.functions import Cell, PyBuiltin, PyFunction, PyModule
from tracewright_python.handlers import is_error, name_error
from tracewright_python.lists import NO_VALUES, PyList, PyTuple, as_tuple, tuple_of
from tracewright_python.namespaces import Namespace
from tracewright_python.objects import Marker, PyType, as_py_object, as_type, lookup, special
from tracewright_python.operators import extend_list
from tracewright_python.pattern_kinds import PatternKind
from tracewright_python.session import Session
from tracewright_python.set_algebra import update
from tracewright_python.sets import PySet
from tracewright_python.special_names import SPECIAL_NAMES, Special
from tracewright_python.texts import PyStr, as_str, concatenated, decimal_text, joined_texts, text_value, texts_equal
from tracewright_python.values import type_name, type_of


@unroll_safe
def clear(stack: VMStack, first: int, count: int) -> None:
    """Variables begin unbound."""
    for k in range(count):
        stack[first + k] = Value.UNDEFINED


@unroll_safe
def new_function(code: Code, namespace: Namespace, stack: VMStack, base: int) -> Value:
    """A function with what its code says that it takes along."""
    sources = code.captures
    count = len(sources)
    captured: Array[Value] = Array(count, Value.UNDEFINED)
    for k in range(count):
        source = unchecked_get(sources, k)
        if source & 1 == 0:
            unchecked_set(captured, k, stack[base + (source >> 1)])
        else:
            outer = unsafe_cast(PyFunction, stack[base + CALLEE].as_object())
            unchecked_set(captured, k, unchecked_get(outer.captured, source >> 1))
    return Value.of_object(PyFunction(code, namespace, captured))


def namespace_of(stack: VMStack, base: int) -> Namespace:
    """The module that the running function belongs to."""
    return unsafe_cast(PyFunction, stack[base + CALLEE].as_object()).namespace


def cell_at(stack: VMStack, slot: int) -> Cell:
    """The cell in a slot."""
    return unsafe_cast(Cell, stack[slot].as_object())


@elidable
def constant_text(code: Code, number: int) -> str:
    """A constant that is a name."""
    return unsafe_cast(PyStr, code.object(number)).flat


# --- displays ---


def list_at(value: Value) -> PyList:
    """The list that a display or comprehension fills."""
    return unsafe_cast(PyList, value.as_object())


@dont_look_inside
def set_from(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """A set of adjacent slots."""
    result = PySet()
    for k in range(count):
        result.add(session, stack[first + k])
    return Value.of_object(result)


@dont_look_inside
def update_set(session: Session, target: Value, source: Value) -> None:
    """All members of an iterable."""
    update(session, unsafe_cast(PySet, target.as_object()), source)


@unroll_safe
def dict_from(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """A dict of pairs in adjacent slots."""
    if count == 1 and stack[first].is_object() and isinstance(stack[first].as_object(), PyStr):
        if type_of(stack[first]).is_builtin:
            return Value.of_object(dict_of_rows(Array(1, stack[first]), Array(1, stack[first + 1]), 1))
    result = PyDict()
    for k in range(count):
        result.set(session, stack[first + 2 * k], stack[first + 2 * k + 1])
    return Value.of_object(result)


@dont_look_inside
def update_dict(session: Session, target: PyDict, source: Value) -> None:
    """`{**source}`. Raises TypeError for what is no mapping."""
    other = as_dict(source)
    if other is not None and type_of(source).is_builtin:
        target.update_from(session, other)
        return
    if special_keys(session, source).same(Value.UNDEFINED):
        raise type_error(f"'{type_name(source)}' object is not a mapping")
    copy_mapping(session, target, source)


def special_keys(session: Session, source: Value) -> Value:
    """Its method `keys`, or UNDEFINED."""
    return session.find_attribute(session, source, "keys")


@dont_look_inside
def copy_mapping(session: Session, target: PyDict, source: Value) -> None:
    """All that an object with `keys` and `__getitem__` has."""
    method = special(type_of(source), Special.GETITEM)
    for key in values_of(session, session.call(session, special_keys(session, source), [])):
        target.set(session, key, session.call(session, method, [source, key]))


def merge_keywords(session: Session, target: PyDict, source: Value, callee: Value) -> None:
    """`f(**source)` beside other keywords. Raises TypeError."""
    if source.is_object() and target.count == target.used:
        other = source.as_object()
        if isinstance(other, PyDict) and type_of(source).is_builtin:
            known, count = promote(target.count), promote(other.count)
            if known + count <= MOST_UNROLLED and other.used == count and _has_other_names(target, known, other, count):
                target.keys = joined_rows(target.keys, known, other.keys, count)
                target.values = joined_rows(target.values, known, other.values, count)
                target.hashes = NO_SLOTS
                target.slots = NO_SLOTS
                target.used = known + count
                target.count = known + count
                return
    _merge_slowly(session, target, source, callee)


@unroll_safe
def _has_other_names(target: PyDict, known: int, other: PyDict, count: int) -> bool:
    """Whether the keys of a dict are names, and others than those of the target."""
    for k in range(count):
        key = unchecked_get(other.keys, k)
        if not key.is_object() or not isinstance(key.as_object(), PyStr) or not type_of(key).is_builtin:
            return False
        for j in range(known):
            if unchecked_get(target.keys, j).same(key) or _is_same_name(unchecked_get(target.keys, j), key):
                return False
    return True


def _is_same_name(left: Value, right: Value) -> bool:
    return texts_equal(unsafe_cast(PyStr, left.as_object()), unsafe_cast(PyStr, right.as_object()))


@unroll_safe
def joined_rows(first: Array[Value], first_count: int, second: Array[Value], second_count: int) -> Array[Value]:
    """The first values of one array, and behind them those of another: a few, so that a trace need not make the arrays."""
    result: Array[Value] = Array(first_count + second_count, Value.UNDEFINED)
    for k in range(first_count):
        unchecked_set(result, k, unchecked_get(first, k))
    for k in range(second_count):
        unchecked_set(result, first_count + k, unchecked_get(second, k))
    return result


@dont_look_inside
def _merge_slowly(session: Session, target: PyDict, source: Value, callee: Value) -> None:
    other = as_dict(source)
    if other is None:
        if special_keys(session, source).same(Value.UNDEFINED):
            raise type_error(f"{callee_name(callee)} argument after ** must be a mapping, not {type_name(source)}")
        other = PyDict()
        copy_mapping(session, other, source)
    place = other.next_place(0)
    while place != ABSENT:
        key = other.keys[place]
        text = as_str(key)
        if text is None:
            raise type_error("keywords must be strings")
        if target.find(session, key) != ABSENT:
            raise type_error(f"{callee_name(callee)} got multiple values for keyword argument '{text.text()}'")
        target.set(session, key, other.values[place])
        place = other.next_place(place + 1)


def callee_name(callee: Value) -> str:
    """What messages about a call's arguments begin with."""
    if callee.is_object():
        thing = callee.as_object()
        if isinstance(thing, PyFunction):
            module = as_str(thing.namespace.get_named("__name__"))
            before = "" if module is None or module.text() == "builtins" else f"{module.text()}."
            return f"{before}{thing.qualified_name}()"
        if isinstance(thing, PyBuiltin):
            return f"{thing.name}()"
    return f"{type_name(callee)} object"


def list_of_numbers(stack: VMStack, first: int, count: int) -> Value:
    """A list of what is in adjacent slots."""
    row = PyList(NO_VALUES, 0)
    row.hold_few(stack, first, count)
    return Value.of_object(row)


def extend_arguments(session: Session, target: PyList, source: Value, callee: Value) -> None:
    """`f(*source)`, or without a callee `[*source]`. Raises TypeError."""
    if source.is_object() and type_of(source).is_builtin:
        thing = source.as_object()
        if isinstance(thing, PyTuple):
            known, count = promote(target.count), promote(len(thing.items))
            if known + count <= MOST_UNROLLED:
                target.hold(joined_rows(target.hold_values(), known, thing.items, count), known + count)
                return
    _extend_slowly(session, target, source, callee)


@dont_look_inside
def _extend_slowly(session: Session, target: PyList, source: Value, callee: Value) -> None:
    kind = type_of(source)
    if special(kind, Special.ITER).same(Value.UNDEFINED) and special(kind, Special.GETITEM).same(Value.UNDEFINED):
        if callee.same(Value.UNDEFINED):
            raise type_error(f"Value after * must be an iterable, not {kind.name}")
        raise type_error(f"{callee_name(callee)} argument after * must be an iterable, not {kind.name}")
    extend_list(session, target, source)


@unroll_safe
def spread(stack: VMStack, block: int, session: Session) -> CallShape:
    """Put the arguments of a list and a dict behind the callable of a block; gives their shape. Raises TypeError."""
    arguments = unsafe_cast(PyList, stack[block + FIRST + 1].as_object())
    count = promote(arguments.count)
    keywords = as_dict(stack[block + FIRST + 2])
    names = NO_KEYS
    if keywords is not None and keywords.count > 0:
        names = names_of(keywords)
    total = count + promote(len(names))
    if not stack.reserve(block + FIRST + 1 + total):
        raise RecursionError
    for k in range(count):
        stack[block + FIRST + 1 + k] = arguments.at(k)
    if keywords is not None:
        for k in range(promote(len(names))):
            stack[block + FIRST + 1 + count + k] = unchecked_get(keywords.values, k)
    return CallShape(count, names)


NO_NAME: Final = PyStr("")
NO_KEYS: Final[Array[PyStr]] = Array(0, NO_NAME)
MOST_UNROLLED: Final = 16  # arguments behind `*` and `**` of which a trace sees each


@unroll_safe
def names_of(keywords: PyDict) -> Array[PyStr]:
    """The keys of a dict of keywords, from which nothing was ever taken out."""
    count = promote(keywords.count)
    names: Array[PyStr] = Array(count, NO_NAME)
    for k in range(count):
        name = promote(unsafe_cast(PyStr, unchecked_get(keywords.keys, k).as_object()))
        name.text()
        unchecked_set(names, k, name)
    return names


# --- texts ---


def joined(stack: VMStack, first: int, count: int) -> Value:
    """The text of texts in adjacent slots."""
    if count == 2:
        return concatenated(
            unsafe_cast(PyStr, stack[first].as_object()), unsafe_cast(PyStr, stack[first + 1].as_object())
        )
    return joined_texts(values_from(stack, first, count))


def converted(session: Session, value: Value, conversion: int) -> Value:
    """`str`, `repr` or `ascii` of a value, by the letter's code."""
    if conversion == ord("s"):
        return str_value(session, value)
    return _quoted(session, value, conversion)


@dont_look_inside
def _quoted(session: Session, value: Value, conversion: int) -> Value:
    text = repr_text(session, value)
    return text_value(ascii_text(text) if conversion == ord("a") else text)


def formatted(session: Session, value: Value, specification: Value) -> Value:
    """`format(value, specification)`; UNDEFINED: none."""
    if specification.same(Value.UNDEFINED):
        if value.is_int():
            return decimal_text(value.as_int())
        if value.is_object() and isinstance(value.as_object(), PyStr) and type_of(value).is_builtin:
            return value
    return _formatted_slowly(session, value, specification)


@dont_look_inside
def _formatted_slowly(session: Session, value: Value, specification: Value) -> Value:
    text = "" if specification.same(Value.UNDEFINED) else required_text(specification, "format_spec")
    if value.is_float() or value.is_int():
        return text_value(format_number(session, value, text))
    return format_value(session, value, text)


# --- names of class bodies ---


@dont_look_inside
def missing_global(code: Code, name: str) -> Value:
    """A global name that is bound nowhere: the `__spec__` of the module, which is made now. Raises NameError for others."""
    session = unsafe_cast(Session, code.session)
    if name == "__spec__":
        key = as_str(code.namespace.get_named("__name__"))
        module = Value.UNDEFINED if key is None else session.modules.get_named(key.text())
        thing = as_py_object(module)
        if isinstance(thing, PyModule) and thing.namespace is code.namespace:
            return session.module_spec(session, module)
    raise name_error(name)


@dont_look_inside
def load_name(session: Session, namespace: Value, key: Value) -> Value:
    """A name of a class body, or UNDEFINED."""
    found = as_dict(namespace)
    if found is not None and type_of(namespace).is_builtin:
        return found.get(session, key)
    method = special(type_of(namespace), Special.GETITEM)
    try:
        return session.call(session, method, [namespace, key])
    except Raised as raised:
        if is_error(raised.value, types.KEY_ERROR):
            return Value.UNDEFINED
        raise


@dont_look_inside
def store_name(session: Session, namespace: Value, key: Value, value: Value) -> None:
    """Bind a name of a class body."""
    found = as_dict(namespace)
    if found is not None and type_of(namespace).is_builtin:
        found.set(session, key, value)
        return
    method = special(type_of(namespace), Special.SETITEM)
    session.call(session, method, [namespace, key, value])


@dont_look_inside
def delete_name(session: Session, namespace: Value, key: Value) -> bool:
    """Unbind a name of a class body; False where it is not bound."""
    found = as_dict(namespace)
    return found is not None and not found.remove(session, key).same(Value.UNDEFINED)


# --- match ---


def is_match_sequence(value: Value) -> bool:
    """Whether `[...]` patterns are held against it: lists, tuples, ranges and what says so, but no texts."""
    return promote(type_of(value)).pattern_kind == PatternKind.SEQUENCE


def is_match_mapping(value: Value) -> bool:
    """Whether `{...}` patterns are held against it."""
    return promote(type_of(value)).pattern_kind == PatternKind.MAPPING


MISSING: Final = Value.of_object(Marker("missing"))  # what a mapping gives that does not have a key


@dont_look_inside
def match_keys(session: Session, mapping: Value, keys: Value) -> Value:
    """The values under the keys of a mapping pattern, or None."""
    wanted = unsafe_cast(PyTuple, keys.as_object()).items
    values: Array[Value] = Array(len(wanted), Value.UNDEFINED)
    found = as_dict(mapping)
    for k in range(len(wanted)):
        for other in range(k):
            if values_equal(session, wanted[other], wanted[k]):
                raise value_error(f"mapping pattern checks duplicate key ({repr_text(session, wanted[k])})")
        if found is not None and type_of(mapping).is_builtin:
            value = found.get(session, wanted[k])
        else:
            getter = session.get_attribute(session, mapping, "get")
            value = session.call(session, getter, [wanted[k], MISSING])
        if value.same(Value.UNDEFINED) or value.same(MISSING):
            return Value.NULL
        values[k] = value
    return Value.of_object(PyTuple(values))


@dont_look_inside
def match_rest(session: Session, mapping: Value, keys: Value) -> Value:
    """A copy of a mapping without some keys."""
    rest = PyDict()
    update_dict(session, rest, mapping)
    for key in unsafe_cast(PyTuple, keys.as_object()).items:
        rest.remove(session, key)
    return Value.of_object(rest)


@dont_look_inside
def match_class(session: Session, stack: VMStack, block: int) -> Value:
    """The attributes that a class pattern asks for, or None: subject, class, number of positional patterns, names of the others."""
    subject, wanted = stack[block], stack[block + 1]
    positional = stack[block + 2].as_int()
    names = unsafe_cast(PyTuple, stack[block + 3].as_object()).items
    kind = as_type(wanted)
    if kind is None:
        raise type_error("called match pattern must be a type")
    if not is_instance(session, subject, wanted):
        return Value.NULL
    values: list[Value] = []
    seen: list[str] = []
    if positional > 0:
        found = lookup(kind, "__match_args__")
        if found.same(Value.UNDEFINED):
            if not (kind.is_builtin and kind in SELF_MATCHING) and not derives_from_self_matching(kind):
                raise type_error(f"{kind.name}() accepts 0 positional sub-patterns ({positional} given)")
            if positional > 1:
                raise type_error(f"{kind.name}() accepts 1 positional sub-pattern ({positional} given)")
            values.append(subject)
        else:
            known = as_tuple(found)
            if known is None:
                raise type_error(f"{kind.name}.__match_args__ must be a tuple (got {type_name(found)})")
            if positional > len(known.items):
                plural = "" if len(known.items) == 1 else "s"
                raise type_error(
                    f"{kind.name}() accepts {len(known.items)} positional sub-pattern{plural} ({positional} given)"
                )
            for k in range(positional):
                seen.append(required_text(known.items[k], "__match_args__ elements"))
    for key in names:
        name = required_text(key, "name")
        if name in seen:
            raise type_error(f"{kind.name}() got multiple sub-patterns for attribute '{name}'")
        seen.append(name)
    for name in seen:
        value = session.find_attribute(session, subject, name)
        if value.same(Value.UNDEFINED):
            return Value.NULL
        values.append(value)
    return tuple_of(values)


SELF_MATCHING: list[PyType] = [
    types.BOOL,
    types.BYTEARRAY,
    types.BYTES,
    types.DICT,
    types.FLOAT,
    types.FROZENSET,
    types.INT,
    types.LIST,
    types.SET,
    types.STR,
    types.TUPLE,
]
"""A positional pattern of these takes the subject itself."""


def derives_from_self_matching(kind: PyType) -> bool:
    """Whether a class inherits that from one of them."""
    for base in SELF_MATCHING:
        if kind.derives_from(base):
            return True
    return False


# --- what else single instructions do ---


def add_to_set(session: Session, target: Value, value: Value) -> None:
    """One more member of a set that a comprehension fills."""
    unsafe_cast(PySet, target.as_object()).add(session, value)


@dont_look_inside
def tuple_of_list(value: Value) -> Value:
    """A tuple of the elements of a list."""
    return tuple_of(list_at(value).values())


@dont_look_inside
def call_slowly(
    session: Session, callee: Value, has_first: bool, stack: VMStack, block: int, count: int, names: Array[PyStr]
) -> Value:
    """A call that nests the loop."""
    if not stack.reserve(block + FIRST + 1 + count + len(names)):
        raise RecursionError
    if has_first:
        return call_bound(session, callee, stack, block, count + 1, names)
    return call_block(session, stack, block, count, names)


def load_special(session: Session, stack: VMStack, block: int, value: Value, number: int) -> None:
    """Prepare a block for a call of a special method of a context manager or asynchronous iterator. Raises TypeError."""
    method = special(type_of(value), number)
    if method.is_object():
        thing = method.as_object()
        if isinstance(thing, PyFunction) or isinstance(thing, PyBuiltin):
            stack[block + AFTER] = method
            stack[block + FIRST] = value
            return
    if method.same(Value.UNDEFINED):
        raise no_context_manager(value, SPECIAL_NAMES[number])
    stack[block + AFTER] = Value.UNDEFINED
    stack[block + FIRST] = session.get_attribute(session, value, SPECIAL_NAMES[number])


@dont_look_inside
def no_context_manager(value: Value, name: str) -> Raised:
    """It cannot stand behind `with`, or `async for`."""
    if name == "__aiter__":
        return type_error(f"'async for' requires an object with __aiter__ method, got {type_name(value)}")
    if name == "__anext__":
        return type_error(
            f"'async for' received an object from __aiter__ that does not implement __anext__: {type_name(value)}"
        )
    word = "asynchronous context manager" if name.startswith("__a") else "context manager"
    missed = f" (missed {name} method)" if name.endswith("exit__") else ""
    return type_error(f"'{type_name(value)}' object does not support the {word} protocol{missed}")
