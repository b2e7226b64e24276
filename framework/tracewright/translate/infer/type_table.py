"""All types of one translation. Each type exists once, so equal types are the same object."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, Words
from tracewright.core.object_layout import BOXED_INT_OFFSET
from tracewright.translate.flow.types import (
    INT,
    NEVER,
    NONE,
    OBJECT,
    ClassLayout,
    FieldLayout,
    FunctionType,
    Instance,
    Optional,
    Primitive,
    Type,
    is_word,
    kind_of,
    show_type,
)

# Fields of exceptions that no class of the author's can name, as it may have a field `message` of its own.
ERROR_TEXT: Final = "__text"
MISSING_KEY: Final = "__key"

BUILTIN_EXCEPTIONS: Final = (
    BaseException,
    KeyboardInterrupt,
    Exception,
    ArithmeticError,
    OverflowError,
    ZeroDivisionError,
    LookupError,
    IndexError,
    KeyError,
    ValueError,
    UnicodeError,
    UnicodeDecodeError,
    AssertionError,
    AttributeError,
    RuntimeError,
    RecursionError,
    NotImplementedError,
    MemoryError,
    OSError,
    StopIteration,
    TypeError,
    NameError,
    EOFError,
)


@final
class TypeTable:
    """Interned types and the layouts they speak of. `layouts` is in the order of creation."""

    def __init__(self) -> None:
        self.layouts: list[ClassLayout] = []
        self.keys: Final[dict[ClassLayout, tuple[object, tuple[Type, ...]]]] = {}  # what they were registered for
        self._by_key: dict[tuple[object, tuple[Type, ...]], Instance] = {}
        self._instances: dict[ClassLayout, Instance] = {}
        self._optionals: dict[Type, Optional] = {}
        self._functions: dict[tuple[tuple[Type, ...], Type], FunctionType] = {}
        boxed = self.new_layout("BoxedInt", None, None, "fields")
        self.add_field(boxed, "value", INT, immutable="always")
        assert boxed.fields["value"].offset == BOXED_INT_OFFSET
        self.boxed_int = boxed
        self.closure: Final = self.new_layout("function", None, None, "fields")  # what all function values are
        self.add_field(self.closure, "code", INT, immutable="always")
        self.str: Final = self.instance(self.new_layout("str", str, None, "str"))
        self.bytes: Final = self.instance(self.new_layout("bytes", bytes, None, "bytes"))
        self.words: Final = self.instance(self.new_layout("Words", Words, None, "words"))
        for cls, type in ((str, self.str), (bytes, self.bytes), (Words, self.words)):
            self.register(cls, (), type.layout)
        self._make_exceptions()

    # --- layouts ---

    def new_layout(self, name: str, cls: type | None, base: ClassLayout | None, shape: str) -> ClassLayout:
        """A layout without fields of its own."""
        layout = ClassLayout(name, cls, base, shape)
        if base is not None:
            layout.size = base.size
            layout.fields = dict(base.fields)
            base.subclasses.append(layout)
        elif shape == "array" or shape == "words":
            layout.size = 16
        elif shape == "bytes":
            layout.size = 24
        elif shape == "str":
            layout.size = 32
        self.layouts.append(layout)
        return layout

    def add_field(self, layout: ClassLayout, name: str, type: Type, immutable: str = "", items: bool = False) -> None:
        """Append a field."""
        layout.fields[name] = FieldLayout(name, type, kind_of(type), layout.size, layout, immutable, items)
        layout.size += 8

    def find(self, cls: object, arguments: tuple[Type, ...]) -> Instance | None:
        """The instance type made earlier for this class and these type arguments."""
        return self._by_key.get((cls, arguments))

    def register(self, cls: object, arguments: tuple[Type, ...], layout: ClassLayout) -> Instance:
        """Make `layout` the one for this class and these type arguments."""
        instance = self._by_key[cls, arguments] = self.instance(layout)
        self.keys[layout] = cls, arguments
        return instance

    def instance(self, layout: ClassLayout) -> Instance:
        found = self._instances.get(layout)
        if found is None:
            found = self._instances[layout] = Instance(layout)
        return found

    # --- composite types ---

    def optional(self, item: Type) -> Optional:
        if isinstance(item, Optional):
            return item
        found = self._optionals.get(item)
        if found is None:
            found = self._optionals[item] = Optional(item)
        return found

    def function(self, parameters: tuple[Type, ...], result: Type) -> FunctionType:
        found = self._functions.get((parameters, result))
        if found is None:
            found = self._functions[parameters, result] = FunctionType(parameters, result)
        return found

    def array(self, item: Type) -> Instance:
        found = self.find(Array, (item,))
        if found is None:
            layout = self.new_layout(f"Array[{show_type(item)}]", Array, None, "array")
            layout.type_arguments = (item,)
            layout.item = item
            found = self.register(Array, (item,), layout)
        return found

    def cell(self, item: Type) -> Instance:
        """What holds a local that nested functions share while it changes."""
        found = self.find("cell", (item,))
        if found is None:
            layout = self.new_layout(f"cell[{show_type(item)}]", None, None, "fields")
            self.add_field(layout, "value", item)
            found = self.register("cell", (item,), layout)
        return found

    def tuple(self, items: tuple[Type, ...]) -> Instance:
        found = self.find(tuple, items)
        if found is None:
            layout = self.new_layout(f"tuple[{', '.join(map(show_type, items))}]", tuple, None, "fields")
            layout.type_arguments = items
            for index, item in enumerate(items):
                self.add_field(layout, f"item{index}", item, immutable="always")
            found = self.register(tuple, items, layout)
        return found

    def exception(self, cls: type) -> Instance:
        """The type of a built-in exception class."""
        found = self.find(cls, ())
        assert found is not None, f"{cls.__name__} is not one of the dialect's exceptions"
        return found

    def _make_exceptions(self) -> None:
        for cls in BUILTIN_EXCEPTIONS:
            base = None if cls is BaseException else self.exception(cls.__mro__[1]).layout
            layout = self.new_layout(cls.__name__, cls, base, "fields")
            self.register(cls, (), layout)

    # --- relations ---

    def is_subclass(self, layout: ClassLayout, base: ClassLayout) -> bool:
        current: ClassLayout | None = layout
        while current is not None:
            if current is base:
                return True
            current = current.base
        return False

    def common_base(self, a: ClassLayout, b: ClassLayout) -> ClassLayout | None:
        current: ClassLayout | None = a
        while current is not None and not self.is_subclass(b, current):
            current = current.base
        return current

    def join(self, a: Type, b: Type) -> Type | None:
        """The narrowest type that values of both have; None where there is none."""
        if a is b or b is NEVER:
            return a
        if a is NEVER:
            return b
        if a is NONE or b is NONE:
            other = b if a is NONE else a
            has_room = not isinstance(other, Primitive) or other is OBJECT or is_word(other)
            return self.optional(other) if has_room else None
        if isinstance(a, Optional) or isinstance(b, Optional):
            inner = self.join(a.item if isinstance(a, Optional) else a, b.item if isinstance(b, Optional) else b)
            return None if inner is None else self.optional(inner)
        if isinstance(a, Instance) and isinstance(b, Instance):
            base = self.common_base(a.layout, b.layout)
            return OBJECT if base is None else self.instance(base)
        if OBJECT in (a, b) and isinstance(a, (Instance, Primitive)) and isinstance(b, (Instance, Primitive)):
            return OBJECT
        return None

    def is_array(self, type: Type) -> bool:
        return isinstance(type, Instance) and type.layout.shape == "array"

    def is_tuple(self, type: Type) -> bool:
        cls = type.layout.python_class if isinstance(type, Instance) else None
        return cls is tuple or is_named_tuple(cls)


def is_named_tuple(cls: object) -> bool:
    """Whether the class was written as a `typing.NamedTuple`."""
    return isinstance(cls, type) and issubclass(cls, tuple) and hasattr(cls, "_fields")


def is_heap_type(type: Type) -> bool:
    """Whether values are pointers to heap objects, possibly null (Values are not)."""
    return isinstance(type, (Instance, Optional, FunctionType)) or type is OBJECT
