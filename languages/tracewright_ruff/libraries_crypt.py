"""What Ruff uses of libcrypt: the hashes of passwords."""

from __future__ import annotations

from typing import Final

from tracewright.core.foreign import CAddress, CInt, CLong, CText, Library
from tracewright.core.foreign_headers import Header

CRYPT: Final = Library(["libcrypt.so.1", "libcrypt.so.2"], package="libcrypt1")
CRYPT_H: Final = Header("crypt.h", CRYPT)


@CRYPT_H.function("char *crypt_gensalt(const char *, unsigned long, const char *, int)")
def new_settings(prefix: CText, cost: CLong, random: CAddress, count: CInt) -> CAddress:
    raise NotImplementedError


@CRYPT_H.function("char *crypt(const char *, const char *)")
def hashed(password: CText, known: CText) -> CAddress:
    raise NotImplementedError
