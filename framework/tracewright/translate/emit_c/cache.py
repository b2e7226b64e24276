"""Where builds keep what they can use again."""

import hashlib
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


def seal(path: Path) -> None:
    """Write the file's checksum beside it, now that it is complete."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    temporary.write_text(_checksum(path))
    temporary.replace(_seal_of(path))


def is_whole(path: Path) -> bool:
    """Whether the file is there and still what was sealed; then it counts as used again (see `prune`)."""
    try:
        if _seal_of(path).read_text() != _checksum(path):
            return False
        os.utime(_seal_of(path))
        os.utime(path)
    except (OSError, UnicodeDecodeError):
        return False
    return True


def remove_sealed(path: Path) -> None:
    """Delete the file and its checksum."""
    path.unlink(missing_ok=True)
    _seal_of(path).unlink(missing_ok=True)


def _seal_of(path: Path) -> Path:
    return path.with_name(path.name + ".sum")


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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
