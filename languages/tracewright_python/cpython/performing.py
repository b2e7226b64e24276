"""Starting CPython, asking it, and answering it.

perform(session, "getattr", [numpy, "pi"])       3.141592653589793
perform(session, "import", ["no_such"])          raises ModuleNotFoundError, a guest exception like any other
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.foreign import NULL, MissingLibrary, allocate
from tracewright.core.memory import address_of, function_address, object_at, store32, store64
from tracewright.core.value import Value
from tracewright.core.weak import run_due_finalizers
from tracewright.hints import dont_look_inside
from tracewright_python import builtin_types as types
from tracewright_python.calls import call
from tracewright_python.conversions import values_of
from tracewright_python.cpython import library
from tracewright_python.cpython.bridge import Bridge, bridge_of, member
from tracewright_python.cpython.crossing import from_host, made, taken, text_to_host, to_host
from tracewright_python.cpython.finding import package_folders
from tracewright_python.dictionaries import PyDict
from tracewright_python.errors import Raised
from tracewright_python.exceptions import as_exception, error, new_exception
from tracewright_python.lists import as_tuple, list_of, tuple_of
from tracewright_python.objects import PyType, as_type
from tracewright_python.session import Session
from tracewright_python.system_calls import find_symbol
from tracewright_python.texts import as_str, text_value
from tracewright_python.values import NONE, type_of

HOST_SIDE: Final[str] = (Path(__file__).parent / "host_side.py").read_text()
HOST_NAME: Final = "tracewright_host_side"
ASK: Final = b"ask"
TOO_DEEP: Final = "maximum recursion depth exceeded"


@dont_look_inside
def start(session: Session, foreign: PyType, answer: Value) -> None:
    """Open the machine's libpython and start it, once. Raises ImportError of the guest where there is none."""
    if bridge_of(session) is not None:
        return
    if find_symbol(NULL, b"Py_Initialize") != NULL:
        # Hosted, or called by a CPython: that one has modules of its own, and a process has but one.
        raise error(types.IMPORT_ERROR, "modules in machine code cannot be imported where a CPython runs already")
    try:
        library.CPYTHON.require()
    except MissingLibrary as missing:
        raise error(types.IMPORT_ERROR, f"modules in machine code need CPython's library: {missing}")
    library.initialize(0)
    bridge = Bridge(session, foreign, answer)
    session.cpython = bridge
    names = made(library.new_dict())  # the variables of `host_side.py`, which stay as long as CPython does
    library.set_named_item(names, b"__name__", text_to_host(bridge, HOST_NAME))
    execute = member(bridge.builtins, "exec")
    passed = made(library.new_tuple(2))
    library.set_tuple_item(passed, 0, text_to_host(bridge, HOST_SIDE))
    library.set_tuple_item(passed, 1, taken(names))
    if library.call_object(execute, passed, NULL) == NULL:
        library.print_error()
        raise error(types.SYSTEM_ERROR, "the embedded CPython does not start")
    bridge.function_named = library.named_item(names, b"function_named")
    bridge.described = library.named_item(names, b"described")
    bridge.guest_object = library.named_item(names, b"GuestObject")
    bridge.failure = to_host(bridge, _failed(error(types.RECURSION_ERROR, TOO_DEEP).value))
    library.set_named_item(names, ASK, _ask_function(bridge))
    folders = values_of(session, session.path)
    folders += [text_value(folder) for folder in package_folders()]
    perform(session, "start", [list_of(folders)], PyDict())


def _ask_function(bridge: Bridge) -> int:
    """The function by which CPython calls `_answer_host`; it is bound to the address of the bridge."""
    method = allocate(library.METHOD_SIZE)  # as long as CPython lives
    name = allocate(len(ASK) + 1)
    for index in range(len(ASK)):
        store32(name + index, ASK[index])  # the next ones overwrite what it writes behind its byte
    store64(method + library.METHOD_NAME, name)
    store64(method + library.METHOD_FUNCTION, function_address(_answer_host))
    store32(method + library.METHOD_FLAGS, library.METH_VARARGS)
    return made(library.new_function(method, library.new_int(address_of(bridge)), NULL, NULL))


@dont_look_inside
def perform(session: Session, name: str, arguments: list[Value], keywords: PyDict) -> Value:
    """What a function of CPython gives, by its name. Raises Raised."""
    bridge = bridge_of(session)
    if bridge is None:
        raise error(types.RUNTIME_ERROR, "CPython has not been started")
    run_due_finalizers()
    function = bridge.functions.get(name, NULL)
    if function == NULL:
        function = _call(bridge, bridge.function_named, [text_value(name)], NULL)
        bridge.functions[name] = function
    named = NULL if keywords.length() == 0 else to_host(bridge, Value.of_object(keywords))
    try:
        result = _call(bridge, function, arguments, named)
    finally:
        if named != NULL:
            library.give_reference(named)
    value = from_host(bridge, result)
    library.give_reference(result)
    return value


def _call(bridge: Bridge, function: int, arguments: list[Value], keywords: int) -> int:
    """A new reference to what it gives. Raises Raised."""
    passed = to_host(bridge, tuple_of(arguments))
    result = library.call_object(function, passed, keywords)
    library.give_reference(passed)
    if result == NULL:
        raise Raised(_taken_exception(bridge))
    return result


def _taken_exception(bridge: Bridge) -> Value:
    """CPython's current exception as one of the guest: the same one, if it comes from there."""
    kind, value, traceback = Array(1, 0), Array(1, 0), Array(1, 0)
    library.take_error(kind, value, traceback)
    library.normalize_error(kind, value, traceback)
    arguments = made(library.new_tuple(1))
    library.set_tuple_item(arguments, 0, value[0])
    description = library.call_object(bridge.described, arguments, NULL)
    library.give_reference(arguments)
    library.give_reference(kind[0])
    if traceback[0] != NULL:
        library.give_reference(traceback[0])
    if description == NULL:  # at the limit of CPython's recursion there is no room for it
        library.clear_error()
        return error(types.RECURSION_ERROR, TOO_DEEP).value
    parts = as_tuple(from_host(bridge, description))
    library.give_reference(description)
    assert parts is not None
    own = parts.items[2]
    return own if as_exception(own) is not None else _exception_of(bridge.session, parts.items[0], parts.items[1])


def _exception_of(session: Session, names: Value, arguments: Value) -> Value:
    """A guest exception of the first of these classes that the guest has."""
    found = as_tuple(names)
    values = as_tuple(arguments)
    assert found is not None and values is not None
    for item in found.items:
        name = as_str(item)
        assert name is not None
        kind = as_type(session.builtins.get_named(name.text()))
        if kind is not None and kind.derives_from(types.BASE_EXCEPTION):
            return new_exception(kind, values.items)
    return new_exception(types.RUNTIME_ERROR, values.items)


# --- CPython asks ----------------------------------------------------------------------------------------------------
def _answer_host(bound: int, arguments: int) -> int:
    """`ask(operation, number, arguments, keywords)` of `host_side.py`, as a PyCFunction. Nothing is raised through CPython."""
    bridge = object_at(Bridge, library.int_word(bound, Array(1, 0)))
    answer = _answered(bridge, arguments)
    try:
        return to_host(bridge, answer)
    except Raised:
        return taken(bridge.failure)
    except RecursionError:
        return taken(bridge.failure)
    except MemoryError:
        return taken(bridge.failure)


@dont_look_inside
def _answered(bridge: Bridge, arguments: int) -> Value:
    """The answer in the form that `host_side.py` expects."""
    session = bridge.session
    try:
        parts = as_tuple(from_host(bridge, arguments))
        assert parts is not None
        operation, number, values, keywords = parts.items[0], parts.items[1], parts.items[2], parts.items[3]
        thing = bridge.things.get(number.as_int(), NONE)
        name = as_str(operation)
        assert name is not None
        if name.text() == "release":
            bridge.things.pop(number.as_int(), NONE)
            return tuple_of([Value.TRUE, NONE])
        return tuple_of([Value.TRUE, call(session, bridge.answer, [operation, thing, values, keywords])])
    except Raised as raised:
        return _failed(raised.value)
    except RecursionError:
        return _failed(error(types.RECURSION_ERROR, TOO_DEEP).value)
    except MemoryError:
        return _failed(error(types.MEMORY_ERROR, "").value)


def _failed(value: Value) -> Value:
    """The answer that a guest exception was raised."""
    exception = as_exception(value)
    assert exception is not None
    names = [text_value(kind.name) for kind in type_of(value).mro]
    return tuple_of([Value.FALSE, tuple_of(names), Value.of_object(exception.arguments), value])
