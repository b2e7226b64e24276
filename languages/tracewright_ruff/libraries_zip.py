"""What Ruff uses of libzip."""

from __future__ import annotations

from typing import Final

from tracewright.core.foreign import CAddress, CInt, CLong, CText, CUnsigned, CWords, Library
from tracewright.core.foreign_headers import Header

ZIP: Final = Library(["libzip.so.4", "libzip.so.5"], package="libzip4")
_TYPES: Final = (
    "typedef struct zip zip_t; typedef struct zip_source zip_source_t; typedef struct zip_file zip_file_t; typedef struct zip_error zip_error_t; "
    "typedef uint32_t zip_flags_t; typedef uint64_t zip_uint64_t; typedef int64_t zip_int64_t;"
)
ZIP_H: Final = Header("zip.h", ZIP, types=_TYPES)

CREATE: Final = ZIP_H.constant("ZIP_CREATE", 1)
TRUNCATE: Final = ZIP_H.constant("ZIP_TRUNCATE", 8)
READ_ONLY: Final = ZIP_H.constant("ZIP_RDONLY", 16)
REPLACE: Final = ZIP_H.constant("ZIP_FL_OVERWRITE", 8192)
UTF_8: Final = ZIP_H.constant("ZIP_FL_ENC_UTF_8", 2048)
ERROR: Final = ZIP_H.record("struct zip_error", {"zip_err": "int", "sys_err": "int", "str": "char *"})
ERROR_SIZE: Final = ERROR.size


@ZIP_H.function("zip_t *zip_open(const char *, int, int *)")
def open_archive(path: CText, flags: CInt, problem: CWords) -> CAddress:
    raise NotImplementedError


@ZIP_H.function("int zip_close(zip_t *)")
def close_archive(archive: CAddress) -> CInt:
    raise NotImplementedError


@ZIP_H.function("void zip_discard(zip_t *)")
def discard_archive(archive: CAddress) -> None:
    raise NotImplementedError


@ZIP_H.function("const char *zip_strerror(zip_t *)")
def error_text(archive: CAddress) -> CAddress:
    raise NotImplementedError


@ZIP_H.function("void zip_error_init_with_code(zip_error_t *, int)")
def make_error(error: CAddress, number: CInt) -> None:
    raise NotImplementedError


@ZIP_H.function("const char *zip_error_strerror(zip_error_t *)")
def text_of_error(error: CAddress) -> CAddress:
    raise NotImplementedError


@ZIP_H.function("void zip_error_fini(zip_error_t *)")
def free_error(error: CAddress) -> None:
    raise NotImplementedError


# --- writing ---------------------------------------------------------------------------------------------------------
@ZIP_H.function("zip_source_t *zip_source_file(zip_t *, const char *, zip_uint64_t, zip_int64_t)")
def source_of_file(archive: CAddress, path: CText, start: CLong, count: CLong) -> CAddress:
    raise NotImplementedError


@ZIP_H.function("void zip_source_free(zip_source_t *)")
def free_source(source: CAddress) -> None:
    raise NotImplementedError


@ZIP_H.function("zip_int64_t zip_file_add(zip_t *, const char *, zip_source_t *, zip_flags_t)")
def add_file(archive: CAddress, name: CText, source: CAddress, flags: CUnsigned) -> CLong:
    raise NotImplementedError


@ZIP_H.function("zip_int64_t zip_dir_add(zip_t *, const char *, zip_flags_t)")
def add_folder(archive: CAddress, name: CText, flags: CUnsigned) -> CLong:
    raise NotImplementedError


# --- reading ---------------------------------------------------------------------------------------------------------
@ZIP_H.function("zip_int64_t zip_get_num_entries(zip_t *, zip_flags_t)")
def entry_count(archive: CAddress, flags: CUnsigned) -> CLong:
    raise NotImplementedError


@ZIP_H.function("const char *zip_get_name(zip_t *, zip_uint64_t, zip_flags_t)")
def entry_name(archive: CAddress, index: CLong, flags: CUnsigned) -> CAddress:
    raise NotImplementedError


@ZIP_H.function("zip_file_t *zip_fopen_index(zip_t *, zip_uint64_t, zip_flags_t)")
def open_entry(archive: CAddress, index: CLong, flags: CUnsigned) -> CAddress:
    raise NotImplementedError


@ZIP_H.function("zip_int64_t zip_fread(zip_file_t *, void *, zip_uint64_t)")
def read_entry(entry: CAddress, target: CAddress, count: CLong) -> CLong:
    raise NotImplementedError


@ZIP_H.function("int zip_fclose(zip_file_t *)")
def close_entry(entry: CAddress) -> CInt:
    raise NotImplementedError
