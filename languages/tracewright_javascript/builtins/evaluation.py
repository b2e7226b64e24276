"""`eval`, and the constructors of functions of each kind (20.2.1, 27.3.1, 27.4.1, 27.7.1)."""

from __future__ import annotations

from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.frames import caller_code, is_outermost
from tracewright_javascript.builtins.arguments import argument_at, prototype_to_make
from tracewright_javascript.builtins.rows import install_constructor, install_value, new_constructor
from tracewright_javascript.bytecode import AnyRealm, Code
from tracewright_javascript.conversions import to_text
from tracewright_javascript.evaluation import indirect_eval, new_function
from tracewright_javascript.functions import Special, new_native
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.properties import READ_ONLY
from tracewright_javascript.prototypes import set_prototype
from tracewright_javascript.realm import Realm, as_realm


def _eval(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return indirect_eval(as_realm(realm), argument_at(stack, frame, count, 0))


def _made(realm: AnyRealm, stack: VMStack, frame: int, count: int, prefix: str) -> Value:
    """The function of a text; what `new.target` says is its prototype. Raises GuestFault and Thrown."""
    is_called = not is_outermost(
        stack, frame
    )  # by code of the program: `import()` in the text begins where that stands
    file = unsafe_cast(Code, caller_code(stack, frame)).file if is_called else ""
    texts = [to_text(argument_at(stack, frame, count, index)) for index in range(count)]
    body = texts[-1] if count > 0 else ""
    made = new_function(as_realm(realm), prefix, ",".join(texts[: max(count - 1, 0)]), body, file)
    thing = as_object(made)
    assert thing is not None
    prototype = prototype_to_make(stack, frame, lambda where: _default_prototype(where, prefix))
    if prototype is not thing.get_prototype():
        set_prototype(thing, prototype)
    return made


def _default_prototype(realm: Realm, prefix: str) -> JSObject:
    match prefix:
        case "function":
            return realm.function_prototype
        case "function*":
            return realm.generator_function_prototype
        case "async function":
            return realm.async_function_prototype
        case _:
            return realm.async_generator_function_prototype


def _function(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _made(realm, stack, frame, count, "function")


def _generator_function(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _made(realm, stack, frame, count, "function*")


def _async_function(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _made(realm, stack, frame, count, "async function")


def _async_generator_function(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _made(realm, stack, frame, count, "async function*")


def install_evaluation(realm: Realm) -> None:
    """`eval`, `Function`, and its siblings, which only functions of their kind lead to."""
    realm.eval_function = Value.of_object(new_native(realm, "eval", 1, _eval))
    realm.define("eval", realm.eval_function)
    base = install_constructor(realm, "Function", 1, _function, realm.function_prototype, None, Special.SEES_CALLS)
    siblings = [
        ("GeneratorFunction", _generator_function, realm.generator_function_prototype),
        ("AsyncFunction", _async_function, realm.async_function_prototype),
        ("AsyncGeneratorFunction", _async_generator_function, realm.async_generator_function_prototype),
    ]
    for name, function, prototype in siblings:
        constructor = new_constructor(realm, name, 1, function, prototype, base, Special.SEES_CALLS)
        install_value(prototype, "constructor", Value.of_object(constructor), READ_ONLY)
