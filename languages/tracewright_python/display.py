"""`repr`, `str`, `ascii` and `format` of values."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.hints import dont_look_inside
from tracewright.lib.big_integers_text import to_text
from tracewright.lib.float_text import float_repr
from tracewright_python.big_ints import PyBigInt, plain_number
from tracewright_python.builtin_types import RECURSION_ERROR, VALUE_ERROR
from tracewright_python.calls import call
from tracewright_python.dictionaries import ABSENT, PyDict
from tracewright_python.errors import Raised
from tracewright_python.exceptions import error, type_error
from tracewright_python.functions import PyBuiltin
from tracewright_python.iterators import DictPart, PyDictView, PyRange
from tracewright_python.lists import PyList, PyTuple
from tracewright_python.objects import OBJECT, PyObject, PyType, lookup, special
from tracewright_python.session import Session
from tracewright_python.sets import PyFrozenSet, PySet
from tracewright_python.special_names import Special
from tracewright_python.struct_sequences import PyStructSequence
from tracewright_python.subscripts import PySlice
from tracewright_python.texts import PyStr, as_str, decimal_text, text_value
from tracewright_python.values import ELLIPSIS, NONE, type_name, type_of


@dont_look_inside
def repr_text(session: Session, value: Value) -> str:
    """`repr(value)`"""
    kind = type_of(value)
    if kind.is_builtin:
        quick = builtin_repr(session, value)
        if quick is not None:
            return quick
    method = special(kind, Special.REPR)
    return returned_text(call(session, method, [value]), "__repr__")


@dont_look_inside
def str_text(session: Session, value: Value) -> str:
    """`str(value)`"""
    if value.is_int():
        return str(value.as_int())
    text = as_str(value)
    if text is not None and type_of(value).is_builtin:
        return text.text()
    method = special(type_of(value), Special.STR)
    if method.is_object():
        function = method.as_object()
        if isinstance(function, PyBuiltin) and function.owner is OBJECT:
            return repr_text(session, value)
    return returned_text(call(session, method, [value]), "__str__")


def str_value(session: Session, value: Value) -> Value:
    """`str(value)` as a Value."""
    if value.is_int():
        return decimal_text(value.as_int())
    text = as_str(value)
    if text is not None and type_of(value).is_builtin:
        return value
    return text_value(str_text(session, value))


def returned_text(result: Value, name: str) -> str:
    """The text that a special method has returned. Raises TypeError."""
    text = as_str(result)
    if text is None:
        raise type_error(f"{name} returned non-string (type {type_name(result)})")
    return text.text()


def ascii_text(text: str) -> str:
    """A repr with everything beyond ASCII escaped."""
    if text.isascii():
        return text
    parts: list[str] = []
    for character in text:
        code = ord(character)
        if code < 128:
            parts.append(character)
        elif code < 256:
            parts.append(f"\\x{code:02x}")
        elif code < 65536:
            parts.append(f"\\u{code:04x}")
        else:
            parts.append(f"\\U{code:08x}")
    return "".join(parts)


@dont_look_inside
def format_value(session: Session, value: Value, specification: str) -> Value:
    """`format(value, specification)`"""
    if specification == "" and (value.is_int() or (as_str(value) is not None and type_of(value).is_builtin)):
        return str_value(session, value)
    method = special(type_of(value), Special.FORMAT)
    result = call(session, method, [value, text_value(specification)])
    if as_str(result) is None:
        raise type_error(f"__format__ must return a str, not {type_name(result)}")
    return result


def big_text(session: Session, thing: PyBigInt) -> str:
    """A big int in tens. Raises ValueError where there are too many digits."""
    limit = session.digit_limit
    if limit > 0 and thing.number.bit_length() > 4 * limit:  # without the work of finding the digits
        raise too_many_digits(limit)
    text = to_text(thing.number, 10)
    if limit > 0 and len(text) - (1 if thing.number.sign < 0 else 0) > limit:
        raise too_many_digits(limit)
    return text


def too_many_digits(limit: int) -> Raised:
    """A text of an int would be too long."""
    return error(
        VALUE_ERROR,
        f"Exceeds the limit ({limit} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit",
    )


def builtin_repr(session: Session, value: Value) -> str | None:
    """`repr` of a built-in value, or of what an object is that derives from one; None for others."""
    number = plain_number(value) if value.is_object() else value
    if number.is_int():
        return str(number.as_int())
    if number.is_float():
        return float_repr(number.as_float())
    if number.same(NONE):
        return "None"
    if number.is_bool():
        return "True" if number.as_bool() else "False"
    if value.same(ELLIPSIS):
        return "Ellipsis"
    thing = number.as_object()
    if isinstance(thing, PyStr):
        return repr(thing.text())
    if isinstance(thing, PyBigInt):
        return big_text(session, thing)
    return container_repr(session, value, thing)


def container_repr(session: Session, value: Value, thing: object) -> str | None:
    """The same of containers, which may hold themselves."""
    if isinstance(thing, PyList):
        return nested(session, thing, "[...]")
    if isinstance(thing, PyTuple):
        if isinstance(thing, PyStructSequence):
            return struct_repr(session, thing)
        return nested(session, thing, "(...)")
    if isinstance(thing, PyDict):
        return nested(session, thing, "{...}")
    if isinstance(thing, PySet):
        return nested(session, thing, f"{type_name(value)}(...)")
    if isinstance(thing, PyRange):
        if thing.stride == 1:
            return f"range({thing.start}, {thing.stop})"
        return f"range({thing.start}, {thing.stop}, {thing.stride})"
    if isinstance(thing, PySlice):
        return f"slice({repr_text(session, thing.start)}, {repr_text(session, thing.stop)}, {repr_text(session, thing.stride)})"
    if isinstance(thing, PyDictView):
        return nested(session, thing, "...")
    return None


def struct_repr(session: Session, thing: PyStructSequence) -> str:
    """`name(field=value, ...)`"""
    names = thing.struct.names
    parts = [f"{names[k]}={repr_text(session, thing.items[k])}" for k in range(len(thing.items))]
    return f"{thing.struct.kind.qualified_name}({', '.join(parts)})"


def nested(session: Session, thing: PyObject, again: str) -> str:
    """The repr of a container, or `again` inside of itself."""
    for other in session.showing:
        if other is thing:
            return again
    if len(session.showing) >= session.recursion_limit:
        raise error(RECURSION_ERROR, "maximum recursion depth exceeded while getting the repr of an object")
    session.showing.append(thing)
    try:
        return contents(session, thing)
    finally:
        session.showing.pop()


def joined_reprs(session: Session, values: list[Value]) -> str:
    """With commas between."""
    return ", ".join([repr_text(session, value) for value in values])


def contents(session: Session, thing: PyObject) -> str:
    """The repr of a container with what is in it."""
    if isinstance(thing, PyList):
        return f"[{joined_reprs(session, thing.values())}]"
    if isinstance(thing, PyTuple):
        parts = joined_reprs(session, list(thing.items))
        return f"({parts},)" if len(thing.items) == 1 else f"({parts})"
    if isinstance(thing, PyDict):
        return f"{{{dict_contents(session, thing)}}}"
    if isinstance(thing, PyDictView):
        return view_contents(session, thing)
    assert isinstance(thing, PySet)
    name = thing.type_of().name
    if thing.count == 0:
        return f"{name}()"
    parts = joined_reprs(session, thing.members())
    if isinstance(thing, PyFrozenSet) or not thing.type_of().is_builtin:
        return f"{name}({{{parts}}})"
    return f"{{{parts}}}"


def dict_contents(session: Session, thing: PyDict) -> str:
    """The pairs of a dict."""
    parts: list[str] = []
    place = thing.next_place(0)
    while place != ABSENT:
        value = thing.values[place]
        parts.append(f"{repr_text(session, thing.keys[place])}: {repr_text(session, value)}")
        place = thing.next_place(place + 1)
    return ", ".join(parts)


def view_contents(session: Session, view: PyDictView) -> str:
    """`dict_keys([...])` and so on."""
    source = view.source
    parts: list[str] = []
    place = source.next_place(0)
    while place != ABSENT:
        key, value = source.keys[place], source.values[place]
        if view.part == DictPart.KEYS:
            parts.append(repr_text(session, key))
        elif view.part == DictPart.VALUES:
            parts.append(repr_text(session, value))
        else:
            parts.append(f"({repr_text(session, key)}, {repr_text(session, value)})")
        place = source.next_place(place + 1)
    return f"{view.type_of().name}([{', '.join(parts)}])"


def module_of(kind: PyType) -> str:
    """The module that a class belongs to."""
    if kind.is_builtin:
        module = kind.qualified_name.rpartition(".")[0]
        return "builtins" if module == "" else module
    text = as_str(lookup(kind, "__module__"))
    return text.text() if text is not None else "?"


def type_repr(kind: PyType) -> str:
    """`<class 'C'>`"""
    module = module_of(kind)
    return (
        f"<class '{kind.qualified_name}'>"
        if module == "builtins" or kind.is_builtin
        else f"<class '{module}.{kind.qualified_name}'>"
    )


def qualified_type_name(kind: PyType) -> str:
    """The name with the module before it, unless that is `builtins`."""
    module = module_of(kind)
    return kind.qualified_name if module == "builtins" or kind.is_builtin else f"{module}.{kind.qualified_name}"
