"""`format(z, specification)` of complex numbers."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.lib.float_format import str_format_float
from tracewright.lib.float_text import float_repr
from tracewright.lib.string_format import pad, parse_format_spec
from tracewright_python.complex_numbers import PyComplex, complex_text, is_negative
from tracewright_python.formatting import ALIGN_RIGHT, grouped, split_grouping, wrong_specification
from tracewright_python.specifications import check_complex, read_specification, shows_zero, without_z


def format_complex(number: PyComplex, specification: str, value: Value) -> str:
    """Both parts by the specification, and the whole padded. Raises ValueError."""
    if specification == "":
        return complex_text(number)
    read = read_specification(specification, value)
    check_complex(read, value)
    separator, plain = split_grouping(without_z(read, specification))
    try:
        spec = parse_format_spec(plain)
    except ValueError as problem:
        raise wrong_specification(str(problem), value)
    kind = chr(spec.kind) if spec.kind != 0 else ""
    sign = chr(spec.sign) if spec.sign != 0 else ""
    alternate = "#" if spec.alternate else ""
    precision = f".{spec.precision}" if spec.precision >= 0 else ""
    shown_kind = "g" if kind == "n" else kind
    if read.coerces_zero:
        number = without_negative_zeros(number, f"{precision}{shown_kind if shown_kind != '' else 'g'}")
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


def without_negative_zeros(number: PyComplex, how: str) -> PyComplex:
    """The number with 0 for parts that would show as -0."""
    real, imaginary = number.real, number.imaginary
    if real <= 0.0 and shows_zero(str_format_float(real, how)):
        real = 0.0
    if imaginary <= 0.0 and shows_zero(str_format_float(imaginary, how)):
        imaginary = 0.0
    return PyComplex(real, imaginary)


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
    return text[:start] + grouped(text[start:stop], separator, 3, 0) + text[stop:]
