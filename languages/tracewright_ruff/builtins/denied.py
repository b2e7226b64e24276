"""Builtins that the command line does not allow. Their names exist; calling one is an error that can be caught."""

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_ruff.errors import GuestError
from tracewright_ruff.session import ARITY_DENIED, Session, W_Native

NEVER: Final = 1 << 40  # a number of arguments that no call has


def native_denied(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """Never called: no number of arguments fits, and the message about that names the capability."""
    raise GuestError("Capability denied")


def denied(name: str, capability: str) -> W_Native:
    """A builtin that the command line does not allow, for want of this capability."""
    return W_Native(name, NEVER, NEVER, ARITY_DENIED, native_denied, shown_name=capability)
