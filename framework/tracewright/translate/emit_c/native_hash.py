"""The hash that a running program computes for a key: prebuilt hash tables are laid out by it.

`core.generic.hash_of` differs between hosted and native runs; this is the native one, the library's own functions run hosted.
"""

from __future__ import annotations

from tracewright.core.integers import MAX_INT, wrap
from tracewright.lib.byte_strings import bytes_hash
from tracewright.lib.string_core import str_hash
from tracewright.translate.infer.types import Instance, Type, show_type


def native_hash(key: object, type: Type) -> int:
    """The code under which a hash table files the key: `hash_of(key) & MAX_INT`."""
    return _hash(key, type) & MAX_INT


def _hash(key: object, type: Type) -> int:
    if isinstance(key, str):
        return str_hash(key)
    if isinstance(key, bytes):
        return bytes_hash(key)
    if isinstance(key, int):
        return wrap(int(key))
    if isinstance(key, tuple) and isinstance(type, Instance):
        raise NotImplementedError(f"prebuilt table keyed by {show_type(type)}")
    raise NotImplementedError(
        f"prebuilt table keyed by {show_type(type)}: its hash is an address, known only at run time"
    )
