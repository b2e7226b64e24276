"""`container[key]`: reading, writing and deleting; slices."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, copy_items, unchecked_get, unchecked_set
from tracewright.core.integers import MAX_INT
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside, immutable_fields
from tracewright_python import builtin_types as types
from tracewright_python.byte_objects import SINGLE_BYTES, PyByteArray, PyBytes, bytes_value
from tracewright_python.bytecode import CALLEE, FIRST
from tracewright_python.calls import call
from tracewright_python.conversions import is_int_object, items_of, word_index, word_saturated
from tracewright_python.dictionaries import PyDict
from tracewright_python.exceptions import error, error_with, type_error, value_error
from tracewright_python.functions import as_function, is_native
from tracewright_python.iterators import PyRange
from tracewright_python.lists import PyList, PyTuple
from tracewright_python.objects import PyObject, PyType, as_py_object, as_type, lookup, special
from tracewright_python.operators import begin_two
from tracewright_python.session import Session
from tracewright_python.special_names import Special
from tracewright_python.texts import PyStr, character_value, text_value
from tracewright_python.values import NONE, type_name, type_of

FAR_AWAY: Final = 1 << 40  # beyond this, the ends of a slice are not added to lengths without care


@final
@immutable_fields("start", "stop", "stride")
class PySlice(PyObject):
    """`slice(start, stop, stride)`"""

    def __init__(self, start: Value, stop: Value, stride: Value) -> None:
        self.start = start
        self.stop = stop
        self.stride = stride

    def type_of(self) -> PyType:
        return types.SLICE


@final
class Stretch:
    """The places that a slice means in a row of some length: `count` of them from `start` on, `stride` apart."""

    def __init__(self, start: int, stop: int, stride: int, count: int) -> None:
        self.start = start
        self.stop = stop
        self.stride = stride
        self.count = count


def slice_end(session: Session, value: Value) -> int:
    """An end of a slice that is not None."""
    if not is_int_object(value) and special(type_of(value), Special.INDEX).same(Value.UNDEFINED):
        raise type_error("slice indices must be integers or None or have an __index__ method")
    return word_saturated(session, value)


@dont_look_inside
def stretch_of(session: Session, part: PySlice, length: int) -> Stretch:
    """What a slice means in a row of this length. Raises TypeError, ValueError."""
    stride = NONE if part.stride.same(NONE) else Value.of_int(slice_end(session, part.stride))
    if stride.is_int() and stride.as_int() == 0:
        raise value_error("slice step cannot be zero")
    start = NONE if part.start.same(NONE) else Value.of_int(slice_end(session, part.start))
    stop = NONE if part.stop.same(NONE) else Value.of_int(slice_end(session, part.stop))
    return plain_stretch(start, stop, stride, length)


def plain_stretch(first: Value, end: Value, step: Value, length: int) -> Stretch:
    """The same where each part is an int or None, and the stride is not 0."""
    stride = step.as_int() if step.is_int() else 1
    lowest = 0 if stride > 0 else -1
    highest = length if stride > 0 else length - 1
    start = _end_in(first, length, lowest if stride > 0 else highest, lowest, highest)
    stop = _end_in(end, length, highest if stride > 0 else lowest, lowest, highest)
    if stride == 1:
        count = stop - start if stop > start else 0
    elif stride > 0:
        count = (stop - start - 1) // stride + 1 if stop > start else 0
    else:
        count = (start - stop - 1) // -max(stride, -MAX_INT) + 1 if start > stop else 0
    return Stretch(start, stop, stride, count)


def _end_in(end: Value, length: int, otherwise: int, lowest: int, highest: int) -> int:
    """What an end of a slice means, which is an int or None."""
    if not end.is_int():
        return otherwise
    place = end.as_int()
    return max(place + length, lowest) if place < 0 else min(place, highest)


def plain_slice(value: Value) -> PySlice | None:
    """The slice whose parts are small ints or None, which never asks the program; or None."""
    if value.is_object():
        part = value.as_object()
        if isinstance(part, PySlice) and _is_plain(part.start) and _is_plain(part.stop):
            stride = part.stride
            if stride.same(NONE) or (_is_plain(stride) and stride.as_int() != 0):
                return part
    return None


def _is_plain(value: Value) -> bool:
    return value.same(NONE) or (value.is_int() and -FAR_AWAY < value.as_int() < FAR_AWAY)


@dont_look_inside
def plainly_picked(items: Array[Value], count: int, start: Value, stop: Value, stride: Value) -> Array[Value]:
    """Those of the first `count` items that a plain slice means."""
    step = stride.as_int() if stride.is_int() else 1
    if step == 1:
        first = _end_in(start, count, 0, 0, count)
        return part_of(items, first, _end_in(stop, count, count, 0, count) - first)
    if step == -1:
        first = _end_in(start, count, count - 1, -1, count - 1)
        return reversed_part(items, first, first - _end_in(stop, count, -1, -1, count - 1))
    return picked(items, plain_stretch(start, stop, stride, count))


def plain_part(source: PyList, start: Value, stop: Value, stride: Value) -> PyList:
    """The elements of a list that a plain slice means."""
    step = stride.as_int() if stride.is_int() else 1
    count = source.count
    if step == 1:
        first = _end_in(start, count, 0, 0, count)
        return source.part(first, 1, _end_in(stop, count, count, 0, count) - first)
    if step == -1:
        first = _end_in(start, count, count - 1, -1, count - 1)
        return source.part(first, -1, first - _end_in(stop, count, -1, -1, count - 1))
    return _spaced_part(source, start, stop, stride)


@dont_look_inside
def _spaced_part(source: PyList, start: Value, stop: Value, stride: Value) -> PyList:
    stretch = plain_stretch(start, stop, stride, source.count)
    return source.part(stretch.start, stretch.stride, stretch.count)


@dont_look_inside
def plain_text_slice(text: PyStr, start: Value, stop: Value, stride: Value) -> Value:
    """The code points that a plain slice means."""
    if stride.same(NONE):
        first = _end_in(start, text.length, 0, 0, text.length)
        count = _end_in(stop, text.length, text.length, 0, text.length) - first
        return character_value(text.text(), first) if count == 1 else text_value(text.text()[first : first + count])
    stretch = plain_stretch(start, stop, stride, text.length)
    if stretch.count == 1:
        return character_value(text.text(), stretch.start)
    return text_value(text_slice(text.text(), stretch))


@dont_look_inside
def plain_bytes_slice(data: bytes, start: Value, stop: Value) -> Value:
    """The bytes that a plain slice without a stride means."""
    length = len(data)
    first = _end_in(start, length, 0, 0, length)
    count = _end_in(stop, length, length, 0, length) - first
    if count == 1:
        return SINGLE_BYTES[data[first]]
    return bytes_value(data[first : max(first + count, first)])


@dont_look_inside
def plainly_replace(target: PyList, start: Value, stop: Value, items: Array[Value], count: int) -> None:
    """`target[start:stop] = items[:count]`, which are not the target's own."""
    length = target.count
    first = _end_in(start, length, 0, 0, length)
    target.replace(first, max(_end_in(stop, length, length, 0, length), first), items, count)


def plainly_replace_by(target: PyList, start: Value, stop: Value, given: PyList) -> None:
    """`target[start:stop] = given`, which is another list."""
    length = target.count
    first = _end_in(start, length, 0, 0, length)
    target.replace_by(first, max(_end_in(stop, length, length, 0, length), first), given)


def picked(items: Array[Value], stretch: Stretch) -> Array[Value]:
    """The values at the places of a slice."""
    if stretch.stride == 1:
        return part_of(items, stretch.start, stretch.count)
    result: Array[Value] = Array(stretch.count, Value.UNDEFINED)
    place = stretch.start
    for index in range(stretch.count):
        unchecked_set(result, index, unchecked_get(items, place))
        place += stretch.stride
    return result


def part_of(items: Array[Value], start: int, count: int) -> Array[Value]:
    """So many values from a place on; none where the number is not positive."""
    if count <= 0:
        return NOTHING
    result: Array[Value] = Array(count, Value.UNDEFINED)
    copy_items(items, start, result, 0, count)
    return result


def reversed_part(items: Array[Value], start: int, count: int) -> Array[Value]:
    """So many values from a place on backwards; none where the number is not positive."""
    if count <= 0:
        return NOTHING
    result: Array[Value] = Array(count, Value.UNDEFINED)
    for index in range(count):
        unchecked_set(result, index, unchecked_get(items, start - index))
    return result


# --- reading ---


def get_item(session: Session, container: Value, key: Value) -> Value:
    """`container[key]` where it is quick; else UNDEFINED."""
    if container.is_object():
        thing = container.as_object()
        if not is_native(type_of(container), Special.GETITEM):
            return Value.UNDEFINED
        if isinstance(thing, PyList):
            if key.is_int():
                index = key.as_int()
                count = thing.count
                if index < 0:
                    index += count
                if 0 <= index < count:
                    return thing.at(index)
            else:
                part = plain_slice(key)
                if part is not None:
                    return Value.of_object(plain_part(thing, part.start, part.stop, part.stride))
        elif isinstance(thing, PyDict):
            return thing.get(session, key)
        elif isinstance(thing, PyTuple):
            if key.is_int():
                index = key.as_int()
                count = len(thing.items)
                if index < 0:
                    index += count
                if 0 <= index < count:
                    return unchecked_get(thing.items, index)
            else:
                part = plain_slice(key)
                if part is not None:
                    count = len(thing.items)
                    return Value.of_object(
                        PyTuple(plainly_picked(thing.items, count, part.start, part.stop, part.stride))
                    )
        elif isinstance(thing, PyStr):
            if key.is_int():
                index = key.as_int()
                if index < 0:
                    index += thing.length
                if 0 <= index < thing.length:
                    return character_at(thing, index)
            else:
                part = plain_slice(key)
                if part is not None:
                    return plain_text_slice(thing, part.start, part.stop, part.stride)
        elif isinstance(thing, PyBytes):
            if key.is_int():
                index = key.as_int()
                if index < 0:
                    index += len(thing.data)
                if 0 <= index < len(thing.data):
                    return Value.of_int(thing.data[index])
            else:
                part = plain_slice(key)
                if part is not None and part.stride.same(NONE):
                    return plain_bytes_slice(thing.data, part.start, part.stop)
        elif isinstance(thing, PyRange):
            if key.is_int():
                index = key.as_int()
                count = thing.length()
                if index < 0:
                    index += count
                if 0 <= index < count:
                    return Value.of_int(thing.start + index * thing.stride)
            else:
                part = plain_slice(key)
                if part is not None:
                    return range_slice(thing, plain_stretch(part.start, part.stop, part.stride, thing.length()))
        elif isinstance(thing, PyByteArray) and key.is_int():
            index = key.as_int()
            if index < 0:
                index += len(thing.data)
            if 0 <= index < len(thing.data):
                return Value.of_int(thing.data[index])
    return Value.UNDEFINED


@dont_look_inside
def character_at(text: PyStr, index: int) -> Value:
    """One code point."""
    return character_value(text.text(), index)


def begin_get_item(session: Session, stack: VMStack, newbase: int, container: Value, key: Value) -> int:
    """`container[key]` where it is not quick."""
    method = special(type_of(container), Special.GETITEM)
    if as_function(method) is not None:
        return begin_two(stack, newbase, method, container, key)
    thing = as_py_object(container)
    if isinstance(thing, PyDict) and type_of(container).is_builtin:
        raise error_with(types.KEY_ERROR, key)
    if isinstance(thing, PyList) and key.is_int() and type_of(container).is_builtin:
        raise error(types.INDEX_ERROR, "list index out of range")
    stack[newbase] = get_item_slowly(session, container, key)
    return 0


@dont_look_inside
def get_item_slowly(session: Session, container: Value, key: Value) -> Value:
    """`container[key]` in full, nested."""
    kind = type_of(container)
    if kind.is_builtin:
        result = native_get_item(session, container, key)
        if not result.same(Value.UNDEFINED):
            return result
    method = special(kind, Special.GETITEM)
    if method.same(Value.UNDEFINED) or method.same(NONE):
        asked = as_type(container)
        if asked is not None:
            return get_from_class(session, asked, key)
        raise type_error(f"'{kind.name}' object is not subscriptable")
    return call(session, method, [container, key])


def get_from_class(session: Session, kind: PyType, key: Value) -> Value:
    """`kind[key]`"""
    found = lookup(kind, "__class_getitem__")
    if found.same(Value.UNDEFINED):
        raise type_error(f"type '{kind.name}' is not subscriptable")
    method = session.get_attribute(session, Value.of_object(kind), "__class_getitem__")
    return call(session, method, [key])


@dont_look_inside
def native_get_item(session: Session, container: Value, key: Value) -> Value:
    """`container[key]` of a built-in container, or of an object that is one; UNDEFINED for others."""
    if not container.is_object():
        return Value.UNDEFINED
    thing = container.as_object()
    if isinstance(thing, PyDict):
        found = thing.get(session, key)
        if found.same(Value.UNDEFINED):
            missing = special(type_of(container), Special.MISSING)
            if not missing.same(Value.UNDEFINED):
                return call(session, missing, [container, key])
            raise error_with(types.KEY_ERROR, key)
        return found
    part = as_slice(key)
    if isinstance(thing, PyList):
        if part is not None:
            stretch = stretch_of(session, part, thing.count)
            return Value.of_object(thing.part(stretch.start, stretch.stride, stretch.count))
        return thing.at(place_in(session, "list", key, thing.count, "list index out of range"))
    if isinstance(thing, PyTuple):
        if part is not None:
            return Value.of_object(PyTuple(picked(thing.items, stretch_of(session, part, len(thing.items)))))
        return thing.items[place_in(session, "tuple", key, len(thing.items), "tuple index out of range")]
    if isinstance(thing, PyStr):
        if part is not None:
            return text_value(text_slice(thing.text(), stretch_of(session, part, thing.length)))
        return character_value(
            thing.text(), place_in(session, "string", key, thing.length, "string index out of range")
        )
    if isinstance(thing, PyRange):
        if part is not None:
            return range_slice(thing, stretch_of(session, part, thing.length()))
        place = place_in(session, "range", key, thing.length(), "range object index out of range")
        return Value.of_int(thing.start + place * thing.stride)
    return Value.UNDEFINED


def range_slice(numbers: PyRange, stretch: Stretch) -> Value:
    """The range of the numbers at the places of a slice."""
    stride = numbers.stride
    start = numbers.start + stretch.start * stride
    return Value.of_object(PyRange(start, numbers.start + stretch.stop * stride, stride * stretch.stride))


def text_slice(text: str, stretch: Stretch) -> str:
    """The code points at the places of a slice."""
    if stretch.stride == 1:
        return text[stretch.start : stretch.start + stretch.count]
    parts: list[str] = []
    place = stretch.start
    for _ in range(stretch.count):
        parts.append(text[place])
        place += stretch.stride
    return "".join(parts)


def as_slice(value: Value) -> PySlice | None:
    """The slice, or None for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PySlice):
            return thing
    return None


def place_in(session: Session, word: str, key: Value, count: int, message: str) -> int:
    """The place that an index means. Raises TypeError, IndexError."""
    if not is_int_object(key) and special(type_of(key), Special.INDEX).same(Value.UNDEFINED):
        what = f"{word} indices must be integers or slices, not {type_name(key)}"
        raise type_error(f"string indices must be integers, not '{type_name(key)}'" if word == "string" else what)
    index = word_index(session, key)
    if index < 0:
        index += count
    if not 0 <= index < count:
        raise error(types.INDEX_ERROR, message)
    return index


# --- writing ---


def set_item(session: Session, container: Value, key: Value, value: Value) -> bool:
    """`container[key] = value` where it is quick; else False."""
    if container.is_object():
        thing = container.as_object()
        if isinstance(thing, PyList):
            if not is_native(type_of(container), Special.SETITEM):
                return False
            if key.is_int():
                index = key.as_int()
                count = thing.count
                if index < 0:
                    index += count
                if 0 <= index < count:
                    thing.put(index, value)
                    return True
                return False
            part = plain_slice(key)
            if part is not None and part.stride.same(NONE) and value.is_object() and type_of(value).is_builtin:
                given = value.as_object()
                if isinstance(given, PyList) and given is not thing:
                    plainly_replace_by(thing, part.start, part.stop, given)
                    return True
                if isinstance(given, PyTuple):
                    plainly_replace(thing, part.start, part.stop, given.items, len(given.items))
                    return True
        elif isinstance(thing, PyDict) and is_native(type_of(container), Special.SETITEM):
            thing.set(session, key, value)
            return True
        elif isinstance(thing, PyByteArray) and is_native(type_of(container), Special.SETITEM):
            if key.is_int() and value.is_int() and 0 <= value.as_int() < 256:
                index = key.as_int()
                if index < 0:
                    index += len(thing.data)
                if 0 <= index < len(thing.data):
                    thing.data[index] = value.as_int()
                    return True
    return False


def begin_set_item(session: Session, stack: VMStack, newbase: int, container: Value, key: Value, value: Value) -> int:
    """`container[key] = value` where it is not quick."""
    method = special(type_of(container), Special.SETITEM)
    if as_function(method) is not None:
        stack[newbase + CALLEE] = method
        stack[newbase + FIRST] = container
        stack[newbase + FIRST + 1] = key
        stack[newbase + FIRST + 2] = value
        return 3
    set_item_slowly(session, container, key, value)
    return 0


@dont_look_inside
def set_item_slowly(session: Session, container: Value, key: Value, value: Value) -> None:
    """`container[key] = value` in full, nested."""
    kind = type_of(container)
    if kind.is_builtin and native_set_item(session, container, key, value):
        return
    method = special(kind, Special.SETITEM)
    if method.same(Value.UNDEFINED):
        raise type_error(f"'{kind.name}' object does not support item assignment")
    call(session, method, [container, key, value])


@dont_look_inside
def native_set_item(session: Session, container: Value, key: Value, value: Value) -> bool:
    """`container[key] = value` of a built-in container, or of an object that is one; False for others."""
    if not container.is_object():
        return False
    thing = container.as_object()
    if isinstance(thing, PyDict):
        thing.set(session, key, value)
        return True
    if isinstance(thing, PyList):
        part = as_slice(key)
        if part is not None:
            set_slice(session, thing, part, value)
        else:
            place = place_in(session, "list", key, thing.count, "list assignment index out of range")
            thing.put(place, value)
        return True
    return False


def set_slice(session: Session, target: PyList, part: PySlice, value: Value) -> None:
    """`target[start:stop:stride] = value`"""
    if special(type_of(value), Special.ITER).same(Value.UNDEFINED) and not value.is_object():
        if part.stride.same(NONE):
            raise type_error("can only assign an iterable")
        raise type_error("must assign iterable to extended slice")
    items = items_of(session, value)
    stretch = stretch_of(session, part, target.count)
    if stretch.stride == 1:
        target.replace(stretch.start, max(stretch.start, stretch.stop), items, len(items))
        return
    if len(items) != stretch.count:
        raise value_error(f"attempt to assign sequence of size {len(items)} to extended slice of size {stretch.count}")
    place = stretch.start
    for item in items:
        target.put(place, item)
        place += stretch.stride


def begin_delete_item(session: Session, stack: VMStack, newbase: int, container: Value, key: Value) -> int:
    """`del container[key]`"""
    method = special(type_of(container), Special.DELITEM)
    if as_function(method) is not None:
        return begin_two(stack, newbase, method, container, key)
    delete_item(session, container, key)
    return 0


@dont_look_inside
def delete_item(session: Session, container: Value, key: Value) -> None:
    """The same, nested."""
    kind = type_of(container)
    if kind.is_builtin and native_delete_item(session, container, key):
        return
    method = special(kind, Special.DELITEM)
    if method.same(Value.UNDEFINED):
        raise type_error(f"'{kind.name}' object doesn't support item deletion")
    call(session, method, [container, key])


@dont_look_inside
def native_delete_item(session: Session, container: Value, key: Value) -> bool:
    """`del container[key]` of a built-in container, or of an object that is one; False for others."""
    if not container.is_object():
        return False
    thing = container.as_object()
    if isinstance(thing, PyDict):
        if thing.remove(session, key).same(Value.UNDEFINED):
            raise error_with(types.KEY_ERROR, key)
        return True
    if isinstance(thing, PyList):
        part = as_slice(key)
        if part is None:
            thing.remove_at(place_in(session, "list", key, thing.count, "list assignment index out of range"))
        else:
            delete_slice(thing, stretch_of(session, part, thing.count))
        return True
    return False


NOTHING: Final[Array[Value]] = Array(0, Value.UNDEFINED)


def delete_slice(target: PyList, stretch: Stretch) -> None:
    """`del target[start:stop:stride]`"""
    if stretch.stride == 1:
        target.replace(stretch.start, max(stretch.start, stretch.stop), NOTHING, 0)
        return
    lowest = stretch.start if stretch.stride > 0 else stretch.start + (stretch.count - 1) * stretch.stride
    for turn in range(stretch.count - 1, -1, -1):
        target.remove_at(lowest + turn * abs(stretch.stride))
