"""Digests against CPython's `hashlib`, on texts around the lengths of blocks."""

import hashlib
import random

import pytest

from tracewright.lib import digests

LENGTHS = [0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 200, 1000]


def texts() -> list[bytes]:
    source = random.Random(5)
    return [source.randbytes(length) for length in LENGTHS]


@pytest.mark.parametrize("name", ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"])
def test_plain(name: str) -> None:
    for text in texts():
        assert getattr(digests, name)(text) == hashlib.new(name, text).digest()


@pytest.mark.parametrize("bits", [224, 256, 384, 512])
def test_sha3(bits: int) -> None:
    for text in texts():
        assert digests.keccak(text, 200 - bits // 4, 6, bits // 8) == hashlib.new(f"sha3_{bits}", text).digest()


def test_shake() -> None:
    for text in texts():
        assert digests.keccak(text, 168, 31, 300) == hashlib.shake_128(text).digest(300)


@pytest.mark.parametrize("is_long", [False, True])
@pytest.mark.parametrize("key", [b"", b"key"])
def test_blake2(is_long: bool, key: bytes) -> None:
    size = 64 if is_long else 32
    make = hashlib.blake2b if is_long else hashlib.blake2s
    parameters = bytes([size, len(key), 1, 1]) + bytes(size - 4)
    for text in texts():
        assert digests.blake2(text, parameters, key, size, is_long, False) == make(text, key=key).digest()
