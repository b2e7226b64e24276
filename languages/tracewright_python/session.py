"""What a program runs in: one Session each time, passed down, never kept in a module."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import immutable_fields
from tracewright.lib.regular_expressions.character_sets import CharacterSet
from tracewright.lib.weak_map import WeakMap
from tracewright_python.bytecode import AnySession, Code
from tracewright_python.modules.json_names import JsonNames
from tracewright_python.namespaces import GlobalCell, Namespace
from tracewright_python.objects import PyMapping, PyObject
from tracewright_python.texts import PyStr

STACK_SLOTS: Final = 1 << 22  # 32 MiB of address space
USUAL_RECURSION_LIMIT: Final = 1000  # CPython's
SLOTS_OF_FRAME: Final = 256
"""How many slots one frame of the recursion limit counts for. Most frames have some twenty, so programs may go deeper than they were
promised, never less deep; a recursion without an end is known after some ten thousand calls."""


FEW_FRAMES: Final = 100
SLOTS_OF_SMALL_FRAME: Final = 24
"""Who allows but a few more frames means a number, and gets about that many of usual size."""


def stack_limit(frames: int) -> int:
    """How many slots so many frames may take."""
    if frames <= FEW_FRAMES:
        return frames * SLOTS_OF_SMALL_FRAME
    return STACK_SLOTS if frames > STACK_SLOTS // SLOTS_OF_FRAME else frames * SLOTS_OF_FRAME


@final
@immutable_fields(
    "stack",
    "run",
    "call",
    "compare",
    "format_percent",
    "get_attribute",
    "find_attribute",
    "compile_text",
    "by_codec",
    "builtins",
    "modules",
    "module_dict",
)
class Session(AnySession):
    """The stack, the built-in names, the modules, and the exception that is being handled.

    `run` is the interpreter's loop, `call` calls anything, `compare` does one of the six comparisons,
    `format_percent` formats with `%`, `get_attribute` gives an attribute by its name, `find_attribute` the same or UNDEFINED,
    `modules` are the entries of `sys.modules`, `compile_text` compiles a text of some kind (`compiler.TextKind`), `by_codec` encodes or decodes in an encoding that a
    module of the library knows, `module_spec` makes the `__spec__` of a module: what lies below them uses these fields.
    """

    def __init__(
        self,
        run: Callable[[Code, int, VMStack, int], Value],
        call: Callable[[Session, Value, list[Value]], Value],
        compare: Callable[[Session, int, Value, Value], Value],
        format_percent: Callable[[Session, Value, Value], Value],
        get_attribute: Callable[[Session, Value, str], Value],
        find_attribute: Callable[[Session, Value, str], Value],
        compile_text: Callable[[Session, str, Namespace, str, int], Code],
        by_codec: Callable[[Session, str, Value, str, str], Value],
        module_spec: Callable[[Session, Value], Value],
        modules: PyMapping,
        module_dict: Value,
    ) -> None:
        self.stack: VMStack = VMStack(STACK_SLOTS)
        self.run = run
        self.call = call
        self.compare = compare
        self.format_percent = format_percent
        self.get_attribute = get_attribute
        self.find_attribute = find_attribute
        self.compile_text = compile_text
        self.by_codec = by_codec
        self.module_spec = module_spec
        self.builtins: Namespace = Namespace(None)
        self.modules: PyMapping = modules
        self.module_dict = module_dict  # `sys.modules`
        self.weak_references: WeakMap[PyObject, Value] = WeakMap()  # lists of what leads to an object weakly
        self.json_names: JsonNames = JsonNames()
        self.struct_formats: dict[str, Value] = {}  # of `struct`, by their texts
        self.category_sets: dict[str, CharacterSet] = {}  # of `unicodedata`, read when first asked for
        self.dict_namespaces: WeakMap[PyObject, Namespace] = WeakMap()  # of dicts that `exec` was given as globals
        self.native_modules: dict[str, Callable[[Session], Value]] = {}  # by name: what makes them
        self.handled: Value = Value.NULL  # the exception whose handler runs, or None
        self.returned: Value = Value.NULL  # by the generator that has just ended, for `yield from` and `await`
        self.first_iteration: Value = Value.NULL  # what is told of an asynchronous generator that begins, or None
        self.generator_finalizer: Value = Value.NULL  # what asynchronous generators that nobody ends are given to
        self.interned: dict[str, PyStr] = {}
        self.arguments: list[str] = []
        self.executable = ""  # the path of this program
        self.warning_filters: list[str] = []  # of the command line
        self.showing: list[PyObject] = []  # containers whose `repr` is being made, for those that hold themselves
        self.sources: dict[str, str] = {}  # texts of files, for tracebacks
        self.error_handlers: dict[str, Value] = {}  # those that programs have registered for errors of encodings
        self.caller_pc = 0  # where that frame goes on
        self.output_cell: GlobalCell | None = None  # `sys.stdout`, once a program has imported `sys`
        self.output: Value = Value.NULL  # the stream that it was
        self.caller_base = 0  # of the frame that has called a built-in function which asks for it
        self.path: Value = Value.NULL  # `sys.path`
        self.loading: list[str] = []  # modules whose code runs
        self.cache_folder = b""  # where compiled modules are kept; empty: nowhere
        self.caches_all = False  # not only those of the library and of installed packages
        self.library = ""  # the folder of the standard library's source, if there is one
        self.digit_limit = 4300  # of texts of ints; 0: none
        self.cpython: PyObject | None = None  # the Bridge to the embedded CPython, once it runs
        self.granted_slots: int = self.stack.limit
        self.has_finalizers = False  # an object with `__del__` has been made
        self.recursion_limit = USUAL_RECURSION_LIMIT
        self.stack.limit = min(self.stack.limit, stack_limit(USUAL_RECURSION_LIMIT))

    def intern(self, text: str) -> PyStr:
        """The one object for a text."""
        found = self.interned.get(text)
        if found is None:
            found = PyStr(text)
            self.interned[text] = found
        return found
