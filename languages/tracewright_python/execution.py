"""A program from its text to its exit code."""

from __future__ import annotations

from typing import Final

from tracewright.core.system import flush_output, write_error
from tracewright.core.value import Value
from tracewright.guest.diagnostics import SourceError
from tracewright_python import builtin_types as types
from tracewright_python.access import find_attribute, load_attribute
from tracewright_python.big_ints import plain_number
from tracewright_python.builtins.installation import install_names
from tracewright_python.bytecode import Code
from tracewright_python.calls import call
from tracewright_python.codec_modules import by_codec
from tracewright_python.compiler import TextKind, compile_source
from tracewright_python.diagnostics import SyntaxFault
from tracewright_python.dictionaries import PyDict
from tracewright_python.dictionary_views import DictNames
from tracewright_python.display import str_text
from tracewright_python.errors import Raised
from tracewright_python.exceptions import PyException, as_exception, error
from tracewright_python.finalization import finalize_program
from tracewright_python.functions import PyModule
from tracewright_python.importing import module_spec, new_module, run_code
from tracewright_python.interpreter import run
from tracewright_python.lists import list_of
from tracewright_python.modules.table import NATIVE_MODULES
from tracewright_python.namespaces import Namespace
from tracewright_python.operators import compare_values
from tracewright_python.percent import format_percent
from tracewright_python.prelude import install_prelude
from tracewright_python.session import Session
from tracewright_python.syntax_errors import limit_error, syntax_error
from tracewright_python.texts import text_value
from tracewright_python.tracebacks import traceback_text
from tracewright_python.values import NONE

EXIT_OK: Final = 0
EXIT_FAILED: Final = 1
EXIT_INTERRUPTED: Final = 130  # as a shell says it of a program that Ctrl-C has ended


def new_session() -> Session:
    """A session with everything that is built in."""
    modules = PyDict()
    session = Session(
        run,
        call,
        compare_values,
        format_percent,
        load_attribute,
        find_attribute,
        compile_text,
        by_codec,
        module_spec,
        DictNames(modules),
        Value.of_object(modules),
    )
    install_names(session)
    session.native_modules = NATIVE_MODULES.copy()
    install_prelude(session)
    builtins = PyModule(session.builtins)
    session.builtins.set_named("__name__", text_value("builtins"))
    session.modules.set_named("builtins", Value.of_object(builtins))
    session.path = list_of([])
    return session


def compile_text(session: Session, source: str, namespace: Namespace, file: str, kind: int) -> Code:
    """The code of a text (TextKind). Raises SyntaxError of the program."""
    try:
        return compile_source(session, source, namespace, file, kind)
    except SyntaxFault as fault:
        raise syntax_error(fault, source, file)
    except SourceError as problem:
        raise limit_error(problem, source, file)
    except RecursionError:
        raise error(types.RECURSION_ERROR, "maximum recursion depth exceeded during compilation")


def syntax_error_text(session: Session, exception: PyException) -> str:
    """How a SyntaxError is shown: the line with marks, but no frames of the parser."""
    line_number = exception.get_named("lineno")
    file = str_text(session, exception.get_named("filename"))
    text = str_text(session, exception.get_named("text")).rstrip()
    stripped = text.lstrip(" \t\f")
    start, end = exception.get_named("offset").as_int(), exception.get_named("end_offset").as_int()
    result = f'  File "{file}", line {line_number.as_int()}\n'
    if stripped != "":
        result += f"    {stripped}\n"
        place = start - 1 - (len(text) - len(stripped))
        if start >= 1 and place >= 0:
            if exception.get_named("end_lineno").as_int() != line_number.as_int():
                end = len(text) + 1
            elif end <= start:
                end = start + 1
            blank = "".join([character if character.isspace() else " " for character in stripped[:place]])
            result += f"    {blank}{' ' * (place - len(blank))}{'^' * max(end - start, 1)}\n"
    return result + f"{exception.type_of().name}: {str_text(session, exception.get_named('msg'))}\n"


def run_program(session: Session, source: str, file: str) -> int:
    """Run a text as the program; gives the exit code."""
    namespace = new_main(session)
    namespace.set_named("__file__", text_value(file))
    session.sources[file] = source
    code = EXIT_OK
    try:
        run_code(session, compile_text(session, source, namespace, file, TextKind.MODULE), namespace, NONE)
    except Raised as raised:
        code = uncaught(session, raised.value)
    return end_program(session, namespace, code)


def new_main(session: Session) -> Namespace:
    """The variables of a new module `__main__`."""
    namespace = new_module(session, "__main__").namespace
    namespace.set_named("__spec__", NONE)
    namespace.set_named("__package__", NONE)
    return namespace


def end_program(session: Session, namespace: Namespace, code: int) -> int:
    """Do what is due at the end of a program; gives its exit code, given the one so far."""
    for name, function in AT_END:
        code = max(code, run_at_end(session, name, function))
    finalize_program(session, namespace)
    return code


AT_END: Final[list[tuple[str, str]]] = [("atexit", "_run_exitfuncs"), ("_io", "_flush_all")]
"""What modules do at the end of a program that has loaded them."""


def run_at_end(session: Session, module: str, function: str) -> int:
    """Call a function of a module, if that is loaded; gives the exit code."""
    loaded = session.modules.get_named(module)
    if loaded.same(Value.UNDEFINED):
        return EXIT_OK
    try:
        call(session, load_attribute(session, loaded, function), [])
    except Raised as raised:
        return uncaught(session, raised.value)
    return EXIT_OK


def uncaught(session: Session, value: Value) -> int:
    """Show an exception that nobody has caught; gives the exit code."""
    exception = as_exception(value)
    assert exception is not None
    if exception.type_of().derives_from(types.SYSTEM_EXIT):
        return exit_code(session, exception)
    flush_output()
    if exception.type_of().derives_from(types.SYNTAX_ERROR) and exception.get_named("lineno").is_int():
        head = traceback_text(session, value) if exception.traceback is not None else ""
        write_error((head.rpartition(exception.type_of().name)[0] + syntax_error_text(session, exception)).encode())
        return EXIT_FAILED
    try:
        write_error(traceback_text(session, value).encode())
    except Raised:
        write_error(b"<the exception cannot be shown>\n")
    return EXIT_INTERRUPTED if exception.type_of().derives_from(types.KEYBOARD_INTERRUPT) else EXIT_FAILED


def exit_code(session: Session, exception: PyException) -> int:
    """What a SystemExit means."""
    items = exception.arguments.items
    code = NONE if len(items) == 0 else plain_number(items[0])
    if code.same(NONE):
        return EXIT_OK
    if code.is_int():
        return code.as_int() & 255
    flush_output()
    write_error((str_text(session, code) + "\n").encode())
    return EXIT_FAILED
