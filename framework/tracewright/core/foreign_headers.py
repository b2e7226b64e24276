"""Headers of C libraries, as far as a program declares them: import time, and the hosted calls. The story is told in `core.foreign`."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Sequence
from types import FunctionType
from typing import Any, Final, TypeVar, final

from tracewright.core.arrays import Array
from tracewright.core.foreign import Library

F = TypeVar("F", bound=Callable[..., object])

VARIADIC: Final = "..."
_NUMBER_TYPE: Final = re.compile(
    r"typedef ((?:unsigned |signed |long )*(?:int|long|char|short)|u?int\d+_t|size_t) (\w+);"
)

# Natively every file of foreign functions includes sys/types.h; of its types, cffi knows the numbers only.
_SYSTEM_TYPES: Final = "typedef struct fd_set fd_set;"

# Of each type's name: how it is passed natively (an int, a float, a reference), and the C types that it may stand for; a pointer
# is written "*".
_KINDS: Final = {
    "CInt": ("i", ("int", "signed char", "char", "short")),
    "CUnsigned": ("i", ("unsigned int", "unsigned", "uint32_t")),
    "CLong": (
        "i",
        ("long", "unsigned long", "long long", "long long int", "unsigned long long", "int64_t", "uint64_t", "ssize_t"),
    ),
    "CSize": ("i", ("size_t", "unsigned long")),
    "CDouble": ("f", ("double",)),
    "CAddress": ("i", ("*",)),
    "CText": ("r", ("*",)),
    "CData": ("r", ("*",)),
    "CWords": ("r", ("*",)),
    "None": ("v", ("void",)),
}


@final
class Prototype:
    """A C function's declaration, taken apart; parameters have no names.

    A function with any number of arguments (`...`) is declared once for each kind of call: `variadic` has the C types of the others.
    """

    def __init__(self, text: str, variadic: Sequence[str] = ()) -> None:
        head, _, rest = text.partition("(")
        self.text = text
        self.result, _, self.name = head.strip().rpartition(" ")
        if self.name.startswith("*"):
            self.result, self.name = self.result + " *", self.name.lstrip("*")
        self.parameters = _split(rest.strip().removesuffix(")"))
        self.is_variadic = self.parameters[-1:] == [VARIADIC]
        if self.is_variadic:
            self.parameters[-1:] = variadic
        elif variadic:
            raise TypeError(f"{text} takes no other arguments")


def _split(text: str) -> list[str]:
    """At the commas that stand in no parentheses."""
    parts, depth, start = [], 0, 0
    for index, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            parts.append(text[start:index].strip())
            start = index + 1
    last = text[start:].strip()
    return [*parts, last] if last not in ("", "void") else parts


def _is_pointer(c_type: str) -> bool:
    return "*" in c_type


@final
class ForeignFunction:
    """What the translator and the hosted call need to know of a declared function; import time only."""

    def __init__(self, header: Header, prototype: Prototype, function: FunctionType) -> None:
        self.header = header
        self.prototype = prototype
        self.function = function
        annotations = inspect.get_annotations(function)
        names = [*(annotations[name] for name in inspect.signature(function).parameters), annotations["return"]]
        if not all(isinstance(name, str) for name in names):
            raise TypeError(
                f"{function.__module__} needs `from __future__ import annotations`, so that C types have names"
            )
        self.optional = [name.endswith(" | None") for name in names]
        self.types = [name.removesuffix(" | None") for name in names]
        c_types = [*prototype.parameters, prototype.result]
        if len(c_types) != len(self.types):
            raise TypeError(f"{function.__qualname__} and {prototype.text} differ in the number of parameters")
        for name, c_type in zip(self.types, c_types, strict=True):
            allowed = _KINDS[name][1] if name in _KINDS else ()
            if header.meaning_of(c_type) not in allowed:
                raise TypeError(f"{function.__qualname__}: {name} cannot be {c_type} of {prototype.text}")
        if self.types[-1] in ("CText", "CData", "CWords"):
            raise TypeError(
                f"{function.__qualname__}: C gives a CAddress; `text_at` and `bytes_at` read what lies there"
            )

    @property
    def symbol(self) -> str:
        """What the C function of the program is called that calls it. Declarations that pass the same types share one; of a variadic
        function each has its own."""
        name = f"{self.prototype.name}_{self.function.__name__}" if self.prototype.is_variadic else self.prototype.name
        return "_".join([name, *(type_name.removeprefix("C").lower() for type_name in self.types)])

    @property
    def takes(self) -> str:
        """The kinds of the parameters, a letter each."""
        return "".join(_KINDS[name][0] for name in self.types[:-1])

    @property
    def gives(self) -> str:
        return _KINDS[self.types[-1]][0]

    def call(self, arguments: tuple[Any, ...]) -> Any:
        """The hosted call."""
        return self.header.hosted().call(self, arguments)


@final
class Record:
    """A struct of C, as far as its fields are used: where they lie, and its size, by the rules of 64-bit machines.

    Fields are read and written by the functions of `core.memory`; the rules are compared with the header, too.
    """

    _SIZES: Final = {"char": 1, "int": 4, "unsigned int": 4, "long": 8, "unsigned long": 8, "size_t": 8, "double": 8}

    def __init__(self, name: str, fields: dict[str, str], is_whole: bool) -> None:
        self.name = name
        self.is_whole = is_whole
        self.offsets: dict[str, int] = {}
        self.sizes: dict[str, int] = {}
        end = 0
        for field, c_type in fields.items():
            size = 8 if _is_pointer(c_type) else self._SIZES[c_type]
            end = -(-end // size) * size
            self.offsets[field], self.sizes[field] = end, size
            end += size
        self.size = -(-end // 8) * 8


@final
class Header:
    """What a program uses of a header, and which library has it; `types` declares the types that the prototypes name."""

    def __init__(self, name: str, library: Library, types: str = "") -> None:
        self.name = name
        self.library = library
        self.types = types
        self._numbers: dict[str, str] = {name: base for base, name in _NUMBER_TYPE.findall(types)}
        self._functions: list[ForeignFunction] = []
        self._constants: dict[str, int] = {}
        self._records: list[Record] = []
        self._hosted: _HostedLibrary | None = None

    # --- declarations ---
    def meaning_of(self, c_type: str) -> str:
        """The type that a name stands for; every pointer is "*"."""
        plain = "*" if _is_pointer(c_type) else c_type.removeprefix("const ").strip()
        if plain.startswith("enum "):
            return "int"
        return self._numbers.get(plain, plain)

    def function(self, prototype: str, variadic: Sequence[str] = ()) -> Callable[[F], F]:
        """The decorated function, whose body is never run, is the library's function of this prototype."""

        def declare(function: F) -> F:
            assert isinstance(function, FunctionType)
            foreign = ForeignFunction(self, Prototype(prototype, variadic), function)
            self._functions.append(foreign)

            @functools.wraps(function)
            def hosted(*arguments: Any) -> Any:
                return foreign.call(arguments)

            hosted.__dict__["__foreign__"] = foreign
            return hosted  # type: ignore[return-value]  # of the same signature

        return declare

    def constant(self, name: str, value: int) -> int:
        """A number that the header defines under a name."""
        self._constants[name] = value
        return value

    def record(self, name: str, fields: dict[str, str], is_whole: bool = True) -> Record:
        """A struct, with all of its fields, or its first ones if it is not whole, in order, and their C types.

        Only the size of a whole one is known.
        """
        record = Record(name, fields, is_whole)
        self._records.append(record)
        return record

    # --- for the translator ---
    def declarations(self) -> str:
        """The types and prototypes, as C."""
        prototypes = dict.fromkeys(f"{foreign.prototype.text};" for foreign in self._functions)
        return "\n".join([self.types, *prototypes, ""])

    def checks(self) -> str:
        """What must hold of the header, as C. The prototypes, declared again behind it, are compared by the compiler anyway."""
        lines = [f'_Static_assert({name} == {value}, "{name}");' for name, value in self._constants.items()]
        for record in self._records:
            for field, offset in record.offsets.items():
                place, size = f"offsetof({record.name}, {field})", f"sizeof((({record.name} *)0)->{field})"
                holds = f"{place} == {offset} && {size} == {record.sizes[field]}"
                lines.append(f'_Static_assert({holds}, "{record.name}.{field}");')
            if record.is_whole:
                lines.append(f'_Static_assert(sizeof({record.name}) <= {record.size}, "{record.name}");')
        return "\n".join([*lines, ""])

    # --- hosted ---
    def hosted(self) -> _HostedLibrary:
        """The library by cffi, opened when first asked for. Raises OSError as the native call does."""
        if self._hosted is None:
            self._hosted = _HostedLibrary(self.library.files[:-1].decode().split("\0"), self.declarations())
        return self._hosted


class _HostedLibrary:
    """A library by cffi."""

    def __init__(self, files: list[str], declarations: str) -> None:
        from cffi import FFI

        self._ffi = FFI()
        self._ffi.cdef(_SYSTEM_TYPES + declarations)
        self._library = _open(self._ffi, files)

    def call(self, foreign: ForeignFunction, arguments: tuple[Any, ...]) -> Any:
        ffi = self._ffi
        kept: list[Any] = []
        filled: list[tuple[Array[int], Any]] = []
        passed: list[Any] = []
        for value, name, c_type in zip(arguments, foreign.types, foreign.prototype.parameters, strict=False):
            if value is None:
                passed.append(ffi.NULL)
            elif name in ("CText", "CData"):
                kept.append(ffi.new("char[]", value))
                passed.append(ffi.cast(c_type, kept[-1]))
            elif name == "CWords":
                filled.append((value, ffi.new("int64_t[]", [value[index] for index in range(len(value))])))
                passed.append(ffi.cast(c_type, filled[-1][1]))
            else:
                passed.append(ffi.cast(c_type, value))
        result = getattr(self._library, foreign.prototype.name)(*passed)
        for array, words in filled:
            for index in range(len(array)):
                array[index] = words[index]
        if foreign.types[-1] == "CAddress":
            return int(ffi.cast("intptr_t", result))
        if foreign.types[-1] in ("CLong", "CSize"):
            return int(ffi.cast("int64_t", result))
        return result[0] if isinstance(result, bytes) else result  # a `char` is a number, too


def _open(ffi: Any, files: list[str]) -> Any:
    for file in files:
        try:
            return ffi.dlopen(file)
        except OSError:
            continue
    raise OSError(2, "No such file or directory")
