"""Floats where messages must tell them from ints."""

from tracewright.lib.float_text import float_positional


def float_debug(number: float) -> str:
    """Positional as Ruff prints floats, but integral values keep a `.0`."""
    text = float_positional(number)
    last = text[len(text) - 1 :]
    if "." in text or not last.isdigit():
        return text
    return text + ".0"
