"""The operation table: each low-level operation is one row. Everything else is derived from it.

The same rows serve translated functions (C emission, jitcode, blackhole) and traces (printer, parser, verifier, folder,
reference interpreter, assemblers). Operand letters in `takes`:

    i  a word read as an int (bools are 0 or 1; addresses; class ids)
    r  a word that is a heap reference or a Value
    f  a double
    #  an immediate: a number or an index into a table named in the row's note, never a computed value
    *  any number of further operands (they live in the trace's or the call's side list)

`gives` is i, r, f, or v for nothing. The traits after it say all that any part of the JIT treats operations by; nothing
anywhere reads a name's spelling. A row whose traits are missing or contradict each other is refused when this is imported;
`operation_tables.py` has each trait as an array by operation number. `meaning` computes the result of a pure row from Python ints (signed words) and floats.
`c` is the C expression, `{0}` `{1}` ... being the operands (i, r: int64_t; f: double).
"""

from __future__ import annotations

import math
import operator
from typing import Final

from tracewright.core import integers, roles
from tracewright.core.effects import COLLECTS, CONTROL, NONE, RAISES, READS, SLOTS, WRITES
from tracewright.core.operation_row import TABLE as TABLE  # the rows below, for all who import this
from tracewright.core.operation_row import choice, comparison, row
from tracewright.core.value import DOUBLE_OFFSET, INT_TAG, SMALL_INT_BITS


def _ieee_divide(a: float, b: float) -> float:
    if b != 0.0:
        return a / b
    if a == 0.0 or a != a or b != b:
        return math.nan
    return math.copysign(math.inf, a) * math.copysign(1.0, b)


def _float_to_int(a: float) -> int:
    return int(a) if -(2.0**63) <= a < 2.0**63 else integers.MIN_INT


def _is_float_word(word: int) -> int:
    unsigned = word & ((1 << 64) - 1)
    return int(DOUBLE_OFFSET <= unsigned < INT_TAG & ((1 << 64) - 1))


def _box_float(a: float) -> int:
    return integers.wrap((0x7FF8 << 48 if a != a else integers.bits_of_float(a)) + DOUBLE_OFFSET)


def _small_of(word: int) -> int:
    word &= (1 << SMALL_INT_BITS) - 1
    return word - (1 << SMALL_INT_BITS) if word >> (SMALL_INT_BITS - 1) else word


# --- words -----------------------------------------------------------------------------------------------------------
INT_ADD: Final = row("int_add", "ii", "i", roles.PURE, commutes=True, c="{0} + {1}", meaning=integers.wrap_add)
INT_SUB: Final = row("int_sub", "ii", "i", roles.PURE, c="{0} - {1}", meaning=integers.wrap_sub)
INT_MUL: Final = row("int_mul", "ii", "i", roles.PURE, commutes=True, c="{0} * {1}", meaning=integers.wrap_mul)
INT_NEG: Final = row("int_neg", "i", "i", roles.PURE, c="-{0}", meaning=integers.wrap_neg)
INT_INVERT: Final = row("int_invert", "i", "i", roles.PURE, c="~{0}", meaning=operator.invert)
INT_AND: Final = row("int_and", "ii", "i", roles.PURE, commutes=True, c="{0} & {1}", meaning=operator.and_)
INT_OR: Final = row("int_or", "ii", "i", roles.PURE, commutes=True, c="{0} | {1}", meaning=operator.or_)
INT_XOR: Final = row("int_xor", "ii", "i", roles.PURE, commutes=True, c="{0} ^ {1}", meaning=operator.xor)
INT_LSHIFT: Final = row(
    "int_lshift", "ii", "i", roles.PURE, c="tw_lshift({0}, {1})", meaning=integers.wrap_lshift, note="count 0..63"
)
INT_RSHIFT: Final = row(
    "int_rshift", "ii", "i", roles.PURE, c="{0} >> {1}", meaning=operator.rshift, note="count 0..63"
)
UINT_RSHIFT: Final = row(
    "uint_rshift", "ii", "i", roles.PURE, c="tw_urshift({0}, {1})", meaning=integers.urshift, note="count 0..63"
)
INT_TRUNC_DIV: Final = row(
    "int_trunc_div", "ii", "i", roles.PURE, c="tw_trunc_div({0}, {1})", meaning=integers.trunc_div, note="divisor not 0"
)
INT_TRUNC_MOD: Final = row(
    "int_trunc_mod", "ii", "i", roles.PURE, c="tw_trunc_mod({0}, {1})", meaning=integers.trunc_mod, note="divisor not 0"
)
UINT_DIV: Final = row(
    "uint_div", "ii", "i", roles.PURE, c="tw_udiv({0}, {1})", meaning=integers.udiv, note="divisor not 0"
)
UINT_MOD: Final = row(
    "uint_mod", "ii", "i", roles.PURE, c="tw_umod({0}, {1})", meaning=integers.umod, note="divisor not 0"
)
UINT_MUL_HIGH: Final = row(
    "uint_mul_high", "ii", "i", roles.PURE, commutes=True, c="tw_umul_high({0}, {1})", meaning=integers.umul_high
)
INT_CLZ: Final = row("int_clz", "i", "i", roles.PURE, c="tw_clz({0})", meaning=integers.count_leading_zeros)
INT_CTZ: Final = row("int_ctz", "i", "i", roles.PURE, c="tw_ctz({0})", meaning=integers.count_trailing_zeros)
INT_POPCOUNT: Final = row(
    "int_popcount", "i", "i", roles.PURE, c="__builtin_popcountll({0})", meaning=integers.count_ones
)
INT_EQ: Final = comparison(
    "int_eq", "ii", "==", inverse="int_ne", swapped="int_eq", c="{0} == {1}", meaning=operator.eq
)
INT_NE: Final = comparison(
    "int_ne", "ii", "!=", inverse="int_eq", swapped="int_ne", c="{0} != {1}", meaning=operator.ne
)
INT_LT: Final = comparison("int_lt", "ii", "<", inverse="int_ge", swapped="int_gt", c="{0} < {1}", meaning=operator.lt)
INT_LE: Final = comparison(
    "int_le", "ii", "<=", inverse="int_gt", swapped="int_ge", c="{0} <= {1}", meaning=operator.le
)
INT_GT: Final = comparison("int_gt", "ii", ">", inverse="int_le", swapped="int_lt", c="{0} > {1}", meaning=operator.gt)
INT_GE: Final = comparison(
    "int_ge", "ii", ">=", inverse="int_lt", swapped="int_le", c="{0} >= {1}", meaning=operator.ge
)
UINT_LT: Final = comparison(
    "uint_lt",
    "ii",
    "<",
    signed="int_lt",
    inverse="uint_ge",
    swapped="uint_gt",
    c="(uint64_t){0} < (uint64_t){1}",
    meaning=integers.ult,
)
UINT_LE: Final = comparison(
    "uint_le",
    "ii",
    "<=",
    signed="int_le",
    inverse="uint_gt",
    swapped="uint_ge",
    c="(uint64_t){0} <= (uint64_t){1}",
    meaning=integers.ule,
)
UINT_GT: Final = comparison(
    "uint_gt",
    "ii",
    ">",
    signed="int_gt",
    inverse="uint_le",
    swapped="uint_lt",
    c="(uint64_t){0} > (uint64_t){1}",
    meaning=lambda a, b: integers.ult(b, a),
)
UINT_GE: Final = comparison(
    "uint_ge",
    "ii",
    ">=",
    signed="int_ge",
    inverse="uint_lt",
    swapped="uint_le",
    c="(uint64_t){0} >= (uint64_t){1}",
    meaning=lambda a, b: integers.ule(b, a),
)
# Checked arithmetic. In a function: raises OverflowError. In a trace: leaves by its snapshot instead.
INT_ADD_OVF: Final = row(
    "int_add_ovf", "ii", "i", roles.CHECKED, unchecked="int_add", commutes=True, meaning=integers.ovf_add
)
INT_SUB_OVF: Final = row("int_sub_ovf", "ii", "i", roles.CHECKED, unchecked="int_sub", meaning=integers.ovf_sub)
INT_MUL_OVF: Final = row(
    "int_mul_ovf", "ii", "i", roles.CHECKED, unchecked="int_mul", commutes=True, meaning=integers.ovf_mul
)

# --- doubles ---------------------------------------------------------------------------------------------------------
FLOAT_ADD: Final = row("float_add", "ff", "f", roles.PURE, commutes=True, c="{0} + {1}", meaning=operator.add)
FLOAT_SUB: Final = row("float_sub", "ff", "f", roles.PURE, c="{0} - {1}", meaning=operator.sub)
FLOAT_MUL: Final = row("float_mul", "ff", "f", roles.PURE, commutes=True, c="{0} * {1}", meaning=operator.mul)
FLOAT_DIV: Final = row("float_div", "ff", "f", roles.PURE, c="{0} / {1}", meaning=_ieee_divide)
FLOAT_NEG: Final = row("float_neg", "f", "f", roles.PURE, c="-{0}", meaning=operator.neg)
FLOAT_ABS: Final = row("float_abs", "f", "f", roles.PURE, c="fabs({0})", meaning=abs)
FLOAT_SQRT: Final = row(
    "float_sqrt", "f", "f", roles.PURE, c="sqrt({0})", meaning=lambda a: math.sqrt(a) if a >= 0 else math.nan
)
FLOAT_EQ: Final = comparison(
    "float_eq", "ff", "==", swapped="float_eq", inverse="float_ne", c="{0} == {1}", meaning=operator.eq
)
FLOAT_NE: Final = comparison(
    "float_ne", "ff", "!=", swapped="float_ne", inverse="float_eq", c="{0} != {1}", meaning=operator.ne
)
FLOAT_LT: Final = comparison("float_lt", "ff", "<", swapped="float_gt", c="{0} < {1}", meaning=operator.lt)
FLOAT_LE: Final = comparison("float_le", "ff", "<=", swapped="float_ge", c="{0} <= {1}", meaning=operator.le)
FLOAT_GT: Final = comparison("float_gt", "ff", ">", swapped="float_lt", c="{0} > {1}", meaning=operator.gt)
FLOAT_GE: Final = comparison("float_ge", "ff", ">=", swapped="float_le", c="{0} >= {1}", meaning=operator.ge)
INT_TO_FLOAT: Final = row("int_to_float", "i", "f", roles.PURE, c="(double){0}", meaning=float)
FLOAT_TO_INT: Final = row(
    "float_to_int",
    "f",
    "i",
    roles.PURE,
    c="tw_float_to_int({0})",
    meaning=_float_to_int,
    note="truncates; NaN and values outside the word give MIN_INT",
)
FLOAT_BITS: Final = row("float_bits", "f", "i", roles.PURE, c="tw_float_bits({0})", meaning=integers.bits_of_float)
BITS_FLOAT: Final = row("bits_float", "i", "f", roles.PURE, c="tw_bits_float({0})", meaning=integers.float_of_bits)

# --- values and references -------------------------------------------------------------------------------------------
WORD_OF: Final = row(
    "word_of", "r", "i", roles.PURE, c="{0}", meaning=lambda a: a, note="reference or Value as a plain word"
)
REF_OF: Final = row(
    "ref_of", "i", "r", roles.PURE, c="{0}", meaning=lambda a: a, note="plain word as reference or Value"
)
REF_EQ: Final = comparison(
    "ref_eq", "rr", "==", inverse="ref_ne", swapped="ref_eq", c="{0} == {1}", meaning=operator.eq
)
REF_NE: Final = comparison(
    "ref_ne", "rr", "!=", inverse="ref_eq", swapped="ref_ne", c="{0} != {1}", meaning=operator.ne
)
VALUE_IS_SMALL: Final = row(
    "value_is_small",
    "r",
    "i",
    roles.PURE,
    condition=True,
    asks_tag=True,
    c="(uint64_t){0} >= (uint64_t)TW_INT_TAG",
    meaning=lambda w: integers.ule(INT_TAG, w),
    note="an int held in the word itself",
)
VALUE_SMALL: Final = row(
    "value_small",
    "r",
    "i",
    roles.PURE,
    c="tw_value_small({0})",
    meaning=_small_of,
    note="the int of a word for which value_is_small holds",
)
VALUE_IS_FLOAT: Final = row(
    "value_is_float",
    "r",
    "i",
    roles.PURE,
    condition=True,
    asks_tag=True,
    c="tw_value_is_float({0})",
    meaning=_is_float_word,
)
VALUE_FLOAT: Final = row(
    "value_float",
    "r",
    "f",
    roles.PURE,
    c="tw_value_float({0})",
    meaning=lambda w: integers.float_of_bits(integers.wrap_sub(w, DOUBLE_OFFSET)),
    note="only where value_is_float holds",
)
VALUE_OF_FLOAT: Final = row(
    "value_of_float",
    "f",
    "r",
    roles.PURE,
    c="tw_value_of_float({0})",
    meaning=_box_float,
    note="NaNs become the canonical one",
)
VALUE_IS_REF: Final = row(
    "value_is_ref",
    "r",
    "i",
    roles.PURE,
    condition=True,
    asks_tag=True,
    c="tw_value_is_ref({0})",
    meaning=lambda w: int(4096 <= w & ((1 << 64) - 1) < 1 << 48),
    note="a heap pointer: an object, or a boxed int",
)
VALUE_OF_INT: Final = row(
    "value_of_int",
    "i",
    "r",
    roles.PURE,
    effects=COLLECTS,
    c="tw_value_of_int({0})",
    note="allocates a box outside 51 bits; counts as pure for folding and CSE",
)
VALUE_AS_INT: Final = row(
    "value_as_int",
    "r",
    "i",
    roles.UNTRACED,
    c="tw_value_as_int({0})",
    note="small or boxed; recorded as value_small, or as a class guard and a load",
)
VALUE_IS_INT: Final = row(
    "value_is_int",
    "r",
    "i",
    roles.UNTRACED,
    c="tw_value_is_int({0})",
    note="small or boxed; recorded as value_is_small and a class test",
)
VALUE_IS_OBJECT: Final = row(
    "value_is_object",
    "r",
    "i",
    roles.UNTRACED,
    c="tw_value_is_object({0})",
    note="heap pointer that is not a boxed int; recorded as value_is_ref and a class test",
)

# --- objects ---------------------------------------------------------------------------------------------------------
CLASS_OF: Final = row(
    "class_of",
    "r",
    "i",
    roles.PURE,
    c="tw_class_of({0})",
    note="class id of a non-null object; never changes, so loads of it are pure once the object is known",
)
INSTANCE_OF: Final = row(
    "instance_of",
    "r##",
    "i",
    roles.PURE,
    condition=True,
    c="tw_instance_of({0}, {1}, {2})",
    note="non-null object; first and last class id",
)
LOAD_FIELD: Final = row(
    "load_field",
    "r#",
    "r",
    roles.UNTRACED,
    effects=READS,
    note="gives i, r or f as the field says; recorded as load, load_ref or load_float",
)
STORE_FIELD: Final = row(
    "store_field", "r#*", "v", roles.UNTRACED, effects=WRITES, note="recorded as store, store_ref or store_float"
)
NEW_OBJECT: Final = row("new_object", "#", "r", roles.ALLOCATION, note="class id; fields zero")
NEW_ARRAY: Final = row(
    "new_array",
    "#i",
    "r",
    roles.ALLOCATION,
    calls_c=True,
    effects=COLLECTS | RAISES,
    note="array class id, length >= 0; elements zero; raises MemoryError",
)
ARRAY_LENGTH: Final = row(
    "array_length", "r", "i", roles.PURE, c="tw_array_length({0})", note="word at offset 8; never changes"
)
TEXT_WIDTH: Final = row(
    "text_width",
    "r",
    "i",
    roles.PURE,
    c="tw_str_width({0})",
    note="bytes per code point of a text, which never changes",
)
TEXT_CODE8: Final = row(
    "text_code8",
    "ri",
    "i",
    roles.PURE,
    c="((const uint8_t *)tw_str_data({0}))[{1}]",
    note="unchecked code point of a text that is 1 byte wide",
)
TEXT_CODE16: Final = row(
    "text_code16", "ri", "i", roles.PURE, c="((const uint16_t *)tw_str_data({0}))[{1}]", note="2 bytes wide"
)
TEXT_CODE32: Final = row(
    "text_code32", "ri", "i", roles.PURE, c="((const uint32_t *)tw_str_data({0}))[{1}]", note="4 bytes wide"
)
LOAD_ITEM: Final = row(
    "load_item",
    "ri",
    "r",
    roles.UNTRACED,
    effects=READS,
    note="unchecked element; recorded as load_at, load_ref_at or load_float_at",
)
STORE_ITEM: Final = row(
    "store_item",
    "ri*",
    "v",
    roles.UNTRACED,
    effects=WRITES,
    note="unchecked element; recorded as store_at, store_ref_at or store_float_at",
)
SLOT_LOAD: Final = row("slot_load", "ri", "r", roles.STACK_ACCESS, c="tw_slots({0})[{1}]", note="VMStack, index")
SLOT_STORE: Final = row(
    "slot_store", "rir", "v", roles.STACK_ACCESS, c="tw_slots({0})[{1}] = {2}", note="VMStack, index, Value"
)

# --- raw memory ------------------------------------------------------------------------------------------------------
RAW_LOAD8: Final = row("raw_load8", "i", "i", roles.RAW_LOAD, c="*(uint8_t *){0}")
RAW_LOAD16: Final = row("raw_load16", "i", "i", roles.RAW_LOAD, c="*(tw_uint16 *){0}")
RAW_LOAD32: Final = row("raw_load32", "i", "i", roles.RAW_LOAD, c="*(tw_uint32 *){0}")
RAW_LOAD64: Final = row("raw_load64", "i", "i", roles.RAW_LOAD, c="*(tw_int64 *){0}")
RAW_LOAD_FLOAT: Final = row("raw_load_float", "i", "f", roles.RAW_LOAD, c="*(double *){0}")
RAW_STORE8: Final = row("raw_store8", "ii", "v", roles.RAW_WRITE, c="*(uint8_t *){0} = (uint8_t){1}")
RAW_STORE16: Final = row("raw_store16", "ii", "v", roles.RAW_WRITE, c="*(tw_uint16 *){0} = (uint16_t){1}")
RAW_STORE32: Final = row("raw_store32", "ii", "v", roles.RAW_WRITE, c="*(tw_uint32 *){0} = (uint32_t){1}")
RAW_STORE64: Final = row("raw_store64", "ii", "v", roles.RAW_WRITE, c="*(tw_int64 *){0} = {1}")
RAW_STORE_FLOAT: Final = row("raw_store_float", "if", "v", roles.RAW_WRITE, c="*(double *){0} = {1}")
COPY_MEMORY: Final = row(
    "copy_memory",
    "iii",
    "v",
    roles.RAW_WRITE,
    calls_c=True,
    effects=READS | WRITES,
    c="tw_copy_memory({0}, {1}, {2})",
    note="target, source, bytes",
)
ZERO_MEMORY: Final = row("zero_memory", "ii", "v", roles.RAW_WRITE, calls_c=True, c="tw_zero_memory({0}, {1})")

# --- calls and control of translated functions -----------------------------------------------------------------------
CALL: Final = row(
    "call",
    "#*",
    "v",
    roles.UNTRACED,
    effects=READS | WRITES | RAISES | COLLECTS | SLOTS,
    note="function; gives what it returns; traced through, or recorded as a residual call",
)
CALL_METHOD: Final = row(
    "call_method",
    "#r*",
    "v",
    roles.UNTRACED,
    effects=READS | WRITES | RAISES | COLLECTS | SLOTS,
    note="method slot; receiver, arguments; as call",
)
CALL_POINTER: Final = row(
    "call_pointer",
    "i*",
    "v",
    roles.UNTRACED,
    effects=READS | WRITES | RAISES | COLLECTS | SLOTS,
    note="code pointer, arguments; as call",
)
CALL_C: Final = row(
    "call_c",
    "#*",
    "v",
    roles.UNTRACED,
    effects=NONE,
    note="C function by name; its row in translate/flow/externals.py says what it does; recorded as a residual call",
)
MERGE_POINT: Final = row(
    "merge_point",
    "ririi",
    "v",
    roles.UNTRACED,
    effects=CONTROL,
    note="code, pc, stack, base, bottom; ends the recording, or it goes on",
)
ENTER_JIT: Final = row(
    "enter_jit",
    "ririi",
    "v",
    roles.UNTRACED,
    effects=CONTROL | RAISES,
    note="code, pc, stack, base, bottom; as merge_point; see jit/README.md",
)
CALL_SEPARATELY: Final = row(
    "call_separately", "r", "i", roles.UNTRACED, effects=CONTROL, note="callee's code; answered by the recorder"
)
PROMOTE: Final = row(
    "promote", "*", "v", roles.UNTRACED, effects=NONE, c="{0}", note="gives its operand; recorded as a guard"
)
PROMOTE_FEW: Final = row("promote_few", "*", "v", roles.UNTRACED, effects=NONE, c="{0}", note="promote, unless many")
WE_ARE_JITTED: Final = row("we_are_jitted", "", "i", roles.UNTRACED, c="0", note="a constant")
IS_CONSTANT: Final = row("is_constant", "*", "i", roles.UNTRACED, c="0", note="answered by the recorder")

# --- traces only -----------------------------------------------------------------------------------------------------
INPUT: Final = row("input", "#", "r", roles.INPUT, note="bridge: number of the value in the parent's exit")
INPUT_INT: Final = row("input_int", "#", "i", roles.INPUT)
INPUT_FLOAT: Final = row("input_float", "#", "f", roles.INPUT)
TRACE_STACK: Final = row("trace_stack", "", "r", roles.PURE, note="the VMStack that the trace was entered with")
TRACE_BASE: Final = row("trace_base", "", "i", roles.PURE, note="index of the frame the trace was entered with")
TRACE_BOTTOM: Final = row(
    "trace_bottom", "", "i", roles.PURE, note="index of the frame whose return ends this entry into machine code"
)
READ_SLOT: Final = row(
    "read_slot", "#", "r", roles.SLOT_READ, note="VM-stack slot at trace_base + immediate, from memory"
)
WRITE_SLOT: Final = row(
    "write_slot", "#r", "v", roles.SLOT_WRITE, note="to memory; only before calls and jumps that read it"
)
LOAD: Final = row("load", "r##", "i", roles.LOAD, note="word at reference + offset; alias class")
LOAD_REF: Final = row("load_ref", "r##", "r", roles.LOAD)
LOAD_FLOAT: Final = row("load_float", "r##", "f", roles.LOAD)
STORE: Final = row("store", "r##i", "v", roles.STORE, forwards="load")
STORE_REF: Final = row("store_ref", "r##r", "v", roles.STORE, forwards="load_ref")
STORE_FLOAT: Final = row("store_float", "r##f", "v", roles.STORE, forwards="load_float")
WRITE_BARRIER: Final = row(
    "write_barrier", "r", "v", roles.RAW_WRITE, note="before stores of references into an object that may be old"
)
WRITE_BARRIER_AT: Final = row(
    "write_barrier_at",
    "rir",
    "v",
    roles.RAW_WRITE,
    note="before the store of a reference into an array: which element, and what is stored",
)
LOAD_AT: Final = row("load_at", "ri#", "i", roles.LOAD, item=True, note="array element: reference, index, alias class")
LOAD_REF_AT: Final = row("load_ref_at", "ri#", "r", roles.LOAD, item=True)
LOAD_FLOAT_AT: Final = row("load_float_at", "ri#", "f", roles.LOAD, item=True)
STORE_AT: Final = row("store_at", "ri#i", "v", roles.STORE, item=True, forwards="load_at")
STORE_REF_AT: Final = row("store_ref_at", "ri#r", "v", roles.STORE, item=True, forwards="load_ref_at")
STORE_FLOAT_AT: Final = row("store_float_at", "ri#f", "v", roles.STORE, item=True, forwards="load_float_at")
RESIDUAL_I: Final = row(
    "residual_i",
    "#*",
    "i",
    roles.RESIDUAL_CALL,
    note="call of a native function: index into the function table; its effects narrow these",
)
RESIDUAL_R: Final = row("residual_r", "#*", "r", roles.RESIDUAL_CALL)
RESIDUAL_F: Final = row("residual_f", "#*", "f", roles.RESIDUAL_CALL)
RESIDUAL_V: Final = row("residual_v", "#*", "v", roles.RESIDUAL_CALL)
CALL_GUEST: Final = row(
    "call_guest",
    "r#*",
    "r",
    roles.GUEST_CALL,
    note="cell holding the callee's compiled code; base offset of its frame; bare ints for its typed slots, which are not written",
)
CALL_CODE: Final = row("call_code", "r#", "r", roles.GUEST_CALL, note="code, compiled or not; offset of its frame")
ARGUMENT_INT: Final = row(
    "argument_int",
    "#",
    "i",
    roles.UNBOXING,
    note="first in a function: the int that a typed call passes for this slot; from other callers the slot's, if it is a small int",
)
RESULT_INT: Final = row(
    "result_int", "r", "i", roles.UNBOXING, note="the int that this call of a guest function has returned, if it is one"
)
INT_FITS: Final = row(
    "int_fits",
    "ii",
    "i",
    roles.PURE,
    condition=True,
    meaning=lambda a, bits: int(-(1 << (bits - 1)) <= a < 1 << (bits - 1)),
    note="whether a signed number of so many bits (a constant of 34 to 63) can hold it",
)
SAME_INT: Final = row(
    "same_int", "i", "i", roles.PURE, meaning=lambda a: a, note="the operand, of which nothing but its facts is known"
)
SAME_REF: Final = row("same_ref", "r", "r", roles.PURE, meaning=lambda a: a, note="as same_int")
SAME_FLOAT: Final = row("same_float", "f", "f", roles.PURE, meaning=lambda a: a, note="as same_int")
# One of two values, without a branch: where both ways of one only compute, both are computed (`jit/record/both_ways.py`).
INT_SELECT: Final = choice("int_select", "i", "the second operand where the first is not 0, else the third")
REF_SELECT: Final = choice("ref_select", "r", "as int_select")
FLOAT_SELECT: Final = choice("float_select", "f", "as int_select, bit by bit")
VALUE_OF_SMALL: Final = row(
    "value_of_small",
    "i",
    "r",
    roles.PURE,
    c="tw_value_of_small({0})",
    meaning=lambda n: n | INT_TAG,
    note="only where the int is known to have 51 bits; recorded as value_of_int, of which the last pass makes it",
)
NATURAL_DIV: Final = row(
    "natural_div",
    "ii",
    "i",
    roles.PURE,
    meaning=integers.trunc_div,
    note="int_trunc_div where neither operand is negative, and the divisor not 0",
)
NATURAL_MOD: Final = row("natural_mod", "ii", "i", roles.PURE, meaning=integers.trunc_mod, note="as natural_div")
GUARD_TRUE: Final = row("guard_true", "i", "v", roles.GUARD, tests_condition=True)
GUARD_FALSE: Final = row("guard_false", "i", "v", roles.GUARD, tests_condition=True)
GUARD_INT: Final = row("guard_int", "ii", "v", roles.GUARD, note="operand equals the constant")
GUARD_REF: Final = row("guard_ref", "rr", "v", roles.GUARD, note="operand is the constant")
GUARD_CLASS: Final = row("guard_class", "r#", "v", roles.GUARD, note="non-null object of exactly this class id")
GUARD_NO_EXCEPTION: Final = row(
    "guard_no_exception", "", "v", roles.GUARD, note="directly after the call it belongs to"
)
GUARD_EXCEPTION: Final = row(
    "guard_exception", "#", "v", roles.GUARD, note="the call before has left an exception of exactly this class id"
)
TAKE_EXCEPTION: Final = row(
    "take_exception", "#", "r", roles.TAKING, note="the exception that was pending, of this class id; now none is"
)
GUARD_VALID: Final = row(
    "guard_valid", "#", "v", roles.GUARD, note="no code unless invalidated: the exit is patched in"
)
LABEL: Final = row(
    "label",
    "*",
    "v",
    roles.LABEL,
    note="head of the peeled loop; its operands are the loop-carried values (left sides)",
)
JUMP: Final = row(
    "jump",
    "*",
    "v",
    roles.END,
    guard=True,
    note="back to the label, with the new loop-carried values; leaves where an interrupt waits",
)
LINK: Final = row(
    "link", "r", "v", roles.END, guard=True, note="all slots written; go on at the start of the code in this cell"
)
ENTER_LABEL: Final = row(
    "enter_label",
    "*",
    "v",
    roles.END,
    guard=True,
    note="bridge of a loop: go on at its LABEL with the values it carries, then those it keeps",
)
FINISH: Final = row("finish", "r", "v", roles.END, note="the guest frame at trace_bottom returned this Value")
FINISH_RAISING: Final = row(
    "finish_raising", "r", "v", roles.END, note="the guest frame at trace_bottom was left by this exception"
)
LEAVE: Final = row("leave", "", "v", roles.END, guard=True, note="always exits by its snapshot")

BY_NAME: Final = {operation.name: operation for operation in TABLE}
