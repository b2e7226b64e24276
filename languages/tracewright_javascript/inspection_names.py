"""Names and texts in what `console.log` shows: of classes, functions, keys, strings."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.lib.utf16 import code_point_at, is_high_surrogate, is_low_surrogate, units_in_code_point
from tracewright_javascript.functions import BoundFunction, JSFunction, NativeFunction
from tracewright_javascript.keys import NO_INDEX, SYMBOL_MARK, TO_STRING_TAG, Key
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.realm import Realm
from tracewright_javascript.values import as_bigint, as_string, is_number

SHORTEST_BROKEN: Final = 16  # a string no longer than this stays on one line
CONSTRUCTOR: Final = Key("constructor", NO_INDEX)
NAME: Final = Key("name", NO_INDEX)
PROTOTYPE: Final = Key("prototype", NO_INDEX)


def _own_text(thing: JSObject, key: Key) -> str:
    """An own property that is a string; empty where there is none. No getter runs."""
    found = None if thing.is_proxy() else thing.own_property(key)
    text = None if found is None or found.is_accessor() else as_string(found.slot)
    return "" if text is None else text.text()


def class_name(thing: JSObject) -> str:
    """The name of the constructor that the object or a prototype of it names; empty where there is none."""
    holder: JSObject | None = thing
    while holder is not None and not holder.is_proxy():
        found = holder.own_property(CONSTRUCTOR)
        if found is not None and not found.is_accessor():
            constructor = as_object(found.slot)
            if constructor is not None and constructor.can_call() and _is_made_by(thing, constructor):
                name = _own_text(constructor, NAME)
                if name != "":
                    return name
        holder = holder.get_prototype()
    return ""


def _is_made_by(thing: JSObject, constructor: JSObject) -> bool:
    """Whether the constructor's prototype is one of the object's."""
    found = None if constructor.is_proxy() else constructor.own_property(PROTOTYPE)
    wanted = None if found is None or found.is_accessor() else as_object(found.slot)
    holder = thing.get_prototype()
    while holder is not None and not holder.is_proxy():
        if holder is wanted:
            return True
        holder = holder.get_prototype()
    return False


def tag_of(thing: JSObject, name: str) -> str:
    """What `Symbol.toStringTag` says besides the name of the class; empty where it says nothing else."""
    holder: JSObject | None = thing
    while holder is not None and not holder.is_proxy():
        found = holder.own_property(Key(TO_STRING_TAG.name, NO_INDEX))
        if found is not None:
            text = None if found.is_accessor() else as_string(found.slot)
            return "" if text is None or text.text() == name else text.text()
        holder = holder.get_prototype()
    return ""


def primitive_kind(value: Value) -> str:
    """The constructor of objects around a primitive value."""
    if is_number(value):
        return "Number"
    if value.is_bool():
        return "Boolean"
    return "Symbol" if as_bigint(value) is None else "BigInt"


def shown_function(thing: JSObject) -> str:
    """A function or class, without its properties."""
    name = _own_text(thing, NAME)
    if isinstance(thing, JSFunction):
        if thing.code.is_class:
            return _shown_class(thing, name)
        return _named(_kind_of(thing), name)
    return _named("Function", name)


def _kind_of(function: JSFunction) -> str:
    """`AsyncGeneratorFunction` and so on, as the prototype says."""
    prototype = function.get_prototype()
    tag = "" if prototype is None else tag_of(prototype, "")
    return "Function" if tag == "" else tag


def _shown_class(function: JSFunction, name: str) -> str:
    """`[class B extends A]`"""
    shown = name if name != "" else "(anonymous)"
    parent = function.get_prototype()
    if isinstance(parent, (JSFunction, NativeFunction, BoundFunction)):
        parent_name = _own_text(parent, NAME)
        if parent_name != "":
            return f"[class {shown} extends {parent_name}]"
    return f"[class {shown}]"


def _named(kind: str, name: str) -> str:
    return f"[{kind}: {name}]" if name != "" else f"[{kind} (anonymous)]"


def key_text(realm: Realm, key: Key) -> str:
    """A key before its colon."""
    if key.is_symbol():
        symbol = realm.agent.symbols.get(key.name)
        description = key.name[len(SYMBOL_MARK) :] if symbol is None else symbol.description
        return f"[Symbol({description})]"
    text = key.text()
    return text if _is_plain_name(text) else quoted(text)


def _is_plain_name(text: str) -> bool:
    if text == "" or "0" <= text[0] <= "9":
        return False
    return all("a" <= unit <= "z" or "A" <= unit <= "Z" or "0" <= unit <= "9" or unit == "_" for unit in text)


def quoted(text: str) -> str:
    """A string in single quotes, or in others where it has those."""
    quote = "'"
    if "'" in text:
        if '"' not in text:
            quote = '"'
        elif "`" not in text and "${" not in text:
            quote = "`"
    parts: list[str] = [quote]
    index = 0
    while index < len(text):
        code = code_point_at(text, index)
        units = units_in_code_point(code)
        if is_high_surrogate(code) or is_low_surrogate(code):
            parts.append(f"\\u{code:04x}")
        else:
            parts.append(_escaped(text[index], quote) if units == 1 else text[index : index + units])
        index += units
    parts.append(quote)
    return "".join(parts)


def quoted_lines(text: str, indent: int, width: int) -> str:
    """The same; a long string of several lines is one string for each, put together."""
    if len(text) <= SHORTEST_BROKEN or len(text) <= width - indent - 4 or "\n" not in text[: len(text) - 1]:
        return quoted(text)
    lines = text.split("\n")
    parts = [quoted(line + "\n") for line in lines[:-1]]
    if lines[-1] != "":
        parts.append(quoted(lines[-1]))
    return (" +\n" + " " * (indent + 2)).join(parts)


def _escaped(unit: str, quote: str) -> str:
    match unit:
        case "\n":
            return "\\n"
        case "\t":
            return "\\t"
        case "\r":
            return "\\r"
        case "\b":
            return "\\b"
        case "\f":
            return "\\f"
        case "\v":
            return "\\v"
        case "\\":
            return "\\\\"
        case _:
            if unit == quote:
                return "\\" + unit
            code = ord(unit)
            return f"\\x{code:02X}" if code < 32 or 127 <= code < 160 else unit
