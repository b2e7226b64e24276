"""Replacing in strings: what `$1` and its kin mean, and all matches of a regular expression."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.guest.objects import GuestObject
from tracewright.hints import dont_look_inside
from tracewright.lib.builder import StringBuilder
from tracewright_javascript.builtins.array_access import item_at, length_of
from tracewright_javascript.builtins.regexp_objects import (
    CompiledPattern,
    JSRegExp,
    advanced,
    group_values,
    is_untouched,
    matches_of,
    named_groups,
    next_match,
    place_behind,
    regexp_exec,
    set_last_index,
)
from tracewright_javascript.calls import call
from tracewright_javascript.conversions import to_integer, to_length, to_text
from tracewright_javascript.keys import key_of_text
from tracewright_javascript.lookups import get_named
from tracewright_javascript.objects import JSObject, as_object, is_callable
from tracewright_javascript.realm import Realm
from tracewright_javascript.values import int_number, part_value, string_value
from tracewright_javascript.wrappers import to_object


def substituted(
    text: str, matched_text: str, position: int, captures: list[Value], groups: JSObject | None, template: str
) -> str:
    """GetSubstitution. Raises GuestFault and Thrown."""
    if "$" not in template:
        return template
    parts: list[str] = []
    index = 0
    count = len(captures)
    while index < len(template):
        unit = template[index]
        following = template[index + 1 : index + 2]
        if unit != "$" or following == "":
            parts.append(unit)
            index += 1
            continue
        index += 2
        if following == "$":
            parts.append("$")
        elif following == "&":
            parts.append(matched_text)
        elif following == "`":
            parts.append(text[:position])
        elif following == "'":
            parts.append(text[min(position + len(matched_text), len(text)) :])
        elif "0" <= following <= "9":
            number = int(following)
            second = template[index : index + 1]
            if second != "" and "0" <= second <= "9" and 1 <= number * 10 + int(second) <= count:
                number = number * 10 + int(second)
                index += 1
            if 1 <= number <= count:
                capture = captures[number - 1]
                parts.append("" if capture.same(Value.UNDEFINED) else to_text(capture))
            else:
                parts.append("$" + following)
        elif following == "<" and groups is not None and template.find(">", index) >= 0:
            stop = template.find(">", index)
            key = key_of_text(template[index:stop])
            capture = groups.get_property(key, Value.of_object(groups))
            parts.append("" if capture.same(Value.UNDEFINED) else to_text(capture))
            index = stop + 1
        else:
            parts.append("$" + following)
    return "".join(parts)


def replace_text(realm: Realm, text: str, wanted: str, replacement: Value, is_all: bool) -> str:
    """`replace` and `replaceAll` of a text by what a string or a function says. Raises GuestFault and Thrown."""
    template = "" if is_callable(replacement) else to_text(replacement)
    parts: list[str] = []
    start = 0
    place = text.find(wanted, 0)
    while place >= 0:
        parts.append(text[start:place])
        if is_callable(replacement):
            arguments = [string_value(wanted), int_number(place), string_value(text)]
            parts.append(to_text(call(replacement, Value.UNDEFINED, arguments)))
        else:
            parts.append(substituted(text, wanted, place, [], None, template))
        start = place + len(wanted)
        if not is_all:
            break
        after = place + max(len(wanted), 1)
        place = text.find(wanted, after) if after <= len(text) else -1
    parts.append(text[start:])
    return "".join(parts)


def replace_with_pattern(realm: Realm, thing: JSObject, text: str, replacement: Value) -> str:
    """RegExp.prototype[Symbol.replace]. Raises GuestFault and Thrown."""
    has_function = is_callable(replacement)
    template = "" if has_function else to_text(replacement)
    if isinstance(thing, JSRegExp) and is_untouched(realm, thing):
        if has_function:
            return _replaced_by_function(realm, walk_of_pattern(thing, text), replacement)
        return _replaced_by_template(thing, text, Template(template, thing.ready()))
    flags = to_text(get_named(thing, "flags"))
    is_global = "g" in flags
    points = "u" in flags or "v" in flags
    if is_global:
        set_last_index(thing, 0)
    results: list[JSObject] = []
    while True:
        result = as_object(regexp_exec(realm, thing, text))
        if result is None:
            break
        results.append(result)
        if not is_global:
            break
        if to_text(item_at(result, 0)) == "":
            set_last_index(thing, advanced(text, to_length(get_named(thing, "lastIndex")), points))
    parts: list[str] = []
    start = 0
    for result in results:
        count = max(length_of(result), 1)
        found = to_text(item_at(result, 0))
        position = min(max(to_integer(get_named(result, "index")), 0), len(text))
        captures = [_capture(result, index) for index in range(1, count)]
        groups = get_named(result, "groups")
        if has_function:
            arguments = [string_value(found), *captures, int_number(position), string_value(text)]
            if not groups.same(Value.UNDEFINED):
                arguments.append(groups)
            new = to_text(call(replacement, Value.UNDEFINED, arguments))
        else:
            named = None if groups.same(Value.UNDEFINED) else to_object(realm, groups)
            new = substituted(text, found, position, captures, named, template)
        if position >= start:
            parts.append(text[start:position])
            parts.append(new)
            start = position + len(found)
    if start >= len(text):
        return "".join(parts)
    parts.append(text[start:])
    return "".join(parts)


@final
class MatchWalk(GuestObject):
    """The matches of an untouched expression in turn, and the text in which they are replaced. All are found before the first is replaced."""

    def __init__(
        self, pattern: CompiledPattern | None, text: str, matches: list[Array[int]], simple_groups: int
    ) -> None:
        self.pattern = pattern  # None where a text was looked for
        self.text = text
        self.matches = matches
        self.simple_groups = (
            simple_groups  # that are arguments of the function, besides the whole match; -1: it gets more
        )
        self.next = 0
        self.done = 0  # units of the text that are replaced, or copied
        self.builder = StringBuilder()

    def has_match(self) -> bool:
        """Whether there is one more."""
        return self.next < len(self.matches)

    def group(self, number: int) -> Value:
        """What a group of the next match has caught, undefined where that is nothing."""
        ends = self.matches[self.next]
        start = ends[2 * number]
        return part_value(self.text, start, ends[2 * number + 1]) if start >= 0 else Value.UNDEFINED

    def place(self) -> int:
        """Where the next match begins."""
        return self.matches[self.next][0]

    @dont_look_inside
    def put(self, new: str) -> None:
        """Replace the match whose turn it is; then it is the next one's."""
        ends = self.matches[self.next]
        self.builder.append_slice(self.text, self.done, ends[0])
        self.builder.append(new)
        self.done = ends[1]
        self.next += 1

    @dont_look_inside
    def result(self) -> str:
        """The text with all replacements."""
        self.builder.append_slice(self.text, self.done, len(self.text))
        return self.builder.build()


def walk_of_pattern(thing: JSRegExp, text: str) -> MatchWalk:
    """The matches of an untouched expression. Raises GuestFault and Thrown."""
    pattern = thing.ready()
    groups = pattern.group_count() - 1
    return MatchWalk(pattern, text, matches_of(thing, text), -1 if pattern.matcher.program.named > 0 else groups)


def walk_of_text(text: str, wanted: str, is_all: bool) -> MatchWalk:
    """The places where a text stands; one or all of them."""
    matches: list[Array[int]] = []
    place = text.find(wanted, 0)
    while place >= 0:
        ends = Array(2, place)
        ends[1] = place + len(wanted)
        matches.append(ends)
        after = place + max(len(wanted), 1)
        place = text.find(wanted, after) if is_all and after <= len(text) else -1
    return MatchWalk(None, text, matches, 0)


def _replaced_by_function(realm: Realm, walk: MatchWalk, function: Value) -> str:
    """The text in which a function says what comes in place of each match. Raises GuestFault and Thrown."""
    while walk.has_match():
        replace_next(realm, walk, function)
    return walk.result()


def replace_next(realm: Realm, walk: MatchWalk, function: Value) -> None:
    """Replace the match whose turn it is by what a function says. Raises GuestFault and Thrown."""
    ends = walk.matches[walk.next]
    values = group_values(walk.text, ends)
    arguments = [values[index] for index in range(len(values))]
    arguments.append(int_number(ends[0]))
    arguments.append(string_value(walk.text))
    pattern = walk.pattern
    groups = Value.UNDEFINED if pattern is None else named_groups(realm, pattern, values)
    if not groups.same(Value.UNDEFINED):
        arguments.append(groups)
    walk.put(to_text(call(function, Value.UNDEFINED, arguments)))


BEFORE: Final = -1  # of a match, in place of a group
BEHIND: Final = -2


@final
class Template:
    """A replacement under one pattern: what `$1` and its kin mean, read once (GetSubstitution).

    "<$1|$&>"     texts  "<"  "|"  ">"      groups  1  0
    """

    def __init__(self, template: str, pattern: CompiledPattern) -> None:
        self.texts: list[str] = []
        self.groups: list[int] = []  # each behind the text of its number; a group, BEFORE or BEHIND
        names = pattern.matcher.program.group_names
        start = 0
        place = template.find("$", 0)
        text = ""
        while 0 <= place < len(template) - 1:
            following = template[place + 1]
            group = BEHIND - 1
            after = place + 2
            if following == "$":
                text += template[start : place + 1]
            elif following == "&":
                group = 0
            elif following == "`":
                group = BEFORE
            elif following == "'":
                group = BEHIND
            elif "0" <= following <= "9":
                group = int(following)
                second = template[after : after + 1]
                if second != "" and "0" <= second <= "9" and 1 <= group * 10 + int(second) < len(names):
                    group = group * 10 + int(second)
                    after += 1
                if not 1 <= group < len(names):
                    group = BEHIND - 1
            elif following == "<" and pattern.matcher.program.named > 0 and template.find(">", after) >= 0:
                stop = template.find(">", after)
                name = template[after:stop]
                text += template[start:place]
                start = after = stop + 1
                if name != "" and name in names:
                    self.texts.append(text)
                    self.groups.append(names.index(name))
                    text = ""
            if group >= BEHIND:
                self.texts.append(text + template[start:place])
                self.groups.append(group)
                text = ""
                start = after
            elif following == "$":
                start = after
            place = template.find("$", after)
        self.texts.append(text + template[start:])

    def put(self, builder: StringBuilder, text: str, ends: Array[int]) -> None:
        """Append what comes in place of a match; `ends` has its groups first."""
        for index in range(len(self.groups)):
            builder.append(self.texts[index])
            group = self.groups[index]
            if group == BEFORE:
                builder.append_slice(text, 0, ends[0])
            elif group == BEHIND:
                builder.append_slice(text, ends[1], len(text))
            elif ends[2 * group] >= 0 and ends[2 * group + 1] >= 0:
                builder.append_slice(text, ends[2 * group], ends[2 * group + 1])
        builder.append(self.texts[len(self.groups)])


def _replaced_by_template(thing: JSRegExp, text: str, template: Template) -> str:
    """The same where nobody can tell how: no strings are made of groups. Raises GuestFault and Thrown."""
    pattern = thing.ready()
    builder = StringBuilder()
    ends = pattern.matcher.registers
    done = 0
    place = 0
    while next_match(thing, text, place):
        builder.append_slice(text, done, ends[0])
        template.put(builder, text, ends)
        done = ends[1]
        if not pattern.flags.is_global:
            break
        place = place_behind(pattern, text)
    if pattern.flags.is_global:
        set_last_index(thing, 0)
    if done == 0 and len(builder) == 0:
        return text
    builder.append_slice(text, done, len(text))
    return builder.build()


def _capture(result: JSObject, index: int) -> Value:
    """A group's text, or undefined. Raises GuestFault and Thrown."""
    capture = item_at(result, index)
    return capture if capture.same(Value.UNDEFINED) else string_value(to_text(capture))
