"""Members of code objects, frames and tracebacks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tracewright.core.generic import hash_of
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_python import builtin_types as types
from tracewright_python.byte_objects import bytes_value
from tracewright_python.bytecode import Code, CodeKind
from tracewright_python.code_objects import NO_BASE, PyCode, PyFrame, code_object, frame_variables
from tracewright_python.conversions import required_text
from tracewright_python.dictionaries import as_dict
from tracewright_python.dictionary_views import NamespaceDict
from tracewright_python.exceptions import PyTraceback, error, not_there, type_error
from tracewright_python.functions import PyBuiltin, PyGetSet
from tracewright_python.lists import EMPTY_TUPLE, list_of, tuple_of
from tracewright_python.objects import as_py_object
from tracewright_python.session import Session
from tracewright_python.syntax import Comparison
from tracewright_python.texts import text_value
from tracewright_python.values import NONE, NOT_IMPLEMENTED

HAS_VARIADIC: Final = 4
HAS_KEYWORDS: Final = 8
FLAGS_OF_KIND: Final[list[int]] = [0, 0x20, 0x80, 0x200]  # by the numbers of CodeKind
OPTIMIZED: Final = 3
# Instruction words are counted as two bytes each, as CPython's are, where programs see their places.
IS_NESTED: Final = 16
ITERABLE_COROUTINE: Final = 0x100


def the_code(value: Value) -> PyCode:
    """A value that is a code object."""
    thing = as_py_object(value)
    assert isinstance(thing, PyCode)
    return thing


def of_code(question: Callable[[Code], Value], of_text: Value) -> Callable[[Session, Value], Value]:
    """An attribute that a code answers; what `compile` has given has a fixed one."""

    def answer(session: Session, value: Value) -> Value:
        code = the_code(value).code
        return of_text if code is None else question(code)

    return answer


def name_of_code(session: Session, value: Value) -> Value:
    """`code.co_name`"""
    thing = the_code(value)
    return text_value(thing.name if thing.code is None else thing.code.name)


def first_line_of(session: Session, value: Value) -> Value:
    """`code.co_firstlineno`"""
    thing = the_code(value)
    return Value.of_int(thing.first_line if thing.code is None else thing.code.first_line)


def names_of(names: list[str]) -> Value:
    """Names as a tuple."""
    return tuple_of([text_value(name) for name in names])


def flags_of(code: Code) -> Value:
    flags = FLAGS_OF_KIND[code.kind] | (HAS_VARIADIC if code.has_variadic else 0)
    flags |= HAS_KEYWORDS if code.has_keywords else 0
    if code.name != "<module>" and not code.variables_are_a_namespace:
        flags |= OPTIMIZED
    if "<locals>" in code.qualified_name:
        flags |= IS_NESTED
    if code.may_be_awaited:
        flags |= ITERABLE_COROUTINE
    return Value.of_int(flags)


def lines_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`code.co_lines()`: one entry for each instruction word."""
    code = the_code(stack[first]).code
    if code is None:
        raise not_there("co_lines of compiled text")
    rows: list[Value] = []
    for pc in range(len(code.words)):
        rows.append(tuple_of([Value.of_int(2 * pc), Value.of_int(2 * pc + 2), Value.of_int(code.line_at(pc))]))
    return session.call(session, session.get_attribute(session, list_of(rows), "__iter__"), [])


def code_repr(session: Session, stack: VMStack, first: int, count: int) -> Value:
    thing = the_code(stack[first])
    name = "<module>" if thing.code is None else thing.code.name
    line = 1 if thing.code is None else thing.code.first_line
    place = f"0x{hash_of(thing) & 0xFFFFFFFFFFFF:012x}"
    return text_value(f'<code object {name} at {place}, file "{thing.file}", line {line}>')


def replaced(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`code.replace(co_name=..., co_filename=..., co_firstlineno=..., co_flags=...)`. What changes the bytecode itself is not there."""
    thing = the_code(stack[first])
    code = thing.code
    keywords = as_dict(stack[first + count])
    if keywords is None:
        return stack[first]
    name, qualified, file = thing.name, "", thing.file
    line = Value.of_int(thing.first_line)
    if code is not None:
        name, qualified, line = code.name, code.qualified_name, Value.of_int(code.first_line)
    marked = Value.UNDEFINED
    for key in keywords.all_keys():
        what, value = required_text(key, "keyword"), keywords.get(session, key)
        if what == "co_name":
            name = required_text(value, "replace() argument 'co_name'")
        elif what == "co_qualname":
            qualified = required_text(value, "replace() argument 'co_qualname'")
        elif what == "co_filename":
            file = required_text(value, "replace() argument 'co_filename'")
        elif what == "co_firstlineno":
            line = value
        elif what == "co_flags" and code is not None and value.is_int():
            if value.as_int() | ITERABLE_COROUTINE != flags_of(code).as_int() | ITERABLE_COROUTINE:
                raise not_there("code.replace(co_flags=...) of other flags than that of a coroutine")
            marked = Value.of_bool(value.as_int() & ITERABLE_COROUTINE != 0)
        elif not session.compare(
            session, Comparison.EQUAL, value, session.get_attribute(session, stack[first], what)
        ).same(Value.TRUE):
            raise not_there(f"code.replace({what}=...)")
    if not line.is_int():
        raise type_error("an integer is required (got another type)")
    if line.as_int() != thing.first_line and (
        code is not None and line.as_int() != code.first_line or thing.tree is not None
    ):
        raise not_there("code.replace(co_firstlineno=...) of functions and trees")
    if code is None:
        return Value.of_object(PyCode(None, thing.source, file, thing.mode, thing.tree, name, line.as_int()))
    if not marked.same(Value.UNDEFINED):
        if keywords.length() == 1:  # `types.coroutine` marks the code that it has
            code.may_be_awaited = marked.same(Value.TRUE)
            return stack[first]
        raise not_there("code.replace of flags and more")
    return code_object(code.renamed(name, qualified, file, line.as_int()))


def code_eq(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.TRUE if stack[first].same(stack[first + 1]) else NOT_IMPLEMENTED


def get_file(session: Session, value: Value) -> Value:
    return text_value(the_code(value).file)


# --- frames ---


def the_frame(value: Value) -> PyFrame:
    """A value that is a frame."""
    thing = as_py_object(value)
    assert isinstance(thing, PyFrame)
    return thing


def frame_back(session: Session, value: Value) -> Value:
    back = the_frame(value).back
    return NONE if back is None else Value.of_object(back)


def frame_code(session: Session, value: Value) -> Value:
    return code_object(the_frame(value).code)


def frame_globals(session: Session, value: Value) -> Value:
    return Value.of_object(NamespaceDict(the_frame(value).code.namespace))


def frame_builtins(session: Session, value: Value) -> Value:
    return Value.of_object(NamespaceDict(session.builtins))


def frame_locals(session: Session, value: Value) -> Value:
    return frame_variables(session, the_frame(value))


def frame_line(session: Session, value: Value) -> Value:
    frame = the_frame(value)
    return Value.of_int(frame.code.line_at(frame.pc))


def frame_instruction(session: Session, value: Value) -> Value:
    return Value.of_int(2 * the_frame(value).pc)


def frame_trace(session: Session, value: Value) -> Value:
    return NONE


def clear_frame(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`frame.clear()`: a frame that has ended holds nothing."""
    if the_frame(stack[first]).base != NO_BASE:
        raise error(types.RUNTIME_ERROR, "cannot clear an executing frame")
    return NONE


def frame_repr(session: Session, stack: VMStack, first: int, count: int) -> Value:
    frame = the_frame(stack[first])
    place = f"0x{hash_of(frame) & 0xFFFFFFFFFFFF:012x}"
    line = frame.code.line_at(frame.pc)
    return text_value(f"<frame at {place}, file '{frame.code.file}', line {line}, code {frame.code.name}>")


# --- tracebacks ---


def the_traceback(value: Value) -> PyTraceback:
    """A value that is a traceback."""
    thing = as_py_object(value)
    assert isinstance(thing, PyTraceback)
    return thing


def traceback_frame(session: Session, value: Value) -> Value:
    """`traceback.tb_frame`: its place; nothing is known of its variables any more."""
    entry = the_traceback(value)
    frame = entry.frame
    if not frame.is_object():
        frame = Value.of_object(PyFrame(entry.code, entry.pc, NO_BASE, None, None))
        entry.frame = frame
    return frame


def traceback_instruction(session: Session, value: Value) -> Value:
    return Value.of_int(2 * the_traceback(value).pc)


def set_following(session: Session, value: Value, given: Value) -> None:
    """`traceback.tb_next = other`"""
    entry, other = the_traceback(value), as_py_object(given)
    if not given.same(NONE) and not isinstance(other, PyTraceback):
        raise type_error("expected traceback object or None")
    entry.following = other if isinstance(other, PyTraceback) else None


def get_following(session: Session, value: Value) -> Value:
    following = the_traceback(value).following
    return NONE if following is None else Value.of_object(following)


def positions_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`code.co_positions()`: of each instruction word the lines and columns, which count from 0."""
    code = the_code(stack[first]).code
    rows: list[Value] = []
    if code is not None:
        for pc in range(len(code.words)):
            span = code.span_at(pc)
            if span.column == 0:
                rows.append(tuple_of([Value.of_int(span.line), Value.of_int(span.line), NONE, NONE]))
                continue
            numbers = [span.line, span.end_line, span.column - 1, span.end_column - 1]
            rows.append(tuple_of([Value.of_int(number) for number in numbers]))
    return session.call(session, session.get_attribute(session, list_of(rows), "__iter__"), [])


METHODS: Final[list[PyBuiltin]] = [
    PyBuiltin("__repr__", code_repr, 1, 1, types.CODE),
    PyBuiltin("__eq__", code_eq, 2, 2, types.CODE),
    PyBuiltin("replace", replaced, 1, 1, types.CODE, takes_any=True),
    PyBuiltin("co_lines", lines_of, 1, 1, types.CODE),
    PyBuiltin("co_positions", positions_of, 1, 1, types.CODE),
    PyBuiltin("__repr__", frame_repr, 1, 1, types.FRAME),
    PyBuiltin("clear", clear_frame, 1, 1, types.FRAME),
]
ATTRIBUTES: Final[list[PyGetSet]] = [
    *[
        PyGetSet(name, types.CODE, of_code(question, of_text), None)
        for name, question, of_text in (
            ("co_qualname", lambda code: text_value(code.qualified_name), text_value("<module>")),
            ("co_argcount", lambda code: Value.of_int(code.positional), Value.of_int(0)),
            ("co_posonlyargcount", lambda code: Value.of_int(code.positional_only), Value.of_int(0)),
            ("co_kwonlyargcount", lambda code: Value.of_int(code.keyword_only), Value.of_int(0)),
            ("co_nlocals", lambda code: Value.of_int(len(code.variables)), Value.of_int(0)),
            ("co_stacksize", lambda code: Value.of_int(code.frame_size), Value.of_int(0)),
            ("co_varnames", lambda code: names_of(list(code.variables)), EMPTY_TUPLE),
            ("co_freevars", lambda code: names_of(code.free_names), EMPTY_TUPLE),
            ("co_cellvars", lambda code: EMPTY_TUPLE, EMPTY_TUPLE),
            ("co_names", lambda code: EMPTY_TUPLE, EMPTY_TUPLE),
            ("co_consts", lambda code: tuple_of([code.documentation]), EMPTY_TUPLE),
            ("co_code", lambda code: bytes_value(b""), bytes_value(b"")),
            ("co_flags", flags_of, Value.of_int(0)),
        )
    ],
    PyGetSet("co_name", types.CODE, name_of_code, None),
    PyGetSet("co_firstlineno", types.CODE, first_line_of, None),
    PyGetSet("co_filename", types.CODE, get_file, None),
    PyGetSet("f_back", types.FRAME, frame_back, None),
    PyGetSet("f_code", types.FRAME, frame_code, None),
    PyGetSet("f_globals", types.FRAME, frame_globals, None),
    PyGetSet("f_builtins", types.FRAME, frame_builtins, None),
    PyGetSet("f_locals", types.FRAME, frame_locals, None),
    PyGetSet("f_lineno", types.FRAME, frame_line, None),
    PyGetSet("f_lasti", types.FRAME, frame_instruction, None),
    PyGetSet("f_trace", types.FRAME, frame_trace, None),
    PyGetSet("tb_frame", types.TRACEBACK, traceback_frame, None),
    PyGetSet("tb_lasti", types.TRACEBACK, traceback_instruction, None),
    PyGetSet("tb_next", types.TRACEBACK, get_following, set_following),
]
assert CodeKind.ASYNC_GENERATOR == len(FLAGS_OF_KIND) - 1
