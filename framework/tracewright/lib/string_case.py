"""Upper and lower case of `str`, and the predicates `isalpha` ... `isprintable`. ASCII needs no table."""

from typing import Final

from tracewright.core.integers import ult
from tracewright.core.text import StrBuffer, code_at, is_ascii_text
from tracewright.lib.builder import StringBuilder
from tracewright.lib.code_points import is_space_code
from tracewright.lib.unicode_tables import (
    ALNUM,
    ALPHA,
    CASED,
    DIGIT,
    FLAGS,
    IGNORABLE,
    LONG_LOWER,
    LONG_UPPER,
    LOWER,
    PRINTABLE,
    TITLE,
    TO_LOWER,
    TO_UPPER,
    UPPER,
    has_flags,
    record_of,
)

CAPITAL_SIGMA: Final = 0x3A3
SMALL_SIGMA: Final = 0x3C3
FINAL_SIGMA: Final = 0x3C2


def is_ascii(text: str) -> bool:
    """Whether all code points are below 128."""
    return is_ascii_text(text)


def upper_of_ascii(code: int) -> int:
    """The capital letter of an ASCII code point."""
    return code - 32 if ult(code - 97, 26) else code


def lower_of_ascii(code: int) -> int:
    """The small letter of an ASCII code point."""
    return code + 32 if ult(code - 65, 26) else code


def str_upper(text: str) -> str:
    if is_ascii(text):
        buffer = StrBuffer(1, len(text))
        for index in range(len(text)):
            buffer.put(index, upper_of_ascii(code_at(text, index)))
        return buffer.finish()
    builder = StringBuilder()
    for index in range(len(text)):
        append_upper(builder, code_at(text, index))
    return builder.build()


def append_upper(builder: StringBuilder, code: int) -> None:
    """Add the capital letter of a code point."""
    record = record_of(code)
    if len(LONG_UPPER[record]) > 0:
        builder.append(LONG_UPPER[record])
    else:
        builder.append_code(code + TO_UPPER[record])


def str_lower(text: str) -> str:
    if is_ascii(text):
        buffer = StrBuffer(1, len(text))
        for index in range(len(text)):
            buffer.put(index, lower_of_ascii(code_at(text, index)))
        return buffer.finish()
    builder = StringBuilder()
    for index in range(len(text)):
        append_lower(builder, text, index)
    return builder.build()


def append_lower(builder: StringBuilder, text: str, index: int) -> None:
    """Add the small letter of the code point at a place of the text."""
    code = code_at(text, index)
    record = record_of(code)
    if code == CAPITAL_SIGMA:
        builder.append_code(FINAL_SIGMA if _ends_word(text, index) else SMALL_SIGMA)
    elif len(LONG_LOWER[record]) > 0:
        builder.append(LONG_LOWER[record])
    else:
        builder.append_code(code + TO_LOWER[record])


def _ends_word(text: str, index: int) -> bool:
    """Whether a letter with case stands before the place and none behind, seen through accents and the like."""
    before = index - 1
    while before >= 0 and has_flags(code_at(text, before), IGNORABLE):
        before -= 1
    if before < 0 or not has_flags(code_at(text, before), CASED):
        return False
    behind = index + 1
    while behind < len(text) and has_flags(code_at(text, behind), IGNORABLE):
        behind += 1
    return behind == len(text) or not has_flags(code_at(text, behind), CASED)


def _all_have(text: str, flags: int) -> bool:
    """Whether the text is not empty and each code point has one of the flags."""
    for index in range(len(text)):
        if not has_flags(code_at(text, index), flags):
            return False
    return len(text) > 0


def str_isalpha(text: str) -> bool:
    return _all_have(text, ALPHA)


def str_isdigit(text: str) -> bool:
    return _all_have(text, DIGIT)


def str_isalnum(text: str) -> bool:
    return _all_have(text, ALNUM)


def str_isprintable(text: str) -> bool:
    return len(text) == 0 or _all_have(text, PRINTABLE)


def str_isspace(text: str) -> bool:
    for index in range(len(text)):
        if not is_space_code(code_at(text, index)):
            return False
    return len(text) > 0


def str_isascii(text: str) -> bool:
    return is_ascii(text)


def _has_only_case(text: str, wanted: int, unwanted: int) -> bool:
    found = False
    for index in range(len(text)):
        flags = FLAGS[record_of(code_at(text, index))]
        if flags & unwanted != 0:
            return False
        if flags & wanted != 0:
            found = True
    return found


def str_isupper(text: str) -> bool:
    return _has_only_case(text, UPPER, LOWER | TITLE)


def str_islower(text: str) -> bool:
    return _has_only_case(text, LOWER, UPPER | TITLE)
