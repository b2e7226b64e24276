"""Float functions that are one C library call each. Unlike `math`, they never raise: a domain error gives NaN or an infinity."""

import math


def _total(function: object, x: float) -> float:
    try:
        return float(function(x))  # type: ignore[operator]
    except ValueError:
        return math.nan
    except OverflowError:
        return math.inf


def is_nan(x: float) -> bool:
    """Whether `x` is not a number."""
    return x != x


def is_infinite(x: float) -> bool:
    """Whether `x` is plus or minus infinity."""
    return math.isinf(x)


def sqrt(x: float) -> float:
    return math.sqrt(x) if x >= 0 else math.nan


def floor(x: float) -> float:
    """Largest integral float not above `x` (infinities and NaN stay)."""
    return x if math.isinf(x) or x != x else math.copysign(float(math.floor(x)), x)


def ceil(x: float) -> float:
    """Smallest integral float not below `x` (infinities and NaN stay)."""
    return x if math.isinf(x) or x != x else math.copysign(float(math.ceil(x)), x)


def trunc(x: float) -> float:
    """`x` without its fraction (infinities and NaN stay)."""
    return x if math.isinf(x) or x != x else math.copysign(float(math.trunc(x)), x)


def sin(x: float) -> float:
    return _total(math.sin, x)


def cos(x: float) -> float:
    return _total(math.cos, x)


def tan(x: float) -> float:
    return _total(math.tan, x)


def exp(x: float) -> float:
    return _total(math.exp, x)


def log(x: float) -> float:
    """Natural logarithm; -infinity at 0, NaN below."""
    return -math.inf if x == 0 else _total(math.log, x)


def fmod(x: float, y: float) -> float:
    """Remainder with the sign of `x`; NaN for a zero divisor."""
    try:
        return math.fmod(x, y)
    except ValueError:
        return math.nan


def power(x: float, y: float) -> float:
    """C `pow`."""
    try:
        result = x**y
        return result if isinstance(result, float) else math.nan
    except ZeroDivisionError:
        return math.inf
    except OverflowError:
        return -math.inf if x < 0 and y % 2 == 1 else math.inf


def asin(x: float) -> float:
    return _total(math.asin, x)


def acos(x: float) -> float:
    return _total(math.acos, x)


def atan(x: float) -> float:
    return _total(math.atan, x)


def sinh(x: float) -> float:
    return _total(math.sinh, x) if x > 0 else -_total(math.sinh, -x) if x < 0 else x


def cosh(x: float) -> float:
    return _total(math.cosh, x)


def tanh(x: float) -> float:
    return _total(math.tanh, x)


def asinh(x: float) -> float:
    return _total(math.asinh, x)


def acosh(x: float) -> float:
    return _total(math.acosh, x)


def atanh(x: float) -> float:
    return math.copysign(math.inf, x) if abs(x) == 1 else _total(math.atanh, x)


def expm1(x: float) -> float:
    return _total(math.expm1, x)


def log1p(x: float) -> float:
    return -math.inf if x == -1 else _total(math.log1p, x)


def log10(x: float) -> float:
    return -math.inf if x == 0 else _total(math.log10, x)


def log2(x: float) -> float:
    return -math.inf if x == 0 else _total(math.log2, x)


def cbrt(x: float) -> float:
    return math.cbrt(x)


def atan2(y: float, x: float) -> float:
    """The angle of the point (x, y)."""
    return math.atan2(y, x)
