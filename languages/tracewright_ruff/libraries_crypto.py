"""What Ruff uses of OpenSSL's libcrypto."""

from __future__ import annotations

from typing import Final

from tracewright.core.foreign import CAddress, CData, CInt, CSize, CWords, Library
from tracewright.core.foreign_headers import Header

CRYPTO: Final = Library(["libcrypto.so.3", "libcrypto.so.1.1"], package="libssl3")
EVP_H: Final = Header(
    "openssl/evp.h", CRYPTO, types="typedef struct evp_md_st EVP_MD; typedef struct engine_st ENGINE;"
)
LONGEST_DIGEST: Final = EVP_H.constant("EVP_MAX_MD_SIZE", 64)  # bytes


@EVP_H.function("const EVP_MD *EVP_sha256(void)")
def sha256_method() -> CAddress:
    raise NotImplementedError


@EVP_H.function("const EVP_MD *EVP_md5(void)")
def md5_method() -> CAddress:
    raise NotImplementedError


@EVP_H.function("int EVP_Digest(const void *, size_t, unsigned char *, unsigned int *, const EVP_MD *, ENGINE *)")
def digest(data: CData, count: CSize, result: CAddress, length: CWords, method: CAddress, engine: CAddress) -> CInt:
    raise NotImplementedError
