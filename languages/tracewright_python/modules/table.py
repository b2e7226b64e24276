"""The native modules by name."""

from __future__ import annotations

from collections.abc import Callable

from tracewright.core.value import Value
from tracewright_python.modules.binary_texts import make_binascii
from tracewright_python.modules.clock import make_time
from tracewright_python.modules.codecs_core import make_codecs_core
from tracewright_python.modules.compression import make_zlib_streams
from tracewright_python.modules.cpython_calls import make_cpython_calls
from tracewright_python.modules.decimal_core import make_decimal_core
from tracewright_python.modules.digest_functions import make_digests
from tracewright_python.modules.json_core import make_json_core
from tracewright_python.modules.mathematics import make_math
from tracewright_python.modules.packing import make_struct
from tracewright_python.modules.posix_calls import make_posix_calls
from tracewright_python.modules.socket_calls import make_socket_calls
from tracewright_python.modules.sre import make_sre
from tracewright_python.modules.system import make_sys
from tracewright_python.modules.unicode_data import make_unicode_data
from tracewright_python.modules.weak_cells import make_gc, make_weak_cells
from tracewright_python.session import Session

NATIVE_MODULES: dict[str, Callable[[Session], Value]] = {
    "_cpython_calls": make_cpython_calls,
    "_codecs_core": make_codecs_core,
    "_decimal_core": make_decimal_core,
    "_digests": make_digests,
    "_json_core": make_json_core,
    "_posix_calls": make_posix_calls,
    "_socket_calls": make_socket_calls,
    "_sre": make_sre,
    "_struct": make_struct,
    "_zlib_streams": make_zlib_streams,
    "_unicode_data": make_unicode_data,
    "_weak_cells": make_weak_cells,
    "binascii": make_binascii,
    "gc": make_gc,
    "math": make_math,
    "sys": make_sys,
    "time": make_time,
}
