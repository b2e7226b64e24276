"""Text as it stands between double quotes in messages."""

_ESCAPES = {0: "\\0", 9: "\\t", 10: "\\n", 13: "\\r", 34: '\\"', 92: "\\\\"}


def quoted(text: str) -> str:
    """`text` in double quotes, with quotes, backslashes and control characters escaped."""
    pieces: list[str] = ['"']
    for character in text:
        code = ord(character)
        if code in _ESCAPES:
            pieces.append(_ESCAPES[code])
        elif code < 32 or 127 <= code < 160:
            pieces.append(f"\\u{{{code:x}}}")
        else:
            pieces.append(character)
    pieces.append('"')
    return "".join(pieces)
