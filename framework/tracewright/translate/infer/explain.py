"""Errors about types, with the places that decided them: what is here, what is needed, why, and a way out."""

from __future__ import annotations

import ast
from types import FunctionType as PythonFunction
from types import ModuleType
from typing import TYPE_CHECKING, Final

from tracewright.core.errors import WARNING, DialectError, Label
from tracewright.hints import IMMUTABLE_FIELDS
from tracewright.translate.flow.types import (
    BOOL,
    FLOAT,
    INT,
    NONE,
    OBJECT,
    FieldLayout,
    FunctionType,
    Instance,
    MethodSlot,
    Optional,
    Primitive,
    Type,
    show_type,
)
from tracewright.translate.infer.advice import BUILTINS, METHODS, MODULES, nearest, standard_module
from tracewright.translate.infer.fits import fits
from tracewright.translate.infer.sources import MISSING

if TYPE_CHECKING:
    from tracewright.translate.infer.context import FunctionContext
    from tracewright.translate.infer.signatures import Definition
    from tracewright.translate.infer.translator import Translator

_LIBRARY: Final = ("tracewright.lib.", "tracewright.guest.")


def mismatch(context: FunctionContext, type: Type, wanted: Type, node: ast.AST | None, *why: Label) -> DialectError:
    """A value of one type stands where another is needed; `why` says where that was decided."""
    code = "none" if type is NONE else "type-mismatch"
    message = f"this is {show_type(type)}, where {show_type(wanted)} is needed"
    return context.error(code, message, _way_out(context, type, wanted), node).because(*why)


def _way_out(context: FunctionContext, type: Type, wanted: Type) -> str:
    table = context.translator.table
    if isinstance(wanted, Optional):
        wanted = wanted.item
    if type is NONE:
        if isinstance(wanted, Primitive) and wanted is not OBJECT:
            return f"{show_type(wanted)} has no room for None: use a value that cannot occur, or a separate flag"
        return f"declare it `{show_type(wanted)} | None`, and test it where it is used"
    match (type, wanted):
        case _ if (type, wanted) == (FLOAT, INT):
            return "`//` divides ints, `int(x)` cuts off the fraction"
        case _ if wanted is FLOAT and type in (INT, BOOL):
            return "Python would keep the int, and print it as one: write `float(x)`, or of a literal `3.0`"
        case _ if (type, wanted) == (BOOL, INT):
            return "`int(x)` makes 0 or 1 of it; Python would keep the bool, and print it as one"
        case _ if (type, wanted) == (INT, BOOL):
            return "write True or False, or compare: `x != 0`"
        case _ if (type, wanted) == (table.str, INT):
            return "`int(text)` reads the number, `ord(letter)` gives the code of a character"
        case _ if wanted is table.str and type in (INT, BOOL, FLOAT):
            return "`str(x)` or an f-string makes text of it"
        case _ if (type, wanted) == (table.str, table.bytes):
            return "`text.encode()` makes bytes of it"
        case _ if (type, wanted) == (table.bytes, table.str):
            return "`data.decode()` makes text of it"
        case (FunctionType(), FunctionType()):
            return (
                "the parameters and the result must be the same, or fit as they do for a method that overrides another"
            )
        case (Instance() as a, Instance() as b) if a.layout.python_class is b.layout.python_class:
            return _same_class(context, a, b)
        case (Instance() as a, Instance() as b) if table.is_subclass(b.layout, a.layout):
            return f"test it first: `isinstance(x, {show_type(wanted)})`"
        case _ if type is OBJECT and isinstance(wanted, Instance):
            return f"test it first: `isinstance(x, {show_type(wanted)})`"
        case _:
            return ""


def _same_class(context: FunctionContext, type: Instance, wanted: Instance) -> str:
    """Two versions of one generic class, or tuples."""
    name = show_type(type).partition("[")[0]
    if name == "tuple":
        return ""
    if name in ("list", "dict", "set", "Array"):
        return f"a {name} holds one item type, for good: annotate it where it is made, `x: {show_type(wanted)} = ...`"
    return f"annotate it where it is made: `x: {show_type(wanted)} = ...`"


# --- where something was decided ---


def definition_label(definition: Definition, name: str) -> list[Label]:
    """Where a function is defined; nothing for the library."""
    if definition.source.name.startswith(_LIBRARY):
        return []
    return [definition.source.label(definition.node, f"`{name}` is defined here")]


def parameter_label(definition: Definition, name: str, wanted: Type) -> list[Label]:
    """Where the parameter is declared; nothing for the library, whose source readers do not know."""
    if definition.source.name.startswith(_LIBRARY):
        return []
    arguments = definition.node.args
    for argument in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]:
        if argument.arg == name:
            text = f"`{definition.node.name}` declares `{name}` here"
            return [definition.source.label(argument, text)]
    return []


def result_label(context: FunctionContext) -> list[Label]:
    """Where the function declares its result."""
    definition = context.definition
    if definition is None or definition.node.returns is None:
        return []
    return [definition.source.label(definition.node.returns, "the result is declared here")]


def local_label(context: FunctionContext, name: str) -> list[Label]:
    """Where a local got its type."""
    declared = context.locals.declared.get(name)
    if declared is None:
        return []
    node = context.locals.decided.get(name)
    shown = name.partition("%")[0]
    if node is not None:
        return [context.source.label(node, f"`{shown}` became {show_type(declared)} here")]
    return [] if context.definition is None else parameter_label(context.definition, name, declared)


def field_label(context: FunctionContext, field: FieldLayout) -> list[Label]:
    """Where a field is declared."""
    place = context.translator.classes.place(field)
    if place is None:
        return []
    source, node = place
    return [source.label(node, f"`{field.name}` is declared {show_type(field.type)} here")]


def decided(context: FunctionContext, node: ast.expr) -> list[Label]:
    """Where the thing that the expression names got its type."""
    match node:
        case ast.Name(id=name):
            return local_label(context, context.locals.name(name))
        case ast.Attribute(value=ast.Name(id=owner), attr=attribute):
            type = context.locals.declared.get(context.locals.name(owner))
            if isinstance(type, Instance):
                field = context.translator.classes.field(type.layout, attribute)
                return [] if field is None else field_label(context, field)
            return []
        case _:
            return []


# --- words ---


def counted(number: int, thing: str) -> str:
    """`1 argument`, `2 arguments`."""
    return f"{number} {thing}" if number == 1 else f"{number or 'no'} {thing}s"


def are(number: int) -> str:
    """`is 1`, `are 2`."""
    return f"{'is' if number == 1 else 'are'} {number or 'none'}"


# --- what does not exist ---


def no_attribute(
    context: FunctionContext, type: Type, name: str, node: ast.AST | None, *, stored: bool
) -> DialectError:
    """An attribute that a type has not."""
    candidates: list[str] = []
    help = "declare it in the class body or `__init__`" if stored else ""
    where: list[Label] = []
    if isinstance(type, Instance):
        layout = type.layout
        context.translator.classes.complete(layout)
        candidates = list(layout.fields)
        method = context.translator.classes.method(layout, name)
        if method is not None and method.kind == "property":
            help = f"this property has no setter: write one, `@{name}.setter`"
        elif method is not None:
            help = "call it: bound methods are no values; a module-level function with the object as a parameter is one"
        cls = layout.python_class
        candidates += [] if cls is None else [each for each in dir(cls) if not each.startswith("_")]
        located = None if cls is None else context.translator.sources.of_class(cls)
        if located is not None and not located[0].name.startswith(_LIBRARY):
            where = [located[0].label(located[1], f"`{show_type(type)}` is defined here")]
    help = nearest(name, [c for c in candidates if c != name]) or help
    return context.error("attribute", f"`{show_type(type)}` has no field `{name}`", help, node).because(*where)


def no_method(context: FunctionContext, type: Type, name: str) -> DialectError:
    """A method that a type has not."""
    table = context.translator.table
    shown = show_type(type)
    candidates: list[str] = []
    where: list[Label] = []
    if isinstance(type, Instance):
        cls = type.layout.python_class
        candidates = [] if cls is None else [each for each in dir(cls) if not each.startswith("_")]
        if type in (table.str, table.bytes):
            prefix = "str_" if type is table.str else "bytes_"
            candidates = [each for each in candidates if context.translator.has_library(prefix + each)]
        located = None if cls is None else context.translator.sources.of_class(cls)
        if located is not None and not located[0].name.startswith(_LIBRARY):
            where = [located[0].label(located[1], f"`{shown}` is defined here")]
    help = METHODS.get((shown.partition("[")[0], name), "") or nearest(name, candidates)
    return context.error("method", f"`{shown}` has no method `{name}`", help).because(*where)


def unknown_name(context: FunctionContext, node: ast.Name) -> DialectError:
    """A name that means nothing."""
    names = [*context.locals.declared, *context.locals.objects, *vars(context.source.module)]
    help = nearest(node.id, names) or "a global must exist when the module has been imported"
    return context.error("unknown-name", f"`{node.id}` is defined nowhere", help, node)


def refused_call(context: FunctionContext, node: ast.expr, found: object) -> DialectError:
    """A call of something that is no part of the dialect."""
    text = ast.unparse(node)
    module = standard_module(getattr(found, "__module__", None)) or standard_module(_owner_module(context, node))
    name = getattr(found, "__name__", text)
    if module:
        help = MODULES.get(module, "the standard library is there at import time only")
        return context.error(
            "library", f"`{text}` is of the standard module `{module}`, which is not in the dialect", help, node
        )
    if getattr(found, "__module__", None) == "builtins" and name in BUILTINS:
        return context.error("builtin", f"`{name}` is not in the dialect", BUILTINS[name], node)
    if hasattr(found, "__wrapped__"):
        return context.error(
            "decorator",
            f"`{text}` is wrapped by a decorator, which made something else than a function of it",
            "only the hints of tracewright.hints, @final, @staticmethod, @property, @dataclass and @abstractmethod are known",
            node,
        )
    return context.error("builtin", f"`{text}` is not in the dialect", "", node)


def _owner_module(context: FunctionContext, node: ast.expr) -> str | None:
    """The module of what a method is called on, as in `sys.stdout.write`."""
    while isinstance(node, ast.Attribute):
        node = node.value
        found = context.locals.static(node)
        if found is not MISSING:
            name = getattr(found, "__name__", None) or type(found).__module__
            if standard_module(name):
                return str(name)
    return None


# --- classes ---


def abstract_instance(context: FunctionContext, cls: type) -> DialectError:
    """An abstract class is made into an object."""
    names = sorted(getattr(cls, "__abstractmethods__", ()))
    where = []
    for name in names:
        function = getattr(cls, name, None)
        function = function.fget if isinstance(function, property) else function
        if isinstance(function, PythonFunction):
            source, node = context.translator.sources.of_function(function)
            where.append(source.label(node, f"`{name}` is abstract"))
    return context.error(
        "abstract",
        f"`{cls.__name__}` has abstract methods, so it has no objects of its own",
        f"write {', '.join(f'`{name}`' for name in names)} in `{cls.__name__}`, or make an object of a subclass",
    ).because(*where)


def bad_override(
    translator: Translator, definition: Definition, slot: MethodSlot, parameters: tuple[Type, ...], result: Type
) -> DialectError:
    """A method that cannot be called as the one it overrides: what differs first."""
    table = translator.table
    node, source = definition.node, definition.source
    own, wanted = len(parameters), len(slot.parameters)
    base = show_type(table.instance(slot.owner))
    names = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs][1:]
    help = "give it the signature of the method it overrides"
    if own != wanted:
        message = (
            f"`{node.name}` takes {counted(own, 'argument')}, but overrides a method of `{base}` that takes {wanted}"
        )
        error = source.error(node, "override", message, help)
    else:
        error = source.error(
            node if node.returns is None else node.returns,
            "override",
            f"`{node.name}` gives {show_type(result)}, but overrides a method of `{base}` that gives {show_type(slot.result)}",
            help,
        )
        for name, type, needed in zip(names, parameters, slot.parameters, strict=True):
            if not fits(table, needed, type):
                message = f"`{name.arg}` is {show_type(type)}, but {show_type(needed)} in the method of `{base}` that this overrides"
                error = source.error(name, "override", message, help + ", and test with isinstance inside")
                break
    method = translator.classes.method(slot.owner, slot.name)
    if method is not None:
        base_source, base_node = translator.sources.of_function(method.function)
        error = error.because(base_source.label(base_node, f"`{base}` declares it here"))
    return error


# --- assignments that have no meaning ---


def refuse_namespace(context: FunctionContext, target: ast.Attribute) -> None:
    """Modules and classes are constants of the program."""
    owner = context.locals.static(target.value)
    if isinstance(owner, (type, ModuleType)):
        kind = "class" if isinstance(owner, type) else "module"
        raise context.error(
            "namespace",
            f"`{ast.unparse(target)}` belongs to a {kind}, and is constant at run time",
            "keep the state in a field of an object that is passed along",
            target,
        )


def refuse_late_write(context: FunctionContext, field: FieldLayout, target: ast.Attribute) -> None:
    """A `Final` field is written by `__init__` only. Fields that `immutable_fields` names may also be filled in by the function
    that builds the object, before anyone has seen it; not by its own other methods."""
    definition, owner = context.definition, context.owner
    cls = field.owner.python_class
    marks: tuple[str, ...] = () if cls is None else cls.__dict__.get(IMMUTABLE_FIELDS, ())
    is_marked = field.name in marks or f"{field.name}[*]" in marks
    own = definition is not None and definition.has_receiver and isinstance(target.value, ast.Name)
    if is_marked and not (
        own and definition is not None and ast.unparse(target.value) == definition.parameters[0].name
    ):
        return
    if definition is not None and owner is not None and definition.node.name in ("__init__", "__post_init__"):
        receiver = definition.parameters[0].name
        if isinstance(target.value, ast.Name) and target.value.id == receiver:
            if context.translator.table.is_subclass(owner, field.owner):
                return
    located = None if cls is None else context.translator.sources.of_class(cls)
    help = "only `__init__` may set it"
    if is_marked:
        help += f'; if it changes, but rarely, declare it `"{field.name}?"`'
    why = field_label(context, field)
    if located is not None and is_marked:
        places = [each for each in located[1].decorator_list if "immutable_fields" in ast.unparse(each)]
        why = [located[0].label(place, f"`{field.name}` is declared immutable here") for place in places]
    error = context.error(
        "immutable", f"the field `{field.name}` never changes after `__init__`", help, target
    ).because(*why)
    if not is_marked or isinstance(context.node, ast.AugAssign):
        raise error
    help = "this is right only in a second part of `__init__`, before the object is used"
    context.translator.warnings.append(DialectError(error.code, error.message, error.labels, help, WARNING))


def lost_setter(translator: Translator, function: PythonFunction, slot: MethodSlot) -> DialectError:
    """A property written anew without the setter that its base has: Python would refuse assignments to it."""
    source, node = translator.sources.of_function(function)
    base = show_type(translator.table.instance(slot.owner))
    message = f"`{node.name}` can be assigned to in `{base}`, but this property has no setter"
    return source.error(node, "override", message, f"write one here too, `@{node.name}.setter`")


def static_override(translator: Translator, function: PythonFunction, slot: MethodSlot) -> DialectError:
    """A static or class method where calls expect a method."""
    source, node = translator.sources.of_function(function)
    base = show_type(translator.table.instance(slot.owner))
    return source.error(
        node,
        "override",
        f"`{node.name}` is no method of its objects, but overrides one of `{base}`",
        "take the decorator away, and give it `self`",
    )
