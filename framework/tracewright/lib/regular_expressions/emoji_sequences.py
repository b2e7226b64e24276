"""Properties of strings as patterns that match them: `\\p{RGI_Emoji}` and its kin, of the flag `v`.

A flag is two regional indicators, a family people joined by U+200D: what is put together as Unicode's lists of sequences are, whether or not
it is on them, counts. So a pattern finds all recommended emoji whole, and also joined ones that nobody draws. Inside of classes these properties are not there yet.
"""

from __future__ import annotations

from typing import Final

_MODIFIED: Final = r"\p{Emoji_Modifier_Base}\p{Emoji_Modifier}"
_PART: Final = rf"(?:{_MODIFIED}|\p{{Extended_Pictographic}}\uFE0F?)"
_BY_TAGS: Final = (
    r"\u{1F3F4}\u{E0067}\u{E0062}"
    r"(?:\u{E0065}\u{E006E}\u{E0067}|\u{E0073}\u{E0063}\u{E0074}|\u{E0077}\u{E006C}\u{E0073})\u{E007F}"
)
_JOINED: Final = rf"{_PART}(?:\u200D{_PART})+"
_KEYCAP: Final = r"[0-9#*]\uFE0F\u20E3"
_FLAG: Final = r"\p{Regional_Indicator}{2}"
_SINGLE: Final = (
    r"[\p{Emoji_Presentation}--\p{Regional_Indicator}]|[[\p{Emoji}--\p{Emoji_Presentation}]--[0-9#*]]\uFE0F"
)

PATTERNS: Final[dict[str, str]] = {
    "Basic_Emoji": _SINGLE,
    "Emoji_Keycap_Sequence": _KEYCAP,
    "RGI_Emoji_Modifier_Sequence": _MODIFIED,
    "RGI_Emoji_Flag_Sequence": _FLAG,
    "RGI_Emoji_Tag_Sequence": _BY_TAGS,
    "RGI_Emoji_ZWJ_Sequence": _JOINED,
    "RGI_Emoji": f"{_BY_TAGS}|{_JOINED}|{_KEYCAP}|{_FLAG}|{_MODIFIED}|{_SINGLE}",
}
