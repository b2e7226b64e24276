"""One C file for each Python module, or for several small ones of a package: their functions, copies of the small functions they call
from elsewhere, and just the declarations needed.

There is no shared generated header: a file mentions only what its own functions mention, so that an edit elsewhere leaves its
text, and with it the compiled object in the cache, as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, final

from tracewright.translate.emit_c.copying import BRIEF, FEATHERS, LIGHT, NOWHERE, size_of_copy
from tracewright.translate.emit_c.foreign import foreign_files
from tracewright.translate.emit_c.functions import emit_function
from tracewright.translate.emit_c.layout import class_ids, class_table, method_tables, runtime_words, size_tables
from tracewright.translate.emit_c.seldom import Seldom
from tracewright.translate.emit_c.source_file import SourceFile
from tracewright.translate.emit_c.text import FunctionText, References
from tracewright.translate.flow.externals import External
from tracewright.translate.flow.graph import FunctionGraph

if TYPE_CHECKING:
    from tracewright.translate.emit_c.view import ProgramView

COLLECTOR: Final = "tracewright.gc."
# Operations from which on a module has a C file of its own. Each file costs a compiler process, the runtime's header, and copies: a sixth
# of a cold build where each module had one. Larger files would take longer to compile again after an edit.
OWN_FILE: Final = 2400


def together(
    by_module: Mapping[str, Sequence[FunctionText]], seldom: Seldom | None = None
) -> list[tuple[str, list[FunctionText]]]:
    """Which functions share a file, and its name: that of its first module. Where a file ends depends on how much stands before it in its
    package, roughly, so that an edit seldom moves a module from one file to another. What runs seldom has files of its own."""
    files: dict[tuple[str, bool, str, int], list[FunctionText]] = {}
    names: dict[tuple[str, bool, str, int], str] = {}
    before: dict[tuple[str, bool], int] = {}
    for module, texts in sorted(by_module.items()):
        package = module.rpartition(".")[0]
        weight = sum(text.weight for text in texts)
        alone = not package or weight >= OWN_FILE or any(text.threaded for text in texts)
        slow = seldom is not None and seldom.runs(module)
        place = before.get((package, slow), 0)
        key = (package, slow, module if alone else "", place // OWN_FILE)
        if not alone:
            before[package, slow] = place + weight
        names.setdefault(key, module)
        files.setdefault(key, []).extend(texts)
    return sorted((names[key], texts) for key, texts in files.items())


def foreign_sources(graphs: Iterable[FunctionGraph]) -> list[SourceFile]:
    """The files that call the foreign functions which these functions call. Nothing else of the emission is needed for them."""
    return foreign_files(_externals(graphs))


def _externals(graphs: Iterable[FunctionGraph]) -> Iterator[External]:
    """The C functions that these call; some of them several times."""
    for graph in graphs:
        for block in graph.blocks:
            for instruction in block.instructions:
                if isinstance(instruction.immediate, External):
                    yield instruction.immediate


@final
class ProgramEmitter:
    """All C and assembler text of a program. `wrapped` lists functions that get a wrapper for callers with words in memory."""

    def __init__(
        self,
        view: ProgramView,
        wrapped: Iterable[FunctionGraph] = (),
        kept: Iterable[FunctionGraph] = (),
        library: bool = False,
    ) -> None:
        self.view = view
        self._library = library
        self._class_ids = class_ids(view) if library else {}
        self._seldom = Seldom(view.program.entry.module)
        self._texts = {graph: emit_function(graph, view) for graph in view.program.graphs}
        self._looping = {graph.module for graph, text in self._texts.items() if text.threaded}
        self._sizes = {graph: size_of_copy(text, graph in view.recursive) for graph, text in self._texts.items()}
        self._wrapped = dict.fromkeys(wrapped)
        self._real = set(kept) | {view.program.entry}
        if view.places is not None:
            self._real |= {view.places.code, view.places.pc, view.places.location}

    def files(self) -> list[SourceFile]:
        """Everything to compile, in a fixed order."""
        data = self._data_file()  # first: freezing tells which functions need wrappers and addresses
        self._wrapped.update(self.view.prebuilt.wrappers)
        self._find_real_functions()
        by_module: dict[str, list[FunctionText]] = {}
        for graph, text in self._texts.items():
            by_module.setdefault(graph.module, []).append(text)
        modules = [self._module_file(name, texts) for name, texts in together(by_module, self._seldom)]
        return [
            *(file for file in modules if file is not None),
            *foreign_sources(self.view.program.graphs),
            self._main_file(),
            data,
        ]

    def _find_real_functions(self) -> None:
        """Functions that must exist once under their own name: addressed ones, and heavy ones called from other modules."""
        self._real |= set(self.view.prebuilt.functions) | set(self._wrapped)
        for layout in self.view.program.layouts:
            self._real |= set(layout.vtable.values())
        for caller, text in self._texts.items():
            self._real |= text.references.addressed
            # What the file takes that has the caller, or a copy of it, and has the fewest copies.
            least = min(self._taken_by(caller.module), self._sizes[caller])
            for graph in text.references.functions:
                size = self._sizes[graph]
                if size > least and (size < NOWHERE or self._is_copied(caller) or graph.module != caller.module):
                    self._real.add(graph)

    def _is_copied(self, graph: FunctionGraph) -> bool:
        return self._sizes[graph] < NOWHERE

    def _taken_by(self, module: str) -> int:
        """How much the file that has this module takes of copies."""
        if self._seldom.runs(module):
            return FEATHERS
        return BRIEF if self._seldom.is_of_the_language(module) and module not in self._looping else LIGHT

    # --- files -------------------------------------------------------------------------------------------------------
    def _module_file(self, name: str, texts: list[FunctionText]) -> SourceFile | None:
        bodies = [text for text in texts if text.graph in self._real or not self._is_copied(text.graph)]
        if not bodies:
            return None
        references = References()
        for text in bodies:
            references.add(text.references)
        module = texts[0].graph.module
        copies = self._copies(references, {text.graph for text in bodies}, self._taken_by(module))
        heads = {self.view.symbol_of(graph): self.view.head_of(graph) for graph in references.functions}
        heads |= {text.symbol: self._qualifiers(text, True) + self.view.head_of(text.graph) for text in bodies}
        heads |= {text.symbol: self._qualifiers(text, False) + self.view.head_of(text.graph) for text in copies}
        parts = ["#include <tracewright.h>", ""]
        parts += [self._data_declaration(name) for name in sorted(references.data)]
        # The runtime's header may declare these otherwise, so they get another name in C.
        parts += [f'extern char at_{name}[] __asm__("{name}");' for name in sorted(references.symbols)]
        parts += sorted(references.prototypes)
        parts += [f"{heads[symbol]};" for symbol in sorted(heads)]
        for text in copies:
            parts += ["", f"/* copy of {text.graph.name} */", *self._definition(text, False)]
        for text in bodies:
            parts += ["", f"/* {text.graph.name} */", *self._definition(text, True)]
        parts += [self._wrapper(text.graph) for text in texts if text.graph in self._wrapped]
        threaded = any(text.threaded for text in bodies)
        watched = not name.startswith(COLLECTOR)
        return SourceFile(
            f"{name}.c", "\n".join([*parts, ""]), threaded, watched, self._seldom.runs(module) and not threaded
        )

    def _definition(self, text: FunctionText, at_home: bool) -> list[str]:
        """A function as C lines. `#line` numbers the next line only and counts on from there, so what belongs to one line of
        the dialect source becomes one line of C."""
        span = text.graph.span
        lines = [f'#line {span.line} "{self.view.shown_path(span.path)}"'] if span.line > 0 else []
        path = lines[0].partition(' "')[2] if lines else ""
        together = [self._qualifiers(text, at_home) + text.head]
        for line in text.body.splitlines():
            if line.startswith("#line "):
                number, _, known = line.partition(' "')
                lines += [" ".join(together), number if known == path else line]  # the path is said where it changes
                path = known
                together = []
            else:
                together.append(line)
        return [*lines, " ".join(together)]

    def _data_declaration(self, name: str) -> str:
        """A library's code cannot take the address of an absolute symbol, so there class ids are numbers."""
        number = self._class_ids.get(name)
        return f"extern char {name}[];" if number is None else f"#define {name} {number}L"

    def _qualifiers(self, text: FunctionText, at_home: bool) -> str:
        if at_home and not self._is_copied(text.graph):
            return "" if text.graph in self._real else "static "
        # C's `extern inline` is a function like others, which may also become part of its callers.
        linkage = "extern" if at_home else "static"
        return f"{'__attribute__((always_inline)) ' if self._sizes[text.graph] == FEATHERS else ''}{linkage} inline "

    def _copies(self, references: References, own: set[FunctionGraph], taken: int) -> list[FunctionText]:
        """The small functions that a file needs, and those that the copies need in turn, as far as it takes them; `references` grows by
        their needs.

        A function whose address the module takes is not copied: it must have one address everywhere.
        """
        found: dict[FunctionGraph, FunctionText] = {}
        waiting = list(references.functions)
        while waiting:
            graph = waiting.pop()
            if graph in found or graph in own or self._sizes[graph] > taken:
                continue
            text = found[graph] = self._texts[graph]
            references.add(text.references)
            waiting.extend(text.references.functions)
        copies = [text for graph, text in found.items() if graph not in references.addressed]
        return sorted(copies, key=lambda text: text.symbol)

    def _wrapper(self, graph: FunctionGraph) -> str:
        arguments = [
            f"tw_bits_float(words[{index}])" if parameter.kind == "f" else f"words[{index}]"
            for index, parameter in enumerate(graph.parameters)
        ]
        call = f"{self.view.symbol_of(graph)}({', '.join(arguments)})"
        body = {"v": f"{call}; return 0;", "f": f"return tw_float_bits({call});"}.get(
            graph.result_kind, f"return {call};"
        )
        return f"int64_t tw_wrap_{self.view.symbol_of(graph)}(int64_t *words) {{ (void)words; {body} }}"

    def _main_file(self) -> SourceFile:
        entry = self.view.program.entry
        call = f"{self.view.symbol_of(entry)}()"
        body = f"{call}; return 0;" if entry.result_kind == "v" else f"return {call};"
        text = (
            "#include <tracewright.h>\n#include <internal.h>\n\n"
            f"{self.view.head_of(entry)};\n{size_tables()}"
            "void tw_initialize_program(void) {}\n"
            f"int64_t tw_main(void) {{ {body} }}\n"
        )
        return SourceFile("main.c", text + self._guest_location())

    def _guest_location(self) -> str:
        head = "int64_t tw_guest_location(int64_t error)"
        hooks = self.view.places
        if hooks is None:
            return f"{head} {{ (void)error; return 0; }}\n"
        heads = "".join(f"{self.view.head_of(hook)};\n" for hook in (hooks.code, hooks.pc, hooks.location))
        code, pc, location = (self.view.symbol_of(hook) for hook in (hooks.code, hooks.pc, hooks.location))
        return f"{heads}{head} {{ int64_t code = {code}(error); return code ? {location}(code, {pc}()) : 0; }}\n"

    def _data_file(self) -> SourceFile:
        view = self.view
        lines = runtime_words(view) + class_table(view.program.layouts, view, not self._library) + method_tables(view)
        note = '.section .note.GNU-stack,"",%progbits\n'
        return SourceFile("data.s", "\n".join([*lines, view.prebuilt.assembly(), note]))
