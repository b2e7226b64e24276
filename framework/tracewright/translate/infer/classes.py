"""Layouts of the author's classes: base, fields with their types, constants, methods."""

from __future__ import annotations

import abc
import ast
import dataclasses
import enum
import inspect
import typing
from dataclasses import dataclass
from types import FunctionType as PythonFunction
from typing import Final, TypeVar, final

from tracewright.core.errors import DialectError, Label
from tracewright.core.source_span import NOWHERE
from tracewright.core.vm_stack import FIELDS as VM_STACK_FIELDS
from tracewright.core.vm_stack import VMStack
from tracewright.hints import IMMUTABLE_FIELDS
from tracewright.lib import exception_text
from tracewright.translate.flow.types import INT, ClassLayout, FieldLayout, Instance, Type, show_type
from tracewright.translate.infer.advice import nearest
from tracewright.translate.infer.annotations import AnnotationReader, TypeEnvironment, TypeScope
from tracewright.translate.infer.generated import GENERATED
from tracewright.translate.infer.hidden_names import CALLED, hidden_names, method_assigned
from tracewright.translate.infer.plain_types import PlainTypes
from tracewright.translate.infer.sources import Doubtful, ModuleSource, Sources
from tracewright.translate.infer.type_table import (
    BUILTIN_EXCEPTIONS,
    ERROR_TEXT,
    MISSING_KEY,
    TypeTable,
    is_named_tuple,
)

_NO_BASE: Final = (object, typing.Generic, typing.Protocol, enum.Enum, tuple)
CONSTANT_MARKS: Final = ("Final", "ClassVar")
SETTER: Final = ".setter"  # after the name of a property: what assigning to it calls


@final
@dataclass(frozen=True, slots=True)
class Method:
    """A method as found from some class: the function, the class that defines it, and how it is called."""

    name: str  # by which it was found: `b = a` in a class body gives the function another one
    function: PythonFunction
    owner: ClassLayout
    kind: str  # "method", "static", "class", "property", "setter"
    is_final: bool


@final
class Classes:
    """Makes and completes layouts. A layout's fields are filled in when first asked for, so that classes may mention each other."""

    def __init__(self, sources: Sources, table: TypeTable, errors: list[DialectError]) -> None:
        self.errors = errors
        self.doubtful: set[tuple[ClassLayout, str]] = set()  # fields whose type could not be read
        self.sources = sources
        self.table = table
        self.annotations = AnnotationReader(sources, table, self.instance)
        self.plain_types = PlainTypes(self)
        self._complete: set[ClassLayout] = set()
        self._initialized: set[ClassLayout] = set()
        self._defaults: dict[ClassLayout, list[tuple[FieldLayout, object]]] = {}
        self._environments: dict[ClassLayout, TypeEnvironment] = {}

    # --- instances ---

    def instance(self, cls: type, arguments: tuple[Type, ...] = ()) -> Instance:
        """The type of instances of the class."""
        found = self.table.find(cls, arguments)
        if found is not None:
            return found
        name = f"{cls.__module__}.{cls.__qualname__}"
        located = self.sources.of_class(cls)
        if located is None:
            raise DialectError(
                "no-source",
                f"{name} is not a class that the translator can read",
                [Label(NOWHERE, "")],
                "only classes written in the dialect at module level can be used",
            )
        _refuse_special(cls, located[0], located[1])
        parameters: tuple[TypeVar, ...] = getattr(cls, "__parameters__", ())
        environment = dict(zip(parameters, arguments, strict=True))
        base = self._base(cls, located[0], located[1], environment)
        shown = f"[{', '.join(show_type(argument) for argument in arguments)}]" if arguments else ""
        layout = self.table.new_layout(name + shown, cls, base, "fields")
        layout.type_arguments = arguments
        self._environments[layout] = environment
        instance = self.table.register(cls, arguments, layout)
        if is_named_tuple(cls):
            self.complete(layout)  # its items are wanted wherever those of a tuple are
        return instance

    def _base(
        self, cls: type, source: ModuleSource, node: ast.ClassDef, environment: TypeEnvironment
    ) -> ClassLayout | None:
        if issubclass(cls, (tuple, dict, list, set)) and not is_named_tuple(cls):
            raise source.error(
                node,
                "base",
                f"`{cls.__name__}` is made from a built-in class, by inheritance or TypedDict",
                "write a dataclass, or a class with the container in a field",
            )
        if isinstance(cls, enum.EnumMeta) and issubclass(cls, (str, float, bytes)):
            message = f"`{cls.__name__}` is an enumeration and a value of another type"
            raise source.error(node, "base", message, "inherit from `Enum` alone, and use `.value`")
        bases = [base for base in cls.__bases__ if base not in _NO_BASE and base.__module__ != "abc"]
        if not bases:
            return None
        if len(bases) > 1:
            names = " and ".join(base.__name__ for base in bases)
            raise source.error(
                node, "multiple-bases", f"`{cls.__name__}` has several bases ({names}); the dialect allows one"
            )
        for expression in node.bases:
            origin = expression.value if isinstance(expression, ast.Subscript) else expression
            if self.annotations.static(origin, source) is bases[0]:
                scope = TypeScope(source, environment)
                base = self.annotations.resolve(expression, scope)
                assert isinstance(base, Instance)
                return base.layout
        return self.instance(bases[0]).layout

    def environment(self, layout: ClassLayout) -> TypeEnvironment:
        """What the class's type parameters are in this layout."""
        return self._environments.get(layout, {})

    def scope(self, layout: ClassLayout) -> TypeScope | None:
        located = self.sources.of_class(layout.python_class) if layout.python_class is not None else None
        return None if located is None else TypeScope(located[0], self.environment(layout))

    # --- fields ---

    def field(self, layout: ClassLayout, name: str) -> FieldLayout | None:
        self.complete(layout)
        found = layout.fields.get(name)
        if self.doubtful:
            current: ClassLayout | None = layout
            while current is not None:
                if (current, name) in self.doubtful:
                    raise Doubtful
                current = current.base
        return found

    def complete(self, layout: ClassLayout) -> None:
        """Fill in the fields, those of the bases first."""
        if layout in self._complete or layout.python_class is None:
            return
        self._complete.add(layout)
        if layout.base is not None:
            self.complete(layout.base)
            layout.fields = dict(layout.base.fields)
            layout.size = layout.base.size
        cls = layout.python_class
        if cls in BUILTIN_EXCEPTIONS:
            if cls is BaseException:
                self.table.add_field(layout, ERROR_TEXT, self.table.optional(self.table.str))
            if cls is KeyError:
                self.table.add_field(
                    layout, MISSING_KEY, self.table.optional(self.table.str)
                )  # the text of the missing key
            if cls is OSError:
                self.table.add_field(layout, "errno", INT)
        elif cls is VMStack:
            for name in VM_STACK_FIELDS:
                self.table.add_field(layout, name, INT, "always" if name == "cells" else "")
        elif layout.shape == "fields" and cls is not None and cls is not tuple:
            if isinstance(cls, enum.EnumMeta):
                self._enum_fields(layout, cls)
            self._own_fields(layout, cls)

    def _enum_fields(self, layout: ClassLayout, cls: enum.EnumMeta) -> None:
        """What members have by themselves; `value` only where all values are of one type."""
        self.table.add_field(layout, "name", self.table.str, "always")
        members: list[enum.Enum] = list(cls)
        types = {self.plain_types.constant(member.value) for member in members}
        found = types.pop() if len(types) == 1 else None
        if found is not None:
            self.table.add_field(layout, "value", found, "always")

    def _own_fields(self, layout: ClassLayout, cls: type) -> None:
        located = self.sources.of_class(cls)
        assert located is not None
        source, node = located
        scope = TypeScope(source, self.environment(layout))
        frozen = is_frozen_dataclass(cls) or is_named_tuple(cls)
        marks: tuple[str, ...] = cls.__dict__.get(IMMUTABLE_FIELDS, ())
        declarations = _declarations(source, node)
        self._check_names(layout, cls, source, node)
        self._check_marks(marks, {name for name, *_ in declarations} | layout.fields.keys(), source, node)
        for name, place, annotation, value in declarations:
            called = inspect.getattr_static(cls, name, None)
            if isinstance(called, property):
                continue  # `__init__` calls its setter
            if isinstance(called, CALLED) and place not in node.body:
                self.errors.append(method_assigned(name, source, place))
                self.doubtful.add((layout, name))
                continue
            if name in layout.fields:
                self._check_again(layout, layout.fields[name], annotation, scope, place)
                continue
            try:
                type = self._field_type(annotation, value, place, source, scope, node)
            except DialectError as error:
                self.errors.append(error)
                self.doubtful.add((layout, name))
                continue
            immutable = "always" if frozen or _is_final(annotation) else ""
            items = False
            if name in marks:
                immutable = "always"
            elif name + "?" in marks:
                immutable = "rarely"
            elif name + "[*]" in marks:
                immutable, items = "always", True
            self.table.add_field(layout, name, type, immutable, items)

    def _check_names(self, layout: ClassLayout, cls: type, source: ModuleSource, node: ast.ClassDef) -> None:
        """A name is a field in the base and here, or a method or property in both."""
        base = layout.base
        if base is not None:
            fields = {name for name, each in base.fields.items() if each.owner.python_class not in BUILTIN_EXCEPTIONS}
            self.errors += hidden_names(cls, source, node, fields, lambda name: self.method(base, name) is not None)

    def _check_again(
        self,
        layout: ClassLayout,
        field: FieldLayout,
        annotation: ast.expr | None,
        scope: TypeScope,
        place: ast.stmt,
    ) -> None:
        """A field that the base class has already is declared once more: with the same type."""
        if annotation is None or _bare_final(annotation) or field.owner.python_class in BUILTIN_EXCEPTIONS:
            return
        type = self.annotations.resolve(annotation, scope)
        if type is field.type:
            return
        message = f"`{field.name}` is {show_type(field.type)} in the base class, here {show_type(type)}"
        error = scope.source.error(
            place, "field-redeclared", message, "methods of the base class use it: take another name"
        )
        found = self.place(field)
        self.errors.append(error if found is None else error.because(found[0].label(found[1], "it is declared here")))
        self.doubtful.add((layout, field.name))

    def _check_marks(self, marks: tuple[str, ...], names: set[str], source: ModuleSource, node: ast.ClassDef) -> None:
        """The decorator `immutable_fields` must speak of fields."""
        for mark in marks:
            name = mark.removesuffix("?").removesuffix("[*]")
            if name not in names:
                place = node.decorator_list[0] if node.decorator_list else node
                message = f"`immutable_fields` names `{name}`, which is no field of `{node.name}`"
                self.errors.append(source.error(place, "immutable-name", message, nearest(name, names)))

    def _field_type(
        self,
        annotation: ast.expr | None,
        value: ast.expr | None,
        place: ast.stmt,
        source: ModuleSource,
        scope: TypeScope,
        node: ast.ClassDef,
    ) -> Type:
        if annotation is not None and not _bare_final(annotation):
            return self.annotations.resolve(annotation, scope)
        found = None if value is None else self.plain_types.of(value, scope, init_of(node))
        if found is None:
            raise source.error(
                place,
                "field-type",
                "the type of this field is not plain from its right side",
                "declare it: `self.name: T = ...`",
            )
        return found

    def place(self, field: FieldLayout) -> tuple[ModuleSource, ast.stmt] | None:
        """Where a field is declared."""
        cls = field.owner.python_class
        located = None if cls is None else self.sources.of_class(cls)
        for name, node, _, _ in [] if located is None else _declarations(*located):
            if name == field.name and located is not None:
                return located[0], node
        return None

    def check_initialized(self, layout: ClassLayout) -> None:
        """Objects are made of this class: every field that class bodies declare without a value is set in `__init__`."""
        if layout in self._initialized:
            return
        self._initialized.add(layout)
        self.complete(layout)
        lines: list[tuple[ModuleSource, ast.ClassDef]] = []
        current: ClassLayout | None = layout
        while current is not None:
            cls = current.python_class
            located = (
                None
                if cls is None or is_dataclass(cls) or is_named_tuple(cls) or current.shape != "fields"
                else self.sources.of_class(cls)
            )
            if located is not None:
                lines.append(located)
            current = current.base
        assigned = {name for _, node in lines for name in _set_in_init(node)}
        for source, node in lines:
            for statement in node.body:
                if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                    name = statement.target.id
                    if statement.value is None and name not in assigned and name in layout.fields:
                        raise self._never_set(source, statement, node, name)

    def _never_set(self, source: ModuleSource, statement: ast.AnnAssign, node: ast.ClassDef, name: str) -> DialectError:
        init = init_of(node)
        error = source.error(
            statement,
            "field-unset",
            f"the field `{name}` of `{node.name}` is declared, but `__init__` does not set it",
            f"set it in `__init__`, or give it a value here: `{name}: T = ...`",
        )
        return error if init is None else error.because(source.label(init, "every new object passes here"))

    def defaults(self, layout: ClassLayout) -> list[tuple[FieldLayout, object]]:
        """Fields that the class body gives a value (`count: int = 3`, outside of dataclasses), with the values."""
        found = self._defaults.get(layout)
        if found is None:
            self.complete(layout)
            found = list(self.defaults(layout.base)) if layout.base is not None else []
            cls = layout.python_class
            generated = cls is None or is_dataclass(cls) or is_named_tuple(cls)
            located = None if cls is None or generated else self.sources.of_class(cls)
            for statement in [] if located is None else located[1].body:
                if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                    name = statement.target.id
                    if statement.value is not None and name in layout.fields and cls is not None:
                        found.append((layout.fields[name], getattr(cls, name)))
            self._defaults[layout] = found
        return found

    # --- methods and constants ---

    def method_of_function(self, function: PythonFunction) -> Method | None:
        """The method that `Class.name` gives, which takes the object first; None for other functions."""
        path, _, name = function.__qualname__.rpartition(".")
        source = self.sources.module(function.__module__) if path else None
        cls: object = None if source is None else source.lookup(path)
        if not isinstance(cls, type) or cls.__dict__.get(name) is not function:
            return None
        parameters: tuple[TypeVar, ...] = getattr(cls, "__parameters__", ())
        if parameters:
            return None
        return self.method(self.instance(cls).layout, name)

    def method(self, layout: ClassLayout, name: str) -> Method | None:
        """What `name` is when looked up in the class or its bases; None if it is no method."""
        current: ClassLayout | None = layout
        sets = name.endswith(SETTER)
        name = name.removesuffix(SETTER)
        while current is not None:
            cls = current.python_class
            found = None if cls is None else cls.__dict__.get(name)
            match found:
                case property() if sets:
                    if not isinstance(found.fset, PythonFunction):
                        return None
                    is_final = bool(getattr(found.fset, "__final__", False)) or is_final_class(cls)
                    return Method(name + SETTER, found.fset, current, "setter", is_final)
                case _ if sets and found is not None:
                    return None  # assigning to anything else that the class has calls nothing
                case PythonFunction() if self._is_readable(cls, name, found):
                    return Method(
                        name, found, current, "method", bool(getattr(found, "__final__", False)) or is_final_class(cls)
                    )
                case classmethod():
                    return Method(name, typing.cast(PythonFunction, found.__func__), current, "class", True)
                case staticmethod():
                    return Method(name, typing.cast(PythonFunction, found.__func__), current, "static", True)
                case property() if isinstance(found.fget, PythonFunction):
                    is_final = bool(getattr(found.fget, "__final__", False)) or is_final_class(cls)
                    return Method(name, found.fget, current, "property", is_final)
                case _ if cls is BaseException and name == "__str__":
                    text = typing.cast(PythonFunction, exception_text.__str__)
                    return Method(name, text, current, "method", False)
                case _:
                    current = current.base
        return None

    def _is_readable(self, cls: type | None, name: str, function: PythonFunction) -> bool:
        """Whether the author wrote the method, or `@dataclass` one that the translator knows."""
        if function.__code__.co_filename == self._path(cls):
            return True
        return cls is not None and is_dataclass(cls) and name in GENERATED

    def is_generated(self, method: Method) -> bool:
        """Whether `@dataclass` wrote the method."""
        return method.function.__code__.co_filename != self._path(method.owner.python_class)

    def _path(self, cls: type | None) -> str:
        """The file a class's own methods come from; generated ones (of dataclasses) come from elsewhere."""
        return "" if cls is None else self.sources.module(cls.__module__).path

    def definer(self, layout: ClassLayout, name: str) -> ClassLayout:
        """The topmost class that has a method of this name."""
        found = layout
        current: ClassLayout | None = layout
        while current is not None:
            method = self.method(current, name)
            if method is not None and method.owner is current:
                found = current
            current = current.base
        return found


# Special methods that Python would call where translated code does not.
_NEVER_CALLED: Final = frozenset(
    {"__getattr__", "__getattribute__", "__setattr__", "__delattr__", "__new__", "__del__"}
)


def _refuse_special(cls: type, source: ModuleSource, node: ast.ClassDef) -> None:
    """Metaclasses and special methods change what ordinary operations do; that would silently be left out."""
    for keyword in node.keywords:
        if keyword.arg == "metaclass" and type(cls) not in (type, abc.ABCMeta):
            raise source.error(
                keyword.value,
                "metaclass",
                f"`{cls.__name__}` has a metaclass, which is not in the dialect",
                "write a function that makes the objects",
            )
    for inner in ast.walk(node) if source.may_mangle else ():
        names = {getattr(inner, field, None) for field in ("id", "attr", "arg", "name")}
        private = next((name for name in names if isinstance(name, str) and _is_mangled(name)), None)
        if private is not None:
            raise source.error(
                inner,
                "private-name",
                f"`{private}` has another name outside of `{cls.__name__}`: two underscores at its head make Python rename it",
                "one underscore says that a name is private",
            )
    for statement in node.body:
        if isinstance(statement, ast.FunctionDef) and statement.name in _NEVER_CALLED:
            raise source.error(
                statement,
                "special-method",
                f"`{statement.name}` would not be called in the native program",
                "write a method with a name of its own, and call that",
            )


def _is_mangled(name: str) -> bool:
    return name.startswith("__") and not name.endswith("__")


def is_final_class(cls: type | None) -> bool:
    return bool(cls is not None and cls.__dict__.get("__final__", False))


def is_dataclass(cls: type) -> bool:
    return "__dataclass_fields__" in cls.__dict__


def is_frozen_dataclass(cls: type) -> bool:
    parameters = cls.__dict__.get("__dataclass_params__")
    return parameters is not None and bool(parameters.frozen)


def dataclass_fields(cls: type) -> list[dataclasses.Field[object]]:
    """The fields that the generated `__init__` takes, in its order."""
    return [field for field in dataclasses.fields(cls) if field.init]


def _mark(annotation: ast.expr) -> str:
    node = annotation.value if isinstance(annotation, ast.Subscript) else annotation
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _bare_final(annotation: ast.expr) -> bool:
    return not isinstance(annotation, ast.Subscript) and _mark(annotation) == "Final"


def _is_final(annotation: ast.expr | None) -> bool:
    return annotation is not None and _mark(annotation) == "Final"


def _set_in_init(node: ast.ClassDef) -> set[str]:
    """The attributes that `__init__` assigns somewhere."""
    init = init_of(node)
    if init is None:
        return set()
    return {
        inner.attr for inner in ast.walk(init) if isinstance(inner, ast.Attribute) and isinstance(inner.ctx, ast.Store)
    }


def init_of(node: ast.ClassDef) -> ast.FunctionDef | None:
    """The class's own `__init__`."""
    for statement in node.body:
        if isinstance(statement, ast.FunctionDef) and statement.name == "__init__":
            return statement
    return None


Declaration = tuple[str, ast.stmt, ast.expr | None, ast.expr | None]


def _declarations(source: ModuleSource, node: ast.ClassDef) -> list[Declaration]:
    """The fields that the class declares: name, place, annotation, value."""
    found: dict[str, Declaration] = {}
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            is_constant = _mark(statement.annotation) in CONSTANT_MARKS and statement.value is not None
            if is_constant or _mark(statement.annotation) in ("ClassVar", "KW_ONLY"):
                continue
            found[statement.target.id] = (statement.target.id, statement, statement.annotation, statement.value)
    init = init_of(node)
    if init is not None:
        receiver = init.args.args[0].arg
        for inner in ast.walk(init):
            for target, annotation, value in _assigned(inner):
                if (
                    isinstance(target, ast.Attribute)
                    and isinstance(target.value, ast.Name)
                    and target.value.id == receiver
                ):
                    known = found.get(target.attr)
                    if known is None or (known[2] is None and annotation is not None):
                        assert isinstance(inner, ast.stmt)
                        found[target.attr] = (target.attr, inner, annotation, value)
    return list(found.values())


def _assigned(node: ast.AST) -> list[tuple[ast.expr, ast.expr | None, ast.expr | None]]:
    match node:
        case ast.AnnAssign(target=target, annotation=annotation, value=value):
            return [(target, annotation, value)]
        case ast.Assign(targets=targets, value=value):
            return [(target, None, value) for target in targets]
        case _:
            return []
