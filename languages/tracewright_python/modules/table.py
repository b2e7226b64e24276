"""The native modules by name."""

from __future__ import annotations

from collections.abc import Callable

from tracewright.core.value import Value
from tracewright_python.modules.clock import make_time
from tracewright_python.modules.cpython_calls import make_cpython_calls
from tracewright_python.modules.mathematics import make_math
from tracewright_python.modules.system import make_sys
from tracewright_python.session import Session

NATIVE_MODULES: dict[str, Callable[[Session], Value]] = {
    "_cpython_calls": make_cpython_calls,
    "math": make_math,
    "sys": make_sys,
    "time": make_time,
}
