"""`RegExp`."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.shapes import Shape
from tracewright_javascript.access import set_by_key
from tracewright_javascript.builtins.arguments import (
    argument_at,
    callee_of,
    is_construction,
    prototype_to_make,
    this_of,
)
from tracewright_javascript.builtins.array_access import item_at, length_of
from tracewright_javascript.builtins.iterators import install_iterator
from tracewright_javascript.builtins.regexp_legacy import install_legacy_features
from tracewright_javascript.builtins.regexp_objects import (
    JSRegExp,
    advanced,
    builtin_exec,
    compiled,
    find_match,
    has_plain_species,
    initialize,
    is_untouched,
    new_regexp,
    next_match,
    place_behind,
    regexp_exec,
    set_last_index,
    source_text,
)
from tracewright_javascript.builtins.regexp_replacing import replace_with_pattern
from tracewright_javascript.builtins.rows import (
    NativeRow,
    install_constructor,
    install_getter,
    install_methods,
    install_species,
    install_value,
)
from tracewright_javascript.builtins.strings import is_regular_expression
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.calls import construct
from tracewright_javascript.construction import species_constructor
from tracewright_javascript.conversions import to_display, to_length, to_text, to_uint32, truth
from tracewright_javascript.errors import type_error
from tracewright_javascript.functions import new_native
from tracewright_javascript.iteration import NativeIterator
from tracewright_javascript.keys import MATCH, MATCH_ALL, NO_INDEX, REPLACE, SEARCH, SPLIT, Key
from tracewright_javascript.lookups import get_named
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.realm import Realm, as_realm
from tracewright_javascript.values import EMPTY, identical, part_value, string_value

STRING_ITERATOR: Final = "RegExp String Iterator"
FLAG_NAMES: Final[list[tuple[str, str]]] = [
    ("hasIndices", "d"),
    ("global", "g"),
    ("ignoreCase", "i"),
    ("multiline", "m"),
    ("dotAll", "s"),
    ("unicode", "u"),
    ("unicodeSets", "v"),
    ("sticky", "y"),
]


def _regexp(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    pattern = argument_at(stack, frame, count, 0)
    letters = argument_at(stack, frame, count, 1)
    thing = as_object(pattern)
    is_pattern = is_regular_expression(pattern)
    if not is_construction(stack, frame) and is_pattern and thing is not None and letters.same(Value.UNDEFINED):
        if get_named(thing, "constructor").same(Value.of_object(callee_of(stack, frame))):
            return pattern
    source = pattern
    if isinstance(thing, JSRegExp):
        source = string_value(thing.ready().source)
        if letters.same(Value.UNDEFINED):
            letters = string_value(thing.ready().letters)
    elif is_pattern and thing is not None:
        source = get_named(thing, "source")
        if letters.same(Value.UNDEFINED):
            letters = get_named(thing, "flags")
    result = new_regexp(prototype_to_make(stack, frame, lambda where: where.regexp_prototype))
    text = "" if source.same(Value.UNDEFINED) else to_text(source)
    initialize(result, compiled(as_realm(realm), text, "" if letters.same(Value.UNDEFINED) else to_text(letters)))
    return Value.of_object(result)


def _this_regexp(stack: VMStack, frame: int, method: str) -> JSRegExp:
    thing = as_object(this_of(stack, frame))
    if isinstance(thing, JSRegExp):
        return thing
    shown = to_display(this_of(stack, frame))
    raise type_error(f"Method RegExp.prototype.{method} called on incompatible receiver {shown}")


def _this_object(stack: VMStack, frame: int, method: str) -> JSObject:
    thing = as_object(this_of(stack, frame))
    if thing is None:
        shown = to_display(this_of(stack, frame))
        raise type_error(f"RegExp.prototype.{method} called on incompatible receiver {shown}")
    return thing


def _exec(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = _this_regexp(stack, frame, "exec")
    return builtin_exec(as_realm(realm), thing, to_text(argument_at(stack, frame, count, 0)))


def _test(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = _this_object(stack, frame, "test")
    text = to_text(argument_at(stack, frame, count, 0))
    if isinstance(thing, JSRegExp) and is_untouched(as_realm(realm), thing):
        return Value.of_bool(find_match(thing, text))
    return Value.of_bool(not regexp_exec(as_realm(realm), thing, text).same(Value.NULL))


def _to_string(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = _this_object(stack, frame, "toString")
    source = to_text(get_named(thing, "source"))
    return string_value(f"/{source}/{to_text(get_named(thing, 'flags'))}")


def _compile(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = _this_regexp(stack, frame, "compile")
    pattern = argument_at(stack, frame, count, 0)
    letters = argument_at(stack, frame, count, 1)
    other = as_object(pattern)
    if isinstance(other, JSRegExp):
        if not letters.same(Value.UNDEFINED):
            raise type_error("Invalid flags supplied to RegExp.prototype.compile")
        initialize(thing, other.ready())
        return Value.of_object(thing)
    text = "" if pattern.same(Value.UNDEFINED) else to_text(pattern)
    initialize(thing, compiled(as_realm(realm), text, "" if letters.same(Value.UNDEFINED) else to_text(letters)))
    return Value.of_object(thing)


# Flags


def _flags(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = _this_object(stack, frame, "flags")
    if isinstance(thing, JSRegExp) and is_untouched(as_realm(realm), thing):
        given = thing.ready().letters
        return string_value("".join([letter for _, letter in FLAG_NAMES if letter in given]))
    letters = [letter for name, letter in FLAG_NAMES if truth(get_named(thing, name))]
    return string_value("".join(letters))


def _flag(realm: AnyRealm, stack: VMStack, frame: int, name: str, letter: str) -> Value:
    thing = as_object(this_of(stack, frame))
    if isinstance(thing, JSRegExp):
        return Value.of_bool(letter in thing.ready().letters)
    if thing is as_realm(realm).regexp_prototype:
        return Value.UNDEFINED
    shown = to_display(this_of(stack, frame))
    raise type_error(f"RegExp.prototype.{name} getter called on non-RegExp object: {shown}")


def _source(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = as_object(this_of(stack, frame))
    if isinstance(thing, JSRegExp):
        return string_value(source_text(thing.ready()))
    if thing is as_realm(realm).regexp_prototype:
        return string_value("(?:)")
    shown = to_display(this_of(stack, frame))
    raise type_error(f"RegExp.prototype.source getter called on non-RegExp object: {shown}")


# What methods of strings ask


def _match(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = _this_object(stack, frame, "[Symbol.match]")
    text = to_text(argument_at(stack, frame, count, 0))
    if isinstance(thing, JSRegExp) and is_untouched(as_realm(realm), thing):
        return match_plainly(as_realm(realm), thing, text)
    flags = to_text(get_named(thing, "flags"))
    if "g" not in flags:
        return regexp_exec(as_realm(realm), thing, text)
    points = "u" in flags or "v" in flags
    set_last_index(thing, 0)
    found: list[Value] = []
    while True:
        result = as_object(regexp_exec(as_realm(realm), thing, text))
        if result is None:
            return Value.of_object(as_realm(realm).array_of(found)) if len(found) > 0 else Value.NULL
        part = to_text(item_at(result, 0))
        found.append(string_value(part))
        if part == "":
            set_last_index(thing, advanced(text, to_length(get_named(thing, "lastIndex")), points))


def match_plainly(realm: Realm, thing: JSRegExp, text: str) -> Value:
    """The same where nobody can tell how matches are found: of all of them, no arrays of groups are made. Raises GuestFault and Thrown."""
    pattern = thing.ready()
    if not pattern.flags.is_global:
        return builtin_exec(realm, thing, text)
    found: list[Value] = []
    place = 0
    while next_match(thing, text, place):
        found.append(part_value(text, pattern.matcher.registers[0], pattern.matcher.registers[1]))
        place = place_behind(pattern, text)
    set_last_index(thing, 0)
    return Value.of_object(realm.array_of(found)) if len(found) > 0 else Value.NULL


@final
class MatchIterator(NativeIterator):
    """What `matchAll` gives."""

    def __init__(self, shape: Shape, realm: Realm, thing: JSObject, text: str, is_global: bool, points: bool) -> None:
        super().__init__(shape)
        self.realm = realm
        self.thing = thing
        self.text = text
        self.is_global = is_global
        self.points = points
        self.is_done = False

    def brand(self) -> str:
        return STRING_ITERATOR

    def step(self) -> Value:
        if self.is_done:
            return EMPTY
        found = regexp_exec(self.realm, self.thing, self.text)
        result = as_object(found)
        if result is None:
            self.is_done = True
            return EMPTY
        if not self.is_global:
            self.is_done = True
        elif to_text(item_at(result, 0)) == "":
            last = to_length(get_named(self.thing, "lastIndex"))
            set_last_index(self.thing, advanced(self.text, last, self.points))
        return found


def _match_all(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = _this_object(stack, frame, "[Symbol.matchAll]")
    own = as_realm(realm)
    text = to_text(argument_at(stack, frame, count, 0))
    if isinstance(thing, JSRegExp) and is_untouched(own, thing) and has_plain_species(own):
        return match_all_plainly(own, thing, text)
    constructor = species_constructor(thing, own.regexp_constructor())
    flags = to_text(get_named(thing, "flags"))
    matcher = as_object(construct(constructor, [Value.of_object(thing), string_value(flags)], constructor))
    assert matcher is not None
    set_last_index(matcher, to_length(get_named(thing, "lastIndex")))
    shape = own.regexp_string_iterator_prototype.bare_shape_of_children()
    return Value.of_object(MatchIterator(shape, own, matcher, text, "g" in flags, "u" in flags or "v" in flags))


def match_all_plainly(realm: Realm, thing: JSRegExp, text: str) -> Value:
    """The same where nobody can tell how the expression that searches is made."""
    matcher = new_regexp(realm.regexp_prototype)
    matcher.pattern = thing.pattern
    set_last_index(matcher, to_length(thing.last_index()))
    flags = thing.ready().flags
    shape = realm.regexp_string_iterator_prototype.bare_shape_of_children()
    return Value.of_object(MatchIterator(shape, realm, matcher, text, flags.is_global, flags.reads_code_points()))


def _replace(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = _this_object(stack, frame, "[Symbol.replace]")
    text = to_text(argument_at(stack, frame, count, 0))
    return string_value(replace_with_pattern(as_realm(realm), thing, text, argument_at(stack, frame, count, 1)))


def _search(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = _this_object(stack, frame, "[Symbol.search]")
    text = to_text(argument_at(stack, frame, count, 0))
    before = get_named(thing, "lastIndex")
    if not identical(before, Value.of_int(0)):
        set_last_index(thing, 0)
    found = as_object(regexp_exec(as_realm(realm), thing, text))
    if not identical(get_named(thing, "lastIndex"), before):
        set_by_key(thing, Key("lastIndex", NO_INDEX), before, True)
    return Value.of_int(-1) if found is None else get_named(found, "index")


def _split(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = _this_object(stack, frame, "[Symbol.split]")
    own = as_realm(realm)
    text = to_text(argument_at(stack, frame, count, 0))
    given = argument_at(stack, frame, count, 1)
    if isinstance(thing, JSRegExp) and is_untouched(own, thing) and has_plain_species(own):
        if given.is_int() or given.same(Value.UNDEFINED):
            return split_plainly(own, thing, text, given)
    constructor = species_constructor(thing, own.regexp_constructor())
    flags = to_text(get_named(thing, "flags"))
    letters = flags if "y" in flags else flags + "y"
    splitter = as_object(construct(constructor, [Value.of_object(thing), string_value(letters)], constructor))
    assert splitter is not None
    most = most_parts(given)
    parts: list[Value] = []
    if most == 0:
        return Value.of_object(own.array_of(parts))
    if text == "":
        if regexp_exec(own, splitter, text).same(Value.NULL):
            parts.append(string_value(text))
        return Value.of_object(own.array_of(parts))
    points = "u" in flags or "v" in flags
    start = 0
    place = 0
    while place < len(text):
        set_last_index(splitter, place)
        found = as_object(regexp_exec(own, splitter, text))
        end = -1 if found is None else min(to_length(get_named(splitter, "lastIndex")), len(text))
        if found is None or end == start:
            place = advanced(text, place, points)
            continue
        parts.append(string_value(text[start:place]))
        if len(parts) == most:
            return Value.of_object(own.array_of(parts))
        start = end
        groups = max(length_of(found) - 1, 0)
        for index in range(1, groups + 1):
            parts.append(item_at(found, index))
            if len(parts) == most:
                return Value.of_object(own.array_of(parts))
        place = start
    parts.append(string_value(text[start:]))
    return Value.of_object(own.array_of(parts))


def most_parts(limit: Value) -> int:
    """What the second argument of `split` means. Raises GuestFault and Thrown."""
    return (1 << 32) - 1 if limit.same(Value.UNDEFINED) else to_uint32(limit)


def split_plainly(realm: Realm, thing: JSRegExp, text: str, limit: Value) -> Value:
    """`split` where nobody can tell how: places between two matches are not tried one by one. Raises GuestFault and Thrown."""
    most = most_parts(limit)
    pattern = thing.ready()
    ends = pattern.matcher.registers
    parts: list[Value] = []
    start = 0
    place = 0
    while len(parts) < most and place < len(text) and pattern.search(text, place) and ends[0] < len(text):
        if ends[1] == start:
            place = advanced(text, ends[0], pattern.flags.reads_code_points())
            continue
        parts.append(part_value(text, start, ends[0]))
        for index in range(1, pattern.group_count()):
            first, last = ends[2 * index], ends[2 * index + 1]
            parts.append(part_value(text, first, last) if first >= 0 and last >= 0 else Value.UNDEFINED)
        start = ends[1]
        place = start
    if len(text) > 0 or not pattern.search(text, 0, True):
        parts.append(part_value(text, start, len(text)))
    while len(parts) > most:
        parts.pop()
    return Value.of_object(realm.array_of(parts))


def _this(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return this_of(stack, frame)


METHODS: Final[list[NativeRow]] = [
    ("compile", 2, _compile),
    ("test", 1, _test),
    ("toString", 0, _to_string),
    (MATCH.name, 1, _match),
    (MATCH_ALL.name, 1, _match_all),
    (REPLACE.name, 2, _replace),
    (SEARCH.name, 1, _search),
    (SPLIT.name, 2, _split),
]


def install_regexps(realm: Realm) -> None:
    """Give a realm its `RegExp`."""
    prototype = realm.regexp_prototype
    constructor = install_constructor(realm, "RegExp", 2, _regexp, prototype)
    realm.regexp_function = constructor
    install_species(realm, constructor, _this)
    install_legacy_features(realm, constructor)
    realm.regexp_exec = Value.of_object(new_native(realm, "exec", 1, _exec))
    install_value(prototype, "exec", realm.regexp_exec)
    install_methods(realm, prototype, METHODS)
    install_getter(realm, prototype, "flags", _flags)
    install_getter(realm, prototype, "source", _source)
    for name, letter in FLAG_NAMES:
        _install_flag(realm, prototype, name, letter)
    install_iterator(realm, realm.regexp_string_iterator_prototype, STRING_ITERATOR)
    realm.regexp_shape = new_regexp(prototype).shape
    realm.regexp_prototype_version = prototype.watch().version
    realm.regexp_function_version = constructor.watch().version


def _install_flag(realm: Realm, prototype: JSObject, name: str, letter: str) -> None:
    install_getter(realm, prototype, name, lambda r, stack, frame, count: _flag(r, stack, frame, name, letter))
