"""`DataView` (25.3)."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.array_buffers import JSArrayBuffer, require_attached
from tracewright_javascript.builtins.arguments import argument_at, prototype_to_make, require_new, this_of
from tracewright_javascript.builtins.rows import (
    NativeRow,
    install_constructor,
    install_getter,
    install_methods,
    install_tag,
)
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.conversions import to_display, to_index, truth
from tracewright_javascript.data_view import JSDataView, load_ordered, store_ordered
from tracewright_javascript.element_kinds import NAMES, SHIFTS, ElementKind, numeric_for
from tracewright_javascript.errors import range_error, type_error
from tracewright_javascript.functions import Native
from tracewright_javascript.objects import as_object
from tracewright_javascript.realm import Realm
from tracewright_javascript.typed_arrays import TRACKING
from tracewright_javascript.values import int_number

KINDS: Final = [kind for kind in range(len(NAMES)) if kind != ElementKind.UINT8_CLAMPED]


def _data_view(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    require_new(stack, frame, "DataView")
    buffer = as_object(argument_at(stack, frame, count, 0))
    if not isinstance(buffer, JSArrayBuffer):
        raise type_error("First argument to DataView constructor must be an ArrayBuffer")
    offset = to_index(argument_at(stack, frame, count, 1))
    require_attached(buffer, "DataView")
    _check_offset(buffer, offset)
    given = argument_at(stack, frame, count, 2)
    length = TRACKING
    if not given.same(Value.UNDEFINED):
        length = to_index(given)
        _check_length(buffer, offset, length)
    elif not buffer.is_resizable():
        length = buffer.byte_length - offset
    prototype = prototype_to_make(stack, frame, lambda where: where.data_view_prototype)
    require_attached(buffer, "DataView")
    _check_offset(buffer, offset)  # finding the prototype may have changed it
    if length != TRACKING:
        _check_length(buffer, offset, length)
    return Value.of_object(JSDataView(prototype.bare_shape_of_children(), buffer, offset, length))


def _check_offset(buffer: JSArrayBuffer, offset: int) -> None:
    if offset > buffer.byte_length:
        raise range_error(f"Start offset {offset} is outside the bounds of the buffer")


def _check_length(buffer: JSArrayBuffer, offset: int, length: int) -> None:
    if offset + length > buffer.byte_length:
        raise range_error(f"Invalid DataView length {length}")


def _this_view(stack: VMStack, frame: int, method: str) -> JSDataView:
    view = as_object(this_of(stack, frame))
    if not isinstance(view, JSDataView):
        shown = to_display(this_of(stack, frame))
        raise type_error(f"Method DataView.prototype.{method} called on incompatible receiver {shown}")
    return view


def _require_in_bounds(view: JSDataView, method: str) -> None:
    require_attached(view.buffer, f"DataView.prototype.{method}")
    if view.is_out_of_bounds():
        raise type_error(f"Invalid DataView accessor {method}: the view is out of the bounds of its buffer")


def _buffer(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_object(_this_view(stack, frame, "buffer").buffer)


def _byte_length(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    view = _this_view(stack, frame, "byteLength")
    _require_in_bounds(view, "byteLength")
    return int_number(view.count())


def _byte_offset(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    view = _this_view(stack, frame, "byteOffset")
    _require_in_bounds(view, "byteOffset")
    return int_number(view.offset)


def _place(view: JSDataView, kind: int, index: int, method: str) -> int:
    """Where in the block an element is. Raises GuestFault."""
    _require_in_bounds(view, method)
    if index + (1 << SHIFTS[kind]) > view.count():
        raise range_error("Offset is outside the bounds of the DataView")
    return view.offset + index


def _reader(kind: int) -> Native:
    """GetViewValue."""
    name = "get" + NAMES[kind]

    def read(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
        view = _this_view(stack, frame, name)
        index = to_index(argument_at(stack, frame, count, 0))
        low_first = truth(argument_at(stack, frame, count, 1))
        place = _place(view, kind, index, name)
        return load_ordered(view.buffer.block, kind, place, low_first)

    return read


def _writer(kind: int) -> Native:
    """SetViewValue."""
    name = "set" + NAMES[kind]

    def write(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
        view = _this_view(stack, frame, name)
        index = to_index(argument_at(stack, frame, count, 0))
        number = numeric_for(kind, argument_at(stack, frame, count, 1))
        low_first = truth(argument_at(stack, frame, count, 2))
        place = _place(view, kind, index, name)
        store_ordered(view.buffer.block, kind, place, number, low_first)
        return Value.UNDEFINED

    return write


METHODS: Final[list[NativeRow]] = [
    *[("get" + NAMES[kind], 1, _reader(kind)) for kind in KINDS],
    *[("set" + NAMES[kind], 2, _writer(kind)) for kind in KINDS],
]


def install_data_views(realm: Realm) -> None:
    """Give a realm its `DataView`."""
    prototype = realm.data_view_prototype
    install_constructor(realm, "DataView", 1, _data_view, prototype)
    install_methods(realm, prototype, METHODS)
    install_getter(realm, prototype, "buffer", _buffer)
    install_getter(realm, prototype, "byteLength", _byte_length)
    install_getter(realm, prototype, "byteOffset", _byte_offset)
    install_tag(prototype, "DataView")
