"""Code objects, and how a frame lies on the VM stack.

    base + 0..2  link to the caller      + 3 the function that runs      + 4 `this`      + 5 `new.target`
    base + 6     number of arguments     + 7 the first argument; then the other variables and temporaries

Operands of instructions are such offsets.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.guest.assembler import AssembledCode
from tracewright.guest.frames import LINK_SLOTS
from tracewright.hints import GuestCode, dont_look_inside, immutable_fields

CALLEE: Final = LINK_SLOTS
THIS: Final = LINK_SLOTS + 1
NEW_TARGET: Final = LINK_SLOTS + 2
COUNT: Final = LINK_SLOTS + 3
FIRST: Final = LINK_SLOTS + 4


NO_SLOT: Final = -1
BUILT_IN_SCHEME: Final = "node:"  # the files of built-in modules begin so
EVAL_SCHEME: Final = "eval:"  # and so the text of a direct `eval`, before the name of the file in which it stands
NO_CALLBACK: Final = 1 << 16  # beyond all arguments


class CodeKind:
    """How a function returns its result."""

    ORDINARY: Final = 0
    GENERATOR: Final = 1
    ASYNC: Final = 2
    ASYNC_GENERATOR: Final = 3


class AnyRealm:
    """What `realm.Realm` is, for modules that it imports."""


@final
@immutable_fields("has_given[*]")
class FractionPlaces:
    """The instructions of a function, by position: whether a division of ints there has given a fraction (`divisions.py`)."""

    def __init__(self, has_given: Array[bool]) -> None:
        self.has_given = has_given


@final
@immutable_fields(
    "realm",
    "file",
    "parameters",
    "length",
    "frame_size",
    "is_constructor",
    "is_class",
    "is_derived",
    "is_strict",
    "kind",
    "generator_slot",
    "captures[*]",
    "source",
    "callback",
    "is_self_hosted",
    "copies?",
    "fractions?",
)
class Code(AssembledCode):
    """A compiled function, or the whole script.

    `captures` says what a closure takes along: slot n of the frame that makes it as `2 * n`, its own captured value n as `2 * n + 1`.
    """

    def __init__(
        self,
        realm: AnyRealm,
        name: str,
        file: str,
        parameters: int,
        length: int,
        frame_size: int,
        is_constructor: bool,
        is_class: bool,
        is_derived: bool,
        is_strict: bool,
        kind: int,
        generator_slot: int,
        captures: Array[int],
        source: str,
    ) -> None:
        super().__init__(name)
        self.first_parameter = FIRST
        self.parameter_slots = parameters
        self.linkage_slots = FIRST
        self.realm = realm
        self.file = file
        self.parameters = parameters
        self.length = length
        self.frame_size = frame_size
        self.is_constructor = is_constructor
        self.is_strict = is_strict
        self.kind = kind  # a CodeKind
        self.generator_slot = (
            generator_slot  # where the object of a function that stops in the middle is; NO_SLOT in others
        )
        self.captures = captures
        self.source = source  # the function's text
        self.is_class = is_class  # the constructor of a class, which only `new` may call
        self.is_derived = is_derived  # of one with a parent: `this` is made there
        self.callback: int = NO_CALLBACK  # of a self-hosted function: which parameter is a function to call
        self.is_self_hosted = False  # it is no function of the program
        self.copies: CodeCopy | None = (
            None  # of self-hosted functions, for calls that are given a function with this code
        )
        self.fractions: FractionPlaces | None = None

    def is_hidden(self) -> bool:
        """Whether it belongs to a built-in module, whose calls are no business of the program's."""
        return self.file.startswith(BUILT_IN_SCHEME)

    @dont_look_inside
    def add_copy(self, original: Code) -> Code:
        """A copy of a self-hosted function's code for callbacks with this code: the JIT sees different code."""
        copy = Code(
            original.realm,
            original.name,
            original.file,
            original.parameters,
            original.length,
            original.frame_size,
            original.is_constructor,
            original.is_class,
            original.is_derived,
            original.is_strict,
            original.kind,
            original.generator_slot,
            original.captures,
            original.source,
        )
        copy.share(original)
        copy.callback = original.callback
        copy.is_self_hosted = True
        self.copies = CodeCopy(original, copy, self.copies)
        return copy


@final
@immutable_fields("original", "copy", "next")
class CodeCopy:
    """A row of a list."""

    def __init__(self, original: Code, copy: Code, next: CodeCopy | None) -> None:
        self.original = original
        self.copy = copy
        self.next = next


def describe(code: GuestCode, pc: int) -> str:
    """The place of an instruction, for the JIT's listings."""
    return f"{code.name}:{code.line_at(pc)}" if isinstance(code, Code) else "?"
