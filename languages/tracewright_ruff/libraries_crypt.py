"""What Ruff uses of libcrypt: passwords that other programs have hashed, by bcrypt."""

from __future__ import annotations

from typing import Final

from tracewright.core.foreign import CAddress, CText, Library
from tracewright.core.foreign_headers import Header

CRYPT: Final = Library(["libcrypt.so.1", "libcrypt.so.2"], package="libcrypt1")
CRYPT_H: Final = Header("crypt.h", CRYPT)


@CRYPT_H.function("char *crypt(const char *, const char *)")
def hashed(password: CText, known: CText) -> CAddress:
    raise NotImplementedError
