"""The letters behind a regular expression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, final

LETTERS: Final = "dgimsuvy"
MODIFIERS: Final = "ims"  # those that a part of a pattern may have for itself


@final
@dataclass(frozen=True)
class Flags:
    """One field for each letter."""

    has_indices: bool = False  # d
    is_global: bool = False  # g
    ignores_case: bool = False  # i
    is_multiline: bool = False  # m
    dot_matches_all: bool = False  # s
    is_unicode: bool = False  # u
    is_unicode_sets: bool = False  # v
    is_sticky: bool = False  # y

    def reads_code_points(self) -> bool:
        """Whether a pair of surrogates is one character, and the pattern's grammar the strict one."""
        return self.is_unicode or self.is_unicode_sets

    def same_modifiers(self, other: Flags) -> bool:
        """Whether the two agree in the MODIFIERS."""
        same_lines = self.is_multiline == other.is_multiline and self.dot_matches_all == other.dot_matches_all
        return same_lines and self.ignores_case == other.ignores_case

    def changed(self, added: str, taken: str) -> Flags:
        """With some of the MODIFIERS on and others off."""
        ignores_case = "i" in added or (self.ignores_case and "i" not in taken)
        is_multiline = "m" in added or (self.is_multiline and "m" not in taken)
        dot_matches_all = "s" in added or (self.dot_matches_all and "s" not in taken)
        return Flags(
            self.has_indices,
            self.is_global,
            ignores_case,
            is_multiline,
            dot_matches_all,
            self.is_unicode,
            self.is_unicode_sets,
            self.is_sticky,
        )


def flags_of(text: str) -> Flags | None:
    """What the letters say; None if one is unknown or stands twice, or `u` and `v` both stand there."""
    seen: list[bool] = [False for _ in LETTERS]
    for letter in text:
        index = LETTERS.find(letter)
        if index < 0 or seen[index]:
            return None
        seen[index] = True
    if seen[5] and seen[6]:
        return None
    return Flags(seen[0], seen[1], seen[2], seen[3], seen[4], seen[5], seen[6], seen[7])
