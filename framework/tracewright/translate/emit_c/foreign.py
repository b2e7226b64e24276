"""C for the functions of foreign libraries that a program calls: one file per header, whoever declares what of it, one function per
function and way of passing its arguments.

    int64_t tw_foreign_crc32_long_data_unsigned_long(int64_t a0, int64_t a1, int64_t a2) {
        static __typeof__(&crc32) function;                         found when it is first called
        ...
        return (int64_t)function((unsigned long)a0, a1 ? (const unsigned char *)tw_bytes_data(a1) : 0, (unsigned int)a2);
    }

Where the header is there, the declarations stand behind it, so that the compiler compares them. Not for another machine: the headers
that its compiler finds outside its own folders are this machine's.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from tracewright.core.foreign_headers import ForeignFunction
from tracewright.translate.emit_c.source_file import SourceFile
from tracewright.translate.flow.externals import FOREIGN_PREFIX, External

_HEAD = "#include <stddef.h>\n#include <stdint.h>\n#include <sys/types.h>\n#include <tracewright.h>\n#include <internal.h>\n"


def foreign_files(externals: Iterable[External]) -> list[SourceFile]:
    """The files for those of the functions that are foreign, in a fixed order."""
    called: dict[tuple[str, bytes], dict[str, ForeignFunction]] = {}
    for external in externals:
        if external.symbol.startswith(FOREIGN_PREFIX):
            foreign = declaration_of(external)
            called.setdefault((foreign.header.name, foreign.header.library.files), {})[external.symbol] = foreign
    return [_file(name, files, functions) for (name, files), functions in sorted(called.items())]


def declaration_of(external: External) -> ForeignFunction:
    """The declaration that a foreign function was made from."""
    module, _, name = external.python.rpartition(".")
    declared = getattr(sys.modules[module], name).__foreign__
    assert isinstance(declared, ForeignFunction)
    return declared


def _file(header: str, files: bytes, functions: dict[str, ForeignFunction]) -> SourceFile:
    declaring = dict.fromkeys(functions[symbol].header for symbol in sorted(functions))
    checks = "".join(dict.fromkeys(each.checks() for each in declaring))
    types = "\n".join(dict.fromkeys(each.types for each in declaring))
    checked = f"#if !defined(TW_OTHER_MACHINE) && __has_include(<{header}>)\n#include <{header}>\n{checks}#else\n"
    # A header may have a macro of the name, too.
    declared = {f"#undef {foreign.prototype.name}\n{foreign.prototype.text};\n" for foreign in functions.values()}
    prototypes = "".join(sorted(declared))
    names = "".join(f"{name}\\0" for name in files[:-1].decode().split("\0"))
    parts = [
        f"{_HEAD}{checked}{types}\n#endif\n{prototypes}",
        f'static void *library;\nstatic const char files[] = "{names}";',
        "void *tw_foreign_symbol(void **library, const char *files, int64_t length, const char *name);",
        *(_stub(symbol, functions[symbol]) for symbol in sorted(functions)),
    ]
    stem = header.removesuffix(".h").replace("/", "_")
    return SourceFile(f"foreign_{stem}.c", "\n".join([*parts, ""]))


def _stub(symbol: str, foreign: ForeignFunction) -> str:
    name = foreign.prototype.name
    kinds = foreign.takes
    parameters = ", ".join(f"{'double' if kind == 'f' else 'int64_t'} a{n}" for n, kind in enumerate(kinds)) or "void"
    arguments = ", ".join(
        _argument(f"a{n}", type_name, c_type)
        for n, (type_name, c_type) in enumerate(zip(foreign.types, foreign.prototype.parameters, strict=False))
    )
    gives = {"v": "void", "f": "double"}.get(foreign.gives, "int64_t")
    failed = "return;" if gives == "void" else "return 0;"
    call = f"function({arguments})"
    result = {"void": f"{call};", "double": f"return {call};"}.get(gives, f"return (int64_t){call};")
    return (
        f"{gives} {symbol}({parameters}) {{\n"
        f"    static __typeof__(&{name}) function;\n"
        f"    if (TW_UNLIKELY(!function)) {{\n"
        f'        function = (__typeof__(&{name}))tw_foreign_symbol(&library, files, sizeof files - 1, "{name}");\n'
        f"        if (!function) {failed}\n"
        f"    }}\n"
        f"    {result}\n}}"
    )


def _argument(name: str, type_name: str, c_type: str) -> str:
    if type_name in ("CText", "CData"):
        return f"({c_type})({name} ? tw_bytes_data({name}) : 0)"
    if type_name == "CWords":
        return f"({c_type})({name} ? {name} + TW_ARRAY_ITEMS : 0)"
    return name if type_name == "CDouble" else f"({c_type}){name}"
