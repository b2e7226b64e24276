"""What an unquoted word of YAML means: null, a bool, a number, or itself; and which texts must be quoted."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright_ruff.builtins.conversion import parse_int
from tracewright_ruff.objects import text_value

NULLS: Final[list[str]] = ["", "~", "null", "Null", "NULL"]
TRUES: Final[list[str]] = ["true", "True", "TRUE"]
FALSES: Final[list[str]] = ["false", "False", "FALSE"]
INFINITIES: Final[list[str]] = [".inf", ".Inf", ".INF"]
NANS: Final[list[str]] = [".nan", ".NaN", ".NAN"]
INDICATORS: Final = ",[]{}#&*!|>'\"%@`"  # what a plain scalar cannot begin with
DIGITS: Final = "0123456789"
INFINITY: Final = float("inf")
NOT_A_NUMBER: Final = float("nan")


def scalar_value(word: str) -> Value:
    """The value of a plain scalar."""
    if word in NULLS:
        return Value.NULL
    if word in TRUES:
        return Value.TRUE
    if word in FALSES:
        return Value.FALSE
    number = _number(word)
    return text_value(word) if number.same(Value.UNDEFINED) else number


def _number(word: str) -> Value:
    unsigned = word[1:] if word[:1] in ("-", "+") else word
    if unsigned in INFINITIES:
        return Value.of_float(-INFINITY if word.startswith("-") else INFINITY)
    if word in NANS:
        return Value.of_float(NOT_A_NUMBER)
    if word.startswith("0x") or word.startswith("0o"):
        try:
            return Value.of_int(int(word[2:], 16 if word[1] == "x" else 8)) if "_" not in word else Value.UNDEFINED
        except (ValueError, OverflowError):
            return Value.UNDEFINED
    if unsigned[:1] == "" or unsigned[0] not in DIGITS + ".":
        return Value.UNDEFINED
    try:
        return Value.of_int(parse_int(word))
    except ValueError:
        pass
    for character in unsigned:
        if character not in DIGITS + ".eE+-":
            return Value.UNDEFINED
    try:
        return Value.of_float(float(word))
    except ValueError:
        return Value.UNDEFINED


def is_plain(text: str) -> bool:
    """Whether the text, written without quotes, is read as itself."""
    if scalar_value(text).same(Value.NULL) or text.strip() != text or not _is_word(text):
        return False
    if text[0] in INDICATORS or text.endswith(":") or ": " in text or " #" in text:
        return False
    if text.startswith("---") or text.startswith("..."):
        return False
    return text[0] not in "-?:" or (len(text) > 1 and text[1] != " ")


def _is_word(text: str) -> bool:
    """Whether it is no bool and no number, and has no control characters."""
    if text in TRUES or text in FALSES or not _number(text).same(Value.UNDEFINED):
        return False
    for character in text:
        if character < " " or "\x7f" <= character < "\xa0" or character in "\u2028\u2029\ufeff":
            return False
    return True
