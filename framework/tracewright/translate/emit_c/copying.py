"""Which small functions a C file has copies of, so that the C compiler can make them part of their callers.

A copy costs the compiler's time in every file that has it: where all files had what pays in the busiest ones, copies were a fifth of all
text. So a file takes as much as befits how often its code runs.
"""

from __future__ import annotations

from typing import Final

from tracewright.translate.emit_c.text import FunctionText

# Operations up to which a function is copied everywhere, and the C compiler has no say in whether to inline it.
FEATHER: Final = 6
# Operations up to which it is copied into files that take BRIEF ones, and into those that take LIGHT ones as well. The second number is for a
# function that neither loops nor calls more than one: the call is most of what such a function costs.
_MOST_BRIEF: Final = (8, 16)
_MOST_LIGHT: Final = (12, 24)

# How much a file takes, and the least that a file must take to have a copy of a function.
# FEATHERS: where code runs seldom.
# BRIEF: a language's modules. Of what they do for a running program most stands in machine code, or is reached from the interpreter's loop.
# LIGHT: Tracewright's own modules, which recording and collecting keep busy, and a file with an interpreter's loop.
# NOWHERE: no file has copies.
FEATHERS: Final = 0
BRIEF: Final = 1
LIGHT: Final = 2
NOWHERE: Final = 3


def size_of_copy(text: FunctionText, recursive: bool) -> int:
    """Which files have copies of a function: those that take at least this much."""
    if "rare" in text.graph.hints or recursive or text.threaded:
        return NOWHERE
    if text.weight <= FEATHER:
        return FEATHERS
    if text.weight <= _MOST_BRIEF[text.is_leaf]:
        return BRIEF
    return LIGHT if text.weight <= _MOST_LIGHT[text.is_leaf] else NOWHERE
