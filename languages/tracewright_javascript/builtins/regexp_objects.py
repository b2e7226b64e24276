"""Regular expressions as objects: compiling, matching, and the arrays that matches become (22.2.7)."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.objects import GuestObject
from tracewright.guest.placements import BARE, row_for
from tracewright.guest.shapes import ATTRIBUTE_BITS, NOT_FOUND, WATCHED, Shape
from tracewright.lib.regular_expressions.compiler import compile_pattern
from tracewright.lib.regular_expressions.flags import Flags, flags_of
from tracewright.lib.regular_expressions.matcher import Matcher, MatchLimitExceeded
from tracewright.lib.regular_expressions.parser import PatternError, parse_pattern
from tracewright.lib.regular_expressions.syntax import Pattern
from tracewright.lib.utf16 import is_high_surrogate, is_low_surrogate
from tracewright_javascript.access import set_by_key
from tracewright_javascript.arrays import JSArray
from tracewright_javascript.bytecode import CALLEE, AnyRealm
from tracewright_javascript.calls import call
from tracewright_javascript.conversions import to_display, to_length
from tracewright_javascript.errors import GuestFault, range_error, type_error
from tracewright_javascript.families import Kind
from tracewright_javascript.functions import NativeFunction, new_native
from tracewright_javascript.keys import NO_INDEX, Key
from tracewright_javascript.lookups import get_named
from tracewright_javascript.objects import JSObject, as_object, is_callable, plain_object
from tracewright_javascript.properties import ACCESSOR, NOT_CONFIGURABLE, NOT_ENUMERABLE, NOT_WRITABLE, PLAIN
from tracewright_javascript.realm import Agent, AnyPattern, Realm, as_realm
from tracewright_javascript.values import int_number, part_value, string_value

LAST_INDEX: Final = Key("lastIndex", NO_INDEX)
LAST_INDEX_PLACE: Final = BARE.index(0)  # where it is as long as an expression has the shape of new ones
KEPT_PATTERNS: Final = 64


@final
class CompiledPattern(AnyPattern):
    """A pattern under its flags, ready to match; regular expressions of one literal share it."""

    def __init__(self, source: str, letters: str, flags: Flags, matcher: Matcher, agent: Agent) -> None:
        self.source = source
        self.letters = letters
        self.flags = flags
        self.matcher = matcher
        self.agent = agent
        self.groups_shape: Shape | None = (
            None  # of the objects that say what named groups have caught, once there was one
        )

    def group_count(self) -> int:
        """Groups, the whole match included."""
        return len(self.matcher.program.group_names)

    def search(self, text: str, start: int, is_sticky: bool = False) -> bool:
        """Find the first match that begins at a place or, unless it is sticky, later. Raises GuestFault."""
        agent = self.agent
        try:
            if is_sticky:
                found = self.matcher.match_at(text, start, agent.most_pattern_steps)
            else:
                found = self.matcher.search(text, start, agent.most_pattern_steps)
        except MatchLimitExceeded as error:
            raise range_error(f"Invalid regular expression: {error}")
        if found:
            last = agent.last_match
            last.pattern = self
            last.text = text
            last.input = text
            last.start = self.matcher.registers[0]
        return found


def compiled(realm: Realm, source: str, letters: str) -> CompiledPattern:
    """A pattern; one that was compiled not long ago is found again, as `matchAll` and `split` make a new object in each call.
    Raises GuestFault (a SyntaxError)."""
    patterns = realm.agent.patterns
    key = f"{letters}/{source}"
    found = patterns.get(key)
    if found is not None:
        return unsafe_cast(CompiledPattern, found)
    pattern = _compile(source, letters, realm.agent)
    if len(patterns) >= KEPT_PATTERNS:
        patterns.clear()
    patterns[key] = pattern
    return pattern


def _compile(source: str, letters: str, agent: Agent) -> CompiledPattern:
    flags = flags_of(letters)
    if flags is None:
        raise GuestFault("SyntaxError", f"Invalid flags supplied to RegExp constructor '{letters}'")
    try:
        matcher = Matcher(compile_pattern(parse_pattern(source, flags)))
    except PatternError as error:
        raise GuestFault("SyntaxError", f"Invalid regular expression: /{source}/{letters}: {error.message}")
    return CompiledPattern(source, letters, flags, matcher, agent)


@final
class PatternLiteral(GuestObject):
    """A regular expression in a program's text: each time it is evaluated, another object of one compiled pattern."""

    def __init__(self, source: str, letters: str, tree: Pattern) -> None:
        self.source = source
        self.letters = letters
        self.tree = tree
        self.pattern: CompiledPattern | None = None  # once it was evaluated

    def make(self, realm: Realm) -> Value:
        """The next object. Raises GuestFault (a SyntaxError, of a pattern that is too large)."""
        pattern = self.pattern
        if pattern is None:
            try:
                matcher = Matcher(compile_pattern(self.tree))
            except PatternError as error:
                raise GuestFault("SyntaxError", f"Invalid regular expression: /{self.source}/: {error.message}")
            pattern = CompiledPattern(self.source, self.letters, self.tree.flags, matcher, realm.agent)
            self.pattern = pattern
        result = new_regexp(realm.regexp_prototype)
        result.pattern = pattern
        return Value.of_object(result)


def literal_maker(realm: Realm, literal: PatternLiteral) -> Value:
    """The function whose calls evaluate a literal."""
    maker = new_native(realm, "", 0, _make_literal)
    maker.data = Value.of_object(literal)
    return Value.of_object(maker)


def _make_literal(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    maker = unsafe_cast(NativeFunction, stack[frame + CALLEE].as_object())
    return unsafe_cast(PatternLiteral, maker.data.as_object()).make(as_realm(realm))


def literal_in(value: Value) -> PatternLiteral | None:
    """The literal that such a function evaluates; None where the value is something else."""
    thing = as_object(value)
    if not isinstance(thing, NativeFunction) or not thing.data.is_object():
        return None
    literal = thing.data.as_object()
    return literal if isinstance(literal, PatternLiteral) else None


@final
class JSRegExp(JSObject):
    """A regular expression. `lastIndex` is its first property, in the first place of its values."""

    def __init__(self, shape: Shape) -> None:
        super().__init__(shape, row_for(1))
        self.pattern: CompiledPattern | None = None
        self.add("lastIndex", Value.of_int(0), NOT_ENUMERABLE | NOT_CONFIGURABLE)
        # As long as it has this shape, `lastIndex` is in its place, and can be written.
        self.first_shape: Shape = self.shape

    def class_text(self) -> str:
        return "RegExp"

    def ready(self) -> CompiledPattern:
        """What it was initialized with."""
        pattern = self.pattern
        assert pattern is not None
        return pattern

    def last_index(self) -> Value:
        """Its `lastIndex`, which is always a plain property of its own."""
        if self.shape is self.first_shape:
            return self.item(LAST_INDEX_PLACE)
        return get_named(self, "lastIndex")

    def put_last_index(self, index: int) -> bool:
        """Set `lastIndex`; False where that is not as simple as it looks."""
        if self.shape is self.first_shape:
            self.put(LAST_INDEX_PLACE, int_number(index))
            return True
        place = self.shape.place_of("lastIndex")
        if place == NOT_FOUND or place & (ACCESSOR | NOT_WRITABLE | WATCHED) != 0:
            return False
        self.put(place >> ATTRIBUTE_BITS, int_number(index))
        return True


def new_regexp(prototype: JSObject) -> JSRegExp:
    """RegExpAlloc."""
    return JSRegExp(prototype.bare_shape_of_children())


def initialize(thing: JSRegExp, pattern: CompiledPattern) -> None:
    """RegExpInitialize. Raises GuestFault and Thrown."""
    thing.pattern = pattern
    set_last_index(thing, 0)


def set_last_index(thing: JSObject, index: int) -> None:
    """Set of `lastIndex`, whose failure is an error. Raises GuestFault and Thrown."""
    if isinstance(thing, JSRegExp) and thing.put_last_index(index):
        return
    set_by_key(thing, LAST_INDEX, int_number(index), True)


def advanced(text: str, index: int, points: bool) -> int:
    """AdvanceStringIndex."""
    if points and index + 1 < len(text) and is_high_surrogate(ord(text[index])):
        if is_low_surrogate(ord(text[index + 1])):
            return index + 2
    return index + 1


def find_match(thing: JSRegExp, text: str) -> bool:
    """RegExpBuiltinExec up to the match, whose groups are in the matcher then; `lastIndex` is kept. Raises GuestFault and Thrown."""
    last_index = to_length(thing.last_index())
    pattern = thing.ready()
    flags = pattern.flags
    counts = flags.is_global or flags.is_sticky
    start = last_index if counts else 0
    if start > len(text):
        if counts:
            set_last_index(thing, 0)
        return False
    if not matched(pattern, text, start):
        if counts:
            set_last_index(thing, 0)
        return False
    if counts:
        set_last_index(thing, pattern.matcher.registers[1])
    return True


def matched(pattern: CompiledPattern, text: str, start: int) -> bool:
    """Whether there is a match from a place on, or with the flag `y` at it. Raises GuestFault."""
    flags = pattern.flags
    if flags.reads_code_points() and 0 < start < len(text):
        if is_low_surrogate(ord(text[start])) and is_high_surrogate(ord(text[start - 1])):
            start -= 1  # the character that this place is in
    return pattern.search(text, start, flags.is_sticky)


def match_array(realm: Realm, pattern: CompiledPattern, text: str) -> Value:
    """The array of the match that was found."""
    ends = pattern.matcher.groups()
    groups = pattern.group_count()
    found = group_values(text, ends)
    row = row_for(3)
    row[1] = int_number(ends[0])
    row[2] = string_value(text)
    row[3] = named_groups(realm, pattern, found)
    result = JSArray(realm.match_shape, found, groups, row)
    if pattern.flags.has_indices:
        pairs: Array[Value] = Array(groups, Value.UNDEFINED)
        for index in range(groups):
            start, stop = ends[2 * index], ends[2 * index + 1]
            if start >= 0:
                pairs[index] = Value.of_object(realm.array_of([int_number(start), int_number(stop)]))
        indices = realm.new_array(pairs, groups)
        indices.add("groups", named_groups(realm, pattern, pairs), PLAIN)
        result.add("indices", Value.of_object(indices), PLAIN)
    return Value.of_object(result)


def group_values(text: str, ends: Array[int]) -> Array[Value]:
    """What the groups of a match have caught, undefined for those that caught nothing."""
    groups = len(ends) >> 1
    found: Array[Value] = Array(groups, Value.UNDEFINED)
    for index in range(groups):
        start = ends[2 * index]
        if start >= 0:
            found[index] = part_value(text, start, ends[2 * index + 1])
    return found


def next_match(thing: JSRegExp, text: str, place: int) -> bool:
    """The next match of an untouched expression from a place on (see `is_untouched`); of one that is not global, as `exec` finds it.
    Raises GuestFault and Thrown."""
    if thing.ready().flags.is_global:
        return place <= len(text) and matched(thing.ready(), text, place)
    return find_match(thing, text)


def place_behind(pattern: CompiledPattern, text: str) -> int:
    """Where the search for a match behind the one that was found begins."""
    start, stop = pattern.matcher.registers[0], pattern.matcher.registers[1]
    return stop if stop > start else advanced(text, stop, pattern.flags.reads_code_points())


def matches_of(thing: JSRegExp, text: str) -> list[Array[int]]:
    """Where the groups of all matches of an untouched expression are; of one that is not global those of the next one.
    Raises GuestFault and Thrown."""
    pattern = thing.ready()
    result: list[Array[int]] = []
    place = 0
    while next_match(thing, text, place):
        result.append(pattern.matcher.groups())
        if not pattern.flags.is_global:
            return result
        place = place_behind(pattern, text)
    if pattern.flags.is_global:
        set_last_index(thing, 0)
    return result


def named_groups(realm: Realm, pattern: CompiledPattern, values: Array[Value]) -> Value:
    """What named groups have, as an object without prototype; undefined where no group has a name."""
    named = pattern.matcher.program.named
    if named == 0:
        return Value.UNDEFINED
    names = pattern.matcher.program.group_names
    shape = pattern.groups_shape
    if shape is not None:
        result = plain_object(shape)
        place = 0
        for index in range(len(names)):
            if names[index] != "":
                result.put(shape.placement.index(place), values[index])
                place += 1
        return Value.of_object(result)
    result = plain_object(realm.null_shape_of(Kind.ORDINARY))
    for index in range(len(names)):
        if names[index] != "":
            result.add(names[index], values[index], PLAIN)
    if named <= result.shape.placement.inside:
        pattern.groups_shape = result.shape
    return Value.of_object(result)


def builtin_exec(realm: Realm, thing: JSRegExp, text: str) -> Value:
    """RegExpBuiltinExec: the array of a match, or null. Raises GuestFault and Thrown."""
    return match_array(realm, thing.ready(), text) if find_match(thing, text) else Value.NULL


def regexp_exec(realm: Realm, thing: JSObject, text: str) -> Value:
    """RegExpExec: by the object's own `exec`. Raises GuestFault and Thrown."""
    if isinstance(thing, JSRegExp) and is_untouched(realm, thing):
        return builtin_exec(realm, thing, text)
    function = get_named(thing, "exec")
    if isinstance(thing, JSRegExp) and function.same(realm.regexp_exec):
        return builtin_exec(realm, thing, text)
    if is_callable(function):
        result = call(function, Value.of_object(thing), [string_value(text)])
        if as_object(result) is None and not result.same(Value.NULL):
            raise type_error(f"{to_display(result)} is not an object or null")
        return result
    if isinstance(thing, JSRegExp):
        return builtin_exec(realm, thing, text)
    raise type_error(f"{to_display(Value.of_object(thing))} is not a RegExp")


def is_untouched(realm: Realm, thing: JSObject) -> bool:
    """Whether a regular expression answers as it was made: nobody can tell whether its properties are read.

    Its shape has nothing but a `lastIndex` that can be written, and nothing in its prototype has changed since the engine made it.
    """
    if not isinstance(thing, JSRegExp) or thing.pattern is None or thing.shape is not realm.regexp_shape:
        return False
    facts = realm.regexp_prototype.watched_facts()
    is_kept = facts is not None and facts.version == realm.regexp_prototype_version
    return is_kept and thing.item(LAST_INDEX_PLACE).is_int()


def untouched_regexp(realm: Realm, value: Value) -> JSRegExp | None:
    """The expression that a value is, if it is one and untouched."""
    thing = as_object(value)
    return thing if isinstance(thing, JSRegExp) and is_untouched(realm, thing) else None


def has_plain_species(realm: Realm) -> bool:
    """Whether the constructor is as the engine made it, so that what is derived from an untouched expression is another one."""
    function = realm.regexp_function
    facts = None if function is None else function.watched_facts()
    return facts is not None and facts.version == realm.regexp_function_version


def source_text(pattern: CompiledPattern) -> str:
    """The pattern so that it can stand between slashes (EscapeRegExpPattern)."""
    if pattern.source == "":
        return "(?:)"
    parts: list[str] = []
    in_class = False
    index = 0
    source = pattern.source
    while index < len(source):
        unit = source[index]
        if unit == "\\" and index + 1 < len(source):
            following = source[index + 1]
            parts.append(unit + following if _line_end(following) == "" else _line_end(following))
            index += 2
            continue
        if unit == "[":
            in_class = True
        elif unit == "]":
            in_class = False
        if unit == "/" and not in_class:
            parts.append("\\/")
        else:
            parts.append(unit if _line_end(unit) == "" else _line_end(unit))
        index += 1
    return "".join(parts)


def _line_end(unit: str) -> str:
    """How a line end is written in a pattern; empty for anything else."""
    match unit:
        case "\n":
            return "\\n"
        case "\r":
            return "\\r"
        case "\u2028":
            return "\\u2028"
        case "\u2029":
            return "\\u2029"
        case _:
            return ""
