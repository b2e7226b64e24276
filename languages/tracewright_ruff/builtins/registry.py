"""Every builtin of the language, put into a session."""

from typing import Final

from tracewright.core.value import Value
from tracewright_ruff.builtins import (
    arrays,
    assertions,
    clock,
    collections,
    concurrency,
    conversion,
    dictionaries,
    general,
    higher_order,
    json,
    mathematics,
    output,
    program,
    randomness,
    sorting,
    string_forms,
    strings,
    unsupported,
)
from tracewright_ruff.capabilities import Capabilities
from tracewright_ruff.modules import STATEMENTS
from tracewright_ruff.session import Session, W_Native

PI: Final = 3.141592653589793
E: Final = 2.718281828459045

NATIVES: Final[list[W_Native]] = [
    *output.ROWS,
    *mathematics.ROWS,
    *conversion.ROWS,
    *strings.ROWS,
    *string_forms.ROWS,
    *general.ROWS,
    *arrays.ROWS,
    *sorting.ROWS,
    *higher_order.ROWS,
    *dictionaries.ROWS,
    *collections.ROWS,
    *assertions.ROWS,
    *clock.ROWS,
    *concurrency.ROWS,
    *program.ROWS,
    *json.ROWS,
    *randomness.ROWS,
    *unsupported.ROWS,
]


def install_builtins(session: Session, capabilities: Capabilities | None = None) -> None:
    """Make the builtins known. Before anything is compiled: the compiler remembers what each name means."""
    for native in NATIVES:
        missing = "" if capabilities is None else capabilities.missing_for(native.name)
        session.add_native(native if missing == "" else unsupported.denied(native.name, missing))
    for method in concurrency.CHANNEL_METHODS:
        session.add_method("channel", method)
    for statement in [*STATEMENTS, *concurrency.STATEMENTS]:
        session.add_statement(statement)
    session.add_constant("PI", Value.of_float(PI))
    session.add_constant("E", Value.of_float(E))
    session.add_constant("Promise", concurrency.promise_namespace(session))
