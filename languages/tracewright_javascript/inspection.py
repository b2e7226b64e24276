"""Values as `console.log` shows them: node's forms, line breaks and columns.

What fits 80 columns and does not nest too deeply is on one line; arrays of more than six elements stand in columns; objects deeper than two
levels are only named; an object that holds itself is `<ref *1>`, and `[Circular *1]` where it meets itself.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.integers import bits_of_float
from tracewright.core.mathematics import floor, is_nan, sqrt, trunc
from tracewright.core.value import Value
from tracewright_javascript.array_buffers import JSArrayBuffer
from tracewright_javascript.arrays import JSArray
from tracewright_javascript.bigints import bigint_to_float
from tracewright_javascript.builtins.collections import JSMap, JSSet
from tracewright_javascript.builtins.dates import JSDate
from tracewright_javascript.builtins.json_writing import CIRCLE, stringified
from tracewright_javascript.builtins.regexp_objects import JSRegExp, source_text
from tracewright_javascript.builtins.weak_collections import JSWeakMap, JSWeakSet
from tracewright_javascript.calls import call
from tracewright_javascript.conversions import as_symbol, symbol_text, to_number, to_text
from tracewright_javascript.data_view import JSDataView
from tracewright_javascript.date_times import iso_text
from tracewright_javascript.error_objects import JSError
from tracewright_javascript.errors import GuestFault
from tracewright_javascript.functions import JSFunction, NativeFunction
from tracewright_javascript.inspection_errors import error_stack, shown_error
from tracewright_javascript.inspection_names import (
    class_name,
    key_text,
    primitive_kind,
    quoted,
    quoted_lines,
    shown_function,
    tag_of,
)
from tracewright_javascript.keys import NO_INDEX, Key, key_of_index
from tracewright_javascript.lookups import get_named
from tracewright_javascript.module_namespace import ModuleNamespace
from tracewright_javascript.objects import JSObject, as_object, is_callable
from tracewright_javascript.ordered_table import ABSENT, OrderedTable, Walk
from tracewright_javascript.primitive_objects import PrimitiveObject, StringObject
from tracewright_javascript.promises import JSPromise, State
from tracewright_javascript.properties import Property, pair_in
from tracewright_javascript.realm import Realm
from tracewright_javascript.typed_arrays import JSTypedArray
from tracewright_javascript.values import as_bigint, as_string, is_number, number_value

WIDTH: Final = 80
DEPTH: Final = 2  # objects deeper than this are only named
MOST_ELEMENTS: Final = 100
GROUPED: Final = 6  # arrays with more elements stand in columns
MOST_NESTED: Final = 1000  # objects inside each other, however deep the program wants to see: node stops at about 1,150
COMPACT: Final = 3  # so many levels may be on one line
MOST_COLUMNS: Final = 15
_HEX: Final = "0123456789abcdef"


CUSTOM: Final = "nodejs.util.inspect.custom"  # the symbol of this name is that of an object's own method


@final
class Style:
    """What switches a colour of the terminal on and off."""

    def __init__(self, on: int, off: int) -> None:
        self.on = on
        self.off = off


GREEN: Final = Style(32, 39)  # strings, symbols
YELLOW: Final = Style(33, 39)  # numbers, booleans
GREY: Final = Style(90, 39)  # undefined
BOLD: Final = Style(1, 22)  # null
CYAN: Final = Style(36, 39)  # what stands for something else, functions
RED: Final = Style(31, 39)  # regular expressions
MAGENTA: Final = Style(35, 39)  # dates


def style_of_primitive(value: Value) -> Style:
    """The style of what is neither object nor string."""
    if value.same(Value.UNDEFINED):
        return GREY
    return BOLD if value.same(Value.NULL) else YELLOW


@final
class Options:
    """How values are shown; `util.inspect` has the same."""

    def __init__(self) -> None:
        self.depth: int = DEPTH
        self.width: int = WIDTH
        self.most_elements: int = MOST_ELEMENTS
        self.compact: int = COMPACT
        self.shows_hidden = False
        self.has_colours = False
        self.is_sorted = False
        self.asks_objects = True  # their method `Symbol.for('nodejs.util.inspect.custom')`


@final
class _Inspector:
    """Shows one value."""

    def __init__(self, realm: Realm, options: Options) -> None:
        self.realm = realm
        self.options = options
        self.open_things: dict[JSObject, bool] = {}
        self.circular: list[
            JSObject
        ] = []  # those that were met inside themselves: their numbers are their places, from 1
        self.indent = 0
        self.deepest = 0  # the level of the object that was shown last

    def value(self, value: Value, depth: int) -> str:
        """A value inside another, or an object by itself."""
        text = as_string(value)
        if text is not None:
            return self.styled(quoted_lines(text.text(), self.indent, self.options.width), GREEN)
        symbol = as_symbol(value)
        if symbol is not None:
            return self.styled(symbol_text(symbol), GREEN)
        if as_bigint(value) is not None:
            return self.styled(f"{to_text(value)}n", YELLOW)
        thing = as_object(value)
        if thing is None:
            is_minus_zero = value.is_float() and bits_of_float(value.as_float()) == bits_of_float(-0.0)
            return self.styled("-0" if is_minus_zero else to_text(value), style_of_primitive(value))
        behind = thing.proxy_target() if thing.is_proxy() else thing
        while behind is not None and behind.is_proxy():
            behind = behind.proxy_target()
        if behind is None:
            return self.styled("<Revoked Proxy>", CYAN)
        if self.options.asks_objects and not thing.is_proxy():
            answer = self._own_answer(thing, depth)
            if answer is not None:
                return answer
        return self._object(behind, depth)

    def styled(self, text: str, style: Style) -> str:
        """The text in its colour, if colours are wanted."""
        return f"\x1b[{style.on}m{text}\x1b[{style.off}m" if self.options.has_colours else text

    def _own_answer(self, thing: JSObject, depth: int) -> str | None:
        """What the object's own method says; None where it has none."""
        symbol = self.realm.agent.registered.get(CUSTOM)
        if symbol is None:  # no program has asked for the symbol
            return None
        method = get_named(thing, symbol.name)
        if not is_callable(method) or self.realm.inspect_function.same(method):
            return None
        settings = self.realm.new_object()
        left = Value.of_int(self.options.depth - depth)
        settings.add("depth", left)
        answer = call(method, Value.of_object(thing), [left, Value.of_object(settings), self.realm.inspect_function])
        text = as_string(answer)
        if text is not None:
            return text.text().replace("\n", "\n" + " " * self.indent)
        return self.value(answer, depth) if as_object(answer) is not thing else self._object(thing, depth)

    def _object(self, thing: JSObject, depth: int) -> str:
        if thing in self.open_things:
            return self.styled(f"[Circular *{self._number(thing)}]", CYAN)
        name = class_name(thing)
        if depth > self.options.depth and not self._is_simple(thing):
            if isinstance(thing, JSArray):
                return self.styled(f"[{name}]", CYAN)
            return self.styled(f"[{name if name != '' else 'Object: null prototype'}]", CYAN)
        if depth > MOST_NESTED:
            text = f"[{name}: Inspection interrupted prematurely. Maximum call stack size exceeded.]"
            return self.styled(text, CYAN)
        self.open_things[thing] = True
        self.deepest = depth
        shown = self._open(thing, depth, name)
        self.open_things.pop(thing, True)
        for index in range(len(self.circular)):
            if self.circular[index] is thing:
                return f"{self.styled(f'<ref *{index + 1}>', CYAN)} {shown}"
        return shown

    def _number(self, thing: JSObject) -> int:
        for index in range(len(self.circular)):
            if self.circular[index] is thing:
                return index + 1
        self.circular.append(thing)
        return len(self.circular)

    def _is_simple(self, thing: JSObject) -> bool:
        """Whether it is shown without what is inside of it, however deep."""
        if isinstance(thing, (JSError, JSDate, JSRegExp, StringObject)):
            return True
        return _has_no_parts(thing) and len(_visible_keys(thing, self.options.shows_hidden)) == 0

    def _open(self, thing: JSObject, depth: int, name: str) -> str:
        """An object that may be looked into."""
        opening, closing = "{", "}"
        base = ""
        parts: list[str] = []
        is_list = False
        tag = tag_of(thing, name)
        prefix = _prefix(name, tag, "Object")
        if isinstance(thing, JSArray):
            is_list = True
            opening, closing = "[", "]"
            prefix = "" if name == "Array" and tag == "" else f"{_prefix(name, tag, 'Array')}({thing.length()}) "
            self._elements(thing, depth, parts)
        elif isinstance(thing, JSMap):
            prefix = _sized(name, tag, "Map", thing.entries.count)
            self._entries(thing.entries, depth, parts, True)
        elif isinstance(thing, JSSet):
            prefix = _sized(name, tag, "Set", thing.entries.count)
            self._entries(thing.entries, depth, parts, False)
        elif isinstance(thing, (JSWeakMap, JSWeakSet)):
            prefix += " "
            parts.append("<items unknown>")
        elif isinstance(thing, ModuleNamespace):
            prefix = "[Module: null prototype] "
        elif isinstance(thing, JSTypedArray):
            is_list = True
            opening, closing = "[", "]"
            kind = thing.name()
            prefix = _sized(name, "" if kind == name or name == "" else kind, kind, thing.count())
            self._typed_elements(thing, depth, parts)
        elif isinstance(thing, JSArrayBuffer):
            prefix += " "
            parts.extend(_bytes_parts(thing))
        elif isinstance(thing, JSDataView):
            prefix += " "
            self._data_view(thing, depth, parts)
        elif isinstance(thing, JSPromise):
            prefix += " "
            self._promise(thing, depth, parts)
        else:
            base = self._base(thing, depth, name)
            if base == "":
                is_plain = name == "Object" and tag == ""
                prefix = "" if is_plain else f"{prefix} "
            else:
                prefix = ""
        self._properties(thing, depth, parts)
        if base != "" and len(parts) == 0:
            return base
        if len(parts) == 0:
            return f"{prefix}{opening}{closing}"
        return self._laid_out(thing, parts, base, prefix + opening, closing, depth, is_list)

    def _base(self, thing: JSObject, depth: int, name: str) -> str:
        """What stands before the properties of special objects, and alone where there are none; empty for ordinary ones."""
        if isinstance(thing, (JSFunction, NativeFunction)):
            return self.styled(shown_function(thing), CYAN)
        if isinstance(thing, JSError):
            return shown_error(thing, name, tag_of(thing, name), self.indent)
        if isinstance(thing, JSRegExp):
            pattern = thing.ready()
            return self.styled(f"/{source_text(pattern)}/{pattern.letters}", RED)
        if isinstance(thing, JSDate):
            return self.styled("Invalid Date" if is_nan(thing.time) else iso_text(int(thing.time)), MAGENTA)
        if isinstance(thing, StringObject):
            return f"[String: {quoted(thing.text)}]"
        if isinstance(thing, PrimitiveObject):
            return f"[{primitive_kind(thing.value)}: {self.value(thing.value, depth)}]"
        if thing.class_text() == "Arguments":
            return "[Arguments]"
        return "[Function (anonymous)]" if thing.can_call() else ""

    # Parts

    def _elements(self, array: JSArray, depth: int, parts: list[str]) -> None:
        index = 0
        length = array.length()
        while index < length and len(parts) < self.options.most_elements:
            found = array.own_property(key_of_index(index))
            if found is not None:
                parts.append(self._slot(found, depth))
                index += 1
                continue
            start = index
            while index < length and array.own_property(key_of_index(index)) is None:
                index += 1
            empty = f"<{index - start} empty item{'s' if index - start > 1 else ''}>"
            parts.append(self.styled(empty, GREY))
        _say_more(parts, length - index)

    def _entries(self, table: OrderedTable, depth: int, parts: list[str], is_map: bool) -> None:
        self.indent += 2
        walk = Walk(table)
        place = walk.next_place()
        while place != ABSENT and len(parts) < self.options.most_elements:
            shown = self.value(table.keys[place], depth + 1)
            if is_map:
                shown = f"{shown} => {self.value(table.values[place], depth + 1)}"
            parts.append(shown)
            place = walk.next_place()
        _say_more(parts, table.count - len(parts))
        self.indent -= 2

    def _typed_elements(self, view: JSTypedArray, depth: int, parts: list[str]) -> None:
        length = view.count()
        for index in range(min(length, self.options.most_elements)):
            parts.append(self.value(view.element(index), depth + 1))
        _say_more(parts, length - len(parts))

    def _data_view(self, view: JSDataView, depth: int, parts: list[str]) -> None:
        if view.is_out_of_bounds():
            parts.append("(detached)" if view.buffer.is_detached else "(out of bounds)")
        else:
            parts.append(f"byteLength: {view.count()}")
            parts.append(f"byteOffset: {view.offset}")
        self.indent += 2
        parts.append(f"buffer: {self.value(Value.of_object(view.buffer), depth + 1)}")
        self.indent -= 2

    def _promise(self, promise: JSPromise, depth: int, parts: list[str]) -> None:
        if promise.state == State.PENDING:
            parts.append(self.styled("<pending>", CYAN))
            return
        self.indent += 2
        shown = self.value(promise.result, depth + 1)
        self.indent -= 2
        parts.append(f"{self.styled('<rejected>', CYAN)} {shown}" if promise.state == State.REJECTED else shown)

    def _properties(self, thing: JSObject, depth: int, parts: list[str]) -> None:
        has_indexes = isinstance(thing, (JSArray, JSTypedArray, StringObject))
        if isinstance(thing, JSError):
            self._error_properties(thing, depth, parts)
            return
        keys = _visible_keys(thing, self.options.shows_hidden)
        if self.options.is_sorted:
            keys.sort(key=lambda key: key_text(self.realm, key))
        for key in keys:
            found = thing.own_property(key)
            if found is not None and not (has_indexes and key.index != NO_INDEX):
                shown = key_text(self.realm, key)
                if not found.is_enumerable():
                    shown = shown if shown.startswith("[") else f"[{shown}]"
                elif key.is_symbol():
                    shown = f"[{self.styled(shown[1:-1], GREEN)}]"
                elif shown.startswith("'"):
                    shown = self.styled(shown, GREEN)
                parts.append(f"{shown}: {self._slot(found, depth)}")

    def _error_properties(self, error: JSError, depth: int, parts: list[str]) -> None:
        """What is not in the text already; `cause` and `errors` in any case."""
        text = error_stack(error)
        keys = _visible_keys(error, False)
        for key in keys:
            found = error.own_property(key)
            if found is None:
                continue
            if key.name == "name" or key.name == "message" or key.name == "stack":
                own = as_string(found.slot)
                if own is None or own.text() in text:
                    continue
            parts.append(f"{key_text(self.realm, key)}: {self._slot(found, depth)}")
        for name in ("cause", "errors"):
            found = error.own_property(Key(name, NO_INDEX))
            if found is not None and not found.is_enumerable():
                parts.append(f"[{name}]: {self._slot(found, depth)}")

    def _slot(self, found: Property, depth: int) -> str:
        if not found.is_accessor():
            self.indent += 2
            shown = self.value(found.slot, depth + 1)
            self.indent -= 2
            return shown
        pair = pair_in(found.slot)
        if pair.setter.same(Value.UNDEFINED):
            return self.styled("[Getter]", CYAN)
        return self.styled("[Setter]" if pair.getter.same(Value.UNDEFINED) else "[Getter/Setter]", CYAN)

    def _width(self, text: str) -> int:
        """How many columns a text takes: colours take none."""
        if not self.options.has_colours:
            return len(text)
        length = 0
        start = 0
        while start < len(text):
            place = text.find("\x1b[", start)
            if place < 0:
                return length + len(text) - start
            length += place - start
            start = text.find("m", place) + 1
        return length

    # Lines

    def _laid_out(
        self, thing: JSObject, parts: list[str], base: str, opening: str, closing: str, depth: int, is_list: bool
    ) -> str:
        count = len(parts)
        if is_list and count > GROUPED and self.options.compact > 0:
            parts = self._grouped(parts, thing)
        before = f"{base} {opening}" if base != "" else opening
        if self.deepest - depth < self.options.compact and count == len(parts):
            start = len(parts) + self.indent + len(opening) + len(base) + 10
            total = start + len(parts) + sum([self._width(part) for part in parts])
            if total <= self.options.width and not any("\n" in part for part in parts) and "\n" not in base:
                return f"{before} {', '.join(parts)} {closing}"
        margin = "\n" + " " * self.indent
        inner = f",{margin}  ".join(parts)
        return f"{before}{margin}  {inner}{margin}{closing}"

    def _grouped(self, parts: list[str], thing: JSObject) -> list[str]:
        """Elements in columns, so many that the whole is about as high as it is wide; numbers to the right."""
        count = len(parts)
        has_more = count > self.options.most_elements
        if has_more:
            count -= 1
        widths = [self._width(part) for part in parts[:count]]
        widest = max(widths) + 2
        total = sum(widths) + 2 * count
        if widest * 3 + self.indent >= self.options.width or (float(total) / float(widest) <= 5.0 and widest > 8):
            return parts
        biased = max(float(widest) - 3.0 - sqrt(float(widest) - float(total) / float(len(parts))), 1.0)
        square = int(floor(sqrt(2.5 * biased * float(count)) / biased + 0.5))
        columns = min(min(square, (self.options.width - self.indent) // widest), min(COMPACT * 4, MOST_COLUMNS))
        if columns <= 1:
            return parts
        column_widths: list[int] = []
        for column in range(columns):
            column_widths.append(max([widths[index] for index in range(column, count, columns)], default=0) + 2)
        to_right = isinstance(thing, (JSArray, JSTypedArray)) and _are_numbers(thing, len(parts))
        lines: list[str] = []
        for start in range(0, count, columns):
            stop = min(start + columns, count)
            line: list[str] = []
            for index in range(start, stop):
                is_last = index == stop - 1
                cell = parts[index] if is_last else parts[index] + ", "
                width = column_widths[index - start] - (2 if is_last else 0)
                if to_right:
                    cell = " " * (width - self._width(cell)) + cell
                elif not is_last:
                    cell = cell + " " * (width - self._width(cell))
                line.append(cell)
            lines.append("".join(line))
        if has_more:
            lines.append(parts[count])
        return lines


def _are_numbers(array: JSObject, count: int) -> bool:
    for index in range(count):
        found = array.own_property(key_of_index(index))
        if found is None or found.is_accessor() or not (is_number(found.slot) or as_bigint(found.slot) is not None):
            return False
    return True


def _bytes_parts(buffer: JSArrayBuffer) -> list[str]:
    """What is shown of a buffer besides its properties."""
    length = buffer.byte_length
    if buffer.is_detached:
        return ["(detached)", "byteLength: 0"]
    shown = [f"{_HEX[byte >> 4]}{_HEX[byte & 15]}" for byte in buffer.first_bytes(MOST_ELEMENTS)]
    more = length - len(shown)
    rest = f" ... {more} more byte{'s' if more > 1 else ''}" if more > 0 else ""
    return [f"[Uint8Contents]: <{' '.join(shown)}{rest}>", f"byteLength: {length}"]


def _has_no_parts(thing: JSObject) -> bool:
    """Whether nothing is in it besides properties."""
    if isinstance(thing, JSArray):
        return thing.length() == 0
    if isinstance(thing, JSMap):
        return thing.entries.count == 0
    if isinstance(thing, JSSet):
        return thing.entries.count == 0
    has_others = isinstance(thing, (JSPromise, JSWeakMap, JSWeakSet, JSTypedArray, JSArrayBuffer, JSDataView))
    return not has_others and not isinstance(thing, ModuleNamespace)


def _say_more(parts: list[str], left: int) -> None:
    if left > 0:
        parts.append(f"... {left} more item{'s' if left > 1 else ''}")


def _prefix(name: str, tag: str, fallback: str) -> str:
    shown = name if name != "" else f"[{fallback}: null prototype]"
    return f"{shown} [{tag}]" if tag != "" else shown


def _sized(name: str, tag: str, fallback: str, count: int) -> str:
    shown = name if name != "" else f"[{fallback}({count}): null prototype]"
    shown = f"{shown}({count})" if name != "" else shown
    return f"{shown} [{tag}] " if tag != "" else f"{shown} "


def _visible_keys(thing: JSObject, shows_hidden: bool) -> list[Key]:
    keys: list[Key] = []
    for key in thing.own_keys():
        found = thing.own_property(key)
        if found is not None and (found.is_enumerable() or shows_hidden):
            keys.append(key)
    return keys


def inspected(realm: Realm, value: Value) -> str:
    """A value as it stands inside another."""
    return inspected_with(realm, value, Options())


def inspected_with(realm: Realm, value: Value, options: Options) -> str:
    """The same as somebody wants it."""
    return _Inspector(realm, options).value(value, 0)


def shown(realm: Realm, value: Value) -> str:
    """An argument of `console.log`: strings as they are."""
    text = as_string(value)
    return text.text() if text is not None else inspected(realm, value)


def formatted(realm: Realm, values: list[Value]) -> str:
    """What `console.log` writes: the values with blanks between them, after the directives of a text that comes first."""
    if len(values) == 0:
        return ""
    first = as_string(values[0])
    parts: list[str] = []
    used = 1
    if first is not None and len(values) > 1:
        template = first.text()
        start = 0
        place = template.find("%", 0)
        while place >= 0 and place + 1 < len(template):
            letter = template[place + 1]
            if letter == "%":
                parts.append(template[start:place] + "%")
                start = place + 2
            elif letter in "sdifjoOc" and used < len(values):
                parts.append(template[start:place])
                parts.append(_directed(realm, letter, values[used]))
                used += 1
                start = place + 2
            place = template.find("%", place + 2)
        parts.append(template[start:])
    else:
        parts.append(shown(realm, values[0]))
    rest = [shown(realm, value) for value in values[used:]]
    return " ".join(["".join(parts), *rest])


def _directed(realm: Realm, letter: str, value: Value) -> str:
    """A value as a directive asks for it. Raises GuestFault and Thrown."""
    thing = as_object(value)
    match letter:
        case "s":
            is_minus_zero = value.is_float() and bits_of_float(value.as_float()) == bits_of_float(-0.0)
            if as_symbol(value) is not None or as_bigint(value) is not None or is_minus_zero:
                return inspected(realm, value)
            if thing is None or isinstance(thing, JSError):
                return to_text(value)
            return inspected(realm, value)
        case "d" | "i" | "f":
            if thing is not None or as_symbol(value) is not None:
                return "NaN"
            big = as_bigint(value)
            if big is not None and letter != "f":
                return inspected(realm, value)
            number = to_number(value) if big is None else bigint_to_float(big)
            if letter == "i" and not is_nan(number):
                number = trunc(number)
            return inspected(realm, number_value(number))
        case "j":
            try:
                text = as_string(stringified(realm, value, Value.UNDEFINED, Value.UNDEFINED))
            except GuestFault as fault:
                if fault.message.startswith(CIRCLE):
                    return "[Circular]"
                raise
            return "undefined" if text is None else text.text()
        case "c":
            return ""
        case "o":
            options = Options()
            options.shows_hidden = True
            options.depth = 4
            return inspected_with(realm, value, options)
        case _:
            return inspected(realm, value)
