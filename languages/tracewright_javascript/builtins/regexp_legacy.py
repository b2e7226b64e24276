"""`RegExp.$1` and its kin: the match that was found last, as properties of the constructor (the standard's proposal of legacy features).

    /(\\d+)-(\\d+)/.test("on 12-24")
    RegExp.$1            "12"
    RegExp["$`"]         "on "

Few programs ask, so a match notes only where it was, and the groups are found again when somebody does.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.builtins.arguments import argument_at
from tracewright_javascript.builtins.regexp_objects import CompiledPattern
from tracewright_javascript.builtins.rows import install_accessor
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.conversions import to_text
from tracewright_javascript.objects import JSObject
from tracewright_javascript.realm import Realm, as_realm
from tracewright_javascript.values import string_value

MOST_GROUPS: Final = 9  # that have names
NO_ENDS: Final[Array[int]] = Array(0, 0)


def _ends(realm: Realm) -> Array[int]:
    """Where the groups of the last match begin and end; empty before the first."""
    last = realm.agent.last_match
    found = last.pattern
    if found is None:
        return NO_ENDS
    matcher = unsafe_cast(CompiledPattern, found).matcher
    return matcher.groups() if matcher.match_at(last.text, last.start) else NO_ENDS


def _group(realm: Realm, number: int) -> Value:
    ends = _ends(realm)
    if 2 * number >= len(ends) or ends[2 * number] < 0:
        return string_value("")
    return string_value(realm.agent.last_match.text[ends[2 * number] : ends[2 * number + 1]])


def _last_group(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    own = as_realm(realm)
    groups = len(_ends(own)) // 2
    return _group(own, groups - 1) if groups > 1 else string_value("")


def _before(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    own = as_realm(realm)
    ends = _ends(own)
    return string_value(own.agent.last_match.text[: ends[0]] if len(ends) > 0 else "")


def _behind(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    own = as_realm(realm)
    ends = _ends(own)
    return string_value(own.agent.last_match.text[ends[1] :] if len(ends) > 0 else "")


def _input(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return string_value(as_realm(realm).agent.last_match.input)


def _set_input(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    as_realm(realm).agent.last_match.input = to_text(argument_at(stack, frame, count, 0))
    return Value.UNDEFINED


def _keep(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """An assignment has no effect, and is no error, as in other engines."""
    return Value.UNDEFINED


def install_legacy_features(realm: Realm, constructor: JSObject) -> None:
    """Give `RegExp` its legacy properties."""
    for name in ("input", "$_"):
        install_accessor(realm, constructor, name, _input, _set_input)
    for name in ("lastMatch", "$&"):
        _install_group(realm, constructor, name, 0)
    for name in ("lastParen", "$+"):
        install_accessor(realm, constructor, name, _last_group, _keep)
    for name in ("leftContext", "$`"):
        install_accessor(realm, constructor, name, _before, _keep)
    for name in ("rightContext", "$'"):
        install_accessor(realm, constructor, name, _behind, _keep)
    for number in range(1, MOST_GROUPS + 1):
        _install_group(realm, constructor, f"${number}", number)


def _install_group(realm: Realm, constructor: JSObject, name: str, number: int) -> None:
    install_accessor(realm, constructor, name, lambda r, stack, frame, count: _group(as_realm(r), number), _keep)
