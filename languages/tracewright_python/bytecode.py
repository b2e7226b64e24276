"""Code objects, and how a frame lies on the VM stack.

    base + 0..2  link to the caller      + 3 the function that runs      + 4 what becomes of the result (`After`)
    base + 5     the first parameter; then the other parameters, variables and temporaries

Parameters stand as in CPython: positional, keyword-only, `*args`, `**kwargs`. Operands of instructions are such offsets.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.guest.assembler import AssembledCode
from tracewright.guest.frames import LINK_SLOTS
from tracewright.hints import GuestCode, immutable_fields
from tracewright_python.namespaces import Namespace
from tracewright_python.objects import PyType

CALLEE: Final = LINK_SLOTS
AFTER: Final = LINK_SLOTS + 1
FIRST: Final = LINK_SLOTS + 2
NO_SLOT: Final = 0  # no variable lives in a link


class After:
    """What becomes of the result of a frame. UNDEFINED: it goes to operand a of the instruction that called.

    An object: the result must be None, and the object goes there (the frame ran its `__init__`). An int is one of these.
    """

    DROP: Final = 0  # nothing: an assignment called
    TRUTH: Final = 1  # its truth goes there
    NOT_TRUTH: Final = 2
    NEXT: Final = 3  # it is the next value of an iterator: StopIteration goes to the place in the next word
    SEND: Final = 4  # the same of `yield from`: the value of StopIteration goes to operand a
    ADVANCE: Final = 5  # of `next(generator)`: it goes to operand a; the generator's end raises StopIteration
    ITERATOR: Final = 6  # of `__iter__`: it must be an iterator, and goes to operand a
    LENGTH: Final = 7  # of `__len__`: it must be an int that is not negative, and goes to operand a
    JUMP_IF_FALSE: Final = 8  # of `__bool__` or `__len__` of operand a: that decides where it goes on
    JUMP_IF_TRUE: Final = 9
    BINARY: Final = 100  # + the number of Special: NotImplemented asks the other side


class CodeKind:
    """What a call of the code makes."""

    FUNCTION: Final = 0
    GENERATOR: Final = 1
    COROUTINE: Final = 2
    ASYNC_GENERATOR: Final = 3


class Awaited:
    """Who awaits a value: what the message says where it cannot be awaited."""

    EXPRESSION: Final = 0
    ENTER: Final = 1  # `async with`, of what `__aenter__` gave
    EXIT: Final = 2
    NEXT: Final = 3  # `async for`, of what `__anext__` gave


class AnySession:
    """What `session.Session` is, for modules that it imports."""


NO_LOOPS: Final[Array[Value]] = Array(0, Value.NULL)


@final
@immutable_fields(
    "session",
    "namespace",
    "qualified_name",
    "file",
    "first_line",
    "positional_only",
    "positional",
    "keyword_only",
    "has_variadic",
    "has_keywords",
    "is_simple",
    "kind",
    "frame_size",
    "generator_slot",
    "captures[*]",
    "variables[*]",
    "documentation",
)
class Code(AssembledCode):
    """A compiled function, class body, comprehension or module.

    `captures` says what a function made of it takes along: slot n of the frame that makes it as `2 * n`, its own captured value n as `2 * n + 1`.
    """

    def __init__(
        self,
        session: AnySession,
        namespace: Namespace,
        name: str,
        qualified_name: str,
        file: str,
        first_line: int,
        positional_only: int,
        positional: int,
        keyword_only: int,
        has_variadic: bool,
        has_keywords: bool,
        kind: int,
        frame_size: int,
        generator_slot: int,
        captures: Array[int],
        variables: Array[str],
        documentation: Value,
    ) -> None:
        super().__init__(name)
        self.session = session
        self.namespace = namespace  # its global names are cells of this one
        self.qualified_name = qualified_name
        self.file = file
        self.first_line = first_line
        self.positional_only = positional_only  # of `positional`
        self.positional = positional
        self.keyword_only = keyword_only
        self.has_variadic = has_variadic
        self.has_keywords = has_keywords
        self.first_parameter = FIRST
        self.parameter_slots = self.parameters()
        self.is_simple: bool = keyword_only == 0 and not has_variadic and not has_keywords and kind == CodeKind.FUNCTION
        self.kind = kind
        self.frame_size = frame_size
        self.generator_slot = generator_slot
        self.captures = captures
        self.variables = (
            variables  # the names of parameters, then of other local variables, in the order of their slots
        )
        self.documentation = documentation
        self.shown: Value = Value.NULL  # the object by which programs know it, once they have asked
        self.free_names: list[str] = []  # by captured value
        self.may_be_awaited = False  # a generator that `types.coroutine` has marked
        self.variables_are_a_namespace = False  # a class body: its names are in the namespace that it is given
        self.is_never_bound = (
            False  # a function that in CPython is a built-in one: found in a class, it becomes no method
        )
        self.loops: Array[Value] = NO_LOOPS  # that call it (`program_loops.py`)
        self.poses_as: PyType | None = None  # a generator that is shown as an iterator of this built-in type
        self.goes_on_at = 0  # which then goes on here when an exception has left it, as such iterators do

    def copied(self) -> Code:
        """The same code once more, for the JIT another one."""
        result = Code(
            self.session,
            self.namespace,
            self.name,
            self.qualified_name,
            self.file,
            self.first_line,
            self.positional_only,
            self.positional,
            self.keyword_only,
            self.has_variadic,
            self.has_keywords,
            self.kind,
            self.frame_size,
            self.generator_slot,
            self.captures,
            self.variables,
            self.documentation,
        )
        result.free_names = self.free_names
        result.words = self.words
        result.set_length(len(self.words))
        result.constants = self.constants
        result.handlers = self.handlers
        result.lines = self.lines
        result.live_slots = self.live_slots
        return result

    def renamed(self, name: str, qualified_name: str, file: str, first_line: int) -> Code:
        """The same code under another name, or as if it stood elsewhere."""
        result = self.copied()
        result.name = name
        result.qualified_name = qualified_name
        result.file = file
        result.first_line = first_line
        result.may_be_awaited = self.may_be_awaited
        result.variables_are_a_namespace = self.variables_are_a_namespace
        return result

    def parameters(self) -> int:
        """How many slots from FIRST on a call fills."""
        return self.positional + self.keyword_only + int(self.has_variadic) + int(self.has_keywords)


def describe(code: GuestCode, pc: int) -> str:
    """The place of an instruction, for the JIT's listings."""
    return f"{code.name}:{code.line_at(pc)}" if isinstance(code, Code) else "?"
