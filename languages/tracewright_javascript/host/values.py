"""What the modules `util`, `assert` and `crypto` ask about values that JavaScript itself does not tell."""

from __future__ import annotations

from typing import Final

from tracewright.core.files import CURRENT, READ, close_descriptor, open_descriptor, read_descriptor
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib import digests
from tracewright_javascript.arrays import JSArray
from tracewright_javascript.async_generators import AsyncGenerator
from tracewright_javascript.builtins.arguments import argument_at, arguments_from
from tracewright_javascript.builtins.collections import JSMap, JSSet
from tracewright_javascript.builtins.dates import JSDate
from tracewright_javascript.builtins.regexp_objects import JSRegExp
from tracewright_javascript.builtins.rows import NativeRow
from tracewright_javascript.builtins.weak_collections import JSWeakMap, JSWeakSet
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.callee_text import call_text
from tracewright_javascript.conversions import to_integer, to_text, truth
from tracewright_javascript.error_objects import JSError
from tracewright_javascript.functions import JSFunction
from tracewright_javascript.generators import JSGenerator
from tracewright_javascript.host.files import bytes_at, number_at, refusal, value_of_bytes
from tracewright_javascript.inspection import Options, formatted, inspected_with
from tracewright_javascript.iteration import NativeIterator
from tracewright_javascript.lookups import get_named
from tracewright_javascript.module_namespace import ModuleNamespace
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.primitive_objects import PrimitiveObject, StringObject
from tracewright_javascript.promises import JSPromise, State
from tracewright_javascript.realm import as_realm
from tracewright_javascript.stack_traces import trace_of_native
from tracewright_javascript.values import string_value

NO_LIMIT: Final = 1 << 30


def _class_of(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """The kind of object, whatever its prototype; empty for an ordinary one and for what is none."""
    thing = as_object(argument_at(stack, frame, count, 0))
    return string_value("" if thing is None else kind_of_object(thing))


def kind_of_object(thing: JSObject) -> str:
    """`Map`, `Error` and so on; empty for an ordinary object."""
    if thing.is_proxy():
        return "Proxy"
    if isinstance(thing, JSFunction):
        return ["Function", "GeneratorFunction", "AsyncFunction", "AsyncGeneratorFunction"][thing.code.kind]
    if isinstance(thing, JSArray):
        return "Array"
    if isinstance(thing, JSError):
        return "Error"
    if isinstance(thing, JSMap):
        return "Map"
    if isinstance(thing, JSSet):
        return "Set"
    if isinstance(thing, JSDate):
        return "Date"
    if isinstance(thing, JSRegExp):
        return "RegExp"
    if isinstance(thing, JSPromise):
        return "Promise"
    return _rarer_kind(thing)


def _rarer_kind(thing: JSObject) -> str:
    if isinstance(thing, JSWeakMap):
        return "WeakMap"
    if isinstance(thing, JSWeakSet):
        return "WeakSet"
    if isinstance(thing, StringObject):
        return "String"
    if isinstance(thing, PrimitiveObject):
        return thing.class_text()
    if isinstance(thing, (JSGenerator, AsyncGenerator)):
        return "Generator"
    if isinstance(thing, ModuleNamespace):
        return "Module"
    if isinstance(thing, NativeIterator):
        return "Iterator"
    return thing.class_text() if thing.class_text() == "Arguments" else ""


def _promise_state(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`[0]` while it is pending, else `[1, value]` or `[2, reason]`."""
    thing = as_object(argument_at(stack, frame, count, 0))
    if not isinstance(thing, JSPromise):
        return Value.UNDEFINED
    values = [Value.of_int(thing.state)]
    if thing.state != State.PENDING:
        values.append(thing.result)
    return Value.of_object(as_realm(realm).array_of(values))


def _format(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return string_value(formatted(as_realm(realm), arguments_from(stack, frame, count, 0)))


def _limit(options: JSObject, name: str, default: int) -> int:
    """An option that is a number, or null or Infinity for none."""
    value = get_named(options, name)
    if value.same(Value.UNDEFINED):
        return default
    if value.same(Value.NULL):
        return NO_LIMIT
    return min(max(to_integer(value), 0), NO_LIMIT)


def _inspect(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`inspect(value, options)`, as node's `util.inspect`."""
    options = Options()
    given = as_object(argument_at(stack, frame, count, 1))
    if given is not None:
        options.depth = _limit(given, "depth", options.depth)
        options.width = _limit(given, "breakLength", options.width)
        options.most_elements = _limit(given, "maxArrayLength", options.most_elements)
        options.shows_hidden = truth(get_named(given, "showHidden"))
        options.has_colours = truth(get_named(given, "colors"))
        options.is_sorted = truth(get_named(given, "sorted"))
        compact = get_named(given, "compact")
        if compact.same(Value.FALSE):
            options.compact = 0
        elif compact.is_int():
            options.compact = compact.as_int()
        custom = get_named(given, "customInspect")
        options.asks_objects = custom.same(Value.UNDEFINED) or truth(custom)
    return string_value(inspected_with(as_realm(realm), argument_at(stack, frame, count, 0), options))


def _random_bytes(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """So many bytes that nobody can foretell."""
    try:
        descriptor = open_descriptor(b"/dev/urandom", READ)
        data = read_descriptor(descriptor, CURRENT, number_at(stack, frame, count, 0))
        close_descriptor(descriptor)
    except OSError as error:
        return refusal(error)
    return value_of_bytes(data)


def _digest(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`digest(name, bytes)`; undefined where there is no algorithm of that name."""
    data = bytes_at(stack, frame, count, 1)
    match to_text(argument_at(stack, frame, count, 0)):
        case "md5":
            return value_of_bytes(digests.md5(data))
        case "sha1":
            return value_of_bytes(digests.sha1(data))
        case "sha224":
            return value_of_bytes(digests.sha224(data))
        case "sha256":
            return value_of_bytes(digests.sha256(data))
        case "sha384":
            return value_of_bytes(digests.sha384(data))
        case "sha512":
            return value_of_bytes(digests.sha512(data))
        case _:
            return Value.UNDEFINED


def _set_inspect(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`setInspect(function)`: what objects that show themselves are given to show others."""
    as_realm(realm).inspect_function = argument_at(stack, frame, count, 0)
    return Value.UNDEFINED


def native_call_text(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`callText(function)`: how the call of the function that runs is written in the program; empty where that is not known."""
    trace = trace_of_native(as_realm(realm), stack, frame, as_object(argument_at(stack, frame, count, 0)))
    return string_value(call_text(trace.frames[0].code, trace.frames[0].pc) if len(trace.frames) > 0 else "")


VALUES: Final[list[NativeRow]] = [
    ("classOf", 1, _class_of),
    ("promiseState", 1, _promise_state),
    ("format", 0, _format),
    ("inspect", 2, _inspect),
    ("randomBytes", 1, _random_bytes),
    ("digest", 2, _digest),
    ("setInspect", 1, _set_inspect),
]
