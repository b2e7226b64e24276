"""Digests of bytes: MD5, SHA-1, SHA-2, SHA-3 with SHAKE, and BLAKE2, from their standards (RFC 1321, FIPS 180-4, FIPS 202, RFC 7693)."""

from __future__ import annotations

import math
from typing import Final

from tracewright.core.arrays import Array, array_of
from tracewright.core.integers import urshift, wrap_add, wrap_lshift

WORD: Final = 0xFFFFFFFF
BLOCK: Final = 64  # bytes of a block of the digests over words of 32 bits
LONG_BLOCK: Final = 128


def _primes(count: int) -> list[int]:
    found: list[int] = []
    number = 2
    while len(found) < count:
        if all(number % prime for prime in found):
            found.append(number)
        number += 1
    return found


def _root(number: int, degree: int) -> int:
    """The largest int whose power of that degree is not above the number."""
    low, high = 0, 1 << (number.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        if middle**degree <= number:
            low = middle
        else:
            high = middle - 1
    return low


def _fractions(count: int, degree: int, bits: int) -> list[int]:
    """The first bits of the fractions of roots of primes."""
    return [_root(prime << (bits * degree), degree) & ((1 << bits) - 1) for prime in _primes(count)]


def _signed(words: list[int]) -> list[int]:
    """Words of 64 bits as ints."""
    return [word - (1 << 64) if word >> 63 else word for word in words]


SHORT_ROUNDS: Final = array_of(_fractions(64, 3, 32))
LONG_ROUNDS: Final = array_of(_signed(_fractions(80, 3, 64)))
START_256: Final = _fractions(8, 2, 32)
START_512: Final = _signed(_fractions(8, 2, 64))
START_384: Final = _signed(_fractions(16, 2, 64)[8:])
START_224: Final = [word & WORD for word in _fractions(16, 2, 64)[8:]]


def padded(data: bytes, block: int, is_big: bool) -> bytes:
    """The data with a bit behind it and its length in bits at the end of the last block."""
    length_bytes = block >> 3
    result = bytearray(data)
    result.append(0x80)
    while len(result) % block != block - length_bytes:
        result.append(0)
    bits = len(data) * 8
    for k in range(length_bytes):
        place = length_bytes - 1 - k if is_big else k
        result.append(bits >> (8 * place) & 255 if place < 8 else 0)
    return bytes(result)


def words_at(data: bytes, start: int, count: int, size: int, is_big: bool, words: Array[int]) -> None:
    """Fill in words from bytes."""
    for index in range(count):
        word = 0
        place = start + index * size
        for k in range(size):
            word = wrap_lshift(word, 8) | data[place + k if is_big else place + size - 1 - k]
        words[index] = word


def bytes_of_words(words: list[int], size: int, is_big: bool) -> bytes:
    """Words as bytes."""
    result = bytearray()
    for word in words:
        for k in range(size):
            result.append(urshift(word, 8 * (size - 1 - k if is_big else k)) & 255)
    return bytes(result)


def turned_left(word: int, count: int) -> int:
    """32 bits in a circle."""
    return (word << count | word >> (32 - count)) & WORD


def turned_right(word: int, count: int) -> int:
    """64 bits in a circle."""
    return urshift(word, count) | wrap_lshift(word, 64 - count)


# --- MD5 and SHA-1 ---

_SINES: Final = array_of([int(abs(math.sin(index + 1)) * 4294967296.0) & WORD for index in range(64)])
_MD5_TURNS: Final = array_of([7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21])


def md5(data: bytes) -> bytes:
    """16 bytes."""
    whole = padded(data, BLOCK, False)
    state = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476]
    words: Array[int] = Array(16, 0)
    for start in range(0, len(whole), BLOCK):
        words_at(whole, start, 16, 4, False, words)
        a, b, c, d = state[0], state[1], state[2], state[3]
        for turn in range(64):
            if turn < 16:
                mixed, index = (b & c) | (~b & d), turn
            elif turn < 32:
                mixed, index = (d & b) | (~d & c), (5 * turn + 1) & 15
            elif turn < 48:
                mixed, index = b ^ c ^ d, (3 * turn + 5) & 15
            else:
                mixed, index = c ^ (b | (~d & WORD)), 7 * turn & 15
            total = (a + (mixed & WORD) + _SINES[turn] + words[index]) & WORD
            a, d, c = d, c, b
            b = (b + turned_left(total, _MD5_TURNS[(turn >> 4) * 4 + (turn & 3)])) & WORD
        state = [(state[0] + a) & WORD, (state[1] + b) & WORD, (state[2] + c) & WORD, (state[3] + d) & WORD]
    return bytes_of_words(state, 4, False)


def sha1(data: bytes) -> bytes:
    """20 bytes."""
    whole = padded(data, BLOCK, True)
    state = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0]
    words: Array[int] = Array(80, 0)
    for start in range(0, len(whole), BLOCK):
        words_at(whole, start, 16, 4, True, words)
        for turn in range(16, 80):
            words[turn] = turned_left(words[turn - 3] ^ words[turn - 8] ^ words[turn - 14] ^ words[turn - 16], 1)
        a, b, c, d, e = state[0], state[1], state[2], state[3], state[4]
        for turn in range(80):
            if turn < 20:
                mixed, constant = (b & c) | (~b & d), 0x5A827999
            elif turn < 40:
                mixed, constant = b ^ c ^ d, 0x6ED9EBA1
            elif turn < 60:
                mixed, constant = (b & c) | (b & d) | (c & d), 0x8F1BBCDC
            else:
                mixed, constant = b ^ c ^ d, 0xCA62C1D6
            total = (turned_left(a, 5) + (mixed & WORD) + e + constant + words[turn]) & WORD
            e, d, c, b, a = d, c, turned_left(b, 30), a, total
        state = [
            (state[0] + a) & WORD,
            (state[1] + b) & WORD,
            (state[2] + c) & WORD,
            (state[3] + d) & WORD,
            (state[4] + e) & WORD,
        ]
    return bytes_of_words(state, 4, True)


# --- SHA-2 ---


def _short_sha2(data: bytes, start_state: list[int]) -> bytes:
    whole = padded(data, BLOCK, True)
    state: Array[int] = Array(8, 0)
    for k in range(8):
        state[k] = start_state[k]
    words: Array[int] = Array(64, 0)
    for start in range(0, len(whole), BLOCK):
        words_at(whole, start, 16, 4, True, words)
        for turn in range(16, 64):
            x, y = words[turn - 15], words[turn - 2]
            low = turned_left(x, 25) ^ turned_left(x, 14) ^ x >> 3
            high = turned_left(y, 15) ^ turned_left(y, 13) ^ y >> 10
            words[turn] = (words[turn - 16] + low + words[turn - 7] + high) & WORD
        a, b, c, d = state[0], state[1], state[2], state[3]
        e, f, g, h = state[4], state[5], state[6], state[7]
        for turn in range(64):
            high = turned_left(e, 26) ^ turned_left(e, 21) ^ turned_left(e, 7)
            first = h + high + (e & f ^ ~e & g) + SHORT_ROUNDS[turn] + words[turn]
            low = turned_left(a, 30) ^ turned_left(a, 19) ^ turned_left(a, 10)
            second = low + (a & b ^ a & c ^ b & c)
            h, g, f = g, f, e
            e = (d + first) & WORD
            d, c, b = c, b, a
            a = (first + second) & WORD
        added = [a, b, c, d, e, f, g, h]
        for k in range(8):
            state[k] = (state[k] + added[k]) & WORD
    return bytes_of_words(list(state), 4, True)


def sha256(data: bytes) -> bytes:
    """32 bytes."""
    return _short_sha2(data, START_256)


def sha224(data: bytes) -> bytes:
    """28 bytes."""
    return _short_sha2(data, START_224)[:28]


def _long_sha2(data: bytes, start_state: list[int]) -> bytes:
    whole = padded(data, LONG_BLOCK, True)
    state: Array[int] = Array(8, 0)
    for k in range(8):
        state[k] = start_state[k]
    words: Array[int] = Array(80, 0)
    for start in range(0, len(whole), LONG_BLOCK):
        words_at(whole, start, 16, 8, True, words)
        for turn in range(16, 80):
            x, y = words[turn - 15], words[turn - 2]
            low = turned_right(x, 1) ^ turned_right(x, 8) ^ urshift(x, 7)
            high = turned_right(y, 19) ^ turned_right(y, 61) ^ urshift(y, 6)
            words[turn] = wrap_add(wrap_add(words[turn - 16], low), wrap_add(words[turn - 7], high))
        a, b, c, d = state[0], state[1], state[2], state[3]
        e, f, g, h = state[4], state[5], state[6], state[7]
        for turn in range(80):
            high = turned_right(e, 14) ^ turned_right(e, 18) ^ turned_right(e, 41)
            first = wrap_add(wrap_add(h, high), wrap_add(e & f ^ ~e & g, wrap_add(LONG_ROUNDS[turn], words[turn])))
            low = turned_right(a, 28) ^ turned_right(a, 34) ^ turned_right(a, 39)
            second = wrap_add(low, a & b ^ a & c ^ b & c)
            h, g, f = g, f, e
            e = wrap_add(d, first)
            d, c, b = c, b, a
            a = wrap_add(first, second)
        added = [a, b, c, d, e, f, g, h]
        for k in range(8):
            state[k] = wrap_add(state[k], added[k])
    return bytes_of_words(list(state), 8, True)


def sha512(data: bytes) -> bytes:
    """64 bytes."""
    return _long_sha2(data, START_512)


def sha384(data: bytes) -> bytes:
    """48 bytes."""
    return _long_sha2(data, START_384)[:48]


# --- SHA-3 ---


def _round_constants() -> list[int]:
    constants: list[int] = []
    register = 1
    for _ in range(24):
        constant = 0
        for power in range(7):
            if register & 1:
                constant |= 1 << ((1 << power) - 1)
            register = register << 1 ^ (0x171 if register & 0x80 else 0)
        constants.append(constant)
    return _signed(constants)


def _rotations() -> list[int]:
    turns = [0] * 25
    x, y = 1, 0
    for step in range(24):
        turns[x + 5 * y] = (step + 1) * (step + 2) // 2 % 64
        x, y = y, (2 * x + 3 * y) % 5
    return turns


KECCAK_CONSTANTS: Final = array_of(_round_constants())
KECCAK_TURNS: Final = array_of(_rotations())


def _mix(state: Array[int], columns: Array[int], moved: Array[int]) -> None:
    """24 rounds of Keccak-f."""
    for turn in range(24):
        for x in range(5):
            columns[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20]
        for x in range(5):
            change = columns[(x + 4) % 5] ^ turned_right(columns[(x + 1) % 5], 63)
            for y in range(0, 25, 5):
                state[x + y] ^= change
        for x in range(5):
            for y in range(5):
                place = x + 5 * y
                count = KECCAK_TURNS[place]
                word = state[place]
                moved[y + 5 * ((2 * x + 3 * y) % 5)] = turned_right(word, 64 - count) if count > 0 else word
        for y in range(0, 25, 5):
            for x in range(5):
                state[x + y] = moved[x + y] ^ (~moved[(x + 1) % 5 + y] & moved[(x + 2) % 5 + y])
        state[0] ^= KECCAK_CONSTANTS[turn]


def keccak(data: bytes, rate: int, mark: int, length: int) -> bytes:
    """A sponge that takes `rate` bytes at a time; `mark` is 6 for SHA-3 and 31 for SHAKE."""
    whole = bytearray(data)
    whole.append(mark)
    while len(whole) % rate != 0:
        whole.append(0)
    whole[len(whole) - 1] = whole[len(whole) - 1] | 0x80
    state: Array[int] = Array(25, 0)
    columns: Array[int] = Array(5, 0)
    moved: Array[int] = Array(25, 0)
    words: Array[int] = Array(rate >> 3, 0)
    taken = bytes(whole)
    for start in range(0, len(taken), rate):
        words_at(taken, start, rate >> 3, 8, False, words)
        for k in range(rate >> 3):
            state[k] ^= words[k]
        _mix(state, columns, moved)
    result = bytearray()
    while len(result) < length:
        result.extend(bytes_of_words([state[k] for k in range(rate >> 3)], 8, False))
        if len(result) < length:
            _mix(state, columns, moved)
    return bytes(result)[:length]


# --- BLAKE2 ---

_ORDER: Final = array_of(
    [
        *[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
        *[14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
        *[11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
        *[7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
        *[9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
        *[2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
        *[12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
        *[13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
        *[6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
        *[10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
    ]
)
_CROSS: Final = array_of(
    [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15, 0, 5, 10, 15, 1, 6, 11, 12, 2, 7, 8, 13, 3, 4, 9, 14]
)


def _turned(word: int, count: int, is_long: bool) -> int:
    return turned_right(word, count) if is_long else turned_left(word, 32 - count)


def _sum(a: int, b: int, c: int, is_long: bool) -> int:
    return wrap_add(wrap_add(a, b), c) if is_long else (a + b + c) & WORD


def blake2(data: bytes, parameters: bytes, key: bytes, length: int, is_long: bool, is_last_node: bool) -> bytes:
    """BLAKE2b (`is_long`) or BLAKE2s; `parameters` is the block of parameters, 64 or 32 bytes."""
    size = 8 if is_long else 4
    block = 16 * size
    start_words = START_512 if is_long else START_256
    words: Array[int] = Array(16, 0)
    words_at(parameters, 0, 8, size, False, words)
    state: Array[int] = Array(8, 0)
    for k in range(8):
        state[k] = start_words[k] ^ words[k]
    whole = data if len(key) == 0 else key + bytes(block - len(key)) + data
    row: Array[int] = Array(16, 0)
    count = max((len(whole) + block - 1) // block, 1)
    for index in range(count):
        piece = whole[index * block : (index + 1) * block]
        is_last = index == count - 1
        done = min((index + 1) * block, len(whole))
        words_at(piece + bytes(block - len(piece)), 0, 16, size, False, words)
        for k in range(8):
            row[k] = state[k]
            row[k + 8] = start_words[k]
        row[12] ^= done if is_long else done & WORD
        if not is_long:
            row[13] ^= done >> 32
        full = -1 if is_long else WORD
        if is_last:
            row[14] ^= full
            if is_last_node:
                row[15] ^= full
        for turn in range(12 if is_long else 10):
            for step in range(8):
                a, b, c, d = _CROSS[4 * step], _CROSS[4 * step + 1], _CROSS[4 * step + 2], _CROSS[4 * step + 3]
                order = turn % 10 * 16 + 2 * step
                row[a] = _sum(row[a], row[b], words[_ORDER[order]], is_long)
                row[d] = _turned(row[d] ^ row[a], 32 if is_long else 16, is_long)
                row[c] = _sum(row[c], row[d], 0, is_long)
                row[b] = _turned(row[b] ^ row[c], 24 if is_long else 12, is_long)
                row[a] = _sum(row[a], row[b], words[_ORDER[order + 1]], is_long)
                row[d] = _turned(row[d] ^ row[a], 16 if is_long else 8, is_long)
                row[c] = _sum(row[c], row[d], 0, is_long)
                row[b] = _turned(row[b] ^ row[c], 63 if is_long else 7, is_long)
        for k in range(8):
            state[k] ^= row[k] ^ row[k + 8]
    return bytes_of_words(list(state), size, False)[:length]
