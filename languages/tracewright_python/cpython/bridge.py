"""The embedded CPython of a session: what is known of it, and the objects that stand for each other.

guest:    array[1]           ForeignObject.__getitem__ -> perform("getitem", array, 1)                  (`performing.py`)
CPython:  operator.getitem   of the object that the PyForeign `array` stands for
guest:    the result         a number or text by value, else a new PyForeign                            (`crossing.py`)

It is one CPython in the process, with a memory of its own.
"""

from __future__ import annotations

from typing import final

from tracewright.core.arrays import Array
from tracewright.core.foreign import NULL
from tracewright.core.memory import load64
from tracewright.core.value import Value
from tracewright.core.weak import Finalizer, account_memory, attach_finalizer
from tracewright.guest.placements import NO_ROW, THREE
from tracewright_python.cpython import library
from tracewright_python.objects import OBJECT, PlainInstance, PyObject, PyType
from tracewright_python.session import Session


@final
class PyForeign(PlainInstance):
    """An object of CPython, of the guest class ForeignObject (`prelude/_cpython.guest`), with a reference that CPython counts."""

    def __init__(self, kind: PyType, address: int) -> None:
        super().__init__(kind.roots.of(THREE), NO_ROW)
        self.address = address


@final
class GiveReference(Finalizer):
    """CPython's object may go when ours has gone."""

    def __init__(self, address: int, size: int) -> None:
        super().__init__()
        self.address = address
        self.size = size  # bytes that it holds, as far as it says

    def run(self, target: object) -> None:
        account_memory(-self.size)
        library.give_reference(self.address)


@final
class HostTypes:
    """Addresses of what values are compared with; they live as long as CPython does."""

    def __init__(self, builtins: int) -> None:
        self.none: int = member(builtins, "None")
        self.true: int = member(builtins, "True")
        self.false: int = member(builtins, "False")
        self.ellipsis: int = member(builtins, "Ellipsis")
        self.not_implemented: int = member(builtins, "NotImplemented")
        self.int: int = member(builtins, "int")
        self.float: int = member(builtins, "float")
        self.complex: int = member(builtins, "complex")
        self.str: int = member(builtins, "str")
        self.bytes: int = member(builtins, "bytes")
        self.tuple: int = member(builtins, "tuple")
        self.list: int = member(builtins, "list")
        self.dict: int = member(builtins, "dict")
        self.set: int = member(builtins, "set")
        self.frozenset: int = member(builtins, "frozenset")


@final
class Bridge(PyObject):
    """Both sides. `things` are the guest's objects that CPython has a GuestObject of, by number."""

    def __init__(self, session: Session, foreign: PyType, answer: Value) -> None:
        self.session = session
        self.foreign = foreign
        self.answer = answer  # the guest function that does what CPython asks of a guest object
        self.things: dict[int, Value] = {}
        self.next_number = 1
        self.builtins: int = library.import_module(b"builtins")
        self.host: HostTypes = HostTypes(self.builtins)
        self.size_function: int = member(library.import_module(b"sys"), "getsizeof")
        self.overflow: Array[int] = Array(1, 0)
        self.functions: dict[str, int] = {}  # of CPython, by the names that the guest has asked for
        self.function_named = 0  # functions and classes of `host_side.py`
        self.described = 0
        self.guest_object = 0
        self.failure = 0  # the answer to CPython where there is no room for another

    def type_of(self) -> PyType:
        return OBJECT

    def new_foreign(self, address: int) -> Value:
        """The guest's object for one of CPython, whose reference it takes over."""
        thing = PyForeign(self.foreign, address)
        size = self._size_of(address)
        attach_finalizer(thing, GiveReference(address, size))
        account_memory(size)
        return Value.of_object(thing)

    def _size_of(self, address: int) -> int:
        """What `sys.getsizeof` says: of an array, its items too, so that many large ones drive collections."""
        arguments = library.new_tuple(1)
        library.take_reference(address)
        library.set_tuple_item(arguments, 0, address)
        size = library.call_object(self.size_function, arguments, NULL)
        library.give_reference(arguments)
        if size == NULL:
            library.clear_error()
            return 0
        result = library.int_word(size, self.overflow)
        library.give_reference(size)
        return result

    def remember(self, value: Value) -> int:
        """The number by which CPython will know a guest object."""
        number = self.next_number
        self.next_number += 1
        self.things[number] = value
        return number


def member(thing: int, name: str) -> int:
    """A new reference to an attribute of an object of CPython; NULL if it has none."""
    return library.get_attribute(thing, name.encode())


def host_type(thing: int) -> int:
    """The address of the class of an object of CPython."""
    return load64(thing + library.TYPE_OFFSET)


def as_foreign(value: Value) -> PyForeign | None:
    """The object of CPython, or None for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyForeign):
            return thing
    return None


def bridge_of(session: Session) -> Bridge | None:
    """The session's, if CPython runs."""
    found = session.cpython
    return found if isinstance(found, Bridge) else None
