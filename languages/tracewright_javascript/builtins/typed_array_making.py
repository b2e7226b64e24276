"""How typed arrays are made: by the constructors of the eleven kinds, from lengths, buffers, other typed arrays and lists; and by methods,
with the constructor that `Symbol.species` says (23.2.4, 23.2.5).
"""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.array_buffers import MOST_BYTES, JSArrayBuffer, new_array_buffer, require_attached
from tracewright_javascript.builtins.arguments import argument_at, prototype_to_make, require_new
from tracewright_javascript.builtins.array_access import item_at, length_of
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.calls import call, construct
from tracewright_javascript.construction import species_constructor
from tracewright_javascript.conversions import get_method, to_index
from tracewright_javascript.element_kinds import NAMES, SHIFTS
from tracewright_javascript.errors import range_error, type_error
from tracewright_javascript.families import Kind
from tracewright_javascript.functions import Native
from tracewright_javascript.iteration import iterator_from, next_value
from tracewright_javascript.keys import ITERATOR
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.realm import Realm, as_realm
from tracewright_javascript.typed_arrays import TRACKING, JSTypedArray
from tracewright_javascript.values import EMPTY, int_number


def view_of(prototype: JSObject, kind: int, buffer: JSArrayBuffer, offset: int, length: int) -> JSTypedArray:
    """A view of a buffer."""
    return JSTypedArray(prototype.special_shape_of_children(Kind.TYPED), kind, buffer, offset, length)


def new_typed_array(realm: Realm, prototype: JSObject, kind: int, length: int) -> JSTypedArray:
    """One of zeros, with a buffer of its own. Raises GuestFault (a RangeError)."""
    if length > MOST_BYTES:
        raise range_error(f"Invalid typed array length: {length}")
    buffer = new_array_buffer(realm.array_buffer_prototype, length << SHIFTS[kind])
    return view_of(prototype, kind, buffer, 0, length)


def same_type(realm: Realm, exemplar: JSTypedArray, length: int) -> JSTypedArray:
    """TypedArrayCreateSameType."""
    return new_typed_array(realm, realm.typed_prototypes[exemplar.kind], exemplar.kind, length)


def constructor_of(kind: int) -> Native:
    """What `new Int8Array(...)` and the others do."""
    name = NAMES[kind] + "Array"

    def make(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
        require_new(stack, frame, name)
        first = argument_at(stack, frame, count, 0)
        source = as_object(first)
        length = to_index(first) if source is None and count > 0 else 0
        prototype = prototype_to_make(stack, frame, lambda where: where.typed_prototypes[kind])
        own = as_realm(realm)
        if source is None:
            return Value.of_object(new_typed_array(own, prototype, kind, length))
        if isinstance(source, JSTypedArray):
            return Value.of_object(_converted(own, prototype, kind, source))
        if isinstance(source, JSArrayBuffer):
            offset, size = argument_at(stack, frame, count, 1), argument_at(stack, frame, count, 2)
            return Value.of_object(_over_buffer(prototype, kind, source, offset, size))
        method = get_method(source, ITERATOR.name)
        if method.same(Value.UNDEFINED):
            return Value.of_object(_from_array_like(own, prototype, kind, source))
        values = listed(first, method)
        return Value.of_object(_from_values(own, prototype, kind, values))

    return make


def _converted(realm: Realm, prototype: JSObject, kind: int, source: JSTypedArray) -> JSTypedArray:
    """InitializeTypedArrayFromTypedArray."""
    if source.is_out_of_bounds():
        raise type_error("Cannot perform Construct on a detached ArrayBuffer")
    result = new_typed_array(realm, prototype, kind, source.count())
    require_same_content(result, source)
    copy_elements(result, 0, source, 0, source.count())
    return result


def require_same_content(target: JSTypedArray, source: JSTypedArray) -> None:
    """That both hold BigInts or both hold numbers. Raises GuestFault."""
    if target.takes_bigints != source.takes_bigints:
        raise type_error("Cannot mix BigInt and other types, use explicit conversions")


def copy_elements(target: JSTypedArray, place: int, source: JSTypedArray, start: int, count: int) -> None:
    """Copy elements, which are converted where the kinds differ. The ranges must exist; of one buffer, they may overlap where the kinds agree."""
    if target.kind == source.kind:
        at, taken = target.offset + (place << target.shift), source.offset + (start << source.shift)
        target.buffer.copy_bytes(at, source.buffer, taken, count << source.shift)
        return
    for index in range(count):
        target.store(place + index, source.load(start + index))


def _over_buffer(prototype: JSObject, kind: int, buffer: JSArrayBuffer, offset: Value, length: Value) -> JSTypedArray:
    """InitializeTypedArrayFromArrayBuffer."""
    size = 1 << SHIFTS[kind]
    name = NAMES[kind] + "Array"
    start = to_index(offset)
    if start % size != 0:
        raise range_error(f"start offset of {name} should be a multiple of {size}")
    count = TRACKING if length.same(Value.UNDEFINED) else to_index(length)
    require_attached(buffer, "Construct")
    byte_length = buffer.byte_length
    if count == TRACKING and buffer.is_resizable():
        if start > byte_length:
            raise range_error(f"Start offset {start} is outside the bounds of the buffer")
    elif count == TRACKING:
        if byte_length % size != 0:
            raise range_error(f"byte length of {name} should be a multiple of {size}")
        if start > byte_length:
            raise range_error(f"Start offset {start} is outside the bounds of the buffer")
        count = (byte_length - start) // size
    elif start + count * size > byte_length:
        raise range_error(f"Invalid typed array length: {count}")
    return view_of(prototype, kind, buffer, start, count)


def listed(source: Value, method: Value) -> list[Value]:
    """All that the iterator gives which a method makes of a source. Raises GuestFault and Thrown."""
    iterator = iterator_from(call(method, source, []))
    values: list[Value] = []
    value = next_value(iterator)
    while not value.same(EMPTY):
        values.append(value)
        value = next_value(iterator)
    return values


def _from_values(realm: Realm, prototype: JSObject, kind: int, values: list[Value]) -> JSTypedArray:
    result = new_typed_array(realm, prototype, kind, len(values))
    for index in range(len(values)):
        result.set_element(index, values[index])
    return result


def _from_array_like(realm: Realm, prototype: JSObject, kind: int, source: JSObject) -> JSTypedArray:
    result = new_typed_array(realm, prototype, kind, length_of(source))
    for index in range(result.fixed_length):
        result.set_element(index, item_at(source, index))
    return result


def create_from(constructor: JSObject, arguments: list[Value], length: int) -> JSTypedArray:
    """TypedArrayCreateFromCtor: what a constructor makes must be a typed array of at least this length. Raises GuestFault and Thrown."""
    made = as_object(construct(constructor, arguments, constructor))
    if not isinstance(made, JSTypedArray) or made.is_out_of_bounds():
        raise type_error("this is not a typed array.")
    if made.count() < length:
        raise type_error("Derived TypedArray constructor created an array which was too small")
    return made


def species_typed_array(realm: Realm, exemplar: JSTypedArray, arguments: list[Value], length: int) -> JSTypedArray:
    """TypedArraySpeciesCreate. Raises GuestFault and Thrown."""
    constructor = species_constructor(exemplar, realm.typed_constructors[exemplar.kind])
    made = create_from(constructor, arguments, length)
    if made.takes_bigints != exemplar.takes_bigints:
        raise type_error("Content type of the typed array that species makes differs")
    return made


def species_of_length(realm: Realm, exemplar: JSTypedArray, length: int) -> JSTypedArray:
    """The same, of a length."""
    return species_typed_array(realm, exemplar, [int_number(length)], length)
