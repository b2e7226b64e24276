"""What can be called, and what stands in classes and is asked when an attribute is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, final

from tracewright.core.arrays import Array, array_of
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside, immutable_fields
from tracewright_python import builtin_types as types
from tracewright_python.bytecode import Code
from tracewright_python.lists import NO_VALUES
from tracewright_python.namespaces import Namespace
from tracewright_python.objects import OBJECT, PyInstance, PyObject, PyType, as_py_object, new_instance, special
from tracewright_python.session import Session


@final
class Cell(PyObject):
    """A variable that a function and functions inside it share."""

    def __init__(self, value: Value) -> None:
        self.value = value

    def type_of(self) -> PyType:
        return types.CELL


@final
@immutable_fields("code", "captured[*]", "namespace")
class PyFunction(PyObject):
    """A function of the program, with what it took along from around.

    `defaults` are those of the last positional parameters; `keyword_defaults` has one entry per keyword-only parameter, UNDEFINED where it has none.
    """

    def __init__(self, code: Code, namespace: Namespace, captured: Array[Value]) -> None:
        self.code = code
        self.namespace = namespace
        self.captured = captured
        self.defaults: Array[Value] = NO_VALUES
        self.keyword_defaults: Array[Value] = NO_VALUES
        self.annotations: Value = Value.UNDEFINED
        self.documentation: Value = code.documentation
        self.name: str = code.name
        self.qualified_name: str = code.qualified_name
        self.module: Value = Value.UNDEFINED  # what was assigned to `__module__`
        self.own: PyInstance | None = None  # attributes of its own, once it has any

    def type_of(self) -> PyType:
        return types.FUNCTION

    def attributes(self) -> PyInstance | None:
        own = self.own
        if own is None:
            own = new_instance(types.FUNCTION)
            self.own = own
        return own


@final
@immutable_fields("function", "receiver")
class PyMethod(PyObject):
    """A function with its first argument."""

    def __init__(self, function: Value, receiver: Value) -> None:
        self.function = function
        self.receiver = receiver

    def type_of(self) -> PyType:
        return types.METHOD

    def as_special(self) -> Value:
        return Value.of_object(PyMethod(WITHOUT_OBJECT, Value.of_object(self)))  # it has its first argument already


Native = Callable[[Session, VMStack, int, int], Value]
MANY_ARGUMENTS: Final = -1
NO_NAMES: Final[Array[str]] = array_of([])


ASKS_NOTHING: Final = -1


class Inlined:
    """Built-in functions that the interpreter's loop does itself: for generators, by their number of arguments, and what makes instances."""

    NONE: Final = 0
    NEXT: Final = 1  # next(generator)
    SEND: Final = 2  # generator.send(value)
    CONSTRUCT: Final = -1  # type.__call__(cls, ...)


class Loop:
    """Built-in functions that are loops in guest Python where they call the program (`program_loops.py`)."""

    NONE: Final = 0
    SUM: Final = 1
    ANY: Final = 2
    ALL: Final = 3
    MIN: Final = 4
    MAX: Final = 5
    SORTED: Final = 6
    LIST: Final = 7
    TUPLE: Final = 8
    SET: Final = 9
    FROZENSET: Final = 10
    ENUMERATE: Final = 11
    MAP: Final = 12
    FILTER: Final = 13
    SORT: Final = 14
    EXTEND: Final = 15
    JOIN: Final = 16


@final
@immutable_fields(
    "name",
    "owner",
    "function",
    "minimum",
    "maximum",
    "names[*]",
    "keyword_only",
    "inlined",
    "takes_any",
    "asks_caller",
    "asks",
    "loop",
)
class PyBuiltin(PyObject):
    """A built-in function: called with the session, the stack, the slot of its first argument and the number of arguments.

    From `minimum` to `maximum` positional arguments may be given; a function with a maximum is always called with so many, those
    that were not given are UNDEFINED. `names` are those of its last positional parameters, as far as they may be given by keyword, and
    then of `keyword_only` parameters, whose slots lie behind all others. `takes_any`: behind these lies a dict of all other keywords.
    A method has the type that it belongs to as `owner`.
    """

    def __init__(
        self,
        name: str,
        function: Native,
        minimum: int,
        maximum: int,
        owner: PyType | None = None,
        names: Array[str] = NO_NAMES,
        keyword_only: int = 0,
        inlined: int = Inlined.NONE,
        takes_any: bool = False,
        asks_caller: bool = False,
        asks: int = ASKS_NOTHING,
    ) -> None:
        self.name = name
        self.function = function
        self.minimum = minimum
        self.maximum = maximum
        self.owner = owner
        self.names = names
        self.keyword_only = keyword_only
        self.inlined = inlined
        self.takes_any = takes_any
        self.asks_caller = asks_caller  # it looks at the frame that calls it (`session.caller_base`)
        self.asks = (
            asks  # with one argument it is a call of this special method of that one's class, if the program has one
        )
        self.loop: int = Loop.NONE
        self.documentation: Value = Value.NULL
        self.constructs: PyType | None = None  # of a `__new__`: the type, which messages name instead
        self.module = "builtins"

    def type_of(self) -> PyType:
        return types.BUILTIN if self.owner is None else types.METHOD_DESCRIPTOR


@final
@immutable_fields("name", "getter", "setter", "owner")
class PyGetSet(PyObject):
    """An attribute of built-in objects that functions of the engine read and write."""

    def __init__(
        self,
        name: str,
        owner: PyType,
        getter: Callable[[Session, Value], Value],
        setter: Callable[[Session, Value, Value], None] | None,
    ) -> None:
        self.name = name
        self.owner = owner
        self.getter = getter
        self.setter = setter

    def type_of(self) -> PyType:
        return types.GETSET_DESCRIPTOR


@final
@immutable_fields("name", "owner")
class PyMember(PyObject):
    """The attribute of a name in `__slots__`."""

    def __init__(self, name: str, owner: PyType) -> None:
        self.name = name
        self.owner = owner

    def type_of(self) -> PyType:
        return types.MEMBER_DESCRIPTOR


class PyProperty(PyObject):
    """`property`"""

    def __init__(self, getter: Value, setter: Value, deleter: Value, documentation: Value) -> None:
        self.getter = getter
        self.setter = setter
        self.deleter = deleter
        self.documentation = documentation
        self.is_documented_by_getter = False
        self.name: Value = Value.NULL

    def type_of(self) -> PyType:
        return types.PROPERTY


@final
class InstanceOfProperty(PyProperty):
    """An object of a class of the program that derives from `property`."""

    def __init__(self, instance: PyInstance) -> None:
        super().__init__(Value.NULL, Value.NULL, Value.NULL, Value.NULL)
        self.instance = instance

    def type_of(self) -> PyType:
        return self.instance.type_of()

    def attributes(self) -> PyInstance | None:
        return self.instance


@dont_look_inside
def call_without_object(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`f(function, object, *arguments)` calls `function(*arguments)`."""
    return session.call(session, stack[first], [stack[slot] for slot in range(first + 2, first + count)])


@dont_look_inside
def call_with_class(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`f(function, object, *arguments)` calls `function(type(object), *arguments)`."""
    thing = as_py_object(stack[first + 1])
    assert thing is not None
    arguments = [stack[slot] for slot in range(first + 1, first + count)]
    arguments[0] = Value.of_object(thing.type_of())
    return session.call(session, stack[first], arguments)


WITHOUT_OBJECT: Final = Value.of_object(PyBuiltin("staticmethod", call_without_object, 2, MANY_ARGUMENTS))
WITH_CLASS: Final = Value.of_object(PyBuiltin("classmethod", call_with_class, 2, MANY_ARGUMENTS))


class PyStaticMethod(PyObject):
    """`staticmethod`; its attributes are those of the function, and more."""

    def __init__(self, function: Value) -> None:
        self.function = function
        self.own: PyInstance | None = None

    def as_special(self) -> Value:
        return Value.of_object(PyMethod(WITHOUT_OBJECT, self.function))

    def type_of(self) -> PyType:
        return types.STATIC_METHOD

    def attributes(self) -> PyInstance | None:
        own = self.own
        if own is None:
            own = new_instance(types.STATIC_METHOD)
            self.own = own
        return own


@final
@immutable_fields("instance")
class InstanceOfStaticMethod(PyStaticMethod):
    """An object of a class of the program that derives from `staticmethod`."""

    def __init__(self, instance: PyInstance) -> None:
        super().__init__(Value.NULL)
        self.instance = instance

    def type_of(self) -> PyType:
        return self.instance.type_of()

    def attributes(self) -> PyInstance | None:
        return self.instance


class PyClassMethod(PyObject):
    """`classmethod`"""

    def __init__(self, function: Value) -> None:
        self.function = function
        self.own: PyInstance | None = None

    def as_special(self) -> Value:
        return Value.of_object(PyMethod(WITH_CLASS, self.function))

    def type_of(self) -> PyType:
        return types.CLASS_METHOD

    def attributes(self) -> PyInstance | None:
        own = self.own
        if own is None:
            own = new_instance(types.CLASS_METHOD)
            self.own = own
        return own


@final
@immutable_fields("instance")
class InstanceOfClassMethod(PyClassMethod):
    """An object of a class of the program that derives from `classmethod`."""

    def __init__(self, instance: PyInstance) -> None:
        super().__init__(Value.NULL)
        self.instance = instance

    def type_of(self) -> PyType:
        return self.instance.type_of()

    def attributes(self) -> PyInstance | None:
        return self.instance


@final
class PySuper(PyObject):
    """`super(start, receiver)`: attributes are looked for behind `start` in the order of the receiver's class `searched`."""

    def __init__(self, start: PyType, receiver: Value, searched: PyType) -> None:
        self.start = start
        self.receiver = receiver
        self.searched = searched

    def type_of(self) -> PyType:
        return types.SUPER


@immutable_fields("namespace", "kind?")
class PyModule(PyObject):
    """A module. Its class is one of the program's if that derives from `module`."""

    def __init__(self, namespace: Namespace, kind: PyType = types.MODULE) -> None:
        self.namespace = namespace
        self.kind = kind

    def type_of(self) -> PyType:
        return self.kind


def as_function(value: Value) -> PyFunction | None:
    """The function of the program, or None for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyFunction):
            return thing
    return None


def is_objects_own(method: Value) -> bool:
    """Whether a special method is the one that `object` has."""
    return belongs_to(method, OBJECT)


def belongs_to(method: Value, kind: PyType) -> bool:
    """Whether a special method is the built-in one of a class."""
    if method.is_object():
        function = method.as_object()
        return isinstance(function, PyBuiltin) and function.owner is kind
    return False


def is_native(kind: PyType, number: int) -> bool:
    """Whether a special method of a class is a built-in one: its objects do then what those of a built-in class do."""
    if kind.is_builtin:
        return True
    method = special(kind, number)
    return method.is_object() and isinstance(method.as_object(), PyBuiltin)


def object_layout(kind: PyType) -> bool:
    """Whether instances of this class are plain objects."""
    return kind.layout == OBJECT.layout
