"""What a language's command line may ask of the JIT: set knobs, measure, report."""

from tracewright.jit.warm.report import statistics_text
from tracewright.jit.warm.state import JIT
from tracewright.jit.warm.trace_log import log_text


def configure(text: str) -> str:
    """Set knobs from `off` or `name=value,...`; gives an empty text, or what is wrong with it."""
    return JIT.parameters.set_from_text(text)


def measure() -> None:
    """Start the clocks of the statistics."""
    JIT.statistics.start()


def statistics() -> str:
    """Counters and the partition of time so far, as lines of text."""
    return statistics_text(JIT)


def trace_log() -> str:
    """All traces with their machine code, as `tracewright trace` reads them."""
    return log_text(JIT)
