"""Members of compiled regular expressions."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import array_of
from tracewright.core.generic import hash_of
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright_python import builtin_types as types
from tracewright_python.byte_objects import PyBytes, as_bytes, bytes_of
from tracewright_python.conversions import index_value
from tracewright_python.display import repr_text
from tracewright_python.exceptions import type_error
from tracewright_python.functions import Native, PyBuiltin, PyGetSet
from tracewright_python.importing import import_by_name
from tracewright_python.iterators import PyIterator
from tracewright_python.lists import list_of, pair, tuple_of
from tracewright_python.mapping_proxy import PyMappingProxy
from tracewright_python.objects import PyObject, PyType, as_py_object, special
from tracewright_python.patterns import PyPattern, Scanner, Way, found_match, part_of
from tracewright_python.session import Session
from tracewright_python.special_names import Special
from tracewright_python.texts import as_str, text_value
from tracewright_python.values import NONE, NOT_IMPLEMENTED, type_name, type_of

FARTHEST: Final = 1 << 62
FLAG_NAMES: Final[list[tuple[int, str]]] = [
    (1, "re.TEMPLATE"),
    (2, "re.IGNORECASE"),
    (4, "re.LOCALE"),
    (8, "re.MULTILINE"),
    (16, "re.DOTALL"),
    (32, "re.UNICODE"),
    (64, "re.VERBOSE"),
    (128, "re.DEBUG"),
    (256, "re.ASCII"),
]
UNICODE: Final = 32
LONGEST_SHOWN: Final = 200


def the_pattern(value: Value) -> PyPattern:
    """A value that is a pattern."""
    thing = as_py_object(value)
    assert isinstance(thing, PyPattern)
    return thing


def end_of(session: Session, value: Value, default: int) -> int:
    """An end of the stretch that is searched."""
    if value.same(Value.UNDEFINED):
        return default
    number = index_value(session, value)
    return number.as_int() if number.is_int() else FARTHEST


def matching(way: int) -> Native:
    """`search`, `match`, `fullmatch`"""

    def match(session: Session, stack: VMStack, first: int, count: int) -> Value:
        start, stop = end_of(session, stack[first + 2], 0), end_of(session, stack[first + 3], FARTHEST)
        return found_match(session, the_pattern(stack[first]), stack[first + 1], start, stop, way)

    return match


def scanner_of(session: Session, stack: VMStack, first: int) -> Scanner:
    """A walk over the subject that is given with its ends."""
    start, stop = end_of(session, stack[first + 2], 0), end_of(session, stack[first + 3], FARTHEST)
    return Scanner(the_pattern(stack[first]), stack[first + 1], start, stop)


@dont_look_inside
def find_all(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`pattern.findall(string, pos, endpos)`"""
    scanner = scanner_of(session, stack, first)
    pattern = scanner.pattern
    empty = part_of(pattern, scanner.subject, scanner.text, 0, 0)
    found: list[Value] = []
    while scanner.step(session, Way.SEARCH):
        match = scanner.match()
        if pattern.group_count == 0:
            found.append(match.part(0, empty))
        elif pattern.group_count == 1:
            found.append(match.part(1, empty))
        else:
            found.append(tuple_of([match.part(group, empty) for group in range(1, pattern.group_count + 1)]))
    return list_of(found)


@final
class MatchIterator(PyIterator):
    """`pattern.finditer(string)`"""

    def __init__(self, scanner: Scanner) -> None:
        self.scanner = scanner

    def type_of(self) -> PyType:
        return types.CALLABLE_ITERATOR

    def step(self, session: Session) -> Value:
        found = self.scanner.step(session, Way.SEARCH)
        return Value.of_object(self.scanner.match()) if found else Value.UNDEFINED


def find_iterator(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_object(MatchIterator(scanner_of(session, stack, first)))


@final
class PyScanner(PyObject):
    """`pattern.scanner(string)`"""

    def __init__(self, scanner: Scanner) -> None:
        self.scanner = scanner

    def type_of(self) -> PyType:
        return types.SCANNER


def new_scanner(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_object(PyScanner(scanner_of(session, stack, first)))


def scanning(way: int) -> Native:
    """`scanner.match()` and `scanner.search()`"""

    def step(session: Session, stack: VMStack, first: int, count: int) -> Value:
        thing = as_py_object(stack[first])
        assert isinstance(thing, PyScanner)
        return Value.of_object(thing.scanner.match()) if thing.scanner.step(session, way) else NONE

    return step


def scanner_pattern(session: Session, value: Value) -> Value:
    thing = as_py_object(value)
    assert isinstance(thing, PyScanner)
    return Value.of_object(thing.scanner.pattern)


@dont_look_inside
def split(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`pattern.split(string, maxsplit=0)`"""
    pattern = the_pattern(stack[first])
    scanner = Scanner(pattern, stack[first + 1], 0, FARTHEST)
    most = end_of(session, stack[first + 2], 0)
    parts: list[Value] = []
    place = 0
    turns = 0
    while (most <= 0 or turns < most) and scanner.step(session, Way.SEARCH):
        parts.append(part_of(pattern, scanner.subject, scanner.text, place, scanner.places[0]))
        match = scanner.match()
        for group in range(1, pattern.group_count + 1):
            parts.append(match.part(group, NONE))
        place = scanner.places[1]
        turns += 1
    parts.append(part_of(pattern, scanner.subject, scanner.text, place, len(scanner.text)))
    return list_of(parts)


# --- substitution ---


def literal_of(session: Session, pattern: PyPattern, template: Value) -> Value:
    """What every match is replaced by, or a function of the match."""
    text = as_str(template)
    data = bytes_of(template) if text is None else None
    if text is None and data is None:
        if special(type_of(template), Special.CALL).same(Value.UNDEFINED):
            raise type_error(f"decoding to str: need a bytes-like object, {type_name(template)} found")
        return template
    if (text is not None and "\\" not in text.text()) or (data is not None and b"\\" not in data):
        return template
    module = import_by_name(session, "re")
    function = session.get_attribute(session, module, "_subx")
    return session.call(session, function, [Value.of_object(pattern), template])


@dont_look_inside
def substituted(session: Session, stack: VMStack, first: int) -> tuple[Value, int]:
    """The subject with its matches replaced, and how many there were."""
    pattern = the_pattern(stack[first])
    scanner = Scanner(pattern, stack[first + 2], 0, FARTHEST)
    template = stack[first + 1]
    is_function = as_str(template) is None and bytes_of(template) is None
    replacement = template if is_function else literal_of(session, pattern, template)
    fixed = as_str(replacement) is not None or bytes_of(replacement) is not None
    most = end_of(session, stack[first + 3], 0)
    parts: list[Value] = []
    place = 0
    turns = 0
    while (most <= 0 or turns < most) and scanner.step(session, Way.SEARCH):
        if scanner.places[0] > place:
            parts.append(part_of(pattern, scanner.subject, scanner.text, place, scanner.places[0]))
        item = replacement
        if not fixed:
            item = session.call(session, replacement, [Value.of_object(scanner.match())])
        if not item.same(NONE):
            parts.append(item)
        place = scanner.places[1]
        turns += 1
    if turns == 0 and type_of(stack[first + 2]).is_builtin and as_str(stack[first + 2]) is not None:
        return stack[first + 2], 0
    parts.append(part_of(pattern, scanner.subject, scanner.text, place, len(scanner.text)))
    return joined(session, pattern, parts), turns


def joined(session: Session, pattern: PyPattern, parts: list[Value]) -> Value:
    """All parts as one str or as bytes. Raises TypeError."""
    if pattern.is_bytes:
        pieces: list[bytes] = []
        for index in range(len(parts)):
            data = bytes_of(parts[index])
            if data is None:
                name = type_name(parts[index])
                raise type_error(f"sequence item {index}: expected a bytes-like object, {name} found")
            pieces.append(data)
        return Value.of_object(PyBytes(b"".join(pieces)))
    texts: list[str] = []
    for index in range(len(parts)):
        text = as_str(parts[index])
        if text is None:
            raise type_error(f"sequence item {index}: expected str instance, {type_name(parts[index])} found")
        texts.append(text.text())
    return text_value("".join(texts))


def substitute(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`pattern.sub(repl, string, count=0)`"""
    result, _ = substituted(session, stack, first)
    return result


def substitute_counting(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`pattern.subn(repl, string, count=0)`"""
    result, turns = substituted(session, stack, first)
    return pair(result, Value.of_int(turns))


# --- what it is ---


def show(session: Session, stack: VMStack, first: int, count: int) -> Value:
    pattern = the_pattern(stack[first])
    flags = pattern.flags
    if not pattern.is_bytes and flags & (4 | UNICODE | 256) == UNICODE:
        flags &= ~UNICODE
    names: list[str] = []
    for bit, name in FLAG_NAMES:
        if flags & bit:
            names.append(name)
            flags &= ~bit
    if flags != 0:
        names.append(f"0x{flags:x}")
    shown = repr_text(session, pattern.pattern)[:LONGEST_SHOWN]
    return text_value(f"re.compile({shown}{', ' + '|'.join(names) if len(names) > 0 else ''})")


def are_equal(session: Session, stack: VMStack, first: int, count: int) -> Value:
    own, other = the_pattern(stack[first]), as_py_object(stack[first + 1])
    if not isinstance(other, PyPattern):
        return NOT_IMPLEMENTED
    if own is other:
        return Value.TRUE
    if own.flags != other.flags or own.is_bytes != other.is_bytes or len(own.codes) != len(other.codes):
        return Value.FALSE
    for index in range(len(own.codes)):
        if own.codes[index] != other.codes[index]:
            return Value.FALSE
    left, right = as_str(own.pattern), as_str(other.pattern)
    if left is not None and right is not None:
        return Value.of_bool(left.text() == right.text())
    data, others = as_bytes(own.pattern), as_bytes(other.pattern)
    return Value.of_bool(data is not None and others is not None and data.data == others.data)


def hash_pattern(session: Session, stack: VMStack, first: int, count: int) -> Value:
    pattern = the_pattern(stack[first])
    text = as_str(pattern.pattern)
    data = bytes_of(pattern.pattern) if text is None else None
    code = hash_of(text.text()) if text is not None else hash_of(b"" if data is None else data)
    return Value.of_int((code ^ pattern.flags) & 0xFFFFFFFFFFFFFFF)


def itself(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`copy` and `deepcopy`: a pattern never changes."""
    return stack[first]


def get_pattern(session: Session, value: Value) -> Value:
    return the_pattern(value).pattern


def get_flags(session: Session, value: Value) -> Value:
    return Value.of_int(the_pattern(value).flags)


def get_groups(session: Session, value: Value) -> Value:
    return Value.of_int(the_pattern(value).group_count)


def get_index(session: Session, value: Value) -> Value:
    return Value.of_object(PyMappingProxy(Value.of_object(the_pattern(value).names)))


KIND: Final = types.PATTERN
METHODS: Final[list[PyBuiltin]] = [
    *[
        PyBuiltin(name, matching(way), 2, 4, KIND, array_of(["string", "pos", "endpos"]))
        for name, way in (("search", Way.SEARCH), ("match", Way.AT_START), ("fullmatch", Way.WHOLE))
    ],
    PyBuiltin("findall", find_all, 2, 4, KIND, array_of(["string", "pos", "endpos"])),
    PyBuiltin("finditer", find_iterator, 2, 4, KIND, array_of(["string", "pos", "endpos"])),
    PyBuiltin("scanner", new_scanner, 2, 4, KIND, array_of(["string", "pos", "endpos"])),
    PyBuiltin("split", split, 2, 3, KIND, array_of(["string", "maxsplit"])),
    PyBuiltin("sub", substitute, 3, 4, KIND, array_of(["repl", "string", "count"])),
    PyBuiltin("subn", substitute_counting, 3, 4, KIND, array_of(["repl", "string", "count"])),
    PyBuiltin("__repr__", show, 1, 1, KIND),
    PyBuiltin("__eq__", are_equal, 2, 2, KIND),
    PyBuiltin("__hash__", hash_pattern, 1, 1, KIND),
    PyBuiltin("__copy__", itself, 1, 1, KIND),
    PyBuiltin("__deepcopy__", itself, 2, 2, KIND),
    PyBuiltin("match", scanning(Way.AT_START), 1, 1, types.SCANNER),
    PyBuiltin("search", scanning(Way.SEARCH), 1, 1, types.SCANNER),
]
ATTRIBUTES: Final[list[PyGetSet]] = [
    PyGetSet("pattern", KIND, get_pattern, None),
    PyGetSet("flags", KIND, get_flags, None),
    PyGetSet("groups", KIND, get_groups, None),
    PyGetSet("groupindex", KIND, get_index, None),
    PyGetSet("pattern", types.SCANNER, scanner_pattern, None),
]
