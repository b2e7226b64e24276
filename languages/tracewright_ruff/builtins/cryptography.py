"""Passwords, AES and RSA, by libcrypto.

passwords  scrypt (RFC 7914), written as `$scrypt$ln=15,r=8,p=1$salt$hash`; those of bcrypt are verified too, by libcrypt
AES        256 bits, in Galois/counter mode; the key is the SHA-256 of the text; nonce (12 bytes), data, tag (16 bytes)
RSA        OAEP with SHA-256 to encrypt, PKCS #1 v1.5 with SHA-256 to sign; keys are PEM texts (SubjectPublicKeyInfo, PKCS #8)
"""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.foreign import NULL, MissingLibrary, allocate, bytes_at, release, text_at
from tracewright.core.memory import store8
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.utf8 import decode_lossy
from tracewright_ruff import libraries_crypt
from tracewright_ruff import libraries_crypto as crypto
from tracewright_ruff.builtins.arguments import int_at
from tracewright_ruff.builtins.arguments import text_at as text_argument
from tracewright_ruff.builtins.base64 import decoded, encoded_text
from tracewright_ruff.builtins.hashes import require_crypto
from tracewright_ruff.builtins.system_errors import bytes_argument, bytes_value
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Dict, as_string, text_value
from tracewright_ruff.session import ARITY_ANY, Session, W_Native

NONCE: Final = 12  # bytes, as the others here
TAG: Final = 16
BCRYPT: Final = b"$2b$"
COST: Final = 12  # 2**12 turns
MOST_DATA: Final = 1 << 30
KEY_BITS: Final[list[int]] = [2048, 3072, 4096]
ENCRYPT: Final = 0  # what `_through_key` does
DECRYPT: Final = 1
SIGN: Final = 2
RSA_NAMES: Final[list[str]] = ["rsa_encrypt", "rsa_decrypt", "rsa_sign"]


# --- arguments -------------------------------------------------------------------------------------------------------
def _texts(stack: VMStack, first: int, count: int, expected: int, message: str) -> list[str]:
    """The first `expected` arguments, all of them texts."""
    if count < expected:
        raise GuestError(message)
    return [text_argument(stack, first + index, message) for index in range(expected)]


def random_bytes(count: int) -> bytes:
    """Fit for keys."""
    place = allocate(count)
    try:
        if crypto.random_bytes(place, count) != 1:
            raise GuestError("libcrypto has no random numbers")
        return bytes_at(place, count)
    finally:
        release(place)


# --- passwords -------------------------------------------------------------------------------------------------------
def _require_crypt() -> None:
    try:
        libraries_crypt.CRYPT.require()
    except MissingLibrary as error:
        raise GuestError(str(error))


def _password(text: str, name: str) -> bytes:
    if "\0" in text:
        raise GuestError(f"{name}() password must not contain NUL characters")
    return text.encode()


def native_hash_password(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`hash_password(password)`: a text to be kept, of 60 characters"""
    text = _texts(stack, first, count, 1, "hash_password() requires a string argument")[0]
    password = _password(text, "hash_password")
    _require_crypt()
    settings = libraries_crypt.new_settings(BCRYPT, COST, NULL, 0)  # with a salt of the system's random numbers
    if settings != NULL:
        place = libraries_crypt.hashed(password, text_at(settings))
        if place != NULL:
            return text_value(decode_lossy(text_at(place)))
    raise GuestError("hash_password() failed: libcrypt does not know bcrypt")


def native_verify_password(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`verify_password(password, hash)`: whether the hash is this password's; of any kind that libcrypt knows"""
    texts = _texts(stack, first, count, 2, "verify_password() requires a password and a hash string")
    password = _password(texts[0], "verify_password")
    _require_crypt()
    known = texts[1].encode()
    place = libraries_crypt.hashed(password, known) if known.startswith(b"$") and 0 not in known else NULL
    result = text_at(place) if place != NULL else b"*"
    if result.startswith(b"*"):
        raise GuestError("verify_password() hash is of no kind that is known")
    return Value.of_bool(are_same(result, known))


def are_same(left: bytes, right: bytes) -> bool:
    """In a time that does not tell where they differ."""
    different = len(left) ^ len(right)
    for index in range(min(len(left), len(right))):
        different |= left[index] ^ right[index]
    return different == 0


# --- AES -------------------------------------------------------------------------------------------------------------
def _aes_key(text: str) -> bytes:
    place = allocate(crypto.LONGEST_DIGEST)
    try:
        data = text.encode()
        crypto.digest(data, len(data), place, Array(1, 0), crypto.sha256_method(), NULL)
        return bytes_at(place, 32)
    finally:
        release(place)


def _encrypted(data: bytes, key: str) -> bytes:
    """Nonce, data and tag."""
    require_crypto()
    if len(data) > MOST_DATA:
        raise GuestError("AES encryption failed: the data is too long")
    nonce = random_bytes(NONCE)
    cipher = crypto.new_cipher()
    target = allocate(len(data) + 2 * TAG)
    length = Array(1, 0)
    try:
        done = crypto.start_encryption(cipher, crypto.aes_256_gcm(), NULL, _aes_key(key), nonce)
        done &= crypto.encrypt(cipher, target, length, data, len(data))
        done &= crypto.end_encryption(cipher, target + len(data), length)
        done &= crypto.control_cipher(cipher, crypto.GCM_GET_TAG, TAG, target + len(data))
        if done != 1:
            raise GuestError("AES encryption failed")
        return nonce + bytes_at(target, len(data) + TAG)
    finally:
        release(target)
        crypto.free_cipher(cipher)


def _decrypted(data: bytes, key: str) -> bytes:
    """What was encrypted so with the same key. Raises GuestError."""
    require_crypto()
    count = len(data) - NONCE - TAG
    if count < 0 or count > MOST_DATA:
        raise GuestError("AES decryption failed: the data is too short")
    cipher = crypto.new_cipher()
    target = allocate(count + 2 * TAG)
    length = Array(1, 0)
    tag = target + count + TAG
    try:
        for index in range(TAG):
            store8(tag + index, data[NONCE + count + index])
        done = crypto.start_decryption(cipher, crypto.aes_256_gcm(), NULL, _aes_key(key), data[:NONCE])
        done &= crypto.decrypt(cipher, target, length, data[NONCE : NONCE + count], count)
        done &= crypto.control_cipher(cipher, crypto.GCM_SET_TAG, TAG, tag)
        if done != 1 or crypto.end_decryption(cipher, target + count, length) != 1:
            crypto.forget_errors()
            raise GuestError("AES decryption failed: the key is another one, or the data was changed")
        return bytes_at(target, count)
    finally:
        release(target)
        crypto.free_cipher(cipher)


def native_aes_encrypt(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`aes_encrypt(text, key)`: a text in base64"""
    texts = _texts(stack, first, count, 2, "aes_encrypt() requires plaintext and key strings")
    return text_value(encoded_text(_encrypted(texts[0].encode(), texts[1])))


def native_aes_decrypt(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`aes_decrypt(ciphertext, key)`: the text"""
    texts = _texts(stack, first, count, 2, "aes_decrypt() requires ciphertext and key strings")
    data = _decrypted(decoded(texts[0].encode()), texts[1])
    try:
        return text_value(data.decode())
    except UnicodeDecodeError:
        raise GuestError("AES decryption failed: the data is no text")


def native_aes_encrypt_bytes(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`aes_encrypt_bytes(data, key)`: bytes; of a text, what `aes_encrypt` gives"""
    if count >= 2 and as_string(stack[first]) is not None:
        return native_aes_encrypt(session, stack, first, count, moved)
    data, key = _bytes_and_key(stack, first, count, "aes_encrypt_bytes")
    return bytes_value(_encrypted(data, key))


def native_aes_decrypt_bytes(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`aes_decrypt_bytes(data, key)`: bytes; of a text, what `aes_decrypt` gives"""
    if count >= 2 and as_string(stack[first]) is not None:
        return native_aes_decrypt(session, stack, first, count, moved)
    data, key = _bytes_and_key(stack, first, count, "aes_decrypt_bytes")
    return bytes_value(_decrypted(data, key))


def _bytes_and_key(stack: VMStack, first: int, count: int, name: str) -> tuple[bytes, str]:
    message = f"{name}() requires bytes and a key string"
    if count < 2:
        raise GuestError(message)
    return bytes_argument(stack, first, count, 0, message), text_argument(stack, first + 1, message)


# --- RSA: keys -------------------------------------------------------------------------------------------------------
def native_generate_keypair(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`rsa_generate_keypair(bits)`: a dictionary of `public` and `private`"""
    bits = int_at(stack, first, "rsa_generate_keypair() requires a key size") if count > 0 else KEY_BITS[0]
    if bits not in KEY_BITS:
        raise GuestError("rsa_generate_keypair() key size must be 2048, 3072 or 4096")
    require_crypto()
    operation = crypto.new_key_operation_of_kind(crypto.KEY_RSA, NULL)
    key = Array(1, NULL)
    try:
        done = crypto.start_making_key(operation)
        done &= crypto.set_key_option(operation, b"rsa_keygen_bits", str(bits).encode())
        if done != 1 or crypto.make_key(operation, key) != 1:
            raise GuestError("rsa_generate_keypair() failed")
        table = W_Dict(session.dict_shape)
        table.set_text("public", text_value(_pem(key[0], False)))
        table.set_text("private", text_value(_pem(key[0], True)))
        return Value.of_object(table)
    finally:
        crypto.free_key(key[0])
        crypto.free_key_operation(operation)


def _pem(key: int, is_private: bool) -> str:
    stream = crypto.new_stream(crypto.memory_method())
    place = Array(1, NULL)
    try:
        if is_private:
            done = crypto.write_private_key(stream, key, NULL, None, 0, NULL, NULL)
        else:
            done = crypto.write_public_key(stream, key)
        count = crypto.control_stream(stream, crypto.BIO_INFO, 0, place)
        if done != 1:
            raise GuestError("rsa_generate_keypair() failed")
        return decode_lossy(bytes_at(place[0], count))
    finally:
        crypto.free_stream(stream)


def _read_key(text: str, is_private: bool, name: str) -> int:
    """A key, to be freed."""
    stream = crypto.new_stream(crypto.memory_method())
    data = text.encode()
    no_password = allocate(1)  # else the library asks for one at the terminal
    try:
        crypto.write_stream(stream, data, len(data))
        if is_private:
            key = crypto.read_private_key(stream, NULL, NULL, no_password)
        else:
            key = crypto.read_public_key(stream, NULL, NULL, no_password)
    finally:
        release(no_password)
        crypto.free_stream(stream)
        crypto.forget_errors()
    if key == NULL:
        raise GuestError(f"{name}() requires a {'private' if is_private else 'public'} key in PEM format")
    return key


# --- RSA: use --------------------------------------------------------------------------------------------------------
def native_encrypt(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`rsa_encrypt(text, public)`: a text in base64"""
    texts = _texts(stack, first, count, 2, "rsa_encrypt() requires plaintext and public key strings")
    require_crypto()
    result = _through_key(texts[0].encode(), texts[1], ENCRYPT)
    if result is None:
        raise GuestError("RSA encryption failed: the text is too long for the key")
    return text_value(encoded_text(result))


def native_decrypt(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`rsa_decrypt(ciphertext, private)`: the text"""
    texts = _texts(stack, first, count, 2, "rsa_decrypt() requires ciphertext and private key strings")
    require_crypto()
    result = _through_key(decoded(texts[0].encode()), texts[1], DECRYPT)
    if result is None:
        raise GuestError("RSA decryption failed: the key is another one, or the data was changed")
    try:
        return text_value(result.decode())
    except UnicodeDecodeError:
        raise GuestError("RSA decryption failed: the data is no text")


def native_sign(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`rsa_sign(text, private)`: a text in base64"""
    texts = _texts(stack, first, count, 2, "rsa_sign() requires message and private key strings")
    require_crypto()
    result = _through_key(texts[0].encode(), texts[1], SIGN)
    if result is None:
        raise GuestError("RSA signing failed: the key cannot sign")
    return text_value(encoded_text(result))


def _through_key(data: bytes, pem: str, action: int) -> bytes | None:
    """What becomes of the data; None if the library refuses it. Raises GuestError for a key of the wrong kind."""
    name = RSA_NAMES[action]
    key = _read_key(pem, action != ENCRYPT, name)
    handle = crypto.new_signing() if action == SIGN else crypto.new_key_operation(key, NULL)
    target = NULL
    length = Array(1, 0)
    try:
        if not _start(handle, key, action):
            if action == SIGN:
                return None
            raise GuestError(f"{name}() requires an RSA key")
        if _step(handle, NULL, length, data, action) != 1:  # only how long the result is
            return None
        target = allocate(length[0])
        if _step(handle, target, length, data, action) != 1:
            return None
        return bytes_at(target, length[0])
    finally:
        release(target)
        if action == SIGN:
            crypto.free_signing(handle)
        else:
            crypto.free_key_operation(handle)
        crypto.free_key(key)
        crypto.forget_errors()


def _start(handle: int, key: int, action: int) -> bool:
    """Begin, with OAEP and SHA-256."""
    if action == SIGN:
        return crypto.start_signing(handle, NULL, crypto.sha256_method(), NULL, key) == 1
    if action == ENCRYPT:
        done = crypto.start_key_encryption(handle)
    else:
        done = crypto.start_key_decryption(handle)
    if done != 1 or crypto.set_key_option(handle, b"rsa_padding_mode", b"oaep") != 1:
        return False
    return crypto.set_key_option(handle, b"rsa_oaep_md", b"sha256") == 1


def _step(handle: int, target: int, length: Array[int], data: bytes, action: int) -> int:
    """Write the result to `target` and how long it is to `length`; without target only that, at most. 1 if it went well."""
    if action == SIGN:
        return crypto.sign(handle, target, length, data, len(data))
    if action == ENCRYPT:
        return crypto.encrypt_by_key(handle, target, length, data, len(data))
    return crypto.decrypt_by_key(handle, target, length, data, len(data))


def native_verify(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`rsa_verify(text, signature, public)`: whether the owner of the key has signed the text"""
    texts = _texts(stack, first, count, 3, "rsa_verify() requires message, signature and public key strings")
    require_crypto()
    data = texts[0].encode()
    signature = decoded(texts[1].encode())
    key = _read_key(texts[2], False, "rsa_verify")
    signing = crypto.new_signing()
    try:
        if crypto.start_verifying(signing, NULL, crypto.sha256_method(), NULL, key) != 1:
            raise GuestError("rsa_verify() requires a key that can verify")
        return Value.of_bool(crypto.verify(signing, signature, len(signature), data, len(data)) == 1)
    finally:
        crypto.free_signing(signing)
        crypto.free_key(key)
        crypto.forget_errors()


ROWS: Final[list[W_Native]] = [
    W_Native("hash_password", 1, 1, ARITY_ANY, native_hash_password),
    W_Native("verify_password", 2, 2, ARITY_ANY, native_verify_password),
    W_Native("aes_encrypt", 2, 2, ARITY_ANY, native_aes_encrypt),
    W_Native("aes_decrypt", 2, 2, ARITY_ANY, native_aes_decrypt),
    W_Native("aes_encrypt_bytes", 2, 2, ARITY_ANY, native_aes_encrypt_bytes),
    W_Native("aes_decrypt_bytes", 2, 2, ARITY_ANY, native_aes_decrypt_bytes),
    W_Native("rsa_generate_keypair", 0, 1, ARITY_ANY, native_generate_keypair),
    W_Native("rsa_encrypt", 2, 2, ARITY_ANY, native_encrypt),
    W_Native("rsa_decrypt", 2, 2, ARITY_ANY, native_decrypt),
    W_Native("rsa_sign", 2, 2, ARITY_ANY, native_sign),
    W_Native("rsa_verify", 3, 3, ARITY_ANY, native_verify),
]
