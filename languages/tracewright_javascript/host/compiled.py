"""`js compile`: programs to files of bytecode, and such files as programs."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright_javascript.bytecode_file import written_common, written_module
from tracewright_javascript.bytecode_reader import CompiledFile, read_compiled
from tracewright_javascript.compiler_modules import compile_module
from tracewright_javascript.compiler_statements import compile_common
from tracewright_javascript.errors import GuestFault, Thrown
from tracewright_javascript.global_object import GlobalCell
from tracewright_javascript.host.running import MainProgram, given_names, run_main_code, run_main_module
from tracewright_javascript.module_loading import add_module_code
from tracewright_javascript.programs import Outcome
from tracewright_javascript.realm import Realm
from tracewright_javascript.syntax_statements import Program

GIVEN: Final = ("exports", "module", "require", "__filename", "__dirname")


def compiled_bytes(realm: Realm, program: Program, units: str, path: str) -> bytes:
    """The file of a program. Raises SyntaxFault, and BytecodeFault for what cannot be written."""
    if program.is_module:
        return written_module(units, compile_module(realm, program, units, path))
    cells: dict[str, GlobalCell] = {}
    for reference in program.unresolved:
        if reference.name in GIVEN and reference.name not in cells:
            cell = GlobalCell(reference.name)
            cell.value = Value.UNDEFINED
            cell.is_guarded = False
            cells[reference.name] = cell
    this = Value.of_object(realm.new_object())
    code = compile_common(realm, program, units, path, cells, this)
    return written_common(units, code, cells, this)


@final
class CompiledProgram(MainProgram):
    """A file of bytecode, read and checked. `path` is its own: what it requires is looked for from there."""

    def __init__(self, realm: Realm, data: bytes, path: str) -> None:
        self.exports: Value = Value.of_object(realm.new_object())
        self.file: CompiledFile = read_compiled(realm, data, path, self.exports)
        self.path = path

    def begin(self, realm: Realm, outcome: Outcome) -> bool:
        file = self.file
        realm.agent.sources[self.path] = file.source
        module = file.module
        if module is not None:
            try:
                made = add_module_code(realm, self.path, module)
            except GuestFault as fault:
                raise Thrown(realm.error_of(fault))
            return run_main_module(realm, made, outcome)
        code = file.common
        assert code is not None
        with_loader = "require" in file.cells or "module" in file.cells
        for name, value in given_names(realm, self.path, self.exports, with_loader).items():
            cell = file.cells.get(name)
            if cell is not None:
                cell.value = value
        run_main_code(realm, code, self.exports, outcome)
        return True
