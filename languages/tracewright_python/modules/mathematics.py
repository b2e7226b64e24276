"""`math`"""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright_python.modules import float_functions, integer_functions
from tracewright_python.modules.building import native_module
from tracewright_python.session import Session


def make_math(session: Session) -> Value:
    """The module."""
    namespace = native_module(session, "math", [*float_functions.FUNCTIONS, *integer_functions.FUNCTIONS])
    for name, number in float_functions.CONSTANTS.items():
        namespace.set_named(name, Value.of_float(number))
    return session.modules.get_named("math")
