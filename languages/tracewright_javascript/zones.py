"""The local time zone: the system's file (RFC 8536) that `TZ` names, or `/etc/localtime`; without either, UTC.

Behind the last change that the file lists, the offset of that change goes on: the rule at the file's end, for years to come, is not read.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.system import environment_variable, read_file

FOLDER: Final = "/usr/share/zoneinfo/"
LOCAL_FILE: Final = "/etc/localtime"
NAME_FILE: Final = b"/etc/timezone"
MAGIC: Final = b"TZif"
HEADER_BYTES: Final = 44
MILLISECONDS: Final = 1000


@final
class Zone:
    """Offsets from UTC by time. The offset number `n` holds from `changes[n - 1]` on, the first one before all of them."""

    def __init__(self, changes: list[int], offsets: list[int], names: list[str]) -> None:
        self.changes = changes  # milliseconds
        self.offsets = offsets  # milliseconds; one more than changes
        self.names = names

    def _index(self, time: int) -> int:
        low = 0
        high = len(self.changes)
        while low < high:
            middle = (low + high) >> 1
            if self.changes[middle] <= time:
                low = middle + 1
            else:
                high = middle
        return low

    def offset_at(self, time: int) -> int:
        """What local time is ahead of UTC by, at a time of UTC; milliseconds."""
        return self.offsets[self._index(time)]

    def name_at(self, time: int) -> str:
        """What the zone is called then."""
        return self.names[self._index(time)]

    def utc_of(self, local: int) -> int:
        """The time of UTC at a local one: of two the earlier; of none, as if the clock had not been put forward yet."""
        before = local - self.offset_at(local - 86_400_000)
        after = local - self.offset_at(local + 86_400_000)
        early, late = min(before, after), max(before, after)
        if early + self.offset_at(early) == local:
            return early
        return late if late + self.offset_at(late) == local else before


def utc_zone() -> Zone:
    """UTC."""
    return Zone([], [0], ["UTC"])


def local_zone() -> Zone:
    """The system's zone."""
    named = environment_variable(b"TZ")
    path = LOCAL_FILE
    if named is not None:
        text = named.decode("latin-1").lstrip(":")
        if text == "" or text == "UTC":
            return utc_zone()
        path = text if text.startswith("/") else FOLDER + text
    try:
        data = read_file(path.encode())
    except OSError:
        return utc_zone()
    return _read(data)


def local_zone_name() -> str:
    """What the system calls its zone, such as `Europe/Berlin`; UTC where that is not known."""
    named = environment_variable(b"TZ")
    if named is not None:
        text = named.decode("latin-1").lstrip(":").removeprefix(FOLDER)
        return "UTC" if text == "" else text
    try:
        return read_file(NAME_FILE).decode("latin-1").strip()
    except OSError:
        return "UTC"


def zone_named(name: str) -> Zone | None:
    """The zone of such a name; None where the system has none."""
    if name == "UTC":
        return utc_zone()
    if "." in name or name.startswith("/") or not name.isascii():
        return None
    try:
        data = read_file((FOLDER + name).encode())
    except OSError:
        return None
    return _read(data) if data[:4] == MAGIC else None


def _number(data: bytes, start: int, size: int) -> int:
    """A signed number, most significant byte first."""
    value = data[start] - 256 if data[start] >= 128 else data[start]
    for index in range(start + 1, start + size):
        value = value << 8 | data[index]
    return value


def _block_size(data: bytes, start: int, size: int) -> int:
    """The bytes of a block behind its header, whose times have `size` bytes."""
    counts = [_number(data, start + 20 + 4 * index, 4) for index in range(6)]
    return counts[3] * (size + 1) + counts[4] * 6 + counts[5] + counts[2] * (size + 4) + counts[1] + counts[0]


def _read(data: bytes) -> Zone:
    """A zone's file; UTC where it is none."""
    try:
        return _read_block(data)
    except IndexError:
        return utc_zone()


def _read_block(data: bytes) -> Zone:
    if data[:4] != MAGIC:
        return utc_zone()
    start = 0
    size = 4
    if data[4] >= 0x32:  # version 2: a second block with times of 8 bytes
        start = HEADER_BYTES + _block_size(data, 0, 4)
        size = 8
    count = _number(data, start + 32, 4)
    kinds = _number(data, start + 36, 4)
    times = start + HEADER_BYTES
    indexes = times + count * size
    rows = indexes + count
    texts = rows + kinds * 6
    offsets: list[int] = []
    names: list[str] = []
    changes: list[int] = []
    kind_numbers = [0] + [data[indexes + index] for index in range(count)]
    for number in kind_numbers:
        row = rows + number * 6
        offsets.append(_number(data, row, 4) * MILLISECONDS)
        stop = texts + data[row + 5]
        while data[stop] != 0:
            stop += 1
        names.append(data[texts + data[row + 5] : stop].decode("latin-1"))
    for index in range(count):
        changes.append(_number(data, times + index * size, size) * MILLISECONDS)
    return Zone(changes, offsets, names)
