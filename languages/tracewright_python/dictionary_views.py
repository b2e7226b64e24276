"""Dicts that are another thing seen as one: `globals()`, `module.__dict__`, `instance.__dict__`.

What is written goes to the thing itself. Before anything is read, the entries are made anew.
"""

from __future__ import annotations

from typing import final

from tracewright.core.value import Value
from tracewright.hints import dont_look_inside, immutable_fields
from tracewright_python.dictionaries import ABSENT, PyDict
from tracewright_python.objects import PyMapping
from tracewright_python.session import Session
from tracewright_python.texts import PyStr, as_str


@final
@immutable_fields("pairs")
class DictNames(PyMapping):
    """The entries of a dict whose keys are texts."""

    def __init__(self, pairs: PyDict) -> None:
        self.pairs = pairs

    def get_named(self, name: str) -> Value:
        return self.pairs.get_named(name)

    def set_named(self, name: str, value: Value) -> None:
        self.pairs.set_text(PyStr(name), value)

    def delete_named(self, name: str) -> bool:
        place = self.pairs.find_text(PyStr(name))
        if place == ABSENT:
            return False
        self.pairs.remove_at(place)
        return True

    def all_names(self) -> list[str]:
        names: list[str] = []
        for key in self.pairs.all_keys():
            text = as_str(key)
            if text is not None:
                names.append(text.text())
        return names


@final
@immutable_fields("mapping")
class NamespaceDict(PyDict):
    """A view of names and values."""

    def __init__(self, mapping: PyMapping) -> None:
        super().__init__()
        self.mapping = mapping
        self._refresh()

    @dont_look_inside
    def _refresh(self) -> None:
        names = self.mapping.all_names()
        if self.count == len(names) and self._is_fresh(names):
            return
        super().clear()
        for name in names:
            super().set_text(PyStr(name), self.mapping.get_named(name))

    def _is_fresh(self, names: list[str]) -> bool:
        place = self.next_place(0)
        for name in names:
            if place == ABSENT:
                return False
            key = as_str(self.keys[place])
            if key is None or key.text() != name:
                return False
            self.values[place] = self.mapping.get_named(name)
            place = self.next_place(place + 1)
        return True

    def find(self, session: Session, key: Value) -> int:
        self._refresh()
        return super().find(session, key)

    def set(self, session: Session, key: Value, value: Value) -> None:
        text = as_str(key)
        if text is not None:
            self.mapping.set_named(text.text(), value)
        self._refresh()

    def set_text(self, key: PyStr, value: Value) -> None:
        self.mapping.set_named(key.text(), value)
        self._refresh()

    def get_named(self, name: str) -> Value:
        return self.mapping.get_named(name)

    def length(self) -> int:
        self._refresh()
        return self.count

    def all_keys(self) -> list[Value]:
        self._refresh()
        return super().all_keys()

    def remove_at(self, place: int) -> Value:
        text = as_str(self.keys[place])
        if text is not None:
            self.mapping.delete_named(text.text())
        return super().remove_at(place)

    def clear(self) -> None:
        for name in self.mapping.all_names():
            self.mapping.delete_named(name)
        super().clear()
