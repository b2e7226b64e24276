"""`ArrayBuffer` and `SharedArrayBuffer` (25.1, 25.2)."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.array_buffers import (
    FIXED_LENGTH,
    JSArrayBuffer,
    new_array_buffer,
    require_attached,
)
from tracewright_javascript.builtins.arguments import argument_at, prototype_to_make, require_new, this_of
from tracewright_javascript.builtins.array_access import relative_index
from tracewright_javascript.builtins.rows import (
    NativeRow,
    install_constructor,
    install_getter,
    install_methods,
    install_species,
    install_tag,
)
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.calls import construct
from tracewright_javascript.construction import species_constructor
from tracewright_javascript.conversions import to_display, to_index
from tracewright_javascript.data_view import JSDataView
from tracewright_javascript.errors import range_error, type_error
from tracewright_javascript.lookups import get_named
from tracewright_javascript.objects import as_object
from tracewright_javascript.realm import Realm, as_realm
from tracewright_javascript.typed_arrays import JSTypedArray
from tracewright_javascript.values import int_number


def _maximum(options: Value) -> int:
    """`maxByteLength` of a constructor's options (GetArrayBufferMaxByteLengthOption). Raises GuestFault and Thrown."""
    thing = as_object(options)
    if thing is None:
        return FIXED_LENGTH
    maximum = get_named(thing, "maxByteLength")
    return FIXED_LENGTH if maximum.same(Value.UNDEFINED) else to_index(maximum)


def _sizes(stack: VMStack, frame: int, count: int) -> tuple[int, int]:
    """The length and the maximum that a constructor is given. Raises GuestFault and Thrown."""
    byte_length = to_index(argument_at(stack, frame, count, 0))
    maximum = _maximum(argument_at(stack, frame, count, 1))
    if maximum != FIXED_LENGTH and byte_length > maximum:
        raise range_error("Invalid array buffer max length")
    return byte_length, maximum


def _array_buffer(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    require_new(stack, frame, "ArrayBuffer")
    byte_length, maximum = _sizes(stack, frame, count)
    prototype = prototype_to_make(stack, frame, lambda where: where.array_buffer_prototype)
    return Value.of_object(new_array_buffer(prototype, byte_length, maximum))


def _shared_array_buffer(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    require_new(stack, frame, "SharedArrayBuffer")
    byte_length, maximum = _sizes(stack, frame, count)
    prototype = prototype_to_make(stack, frame, lambda where: where.shared_array_buffer_prototype)
    return Value.of_object(new_array_buffer(prototype, byte_length, maximum, True))


def _is_view(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = as_object(argument_at(stack, frame, count, 0))
    return Value.of_bool(isinstance(thing, (JSTypedArray, JSDataView)))


def _this_buffer(stack: VMStack, frame: int, is_shared: bool, method: str) -> JSArrayBuffer:
    thing = as_object(this_of(stack, frame))
    if isinstance(thing, JSArrayBuffer) and thing.is_shared == is_shared:
        return thing
    name = "SharedArrayBuffer" if is_shared else "ArrayBuffer"
    shown = to_display(this_of(stack, frame))
    raise type_error(f"Method {name}.prototype.{method} called on incompatible receiver {shown}")


def _this_resizable(stack: VMStack, frame: int, is_shared: bool, method: str) -> JSArrayBuffer:
    buffer = _this_buffer(stack, frame, is_shared, method)
    if not buffer.is_resizable():
        raise type_error(f"Method {method} called on a buffer whose length is fixed")
    return buffer


# Both


def _sliced(stack: VMStack, frame: int, count: int, buffer: JSArrayBuffer, default: Realm) -> Value:
    """`slice` of a buffer that is attached. Raises GuestFault and Thrown."""
    length = buffer.byte_length
    first = relative_index(argument_at(stack, frame, count, 0), length, 0)
    size = max(relative_index(argument_at(stack, frame, count, 1), length, length) - first, 0)
    constructor = species_constructor(buffer, default.buffer_constructors[1 if buffer.is_shared else 0])
    made = as_object(construct(constructor, [int_number(size)], constructor))
    if not isinstance(made, JSArrayBuffer) or made.is_shared != buffer.is_shared:
        raise type_error("The constructor of slice's result made no such buffer")
    require_attached(made, "slice")
    if made is buffer or made.byte_length < size:
        raise type_error("The constructor of slice's result made the same buffer, or one that is too short")
    require_attached(buffer, "slice")
    if first < buffer.byte_length:
        made.copy_bytes(0, buffer, first, min(size, buffer.byte_length - first))
    return Value.of_object(made)


# ArrayBuffer


def _byte_length(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return int_number(_this_buffer(stack, frame, False, "byteLength").byte_length)


def _max_byte_length(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    buffer = _this_buffer(stack, frame, False, "maxByteLength")
    return int_number(0 if buffer.is_detached else buffer.room())


def _resizable(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_bool(_this_buffer(stack, frame, False, "resizable").is_resizable())


def _detached(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_bool(_this_buffer(stack, frame, False, "detached").is_detached)


def _slice(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    buffer = _this_buffer(stack, frame, False, "slice")
    require_attached(buffer, "ArrayBuffer.prototype.slice")
    return _sliced(stack, frame, count, buffer, as_realm(realm))


def _resize(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    buffer = _this_resizable(stack, frame, False, "ArrayBuffer.prototype.resize")
    byte_length = to_index(argument_at(stack, frame, count, 0))
    require_attached(buffer, "ArrayBuffer.prototype.resize")
    if byte_length > buffer.maximum:
        raise range_error("ArrayBuffer.prototype.resize: Invalid length parameter")
    buffer.resize(byte_length)
    return Value.UNDEFINED


def _transfer_bytes(realm: AnyRealm, stack: VMStack, frame: int, count: int, method: str, keeps_maximum: bool) -> Value:
    """ArrayBufferCopyAndDetach. Raises GuestFault and Thrown."""
    buffer = _this_buffer(stack, frame, False, method)
    given = argument_at(stack, frame, count, 0)
    byte_length = buffer.byte_length if given.same(Value.UNDEFINED) else to_index(given)
    require_attached(buffer, f"ArrayBuffer.prototype.{method}")
    maximum = buffer.maximum if keeps_maximum else FIXED_LENGTH
    made = new_array_buffer(as_realm(realm).array_buffer_prototype, byte_length, maximum)
    made.copy_bytes(0, buffer, 0, min(byte_length, buffer.byte_length))
    buffer.detach()
    return Value.of_object(made)


def _transfer(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _transfer_bytes(realm, stack, frame, count, "transfer", True)


def _transfer_to_fixed_length(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _transfer_bytes(realm, stack, frame, count, "transferToFixedLength", False)


# SharedArrayBuffer


def _shared_byte_length(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return int_number(_this_buffer(stack, frame, True, "byteLength").byte_length)


def _shared_max_byte_length(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return int_number(_this_buffer(stack, frame, True, "maxByteLength").room())


def _growable(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_bool(_this_buffer(stack, frame, True, "growable").is_resizable())


def _shared_slice(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _sliced(stack, frame, count, _this_buffer(stack, frame, True, "slice"), as_realm(realm))


def _grow(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    buffer = _this_resizable(stack, frame, True, "SharedArrayBuffer.prototype.grow")
    byte_length = to_index(argument_at(stack, frame, count, 0))
    if byte_length > buffer.maximum or byte_length < buffer.byte_length:
        raise range_error("SharedArrayBuffer.prototype.grow: Invalid length parameter")
    buffer.resize(byte_length)
    return Value.UNDEFINED


def _this(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return this_of(stack, frame)


METHODS: Final[list[NativeRow]] = [
    ("resize", 1, _resize),
    ("slice", 2, _slice),
    ("transfer", 0, _transfer),
    ("transferToFixedLength", 0, _transfer_to_fixed_length),
]
GETTERS: Final[list[NativeRow]] = [
    ("byteLength", 0, _byte_length),
    ("detached", 0, _detached),
    ("maxByteLength", 0, _max_byte_length),
    ("resizable", 0, _resizable),
]
SHARED_METHODS: Final[list[NativeRow]] = [("grow", 1, _grow), ("slice", 2, _shared_slice)]
SHARED_GETTERS: Final[list[NativeRow]] = [
    ("byteLength", 0, _shared_byte_length),
    ("growable", 0, _growable),
    ("maxByteLength", 0, _shared_max_byte_length),
]


def install_array_buffers(realm: Realm) -> None:
    """Give a realm `ArrayBuffer` and `SharedArrayBuffer`."""
    prototype = realm.array_buffer_prototype
    constructor = install_constructor(realm, "ArrayBuffer", 1, _array_buffer, prototype)
    install_methods(realm, constructor, [("isView", 1, _is_view)])
    install_species(realm, constructor, _this)
    install_methods(realm, prototype, METHODS)
    install_tag(prototype, "ArrayBuffer")
    for name, _, getter in GETTERS:
        install_getter(realm, prototype, name, getter)
    shared = realm.shared_array_buffer_prototype
    shared_constructor = install_constructor(realm, "SharedArrayBuffer", 1, _shared_array_buffer, shared)
    install_species(realm, shared_constructor, _this)
    install_methods(realm, shared, SHARED_METHODS)
    install_tag(shared, "SharedArrayBuffer")
    for name, _, getter in SHARED_GETTERS:
        install_getter(realm, shared, name, getter)
    realm.buffer_constructors.append(constructor)
    realm.buffer_constructors.append(shared_constructor)
