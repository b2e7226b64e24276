"""The methods of strings that ask regular expressions, or any other object that has the right method."""

from __future__ import annotations

from typing import Final

from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.objects import GuestObject
from tracewright_javascript.builtins.arguments import argument_at, this_of
from tracewright_javascript.builtins.regexp_objects import (
    JSRegExp,
    compiled,
    has_plain_species,
    initialize,
    new_regexp,
    untouched_regexp,
)
from tracewright_javascript.builtins.regexp_replacing import (
    MatchWalk,
    replace_next,
    replace_text,
    replace_with_pattern,
    walk_of_pattern,
    walk_of_text,
)
from tracewright_javascript.builtins.regexps import match_all_plainly, match_plainly, most_parts, split_plainly
from tracewright_javascript.builtins.rows import NativeRow, SelfHostedRow, install_methods, install_self_hosted
from tracewright_javascript.builtins.strings import is_regular_expression
from tracewright_javascript.bytecode import FIRST, AnyRealm
from tracewright_javascript.calls import call
from tracewright_javascript.conversions import get_method, to_text, truth
from tracewright_javascript.errors import type_error
from tracewright_javascript.functions import Native
from tracewright_javascript.keys import MATCH, MATCH_ALL, REPLACE, SEARCH, SPLIT, JSSymbol
from tracewright_javascript.lookups import get_named
from tracewright_javascript.objects import as_object, is_callable
from tracewright_javascript.realm import Realm, as_realm
from tracewright_javascript.values import as_string, is_nullish, string_value


def _method_of(realm: Realm, value: Value, symbol: JSSymbol) -> Value:
    """A pattern's method of this symbol; undefined where there is none. Raises GuestFault and Thrown."""
    thing = as_object(value)
    return Value.UNDEFINED if thing is None else get_method(thing, symbol.name)


def _subject(stack: VMStack, frame: int, method: str) -> Value:
    value = this_of(stack, frame)
    if is_nullish(value):
        raise type_error(f"String.prototype.{method} called on null or undefined")
    return value


def _plain_regexp(realm: Realm, subject: Value, pattern: Value) -> JSRegExp | None:
    """The pattern, if it is an untouched expression, and asking it about the subject runs nothing of the program."""
    return untouched_regexp(realm, pattern) if as_string(subject) is not None else None


def _asked(realm: AnyRealm, stack: VMStack, frame: int, count: int, method: str, symbol: JSSymbol) -> Value:
    """`match` and `search`: a method of the pattern's, or of a regular expression made of it."""
    subject = _subject(stack, frame, method)
    pattern = argument_at(stack, frame, count, 0)
    own = as_realm(realm)
    plain = _plain_regexp(own, subject, pattern)
    if plain is not None and symbol is MATCH:
        return match_plainly(own, plain, to_text(subject))
    asked = _method_of(own, pattern, symbol)
    if not asked.same(Value.UNDEFINED):
        return call(asked, pattern, [subject])
    text = to_text(subject)
    made = new_regexp(own.regexp_prototype)
    initialize(made, compiled(own, "" if pattern.same(Value.UNDEFINED) else to_text(pattern), ""))
    return call(get_named(made, symbol.name), Value.of_object(made), [string_value(text)])


def _match(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _asked(realm, stack, frame, count, "match", MATCH)


def _search(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _asked(realm, stack, frame, count, "search", SEARCH)


def _require_global(value: Value, method: str) -> None:
    """A regular expression given to a method for all matches must say so. Raises GuestFault and Thrown."""
    thing = as_object(value)
    if thing is None or not is_regular_expression(value):
        return
    flags = get_named(thing, "flags")
    if is_nullish(flags):
        raise type_error(f"String.prototype.{method} called with a non-global RegExp argument")
    if "g" not in to_text(flags):
        raise type_error(f"String.prototype.{method} called with a non-global RegExp argument")


def _match_all(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    subject = _subject(stack, frame, "matchAll")
    pattern = argument_at(stack, frame, count, 0)
    own = as_realm(realm)
    plain = _plain_regexp(own, subject, pattern)
    if plain is not None and plain.ready().flags.is_global and has_plain_species(own):
        return match_all_plainly(own, plain, to_text(subject))
    if not is_nullish(pattern):
        _require_global(pattern, "matchAll")
        asked = _method_of(own, pattern, MATCH_ALL)
        if not asked.same(Value.UNDEFINED):
            return call(asked, pattern, [subject])
    text = to_text(subject)
    made = new_regexp(own.regexp_prototype)
    initialize(made, compiled(own, "" if pattern.same(Value.UNDEFINED) else to_text(pattern), "g"))
    return call(get_named(made, MATCH_ALL.name), Value.of_object(made), [string_value(text)])


def _replacing(realm: AnyRealm, stack: VMStack, frame: int, count: int, method: str, is_all: bool) -> Value:
    subject = argument_at(stack, frame, count, 0)
    pattern = argument_at(stack, frame, count, 1)
    replacement = argument_at(stack, frame, count, 2)
    if is_nullish(subject):
        raise type_error(f"String.prototype.{method} called on null or undefined")
    own = as_realm(realm)
    plain = _plain_regexp(own, subject, pattern)
    if plain is not None and (not is_all or plain.ready().flags.is_global):
        return string_value(replace_with_pattern(own, plain, to_text(subject), replacement))
    if not is_nullish(pattern):
        if is_all:
            _require_global(pattern, method)
        asked = _method_of(own, pattern, REPLACE)
        if not asked.same(Value.UNDEFINED):
            return call(asked, pattern, [subject, replacement])
    return string_value(replace_text(own, to_text(subject), to_text(pattern), replacement, is_all))


def _split(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    subject = _subject(stack, frame, "split")
    separator = argument_at(stack, frame, count, 0)
    limit = argument_at(stack, frame, count, 1)
    own = as_realm(realm)
    plain = _plain_regexp(own, subject, separator)
    if plain is not None and has_plain_species(own) and (limit.is_int() or limit.same(Value.UNDEFINED)):
        return split_plainly(own, plain, to_text(subject), limit)
    asked = _method_of(own, separator, SPLIT)
    if not asked.same(Value.UNDEFINED):
        return call(asked, separator, [subject, limit])
    text = to_text(subject)
    most = most_parts(limit)
    between = to_text(separator)
    if most == 0:
        return Value.of_object(own.array_of([]))
    if separator.same(Value.UNDEFINED):
        return Value.of_object(own.array_of([string_value(text)]))
    if between == "":
        return Value.of_object(own.array_of([string_value(unit) for unit in text[:most]]))
    return Value.of_object(own.array_of([string_value(part) for part in text.split(between)[:most]]))


# Replacing by functions: what `self_hosted/replacing.js` calls


def _walk_of_matches(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`WalkOfMatches(subject, pattern, replacement, isAll)`: what a function replaces; undefined where that is less simple."""
    subject = as_string(argument_at(stack, frame, count, 0))
    pattern = argument_at(stack, frame, count, 1)
    is_all = truth(argument_at(stack, frame, count, 3))
    if subject is None or not is_callable(argument_at(stack, frame, count, 2)):
        return Value.UNDEFINED
    wanted = as_string(pattern)
    if wanted is not None:
        return Value.of_object(walk_of_text(subject.text(), wanted.text(), is_all))
    plain = untouched_regexp(as_realm(realm), pattern)
    if plain is None or (is_all and not plain.ready().flags.is_global):
        return Value.UNDEFINED
    return Value.of_object(walk_of_pattern(plain, subject.text()))


def _walk(stack: VMStack, frame: int) -> MatchWalk:
    return unsafe_cast(MatchWalk, unsafe_cast(GuestObject, stack[frame + FIRST].as_object()))


def _has_match(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_bool(_walk(stack, frame).has_match())


def _group_count(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """Groups whose texts are arguments; -1 where the function needs more than these."""
    return Value.of_int(_walk(stack, frame).simple_groups)


def _group(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _walk(stack, frame).group(stack[frame + FIRST + 1].as_int())


def _match_place(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_int(_walk(stack, frame).place())


def _put_replacement(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    _walk(stack, frame).put(to_text(stack[frame + FIRST + 1]))
    return Value.UNDEFINED


def _replace_next(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    replace_next(as_realm(realm), _walk(stack, frame), stack[frame + FIRST + 1])
    return Value.UNDEFINED


def _replaced_text(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return string_value(_walk(stack, frame).result())


def _replace_otherwise(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`ReplaceOtherwise(subject, pattern, replacement, isAll)`: in all cases."""
    is_all = truth(argument_at(stack, frame, count, 3))
    return _replacing(realm, stack, frame, count, "replaceAll" if is_all else "replace", is_all)


REPLACING_INTRINSICS: Final[dict[str, Native]] = {
    "GroupCount": _group_count,
    "GroupOfMatch": _group,
    "HasMatch": _has_match,
    "MatchPlace": _match_place,
    "PutReplacement": _put_replacement,
    "ReplaceNext": _replace_next,
    "ReplaceOtherwise": _replace_otherwise,
    "ReplacedText": _replaced_text,
    "WalkOfMatches": _walk_of_matches,
}
METHODS: Final[list[NativeRow]] = [
    ("match", 1, _match),
    ("matchAll", 1, _match_all),
    ("search", 1, _search),
    ("split", 2, _split),
]
SELF_HOSTED_METHODS: Final[list[SelfHostedRow]] = [
    ("replace", 2, "replacing.replace"),
    ("replaceAll", 2, "replacing.replaceAll"),
]


def install_string_patterns(realm: Realm) -> None:
    """Give a realm's strings the methods with patterns."""
    install_methods(realm, realm.string_prototype, METHODS)
    install_self_hosted(realm, realm.string_prototype, SELF_HOSTED_METHODS)
