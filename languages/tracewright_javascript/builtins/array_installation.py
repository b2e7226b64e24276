"""Puts `Array` into a realm, with the iterators over arrays."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.builtins import array_callbacks, arrays
from tracewright_javascript.builtins.arguments import this_of
from tracewright_javascript.builtins.arrays import construct_array
from tracewright_javascript.builtins.rows import (
    install_constructor,
    install_methods,
    install_self_hosted,
    install_species,
    install_value,
)
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.keys import SPECIES, UNSCOPABLES
from tracewright_javascript.properties import PLAIN, READ_ONLY
from tracewright_javascript.realm import Realm

UNSCOPABLE_NAMES: Final = (
    ["at", "copyWithin", "entries", "fill", "find", "findIndex", "findLast", "findLastIndex", "flat", "flatMap"]
    + ["includes", "keys", "toReversed", "toSorted", "toSpliced", "values"]
)  # fmt: skip


def _this(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return this_of(stack, frame)


def install_arrays(realm: Realm) -> None:
    """Give a realm its `Array`."""
    prototype = realm.array_prototype
    constructor = install_constructor(realm, "Array", 1, construct_array, prototype)
    realm.array_constructor = constructor
    install_methods(realm, constructor, arrays.STATIC_METHODS)
    install_methods(realm, constructor, array_callbacks.STATIC_METHODS)
    install_self_hosted(realm, constructor, array_callbacks.SELF_HOSTED_STATIC_METHODS)
    install_species(realm, constructor, _this)
    realm.array_species = constructor.watched_slot(SPECIES.name)
    install_methods(realm, prototype, arrays.METHODS)
    install_methods(realm, prototype, array_callbacks.METHODS)
    install_self_hosted(realm, prototype, array_callbacks.SELF_HOSTED_METHODS)
    unscopables = realm.new_object()
    unscopables.change_prototype(None)
    for name in UNSCOPABLE_NAMES:
        install_value(unscopables, name, Value.TRUE, PLAIN)
    install_value(prototype, UNSCOPABLES.name, Value.of_object(unscopables), READ_ONLY)
