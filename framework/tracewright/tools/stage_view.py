"""`tracewright show FORM TARGET`: what each stage of translation makes of some functions, by the printers of the golden tests.

A guest program has forms too, those in the dict `SHOWS` of the module `views` beside its language's target: text and file name to text.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tracewright.jit.tables.jitcode import JitCode
from tracewright.tools.languages import Language, LanguageError, language_of_file
from tracewright.tools.subjects import Subject, subject_named
from tracewright.tools.type_view import show_types
from tracewright.translate.emit_c.functions import emit_function
from tracewright.translate.emit_c.view import ProgramView
from tracewright.translate.flow.graph import FunctionGraph
from tracewright.translate.flow.show import show
from tracewright.translate.infer.function import services
from tracewright.translate.infer.translator import Translator
from tracewright.translate.jitcode.policy import why_not
from tracewright.translate.jitcode.show import show_jitcode
from tracewright.translate.jitcode.tables import Tables
from tracewright.translate.jitcode.writer import new_jitcode, write_jitcode
from tracewright.translate.program import Program


def show_stage(target: str, form: str, language: Language | None = None) -> str:
    """The text of one form of a target: a key of FORMS and a target of `subjects.py`, or a guest program and a form of its
    language, which the program's name tells where it is not given."""
    guest = Path(target)
    if language is not None or (guest.suffix not in ("", ".py") and guest.is_file()):
        view = _guest_view(language or language_of_file(target), form)
        return view(guest.read_text(encoding="utf-8"), target)
    if form not in FORMS:
        raise LanguageError(f"{form!r} is a form of guest programs; a dialect file has: {', '.join(FORMS)}")
    return FORMS[form](subject_named(target))


def _guest_view(language: Language, form: str) -> Callable[[str, str], str]:
    """What prints a form of the language's programs."""
    name = f"{language.module.rpartition('.')[0]}.views"
    shows: dict[str, Callable[[str, str], str]] = {}
    if importlib.util.find_spec(name) is not None:
        shows = importlib.import_module(name).SHOWS
    if form not in shows:
        raise LanguageError(f"{language.name} programs have no form {form!r}; they have: {', '.join(shows) or 'none'}")
    return shows[form]


def _flow(subject: Subject) -> str:
    translator = Translator(services())
    subject.ask(translator)
    return "\n\n".join(show(graph) for graph in subject.finished(translator)) + "\n"


def _operations(subject: Subject) -> str:
    return "\n\n".join(show(graph) for graph in subject.chosen(subject.program().graphs)) + "\n"


def _c(subject: Subject) -> str:
    program = subject.program()
    view = ProgramView(program)
    texts = [emit_function(graph, view) for graph in subject.chosen(program.graphs)]
    return "\n".join(f"/* {text.graph.name} */\n{text.head}\n{text.body}" for text in texts)


def _jitcode(subject: Subject) -> str:
    program = subject.program()
    tables = traceable(program)
    shown = []
    for graph in subject.chosen(program.graphs):
        if graph in tables.jitcodes:
            shown.append(show_jitcode(jitcode_of(graph, tables)))
        else:
            shown.append(f"{graph.name}: none; the tracer calls it ({why_not(graph)})\n")
    return "\n".join(shown)


def traceable(program: Program) -> Tables:
    """Tables in which every function that the tracer could look into has a number, whether a portal reaches it or not."""
    numbers: dict[FunctionGraph, int] = {}
    for graph in program.graphs:
        if not why_not(graph):
            numbers[graph] = len(numbers)
    portal = next((graph for graph in program.graphs if graph.portal is not None), None)
    view = ProgramView(program)
    return Tables(portal, numbers, {slot: view.implementations(slot) for slot in view.slots})


def jitcode_of(graph: FunctionGraph, tables: Tables) -> JitCode:
    """The jitcode of a function that is in the tables."""
    code = new_jitcode(graph, tables.jitcodes[graph])
    write_jitcode(graph, code, tables)
    return code


FORMS: Final[dict[str, Callable[[Subject], str]]] = {
    "types": show_types,
    "flow": _flow,
    "ops": _operations,
    "c": _c,
    "jitcode": _jitcode,
}
