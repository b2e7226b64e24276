"""The hash that a running program computes for a key: prebuilt hash tables are laid out by it.

`core.generic.hash_of` differs between hosted and native runs; this is the native one (`translate/infer/comparison.py` emits it),
and the library's own functions run hosted.
"""

from __future__ import annotations

import enum

from tracewright.core.integers import MAX_INT, bits_of_float, wrap, wrap_mul
from tracewright.lib.byte_strings import bytes_hash
from tracewright.lib.string_core import str_hash
from tracewright.translate.emit_c.errors import PrebuiltError
from tracewright.translate.flow.types import Instance, Optional, Type, show_type

TUPLE_FACTOR = 1000003  # as in `comparison.hash_of`


def native_hash(key: object, type: Type) -> int:
    """The code under which a hash table files the key: `hash_of(key) & MAX_INT`."""
    return _hash(key, type) & MAX_INT


def _item_types(type: Instance) -> list[Type]:
    return [field.type for field in type.layout.fields.values()]


def _hash(key: object, type: Type) -> int:
    if isinstance(type, Optional):
        return 0 if key is None else _hash(key, type.item)
    if isinstance(key, enum.Enum) and not isinstance(key, int):
        return str_hash(key.name)
    if isinstance(key, str):
        return str_hash(key)
    if isinstance(key, bytes):
        return bytes_hash(key)
    if isinstance(key, int):
        return wrap(int(key))
    if isinstance(key, float):
        return bits_of_float(key)
    if isinstance(key, tuple) and isinstance(type, Instance):
        total = len(key)
        for part, part_type in zip(key, _item_types(type), strict=True):
            total = wrap_mul(total, TUPLE_FACTOR) ^ _hash(part, part_type)
        return total
    raise PrebuiltError(f"a table built at import time cannot be keyed by {show_type(type)}: its hash is an address")
