"""What a fresh word of each machine kind is."""

from typing import Final

ZERO_OF_KIND: Final[dict[str, object]] = {"i": 0, "f": 0.0, "r": None}
