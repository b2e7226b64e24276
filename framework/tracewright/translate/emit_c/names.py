"""C names for what the program names: readable, unique, and the same from one build to the next.

A name depends on its own text only, so adding a function or class never renames another one (unless the two would collide).
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final, final

LONGEST: Final = 120  # generic names can grow without bound; assemblers and readers would rather they did not

_NOT_IDENTIFIER: Final = re.compile(r"[^A-Za-z0-9]+")


def short_hash(text: str | bytes) -> str:
    """Ten hex digits that stand for the text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text).hexdigest()[:10]


def identifier(text: str) -> str:
    """`text` as a C identifier: runs of other characters become one underscore; long texts end in a hash."""
    plain = _NOT_IDENTIFIER.sub("_", text.replace("[", "__")).strip("_")
    if len(plain) > LONGEST:
        plain = f"{plain[: LONGEST - 11]}_{short_hash(text)}"
    return plain if plain and not plain[0].isdigit() else f"_{plain}"


@final
class NameTable:
    """Identifiers for a closed set of names; those that would share one get their hash appended, all of them."""

    def __init__(self, names: Iterable[str], prefix: str = "") -> None:
        takers: defaultdict[str, list[str]] = defaultdict(list)
        for name in sorted(set(names)):
            takers[prefix + identifier(name)].append(name)
        self._symbols: Final = {
            name: symbol if len(sharers) == 1 else f"{symbol}_{short_hash(name)}"
            for symbol, sharers in takers.items()
            for name in sharers
        }

    def __getitem__(self, name: str) -> str:
        return self._symbols[name]
