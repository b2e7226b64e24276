"""`title`, `capitalize`, `swapcase`, `casefold` and `istitle` of `str`."""

from tracewright.core.text import code_at
from tracewright.lib.builder import StringBuilder
from tracewright.lib.string_case import append_lower, append_upper
from tracewright.lib.unicode_tables import (
    FLAGS,
    HAS_CASE,
    LONG_FOLDED,
    LONG_TITLE,
    LOWER,
    TITLE,
    TO_FOLDED,
    TO_TITLE,
    UPPER,
    has_flags,
    record_of,
)


def _append_title(builder: StringBuilder, code: int) -> None:
    record = record_of(code)
    if len(LONG_TITLE[record]) > 0:
        builder.append(LONG_TITLE[record])
    else:
        builder.append_code(code + TO_TITLE[record])


def str_title(text: str) -> str:
    builder = StringBuilder()
    inside = False
    for index in range(len(text)):
        code = code_at(text, index)
        if inside:
            append_lower(builder, text, index)
        else:
            _append_title(builder, code)
        inside = has_flags(code, HAS_CASE)
    return builder.build()


def str_capitalize(text: str) -> str:
    builder = StringBuilder()
    for index in range(len(text)):
        if index == 0:
            _append_title(builder, code_at(text, 0))
        else:
            append_lower(builder, text, index)
    return builder.build()


def str_swapcase(text: str) -> str:
    builder = StringBuilder()
    for index in range(len(text)):
        code = code_at(text, index)
        flags = FLAGS[record_of(code)]
        if flags & UPPER != 0:
            append_lower(builder, text, index)
        elif flags & LOWER != 0:
            append_upper(builder, code)
        else:
            builder.append_code(code)
    return builder.build()


def str_casefold(text: str) -> str:
    builder = StringBuilder()
    for index in range(len(text)):
        code = code_at(text, index)
        record = record_of(code)
        if len(LONG_FOLDED[record]) > 0:
            builder.append(LONG_FOLDED[record])
        else:
            builder.append_code(code + TO_FOLDED[record])
    return builder.build()


def str_istitle(text: str) -> bool:
    """Whether each word begins with a capital letter and has no other, and there is a word."""
    found = False
    inside = False
    for index in range(len(text)):
        flags = FLAGS[record_of(code_at(text, index))]
        if flags & (UPPER | TITLE) != 0:
            if inside:
                return False
            found = inside = True
        elif flags & LOWER != 0:
            if not inside:
                return False
        else:
            inside = False
    return found
