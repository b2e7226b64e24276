"""`exec`, `eval`, `compile`, `globals`, `locals`, `__import__`: what needs the compiler, or the frame that calls."""

from __future__ import annotations

from typing import final

from tracewright.core.arrays import array_of
from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright_python import builtin_types as types
from tracewright_python.bytecode import CALLEE, FIRST, Code
from tracewright_python.conversions import required_text
from tracewright_python.dictionaries import PyDict, as_dict
from tracewright_python.dictionary_views import NamespaceDict
from tracewright_python.exceptions import not_there, type_error, value_error
from tracewright_python.functions import Cell, PyBuiltin, PyFunction
from tracewright_python.importing import import_module, run_code
from tracewright_python.lists import NO_VALUES
from tracewright_python.namespaces import Namespace
from tracewright_python.objects import PyInstance, as_py_object
from tracewright_python.session import Session
from tracewright_python.texts import PyStr, as_str
from tracewright_python.values import NONE, type_name


@final
class CompiledText(PyInstance):
    """What `compile` gives: the text, which is compiled for the namespace that it will run in."""

    def __init__(self, source: str, file: str, mode: str) -> None:
        super().__init__(types.CODE.root, NO_VALUES)
        self.source = source
        self.file = file
        self.mode = mode


def is_given(value: Value) -> bool:
    """Whether an argument is there, and not None."""
    return not value.same(Value.UNDEFINED) and not value.same(NONE)


def caller_namespace(session: Session) -> Namespace:
    """The module of the function that calls."""
    return unsafe_cast(PyFunction, session.stack[session.caller_base + CALLEE].as_object()).namespace


def caller_code(session: Session) -> Code:
    """The code that calls."""
    return unsafe_cast(PyFunction, session.stack[session.caller_base + CALLEE].as_object()).code


@dont_look_inside
def caller_variables(session: Session) -> PyDict:
    """The variables of the function that calls, as a new dict."""
    stack, base = session.stack, session.caller_base
    function = unsafe_cast(PyFunction, stack[base + CALLEE].as_object())
    result = PyDict()
    names = function.code.variables
    for k in range(len(names)):
        put_variable(result, names[k], stack[base + FIRST + k])
    for k in range(len(function.captured)):
        put_variable(result, function.code.free_names[k], function.captured[k])
    return result


def put_variable(target: PyDict, name: str, value: Value) -> None:
    """One variable, which may live in a cell, if it is bound."""
    if value.is_object():
        cell = value.as_object()
        if isinstance(cell, Cell):
            value = cell.value
    if not value.same(Value.UNDEFINED) and not name.startswith("."):
        target.set_text(PyStr(name), value)


def is_at_module_level(session: Session) -> bool:
    """Whether a module's own code calls."""
    return caller_code(session).name == "<module>"


def builtin_globals(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_object(NamespaceDict(caller_namespace(session)))


def builtin_locals(session: Session, stack: VMStack, first: int, count: int) -> Value:
    if is_at_module_level(session):
        return builtin_globals(session, stack, first, count)
    code = caller_code(session)
    if code.positional == 1 and code.variables_are_a_namespace:
        return stack[session.caller_base + FIRST]
    return Value.of_object(caller_variables(session))


def source_of(value: Value, mode: str) -> CompiledText:
    """The text that is to run. Raises TypeError."""
    thing = as_py_object(value)
    if isinstance(thing, CompiledText):
        return thing
    text = as_str(value)
    if text is None:
        what = "exec" if mode == "exec" else "eval"
        raise type_error(f"{what}() arg 1 must be a string, bytes or code object")
    return CompiledText(text.text(), "<string>", mode)


@dont_look_inside
def run_text(session: Session, text: CompiledText, given: Value, local: Value) -> Value:
    """Run a text in namespaces that may be dicts: a dict's names are variables while it runs, and go back to it then."""
    if is_given(local) and is_given(given) and not local.same(given):
        raise not_there("exec and eval with separate locals")
    variables: PyDict | None = None
    if not is_given(given):
        namespace = caller_namespace(session)
        if not is_at_module_level(session):
            variables = caller_variables(session)
            namespace = namespace_from(session, variables, namespace)
    else:
        thing = as_py_object(given)
        pairs = as_dict(given)
        if pairs is None:
            raise type_error(f"globals must be a dict, not {type_name(given)}")
        if isinstance(thing, NamespaceDict) and isinstance(thing.mapping, Namespace):
            namespace = thing.mapping
        else:
            variables = pairs
            namespace = namespace_from(session, pairs, session.builtins)
    session.sources[text.file] = text.source
    try:
        if text.mode == "eval":
            return run_code(session, session.compile_expression(session, text.source, namespace, text.file), namespace)
        run_code(session, session.compile_text(session, text.source, namespace, text.file), namespace)
    finally:
        if variables is not None and is_given(given):
            for name in namespace.all_names():
                variables.set_text(PyStr(name), namespace.get_named(name))
    return NONE


def namespace_from(session: Session, variables: PyDict, behind: Namespace) -> Namespace:
    """A namespace with the texts among the keys of a dict."""
    namespace = Namespace(behind)
    for key in variables.all_keys():
        name = as_str(key)
        if name is not None:
            namespace.set_named(name.text(), variables.get_named(name.text()))
    return namespace


def builtin_exec(session: Session, stack: VMStack, first: int, count: int) -> Value:
    run_text(session, source_of(stack[first], "exec"), stack[first + 1], stack[first + 2])
    return NONE


def builtin_eval(session: Session, stack: VMStack, first: int, count: int) -> Value:
    text = source_of(stack[first], "eval")
    stripped = CompiledText(text.source.lstrip(" \t"), text.file, text.mode)
    return run_text(session, stripped, stack[first + 1], stack[first + 2])


@dont_look_inside
def builtin_compile(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`compile(source, filename, mode)`: mistakes are found here, the code is made where it runs."""
    source = required_text(stack[first], "compile() arg 1")
    file, mode = required_text(stack[first + 1], "filename"), required_text(stack[first + 2], "mode")
    namespace = Namespace(session.builtins)
    if mode == "eval":
        session.compile_expression(session, source, namespace, file)
    elif mode == "exec":
        session.compile_text(session, source, namespace, file)
    elif mode == "single":
        raise not_there("compile() with mode 'single'")
    else:
        raise value_error("compile() mode must be 'exec', 'eval' or 'single'")
    return Value.of_object(CompiledText(source, file, mode))


def builtin_import(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`__import__(name, globals, locals, fromlist, level)`"""
    names = stack[first + 3] if is_given(stack[first + 3]) else NONE
    level = stack[first + 4] if is_given(stack[first + 4]) else Value.of_int(0)
    return import_module(
        session, caller_namespace(session), required_text(stack[first], "__import__() argument 1"), level, names
    )


FUNCTIONS: list[PyBuiltin] = [
    PyBuiltin("globals", builtin_globals, 0, 0, asks_caller=True),
    PyBuiltin("locals", builtin_locals, 0, 0, asks_caller=True),
    PyBuiltin("exec", builtin_exec, 1, 3, asks_caller=True),
    PyBuiltin("eval", builtin_eval, 1, 3, asks_caller=True),
    PyBuiltin(
        "compile",
        builtin_compile,
        3,
        6,
        None,
        array_of(["source", "filename", "mode", "flags", "dont_inherit", "optimize"]),
    ),
    PyBuiltin(
        "__import__",
        builtin_import,
        1,
        5,
        None,
        array_of(["name", "globals", "locals", "fromlist", "level"]),
        asks_caller=True,
    ),
]
