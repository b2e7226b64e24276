"""Replacing in strings: what `$1` and its kin mean, and all matches of a regular expression."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright_javascript.builtins.array_access import item_at, length_of
from tracewright_javascript.builtins.regexp_objects import (
    JSRegExp,
    advanced,
    group_values,
    is_untouched,
    matched,
    matches_of,
    named_groups,
    regexp_exec,
    set_last_index,
)
from tracewright_javascript.calls import call
from tracewright_javascript.conversions import to_integer, to_length, to_text
from tracewright_javascript.keys import key_of_text
from tracewright_javascript.lookups import get_named
from tracewright_javascript.objects import JSObject, as_object, is_callable
from tracewright_javascript.realm import Realm
from tracewright_javascript.values import int_number, string_value
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
    if isinstance(thing, JSRegExp) and not has_function and "$" not in template and is_untouched(realm, thing):
        if not thing.ready().flags.is_sticky:
            return _replaced_plainly(thing, text, template)
    if isinstance(thing, JSRegExp) and is_untouched(realm, thing):
        return _replaced_by_groups(realm, thing, text, template, replacement)
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


def _replaced_by_groups(realm: Realm, thing: JSRegExp, text: str, template: str, replacement: Value) -> str:
    """The same where nobody can tell how: a match is where its groups are. Raises GuestFault and Thrown."""
    has_function = is_callable(replacement)
    names = thing.ready().matcher.program.group_names
    whole = string_value(text)
    parts: list[str] = []
    start = 0
    for ends in matches_of(thing, text):
        values = group_values(text, ends)
        captures = [values[index] for index in range(1, len(values))]
        groups = named_groups(realm, names, values)
        if has_function:
            arguments = [values[0], *captures, int_number(ends[0]), whole]
            if not groups.same(Value.UNDEFINED):
                arguments.append(groups)
            new = to_text(call(replacement, Value.UNDEFINED, arguments))
        else:
            named = None if groups.same(Value.UNDEFINED) else as_object(groups)
            new = substituted(text, text[ends[0] : ends[1]], ends[0], captures, named, template)
        parts.append(text[start : ends[0]])
        parts.append(new)
        start = ends[1]
    parts.append(text[start:])
    return "".join(parts)


def _capture(result: JSObject, index: int) -> Value:
    """A group's text, or undefined. Raises GuestFault and Thrown."""
    capture = item_at(result, index)
    return capture if capture.same(Value.UNDEFINED) else string_value(to_text(capture))


def _replaced_plainly(thing: JSRegExp, text: str, template: str) -> str:
    """The same where nobody can tell how: no arrays are made. Raises GuestFault."""
    pattern = thing.ready()
    is_global = pattern.flags.is_global
    if is_global:
        set_last_index(thing, 0)
    parts: list[str] = []
    start = 0
    place = 0
    points = pattern.flags.reads_code_points()
    while place <= len(text) and matched(pattern, text, place):
        first, after = pattern.matcher.registers[0], pattern.matcher.registers[1]
        parts.append(text[start:first])
        parts.append(template)
        start = after
        if not is_global:
            break
        place = after if after > first else advanced(text, after, points)
    parts.append(text[start:])
    return "".join(parts)
