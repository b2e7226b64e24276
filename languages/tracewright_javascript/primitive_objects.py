"""Objects around primitive values: what `new String("a")`, `Object(1)` and sloppy code's `this` are."""

from __future__ import annotations

from typing import final

from tracewright.core.value import Value
from tracewright.guest.placements import NO_ROW
from tracewright.guest.shapes import Shape
from tracewright.hints import immutable_fields
from tracewright_javascript.keys import NO_INDEX, Key
from tracewright_javascript.objects import JSObject
from tracewright_javascript.properties import FIXED, NOT_CONFIGURABLE, NOT_WRITABLE, Descriptor, Property, is_allowed
from tracewright_javascript.values import is_number, string_value


@final
@immutable_fields("value")
class PrimitiveObject(JSObject):
    """An object around a number, a boolean, a symbol or a big integer."""

    def __init__(self, shape: Shape, value: Value) -> None:
        super().__init__(shape, NO_ROW)
        self.value = value

    def class_text(self) -> str:
        if is_number(self.value):
            return "Number"
        return "Boolean" if self.value.is_bool() else "Object"


@final
@immutable_fields("text")
class StringObject(JSObject):
    """An object around a string: its units and its length are properties that nobody can change."""

    def __init__(self, shape: Shape, text: str) -> None:
        super().__init__(shape, NO_ROW)
        self.text = text

    def class_text(self) -> str:
        return "String"

    def _unit_or_length(self, key: Key) -> Property | None:
        if key.index != NO_INDEX:
            if key.index >= len(self.text):
                return None
            return Property(string_value(self.text[key.index]), NOT_WRITABLE | NOT_CONFIGURABLE)
        return Property(Value.of_int(len(self.text)), FIXED) if key.name == "length" else None

    def own_property(self, key: Key) -> Property | None:
        found = self._unit_or_length(key)
        return found if found is not None else self.stored_property(key)

    def define_property(self, key: Key, description: Descriptor) -> bool:
        found = self._unit_or_length(key)
        return is_allowed(found, description) if found is not None else super().define_property(key, description)

    def own_keys(self) -> list[Key]:
        result = [Key("", index) for index in range(len(self.text))]
        self.add_index_keys(result)
        result.append(Key("length", NO_INDEX))
        self.add_named_keys(result)
        return result
