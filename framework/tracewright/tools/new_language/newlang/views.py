"""Forms of a program that `tracewright show FORM PROGRAM` prints: for those who work on the language, so under CPython only."""

from collections.abc import Callable
from typing import Final

from newlang.compiler import compile_program
from newlang.objects import Function
from newlang.opcodes import Op
from tracewright.guest.diagnostics import SourceError, located
from tracewright.guest.global_cells import Globals
from tracewright.guest.instructions import field_a, field_b, field_c, opcode
from tracewright.guest.register_code import RegisterCode

OPERATIONS: Final = {number: name for name, number in vars(Op).items() if name.isupper()}


def show_bytecode(text: str, file: str) -> str:
    """The code of the program and of its functions, or what is wrong with it."""
    try:
        return "\n".join([*listing(compile_program(text, Globals())), ""])
    except SourceError as error:
        return located(error, file) + "\n"


def listing(code: RegisterCode) -> list[str]:
    """One instruction per line, with its line in the program; then the functions among the constants."""
    lines = [f"{code.name}: {code.parameters} parameters, {code.frame_size} slots"]
    for place in range(len(code.words)):
        word = code.words[place]
        a, b, c = field_a(word), field_b(word), field_c(word)
        lines.append(f"{place:5}  {OPERATIONS[opcode(word)]:<13} {a:3} {b:3} {c:3}    line {code.line_at(place)}")
    for number in range(len(code.constants)):
        value = code.constants[number]
        thing = value.as_object() if value.is_object() else None
        if isinstance(thing, Function):
            lines += ["", *listing(thing.code)]
    return lines


SHOWS: Final[dict[str, Callable[[str, str], str]]] = {"bytecode": show_bytecode}
