"""Where builds keep what they can use again."""

import os
import time
from pathlib import Path
from typing import Final

LARGEST_CACHE: Final = 1 << 30  # bytes of object files and sources; beyond it, the longest unused go
PRUNING_INTERVAL: Final = 24 * 3600.0


def cache_directory() -> Path:
    """$TRACEWRIGHT_CACHE, or a folder in the user's cache directory."""
    chosen = os.environ.get("TRACEWRIGHT_CACHE")
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(chosen) if chosen else base / "tracewright"


def prune(folder: Path, largest: int = LARGEST_CACHE, now: float | None = None) -> int:
    """Once a day, delete the files that were not used for the longest time, until the rest is small enough. How many went."""
    stamp = folder / "pruned"
    moment = time.time() if now is None else now
    if stamp.exists() and moment - stamp.stat().st_mtime < PRUNING_INTERVAL:
        return 0
    stamp.touch()
    os.utime(stamp, (moment, moment))
    files = [(path.stat(), path) for path in folder.glob("*-*.*") if path.is_file()]
    files.sort(key=lambda each: each[0].st_mtime, reverse=True)
    total = gone = 0
    for status, path in files:
        total += status.st_size
        if total > largest:
            path.unlink(missing_ok=True)
            gone += 1
    return gone
