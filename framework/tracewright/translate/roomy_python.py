"""What Python allows a translation: deep recursion, and no garbage collector in the way."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

DEEPEST: Final = 20_000  # expressions and joins of blocks nest


@contextmanager
def roomy_python() -> Iterator[None]:
    """Graphs and syntax trees live until the end, so looking for garbage among them finds none and takes a third of the time."""
    limit, collecting = sys.getrecursionlimit(), gc.isenabled()
    sys.setrecursionlimit(max(limit, DEEPEST))
    gc.disable()
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)
        if collecting:
            gc.enable()
