"""What guest languages use of zlib."""

from __future__ import annotations

from typing import Final

from tracewright.core.foreign import CAddress, CData, CInt, CLong, CText, CUnsigned, Library
from tracewright.core.foreign_headers import Header

ZLIB: Final = Library(["libz.so.1"], package="zlib1g")
ZLIB_H: Final = Header("zlib.h", ZLIB, types="typedef struct z_stream_s z_stream;")
STREAM: Final = ZLIB_H.record(
    "z_stream",
    {
        "next_in": "const unsigned char *",
        "avail_in": "unsigned int",
        "total_in": "unsigned long",
        "next_out": "unsigned char *",
        "avail_out": "unsigned int",
        "total_out": "unsigned long",
        "msg": "const char *",
        "state": "void *",
        "zalloc": "void *",
        "zfree": "void *",
        "opaque": "void *",
        "data_type": "int",
        "adler": "unsigned long",
        "reserved": "unsigned long",
    },
)
STREAM_SIZE: Final = STREAM.size
NEXT_IN: Final = STREAM.offsets["next_in"]
AVAILABLE_IN: Final = STREAM.offsets["avail_in"]
NEXT_OUT: Final = STREAM.offsets["next_out"]
AVAILABLE_OUT: Final = STREAM.offsets["avail_out"]
MESSAGE: Final = STREAM.offsets["msg"]


@ZLIB_H.function("const char *zlibVersion(void)")
def version() -> CAddress:
    raise NotImplementedError


@ZLIB_H.function("int deflateInit2_(z_stream *, int, int, int, int, int, const char *, int)")
def deflate_init(
    stream: CAddress,
    level: CInt,
    method: CInt,
    window_bits: CInt,
    memory: CInt,
    strategy: CInt,
    library_version: CText,
    size: CInt,
) -> CInt:
    raise NotImplementedError


@ZLIB_H.function("int deflate(z_stream *, int)")
def deflate(stream: CAddress, flush: CInt) -> CInt:
    raise NotImplementedError


@ZLIB_H.function("int deflateEnd(z_stream *)")
def deflate_end(stream: CAddress) -> CInt:
    raise NotImplementedError


@ZLIB_H.function("int inflateInit2_(z_stream *, int, const char *, int)")
def inflate_init(stream: CAddress, window_bits: CInt, library_version: CText, size: CInt) -> CInt:
    raise NotImplementedError


@ZLIB_H.function("int inflate(z_stream *, int)")
def inflate(stream: CAddress, flush: CInt) -> CInt:
    raise NotImplementedError


@ZLIB_H.function("int inflateEnd(z_stream *)")
def inflate_end(stream: CAddress) -> CInt:
    raise NotImplementedError


@ZLIB_H.function("int deflateSetDictionary(z_stream *, const unsigned char *, unsigned int)")
def deflate_set_dictionary(stream: CAddress, dictionary: CData, length: CUnsigned) -> CInt:
    raise NotImplementedError


@ZLIB_H.function("int inflateSetDictionary(z_stream *, const unsigned char *, unsigned int)")
def inflate_set_dictionary(stream: CAddress, dictionary: CData, length: CUnsigned) -> CInt:
    raise NotImplementedError


@ZLIB_H.function("int inflateReset(z_stream *)")
def inflate_reset(stream: CAddress) -> CInt:
    raise NotImplementedError


@ZLIB_H.function("unsigned long crc32(unsigned long, const unsigned char *, unsigned int)")
def crc32(start: CLong, data: CData | None, length: CUnsigned) -> CLong:
    raise NotImplementedError
