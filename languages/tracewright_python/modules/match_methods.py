"""Members of matches of regular expressions."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import array_of
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright_python import builtin_types as types
from tracewright_python.conversions import index_value, is_int_object
from tracewright_python.dictionaries import PyDict
from tracewright_python.display import repr_text
from tracewright_python.exceptions import error
from tracewright_python.functions import PyBuiltin, PyGetSet
from tracewright_python.importing import import_by_name
from tracewright_python.lists import pair, tuple_of
from tracewright_python.objects import as_py_object, special
from tracewright_python.patterns import PyMatch
from tracewright_python.session import Session
from tracewright_python.special_names import Special
from tracewright_python.texts import text_value
from tracewright_python.values import NONE, type_of


def the_match(value: Value) -> PyMatch:
    """A value that is a match."""
    thing = as_py_object(value)
    assert isinstance(thing, PyMatch)
    return thing


def group_number(session: Session, match: PyMatch, value: Value) -> int:
    """The number of a group that is named or numbered. Raises IndexError."""
    number = -1
    if is_int_object(value) or not special(type_of(value), Special.INDEX).same(Value.UNDEFINED):
        given = index_value(session, value)
        if given.is_int():
            number = given.as_int()
    else:
        found = match.pattern.names.get(session, value)
        if found.is_int():
            number = found.as_int()
    if not 0 <= number <= match.pattern.group_count:
        raise error(types.INDEX_ERROR, "no such group")
    return number


def optional_group(session: Session, match: PyMatch, value: Value) -> int:
    """The same; group 0 where none is given."""
    return 0 if value.same(Value.UNDEFINED) else group_number(session, match, value)


def group(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`match.group(...)`"""
    match = the_match(stack[first])
    if count == 1:
        return match.part(0, NONE)
    if count == 2:
        return match.part(group_number(session, match, stack[first + 1]), NONE)
    return tuple_of([match.part(group_number(session, match, stack[first + k]), NONE) for k in range(1, count)])


def get_item(session: Session, stack: VMStack, first: int, count: int) -> Value:
    match = the_match(stack[first])
    return match.part(group_number(session, match, stack[first + 1]), NONE)


def groups(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`match.groups(default=None)`"""
    match = the_match(stack[first])
    default = NONE if stack[first + 1].same(Value.UNDEFINED) else stack[first + 1]
    return tuple_of([match.part(number, default) for number in range(1, match.pattern.group_count + 1)])


@dont_look_inside
def group_dict(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`match.groupdict(default=None)`"""
    match = the_match(stack[first])
    default = NONE if stack[first + 1].same(Value.UNDEFINED) else stack[first + 1]
    result = PyDict()
    for key in match.pattern.names.all_keys():
        result.set(session, key, match.part(match.pattern.names.get(session, key).as_int(), default))
    return Value.of_object(result)


def start(session: Session, stack: VMStack, first: int, count: int) -> Value:
    match = the_match(stack[first])
    return Value.of_int(match.places[2 * optional_group(session, match, stack[first + 1])])


def end(session: Session, stack: VMStack, first: int, count: int) -> Value:
    match = the_match(stack[first])
    return Value.of_int(match.places[2 * optional_group(session, match, stack[first + 1]) + 1])


def span(session: Session, stack: VMStack, first: int, count: int) -> Value:
    match = the_match(stack[first])
    number = optional_group(session, match, stack[first + 1])
    return pair(Value.of_int(match.places[2 * number]), Value.of_int(match.places[2 * number + 1]))


def expand(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`match.expand(template)`"""
    function = session.get_attribute(session, import_by_name(session, "re"), "_expand")
    match = the_match(stack[first])
    return session.call(session, function, [Value.of_object(match.pattern), stack[first], stack[first + 1]])


def show(session: Session, stack: VMStack, first: int, count: int) -> Value:
    match = the_match(stack[first])
    shown = repr_text(session, match.part(0, NONE))
    if len(shown) > 50:
        shown = shown[:50]
    return text_value(f"<re.Match object; span=({match.places[0]}, {match.places[1]}), match={shown}>")


def itself(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return stack[first]


def get_subject(session: Session, value: Value) -> Value:
    return the_match(value).subject


def get_pattern(session: Session, value: Value) -> Value:
    return Value.of_object(the_match(value).pattern)


def get_start(session: Session, value: Value) -> Value:
    return Value.of_int(the_match(value).start)


def get_stop(session: Session, value: Value) -> Value:
    return Value.of_int(the_match(value).stop)


def get_last_index(session: Session, value: Value) -> Value:
    last = the_match(value).last
    return NONE if last == 0 else Value.of_int(last)


def get_last_group(session: Session, value: Value) -> Value:
    match = the_match(value)
    names = match.pattern.group_names
    return names[match.last] if 0 < match.last < len(names) else NONE


def get_spans(session: Session, value: Value) -> Value:
    """`match.regs`"""
    places = the_match(value).places
    spans = [pair(Value.of_int(places[k]), Value.of_int(places[k + 1])) for k in range(0, len(places), 2)]
    return tuple_of(spans)


KIND: Final = types.MATCH
METHODS: Final[list[PyBuiltin]] = [
    PyBuiltin("group", group, 1, -1, KIND),
    PyBuiltin("__getitem__", get_item, 2, 2, KIND),
    PyBuiltin("groups", groups, 1, 2, KIND, array_of(["default"])),
    PyBuiltin("groupdict", group_dict, 1, 2, KIND, array_of(["default"])),
    PyBuiltin("start", start, 1, 2, KIND),
    PyBuiltin("end", end, 1, 2, KIND),
    PyBuiltin("span", span, 1, 2, KIND),
    PyBuiltin("expand", expand, 2, 2, KIND, array_of(["template"])),
    PyBuiltin("__repr__", show, 1, 1, KIND),
    PyBuiltin("__copy__", itself, 1, 1, KIND),
    PyBuiltin("__deepcopy__", itself, 2, 2, KIND),
]
ATTRIBUTES: Final[list[PyGetSet]] = [
    PyGetSet("string", KIND, get_subject, None),
    PyGetSet("re", KIND, get_pattern, None),
    PyGetSet("pos", KIND, get_start, None),
    PyGetSet("endpos", KIND, get_stop, None),
    PyGetSet("lastindex", KIND, get_last_index, None),
    PyGetSet("lastgroup", KIND, get_last_group, None),
    PyGetSet("regs", KIND, get_spans, None),
]
