"""Forms of a guest program that `tracewright show` prints: its tokens and its tree. Hosted only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tracewright_javascript.tree_text import show_tokens, show_tree

SHOWS: Final[dict[str, Callable[[str, str], str]]] = {"tokens": show_tokens, "tree": show_tree}
