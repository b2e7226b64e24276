"""Code memory inside CPython: the same double mapping that `runtime/code_memory.c` makes, through ctypes."""

import ctypes
import mmap
import os

from tracewright.jit.codegen.code_memory import CodeMemory

_LIBC = ctypes.CDLL(None, use_errno=True)
_LIBC.mmap.restype = ctypes.c_void_p
_LIBC.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
_MAP_FAILED = ctypes.c_void_p(-1).value


_MAP_FIXED_NOREPLACE = 0x100000


def map_file(at: int, size: int, protection: int, file: int, offset: int) -> int:
    """Map a part of a file, shared, at this address (0: anywhere); gives the address."""
    flags = mmap.MAP_SHARED | (_MAP_FIXED_NOREPLACE if at else 0)
    address = _LIBC.mmap(at, size, protection, flags, file, offset)
    if address in (None, _MAP_FAILED) or at not in (0, address):
        raise OSError(ctypes.get_errno(), "mmap")
    return int(address)


def hosted_code_memory(size: int) -> CodeMemory:
    """A fresh reserve. It stays mapped until the process ends, as in a built language."""
    file = os.memfd_create("tracewright code", os.MFD_CLOEXEC)
    try:
        os.ftruncate(file, size)
        executable = map_file(0, size, mmap.PROT_READ | mmap.PROT_EXEC, file, 0)
        writable = map_file(0, size, mmap.PROT_READ | mmap.PROT_WRITE, file, 0)
    finally:
        os.close(file)
    return CodeMemory(executable, writable, size, 0)
