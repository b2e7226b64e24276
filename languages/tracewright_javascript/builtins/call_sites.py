"""What `Error.prepareStackTrace` gets: an object for each call, whose methods tell about it, as V8's do."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.placements import NO_ROW
from tracewright.guest.shapes import Shape
from tracewright_javascript.builtins.arguments import this_of
from tracewright_javascript.builtins.rows import NativeRow, install_methods, install_tag
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.errors import type_error
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.realm import Realm
from tracewright_javascript.stack_traces import CallFrame, frame_text, function_name, method_name, type_name
from tracewright_javascript.values import is_nullish, string_value


@final
class JSCallSite(JSObject):
    """One of the calls."""

    def __init__(self, shape: Shape, frame: CallFrame) -> None:
        super().__init__(shape, NO_ROW)
        self.frame = frame


def new_call_site(realm: Realm, frame: CallFrame) -> Value:
    """The object for a call."""
    return Value.of_object(JSCallSite(realm.call_site_prototype.bare_shape_of_children(), frame))


def _frame(stack: VMStack, frame: int) -> CallFrame:
    thing = as_object(this_of(stack, frame))
    if not isinstance(thing, JSCallSite):
        raise type_error("CallSite method expects CallSite as receiver")
    return thing.frame


def _text_or_null(text: str) -> Value:
    return Value.NULL if text == "" else string_value(text)


def _file(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _text_or_null(_frame(stack, frame).code.file)


def _line(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_int(_frame(stack, frame).span().line)


def _column(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_int(_frame(stack, frame).span().column)


def _function_name(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _text_or_null(function_name(_frame(stack, frame)))


def _type_name(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    this = _frame(stack, frame).this
    return Value.NULL if is_nullish(this) else string_value(type_name(this))


def _method_name(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    site = _frame(stack, frame)
    return _text_or_null(method_name(site, function_name(site)))


def _function(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    site = _frame(stack, frame)
    return Value.UNDEFINED if site.code.is_strict else site.function


def _this(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    site = _frame(stack, frame)
    return Value.UNDEFINED if site.code.is_strict else site.this


def _is_top_level(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_bool(is_nullish(_frame(stack, frame).this))


def _is_construction(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_bool(_frame(stack, frame).is_construction)


def _never(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.FALSE


def _undefined(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.UNDEFINED


def _text(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return string_value(frame_text(_frame(stack, frame)))


METHODS: Final[list[NativeRow]] = [
    ("getFileName", 0, _file),
    ("getScriptNameOrSourceURL", 0, _file),
    ("getLineNumber", 0, _line),
    ("getColumnNumber", 0, _column),
    ("getEnclosingLineNumber", 0, _line),
    ("getEnclosingColumnNumber", 0, _column),
    ("getFunctionName", 0, _function_name),
    ("getTypeName", 0, _type_name),
    ("getMethodName", 0, _method_name),
    ("getFunction", 0, _function),
    ("getThis", 0, _this),
    ("getEvalOrigin", 0, _undefined),
    ("isToplevel", 0, _is_top_level),
    ("isConstructor", 0, _is_construction),
    ("isEval", 0, _never),
    ("isNative", 0, _never),
    ("isAsync", 0, _never),
    ("isPromiseAll", 0, _never),
    ("toString", 0, _text),
]


def install_call_sites(realm: Realm) -> None:
    """Give a realm the prototype of these objects."""
    install_methods(realm, realm.call_site_prototype, METHODS)
    install_tag(realm.call_site_prototype, "CallSite")
