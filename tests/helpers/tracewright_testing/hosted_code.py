"""Code memory inside CPython: the same double mapping that `runtime/code_memory.c` makes, through ctypes."""

import ctypes
import mmap
import os

from tracewright.jit.codegen.code_memory import CodeMemory

_LIBC = ctypes.CDLL(None, use_errno=True)
_LIBC.mmap.restype = ctypes.c_void_p
_LIBC.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
_MAP_FAILED = ctypes.c_void_p(-1).value


def _map(size: int, protection: int, file: int) -> int:
    address = _LIBC.mmap(None, size, protection, mmap.MAP_SHARED, file, 0)
    if address in (None, _MAP_FAILED):
        raise OSError(ctypes.get_errno(), "mmap")
    return int(address)


def hosted_code_memory(size: int) -> CodeMemory:
    """A fresh reserve. It stays mapped until the process ends, as in a built language."""
    file = os.memfd_create("tracewright code", os.MFD_CLOEXEC)
    try:
        os.ftruncate(file, size)
        executable = _map(size, mmap.PROT_READ | mmap.PROT_EXEC, file)
        writable = _map(size, mmap.PROT_READ | mmap.PROT_WRITE, file)
    finally:
        os.close(file)
    return CodeMemory(executable, writable, size, 0)
