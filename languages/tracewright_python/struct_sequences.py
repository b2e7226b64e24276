"""Tuples whose items have names: `sys.version_info`, `time.struct_time`, `os.stat_result`."""

from __future__ import annotations

from collections.abc import Callable
from typing import final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.hints import immutable_fields
from tracewright_python.builtin_types import TUPLE
from tracewright_python.functions import PyGetSet
from tracewright_python.lists import PyTuple
from tracewright_python.objects import Layout, PyType, as_py_object, new_builtin_type
from tracewright_python.session import Session
from tracewright_python.values import NONE


@final
@immutable_fields("kind", "names", "visible")
class StructKind:
    """A type of such tuples: the names of all items, of which the first `visible` ones are the tuple. Made when the executable is built."""

    def __init__(self, name: str, names: list[str], visible: int) -> None:
        self.kind: PyType = new_builtin_type(name, TUPLE, Layout.CLOSED)
        self.names = names
        self.visible = visible
        for index in range(len(names)):
            attribute = PyGetSet(names[index], self.kind, item_getter(index), None)
            self.kind.members()[names[index]] = Value.of_object(attribute)
        self.kind.members()["n_fields"] = Value.of_int(len(names))
        self.kind.members()["n_sequence_fields"] = Value.of_int(visible)
        self.kind.members()["n_unnamed_fields"] = Value.of_int(0)


@final
@immutable_fields("struct", "hidden[*]")
class PyStructSequence(PyTuple):
    """One of them; `hidden` are the items behind the visible ones."""

    def __init__(self, struct: StructKind, items: Array[Value], hidden: Array[Value]) -> None:
        super().__init__(items)
        self.struct = struct
        self.hidden = hidden

    def type_of(self) -> PyType:
        return self.struct.kind


def item_getter(index: int) -> Callable[[Session, Value], Value]:
    """What reads the item of a name."""
    return lambda session, value: item_of(value, index)


def item_of(value: Value, index: int) -> Value:
    """One item, visible or not."""
    thing = as_py_object(value)
    assert isinstance(thing, PyStructSequence)
    count = len(thing.items)
    if index < count:
        return thing.items[index]
    return thing.hidden[index - count] if index - count < len(thing.hidden) else NONE


def struct_of(struct: StructKind, values: list[Value]) -> Value:
    """One with these items."""
    items: Array[Value] = Array(struct.visible, NONE)
    hidden: Array[Value] = Array(len(struct.names) - struct.visible, NONE)
    for index in range(len(values)):
        if index < struct.visible:
            items[index] = values[index]
        else:
            hidden[index - struct.visible] = values[index]
    return Value.of_object(PyStructSequence(struct, items, hidden))
