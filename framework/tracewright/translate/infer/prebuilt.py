"""Objects that exist when the program starts: module-level tables and instances that translated code mentions.

Each is typed by its declaration where it has one, else by its own contents, and is walked so that the classes of all objects
it leads to are known to have objects, and the functions it holds are translated.
"""

from __future__ import annotations

import ast
from collections import deque
from types import FunctionType as PythonFunction
from typing import TYPE_CHECKING, Final, final

from tracewright.core.arrays import Array, Words
from tracewright.core.errors import DialectError, Label
from tracewright.core.guest_place import note_guest_place, noted_code, noted_pc
from tracewright.core.integers import MAX_INT, MIN_INT
from tracewright.core.source_span import NOWHERE
from tracewright.core.value import Value
from tracewright.hints import JitDriver
from tracewright.translate.flow.graph import Constant, FunctionGraph
from tracewright.translate.flow.types import (
    BOOL,
    FLOAT,
    INT,
    NONE,
    OBJECT,
    VALUE,
    ClassLayout,
    FunctionType,
    Instance,
    Optional,
    Type,
    is_word,
    kind_of,
    show_type,
)
from tracewright.translate.infer.annotations import TypeScope
from tracewright.translate.infer.fits import signature_fits
from tracewright.translate.infer.requests import FUNCTION_VALUE, PREBUILT
from tracewright.translate.infer.sources import ModuleSource, is_lambda
from tracewright.translate.infer.type_table import BUILTIN_EXCEPTIONS, is_named_tuple

if TYPE_CHECKING:
    from tracewright.translate.infer.translator import Translator


Origin = tuple[Label | None, str]


@final
class Prebuilt:
    """`objects` maps the id of every prebuilt heap object (strings and bytes left out) to the object and its layout."""

    def __init__(self, translator: Translator) -> None:
        self.translator = translator
        self.objects: dict[int, tuple[object, ClassLayout]] = {}
        self.functions: dict[PythonFunction, FunctionGraph] = {}  # whose addresses are taken
        self.function_values: dict[PythonFunction, FunctionGraph] = {}
        self._lambda_types: dict[PythonFunction, FunctionType] = {}  # with which each was translated
        self._errors: dict[tuple[type, str], Constant] = {}
        self.error_keys: dict[int, tuple[type, str]] = {}  # by the identity of the exception
        self._waiting: deque[tuple[object, ClassLayout, Origin]] = deque()
        self._origin: Origin = (None, "")  # of what is being noted

    # --- where objects come from ---

    def start_at(self, label: Label, text: str) -> None:
        """What is noted from here on was mentioned there, as `text`."""
        self._origin = (label, text)

    def _placed(self, error: DialectError) -> DialectError:
        """An error about an object inside another: shown at the place that mentions the outermost, with the way to it."""
        label, text = self._origin
        if label is None or error.span.line > 0:
            return error
        where = Label(label.span, f"reached from `{text}`, which is used here")
        return DialectError(error.code, error.message, [where], error.help)

    # --- constants ---

    def constant(self, value: object, type: Type) -> Constant:
        """An operand for a Python object seen as one of this type. The caller knows that it fits."""
        inner = type.item if isinstance(type, Optional) else type
        if isinstance(inner, FunctionType):
            if value is not None:
                self.function_value(value, inner)
            return Constant(value, "r", type)
        if isinstance(type, Optional) and is_word(type.item) and value is not None:
            return Constant(optional_word(value, type), "r", type)
        if kind_of(type) == "f" and not isinstance(value, float):
            raise _misfit(value, type)
        if kind_of(type) == "f":
            return Constant(float(value), "f", type)  # type: ignore[arg-type]
        if kind_of(type) == "i":
            assert isinstance(value, int)
            if not MIN_INT <= value <= MAX_INT:
                raise _misfit(value, type)
            return Constant(value, "i", type)
        self.add(value, type)
        return Constant(value, "r", type)

    def error(self, exception: type, message: str) -> Constant:
        """A prebuilt exception, one for each message."""
        found = self._errors.get((exception, message))
        if found is None:
            thing = exception(message)
            self.error_keys[id(thing)] = exception, message
            found = self._errors[exception, message] = self.constant(thing, self.translator.table.exception(exception))
        return found

    def function(self, value: object) -> FunctionGraph:
        """The graph of a function held in a prebuilt object."""
        if not isinstance(value, PythonFunction):
            raise _misfit(value, OBJECT)
        graph = self.functions.get(value)
        if graph is None:
            graph = self.functions[value] = self.translator.function_graph(value)
        return graph

    def function_value(self, value: object, type: FunctionType) -> FunctionGraph:
        """The code of a plain function, or a module-level lambda, that is used as a value of this type."""
        if not isinstance(value, PythonFunction):
            raise _misfit(value, OBJECT)
        self.translator.note(FUNCTION_VALUE, value, type)
        graph = self.function_values.get(value)
        if graph is None:
            graph = self.function_values[value] = self.translator.value_graph(value, type)
            self.translator.instantiate(self.translator.table.closure)
        if [each.kind for each in graph.parameters[1:]] != [kind_of(each) for each in type.parameters]:
            raise _misfit(value, type)  # an int where it takes a float, as mypy allows
        if is_lambda(value):
            self._check_lambda(value, type)
        return graph

    def _check_lambda(self, value: PythonFunction, type: FunctionType) -> None:
        """A lambda is one object with one code, and mypy does not object to two types where its parameters are Any."""
        first = self._lambda_types.setdefault(value, type)
        if not signature_fits(self.translator.table, first.parameters, first.result, type.parameters, type.result):
            source, node = self.translator.sources.of_lambda(value)
            message = f"this lambda is a `{show_type(first)}` in one place and a `{show_type(type)}` in another"
            raise source.error(node, "lambda-type", message, "write a lambda, or a `def`, for each")

    # --- types of objects ---

    def type_of(self, value: object) -> Type | None:
        """The type that the object itself shows; None where it does not (an empty list, for one)."""
        table = self.translator.table
        match value:
            case None:
                return NONE
            case bool():
                return BOOL
            case int():
                return INT
            case float():
                return FLOAT
            case str():
                return table.str
            case bytes():
                return table.bytes
            case Value():
                return VALUE
            case Words():
                return table.words
            case Array():
                item = self._common(value.items)
                return None if item is None else table.array(item)
            case list() | set():
                item = self._common(list(value))
                return None if item is None else self._container(type(value), (item,))
            case dict():
                key, item = self._common(list(value)), self._common(list(value.values()))
                return None if key is None or item is None else self._container(dict, (key, item))
            case tuple() if is_named_tuple(type(value)):
                return self._instance(value)
            case tuple():
                items = [self.type_of(item) for item in value]
                known = tuple(item for item in items if item is not None)
                return table.tuple(known) if len(known) == len(items) else None
            case bytearray():
                return self._container(bytearray, ())
            case PythonFunction() if is_lambda(value):
                return None
            case PythonFunction():
                signature = self.translator.signature(self.translator.function_graph(value))
                return table.function(signature.parameters, signature.result)
            case _:
                return self._instance(value)

    def _instance(self, value: object) -> Type | None:
        cls = type(value)
        if cls.__module__ == "builtins" and cls not in BUILTIN_EXCEPTIONS:
            return None
        if getattr(cls, "__parameters__", ()):
            origin = getattr(value, "__orig_class__", None)
            if origin is None:
                return None
        return self.translator.classes.instance(cls)

    def _container(self, kind: type, arguments: tuple[Type, ...]) -> Type:
        annotations = self.translator.annotations
        return self.translator.classes.instance(annotations.container(kind), arguments)

    def _common(self, values: list[object]) -> Type | None:
        if not values:
            return None
        if all(type(value) is int for value in values):
            return INT
        found: Type | None = None
        table = self.translator.table
        for value in values:
            type_ = self.type_of(value)
            if type_ is None:
                return None
            if found is None or found is NONE:
                found = type_ if found is None or type_ is NONE else table.optional(type_)
            elif type_ is NONE:
                found = table.optional(found)
            elif type_ is not found:
                joined = self._join(found, type_)
                if joined is None:
                    return None
                found = joined
        return found

    def _join(self, a: Type, b: Type) -> Type | None:
        if isinstance(a, Optional):
            inner = self._join(a.item, b) if b is not a.item else b
            return None if inner is None else self.translator.table.optional(inner)
        if isinstance(a, Instance) and isinstance(b, Instance):
            base = self.translator.table.common_base(a.layout, b.layout)
            return OBJECT if base is None else self.translator.table.instance(base)
        return None

    def declared_type(self, source: ModuleSource, name: str) -> Type | None:
        """The declared type of a module-level name, if it has one."""
        found = self.translator.sources.declaration(source, name)
        if found is None:
            return None
        return self._declared(found[1], found[0])

    def declared_in_class(self, cls: type, name: str) -> Type | None:
        """The declared type of a class constant, if it has one."""
        for each in cls.__mro__:
            located = None if name not in each.__dict__ else self.translator.sources.of_class(each)
            for statement in [] if located is None else located[1].body:
                if (
                    isinstance(statement, ast.AnnAssign)
                    and ast.unparse(statement.target) == name
                    and located is not None
                ):
                    return self._declared(statement.annotation, located[0])
        return None

    def _declared(self, annotation: ast.expr, source: ModuleSource) -> Type | None:
        bare = annotation.attr if isinstance(annotation, ast.Attribute) else getattr(annotation, "id", "")
        if bare in ("Final", "ClassVar"):
            return None
        return self.translator.annotations.resolve(annotation, TypeScope(source, {}))

    # --- walking ---

    def layout_of(self, value: object, type: Type) -> ClassLayout | None:
        """The layout of a heap object that stands where this type is expected; None for what is no heap object."""
        if value is None or isinstance(value, (Value, bool, int, float)):
            return None
        expected = type.item if isinstance(type, Optional) else type
        if isinstance(expected, Instance) and (expected.layout.shape != "fields" or expected.layout.type_arguments):
            return expected.layout
        found = self.type_of(value)
        return found.layout if isinstance(found, Instance) else None

    def add(self, value: object, type: Type) -> None:
        """Note a prebuilt object, seen as one of this type."""
        if value is not None and not isinstance(value, (str, bytes)):
            self.translator.note(PREBUILT, value, type)
        if isinstance(value, Value):
            value, type = value.payload, OBJECT
            if type_name(value) == "_Special" or isinstance(value, (int, float)):
                return
        if value is None or isinstance(value, (str, bytes)) or id(value) in self.objects:
            return
        if isinstance(type, Optional) and is_word(type.item):
            return
        if isinstance(value, JitDriver):
            for function in (value.location, note_guest_place, noted_code, noted_pc):
                self.function(function)
            if value not in self.translator.drivers:
                self.translator.drivers.append(value)
            return
        layout = self.layout_of(value, type)
        if layout is None:
            raise _misfit(value, type)
        self.objects[id(value)] = (value, layout)
        self.translator.instantiate(layout)
        self._waiting.append((value, layout, self._origin))

    def scan(self) -> bool:
        """Walk the objects noted since the last time; whether there were any."""
        if not self._waiting:
            return False
        while self._waiting:
            value, layout, self._origin = self._waiting.popleft()
            try:
                self._walk(value, layout)
            except DialectError as error:
                self.translator.errors.append(self._placed(error))
        self._origin = (None, "")
        return True

    def _walk(self, value: object, layout: ClassLayout) -> None:
        classes = self.translator.classes
        classes.complete(layout)
        if isinstance(value, (list, dict, set, bytearray)):
            for inside in layout.fields.values():
                if isinstance(inside.type, Instance):
                    self.translator.instantiate(inside.type.layout)
        match value:
            case Array():
                assert layout.item is not None
                self._walk_items(value.items, layout.item)
            case list() | set():
                self._walk_items(list(value), layout.type_arguments[0])
            case dict():
                self._walk_items(list(value), layout.type_arguments[0])
                self._walk_items(list(value.values()), layout.type_arguments[1])
            case tuple():
                types = [field.type for field in layout.fields.values()]
                for item, type in zip(value, types, strict=True):
                    self._walk_items([item], type)
            case Words() | bytearray() | BaseException():
                pass
            case _:
                for name, field in layout.fields.items():
                    if hasattr(value, name):
                        self._walk_items([getattr(value, name)], field.type)

    def _walk_items(self, items: list[object], type: Type) -> None:
        inner = type.item if isinstance(type, Optional) else type
        if isinstance(inner, FunctionType):
            for item in items:
                if item is not None:
                    self.function_value(item, inner)
        elif kind_of(type) == "r":
            for item in items:
                self.add(item, type)
        if inner in _NUMBERS:
            for item in items:
                if item is not None and not _is_number(item, inner):
                    raise _misfit(item, type)


_NUMBERS: Final = (BOOL, INT, FLOAT)


def _is_number(value: object, type: Type) -> bool:
    """Whether the number is of the type itself: an int among floats would print as an int, a bool among ints as a bool."""
    if type is FLOAT:
        return isinstance(value, float)
    return isinstance(value, int) and isinstance(value, bool) is (type is BOOL)


def optional_word(value: object, type: Optional) -> Value:
    """A number where None is possible, as it is kept natively."""
    assert isinstance(value, (int, float))
    return Value.of_float(float(value)) if type.item is FLOAT else Value.of_int(int(value))


def type_name(value: object) -> str:
    return type(value).__name__


def _misfit(value: object, type: Type) -> DialectError:
    text = repr(value)
    shown = text if len(text) < 60 else text[:57] + "..."
    return DialectError(
        "prebuilt",
        f"the module-level object {shown} ({type_name(value)}) cannot become static data of type {show_type(type)}",
        [Label(NOWHERE, "")],
        "annotate the module-level name with its type, or build it from dialect objects",
    )
