"""The numbers and tables that C code, the collector and machine code share: a header of constants, and the class table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from tracewright.core import object_layout, text, value
from tracewright.core.vm_stack import CELLS_OFFSET, SLOT_BYTES, VMStack
from tracewright.core.weak import TARGET_OFFSET, Ephemeron, Finalizer, WeakReference
from tracewright.gc import header
from tracewright.gc import size_classes as heap
from tracewright.translate.emit_c.static_data import ascii_lines, quads
from tracewright.translate.flow import types
from tracewright.translate.flow.types import ClassLayout, kind_of
from tracewright.translate.infer.type_table import ERROR_TEXT

if TYPE_CHECKING:
    from tracewright.translate.emit_c.view import ProgramView

# Read-only data with addresses in it: in a library the loader fills those in first.
READ_ONLY: Final = '.section .data.rel.ro,"aw"'
# Class ids that the runtime itself uses; translate.program numbers the classes accordingly.
BOXED_INT_CLASS, STR_CLASS, BYTES_CLASS, WORDS_CLASS = 1, 2, 3, 4
LARGEST_LENGTH: Final = 1 << 40  # longer arrays cannot exist; keeps size computations from overflowing

PREBUILT_ERRORS: Final = (
    ("tw_recursion_error", RecursionError("recursion too deep")),
    ("tw_memory_error", MemoryError("out of memory")),
    ("tw_keyboard_interrupt", KeyboardInterrupt("interrupted")),
    ("tw_overflow_error", OverflowError("integer overflow")),
)


def constants() -> dict[str, int]:
    """What `tracewright_constants.h` defines, without the prefix TW_."""
    boxed_class = heap.size_class_of(object_layout.BOXED_INT_OFFSET + 8)
    return {
        "SIZE_CLASSES": heap.SIZE_CLASSES,
        "GRANULE": heap.GRANULE,
        "BLOCK_BYTES": heap.BLOCK_BYTES,
        "LARGEST_SMALL": heap.LARGEST_SMALL,
        "LARGEST_LENGTH": LARGEST_LENGTH,
        "HEAP_BASE": heap.HEAP_BASE,
        "HEAP_BYTES": heap.HEAP_BYTES,
        "TABLES_BASE": heap.TABLES_BASE,
        "TABLES_BYTES": heap.TABLES_BYTES,
        "CARDS_BASE": heap.CARDS_BASE,
        "CARD_SHIFT": heap.CARD_SHIFT,
        "MARK_STACK_BASE": heap.MARK_STACK_BASE,
        "MARK_STACK_BYTES": heap.MARK_STACK_BYTES,
        "STACK_HEADER": heap.STACK_HEADER,
        "AGE": header.AGE_OFFSET,
        "OLD": header.OLD,
        "CARDED": header.CARDED,
        "SHAPE_REFERENCES": heap.SHAPE_REFERENCES,
        "ARRAY_LENGTH": object_layout.ARRAY_LENGTH_OFFSET,
        "ARRAY_ITEMS": object_layout.ARRAY_ITEMS_OFFSET,
        "BYTES_LENGTH": object_layout.BYTES_LENGTH_OFFSET,
        "BYTES_DATA": object_layout.BYTES_DATA_OFFSET,
        "STR_LENGTH": object_layout.STR_LENGTH_OFFSET,
        "STR_HASH": object_layout.STR_HASH_OFFSET,
        "STR_WIDTH": object_layout.STR_WIDTH_OFFSET,
        "STR_DATA": object_layout.STR_DATA_OFFSET,
        "HASH_START": text.HASH_START,
        "HASH_FACTOR": text.HASH_FACTOR,
        "BOXED_INT": object_layout.BOXED_INT_OFFSET,
        "BOXED_INT_CLASS": BOXED_INT_CLASS,
        "BOXED_INT_SIZE_CLASS": boxed_class,
        "BOXED_INT_CELL": heap.CELL_SIZES[boxed_class],
        "STR_CLASS": STR_CLASS,
        "BYTES_CLASS": BYTES_CLASS,
        "STACK_CELLS": CELLS_OFFSET,
        "SLOT_BYTES": SLOT_BYTES,
        "FIRST_POINTER": value.FIRST_POINTER,
        "INT_TAG": value.INT_TAG,
        "SMALL_INT_BITS": value.SMALL_INT_BITS,
        "DOUBLE_OFFSET": value.DOUBLE_OFFSET,
        "CANONICAL_NAN": value.CANONICAL_NAN,
    }


def constants_header() -> str:
    """The text of `tracewright_constants.h`."""
    lines = ["/* Written by translate/emit_c/layout.py from the Python modules that own these numbers. */"]
    lines += [
        f"#define TW_{name} {f'({number}L)' if number < 0 else f'{number}L'}" for name, number in constants().items()
    ]
    return "\n".join([*lines, ""])


def size_tables() -> str:
    """C definitions of the tables over size classes."""
    sizes = ", ".join(map(str, heap.CELL_SIZES.items))
    granules = ", ".join(map(str, heap.CLASS_OF_GRANULES.items))
    return (
        f"const int64_t tw_cell_sizes[TW_SIZE_CLASSES] = {{{sizes}}};\n"
        f"const uint8_t tw_class_of_granules[] = {{{granules}}};\n"
    )


def shape_of(layout: ClassLayout) -> int:
    """How the collector reads instances."""
    if layout.python_class is VMStack:
        return heap.SHAPE_STACK
    if layout.python_class is WeakReference:
        return heap.SHAPE_WEAK
    if layout.python_class is Ephemeron:
        return heap.SHAPE_EPHEMERON
    if layout.shape == "words":
        return heap.SHAPE_WORDS
    if layout.shape == "array":
        is_reference = layout.item is not None and kind_of(layout.item) == "r"
        return heap.SHAPE_REFERENCES if is_reference else heap.SHAPE_NUMBERS
    references = reference_bits(layout)
    if layout.shape != "fields" or references == 0:
        return heap.SHAPE_PLAIN
    return heap.SHAPE_FIELDS if references < 1 << 64 else heap.SHAPE_MANY_FIELDS


def reference_bits(layout: ClassLayout) -> int:
    """Bit n: the word at 8 + 8 * n holds a reference or Value that keeps alive."""
    if layout.shape != "fields":
        return 0
    is_finalizer = layout.python_class is not None and issubclass(layout.python_class, Finalizer)
    references = [field.offset for field in layout.fields.values() if kind_of(field.type) == "r"]
    return sum(1 << (offset - 8) // 8 for offset in references if not (is_finalizer and offset == TARGET_OFFSET))


def class_ids(view: ProgramView) -> dict[str, int]:
    """The symbols that stand for class ids, and the ids."""
    found: dict[str, int] = {}
    for layout in view.program.layouts:
        symbol = view.class_symbol(layout)
        found[symbol] = layout.first_id
        found[f"{symbol}_span"] = layout.last_id - layout.first_id
    return found


def class_table(layouts: Iterable[ClassLayout], view: ProgramView, exported: bool = True) -> list[str]:
    """Assembler: class ids as absolute symbols (seen by other files if `exported`), and the table with a row per id."""
    rows: dict[int, list[str]] = {}
    ids = class_ids(view)
    symbols = [f".globl {symbol}" for symbol in ids if exported]
    symbols += [f".set {symbol}, {number}" for symbol, number in ids.items()]
    texts: list[str] = []
    for layout in layouts:
        shape = shape_of(layout)
        bits = reference_bits(layout) if shape in (heap.SHAPE_FIELDS, heap.SHAPE_MANY_FIELDS) else 0
        references: int | str = bits
        if shape == heap.SHAPE_MANY_FIELDS:
            references = f".Lbits_{layout.first_id}"
            words = [bits >> start & (1 << 64) - 1 for start in range(0, (layout.size - 8) // 8, 64)]
            texts += [".balign 8", f"{references}:", *quads(words)]
        texts += [f".Lname_{layout.first_id}:", *ascii_lines(layout.name.encode() + b"\0")]
        rows[layout.first_id] = quads([shape, layout.size, references, f".Lname_{layout.first_id}"])
    last = max(rows, default=0)
    empty = [".quad 0, 8, 0, .Lname_none"]
    table = [line for number in range(last + 1) for line in rows.get(number, empty)]
    head = [
        READ_ONLY,
        ".Lname_none:",
        *ascii_lines(b"object\0"),
        *texts,
        ".balign 16",
        ".globl tw_classes",
        "tw_classes:",
    ]
    count = [".globl tw_class_count", "tw_class_count:", f".quad {last + 1}"]
    return [*symbols, *head, *table, *count, *empty_arrays(last)]


def empty_arrays(last_id: int) -> list[str]:
    """Assembler: an array without elements for each class id. Those of ids that are no arrays are never named."""
    words = [word for number in range(last_id + 1) for word in (number, 0)]
    return [".balign 16", ".globl tw_empty_arrays", "tw_empty_arrays:", *quads(words)]


def method_tables(view: ProgramView) -> list[str]:
    """Assembler: per method slot the implementations by class id, for slots that have a choice.

    The symbol lies `owner.first_id` entries before the table, so that a class id indexes it as it is.
    """
    lines = [READ_ONLY, ".balign 16"]
    by_id = {layout.first_id: layout for layout in view.program.layouts}
    for slot in view.slots:
        if len(view.implementations(slot)) < 2:
            continue
        first, last = slot.owner.first_id, slot.owner.last_id
        symbol = view.slot_symbol(slot)
        lines += [f".globl {symbol}", f".set {symbol}, . - {8 * first}"]
        targets = [by_id[number].vtable.get(slot) if number in by_id else None for number in range(first, last + 1)]
        lines += quads("tw_missing_method" if target is None else view.symbol_of(target) for target in targets)
    return lines


def runtime_words(view: ProgramView) -> list[str]:
    """Assembler: the words that the C runtime reads: prebuilt exceptions and a few offsets."""
    by_class = {layout.python_class: layout for layout in view.program.layouts if layout.python_class is not None}
    words: dict[str, int | str] = {}
    for name, error in PREBUILT_ERRORS:
        layout = by_class.get(type(error))
        words[name] = 0 if layout is None else view.prebuilt.word(error, types.Instance(layout))
    os_error = by_class.get(OSError)
    base = by_class.get(BaseException)
    words["tw_os_error_class"] = 0 if os_error is None else os_error.first_id
    words["tw_os_error_size"] = 0 if os_error is None else os_error.size
    words["tw_os_error_errno_offset"] = 0 if os_error is None else os_error.fields["errno"].offset
    words["tw_exception_message_offset"] = 0 if base is None else base.fields[ERROR_TEXT].offset
    lines = [READ_ONLY, ".balign 8"]
    for name, word in words.items():
        lines += [f".globl {name}", f"{name}:", f".quad {word}"]
    return lines
