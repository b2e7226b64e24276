"""`exec`, `eval`, `compile`, `globals`, `locals`, `__import__`: what needs the compiler, or the frame that calls."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import array_of
from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.diagnostics import SourceError
from tracewright.hints import dont_look_inside
from tracewright_python import builtin_types as types
from tracewright_python.byte_objects import bytes_of
from tracewright_python.bytecode import CALLEE, FIRST, Code
from tracewright_python.calls import call, call_named
from tracewright_python.class_building import split_keywords
from tracewright_python.code_objects import PyCode, variables_at
from tracewright_python.compiler import TextKind, compile_tree, parse_text
from tracewright_python.compiler_statements import DISPLAY
from tracewright_python.conversions import index_value, required_text, values_of
from tracewright_python.diagnostics import SyntaxFault
from tracewright_python.dictionaries import PyDict, as_dict
from tracewright_python.dictionary_views import NamespaceDict
from tracewright_python.display import repr_text
from tracewright_python.exceptions import error, not_there, type_error, value_error
from tracewright_python.functions import MANY_ARGUMENTS, PyBuiltin, PyFunction
from tracewright_python.importing import import_by_name, import_module, run_code
from tracewright_python.lists import list_of
from tracewright_python.namespaces import Namespace
from tracewright_python.object_trees import TreeReader
from tracewright_python.objects import as_py_object, as_type, special
from tracewright_python.session import Session
from tracewright_python.sorting import sort_values
from tracewright_python.source_text import decoded as decoded_source
from tracewright_python.source_text import prepared
from tracewright_python.special_names import Special
from tracewright_python.syntax_errors import limit_error, syntax_error
from tracewright_python.texts import PyStr, as_str, text_value
from tracewright_python.tree_objects import TreeWriter
from tracewright_python.values import NONE, type_name, type_of

ONLY_TREE: Final = 1024  # a flag of `compile`


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
    base = session.caller_base
    return variables_at(session, base, unsafe_cast(PyFunction, session.stack[base + CALLEE].as_object()))


def is_at_module_level(session: Session) -> bool:
    """Whether a module's own code calls."""
    code = caller_code(session)
    return code.name == "<module>" and not code.variables_are_a_namespace


def builtin_globals(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_object(NamespaceDict(caller_namespace(session)))


def builtin_locals(session: Session, stack: VMStack, first: int, count: int) -> Value:
    if is_at_module_level(session):
        return builtin_globals(session, stack, first, count)
    return caller_locals(session)


def names_here(session: Session) -> Value:
    """`dir()`: the names of `locals()` in order."""
    keys = session.call(session, session.builtins.get_named("sorted"), [builtin_locals(session, session.stack, 0, 0)])
    return keys


def builtin_dir(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`dir(x)`, `dir()`"""
    if not is_given(stack[first]) and stack[first].same(Value.UNDEFINED):
        return names_here(session)
    method = special(type_of(stack[first]), Special.DIR)
    values = values_of(session, call(session, method, [stack[first]]))
    sort_values(session, values, NONE, False)
    return list_of(values)


def builtin_vars(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`vars(x)`, `vars()`"""
    if stack[first].same(Value.UNDEFINED):
        return builtin_locals(session, stack, first, count)
    found = session.find_attribute(session, stack[first], "__dict__")
    if found.same(Value.UNDEFINED):
        raise type_error("vars() argument must have __dict__ attribute")
    return found


def source_text(session: Session, value: Value, what: str) -> str:
    """The text of a source that is given as str or bytes. Raises TypeError, SyntaxError."""
    text = as_str(value)
    if text is not None:
        return text.text()
    data = bytes_of(value)
    if data is None:
        raise type_error(f"{what} must be a string, bytes or code object")
    try:
        return decoded_source(data, "<string>")
    except SyntaxFault as fault:
        raise error(types.SYNTAX_ERROR, fault.message)


def code_of(session: Session, value: Value, mode: str) -> PyCode:
    """What is to run. Raises TypeError."""
    thing = as_py_object(value)
    if isinstance(thing, PyCode):
        return thing
    text = source_text(session, value, f"{'exec' if mode == 'exec' else 'eval'}() arg 1")
    return PyCode(None, text.lstrip(" \t") if mode == "eval" else text, "<string>", mode)


KINDS: Final[dict[str, int]] = {
    "exec": TextKind.MODULE,
    "eval": TextKind.EXPRESSION,
    "single": TextKind.SINGLE,
}


@dont_look_inside
def run_text(session: Session, text: PyCode, given: Value, local: Value) -> Value:
    """Run a text. Without namespaces its names are those of who calls; in a function that is a picture of its variables."""
    if not is_given(given):
        namespace = caller_namespace(session)
        if not is_given(local):
            local = NONE if is_at_module_level(session) else caller_locals(session)
        return run_in(session, text, namespace, local)
    thing, pairs = as_py_object(given), as_dict(given)
    if pairs is None:
        raise type_error(f"globals must be a dict, not {type_name(given)}")
    local = NONE if not is_given(local) or local.same(given) else local
    if isinstance(thing, NamespaceDict):
        mapping = thing.mapping
        if isinstance(mapping, Namespace):
            other = as_py_object(local) if local.is_object() else None
            if isinstance(other, NamespaceDict) and other.mapping is mapping:
                local = NONE
            return run_in(session, text, mapping, local)
    namespace = namespace_of_dict(session, pairs)
    try:
        return run_in(session, text, namespace, local)
    finally:
        for name in namespace.all_names():
            pairs.set_text(PyStr(name), namespace.get_named(name))


def namespace_of_dict(session: Session, pairs: PyDict) -> Namespace:
    """The namespace that stands for a dict, brought up to date; functions that were defined in it keep it."""
    entry = session.dict_namespaces.find(pairs)
    if entry is None:
        namespace = Namespace(session.builtins)
        session.dict_namespaces.set(pairs, namespace)
    else:
        namespace = entry.value
    for name in namespace.all_names():
        if pairs.get_named(name).same(Value.UNDEFINED):
            namespace.delete_named(name)
    for key in pairs.all_keys():
        text = as_str(key)
        if text is not None:
            value = pairs.get_named(text.text())
            if not namespace.get_named(text.text()).same(value):
                namespace.set_named(text.text(), value)
    if pairs.get_named("__builtins__").same(Value.UNDEFINED):
        namespace.set_named("__builtins__", Value.of_object(NamespaceDict(session.builtins)))
    return namespace


def caller_locals(session: Session) -> Value:
    """What `locals()` gives in a function or a class body."""
    if caller_code(session).variables_are_a_namespace:
        return session.stack[session.caller_base + FIRST]
    return Value.of_object(caller_variables(session))


def run_in(session: Session, text: PyCode, namespace: Namespace, local: Value) -> Value:
    """Run a text in a namespace, with a mapping for its own names unless that is None."""
    known = text.code
    if known is not None:
        if len(known.free_names) > 0:
            raise type_error("code object passed to exec() may not contain free variables")
        if known.parameters() > 0:
            raise not_there("exec of the code of a function with parameters")
        if known.namespace is not namespace:
            raise not_there("exec of the code of a function in other globals than its own")
        return run_code(session, known, namespace, NONE)
    return run_code(session, compiled(session, text, namespace, not local.same(NONE)), namespace, local)


def compiled(session: Session, text: PyCode, namespace: Namespace, is_local: bool) -> Code:
    """The code of what `compile` has given. Raises SyntaxError."""
    kind = KINDS.get(text.mode, TextKind.MODULE)
    added = (TextKind.LOCAL if is_local else 0) | (TextKind.AGAIN if text.was_compiled else 0)
    text.was_compiled = True
    tree = text.tree
    if tree is None:
        source = "\n" * (text.first_line - 1) + text.source
        code = session.compile_text(session, source, namespace, text.file, kind | added)
    else:
        try:
            code = compile_tree(session, tree, namespace, text.file, added)
        except SyntaxFault as fault:
            raise syntax_error(fault, "", text.file)
        except SourceError as problem:
            raise limit_error(problem, "", text.file)
    return code if text.name == code.name else code.renamed(text.name, text.name, text.file, code.first_line)


def builtin_exec(session: Session, stack: VMStack, first: int, count: int) -> Value:
    run_text(session, code_of(session, stack[first], "exec"), stack[first + 1], stack[first + 2])
    return NONE


def builtin_eval(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return run_text(session, code_of(session, stack[first], "eval"), stack[first + 1], stack[first + 2])


@dont_look_inside
def builtin_compile(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`compile(source, filename, mode, flags)`: mistakes are found here, the code is made where it runs."""
    name = bytes_of(stack[first + 1])
    file = required_text(stack[first + 1], "filename") if name is None else name.decode("latin-1")
    mode = required_text(stack[first + 2], "mode")
    gives_tree = is_given(stack[first + 3]) and index_value(session, stack[first + 3]).as_int() & ONLY_TREE != 0
    if mode not in KINDS:
        raise value_error("compile() mode must be 'exec', 'eval' or 'single'")
    if is_tree(session, stack[first]):
        if gives_tree:
            return stack[first]
        text = PyCode(None, "", file, mode, TreeReader(session).root(stack[first], mode))
        compiled(session, text, Namespace(session.builtins), False)
        return Value.of_object(text)
    source = source_text(session, stack[first], "compile() arg 1")
    if "\0" in source:
        raise value_error("source code string cannot contain null bytes")
    if mode == "eval":
        source = source.lstrip(" \t")
    if gives_tree:
        return tree_of(session, source, file, KINDS.get(mode, TextKind.MODULE))
    text = PyCode(None, source, file, mode)
    compiled(session, text, Namespace(session.builtins), False)
    return Value.of_object(text)


def is_tree(session: Session, value: Value) -> bool:
    """Whether a value is a node of `ast`."""
    known = session.modules.get_named("_ast")
    if known.same(Value.UNDEFINED):
        return False
    base = as_type(session.get_attribute(session, known, "AST"))
    return base is not None and type_of(value).derives_from(base)


def tree_of(session: Session, source: str, file: str, kind: int) -> Value:
    """What `compile` gives where only the tree is wanted. Raises SyntaxError."""
    try:
        tree = parse_text(source, kind)
    except SyntaxFault as fault:
        raise syntax_error(fault, source, file)
    except RecursionError:
        raise error(types.RECURSION_ERROR, "maximum recursion depth exceeded during compilation")
    return TreeWriter(session, prepared(source, True)).root(tree)


@dont_look_inside
def display_value(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """What a prompt does with the value of an expression: `sys.displayhook`."""
    system = session.modules.get_named("sys")
    if not system.same(Value.UNDEFINED):
        hook = session.find_attribute(session, system, "displayhook")
        if not hook.same(Value.UNDEFINED):
            return session.call(session, hook, [stack[first]])
    return display_plainly(session, stack[first])


def display_plainly(session: Session, value: Value) -> Value:
    """Show a value that is not None, and keep it as `_`."""
    if not value.same(NONE):
        call(session, session.builtins.get_named("print"), [text_value(repr_text(session, value))])
        session.builtins.set_named("_", value)
    return NONE


def builtin_display(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`sys.displayhook(value)`"""
    return display_plainly(session, stack[first])


def builtin_open(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`open(file, ...)`, which the module `_io` has."""
    names, values = split_keywords(as_dict(stack[first + count]))
    function = session.get_attribute(session, import_by_name(session, "_io"), "open")
    return call_named(session, function, [*[stack[first + k] for k in range(count)], *values], names)


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
    PyBuiltin("open", builtin_open, 0, MANY_ARGUMENTS, takes_any=True),
    PyBuiltin("dir", builtin_dir, 0, 1, asks_caller=True),
    PyBuiltin("vars", builtin_vars, 0, 1, asks_caller=True),
    PyBuiltin(DISPLAY, display_value, 1, 1),
    PyBuiltin("exec", builtin_exec, 1, 3, asks_caller=True),
    PyBuiltin("eval", builtin_eval, 1, 3, asks_caller=True),
    PyBuiltin(
        "compile",
        builtin_compile,
        3,
        6,
        None,
        array_of(["source", "filename", "mode", "flags", "dont_inherit", "optimize", "_feature_version"]),
        keyword_only=1,
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
