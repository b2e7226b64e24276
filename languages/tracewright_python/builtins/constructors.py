"""What calls of built-in types make: `__new__` and `__init__` of each."""

from __future__ import annotations

from tracewright.core.arrays import Array, array_of
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import unroll_safe
from tracewright_python import builtin_types as types
from tracewright_python.big_ints import InstanceOfNumber, int_as_float, integer, is_plain_int, plain_number
from tracewright_python.builtins.number_texts import float_of_text, int_of_few_digits, int_of_text
from tracewright_python.builtins.operator_methods import float_to_int
from tracewright_python.byte_objects import bytes_of
from tracewright_python.calls import call
from tracewright_python.codecs_text import decoded
from tracewright_python.conversions import (
    index_value,
    items_of,
    length,
    required_text,
    truth,
    values_of,
    word_saturated,
)
from tracewright_python.dictionaries import InstanceOfDict, PyDict, as_dict
from tracewright_python.display import repr_text, str_text, str_value
from tracewright_python.exception_fields import class_for, fill_fields
from tracewright_python.exceptions import PyException, type_error, value_error
from tracewright_python.functions import (
    MANY_ARGUMENTS,
    PyBuiltin,
    PyModule,
)
from tracewright_python.given_warnings import warn_of_subclass
from tracewright_python.instruction_helpers import copy_mapping
from tracewright_python.iterators import PyRange, iterator_of
from tracewright_python.library_iterators import Enumerate, Filter, Map, ReversedSequence, Zip
from tracewright_python.lists import (
    EMPTY_TUPLE,
    NO_VALUES,
    InstanceOfList,
    InstanceOfTuple,
    PyList,
    PyTuple,
    as_list,
    as_tuple,
)
from tracewright_python.long_ranges import PyLongRange
from tracewright_python.memory_views import as_memory_view
from tracewright_python.namespaces import Namespace
from tracewright_python.objects import PyType, as_py_object, as_type, new_instance, special
from tracewright_python.operators import extend_list
from tracewright_python.session import Session
from tracewright_python.set_algebra import update
from tracewright_python.sets import InstanceOfSet, PyFrozenSet, PySet, as_set
from tracewright_python.special_names import Special
from tracewright_python.subscripts import PySlice
from tracewright_python.texts import EMPTY_TEXT, InstanceOfStr, as_str, decimal_text, text_value
from tracewright_python.values import NONE, type_name, type_of


def is_given(value: Value) -> bool:
    """Whether an argument is there."""
    return not value.same(Value.UNDEFINED)


def class_of(value: Value, base: PyType) -> PyType:
    """The class that `__new__` of a built-in type is called with. Raises TypeError."""
    kind = as_type(value)
    if kind is None:
        raise type_error(f"{base.name}.__new__(X): X is not a type object ({type_name(value)})")
    if not kind.derives_from(base):
        raise type_error(f"{base.name}.__new__({kind.name}): {kind.name} is not a subtype of {base.name}")
    return kind


# --- numbers ---


def as_class(kind: PyType, number: Value) -> Value:
    """A number as an object of a class that derives from its own."""
    return number if kind.is_builtin else Value.of_object(InstanceOfNumber(number, new_instance(kind)))


def new_int(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`int(x=0, base=10)`"""
    kind = class_of(stack[first], types.INT)
    return as_class(kind, int_from(session, stack[first + 1], stack[first + 2]))


def int_from(session: Session, value: Value, base: Value) -> Value:
    """The plain int of a value."""
    if is_given(base):
        text = number_text(value) if as_memory_view(value) is None else None
        if text is None:
            raise type_error(
                "int() can't convert non-string with explicit base"
                if is_given(value)
                else "int() missing string argument"
            )
        radix = word_saturated(session, base)
        if radix != 0 and not 2 <= radix <= 36:
            raise value_error("int() base must be >= 2 and <= 36, or 0")
        quick = int_of_few_digits(text, radix)
        if not quick.same(Value.UNDEFINED):
            return quick
        return int_of_text(text, radix, repr_text(session, value), session.digit_limit)
    if not is_given(value):
        return Value.of_int(0)
    number = plain_number(value)
    if type_of(value).is_builtin or special(type_of(value), Special.INT).is_object():
        if is_plain_int(number) and type_of(value).is_builtin:
            return number
        if number.is_float() and type_of(value).is_builtin:
            return float_to_int(number.as_float())
    text = number_text(value)
    if text is not None:
        quick = int_of_few_digits(text, 10)
        if not quick.same(Value.UNDEFINED):
            return quick
        return int_of_text(text, 10, repr_text(session, value), session.digit_limit)
    method = special(type_of(value), Special.INT)
    if not method.same(Value.UNDEFINED):
        given = call(session, method, [value])
        result = plain_number(given)
        if not is_plain_int(result):
            raise type_error(f"__int__ returned non-int (type {type_name(result)})")
        if type_of(given) is not types.INT:
            warn_of_subclass(session, "__int__", "int", given)
        return result
    if not special(type_of(value), Special.INDEX).same(Value.UNDEFINED):
        return index_value(session, value)
    method = special(type_of(value), Special.TRUNC)
    if not method.same(Value.UNDEFINED):
        return plain_number(call(session, method, [value]))
    raise type_error(f"int() argument must be a string, a bytes-like object or a real number, not '{type_name(value)}'")


def new_bool(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`bool(x=False)`"""
    return Value.of_bool(is_given(stack[first + 1]) and truth(session, stack[first + 1]))


def new_float(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`float(x=0.0)`"""
    kind = class_of(stack[first], types.FLOAT)
    return as_class(kind, float_from(session, stack[first + 1]))


def float_from(session: Session, value: Value) -> Value:
    """The plain float of a value."""
    if not is_given(value):
        return Value.of_float(0.0)
    if type_of(value).is_builtin:
        number = plain_number(value)
        if number.is_float():
            return number
        if is_plain_int(number):
            return Value.of_float(int_as_float(number))
    text = number_text(value)
    if text is not None:
        real = float_of_text(text)
        if real.same(Value.UNDEFINED):
            raise value_error(f"could not convert string to float: {repr_text(session, value)}")
        return real
    method = special(type_of(value), Special.FLOAT)
    if method.same(Value.UNDEFINED):
        if not special(type_of(value), Special.INDEX).same(Value.UNDEFINED):
            return Value.of_float(int_as_float(index_value(session, value)))
        raise type_error(f"float() argument must be a string or a real number, not '{type_name(value)}'")
    given = call(session, method, [value])
    result = plain_number(given)
    if not result.is_float():
        raise type_error(f"{type_name(value)}.__float__ returned non-float (type {type_name(result)})")
    if type_of(given) is not types.FLOAT:
        warn_of_subclass(session, f"{type_name(value)}.__float__", "float", given)
    return result


# --- texts ---


def new_str(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`str(object='')`"""
    kind = class_of(stack[first], types.STR)
    value = stack[first + 1]
    if value.is_int() and kind is types.STR:
        return decimal_text(value.as_int())
    if is_given(stack[first + 2]) or is_given(stack[first + 3]):
        text = decoded_text(session, value, stack[first + 2], stack[first + 3])
        return text_value(text) if kind.is_builtin else Value.of_object(InstanceOfStr(text, new_instance(kind)))
    if kind.is_builtin:
        return str_value(session, value) if is_given(value) else EMPTY_TEXT
    text = str_text(session, value) if is_given(value) else ""
    return Value.of_object(InstanceOfStr(text, new_instance(kind)))


def decoded_text(session: Session, value: Value, encoding: Value, errors: Value) -> str:
    """`str(data, encoding, errors)`. Raises TypeError, UnicodeDecodeError."""
    if not is_given(value):
        return ""
    if as_str(value) is not None:
        raise type_error("decoding str is not supported")
    data = bytes_of(value)
    if data is None:
        raise type_error(f"decoding to str: need a bytes-like object, {type_name(value)} found")
    wanted = required_text(encoding, "str() argument 'encoding'") if is_given(encoding) else "utf-8"
    handler = required_text(errors, "str() argument 'errors'") if is_given(errors) else "strict"
    return decoded(session, data, wanted, handler)


def number_text(value: Value) -> str | None:
    """The text of what a number is read from: a str, or bytes that are one in Latin-1; None for others."""
    text = as_str(value)
    if text is not None:
        return text.text()
    data = bytes_of(value)
    return None if data is None else data.decode("latin-1")


# --- containers ---
# `__new__` takes any arguments: those of a derived class's `__init__` may be others than those of the built-in type.


def check_count(kind: PyType, count: int) -> None:
    """Refuse more than one argument behind the class. Raises TypeError."""
    if count > 2:
        raise type_error(f"{kind.name} expected at most 1 argument, got {count - 1}")


def check_no_keywords(kind: PyType, keywords: PyDict | None) -> None:
    """Refuse arguments with names. Raises TypeError."""
    if keywords is not None and keywords.length() > 0:
        raise type_error(f"{kind.name}() takes no keyword arguments")


def check_init_keywords(kind: PyType, value: Value, keywords: PyDict | None) -> None:
    """Refuse keywords of `__init__`, unless a `__new__` of the program has taken them. Raises TypeError."""
    if special(type_of(value), Special.NEW).same(special(kind, Special.NEW)):
        check_no_keywords(kind, keywords)


def argument(stack: VMStack, first: int, count: int) -> Value:
    """The argument behind the class; UNDEFINED if there is none."""
    return stack[first + 1] if count > 1 else Value.UNDEFINED


def new_list(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`list(iterable=())`; of a derived class its `__init__` fills it."""
    kind = class_of(stack[first], types.LIST)
    if not kind.is_builtin:
        return Value.of_object(InstanceOfList(NO_VALUES, 0, new_instance(kind)))
    check_no_keywords(types.LIST, as_dict(stack[first + count]))
    check_count(types.LIST, count)
    result = PyList(NO_VALUES, 0)
    if count > 1:
        extend_list(session, result, stack[first + 1])
    return Value.of_object(result)


def init_list(session: Session, stack: VMStack, first: int, count: int) -> Value:
    row = as_list(stack[first])
    assert row is not None
    check_init_keywords(types.LIST, stack[first], as_dict(stack[first + 2]))
    row.replace(0, row.count, NO_VALUES, 0)
    if is_given(stack[first + 1]):
        extend_list(session, row, stack[first + 1])
    return NONE


def new_tuple(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`tuple(iterable=())`"""
    kind = class_of(stack[first], types.TUPLE)
    value = stack[first + 1]
    if special(kind, Special.INIT).same(special(types.TUPLE, Special.INIT)):
        check_no_keywords(types.TUPLE, as_dict(stack[first + 2]))
    known = as_tuple(value)
    if kind.is_builtin:
        if known is not None and type_of(value).is_builtin:
            return value
        items = items_of(session, value) if is_given(value) else NO_VALUES
        return Value.of_object(PyTuple(items)) if len(items) > 0 else EMPTY_TUPLE
    items = items_of(session, value) if is_given(value) else NO_VALUES
    return Value.of_object(InstanceOfTuple(items, new_instance(kind)))


def new_dict(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`dict(mapping_or_pairs, **keywords)`"""
    kind = class_of(stack[first], types.DICT)
    if not kind.is_builtin:
        return Value.of_object(InstanceOfDict(new_instance(kind)))
    check_count(types.DICT, count)
    result = PyDict()
    update_dict_from(session, result, argument(stack, first, count), as_dict(stack[first + count]))
    return Value.of_object(result)


def init_dict(session: Session, stack: VMStack, first: int, count: int) -> Value:
    pairs = as_dict(stack[first])
    assert pairs is not None
    update_dict_from(session, pairs, stack[first + 1], as_dict(stack[first + 2]))
    return NONE


def update_dict_from(session: Session, target: PyDict, source: Value, keywords: PyDict | None) -> None:
    """What `dict(...)` and `dict.update(...)` do with their arguments."""
    if is_given(source):
        other = as_dict(source)
        if other is not None and type_of(source).is_builtin:
            other.length()
            target.update_from(session, other)
        elif not session.find_attribute(session, source, "keys").same(Value.UNDEFINED):
            copy_mapping(session, target, source)
        else:
            add_pairs(session, target, source)
    if keywords is not None:
        target.update_from(session, keywords)


def add_pairs(session: Session, target: PyDict, source: Value) -> None:
    """Entries from an iterable of pairs. Raises TypeError, ValueError."""
    number = 0
    for item in values_of(session, source):
        kind = type_of(item)
        if special(kind, Special.ITER).same(Value.UNDEFINED) and special(kind, Special.GETITEM).same(Value.UNDEFINED):
            raise type_error(f"cannot convert dictionary update sequence element #{number} to a sequence")
        values = values_of(session, item)
        if len(values) != 2:
            raise value_error(f"dictionary update sequence element #{number} has length {len(values)}; 2 is required")
        target.set(session, values[0], values[1])
        number += 1


def new_set(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`set(iterable=())`"""
    kind = class_of(stack[first], types.SET)
    if not kind.is_builtin:
        return Value.of_object(InstanceOfSet(new_instance(kind)))
    check_no_keywords(types.SET, as_dict(stack[first + count]))
    check_count(types.SET, count)
    result = PySet()
    if count > 1:
        update(session, result, stack[first + 1])
    return Value.of_object(result)


def init_set(session: Session, stack: VMStack, first: int, count: int) -> Value:
    members = as_set(stack[first])
    assert members is not None
    members.clear()
    if is_given(stack[first + 1]):
        update(session, members, stack[first + 1])
    return NONE


def new_frozenset(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`frozenset(iterable=())`"""
    kind = class_of(stack[first], types.FROZENSET)
    value = stack[first + 1]
    if kind.is_builtin and is_given(value) and type_of(value) is types.FROZENSET:
        return value
    result: PySet = PyFrozenSet()
    if not kind.is_builtin:
        result = InstanceOfSet(new_instance(kind))
    if is_given(value):
        update(session, result, value)
    return Value.of_object(result)


# --- ranges, slices, iterators ---


def new_range(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`range(stop)`, `range(start, stop, step=1)`"""
    start, stop, stride = Value.of_int(0), stack[first + 1], Value.of_int(1)
    if count > 2:
        start, stop = stack[first + 1], stack[first + 2]
        if count > 3:
            stride = stack[first + 3]
    if start.is_int() and stop.is_int() and stride.is_int() and stride.as_int() != 0:
        return Value.of_object(PyRange(start.as_int(), stop.as_int(), stride.as_int()))
    start, stop, stride = index_value(session, start), index_value(session, stop), index_value(session, stride)
    if integer(stride).sign == 0:
        raise value_error("range() arg 3 must not be zero")
    if start.is_int() and stop.is_int() and stride.is_int():
        return Value.of_object(PyRange(start.as_int(), stop.as_int(), stride.as_int()))
    return Value.of_object(PyLongRange(start, stop, stride))


def new_slice(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`slice(stop)`, `slice(start, stop, step=None)`"""
    if count == 2:
        return Value.of_object(PySlice(NONE, stack[first + 1], NONE))
    return Value.of_object(PySlice(stack[first + 1], stack[first + 2], stack[first + 3] if count > 3 else NONE))


def new_enumerate(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`enumerate(iterable, start=0)`"""
    start = index_value(session, stack[first + 2]) if is_given(stack[first + 2]) else Value.of_int(0)
    return Value.of_object(Enumerate(iterator_of(session, stack[first + 1]), start))


def new_zip(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`zip(*iterables, strict=False)`"""
    sources: Array[Value] = Array(count - 1, Value.UNDEFINED)
    for k in range(count - 1):
        sources[k] = iterator_of(session, stack[first + 1 + k])
    return Value.of_object(Zip(sources, is_given(stack[first + count]) and truth(session, stack[first + count])))


def new_map(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`map(function, *iterables)`"""
    if count < 3:
        raise type_error("map() must have at least two arguments.")
    sources: Array[Value] = Array(count - 2, Value.UNDEFINED)
    for k in range(count - 2):
        sources[k] = iterator_of(session, stack[first + 2 + k])
    return Value.of_object(Map(stack[first + 1], sources))


def new_filter(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`filter(function, iterable)`"""
    return Value.of_object(Filter(stack[first + 1], iterator_of(session, stack[first + 2])))


def new_reversed(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`reversed(sequence)`"""
    value = stack[first + 1]
    method = special(type_of(value), Special.REVERSED)
    if method.same(NONE):
        raise type_error(f"'{type_name(value)}' object is not reversible")
    if not method.same(Value.UNDEFINED):
        builtin = method.as_object() if method.is_object() else None
        if isinstance(builtin, PyBuiltin):
            return builtin.function(session, stack, first + 1, 1)
        return call(session, method, [value])
    if special(type_of(value), Special.GETITEM).same(Value.UNDEFINED) or as_set(value) is not None:
        raise type_error(f"'{type_name(value)}' object is not reversible")
    return Value.of_object(ReversedSequence(value, length(session, value)))


# --- descriptors, super, modules, exceptions ---


@unroll_safe
def new_exception_object(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`BaseException.__new__(cls, *args)`"""
    kind = class_of(stack[first], types.BASE_EXCEPTION)
    arguments: Array[Value] = Array(count - 1, Value.UNDEFINED)
    for k in range(count - 1):
        arguments[k] = stack[first + 1 + k]
    result = PyException(class_for(kind, arguments).roots.current, arguments)
    fill_fields(result)
    keywords = as_dict(stack[first + count])
    if keywords is not None and kind.is_builtin:
        for key in keywords.all_keys():
            text = as_str(key)
            assert text is not None
            result.set_named(text.text(), keywords.get(session, key))
    return Value.of_object(result)


def init_exception(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`BaseException.__init__(self, *args)`"""
    thing = as_py_object(stack[first])
    assert isinstance(thing, PyException)
    arguments: Array[Value] = Array(count - 1, Value.UNDEFINED)
    for k in range(count - 1):
        arguments[k] = stack[first + 1 + k]
    thing.arguments = PyTuple(arguments)
    fill_fields(thing)
    return NONE


def new_module_object(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`types.ModuleType(name, doc=None)`, and its `__new__`."""
    kind = class_of(stack[first], types.MODULE)
    module = Value.of_object(PyModule(Namespace(session.builtins), kind))
    if kind.is_builtin:
        if not is_given(stack[first + 1]):
            raise type_error("module() missing required argument 'name' (pos 1)")
        name_module(module, stack[first + 1], stack[first + 2])
    return module


def init_module_object(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`module.__init__(self, name, doc=None)`"""
    name_module(stack[first], stack[first + 1], stack[first + 2])
    return NONE


def name_module(module: Value, name: Value, documentation: Value) -> None:
    """Give a new module what all have."""
    thing = as_py_object(module)
    assert isinstance(thing, PyModule)
    if as_str(name) is None:
        raise type_error(f"module() argument 'name' must be str, not {type_name(name)}")
    thing.namespace.set_named("__name__", name)
    thing.namespace.set_named("__doc__", documentation if is_given(documentation) else NONE)
    for other in ("__package__", "__loader__", "__spec__"):
        thing.namespace.set_named(other, NONE)


CONSTRUCTORS: list[tuple[PyType, PyBuiltin]] = [
    (types.INT, PyBuiltin("__new__", new_int, 1, 3, None, array_of(["base"]))),
    (types.BOOL, PyBuiltin("__new__", new_bool, 1, 2)),
    (types.FLOAT, PyBuiltin("__new__", new_float, 1, 2)),
    (types.STR, PyBuiltin("__new__", new_str, 1, 4, None, array_of(["object", "encoding", "errors"]))),
    (types.LIST, PyBuiltin("__new__", new_list, 1, MANY_ARGUMENTS, takes_any=True)),
    (types.LIST, PyBuiltin("__init__", init_list, 1, 2, types.LIST, takes_any=True)),
    (types.TUPLE, PyBuiltin("__new__", new_tuple, 1, 2, takes_any=True)),
    (types.DICT, PyBuiltin("__new__", new_dict, 1, MANY_ARGUMENTS, takes_any=True)),
    (types.DICT, PyBuiltin("__init__", init_dict, 1, 2, types.DICT, takes_any=True)),
    (types.SET, PyBuiltin("__new__", new_set, 1, MANY_ARGUMENTS, takes_any=True)),
    (types.SET, PyBuiltin("__init__", init_set, 1, 2, types.SET)),
    (types.FROZENSET, PyBuiltin("__new__", new_frozenset, 1, 2)),
    (types.RANGE, PyBuiltin("__new__", new_range, 2, 4)),
    (types.SLICE, PyBuiltin("__new__", new_slice, 2, 4)),
    (types.ENUMERATE, PyBuiltin("__new__", new_enumerate, 2, 3, None, array_of(["iterable", "start"]))),
    (types.ZIP, PyBuiltin("__new__", new_zip, 1, MANY_ARGUMENTS, None, array_of(["strict"]), 1)),
    (types.MAP, PyBuiltin("__new__", new_map, 1, MANY_ARGUMENTS)),
    (types.FILTER, PyBuiltin("__new__", new_filter, 3, 3)),
    (types.REVERSED, PyBuiltin("__new__", new_reversed, 2, 2)),
    (types.BASE_EXCEPTION, PyBuiltin("__new__", new_exception_object, 1, MANY_ARGUMENTS, takes_any=True)),
    (types.BASE_EXCEPTION, PyBuiltin("__init__", init_exception, 1, MANY_ARGUMENTS, types.BASE_EXCEPTION)),
    (types.MODULE, PyBuiltin("__new__", new_module_object, 1, 3, None, array_of(["name", "doc"]), takes_any=True)),
    (types.MODULE, PyBuiltin("__init__", init_module_object, 2, 3, types.MODULE, array_of(["name", "doc"]))),
]
"""`__new__` is called with the class; `__init__` with an object of a derived class."""
