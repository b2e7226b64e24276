"""What a compiled Forth program consists of: words.

A frame on the VM stack: the link to its caller; two slots for each counted loop; then the data stack.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, array_of
from tracewright.guest.assembler import AssembledCode
from tracewright.guest.frames import LINK_SLOTS
from tracewright.hints import GuestCode, immutable_fields

FIRST_LOOP: Final = LINK_SLOTS  # a loop's counter, then its limit


@final
@immutable_fields("inputs", "outputs", "first_item", "frame_size", "callees[*]", "texts[*]", "cells")
class Word(AssembledCode):
    """A compiled word: filled in by the compiler, never changed once something runs."""

    def __init__(self, name: str, inputs: int, outputs: int) -> None:
        super().__init__(name)
        self.inputs = inputs
        self.outputs = outputs
        self.first_item: int = FIRST_LOOP  # slot of the deepest item
        self.frame_size: int = FIRST_LOOP
        self.callees: Array[Word] = NO_WORDS
        self.texts: Array[str] = Array(0, "")
        self.cells: Array[int] = Array(0, 0)  # variables and arrays: one memory, which all words share


NO_WORDS: Final[Array[Word]] = array_of([])


def describe(code: GuestCode, pc: int) -> str:
    """The place of an instruction, for the JIT's listings."""
    return f"{code.name}:{code.line_at(pc)}" if isinstance(code, Word) else "?"
