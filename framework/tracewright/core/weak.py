"""References that do not keep alive, and what is to be done when something has died.

    cell = WeakReference(thing)             cell.get() is the thing, or None once a collection has found nothing else that leads to it
    entry = Ephemeron(key, value)           the key is weak, and the value is kept only as long as the key: what a weak map is made of
    attach_finalizer(thing, CloseFile(9))   CloseFile.run(thing) is called after nothing else leads to the thing any more ...
    run_due_finalizers()                    ... but only here: where the language says that guest code may run

**When.** Never while anything leads to the target, be it a word on the native stack that only looks like a pointer. Otherwise some
time later, at a collection; nothing is promised about which. At the end of a program nothing is finalized: a language that wants it
calls `run_due_finalizers` itself before it exits.
**Order.** Weak references and ephemerons are cleared before finalizers become due, also where a finalizer then makes the object
reachable again (it may: it gets the object). A finalizer runs once; who wants it again attaches another. Objects that lead to each
other and have finalizers become due together, those attached earlier first.
**What a finalizer may do.** Anything: allocate, run guest code, never return. An exception leaves `run_due_finalizers`; the finalizers
behind it stay due. They do so too while one does not return; it is then what the program does, and an interrupt or the exit of the process ends it. What the finalizer object itself refers to stays alive until it has run, so it must not lead to the target.

Hosted, Python's own weak references and `__del__` do the same, except that an ephemeron whose value leads to its key keeps both, and that
CPython clears weak references to an object that no cycle holds only after its finalizer has run. A
class with `__slots__` needs a slot `__weakref__` to be the target of a weak reference.
"""

import gc
import weakref
from abc import abstractmethod
from typing import Any, Final, Generic, TypeVar, cast, final

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")

# In memory, behind the header; the collector reads them (gc/weak.py). A target is set when the object is made and never again but by the
# collector, which clears it: a target that came later would be unknown to a full collection that is under way.
TARGET_OFFSET: Final = 8  # of a weak reference, an ephemeron (its key) and a finalizer
VALUE_OFFSET: Final = 16  # of an ephemeron
CHAIN_OFFSET: Final = 16  # of a weak reference and a finalizer
EPHEMERON_CHAIN_OFFSET: Final = 24


@final
class WeakReference(Generic[T]):
    """Leads to an object without keeping it alive."""

    target: T | None

    def __init__(self, target: T) -> None:
        self.target = weakly(target)
        self.chain = 0  # the collector's

    def get(self) -> T | None:
        """The object; None once it is gone."""
        target = self.target
        return None if target is None else strongly(target)


@final
class Ephemeron(Generic[K, V]):
    """A key that is not kept alive, and a value that is kept only while the key lives. Once the key is gone, so is the value."""

    key: K | None
    value: V

    def __init__(self, key: K, value: V) -> None:
        self.key = weakly(key)
        self.value = value
        self.chain = 0  # the collector's

    def get_key(self) -> K | None:
        """The key; None once it is gone. Only while it is there may `value` be used."""
        key = self.key
        return None if key is None else strongly(key)

    def drop(self) -> None:
        """As if the key had died. The value goes with the entry, or at the next full collection."""
        self.key = None


class Finalizer:
    """What is to be done when an object has died. Subclasses have `run`, and the fields that it needs."""

    def __init__(self) -> None:
        self.target: object | None = None
        self.chain = 0  # the collector's

    @abstractmethod
    def run(self, target: object) -> None:
        """Called once; the object may be made reachable again."""


def attach_finalizer(target: object, finalizer: Finalizer) -> None:
    """Let the finalizer become due once nothing leads to the target any more. One finalizer serves one object."""
    finalizer.target = target
    register_finalizer(finalizer)


def run_due_finalizers() -> int:
    """Run those whose objects have died; gives how many. Call it where guest code may run: between tasks, at a call."""
    count = 0
    while True:
        finalizer = take_due_finalizer()
        if finalizer is None:
            return count
        target = finalizer.target
        if target is not None:
            finalizer.target = None
            count += 1
            finalizer.run(target)


# --- natively these are the collector's ------------------------------------------------------------------------------
def collect_garbage() -> None:
    """A full collection, now."""
    gc.collect()


def collect_while_idle() -> int:
    """The program waits: collect for some milliseconds. Gives after how many nanoseconds there is something to do again if the program
    goes on waiting (0: at once), or -1: nothing before it has made more."""
    return -1


def account_memory(change: int) -> None:
    """So many bytes more (or, negative, fewer) are held outside the heap by objects in it, such as buffers of C libraries: they
    count when it is decided whether a collection is due."""


def weakly(target: T) -> T:
    """What a weak field holds of an object. Natively the object; the collector knows which fields are weak."""
    return cast(T, weakref.ref(target))


def strongly(held: T) -> T | None:
    """The object of which a weak field holds this, if it is still there."""
    reference = cast("weakref.ref[Any]", held)
    return cast("T | None", reference())


def register_finalizer(finalizer: Finalizer) -> None:
    """Make a finalizer known that has its target."""
    target = finalizer.target
    finalizer.target = None
    _REGISTERED.setdefault(id(target), []).append(finalizer)
    if not hasattr(type(target), "__del__"):
        cast(Any, target).__class__ = type(type(target).__name__, (type(target),), {"__del__": _bury, "__slots__": ()})


def take_due_finalizer() -> Finalizer | None:
    """One whose target has died, which it has again; None: there is none."""
    return _DUE.pop(0) if _DUE else None


# Hosted only.
_REGISTERED: Final[dict[int, list[Finalizer]]] = {}
_DUE: Final[list[Finalizer]] = []


def _bury(thing: object) -> None:
    for finalizer in _REGISTERED.pop(id(thing), []):
        finalizer.target = thing
        _DUE.append(finalizer)
