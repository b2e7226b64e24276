"""Interpreters written in typed, restricted Python become native programs with a tracing JIT."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracewright.embed import EmbeddedLanguage

__all__ = ["load"]


def load(
    language: str | Path,
    *,
    memory_limit: int | None = None,
    time_limit: float | None = None,
    output_limit: int | None = None,
) -> EmbeddedLanguage:
    """Load a built language into this process; see `tracewright.embed`."""
    from tracewright import embed  # only now: most users of the package embed nothing

    return embed.load(language, embed.Limits(memory_limit, time_limit, output_limit or embed.OUTPUT_LIMIT))
