"""Built-in functions that are written in JavaScript: loops that call functions of the program, so that such a call stays in the
interpreter's loop and in its trace.

The texts are `self_hosted/*.js`, strict code. A name without a declaration is an intrinsic (`compiler_intrinsics.py`,
`builtins/intrinsics.py`). To programs such a function is a built-in like the others (a `NativeFunction`); it is compiled when first called.

    [1, 2].map(f)                  code of `array.map`, once for each realm
        ... the copy for f         its greens are other ones: f is called in a trace of f's own
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.frames import mark_outermost
from tracewright.hints import dont_look_inside, promote, unroll_safe
from tracewright_javascript.bytecode import CALLEE, FIRST, AnyRealm, Code
from tracewright_javascript.functions import JSFunction, NativeFunction, Special
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.realm import Realm

CALLBACK: Final = "callback"  # the parameter whose function a copy of the code is made for


def _texts() -> dict[str, str]:
    """The texts of all functions, by "file.function"."""
    found: dict[str, str] = {}
    for path in sorted((Path(__file__).parent / "self_hosted").glob("*.js")):
        for function in re.finditer(r"^function (\w+)\(.*?^}$", path.read_text(), re.MULTILINE | re.DOTALL):
            found[f"{path.stem}.{function.group(1)}"] = function.group()
    return found


TEXTS: Final[dict[str, str]] = _texts()


def new_self_hosted(realm: Realm, name: str, length: int, text: str) -> NativeFunction:
    """A built-in function with a text."""
    return NativeFunction(realm.function_shape, realm, name, length, _run_text, False, Special.SELF_HOSTED, text)


def code_of(function: NativeFunction) -> Code:
    """The code of a built-in function that has a text."""
    code = function.code
    return _compile(function) if code is None else code


@dont_look_inside
def _compile(function: NativeFunction) -> Code:
    from tracewright_javascript.compiler_intrinsics import compile_self_hosted

    text = TEXTS.get(function.text)
    assert text is not None, "there is no such text"
    code = compile_self_hosted(function.realm, function.text, text)
    function.code = code
    return code


def code_to_run(function: NativeFunction, stack: VMStack, frame: int, count: int) -> Code:
    """The code for a call: the copy for the function of the program that it is given."""
    code = code_of(function)
    place = code.callback
    if place < count:
        callback = as_object(stack[frame + FIRST + place])
        if isinstance(callback, JSFunction):
            return _copy_for(code, promote(callback.code))
    return code


@unroll_safe
def _copy_for(code: Code, callback: Code) -> Code:
    copy = callback.copies
    while copy is not None:
        if copy.original is code:
            return copy.copy
        copy = copy.next
    return callback.add_copy(code)


def _run_text(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """A call from native code."""
    from tracewright_javascript.interpreter import run

    function = unsafe_cast(NativeFunction, unsafe_cast(JSObject, stack[frame + CALLEE].as_object()))
    code = code_to_run(function, stack, frame, count)
    if not stack.reserve(frame + max(code.frame_size, FIRST + count)):
        raise RecursionError
    mark_outermost(stack, frame)
    for parameter in range(count, code.parameters):
        stack[frame + FIRST + parameter] = Value.UNDEFINED
    return run(code, 0, stack, frame)
