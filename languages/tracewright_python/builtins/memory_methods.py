"""Members of `memoryview`."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import array_of
from tracewright.core.generic import hash_of
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright_python import builtin_types as types
from tracewright_python.builtins.bytearray_methods import byte_of
from tracewright_python.builtins.bytes_methods import hex_text
from tracewright_python.byte_objects import (
    ByteHolder,
    MutableBytes,
    as_byte_holder,
    bytes_of,
    bytes_value,
    required_bytes,
)
from tracewright_python.containers import values_equal
from tracewright_python.conversions import index_value, is_int_object, required_text
from tracewright_python.exceptions import not_there, type_error, value_error
from tracewright_python.functions import Native, PyBuiltin, PyGetSet
from tracewright_python.iterators import PyIterator
from tracewright_python.lists import as_tuple, list_of, tuple_of
from tracewright_python.memory_views import ITEM_SIZES, PyMemoryView, as_memory_view, whole_view
from tracewright_python.modules.building import real
from tracewright_python.objects import PyType, as_type
from tracewright_python.packed_numbers import FLOATS, SIGNED, bytes_of_number, packed_float, unpacked
from tracewright_python.session import Session
from tracewright_python.subscripts import as_slice, place_in, stretch_of
from tracewright_python.syntax import Comparison
from tracewright_python.texts import text_value
from tracewright_python.values import NONE, NOT_IMPLEMENTED, type_name


class MemoryIterator(PyIterator):
    """Over the items of a view."""

    def __init__(self, source: PyMemoryView) -> None:
        self.source = source
        self.position = 0

    def type_of(self) -> PyType:
        return types.MEMORY_ITERATOR

    def step(self, session: Session) -> Value:
        if self.position >= self.source.count:
            return Value.UNDEFINED
        self.position += 1
        return item_value(self.source, self.position - 1)


def the_view(value: Value) -> PyMemoryView:
    """A value that is a view and was not released. Raises ValueError."""
    found = as_memory_view(value)
    assert found is not None
    found.check()
    return found


def item_value(view: PyMemoryView, index: int) -> Value:
    """One item."""
    return unpacked(view.format, view.item(index), 0, view.item_size, False)


def all_items(view: PyMemoryView) -> list[Value]:
    """All of them, in order."""
    data = view.contents()
    size = view.item_size
    return [unpacked(view.format, data, index * size, size, False) for index in range(view.count)]


def new_view(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`memoryview(object)`"""
    assert as_type(stack[first]) is not None
    holder = as_byte_holder(stack[first + 1])
    if holder is None:
        raise type_error(f"memoryview: a bytes-like object is required, not '{type_name(stack[first + 1])}'")
    return Value.of_object(whole_view(holder))


def length_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_int(the_view(stack[first]).count)


def iterate(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_object(MemoryIterator(the_view(stack[first])))


@dont_look_inside
def get_item(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`view[key]`"""
    view = the_view(stack[first])
    part = as_slice(stack[first + 1])
    if part is not None:
        stretch = stretch_of(session, part, view.count)
        start = view.start + stretch.start * view.stride
        stride = view.stride * stretch.stride
        return Value.of_object(
            PyMemoryView(view.source, start, stride, stretch.count, view.format, view.item_size, view.is_read_only)
        )
    if as_tuple(stack[first + 1]) is not None:
        raise not_there("memoryview with several dimensions")
    if not is_int_object(stack[first + 1]):
        raise type_error("memoryview: invalid slice key")
    return item_value(
        view, place_in(session, "memoryview", stack[first + 1], view.count, "index out of bounds on dimension 1")
    )


@dont_look_inside
def set_item(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`view[key] = value`"""
    view = the_view(stack[first])
    if view.is_read_only:
        raise type_error("cannot modify read-only memory")
    part = as_slice(stack[first + 1])
    if part is None:
        if not is_int_object(stack[first + 1]):
            raise type_error("memoryview: invalid slice key")
        place = place_in(session, "memoryview", stack[first + 1], view.count, "index out of bounds on dimension 1")
        view.write(place, packed(session, view, stack[first + 2]))
        return NONE
    data = required_bytes(stack[first + 2])
    other = as_memory_view(stack[first + 2])
    stretch = stretch_of(session, part, view.count)
    size = view.item_size
    if len(data) != stretch.count * size or (other is not None and other.format != view.format):
        raise value_error("memoryview assignment: lvalue and rvalue have different structures")
    place = stretch.start
    for k in range(stretch.count):
        view.write(place, data[k * size : (k + 1) * size])
        place += stretch.stride
    return NONE


def packed(session: Session, view: PyMemoryView, value: Value) -> bytes:
    """The bytes of a value that becomes an item. Raises TypeError, ValueError."""
    format = view.format
    if format == "B":
        if not is_int_object(value):
            raise type_error("memoryview: invalid type for format 'B'")
        number = index_value(session, value)
        if not number.is_int() or not 0 <= number.as_int() <= 255:
            raise value_error("memoryview: invalid value for format 'B'")
        return bytes([byte_of(session, value, "byte")])
    if format in FLOATS:
        return packed_float(format, real(session, value), False)
    if format == "c":
        data = bytes_of(value)
        if data is None:
            raise type_error("memoryview: invalid type for format 'c'")
        if len(data) != 1:
            raise value_error("memoryview: invalid value for format 'c'")
        return data
    if not is_int_object(value):
        raise type_error(f"memoryview: invalid type for format '{format}'")
    try:
        return bytes_of_number(index_value(session, value), view.item_size, False, format in SIGNED)
    except OverflowError:
        raise value_error(f"memoryview: invalid value for format '{format}'")


def delete_item(session: Session, stack: VMStack, first: int, count: int) -> Value:
    raise type_error("cannot delete memory")


def equality(operator: int) -> Native:
    """`view == other` and `view != other`"""

    def compared(session: Session, stack: VMStack, first: int, count: int) -> Value:
        view = as_memory_view(stack[first])
        holder = as_byte_holder(stack[first + 1])
        assert view is not None
        if holder is None:
            return NOT_IMPLEMENTED
        if view.is_released:
            return Value.of_bool(stack[first].same(stack[first + 1]) == (operator == Comparison.EQUAL))
        return Value.of_bool(
            same_items(session, view, whole_view_for_reading(holder)) == (operator == Comparison.EQUAL)
        )

    return compared


def whole_view_for_reading(holder: ByteHolder) -> PyMemoryView:
    """A view of what is compared, which holds nothing."""
    if isinstance(holder, PyMemoryView):
        return holder
    view = whole_view(holder)
    if isinstance(holder, MutableBytes):
        holder.exports -= 1
    return view


def same_items(session: Session, left: PyMemoryView, right: PyMemoryView) -> bool:
    """Whether two views show equal items."""
    if left.count != right.count or right.is_released:
        return False
    if left.format == right.format and left.format not in FLOATS:
        return left.contents() == right.contents()
    ours, theirs = all_items(left), all_items(right)
    for k in range(len(ours)):
        if not values_equal(session, ours[k], theirs[k]):
            return False
    return True


def hash_view(session: Session, stack: VMStack, first: int, count: int) -> Value:
    view = the_view(stack[first])
    if not view.is_read_only:
        raise value_error("cannot hash writable memoryview object")
    if view.format not in "Bbc":
        raise value_error("memoryview: hashing is restricted to formats 'B', 'b' or 'c'")
    return Value.of_int(hash_of(view.contents()))


def show(session: Session, stack: VMStack, first: int, count: int) -> Value:
    view = as_memory_view(stack[first])
    assert view is not None
    state = "released memory" if view.is_released else "memory"
    return text_value(f"<{state} at 0x{hash_of(view) & 0xFFFFFFFFFFFF:012x}>")


def to_bytes(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return bytes_value(the_view(stack[first]).contents())


def to_list(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return list_of(all_items(the_view(stack[first])))


def hex_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return text_value(hex_text(session, the_view(stack[first]).contents(), stack[first + 1], stack[first + 2]))


def release(session: Session, stack: VMStack, first: int, count: int) -> Value:
    view = as_memory_view(stack[first])
    assert view is not None
    view.release()
    return NONE


def enter(session: Session, stack: VMStack, first: int, count: int) -> Value:
    the_view(stack[first])
    return stack[first]


def to_read_only(session: Session, stack: VMStack, first: int, count: int) -> Value:
    view = whole_view(the_view(stack[first]))
    view.is_read_only = True
    return Value.of_object(view)


@dont_look_inside
def cast(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`view.cast(format)`"""
    view = the_view(stack[first])
    if not stack[first + 2].same(Value.UNDEFINED):
        raise not_there("memoryview.cast to several dimensions")
    if view.stride != view.item_size:
        raise type_error("memoryview: casts are restricted to C-contiguous views")
    format = required_text(stack[first + 1], "cast() argument 'format'")
    plain = format[1:] if format.startswith("@") else format
    size = ITEM_SIZES.get(plain, 0) if len(plain) == 1 else 0
    if size == 0:
        raise value_error(
            "memoryview: destination format must be a native single character format prefixed with an optional '@'"
        )
    if view.format not in "Bbc" and plain not in "Bbc":
        raise type_error("memoryview: cannot cast between two non-byte formats")
    length = view.count * view.item_size
    if length % size != 0:
        raise type_error("memoryview: length is not a multiple of itemsize")
    return Value.of_object(PyMemoryView(view.source, view.start, size, length // size, plain, size, view.is_read_only))


def get_format(session: Session, value: Value) -> Value:
    return text_value(the_view(value).format)


def get_item_size(session: Session, value: Value) -> Value:
    return Value.of_int(the_view(value).item_size)


def get_byte_count(session: Session, value: Value) -> Value:
    view = the_view(value)
    return Value.of_int(view.count * view.item_size)


def get_read_only(session: Session, value: Value) -> Value:
    return Value.of_bool(the_view(value).is_read_only)


def get_shape(session: Session, value: Value) -> Value:
    return tuple_of([Value.of_int(the_view(value).count)])


def get_strides(session: Session, value: Value) -> Value:
    return tuple_of([Value.of_int(the_view(value).stride)])


def get_dimensions(session: Session, value: Value) -> Value:
    the_view(value)
    return Value.of_int(1)


def get_contiguous(session: Session, value: Value) -> Value:
    view = the_view(value)
    return Value.of_bool(view.stride == view.item_size or view.count <= 1)


def get_object(session: Session, value: Value) -> Value:
    return Value.of_object(the_view(value).source)


def get_suboffsets(session: Session, value: Value) -> Value:
    the_view(value)
    return tuple_of([])


KIND: Final = types.MEMORYVIEW
METHODS: Final[list[PyBuiltin]] = [
    PyBuiltin("__len__", length_of, 1, 1, KIND),
    PyBuiltin("__iter__", iterate, 1, 1, KIND),
    PyBuiltin("__getitem__", get_item, 2, 2, KIND),
    PyBuiltin("__setitem__", set_item, 3, 3, KIND),
    PyBuiltin("__delitem__", delete_item, 2, 2, KIND),
    PyBuiltin("__eq__", equality(Comparison.EQUAL), 2, 2, KIND),
    PyBuiltin("__ne__", equality(Comparison.NOT_EQUAL), 2, 2, KIND),
    PyBuiltin("__hash__", hash_view, 1, 1, KIND),
    PyBuiltin("__repr__", show, 1, 1, KIND),
    PyBuiltin("__enter__", enter, 1, 1, KIND),
    PyBuiltin("__exit__", release, 1, 4, KIND),
    PyBuiltin("tobytes", to_bytes, 1, 2, KIND, array_of(["order"])),
    PyBuiltin("tolist", to_list, 1, 1, KIND),
    PyBuiltin("hex", hex_of, 1, 3, KIND, array_of(["sep", "bytes_per_sep"])),
    PyBuiltin("release", release, 1, 1, KIND),
    PyBuiltin("toreadonly", to_read_only, 1, 1, KIND),
    PyBuiltin("cast", cast, 2, 3, KIND, array_of(["format", "shape"])),
]
ATTRIBUTES: Final[list[PyGetSet]] = [
    PyGetSet("format", KIND, get_format, None),
    PyGetSet("itemsize", KIND, get_item_size, None),
    PyGetSet("nbytes", KIND, get_byte_count, None),
    PyGetSet("readonly", KIND, get_read_only, None),
    PyGetSet("shape", KIND, get_shape, None),
    PyGetSet("strides", KIND, get_strides, None),
    PyGetSet("suboffsets", KIND, get_suboffsets, None),
    PyGetSet("ndim", KIND, get_dimensions, None),
    PyGetSet("contiguous", KIND, get_contiguous, None),
    PyGetSet("c_contiguous", KIND, get_contiguous, None),
    PyGetSet("f_contiguous", KIND, get_contiguous, None),
    PyGetSet("obj", KIND, get_object, None),
]
CONSTRUCTOR: Final = PyBuiltin("__new__", new_view, 2, 2, None, array_of(["object"]))
