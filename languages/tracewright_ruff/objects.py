"""Guest values, and the two protocols that everything else rests on.

Ints, floats, booleans and null are `Value`s themselves; the rest are objects of the classes below (strings, dictionaries,
structs, natives: see strings.py, dictionaries.py, structs.py, session.py; all are importable from here).

OWNERSHIP. Arrays, dictionaries and structs (`W_Container`) have value semantics: `b := a` copies. We share instead, and
copy when one of the two is changed:

* Every variable, element, field and captured variable is a *place*. A container is either held by one place (or is a
  temporary that nobody else holds), or it is marked `shared`. The mark is never taken back.
* Only an unshared container may be changed in place. Changing a shared one makes a copy first (`copied()`), stores the
  copy in the place, and changes that. A copy is unshared, and all elements of it are marked shared, being held twice.
* A value that goes from a place into a second place is marked first: `share(value)`. Temporaries (results of literals,
  calls, operators) are moved without a mark.
* Reading for the moment is *borrowing* and leaves no mark: operands, arguments of natives, arguments of functions.
  A function that changes a parameter in place says so (`Code.owning`), and then the call marks what it does not own.
* `moved` in a call has bit i set where argument i is given away: a temporary, or a variable which the result replaces
  (`a := push(a, x)`). The callee may then change it in place if it is unshared.

NATIVES are functions `(session, stack, first, count, moved) -> Value`: argument i is `stack[first + i]`, there are
`count` of them, and their number has been checked against the row unless its family is ARITY_ANY. A native

* reports errors with `raise GuestError("text")`, before it has changed anything;
* takes an argument with `given(stack, first, moved, i)` if it stores it in its result, and gets a container to change with
  `owned_array(stack, first, moved, i)` and its like: in place if the caller gave it away, else a copy;
* reads everything else with `stack[first + i]` and `as_array(value)`, `as_string(value)`, ... which give None for others;
* calls guest functions with `interpreter.call_function(session, first, function, arguments)`. Its row then says
  `calls_back=True`; it must not look at `stack[first + i]` after the first such call, and must `share` containers that it
  goes on reading.

A row is `W_Native(name, minimum, maximum, family, function, calls_back, pure, shown_name)`; `builtins/registry.py` gathers them.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, unchecked_set
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.shapes import Shape
from tracewright.guest.suspended import SuspendedFrame
from tracewright.hints import dont_look_inside, immutable_fields
from tracewright.lib.event_loop import Job
from tracewright_ruff.bytecode import Code
from tracewright_ruff.containers import EMPTY_ITEMS, W_Container, grown, share, shared_items
from tracewright_ruff.dictionaries import W_Dict, shaped_dict
from tracewright_ruff.errors import GuestError
from tracewright_ruff.opaque import W_Opaque
from tracewright_ruff.session import (
    ARITY_ANY,
    ARITY_METADATA,
    ARITY_STRICT,
    GlobalCell,
    Session,
    W_Native,
    W_Object,
)
from tracewright_ruff.strings import W_String, as_string, concatenated, new_string, number_text, text_value
from tracewright_ruff.structs import W_Struct

__all__ = [
    "ARITY_ANY",
    "ARITY_METADATA",
    "ARITY_STRICT",
    "EMPTY_ITEMS",
    "GlobalCell",
    "GuestError",
    "Session",
    "Shape",
    "W_Container",
    "W_Dict",
    "W_Native",
    "W_Object",
    "W_String",
    "W_Struct",
    "as_string",
    "concatenated",
    "grown",
    "new_string",
    "number_text",
    "shaped_dict",
    "share",
    "shared_items",
    "text_value",
]


# --- containers ------------------------------------------------------------------------------------------------------
@final
class W_Array(W_Container):
    """An array: the first `length` of `items`."""

    def __init__(self, items: Array[Value], length: int) -> None:
        super().__init__()
        self.items = items
        self.length = length

    def append(self, value: Value) -> None:
        """Add an owned value at the end; the array must be unshared."""
        length = self.length
        if length == len(self.items):
            self.items = grown(self.items, length)
        unchecked_set(self.items, length, value)
        self.length = length + 1

    @dont_look_inside
    def copied(self) -> W_Array:
        return W_Array(shared_items(self.items, self.length), self.length)


@final
class W_Set(W_Container):
    """`Set(...)`: distinct values in insertion order."""

    def __init__(self, items: list[Value]) -> None:
        super().__init__()
        self.items = items

    @dont_look_inside
    def copied(self) -> W_Set:
        return W_Set([share(item) for item in self.items])


@final
class W_Queue(W_Container):
    """`Queue(...)`: the values from index `start` on; the front is at `start`."""

    def __init__(self, items: list[Value], start: int) -> None:
        super().__init__()
        self.items = items
        self.start = start

    @dont_look_inside
    def copied(self) -> W_Queue:
        return W_Queue([share(item) for item in self.items[self.start :]], 0)


@final
class W_Stack(W_Container):
    """`Stack(...)`: the top is the last value."""

    def __init__(self, items: list[Value]) -> None:
        super().__init__()
        self.items = items

    @dont_look_inside
    def copied(self) -> W_Stack:
        return W_Stack([share(item) for item in self.items])


# --- immutable values ------------------------------------------------------------------------------------------------
@final
@immutable_fields("good", "payload")
class W_Result(W_Object):
    """`Ok(payload)` if `good`, else `Err(payload)`."""

    def __init__(self, good: bool, payload: Value) -> None:
        self.good = good
        self.payload = payload


@final
@immutable_fields("some", "payload")
class W_Option(W_Object):
    """`Some(payload)` if `some`, else `None` (payload NULL)."""

    def __init__(self, some: bool, payload: Value) -> None:
        self.some = some
        self.payload = payload


@final
@immutable_fields("tag", "payload")
class W_Tagged(W_Object):
    """An enum value `A::B(payload...)`."""

    def __init__(self, tag: str, payload: Array[Value]) -> None:
        self.tag = tag  # with the colons
        self.payload = payload


@final
@immutable_fields("data")
class W_Bytes(W_Object):
    """A row of bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = data


# --- shared by reference ---------------------------------------------------------------------------------------------
@final
@immutable_fields("code", "captured")
class W_Function(W_Object):
    """A user function with its private copies of captured variables."""

    def __init__(self, code: Code, captured: Array[Value]) -> None:
        self.code = code
        self.captured = captured


@final
@immutable_fields("frame")
class W_Generator(W_Object):
    """A call of a generator function: its frame, while it does not run."""

    def __init__(self, frame: SuspendedFrame) -> None:
        self.frame = frame


PENDING: Final = 0
RESOLVED: Final = 1
REJECTED: Final = 2


@final
class W_Promise(W_Object):
    """A value that may come later."""

    def __init__(self, state: int, result: Value, message: str) -> None:
        self.state = state  # PENDING, RESOLVED or REJECTED
        self.result = result
        self.message = message  # why it was rejected
        self.waiting: WaitingJobs | None = None  # made when somebody waits: few promises are ever pending


@final
class WaitingJobs:
    """What is to be done when a promise is no longer pending, in order."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []


@final
class W_Channel(W_Object):
    """An unbounded queue of values between tasks."""

    def __init__(self) -> None:
        self.items: list[Value] = []
        self.start = 0
        self.waiting: list[Job] = []  # of those who found it empty


@final
class W_Task(W_Object):
    """A handle of `spawn_task`: the promise of what the task gives. A cancelled task never goes on."""

    def __init__(self, promise: W_Promise) -> None:
        self.promise = promise
        self.cancelled = False


# --- making and recognising ------------------------------------------------------------------------------------------
def array_from_list(items: list[Value]) -> Value:
    """An array of owned values."""
    length = len(items)
    row: Array[Value] = Array(length, Value.UNDEFINED)
    for index in range(length):
        row[index] = items[index]
    return Value.of_object(W_Array(row, length))


def texts_array(texts: list[str]) -> Value:
    """An array of strings."""
    length = len(texts)
    row: Array[Value] = Array(length, Value.UNDEFINED)
    for index in range(length):
        row[index] = text_value(texts[index])
    return Value.of_object(W_Array(row, length))


def ok_value(payload: Value) -> Value:
    """`Ok(payload)`, the payload owned."""
    return Value.of_object(W_Result(True, payload))


def err_value(payload: Value) -> Value:
    """`Err(payload)`, the payload owned."""
    return Value.of_object(W_Result(False, payload))


def resolved_promise(result: Value) -> Value:
    """A promise that has its value, which is owned."""
    return Value.of_object(W_Promise(RESOLVED, result, ""))


def new_struct(session: Session, name: str, names: list[str], values: list[Value]) -> Value:
    """A struct instance with these fields, owned."""
    struct = W_Struct(session.struct_shape(name))
    for index in range(len(values)):
        struct = struct.with_field(names[index], values[index])
    return Value.of_object(struct)


def as_array(value: Value) -> W_Array | None:
    """The array object, or None."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_Array):
            return thing
    return None


def as_dict(value: Value) -> W_Dict | None:
    """The dictionary object, or None."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_Dict):
            return thing
    return None


def as_struct(value: Value) -> W_Struct | None:
    """The struct object, or None."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_Struct):
            return thing
    return None


def given(stack: VMStack, first: int, moved: int, index: int) -> Value:
    """Argument `index`, fit to be stored: as it is if the caller gave it away, else marked as held twice."""
    value = stack[first + index]
    return value if (moved >> index) & 1 == 1 else share(value)


def owned_array(stack: VMStack, first: int, moved: int, index: int) -> W_Array | None:
    """Argument `index` as an array that may be changed: itself or a copy. None where it is no array."""
    array = as_array(stack[first + index])
    if array is None:
        return None
    return array if (moved >> index) & 1 == 1 and not array.shared else array.copied()


def owned_dict(stack: VMStack, first: int, moved: int, index: int) -> W_Dict | None:
    """Argument `index` as a dictionary that may be changed: itself or a copy. None where it is no dictionary."""
    table = as_dict(stack[first + index])
    if table is None:
        return None
    return table if (moved >> index) & 1 == 1 and not table.shared else table.copied()


def type_name(value: Value) -> str:
    """What `type(value)` says."""
    if value.is_int():
        return "int"
    if value.is_float():
        return "float"
    if value.is_bool():
        return "bool"
    if not value.is_object():
        return "null"
    return object_type_name(value.as_object())


@dont_look_inside
def object_type_name(thing: object) -> str:
    """`type` of a heap object."""
    match thing:
        case W_String():
            return "string"
        case W_Array():
            return "array"
        case W_Dict():
            return "dict"
        case W_Struct():
            return "struct"
        case W_Result():
            return "result"
        case W_Option():
            return "option"
        case W_Tagged():
            return "tagged"
        case W_Function() | W_Native():
            return "function"
        case W_Bytes():
            return "bytes"
        case W_Set():
            return "set"
        case W_Queue():
            return "queue"
        case W_Stack():
            return "stack"
        case W_Promise():
            return "promise"
        case W_Generator():
            return "generator"
        case W_Opaque():
            return thing.kind
        case W_Channel():
            return "channel"
        case W_Task():
            return "taskhandle"
    return "value"
