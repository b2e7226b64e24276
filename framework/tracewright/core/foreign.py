"""C libraries: what they have is declared once, in Python, and called as any function.

    ZLIB: Final = Library(["libz.so.1"], package="zlib1g")
    ZLIB_H: Final = Header("zlib.h", ZLIB)                           (`core.foreign_headers`)

    @ZLIB_H.function("unsigned long crc32(unsigned long, const unsigned char *, unsigned int)")
    def crc32(start: CLong, data: CData, length: CUnsigned) -> CLong:
        raise NotImplementedError

The prototype is the library's own. It is compared with the Python signature when the module is imported, and with the header by
the C compiler when a program is built, if the header is there; a program can be built without it. The library is opened at
the first call of one of its functions, or by `Library.require`; what does not call any pays nothing. Hosted, the calls go through cffi.

The names of the parameters' types say how a value crosses:

    CInt CUnsigned CLong CSize   integers of C; an `int` here       CDouble     a float
    CAddress                     any pointer, as an int             CText CData bytes, of which C gets the place: it may read them
    CWords                       an array of 8-byte words (Array[int]), which C may read and write, until it returns
"""

from __future__ import annotations

from typing import Final, TypeAlias, final

from tracewright.core.arrays import Array

CInt: TypeAlias = int
CUnsigned: TypeAlias = int
CLong: TypeAlias = int
CSize: TypeAlias = int
CDouble: TypeAlias = float
CAddress: TypeAlias = int
CText: TypeAlias = bytes
CData: TypeAlias = bytes
CWords: TypeAlias = Array[int]

NULL: Final = 0  # as a CAddress


class MissingLibrary(Exception):
    """A library cannot be opened; the text says which package has it."""


@final
class Library:
    """A C library: the names of its file, the one to be tried first in front, and the package that has it.

    `has_plugins`: libraries that it opens itself find its symbols, as those expect that come with CPython's packages. `require` sees to that.
    """

    def __init__(self, files: list[str], package: str, has_plugins: bool = False) -> None:
        self.files: bytes = b"".join([file.encode() + b"\0" for file in files])
        self.package = package
        self.has_plugins = has_plugins
        self.opened = False

    def require(self) -> None:
        """Open it now; raises MissingLibrary."""
        if not self.opened:
            if open_library(self.files, 1 if self.has_plugins else 0) == 0:
                names = self.files[:-1].decode().replace("\0", " or ")
                raise MissingLibrary(f"{names} cannot be opened; it is in the package {self.package}")
            self.opened = True


# --- what native code calls ------------------------------------------------------------------------------------------
def open_library(files: bytes, shows_symbols: int) -> int:
    """Open the first of the files, each of whose names has a zero byte behind it, that is there; 0 if none is. `shows_symbols` (0 or 1):
    to all libraries that are opened later."""
    import ctypes

    for file in files[:-1].decode().split("\0"):
        try:
            ctypes.CDLL(file, ctypes.RTLD_GLOBAL if shows_symbols else ctypes.RTLD_LOCAL)
        except OSError:
            continue
        return 1
    return 0


def error_number() -> int:
    """What C's `errno` says of the last library function that was called. Ask at once."""
    from cffi import FFI

    number: int = FFI().errno
    return number


def bytes_at(address: int, count: int) -> bytes:
    """A copy of so many bytes of memory."""
    import ctypes

    return ctypes.string_at(address, count)


def text_at(address: int) -> bytes:
    """A copy of the bytes up to the first zero byte."""
    import ctypes

    return ctypes.string_at(address)


def allocate(count: int) -> int:
    """The address of so many zero bytes outside of the collected heap, to be given back by `release`. Raises MemoryError."""
    import ctypes

    calloc = ctypes.CDLL(None).calloc
    calloc.restype = ctypes.c_void_p
    address: int | None = calloc(ctypes.c_size_t(count), ctypes.c_size_t(1))
    if address is None:
        raise MemoryError
    return address


def release(address: int) -> None:
    """Give back what `allocate`, or C's `malloc`, has given."""
    import ctypes

    ctypes.CDLL(None).free(ctypes.c_void_p(address))
