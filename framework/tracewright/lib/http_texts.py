"""The small texts of HTTP: names and values of fields, escapes in targets, reasons and dates (RFC 9110)."""

from __future__ import annotations

from typing import Final

_TOKEN: Final = b"!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
IS_TOKEN: Final = bytes(1 if code in _TOKEN else 0 for code in range(256))

REASONS: dict[int, str] = {
    100: "Continue", 101: "Switching Protocols", 200: "OK", 201: "Created", 202: "Accepted", 203: "Non-Authoritative Information",
    204: "No Content", 205: "Reset Content", 206: "Partial Content", 300: "Multiple Choices", 301: "Moved Permanently", 302: "Found",
    303: "See Other", 304: "Not Modified", 307: "Temporary Redirect", 308: "Permanent Redirect", 400: "Bad Request",
    401: "Unauthorized", 402: "Payment Required", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 406: "Not Acceptable",
    408: "Request Timeout", 409: "Conflict", 410: "Gone", 411: "Length Required", 412: "Precondition Failed", 413: "Content Too Large",
    414: "URI Too Long", 415: "Unsupported Media Type", 416: "Range Not Satisfiable", 417: "Expectation Failed", 418: "I'm a teapot",
    422: "Unprocessable Content", 426: "Upgrade Required", 428: "Precondition Required", 429: "Too Many Requests",
    431: "Request Header Fields Too Large", 451: "Unavailable For Legal Reasons", 500: "Internal Server Error", 501: "Not Implemented",
    502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout", 505: "HTTP Version Not Supported",
}  # fmt: skip


WEEKDAYS: Final[list[str]] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]  # from the first day of 1970
MONTHS: Final[list[str]] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def text_of_bytes(data: bytes) -> str:
    """As UTF-8 if it is that, else one character for a byte."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return "".join([chr(code) for code in data])


def is_number(text: str) -> bool:
    """Whether the text is nothing but decimal digits."""
    for character in text:
        if not "0" <= character <= "9":
            return False
    return text != ""


def hexadecimal_digit(code: int) -> int:
    """Its value; -1 for anything else."""
    if 0x30 <= code <= 0x39:
        return code - 0x30
    lower = code | 0x20
    return lower - 0x57 if 0x61 <= lower <= 0x66 else -1


def percent_decoded(text: str, plus_is_blank: bool = False) -> str:
    """With `%2F` as what it stands for; what is no such escape stays."""
    if "%" not in text and not (plus_is_blank and "+" in text):
        return text
    data = text.encode()
    result = bytearray()
    index = 0
    while index < len(data):
        code = data[index]
        if code == 0x25 and index + 2 < len(data):
            high = hexadecimal_digit(data[index + 1])
            low = hexadecimal_digit(data[index + 2])
            if high >= 0 and low >= 0:
                result.append(high << 4 | low)
                index += 3
                continue
        result.append(32 if plus_is_blank and code == 0x2B else code)
        index += 1
    return text_of_bytes(bytes(result))


def percent_encoded(text: str) -> str:
    """Fit to be a part of a query: everything but letters, digits, `-`, `.`, `_` and `~` escaped."""
    pieces: list[str] = []
    for code in text.encode():
        character = chr(code)
        if code < 128 and (character.isalnum() or character in "-._~"):
            pieces.append(character)
        else:
            pieces.append(f"%{code:02X}")
    return "".join(pieces)


def reason_of_status(status: int) -> str:
    """The words behind a status."""
    return REASONS.get(status, "Unknown")


def may_have_body(status: int) -> bool:
    """Whether an answer of that status has a body."""
    return status >= 200 and status != 204 and status != 304


def is_field_name(name: str) -> bool:
    """Whether a field may have that name."""
    for character in name:
        if ord(character) > 127 or IS_TOKEN[ord(character)] == 0:
            return False
    return name != ""


def is_field_value(value: str) -> bool:
    """Whether a field may have that value: nothing in it ends a line."""
    for character in value:
        if (ord(character) < 32 and character != "\t") or ord(character) == 127:
            return False
    return True


def http_date(seconds: int) -> str:
    """Seconds since 1970 as `Sun, 06 Nov 1994 08:49:37 GMT`."""
    days = seconds // 86400
    rest = seconds % 86400
    # Years that begin with March, so that a leap day is the last one: of 400 years, of a hundred, of four, of one.
    shifted = days + 719468
    era = shifted // 146097
    day_of_era = shifted % 146097
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month_from_march = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * month_from_march + 2) // 5 + 1
    month = (month_from_march + 2) % 12
    year = 400 * era + year_of_era + (1 if month < 2 else 0)
    clock = f"{rest // 3600:02d}:{rest // 60 % 60:02d}:{rest % 60:02d}"
    return f"{WEEKDAYS[days % 7]}, {day:02d} {MONTHS[month]} {year:04d} {clock} GMT"
