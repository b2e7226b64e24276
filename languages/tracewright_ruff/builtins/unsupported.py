"""Builtins that Ruff has and we do not have yet. Their names exist; calling one is an error that can be caught."""

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_ruff.errors import GuestError
from tracewright_ruff.session import ARITY_DENIED, ARITY_UNSUPPORTED, Session, W_Native

NEVER: Final = 1 << 40  # a number of arguments that no call has

NAMES: Final[list[str]] = """
    ai_chat ai_stream_chat ai_embedding ai_tool_loop 
    db_pool
    db_pool_acquire db_pool_release db_pool_stats db_pool_close 
    load_image gif_to_webp 
""".split()


def native_unsupported(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """Never called: no number of arguments fits, and the message about that names the builtin."""
    raise GuestError("a builtin is not supported yet")


def denied(name: str, capability: str) -> W_Native:
    """A builtin that the command line does not allow, for want of this capability."""
    return W_Native(name, NEVER, NEVER, ARITY_DENIED, native_unsupported, shown_name=capability)


ROWS: Final[list[W_Native]] = [W_Native(name, NEVER, NEVER, ARITY_UNSUPPORTED, native_unsupported) for name in NAMES]
