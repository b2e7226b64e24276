"""Why a recording was given up: the whole catalogue, with a sentence for each."""

from typing import Final


class Abort:
    """Reasons. The interpreter has gone on in every case; only the trace is lost."""

    NONE: Final = 0
    TOO_LONG: Final = 1
    TOO_DEEP: Final = 2
    RAISED_OUT: Final = 3
    CALL_RAISED: Final = 4
    UNKNOWN_FUNCTION: Final = 5
    UNTRACEABLE: Final = 6
    TOO_MANY_VISITS: Final = 7
    LEFT_START_FRAME: Final = 8
    RECURSION: Final = 9
    PENDING_EXCEPTION: Final = 10
    OTHER_STACK: Final = 11
    NOT_A_LOOP: Final = 12
    EMPTY: Final = 13
    CODE_MEMORY: Final = 14
    SPILLS: Final = 15
    INVALIDATED: Final = 16
    RETURNED_EARLY: Final = 17
    SHORT_LOOP: Final = 18
    INNER_LOOP: Final = 19
    CLOSED_LABEL: Final = 20
    LEFT_LOOP: Final = 21
    NO_SELECT: Final = 22
    SHORT_FUNCTION: Final = 23
    RESUMED_RECURSION: Final = 24


NAMES: Final[list[str]] = [name.lower() for name, value in vars(Abort).items() if isinstance(value, int)]
SENTENCES: Final[list[str]] = [
    "nothing went wrong",
    "the trace became longer than the limit trace_limit",
    "inlined calls of the interpreter's own functions became too deep",
    "an exception left the portal while recording",
    "a function that traces call raised an exception while recording",
    "the interpreter called a function through a pointer that the JIT has no entry for",
    "the interpreter did something that cannot be recorded",
    "the same guest position came round too often without closing the loop",
    "the guest returned from the frame in which recording began",
    "a recursive guest function has to be compiled as a function first",
    "an exception was pending where a bridge would begin",
    "the interpreter went over to another VM stack",
    "the loop could not be closed: the state at its end does not fit its start",
    "the guest was elsewhere before anything was recorded",
    "there is no memory left for machine code",
    "the trace needs more spill slots than a native frame has",
    "something the trace relies on changed while it was being recorded",
    "the guest function returned before its loop came round again",
    "the loop is usually left after a few bytecodes: machine code of its own would gain nothing",
    "a short loop inside the loop has to be compiled first",
    "the loop carries objects that bridges cannot bring, and most turns go by bridges: it is compiled anew without such",
    "the guest left the loop for one around it before it came round",
    "the ways of a branch do more than compute: it is compiled anew as one that is left",
    "the function usually returns after a few bytecodes: machine code of its own would gain nothing",
    "generators resume others of the same code inside each other, so the trace would have as many ways as there are states of all of them",
]
