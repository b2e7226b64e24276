"""Functions of `tracewright.core` that are one operation, one C function, or have another body when translated: three tables."""

from __future__ import annotations

from types import FunctionType as PythonFunction
from typing import Final

from tracewright.core import arrays, generic, integers, mathematics, memory, operations, text, vm_stack, weak
from tracewright.core.effects import COLLECTS, RAISES
from tracewright.core.foreign_headers import ForeignFunction
from tracewright.translate.flow.externals import BY_PYTHON_NAME, External, foreign_external
from tracewright.translate.lower import native


def _function(value: object) -> PythonFunction:
    assert isinstance(value, PythonFunction)
    return value


# One operation of the table; operands are the arguments in order.
OPERATIONS: Final[dict[PythonFunction, int]] = {
    _function(function): operation
    for function, operation in (
        (integers.ovf_add, operations.INT_ADD_OVF),
        (integers.ovf_sub, operations.INT_SUB_OVF),
        (integers.ovf_mul, operations.INT_MUL_OVF),
        (integers.wrap_add, operations.INT_ADD),
        (integers.wrap_sub, operations.INT_SUB),
        (integers.wrap_mul, operations.INT_MUL),
        (integers.wrap_neg, operations.INT_NEG),
        (integers.wrap_lshift, operations.INT_LSHIFT),
        (integers.trunc_div, operations.INT_TRUNC_DIV),
        (integers.trunc_mod, operations.INT_TRUNC_MOD),
        (integers.urshift, operations.UINT_RSHIFT),
        (integers.ult, operations.UINT_LT),
        (integers.ule, operations.UINT_LE),
        (integers.udiv, operations.UINT_DIV),
        (integers.umod, operations.UINT_MOD),
        (integers.umul_high, operations.UINT_MUL_HIGH),
        (integers.count_leading_zeros, operations.INT_CLZ),
        (integers.count_trailing_zeros, operations.INT_CTZ),
        (integers.count_ones, operations.INT_POPCOUNT),
        (integers.bits_of_float, operations.FLOAT_BITS),
        (integers.float_of_bits, operations.BITS_FLOAT),
        (integers.truncated, operations.FLOAT_TO_INT),
        (mathematics.sqrt, operations.FLOAT_SQRT),
        (memory.load8, operations.RAW_LOAD8),
        (memory.load16, operations.RAW_LOAD16),
        (memory.load32, operations.RAW_LOAD32),
        (memory.load64, operations.RAW_LOAD64),
        (memory.load_float, operations.RAW_LOAD_FLOAT),
        (memory.store8, operations.RAW_STORE8),
        (memory.store16, operations.RAW_STORE16),
        (memory.store32, operations.RAW_STORE32),
        (memory.store64, operations.RAW_STORE64),
        (memory.store_float, operations.RAW_STORE_FLOAT),
        (memory.copy_memory, operations.COPY_MEMORY),
        (memory.zero_memory, operations.ZERO_MEMORY),
        (text.width_of, operations.TEXT_WIDTH),
        (native.width_of, operations.TEXT_WIDTH),
        (native.code_in_bytes, operations.TEXT_CODE8),
        (native.code_in_pairs, operations.TEXT_CODE16),
        (native.code_in_fours, operations.TEXT_CODE32),
        (memory.word_of_value, operations.WORD_OF),
        (memory.value_of_word, operations.REF_OF),
    )
}

# Translated from another body than the hosted one.
NATIVE: Final[dict[PythonFunction, PythonFunction]] = {
    _function(hosted): _function(translated)
    for hosted, translated in (
        (integers.wrap, native.wrap),
        (integers.ovf_neg, native.ovf_neg),
        (arrays.copy_items, native.copy_items),
        (vm_stack.copy_to_stack, native.copy_to_stack),
        (vm_stack.copy_from_stack, native.copy_from_stack),
        (generic.same_class, native.same_class),
        (weak.weakly, native.weakly),
        (weak.strongly, native.strongly),
        (text.code_at, native.code_at),
        (text.byte_at, native.byte_at),
    )
}

# Methods of the buffers of core.text, as functions over the buffer.
STR_BUFFER_METHODS: Final[dict[str, PythonFunction]] = {
    "put": _function(native.str_buffer_put),
    "put_range": _function(native.str_buffer_put_range),
    "put_bytes": _function(native.str_buffer_put_bytes),
    "put_decimal": _function(native.str_buffer_put_decimal),
    "put_text_and_decimal": _function(native.str_buffer_put_text_and_decimal),
    "shorten": _function(native.str_buffer_shorten),
}
BYTES_BUFFER_METHODS: Final[dict[str, PythonFunction]] = {
    "__len__": _function(native.bytes_buffer_length),
    "get": _function(native.bytes_buffer_get),
    "put": _function(native.bytes_buffer_put),
    "get16": _function(native.bytes_buffer_get16),
    "get32": _function(native.bytes_buffer_get32),
    "get64": _function(native.bytes_buffer_get64),
    "get_float": _function(native.bytes_buffer_get_float),
    "put16": _function(native.bytes_buffer_put16),
    "put32": _function(native.bytes_buffer_put32),
    "put64": _function(native.bytes_buffer_put64),
    "put_float": _function(native.bytes_buffer_put_float),
    "put_range": _function(native.bytes_buffer_put_range),
    "put_text": _function(native.bytes_buffer_put_text),
    "move_range": _function(native.bytes_buffer_move_range),
}

NEW_STR: Final = External("", "tw_new_str", "ii", "r", COLLECTS | RAISES)
NEW_BYTES: Final = External("", "tw_new_bytes", "i", "r", COLLECTS | RAISES)
NEW_STACK_CELLS: Final = External("", "tw_new_stack_cells", "i", "i", COLLECTS | RAISES)
STACK_SLOTS: Final = External("", "tw_stack_slots", "i", "i", 0)


def foreign_of(function: PythonFunction) -> ForeignFunction | None:
    """The declaration of a foreign library's function, if it is one."""
    declared = function.__dict__.get("__foreign__")
    return declared if isinstance(declared, ForeignFunction) else None


def external_for(function: PythonFunction) -> External | None:
    """The C function that implements this function, if one does."""
    foreign = foreign_of(function)
    if foreign is not None:
        name = f"{function.__module__}.{function.__qualname__}"
        return foreign_external(name, foreign.symbol, foreign.takes, foreign.gives)
    return BY_PYTHON_NAME.get(f"{function.__module__}.{function.__qualname__}")
