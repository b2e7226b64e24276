"""Raw memory, for the JIT, the collector and the library. Hosted it is real memory too, through ctypes.

An address is an int. Nothing here is checked: a wrong address crashes. Loads of less than 64 bits zero-extend.
"""

import ctypes


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
