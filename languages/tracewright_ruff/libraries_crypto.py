"""What Ruff uses of OpenSSL's libcrypto."""

from __future__ import annotations

from typing import Final

from tracewright.core.foreign import CAddress, CData, CInt, CLong, CSize, CText, CWords, Library
from tracewright.core.foreign_headers import Header

CRYPTO: Final = Library(["libcrypto.so.3", "libcrypto.so.1.1"], package="libssl3")
_TYPES: Final = (
    "typedef struct evp_md_st EVP_MD; typedef struct engine_st ENGINE; typedef struct evp_cipher_st EVP_CIPHER; "
    "typedef struct evp_cipher_ctx_st EVP_CIPHER_CTX; typedef struct evp_pkey_st EVP_PKEY; "
    "typedef struct evp_pkey_ctx_st EVP_PKEY_CTX; typedef struct evp_md_ctx_st EVP_MD_CTX; typedef struct bio_st BIO; "
    "typedef struct bio_method_st BIO_METHOD; typedef int pem_password_cb(char *, int, int, void *);"
)
EVP_H: Final = Header("openssl/evp.h", CRYPTO, types=_TYPES)
HMAC_H: Final = Header("openssl/hmac.h", CRYPTO, types=_TYPES)
BIO_H: Final = Header("openssl/bio.h", CRYPTO, types=_TYPES)
PEM_H: Final = Header("openssl/pem.h", CRYPTO, types=_TYPES)
RAND_H: Final = Header("openssl/rand.h", CRYPTO)
ERR_H: Final = Header("openssl/err.h", CRYPTO)

LONGEST_DIGEST: Final = EVP_H.constant("EVP_MAX_MD_SIZE", 64)  # bytes
GCM_GET_TAG: Final = EVP_H.constant("EVP_CTRL_GCM_GET_TAG", 0x10)
GCM_SET_TAG: Final = EVP_H.constant("EVP_CTRL_GCM_SET_TAG", 0x11)
KEY_RSA: Final = EVP_H.constant("EVP_PKEY_RSA", 6)
BIO_INFO: Final = BIO_H.constant("BIO_CTRL_INFO", 3)


@RAND_H.function("int RAND_bytes(unsigned char *, int)")
def random_bytes(target: CAddress, count: CInt) -> CInt:
    raise NotImplementedError


@ERR_H.function("void ERR_clear_error(void)")
def forget_errors() -> None:
    raise NotImplementedError


# --- hashes ----------------------------------------------------------------------------------------------------------
@EVP_H.function("const EVP_MD *EVP_sha256(void)")
def sha256_method() -> CAddress:
    raise NotImplementedError


@EVP_H.function("const EVP_MD *EVP_md5(void)")
def md5_method() -> CAddress:
    raise NotImplementedError


@EVP_H.function("int EVP_Digest(const void *, size_t, unsigned char *, unsigned int *, const EVP_MD *, ENGINE *)")
def digest(data: CData, count: CSize, result: CAddress, length: CWords, method: CAddress, engine: CAddress) -> CInt:
    raise NotImplementedError


@HMAC_H.function(
    "unsigned char *HMAC(const EVP_MD *, const void *, int, const unsigned char *, size_t, unsigned char *, unsigned int *)"
)
def authentication_code(
    method: CAddress, key: CData, key_length: CInt, data: CData, count: CSize, result: CAddress, length: CWords
) -> CAddress:
    raise NotImplementedError


# --- AES -------------------------------------------------------------------------------------------------------------
@EVP_H.function("const EVP_CIPHER *EVP_aes_256_gcm(void)")
def aes_256_gcm() -> CAddress:
    raise NotImplementedError


@EVP_H.function("EVP_CIPHER_CTX *EVP_CIPHER_CTX_new(void)")
def new_cipher() -> CAddress:
    raise NotImplementedError


@EVP_H.function("void EVP_CIPHER_CTX_free(EVP_CIPHER_CTX *)")
def free_cipher(cipher: CAddress) -> None:
    raise NotImplementedError


@EVP_H.function("int EVP_CIPHER_CTX_ctrl(EVP_CIPHER_CTX *, int, int, void *)")
def control_cipher(cipher: CAddress, what: CInt, number: CInt, place: CAddress) -> CInt:
    raise NotImplementedError


@EVP_H.function(
    "int EVP_EncryptInit_ex(EVP_CIPHER_CTX *, const EVP_CIPHER *, ENGINE *, const unsigned char *, const unsigned char *)"
)
def start_encryption(cipher: CAddress, method: CAddress, engine: CAddress, key: CData, nonce: CData) -> CInt:
    raise NotImplementedError


@EVP_H.function("int EVP_EncryptUpdate(EVP_CIPHER_CTX *, unsigned char *, int *, const unsigned char *, int)")
def encrypt(cipher: CAddress, target: CAddress, length: CWords, data: CData, count: CInt) -> CInt:
    raise NotImplementedError


@EVP_H.function("int EVP_EncryptFinal_ex(EVP_CIPHER_CTX *, unsigned char *, int *)")
def end_encryption(cipher: CAddress, target: CAddress, length: CWords) -> CInt:
    raise NotImplementedError


@EVP_H.function(
    "int EVP_DecryptInit_ex(EVP_CIPHER_CTX *, const EVP_CIPHER *, ENGINE *, const unsigned char *, const unsigned char *)"
)
def start_decryption(cipher: CAddress, method: CAddress, engine: CAddress, key: CData, nonce: CData) -> CInt:
    raise NotImplementedError


@EVP_H.function("int EVP_DecryptUpdate(EVP_CIPHER_CTX *, unsigned char *, int *, const unsigned char *, int)")
def decrypt(cipher: CAddress, target: CAddress, length: CWords, data: CData, count: CInt) -> CInt:
    raise NotImplementedError


@EVP_H.function("int EVP_DecryptFinal_ex(EVP_CIPHER_CTX *, unsigned char *, int *)")
def end_decryption(cipher: CAddress, target: CAddress, length: CWords) -> CInt:
    raise NotImplementedError


# --- keys ------------------------------------------------------------------------------------------------------------
@EVP_H.function("EVP_PKEY_CTX *EVP_PKEY_CTX_new_id(int, ENGINE *)")
def new_key_operation_of_kind(kind: CInt, engine: CAddress) -> CAddress:
    raise NotImplementedError


@EVP_H.function("EVP_PKEY_CTX *EVP_PKEY_CTX_new(EVP_PKEY *, ENGINE *)")
def new_key_operation(key: CAddress, engine: CAddress) -> CAddress:
    raise NotImplementedError


@EVP_H.function("void EVP_PKEY_CTX_free(EVP_PKEY_CTX *)")
def free_key_operation(operation: CAddress) -> None:
    raise NotImplementedError


@EVP_H.function("int EVP_PKEY_CTX_ctrl_str(EVP_PKEY_CTX *, const char *, const char *)")
def set_key_option(operation: CAddress, name: CText, value: CText) -> CInt:
    raise NotImplementedError


@EVP_H.function("int EVP_PKEY_keygen_init(EVP_PKEY_CTX *)")
def start_making_key(operation: CAddress) -> CInt:
    raise NotImplementedError


@EVP_H.function("int EVP_PKEY_keygen(EVP_PKEY_CTX *, EVP_PKEY **)")
def make_key(operation: CAddress, key: CWords) -> CInt:
    raise NotImplementedError


@EVP_H.function("void EVP_PKEY_free(EVP_PKEY *)")
def free_key(key: CAddress) -> None:
    raise NotImplementedError


@EVP_H.function("int EVP_PKEY_encrypt_init(EVP_PKEY_CTX *)")
def start_key_encryption(operation: CAddress) -> CInt:
    raise NotImplementedError


@EVP_H.function("int EVP_PKEY_encrypt(EVP_PKEY_CTX *, unsigned char *, size_t *, const unsigned char *, size_t)")
def encrypt_by_key(operation: CAddress, target: CAddress, length: CWords, data: CData, count: CSize) -> CInt:
    raise NotImplementedError


@EVP_H.function("int EVP_PKEY_decrypt_init(EVP_PKEY_CTX *)")
def start_key_decryption(operation: CAddress) -> CInt:
    raise NotImplementedError


@EVP_H.function("int EVP_PKEY_decrypt(EVP_PKEY_CTX *, unsigned char *, size_t *, const unsigned char *, size_t)")
def decrypt_by_key(operation: CAddress, target: CAddress, length: CWords, data: CData, count: CSize) -> CInt:
    raise NotImplementedError


@EVP_H.function("EVP_MD_CTX *EVP_MD_CTX_new(void)")
def new_signing() -> CAddress:
    raise NotImplementedError


@EVP_H.function("void EVP_MD_CTX_free(EVP_MD_CTX *)")
def free_signing(signing: CAddress) -> None:
    raise NotImplementedError


@EVP_H.function("int EVP_DigestSignInit(EVP_MD_CTX *, EVP_PKEY_CTX **, const EVP_MD *, ENGINE *, EVP_PKEY *)")
def start_signing(signing: CAddress, operation: CAddress, method: CAddress, engine: CAddress, key: CAddress) -> CInt:
    raise NotImplementedError


@EVP_H.function("int EVP_DigestSign(EVP_MD_CTX *, unsigned char *, size_t *, const unsigned char *, size_t)")
def sign(signing: CAddress, target: CAddress, length: CWords, data: CData, count: CSize) -> CInt:
    raise NotImplementedError


@EVP_H.function("int EVP_DigestVerifyInit(EVP_MD_CTX *, EVP_PKEY_CTX **, const EVP_MD *, ENGINE *, EVP_PKEY *)")
def start_verifying(signing: CAddress, operation: CAddress, method: CAddress, engine: CAddress, key: CAddress) -> CInt:
    raise NotImplementedError


@EVP_H.function("int EVP_DigestVerify(EVP_MD_CTX *, const unsigned char *, size_t, const unsigned char *, size_t)")
def verify(signing: CAddress, signature: CData, signature_length: CSize, data: CData, count: CSize) -> CInt:
    raise NotImplementedError


# --- keys as texts ---------------------------------------------------------------------------------------------------
@BIO_H.function("const BIO_METHOD *BIO_s_mem(void)")
def memory_method() -> CAddress:
    raise NotImplementedError


@BIO_H.function("BIO *BIO_new(const BIO_METHOD *)")
def new_stream(method: CAddress) -> CAddress:
    raise NotImplementedError


@BIO_H.function("int BIO_write(BIO *, const void *, int)")
def write_stream(stream: CAddress, data: CData, count: CInt) -> CInt:
    raise NotImplementedError


@BIO_H.function("int BIO_free(BIO *)")
def free_stream(stream: CAddress) -> CInt:
    raise NotImplementedError


@BIO_H.function("long BIO_ctrl(BIO *, int, long, void *)")
def control_stream(stream: CAddress, what: CInt, number: CLong, place: CWords) -> CLong:
    raise NotImplementedError


@PEM_H.function("int PEM_write_bio_PUBKEY(BIO *, const EVP_PKEY *)")
def write_public_key(stream: CAddress, key: CAddress) -> CInt:
    raise NotImplementedError


@PEM_H.function(
    "int PEM_write_bio_PKCS8PrivateKey(BIO *, const EVP_PKEY *, const EVP_CIPHER *, const char *, int, pem_password_cb *, void *)"
)
def write_private_key(
    stream: CAddress,
    key: CAddress,
    cipher: CAddress,
    password: CText | None,
    length: CInt,
    asks: CAddress,
    data: CAddress,
) -> CInt:
    raise NotImplementedError


@PEM_H.function("EVP_PKEY *PEM_read_bio_PUBKEY(BIO *, EVP_PKEY **, pem_password_cb *, void *)")
def read_public_key(stream: CAddress, key: CAddress, asks: CAddress, password: CAddress) -> CAddress:
    raise NotImplementedError


@PEM_H.function("EVP_PKEY *PEM_read_bio_PrivateKey(BIO *, EVP_PKEY **, pem_password_cb *, void *)")
def read_private_key(stream: CAddress, key: CAddress, asks: CAddress, password: CAddress) -> CAddress:
    raise NotImplementedError
