"""One run of Ruff: everything that other designs would keep in global variables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.global_cells import Global
from tracewright.guest.shapes import GuestType, Shape, root_shape
from tracewright.hints import elidable, immutable_fields

DEFAULT_LONGEST_WAIT: Final = 120_000  # milliseconds
STACK_SLOTS: Final = 1 << 24  # 128 MiB of address space, used page by page: recursion is limited by memory


class W_Object:
    """Base class of everything a `Value` can point to."""


# --- global variables ------------------------------------------------------------------------------------------------
UNBOUND: Final = 0
MUTABLE: Final = 1
LET: Final = 2
CONST: Final = 3


@final
@immutable_fields("builtin", "kind?")
class GlobalCell(Global):
    """One global name of the program. Code holds the cell itself, so that no name is looked up at run time."""

    def __init__(self, name: str, builtin: Value) -> None:
        super().__init__(name)
        self.builtin = builtin  # what the name means while unbound: a builtin, or UNDEFINED
        self.kind: int = UNBOUND

    def bind(self, value: Value, kind: int) -> None:
        """Create the binding, or replace it whatever it is."""
        self.write(value)
        self.kind = kind


@final
class Namespace(W_Object):
    """The global variables of the main program or of one module."""

    def __init__(self, builtins: dict[str, Value], directory: str = "") -> None:
        self.builtins = builtins
        self.directory = directory  # where a module's own imports are looked for first; "" for the main program
        self.cells: dict[str, GlobalCell] = {}
        self.changed_by_functions: set[str] = set()  # names whose containers some function changes in place

    def cell(self, name: str) -> GlobalCell:
        """The global of that name, made when first mentioned."""
        found = self.cells.get(name)
        if found is None:
            found = GlobalCell(name, self.builtins.get(name, Value.UNDEFINED))
            self.cells[name] = found
        return found


# --- natives ---------------------------------------------------------------------------------------------------------
ARITY_ANY: Final = 0  # never checked by the caller: surplus arguments are ignored, the function looks at `count`
ARITY_METADATA: Final = 1  # "len expects 1 arguments, got 0", "input expects 0 to 1 arguments, got 2"
ARITY_STRICT: Final = 2  # "pop expects 1 argument, got 0"
ARITY_DENIED: Final = 3  # for what the command line does not allow; `shown_name` is the capability that is missing


# Names in `Session.statements`.
AWAIT: Final = "await"  # waits for a promise that is pending
SPAWN: Final = "spawn"  # starts a function as a task
COPY_OF_GLOBAL: Final = "copy of global"  # the value of a cell, or UNDEFINED

PAIR_ONLY: Final = 1 << 8  # in `moved`: argument 0 is given away only if the result is a pair of its rest and an item


@final
@immutable_fields("name", "minimum", "maximum", "family", "shown_name", "function", "calls_back", "pure", "gives_rest")
class W_Native(W_Object):
    """A builtin function. See objects.py for the calling convention."""

    def __init__(
        self,
        name: str,
        minimum: int,
        maximum: int,
        family: int,
        function: Callable[[Session, VMStack, int, int, int], Value],
        calls_back: bool = False,
        pure: bool = False,
        gives_rest: bool = False,
        shown_name: str = "",
    ) -> None:
        self.name = name
        self.minimum = minimum
        self.maximum = maximum  # -1: no upper limit
        self.family = family  # one of ARITY_*
        self.function = function
        self.calls_back = calls_back  # may call guest functions: gets a frame link and a fresh `stack.top`
        self.gives_rest = gives_rest  # the result is `[rest, item]` of argument 0
        self.pure = pure  # same arguments, same result, no effect: the compiler may fold it on constants
        self.shown_name: str = shown_name if shown_name != "" else name  # the name in arity errors (aliases differ)


# --- the session -----------------------------------------------------------------------------------------------------
@final
@immutable_fields("stack", "dict_shape")
class Session:
    """Globals, builtins, struct types and the VM stack of one run. Passed down everywhere, never kept in a module."""

    def __init__(self, builtins: dict[str, Value], statements: dict[str, W_Native]) -> None:
        self.stack: VMStack = VMStack(STACK_SLOTS)
        self.builtins = builtins  # a scope outside the globals; complete before anything is compiled
        self.methods: dict[str, Value] = {}  # "array.map": natives called as methods, the receiver first
        self.makes_generators = False  # some program that was compiled does, so generators have their methods
        self.statements = statements  # natives that carry out statements, shared; no program can name them
        self.globals: Namespace = Namespace(self.builtins)  # of the main program
        self.shapes: dict[str, Shape] = {}  # struct name -> its empty shape
        self.dict_shape: Shape = root_shape(GuestType(""))  # root of the shapes of small dicts
        self.literals: dict[str, W_Object] = {}  # the strings for the texts in programs
        self.arguments: list[str] = []  # what `args()` gives
        self.longest_wait: int = DEFAULT_LONGEST_WAIT  # milliseconds for which an `await` of the main program may take
        self.scheduler: W_Object | None = None  # tasks, and what they wait for: a Scheduler (scheduler.py)
        self.modules: W_Object | None = None  # what has been imported: a ModuleTable (module_files.py)
        self.library: W_Object | None = (
            None  # state of the builtins (random numbers, capabilities...): theirs to define
        )

    def struct_shape(self, name: str) -> Shape:
        """The empty shape of struct type `name`."""
        found = self.shapes.get(name)
        if found is None:
            found = root_shape(GuestType(name))
            self.shapes[name] = found
        return found

    def add_method(self, kind: str, native: W_Native) -> None:
        """Register a builtin method `native.name` of values whose `type` is `kind`; the receiver is argument 0."""
        self.methods[kind + "." + native.name] = Value.of_object(native)

    def add_methods_late(self, kind: str, natives: list[W_Native]) -> None:
        """The same for several, when the first value of this kind is made: most programs make none."""
        if kind + "." + natives[0].name not in self.methods:
            for native in natives:
                self.add_method(kind, native)

    def statement(self, name: str) -> W_Native:
        """The native that carries out this kind of statement."""
        native = self.statements.get(name)
        assert native is not None, name
        return native


@elidable
def arity_fits(native: W_Native, count: int) -> bool:
    """Whether the caller may go on with so many arguments."""
    return native.family == ARITY_ANY or (native.minimum <= count and (native.maximum < 0 or count <= native.maximum))
