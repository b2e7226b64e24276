"""`repr` of containers: the texts of their items between brackets."""

from typing import TypeVar

from tracewright.core.generic import text_of
from tracewright.lib.builder import StringBuilder
from tracewright.lib.byte_arrays import ByteArray
from tracewright.lib.byte_search import bytes_repr
from tracewright.lib.dicts import Dict
from tracewright.lib.list_core import List

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")


def list_repr(items: List[T]) -> str:
    builder = StringBuilder()
    builder.append("[")
    for index in range(items.length):
        if index > 0:
            builder.append(", ")
        builder.append(text_of(items[index]))
    builder.append("]")
    return builder.build()


def dict_repr(table: Dict[K, V]) -> str:
    builder = StringBuilder()
    builder.append("{")
    position = table.next_position(0)
    while position >= 0:
        if len(builder) > 1:
            builder.append(", ")
        builder.append(text_of(table.key_at(position)))
        builder.append(": ")
        builder.append(text_of(table.value_at(position)))
        position = table.next_position(position + 1)
    builder.append("}")
    return builder.build()


def byte_array_repr(data: ByteArray) -> str:
    return "bytearray(" + bytes_repr(data.to_bytes()) + ")"
