"""`repr` of `str`, and the messages that quote a text."""

from typing import Final

from tracewright.core.text import StrBuffer, code_at, width_of
from tracewright.lib.builder import StringBuilder
from tracewright.lib.unicode_tables import PRINTABLE, has_flags

SPACE: Final = 32
QUOTE: Final = 39
DOUBLE_QUOTE: Final = 34
BACKSLASH: Final = 92


def str_repr(text: str) -> str:
    """`repr(text)`."""
    if width_of(text) == 1 and _is_plain(text):
        buffer = StrBuffer(1, len(text) + 2)
        buffer.put(0, QUOTE)
        buffer.put_range(1, text, 0, len(text))
        buffer.put(len(text) + 1, QUOTE)
        return buffer.finish()
    quote = QUOTE
    double_quotes = 0
    for index in range(len(text)):
        code = code_at(text, index)
        if code == QUOTE:
            quote = DOUBLE_QUOTE
        elif code == DOUBLE_QUOTE:
            double_quotes += 1
    if double_quotes > 0:
        quote = QUOTE
    builder = StringBuilder()
    builder.append_code(quote)
    for index in range(len(text)):
        code = code_at(text, index)
        if code == quote or code == BACKSLASH:
            builder.append_code(BACKSLASH)
            builder.append_code(code)
        elif SPACE <= code < 127 or (code > 127 and has_flags(code, PRINTABLE)):
            builder.append_code(code)
        else:
            append_escape(builder, code)
    builder.append_code(quote)
    return builder.build()


def _is_plain(text: str) -> bool:
    """Whether all is ASCII that stands for itself between single quotes."""
    for index in range(len(text)):
        code = code_at(text, index)
        if not SPACE <= code < 127 or code == QUOTE or code == BACKSLASH:
            return False
    return True


def append_escape(builder: StringBuilder, code: int) -> None:
    """The escape sequence of a code point that cannot be shown."""
    if code == 10:
        builder.append("\\n")
    elif code == 13:
        builder.append("\\r")
    elif code == 9:
        builder.append("\\t")
    elif code < 0x100:
        builder.append("\\x")
        append_hex(builder, code, 2)
    elif code < 0x10000:
        builder.append("\\u")
        append_hex(builder, code, 4)
    else:
        builder.append("\\U")
        append_hex(builder, code, 8)


def append_hex(builder: StringBuilder, number: int, digits: int) -> None:
    """The lowest `digits` hexadecimal digits of the number."""
    for place in range(digits - 1, -1, -1):
        digit = (number >> (4 * place)) & 15
        builder.append_code(digit + 48 if digit < 10 else digit + 87)


def quoting(message: str, text: str) -> str:
    """A message that ends in the `repr` of a text."""
    builder = StringBuilder()
    builder.append(message)
    builder.append(str_repr(text))
    return builder.build()
