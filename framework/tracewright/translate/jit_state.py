"""The JIT's module-level state, as a program starts with it."""

from __future__ import annotations

from tracewright.jit.codegen.contract import BackendMaker
from tracewright.jit.tables.assembly import ASSEMBLY, Assembly
from tracewright.jit.warm.state import JIT, Jit


def reset_jit_state(backend_maker: BackendMaker | None) -> None:
    """Before each translation: hosted runs in this process may have turned knobs, and earlier builds have filled the assembly."""
    for name, empty in vars(Assembly()).items():
        setattr(ASSEMBLY, name, empty)
    vars(JIT).update(vars(Jit()))
    JIT.backend_maker = backend_maker
