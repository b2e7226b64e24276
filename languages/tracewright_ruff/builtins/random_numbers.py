"""Random numbers: ChaCha with 12 rounds, so that a seeded program draws what it draws everywhere."""

from typing import Final, final

from tracewright.core.integers import (
    count_leading_zeros,
    ule,
    umul_high,
    urshift,
    wrap_add,
    wrap_lshift,
    wrap_mul,
    wrap_sub,
)
from tracewright_ruff.session import W_Object

_LOW: Final = 0xFFFFFFFF
_ROUNDS: Final = 12
_BLOCK_WORDS: Final = 16
_FIRST_WORDS: Final[list[int]] = [0x61707865, 0x3320646E, 0x79622D32, 0x6B206574]  # "expand 32-byte k"
_PCG_FACTOR: Final = 6364136223846793005
_PCG_STEP: Final = 11634580027462260723 - (1 << 64)  # the same word, signed


@final
class RandomNumbers(W_Object):
    """A stream of random words that one number determines."""

    def __init__(self, seed: int) -> None:
        self.key: list[int] = _key_words(seed)
        self.block_number = 0
        self.words: list[int] = []
        self.used = 0  # of `words`

    def next_word(self) -> int:
        """The next 64 bits, as a signed word."""
        low = self._next_half()
        return wrap_lshift(self._next_half(), 32) | low

    def next_float(self) -> float:
        """A number in 0..1, 1 excluded."""
        return float(urshift(self.next_word(), 11)) * (1.0 / 9007199254740992.0)

    def next_below(self, limit: int) -> int:
        """An int in 0..limit-1, all equally likely; `limit` is read as unsigned, and 0 stands for 2**64."""
        if limit == 0:
            return self.next_word()
        zone = wrap_sub(wrap_lshift(limit, count_leading_zeros(limit)), 1)
        while True:
            word = self.next_word()
            if ule(wrap_mul(word, limit), zone):
                return umul_high(word, limit)

    def _next_half(self) -> int:
        if self.used == len(self.words):
            self.words = _block(self.key, self.block_number)
            self.block_number += 1
            self.used = 0
        self.used += 1
        return self.words[self.used - 1]


def _key_words(seed: int) -> list[int]:
    """Eight words that a small generator (PCG) makes of the seed."""
    words: list[int] = []
    state = seed
    for _ in range(8):
        state = wrap_add(wrap_mul(state, _PCG_FACTOR), _PCG_STEP)
        mixed = urshift(urshift(state, 18) ^ state, 27) & _LOW
        turn = urshift(state, 59)
        words.append(((mixed >> turn) | wrap_lshift(mixed, 32 - turn)) & _LOW)
    return words


def _block(key: list[int], number: int) -> list[int]:
    """The sixteen words of one block."""
    start = _FIRST_WORDS + key
    start.append(number & _LOW)
    start.append(urshift(number, 32))
    start.append(0)
    start.append(0)
    words = start.copy()
    for _ in range(_ROUNDS // 2):
        for column in range(4):
            _quarter_round(words, column, 4 + column, 8 + column, 12 + column)
        for column in range(4):
            _quarter_round(words, column, 4 + (column + 1) % 4, 8 + (column + 2) % 4, 12 + (column + 3) % 4)
    for index in range(_BLOCK_WORDS):
        words[index] = (words[index] + start[index]) & _LOW
    return words


def _quarter_round(words: list[int], a: int, b: int, c: int, d: int) -> None:
    words[a] = (words[a] + words[b]) & _LOW
    words[d] = _rotated(words[d] ^ words[a], 16)
    words[c] = (words[c] + words[d]) & _LOW
    words[b] = _rotated(words[b] ^ words[c], 12)
    words[a] = (words[a] + words[b]) & _LOW
    words[d] = _rotated(words[d] ^ words[a], 8)
    words[c] = (words[c] + words[d]) & _LOW
    words[b] = _rotated(words[b] ^ words[c], 7)


def _rotated(word: int, count: int) -> int:
    return ((word << count) | (word >> (32 - count))) & _LOW
