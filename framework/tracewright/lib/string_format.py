"""Format specifications, and padding of `str`."""

from typing import Final, final

from tracewright.core.text import code_at
from tracewright.lib.builder import StringBuilder
from tracewright.lib.numbers import str_of_int, str_of_int_in_base
from tracewright.lib.string_case import str_upper
from tracewright.lib.string_core import slice_of, str_concat

SPACE: Final = 32
PLUS: Final = 43
MINUS: Final = 45
ZERO: Final = 48
TO_THE_RIGHT: Final = 62  # ord(">")
TO_THE_LEFT: Final = 60  # ord("<")
CENTRED: Final = 94  # ord("^")
BEHIND_SIGN: Final = 61  # ord("=")


@final
class FormatSpec:
    """A parsed specification: `[[fill]align][sign][#][0][width][.precision][type]`; 0 or -1 where absent."""

    def __init__(self) -> None:
        self.fill = SPACE
        self.align = 0
        self.zeros = False  # a 0 before the width, and no alignment
        self.sign = 0
        self.alternate = False
        self.width = 0
        self.precision = -1
        self.kind = 0


def _is_align(code: int) -> bool:
    return code == TO_THE_LEFT or code == TO_THE_RIGHT or code == CENTRED or code == BEHIND_SIGN


def parse_format_spec(text: str) -> FormatSpec:
    """Read a specification. Raises ValueError for what is not one."""
    spec = FormatSpec()
    length = len(text)
    index = 0
    has_fill = length > 1 and _is_align(code_at(text, 1))
    if has_fill:
        spec.fill = code_at(text, 0)
        spec.align = code_at(text, 1)
        index = 2
    elif length > 0 and _is_align(code_at(text, 0)):
        spec.align = code_at(text, 0)
        index = 1
    if index < length and (
        code_at(text, index) == PLUS or code_at(text, index) == MINUS or code_at(text, index) == SPACE
    ):
        spec.sign = code_at(text, index)
        index += 1
    if index < length and code_at(text, index) == 35:
        spec.alternate = True
        index += 1
    if index < length and code_at(text, index) == ZERO:
        spec.zeros = spec.align == 0
        if not has_fill:
            spec.fill = ZERO
        index += 1
    while index < length and ZERO <= code_at(text, index) <= ZERO + 9:
        spec.width = spec.width * 10 + code_at(text, index) - ZERO
        index += 1
    if index + 1 < length and code_at(text, index) == 46 and ZERO <= code_at(text, index + 1) <= ZERO + 9:
        spec.precision = 0
        index += 1
        while index < length and ZERO <= code_at(text, index) <= ZERO + 9:
            spec.precision = spec.precision * 10 + code_at(text, index) - ZERO
            index += 1
    if index < length:
        spec.kind = code_at(text, index)
        index += 1
    if index < length or spec.width > 1 << 40:
        raise ValueError("Invalid format specifier")
    return spec


def pad(text: str, sign_length: int, spec: FormatSpec, default_align: int) -> str:
    """`text`, whose sign takes `sign_length` places, filled up to the width."""
    missing = spec.width - len(text)
    if missing <= 0:
        return text
    align = spec.align if spec.align != 0 else default_align
    builder = StringBuilder()
    if align == BEHIND_SIGN:
        builder.append_slice(text, 0, sign_length)
        builder.append_repeated(spec.fill, missing)
        builder.append_slice(text, sign_length, len(text))
        return builder.build()
    left = 0
    if align == TO_THE_RIGHT:
        left = missing
    elif align == CENTRED:
        left = missing >> 1
    builder.append_repeated(spec.fill, left)
    builder.append(text)
    builder.append_repeated(spec.fill, missing - left)
    return builder.build()


def str_format_int(number: int, spec_text: str) -> str:
    """`format(number, spec_text)` for the types d, x, X, o, b and none."""
    spec = parse_format_spec(spec_text)
    if spec.precision >= 0:
        raise ValueError("Precision not allowed in integer format specifier")
    prefix = ""
    match spec.kind:
        case 0 | 100:  # d
            text = str_of_int(number)
        case 120:  # x
            text = str_of_int_in_base(number, 16)
            prefix = "0x"
        case 88:  # X
            text = str_upper(str_of_int_in_base(number, 16))
            prefix = "0X"
        case 111:  # o
            text = str_of_int_in_base(number, 8)
            prefix = "0o"
        case 98:  # b
            text = str_of_int_in_base(number, 2)
            prefix = "0b"
        case _:
            raise ValueError("Unknown format code for an int")
    sign = ""
    if number < 0:
        sign = "-"
        text = slice_of(text, 1, len(text))
    elif spec.sign == PLUS:
        sign = "+"
    elif spec.sign == SPACE:
        sign = " "
    if spec.alternate:
        sign = str_concat(sign, prefix)
    return pad(str_concat(sign, text), len(sign), spec, BEHIND_SIGN if spec.zeros else TO_THE_RIGHT)


def str_grouped(text: str, separator: str) -> str:
    """The text of a number with a separator between thousands in front of the point."""
    start = 1 if len(text) > 0 and (code_at(text, 0) < ZERO) else 0
    stop = start
    while stop < len(text) and ZERO <= code_at(text, stop) <= ZERO + 9:
        stop += 1
    builder = StringBuilder()
    builder.append_slice(text, 0, start)
    for index in range(start, stop):
        if index > start and (stop - index) % 3 == 0:
            builder.append(separator)
        builder.append_code(code_at(text, index))
    builder.append_slice(text, stop, len(text))
    return builder.build()


def str_format_str(text: str, spec_text: str) -> str:
    """`format(text, spec_text)`."""
    spec = parse_format_spec(spec_text)
    if (spec.kind != 0 and spec.kind != 115) or spec.align == BEHIND_SIGN or spec.sign != 0 or spec.alternate:
        raise ValueError("Invalid format specifier for str")
    if spec.precision >= 0 and spec.precision < len(text):
        text = slice_of(text, 0, spec.precision)
    return pad(text, 0, spec, TO_THE_LEFT)


def _padding(width: int, fill: int) -> FormatSpec:
    spec = FormatSpec()
    spec.width = width
    spec.fill = fill
    return spec


def str_ljust(text: str, width: int, fill: str = " ") -> str:
    return pad(text, 0, _padding(width, _fill_code(fill)), TO_THE_LEFT)


def str_rjust(text: str, width: int, fill: str = " ") -> str:
    return pad(text, 0, _padding(width, _fill_code(fill)), TO_THE_RIGHT)


def _fill_code(fill: str) -> int:
    if len(fill) != 1:
        raise TypeError("The fill character must be exactly one character long")
    return code_at(fill, 0)


def str_zfill(text: str, width: int) -> str:
    signed = len(text) > 0 and (code_at(text, 0) == PLUS or code_at(text, 0) == MINUS)
    return pad(text, 1 if signed else 0, _padding(width, ZERO), BEHIND_SIGN)
