"""What a translated place takes for granted about subclasses that it does not name, checked once all classes are known.

    if node:               # Node has neither __bool__ nor __len__, so this holds; of a subclass that has one, Python would ask it
    node.kind()            # a static method is called directly: a subclass must not have another one

Such a place is translated before it is known which subclasses have objects, so it leaves a note here.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, is_dataclass
from typing import TYPE_CHECKING, final

from tracewright.core.errors import DialectError
from tracewright.translate.flow.types import ClassLayout, Instance, show_type
from tracewright.translate.infer.classes import init_of
from tracewright.translate.infer.sources import MISSING

if TYPE_CHECKING:
    from tracewright.translate.infer.classes import Method
    from tracewright.translate.infer.context import FunctionContext
    from tracewright.translate.infer.signatures import Definition
    from tracewright.translate.infer.translator import Job, Translator


@final
@dataclass(frozen=True, slots=True)
class Assumption:
    """`holds` is asked with what the method `name` is in each subclass that has objects."""

    layout: ClassLayout
    name: str
    holds: Callable[[ClassLayout, Method | None], bool]
    error: DialectError
    place: tuple[Job, FunctionContext] | None


def assume_absent(context: FunctionContext, type: Instance, name: str) -> None:
    """No subclass has the special method that the class itself has not."""
    help = f"write `{name}` in `{show_type(type)}` too, so that the method of each object is called"
    error = context.error(
        "late-method", f"{show_type(type)} has no `{name}`, so that of its subclass would not be called here", help
    )
    _assume(context, type.layout, name, lambda layout, method: method is None, error)


def assume_same(context: FunctionContext, type: Instance, method: Method) -> None:
    """No subclass overrides the method, which is called directly."""
    name = method.name
    error = context.error(
        "late-method",
        f"`{name}` is called directly, so that of a subclass of {show_type(type)} would not be called here",
        "make it an ordinary method, or call it through the class",
    )
    function = method.function
    _assume(context, type.layout, name, lambda layout, found: found is not None and found.function is function, error)


def assume_own_text(context: FunctionContext, type: Instance, method: Method) -> None:
    """No subclass takes over the `__repr__` that `@dataclass` wrote: Python puts the name of the object's class there."""
    help = "write `@dataclass` before the subclass too, or write its `__repr__`"
    error = context.error(
        "late-method", f"a subclass of {show_type(type)} would be shown here under the name of its base", help
    )
    own = method.function
    _assume(
        context,
        type.layout,
        method.name,
        lambda layout, found: found is None or found.function is not own or found.owner is layout,
        error,
    )


def assume_told(context: FunctionContext, type: Instance, method: Method) -> None:
    """Every subclass tells its base what the text is: where it does not, Python shows all arguments of the constructor."""
    sources = context.translator.sources
    error = context.error(
        "late-method",
        "an exception whose `__init__` does not call that of its base would be shown here with all its arguments",
        "call `super().__init__(text)` in it, or write its `__str__`",
    )

    def holds(layout: ClassLayout, found: Method | None) -> bool:
        located = None if layout.python_class is None else sources.of_class(layout.python_class)
        if located is None or found is None or found.function is not method.function:
            return True
        init = init_of(located[1])
        if init is None:
            return not is_dataclass(layout.python_class)
        calls = [ast.unparse(each.func) for each in ast.walk(init) if isinstance(each, ast.Call)]
        return len(init.args.args) == 1 or "super().__init__" in calls

    _assume(context, type.layout, method.name, holds, error)


def assume_arguments(
    context: FunctionContext, layout: ClassLayout, method: Method, defaults: list[int], keywords: list[int]
) -> None:
    """Every override has the same defaults (parameters by number, receiver not counted) and names, where a call uses them."""
    definition = context.translator.signatures.definition(method.function, True)
    for numbers, name_of, what, help in (
        (defaults, _default, "default of `{}` is another", "use the same default, or pass the argument here"),
        (keywords, _name, "parameter `{}` has another name", "use the same name, or pass the argument by its place"),
    ):
        for number in numbers:
            parameter = definition.parameters[number + 1].name
            error = context.error(
                "late-method", f"in a method that overrides `{method.name}` the {what.format(parameter)}", help
            )
            wanted = name_of(definition, number)

            def holds(
                layout: ClassLayout,
                found: Method | None,
                number: int = number,
                wanted: object = wanted,
                name_of: _Reader = name_of,
            ) -> bool:
                if found is None or found.kind != "method":
                    return True  # refused elsewhere
                other = context.translator.signatures.definition(found.function, True)
                return len(other.parameters) <= number + 1 or _same(name_of(other, number), wanted)

            _assume(context, layout, method.name, holds, error)


_Reader = Callable[["Definition", int], object]


def _default(definition: Definition, number: int) -> object:
    return definition.parameters[number + 1].default


def _name(definition: Definition, number: int) -> object:
    return definition.parameters[number + 1].name


def _same(a: object, b: object) -> bool:
    if a is b:
        return True
    return (
        MISSING not in (a, b) and type(a) is type(b) and repr(a) == repr(b) and isinstance(a, (int, float, str, bytes))
    )


def _assume(
    context: FunctionContext,
    layout: ClassLayout,
    name: str,
    holds: Callable[[ClassLayout, Method | None], bool],
    error: DialectError,
) -> None:
    translator = context.translator
    translator.assumptions.append(Assumption(layout, name, holds, error, translator.current))


def broken(translator: Translator) -> list[Assumption]:
    """The assumptions that some class with objects does not keep, each with that class named in its error."""
    found = []
    for assumption in translator.assumptions:
        stack = [assumption.layout]
        while stack:
            layout = stack.pop()
            method = translator.classes.method(layout, assumption.name) if layout.instantiated else None
            if layout.instantiated and not assumption.holds(layout, method):
                found.append(_blaming(translator, assumption, layout, method))
                break
            stack.extend(layout.subclasses)
    return found


def _bases(layout: ClassLayout | None) -> list[ClassLayout]:
    """The class and its bases."""
    return [] if layout is None else [layout, *_bases(layout.base)]


def _blaming(translator: Translator, assumption: Assumption, layout: ClassLayout, method: Method | None) -> Assumption:
    """The assumption with the method, or the class, that breaks it shown."""
    owner = layout if method is None else method.owner
    inherits = method is not None and layout is not owner and owner in _bases(assumption.layout)
    cls = layout.python_class if inherits else owner.python_class
    located = None if cls is None else translator.sources.of_class(cls)
    if located is None:
        return assumption
    source, node = located
    place = next((each for each in node.body if getattr(each, "name", "") == assumption.name), node)
    text = "this is the subclass" if inherits else "this is the method of the subclass"
    error = assumption.error.because(source.label(place, text))
    return Assumption(assumption.layout, assumption.name, assumption.holds, error, assumption.place)
