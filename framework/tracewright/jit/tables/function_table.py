"""What the tracer knows about native functions that a trace may call. The jitcode writer fills the table at translation."""

from typing import final

from tracewright.core.kinds import kind_number


@final
class FunctionInfo:
    """A translated or C function. `kinds` are the parameters' letters, `gives` the result's; `effects` bits as in `core/effects.py`.

    `address` is the C function itself (System V convention), `wrapper` the one that takes its arguments as a row of words and
    gives the result as a word (a double as its bits). `writes` are the alias classes it may write (None: any), ascending.
    """

    def __init__(
        self,
        name: str,
        kinds: str,
        gives: str,
        effects: int,
        elidable: bool,
        address: int,
        wrapper: int,
        writes: list[int] | None,
    ) -> None:
        self.name = name
        self.kinds = kinds
        self.gives = gives
        self.effects = effects
        self.elidable = elidable
        self.writes_slots = True  # of the VM stack; with SLOTS in `effects`
        self.address = address
        self.wrapper = wrapper
        self.writes = writes


@final
class ClassInfo:
    """A class as traces see it: size in bytes, whether it is an array (then `item_kind`, as in `core/kinds.py`), subclass range, virtual functions.

    `vtable[slot]` is the jitcode number of the method for exactly this class or -1; `vfunctions[slot]` its function number or -1.
    """

    def __init__(self, name: str, class_id: int, last_id: int, size: int, shape: str, item_kind: str) -> None:
        self.name = name
        self.class_id = class_id
        self.last_id = last_id
        self.size = size
        self.shape = shape
        self.item_kind = kind_number(item_kind)
        self.alias = -1  # alias class of the elements of an array
        self.vtable: list[int] = []
        self.vfunctions: list[int] = []


@final
class FieldInfo:
    """A field as traces see it; `kind` as in `core/kinds.py`, `immutable` 0 (may change), 1 (never after construction) or 2 (quasi-immutable)."""

    def __init__(self, name: str, kind: str, offset: int, alias: int, immutable: int, items_immutable: bool) -> None:
        self.name = name
        self.kind = kind_number(kind)
        self.offset = offset
        self.alias = alias
        self.immutable = immutable
        self.items_immutable = items_immutable
