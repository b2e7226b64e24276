"""Which small functions a C file has copies of, so that the C compiler can make them part of their callers.

A copy costs the compiler's time in every file that has it: where all files had what pays in the busiest ones, copies were a fifth of all
text. So a file takes as much as befits how often its code runs.
"""

from __future__ import annotations

from typing import Final

from tracewright.translate.emit_c.text import FunctionText

FEATHER: Final = (
    6  # operations up to which a function is copied everywhere, and the C compiler has no say in whether to inline it
)
# Up to so many it is copied into files that take BRIEF and LIGHT functions; the second number is for one that neither loops nor calls more than
# one function: the call is most of what such a function costs.
_BRIEF: Final = (8, 16)
_LIGHT: Final = (12, 24)

# How much a file takes, and the least that a file must take to have a copy of a function.
FEATHERS: Final = 0  # where code runs seldom
BRIEF: Final = 1  # a language's modules: of what they do for a running program most stands in machine code, or is reached from the loop below
LIGHT: Final = (
    2  # Tracewright's own modules, which recording and collecting keep busy, and a file with an interpreter's loop
)
NOWHERE: Final = 3  # no file has copies


def size_of_copy(text: FunctionText, recursive: bool) -> int:
    """Which files have copies of a function: those that take at least this much."""
    if "rare" in text.graph.hints or recursive or text.threaded:
        return NOWHERE
    if text.weight <= FEATHER:
        return FEATHERS
    if text.weight <= _BRIEF[text.is_leaf]:
        return BRIEF
    return LIGHT if text.weight <= _LIGHT[text.is_leaf] else NOWHERE
