"""Numbers as Ruff prints them: floats positionally, never with an exponent."""

from tracewright.core.mathematics import is_infinite, is_nan
from tracewright.lib.float_text import float_repr


def float_display(number: float) -> str:
    """The shortest digits that read back as `number`, without an exponent and without a trailing `.0`."""
    if is_nan(number):
        return "NaN"
    if is_infinite(number):
        return "inf" if number > 0.0 else "-inf"
    shortest = float_repr(number)
    mark = shortest.find("e")
    if mark >= 0:
        return _positional(shortest[:mark], int(shortest[mark + 1 :]))
    if shortest.endswith(".0"):
        return shortest[: len(shortest) - 2]
    return shortest


def float_debug(number: float) -> str:
    """As `float_display`, but integral values keep a `.0`, which tells them from ints."""
    text = float_display(number)
    if "." in text or is_nan(number) or is_infinite(number):
        return text
    return text + ".0"


def _positional(mantissa: str, exponent: int) -> str:
    """`mantissa` times ten to the `exponent`, written out; the mantissa has one digit before its point, if any."""
    sign = ""
    if mantissa.startswith("-"):
        sign = "-"
        mantissa = mantissa[1:]
    digits = mantissa.replace(".", "")
    if mantissa.endswith(".0"):
        digits = mantissa[: len(mantissa) - 2]
    if exponent < 0:
        return sign + "0." + "0" * (-exponent - 1) + digits
    fraction_digits = len(digits) - 1
    if exponent >= fraction_digits:
        return sign + digits + "0" * (exponent - fraction_digits)
    return sign + digits[: exponent + 1] + "." + digits[exponent + 1 :]
