"""The collector's knobs, a row each, and what it has done. `--gc name=value,...` sets them as `--jit` does the JIT's."""

from dataclasses import dataclass
from typing import Final

from tracewright.gc.heap import GROWTH, PORTION, REST_TIMES, SLICE_BYTES, SLICE_NANOSECONDS, Heap
from tracewright.gc.native import HEAP
from tracewright.gc.young_size import YOUNG_BYTES
from tracewright.lib.float_fixed import float_fixed


@dataclass(frozen=True, slots=True)
class Knob:
    """Its name on the command line, its default, the values it may take, and what it does."""

    name: str
    default: int
    minimum: int
    maximum: int
    explanation: str


_MOST: Final = 1 << 30
KNOBS: Final[list[Knob]] = [
    Knob(
        "young_kb",
        YOUNG_BYTES >> 10,
        64,
        _MOST,
        "allocated between two young collections; up to four times as much where that helps",
    ),
    Knob("growth", GROWTH, 1, 1000, "percent by which the old may grow before they are looked at"),
    Knob("slice_kb", SLICE_BYTES >> 10, 64, _MOST, "what is allocated between two slices of a collection"),
    Knob("slice_us", SLICE_NANOSECONDS // 1000, 0, _MOST, "microseconds that a slice may take; 0: it is one portion"),
    Knob(
        "rest", REST_TIMES, 0, 1000, "how many times as long as a slice of a full collection took the program then runs"
    ),
    Knob("portion", PORTION, 1, _MOST, "objects that are scanned between two looks at the clock"),
    Knob("log", 0, 0, _MOST, "n > 0: tell of pauses that take n microseconds or longer, on standard error"),
    Knob("stress", 0, 0, _MOST, "n > 0: a collection at every n-th allocation"),
]


def set_knob(heap: Heap, name: str, value: int) -> None:
    """Set the knob of this name."""
    match name:
        case "young_kb":
            heap.young_size.set_least(value << 10)
            heap.threshold = value << 10
        case "growth":
            heap.growth = value
        case "slice_kb":
            heap.slice_bytes = value << 10
        case "slice_us":
            heap.slice_nanoseconds = 1000 * value
        case "rest":
            heap.rest_times = value
        case "portion":
            heap.portion = value
        case "log":
            heap.log_from = 1000 * value
        case _:
            heap.set_stress(value)


def configure(text: str) -> str:
    """Set knobs of the running program from `name=value,...`; gives an empty text, or what is wrong with it."""
    for part in text.split(","):
        name, _, value_text = part.strip().partition("=")
        if name != "":
            problem = _set(name.strip(), value_text.strip())
            if problem != "":
                return problem
    return ""


def _set(name: str, value_text: str) -> str:
    for knob in KNOBS:
        if knob.name == name:
            try:
                value = int(value_text)
            except (ValueError, OverflowError):
                return f"GC parameter '{name}' needs a number, not '{value_text}'"
            if value < knob.minimum or value > knob.maximum:
                return f"GC parameter '{name}' must be between {knob.minimum} and {knob.maximum}, not {value}"
            set_knob(HEAP, name, value)
            return ""
    return f"there is no GC parameter '{name}'; there are: " + ", ".join([knob.name for knob in KNOBS])


def statistics() -> str:
    """What the collector of the running program has done: a line each of name and number."""
    heap = HEAP
    lines = [
        f"{'collecting':<22}{float_fixed(heap.nanoseconds / 1e6, 3):>12} ms",
        f"{'longest pause':<22}{float_fixed(heap.longest_pause / 1e6, 3):>12} ms",
    ]
    for name, count in (
        ("collections, slices", heap.collections),
        ("full collections", heap.full_collections),
        ("bytes allocated", heap.bytes_total + heap.allocated),
        ("bytes alive", heap.live),
        ("bytes of heap in use", heap.used_bytes),
    ):
        lines.append(f"{name:<22}{count:>12}")
    return "\n".join(lines) + "\n"
