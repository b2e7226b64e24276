"""Raw memory, for the JIT, the collector and the library. Hosted it is real memory too, through ctypes.

An address is an int. Nothing here is checked: a wrong address crashes. Loads of less than 64 bits zero-extend.
"""

import ctypes
import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from tracewright.core import integers
from tracewright.core.value import (
    DOUBLE_OFFSET,
    INT_TAG,
    WORD_FALSE,
    WORD_NULL,
    WORD_TRUE,
    WORD_UNDEFINED,
    Value,
)

T = TypeVar("T")


def load8(address: int) -> int:
    return ctypes.c_uint8.from_address(address).value


def load16(address: int) -> int:
    return ctypes.c_uint16.from_address(address).value


def load32(address: int) -> int:
    return ctypes.c_uint32.from_address(address).value


def load64(address: int) -> int:
    return ctypes.c_int64.from_address(address).value


def load_float(address: int) -> float:
    return ctypes.c_double.from_address(address).value


def store8(address: int, value: int) -> None:
    ctypes.c_uint8.from_address(address).value = value & 0xFF


def store16(address: int, value: int) -> None:
    ctypes.c_uint16.from_address(address).value = value & 0xFFFF


def store32(address: int, value: int) -> None:
    ctypes.c_uint32.from_address(address).value = value & 0xFFFFFFFF


def store64(address: int, value: int) -> None:
    ctypes.c_int64.from_address(address).value = value


def store_float(address: int, value: float) -> None:
    ctypes.c_double.from_address(address).value = value


def copy_memory(target: int, source: int, count: int) -> None:
    """Copy `count` bytes; the ranges may overlap."""
    ctypes.memmove(target, source, count)


def zero_memory(target: int, count: int) -> None:
    """Set `count` bytes to zero."""
    ctypes.memset(target, 0, count)


def write_barrier_at(thing: int, place: int) -> None:
    """Tell the collector that a reference has been, or is about to be, stored at the address `place`, in the object `thing`. Hosted
    there is none."""


def write_barrier_range(thing: int, start: int, stop: int, source: int) -> None:
    """Tell it that references were copied from `source` to the addresses from `start` up to `stop`, in the object `thing`."""


def store_reference(thing: int, place: int, word: int) -> None:
    """Write a reference or Value into the object `thing`, at the address `place`.

    All raw stores of references end here; compiled fields and items have the barrier from `emit_c`, traces from `optimize/barriers.py`.
    """
    store64(place, word)
    write_barrier_at(thing, place)


def prefetch(address: int) -> None:
    """Ask the processor to have the memory there at hand soon; any address will do."""


def address_of(thing: object) -> int:
    """The address of a heap object; 0 for None. It does not keep the object alive."""
    return 0 if thing is None else id(thing)


def object_at(kind: type[T], address: int) -> T:
    """The object at an address; unchecked natively."""
    thing = ctypes.cast(address, ctypes.py_object).value
    assert isinstance(thing, kind)
    return thing


def word_of_value(value: Value) -> int:
    """The machine word of a Value (hosted: objects and big ints give an address that does not keep them alive)."""
    if value.is_int():
        number = value.as_int()
        small = -(1 << 50) <= number < 1 << 50
        return (number & ((1 << 51) - 1)) | INT_TAG if small else id(value.payload)
    if value.is_float():
        number_bits = 0x7FF8 << 48 if value.as_float() != value.as_float() else integers.bits_of_float(value.as_float())
        return integers.wrap(number_bits + DOUBLE_OFFSET)
    return id(value.payload) if value.is_object() else _SPECIAL_WORDS[id(value)]


def value_of_word(word: int) -> Value:
    """The Value that a machine word encodes."""
    if word in _SPECIALS:
        return _SPECIALS[word]
    unsigned = word & ((1 << 64) - 1)
    if unsigned >= INT_TAG & ((1 << 64) - 1):
        small = unsigned & ((1 << 51) - 1)
        return Value.of_int(small - (1 << 51) if small >> 50 else small)
    if unsigned >= DOUBLE_OFFSET:
        return Value.of_float(integers.float_of_bits(integers.wrap(unsigned - DOUBLE_OFFSET)))
    return Value(ctypes.cast(word, ctypes.py_object).value)


_SPECIALS = {WORD_UNDEFINED: Value.UNDEFINED, WORD_NULL: Value.NULL, WORD_FALSE: Value.FALSE, WORD_TRUE: Value.TRUE}
_SPECIAL_WORDS = {id(value): word for word, value in _SPECIALS.items()}


def call_native(function: int, a: int, b: int, c: int, d: int) -> int:
    """Call the native code at an address as a C function of four words; gives its word."""
    prototype = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64, ctypes.c_int64, ctypes.c_int64, ctypes.c_int64)
    return int(prototype(function)(a, b, c, d))


def symbol_address(name: str) -> int:
    """The address of a C function or variable of the runtime, by a constant name. Hosted: of one of the C library's."""
    return ctypes.cast(getattr(ctypes.CDLL(None), name), ctypes.c_void_p).value or 0


_CALLBACKS: dict[Callable[..., object], Any] = {}  # hosted only: keeps the thunks alive


def function_address(function: Callable[..., object]) -> int:
    """The native address of a module-level dialect function whose parameters and result are words (C convention)."""
    if function not in _CALLBACKS:
        count = len(inspect.signature(function).parameters)
        _CALLBACKS[function] = ctypes.CFUNCTYPE(ctypes.c_int64, *[ctypes.c_int64] * count)(function)
    return ctypes.cast(_CALLBACKS[function], ctypes.c_void_p).value or 0
