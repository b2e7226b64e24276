"""What the builtins remember during one run."""

from typing import final

from tracewright.lib.event_loop import Job
from tracewright.lib.regular_expressions.matcher import Matcher
from tracewright_ruff.builtins.random_numbers import RandomNumbers
from tracewright_ruff.session import Session, W_Object


@final
class LibraryState(W_Object):
    """Lives in `Session.library`."""

    def __init__(self) -> None:
        self.clock_start = -1  # nanoseconds; -1 until a clock that counts from its first reading has been read
        self.patterns: dict[str, Matcher | None] = {}  # of regular expressions, by their texts; None: it is no pattern
        self.random: RandomNumbers | None = None  # made by the first draw or by a seed
        self.transfers: Job | None = None  # HTTP requests on their way: a TransferGroup (http_client.py)


def library_state(session: Session) -> LibraryState:
    """The state of this run, made when first asked for."""
    state = session.library
    if isinstance(state, LibraryState):
        return state
    fresh = LibraryState()
    session.library = fresh
    return fresh
