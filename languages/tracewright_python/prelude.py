"""Modules that are written in guest Python and compiled into the executable as text: loops that call functions of the program.

Such a loop is bytecode like the program's own, so that the JIT compiler makes one trace of the loop and what it calls. The texts are
`prelude/*.guest`; one is compiled when a program first imports it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from tracewright.core.value import Value
from tracewright_python.errors import Raised
from tracewright_python.functions import PyBuiltin, as_function
from tracewright_python.importing import new_module, run_code
from tracewright_python.module_cache import Source, cached_code, keep_code
from tracewright_python.program_loops import sort_row
from tracewright_python.session import Session
from tracewright_python.texts import text_value
from tracewright_python.values import NONE

PRELUDE_TEXTS: Final[dict[str, str]] = {
    path.stem: path.read_text() for path in sorted((Path(__file__).parent / "prelude").glob("*.guest"))
}
NEVER_BOUND: Final[list[str]] = ["_bisect", "_functools", "_heapq", "operator"]
"""Modules whose functions are built-in ones in CPython, so that a class which has one does not make a method of it."""
SORT_ROW: Final = PyBuiltin("sort_row", sort_row, 3, 3)


def install_prelude(session: Session) -> None:
    """Let programs import these modules."""
    for name, text in PRELUDE_TEXTS.items():
        session.native_modules[name] = loader(name, text)


def loader(name: str, text: str) -> Callable[[Session], Value]:
    """What loads one of them."""
    return lambda session: load(session, name, text)


def load(session: Session, name: str, text: str) -> Value:
    """Make the module of a text. A text that sets `__path__` is a package."""
    module = new_module(session, name)
    package = name if "\n__path__ = " in text else name.rpartition(".")[0]
    module.namespace.set_named("__package__", text_value(package))
    if name == "_loops":
        module.namespace.set_named("sort_row", Value.of_object(SORT_ROW))
    file = f"<prelude {name}>"
    session.sources[file] = text
    source = Source(file, len(text), 0)
    try:
        code = cached_code(session, module.namespace, source)
        if code is None:
            code = session.compile_text(session, text, module.namespace, file, 0)
            keep_code(session, source, code)
        run_code(session, code, module.namespace, NONE)
    except Raised:
        session.modules.delete_named(name)
        raise
    if name in NEVER_BOUND:
        for member in module.namespace.all_names():
            function = as_function(module.namespace.get_named(member))
            if function is not None:
                function.code.is_never_bound = True
    return Value.of_object(module)
