"""`format(z, specification)` of complex numbers."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.lib.float_format import str_format_float
from tracewright.lib.float_text import float_repr
from tracewright.lib.string_format import pad, parse_format_spec
from tracewright_python.complex_numbers import PyComplex, complex_text, is_negative
from tracewright_python.exceptions import value_error
from tracewright_python.formatting import ALIGN_RIGHT, BEHIND_SIGN, grouped, split_grouping, wrong_specification

KINDS = "eEfFgGn"


def format_complex(number: PyComplex, specification: str, value: Value) -> str:
    """Both parts by the specification, and the whole padded. Raises ValueError."""
    if specification == "":
        return complex_text(number)
    separator, plain = split_grouping(specification)
    try:
        spec = parse_format_spec(plain)
    except ValueError as problem:
        raise wrong_specification(str(problem), value)
    kind = chr(spec.kind) if spec.kind != 0 else ""
    if kind != "" and kind not in KINDS:
        raise value_error(f"Unknown format code '{kind}' for object of type 'complex'")
    if spec.zeros or (spec.align == BEHIND_SIGN and spec.fill == ord("0")):
        raise value_error("Zero padding is not allowed in complex format specifier")
    if spec.align == BEHIND_SIGN:
        raise value_error("'=' alignment flag is not allowed in complex format specifier")
    sign = chr(spec.sign) if spec.sign != 0 else ""
    alternate = "#" if spec.alternate else ""
    precision = f".{spec.precision}" if spec.precision >= 0 else ""
    shown_kind = "g" if kind == "n" else kind
    if kind == "" and precision == "":
        imaginary = signed(_short(number.imaginary), number.imaginary, "+")
        if number.real == 0.0 and not is_negative(number.real):
            text = signed(_short(number.imaginary), number.imaginary, sign) + "j"
        else:
            text = f"({signed(_short(number.real), number.real, sign)}{imaginary}j)"
        return pad(text, 0, spec, ALIGN_RIGHT)
    shown_kind = shown_kind if shown_kind != "" else "g"
    real = str_format_float(number.real, f"{sign}{alternate}{precision}{shown_kind}")
    imaginary = str_format_float(number.imaginary, f"+{alternate}{precision}{shown_kind}")
    if separator != "":
        real, imaginary = with_groups(real, separator), with_groups(imaginary, separator)
    text = f"{real}{imaginary}j"
    if kind == "":
        bare = number.real == 0.0 and not is_negative(number.real)
        text = f"{str_format_float(number.imaginary, f'{sign}{alternate}{precision}g')}j" if bare else f"({text})"
    return pad(text, 0, spec, ALIGN_RIGHT)


def _short(number: float) -> str:
    """The shortest text of a part, without `.0`."""
    text = float_repr(number)
    return text[:-2] if text.endswith(".0") else text


def signed(text: str, number: float, sign: str) -> str:
    """A part with the sign that is asked for."""
    return text if sign in ("", "-") or text.startswith("-") else sign + text


def with_groups(text: str, separator: str) -> str:
    """A text of a float with its whole digits in groups."""
    start = 1 if text[0] in "+- " else 0
    stop = start
    while stop < len(text) and text[stop].isdigit():
        stop += 1
    return text[:start] + grouped(text[start:stop], separator, 3) + text[stop:]
