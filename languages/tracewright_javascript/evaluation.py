"""`eval`, direct and indirect, and `Function`: texts that are compiled while the program runs (19.2.1, 20.2.1.1)."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.objects import GuestObject
from tracewright.hints import dont_look_inside
from tracewright_javascript.arrays import JSArray
from tracewright_javascript.bytecode import CALLEE, EVAL_SCHEME, FIRST, THIS, Code
from tracewright_javascript.calls import call, run_code
from tracewright_javascript.diagnostics import SyntaxFault
from tracewright_javascript.errors import GuestFault
from tracewright_javascript.functions import JSFunction
from tracewright_javascript.global_object import GlobalCell
from tracewright_javascript.realm import Realm
from tracewright_javascript.syntax import EvalContext
from tracewright_javascript.values import as_string

SPREAD_ARGUMENTS: Final = -1  # in place of their number: they are in an array


@final
class EvalVariable:
    """A variable that the text of a direct `eval` can use."""

    def __init__(self, name: str, kind: int, is_cell: bool, depth: int, is_of_function: bool) -> None:
        self.name = name
        self.kind = kind
        self.is_cell = is_cell
        self.depth = depth  # so many scope objects are outside of it
        self.is_of_function = is_of_function  # a `var` of that name in the text is this one


@final
class EvalSite(GuestObject):
    """What the compiler knows at a direct `eval`. The values come in an array: variables, private names, scope objects."""

    def __init__(self, context: EvalContext, private_cells: dict[str, GlobalCell]) -> None:
        self.context = context
        self.private_cells = private_cells  # the names of the CommonJS module around
        self.variables: list[EvalVariable] = []
        self.private_names: list[str] = []
        self.scope_objects: list[bool] = []  # whether each is of a `with`
        self.is_in_function = False
        self.lexical_names: dict[str, bool] = {}  # between here and the function: no `var` may have such a name


@dont_look_inside
def direct_eval(code: Code, stack: VMStack, frame: int, captured: Value, site: EvalSite, count: int) -> Value:
    """A call of something named `eval`. Raises GuestFault and Thrown."""
    from tracewright_javascript.compiler_eval import compile_eval

    realm = unsafe_cast(Realm, code.realm)
    if count == SPREAD_ARGUMENTS:
        given = unsafe_cast(JSArray, stack[frame + FIRST].as_object())
        arguments = [given.at(index) for index in range(given.count)]
    else:
        arguments = [stack[frame + FIRST + index] for index in range(count)]
    if not stack.reserve(frame + FIRST + max(count, 1)):
        raise RecursionError
    if not stack[frame + CALLEE].same(realm.eval_function):
        return call(stack[frame + CALLEE], stack[frame + THIS], arguments)
    if len(arguments) == 0:
        return Value.UNDEFINED
    text = as_string(arguments[0])
    if text is None:
        return arguments[0]
    try:
        compiled = compile_eval(realm, text.text(), site, EVAL_SCHEME + code.file)
    except SyntaxFault as fault:
        raise GuestFault("SyntaxError", fault.message)
    values = unsafe_cast(JSArray, captured.as_object())
    items: Array[Value] = Array(values.count, Value.UNDEFINED)
    for index in range(values.count):
        items[index] = values.at(index)
    function = JSFunction(realm.function_shape, compiled, items)
    return run_code(function)


@dont_look_inside
def indirect_eval(realm: Realm, value: Value) -> Value:
    """`(0, eval)(value)`. Raises GuestFault and Thrown."""
    from tracewright_javascript.compiler_eval import compile_eval

    text = as_string(value)
    if text is None:
        return value
    try:
        compiled = compile_eval(realm, text.text(), None, "")
    except SyntaxFault as fault:
        raise GuestFault("SyntaxError", fault.message)
    function = JSFunction(realm.function_shape, compiled, Array(0, Value.UNDEFINED))
    return run_code(function)


@dont_look_inside
def new_function(realm: Realm, prefix: str, parameters: str, body: str, caller: str) -> Value:
    """CreateDynamicFunction: `prefix` is `function`, `async function*` and the like; `caller` is the file that asks. Raises GuestFault."""
    from tracewright_javascript.compiler_eval import compile_function_text

    try:
        file = EVAL_SCHEME + caller
        compile_function_text(realm, f"({prefix} anonymous(\n) {{\n{body}\n}})", file)  # each must be right by itself
        compile_function_text(realm, f"({prefix} anonymous({parameters}\n) {{\n}})", file)
        code = compile_function_text(realm, f"({prefix} anonymous({parameters}\n) {{\n{body}\n}})", file)
    except SyntaxFault as fault:
        raise GuestFault("SyntaxError", fault.message)
    function = JSFunction(realm.function_shape, code, Array(0, Value.UNDEFINED))
    return run_code(function)
