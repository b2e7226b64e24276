"""Built-in functions that run a generator or call a function of the program again and again: loops in guest Python instead (`prelude/_loops.guest`).

    sum(f(x) for x in xs)         calls `loop_sum(generator)`, in the interpreter's loop
    sorted(xs, key=f)             calls `loop_sorted(xs, key=f)`

so that a trace follows the loop into what it calls. Each loop exists once for each code that it calls: what is one loop in the executable
would otherwise be one loop for the JIT, too, in which all generators and functions of the program meet.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array, unchecked_get
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.instructions import opcode
from tracewright.hints import dont_look_inside, elidable, promote, unroll_safe
from tracewright_python import builtin_types as types
from tracewright_python.bytecode import Code, CodeKind
from tracewright_python.functions import Loop, PyBuiltin, PyFunction, PyMethod, as_function
from tracewright_python.generators import PyGenerator
from tracewright_python.importing import import_by_name
from tracewright_python.iterators import builtin_iterator, iterator_of
from tracewright_python.lists import as_list
from tracewright_python.objects import PyInstance, PyType, special
from tracewright_python.opcodes import Op
from tracewright_python.session import Session
from tracewright_python.sorting import sort_by_keys
from tracewright_python.special_names import Special
from tracewright_python.texts import PyStr, as_str
from tracewright_python.values import NONE, type_of

LOOP_NAMES: Final = [
    "",
    "loop_sum",
    "loop_any",
    "loop_all",
    "loop_min",
    "loop_max",
    "loop_sorted",
    "loop_list",
    "loop_tuple",
    "loop_set",
    "loop_frozenset",
    "loop_enumerate",
    "loop_map",
    "loop_filter",
    "loop_sort",
    "loop_extend",
    "loop_join",
]
"""By the numbers of Loop."""
LOOP_COUNT: Final = len(LOOP_NAMES)


def loop_of(
    session: Session, builtin: PyBuiltin, stack: VMStack, first: int, count: int, names: Array[PyStr]
) -> PyFunction | None:
    """The function that does the work of a built-in one, for its arguments from slot `first` on; None where that does it itself."""
    number = builtin.loop
    if number == Loop.NONE:
        return None
    code = _deciding_code(number, stack, first, count, names)
    if code is None:
        return None
    if number == Loop.MAP or number == Loop.FILTER:
        stack[first + 1] = _iterator(session, stack[first + 1])
    elif number == Loop.ENUMERATE:
        stack[first] = _iterator(session, stack[first])
    known = _known_loop(code, number)
    return _new_loop(session, code, number) if known is None else known


@unroll_safe
def _deciding_code(number: int, stack: VMStack, first: int, count: int, names: Array[PyStr]) -> Code | None:
    """What the loop will call at each turn; None where it calls nothing of the program."""
    named = len(names)
    match number:
        case Loop.MAP | Loop.FILTER:
            return _function_code(stack[first]) if count == 2 and named == 0 else None
        case Loop.MIN | Loop.MAX | Loop.SORTED | Loop.SORT:
            if count != 1:
                return None
            if named == 0:
                return _iterator_code(stack[first]) if number != Loop.SORT else None
            code: Code | None = None
            for k in range(named):
                name = unchecked_get(names, k).flat
                if name == "key":
                    code = _function_code(stack[first + 1 + k])
                elif name != "reverse" or number == Loop.MIN or number == Loop.MAX:
                    return None
            return code
        case Loop.SUM:
            if named > 0 or (count == 2 and as_str(stack[first + 1]) is not None) or not 1 <= count <= 2:
                return None
            return _iterator_code(stack[first])
        case Loop.EXTEND | Loop.JOIN:
            return _iterator_code(stack[first + 1]) if count == 2 and named == 0 else None
        case _:
            return _iterator_code(stack[first]) if count == 1 and named == 0 else None


def _function_code(value: Value) -> Code | None:
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyFunction):
            return promote(thing.code)
        if isinstance(thing, PyMethod):
            function = as_function(thing.function)
            return None if function is None else promote(function.code)
    return None


def _iterator_code(value: Value) -> Code | None:
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyGenerator):
            code = promote(thing.code)
            return code if code.kind == CodeKind.GENERATOR else None
        if isinstance(thing, PyInstance):
            function = as_function(special(type_of(value), Special.ITER))
            return None if function is None else function.code
    return None


def _iterator(session: Session, value: Value) -> Value:
    found = builtin_iterator(value)
    return iterator_of(session, value) if found is None else Value.of_object(found)


@elidable
def _known_loop(code: Code, number: int) -> PyFunction | None:
    return None if len(code.loops) == 0 else as_function(code.loops[number])


@dont_look_inside
def _new_loop(session: Session, code: Code, number: int) -> PyFunction:
    """A copy of a loop for what calls this code."""
    if len(code.loops) == 0:
        code.loops = Array(LOOP_COUNT, NONE)
    known = as_function(code.loops[number])
    if known is not None:
        return known
    module = import_by_name(session, "_loops")
    original = as_function(session.get_attribute(session, module, LOOP_NAMES[number]))
    assert original is not None
    copied = original.code.copied()
    match number:
        case Loop.MAP:
            pose(copied, types.MAP)
        case Loop.FILTER:
            pose(copied, types.FILTER)
        case Loop.ENUMERATE:
            pose(copied, types.ENUMERATE)
        case _:
            pass
    function = PyFunction(copied, original.namespace, original.captured)
    function.defaults = original.defaults
    function.keyword_defaults = original.keyword_defaults
    code.loops[number] = Value.of_object(function)
    return function


def pose(code: Code, kind: PyType) -> None:
    """Let a generator with one `yield`, at the end of its loop, be an iterator of a built-in type."""
    code.poses_as = kind
    pc = 0
    while opcode(code.words[pc]) != Op.YIELD:
        pc += 2 if opcode(code.words[pc]) == Op.NEXT else 1
    code.goes_on_at = pc + 1


def sort_row(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`sort_row(row, keys, is_reversed)`, for the loops: put a list in the order of the keys that were found for its elements."""
    row, keys = as_list(stack[first]), as_list(stack[first + 1])
    assert row is not None and keys is not None
    sort_by_keys(session, row, keys.values(), stack[first + 2].same(Value.TRUE))
    return NONE
