"""The calls that an error tells of: noted when it is made, and made into the text of `stack` when somebody asks.

A frame on the VM stack has a link to its caller, so the calls are found from the innermost frame outwards:

    code, pc, base  ->  what is in the link at `base`  ->  ...  ->  the outermost frame, which native code has called

What is below that is native code's own (a getter that an instruction asks, `toString` in a conversion), and where the frames
below it stand is known to nobody. So such a trace is open: while the error, on its way to a handler, passes that native code, the interpreter adds the
frames that it comes to (`extend`).
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.diagnostics import Span
from tracewright.guest.frames import base_delta, caller_code, is_outermost, push_link, return_pc
from tracewright.guest.objects import GuestObject
from tracewright.hints import dont_look_inside
from tracewright_javascript.bytecode import CALLEE, EVAL_SCHEME, NEW_TARGET, THIS, Code
from tracewright_javascript.error_objects import JSError
from tracewright_javascript.functions import JSFunction, NativeFunction
from tracewright_javascript.inspection_names import class_name
from tracewright_javascript.keys import NO_INDEX, Key, is_private_name, is_symbol_name
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.realm import Realm
from tracewright_javascript.values import as_string

MOST_FRAMES: Final = 200  # where the limit is Infinity
DEFAULT_LIMIT: Final = 10  # frames, unless `Error.stackTraceLimit` says otherwise
LIMIT_NAME: Final = "stackTraceLimit"
MARGIN: Final = "\n    at "


@final
class CallFrame:
    """One call: where it stands in its code, and with what it was called."""

    def __init__(self, code: Code, pc: int, function: Value, this: Value, is_construction: bool) -> None:
        self.code = code
        self.pc = pc
        self.function = function
        self.this = this
        self.is_construction = is_construction

    def span(self) -> Span:
        """The place in the file."""
        return self.code.span_at(self.pc)


@final
class StackTrace(GuestObject):
    """The calls, the innermost first."""

    def __init__(self, room: int) -> None:
        self.frames: list[CallFrame] = []
        self.room = room  # for so many frames more
        self.bottom = 0  # the base of the outermost frame; those below are not known yet
        self.skipped: JSObject | None = None  # frames down to that of this function are not shown
        self.is_open = True  # native code below may tell of more

    def add(self, stack: VMStack, code: Code, pc: int, base: int) -> None:
        """A frame, from the inside outwards."""
        self.bottom = base
        skipped = self.skipped
        if skipped is not None:
            if as_object(stack[base + CALLEE]) is skipped:
                self.skipped = None
            return
        if self.room <= 0 or code.is_hidden():
            return
        if code.is_self_hosted and not isinstance(as_object(stack[base + CALLEE]), NativeFunction):
            return  # a part of a built-in function
        self.room -= 1
        is_construction = not stack[base + NEW_TARGET].same(Value.UNDEFINED)
        self.frames.append(CallFrame(code, pc, stack[base + CALLEE], stack[base + THIS], is_construction))

    def walk(self, stack: VMStack, code: Code, pc: int, base: int) -> None:
        """All frames from this one down to one that native code has called."""
        while True:
            self.add(stack, code, pc, base)
            if is_outermost(stack, base):
                return
            pc = return_pc(stack, base) - 1
            code = unsafe_cast(Code, caller_code(stack, base))
            base -= base_delta(stack, base)

    def text(self) -> str:
        """What `stack` says below the error's own line."""
        return "".join([MARGIN + frame_text(frame) for frame in self.frames])


# Noting the calls


def limit_of(realm: Realm) -> int:
    """What `Error.stackTraceLimit` says; 0 where it is no number."""
    constructor = realm.error_constructor
    found = None if constructor is None else constructor.named_property(LIMIT_NAME)
    if found is None or found.is_accessor():
        return 0
    if found.slot.is_int():
        return min(max(found.slot.as_int(), 0), MOST_FRAMES)
    return MOST_FRAMES if found.slot.is_float() and found.slot.as_float() > 0.0 else 0


@dont_look_inside
def note_calls(realm: Realm, error: JSError, code: Code, pc: int, base: int) -> None:
    """Give an error the calls at this moment; the innermost function is at `pc` of `code`."""
    trace = StackTrace(limit_of(realm))
    trace.walk(realm.stack, code, pc, base)
    error.trace = trace


def link_native(stack: VMStack, frame: int, code: Code, pc: int, base: int) -> None:
    """Tell a built-in function whose frame begins at `frame` who calls it."""
    push_link(stack, frame, code, pc, frame - base)


@dont_look_inside
def trace_of_native(realm: Realm, stack: VMStack, frame: int, skipped: JSObject | None) -> StackTrace:
    """The calls that have led to a built-in function which is told who calls it (`Special.SEES_CALLS`)."""
    trace = StackTrace(limit_of(realm))
    trace.skipped = skipped
    trace.bottom = frame
    if not is_outermost(stack, frame):
        base = frame - base_delta(stack, frame)
        trace.walk(stack, unsafe_cast(Code, caller_code(stack, frame)), return_pc(stack, frame) - 1, base)
    return trace


def open_trace_of(value: Value) -> StackTrace | None:
    """The trace of an error that is thrown for the first time."""
    thing = as_object(value)
    if not isinstance(thing, JSError):
        return None
    trace = thing.trace
    if not isinstance(trace, StackTrace) or not trace.is_open:
        return None
    trace.is_open = False
    return trace if trace.room > 0 else None


# Their text


def frame_text(frame: CallFrame) -> str:
    """`name (file:line:column)`, or the place alone."""
    name = frame_name(frame)
    place = place_text(frame)
    return place if name == "" else f"{name} ({place})"


def place_text(frame: CallFrame) -> str:
    """`file:line:column`; a self-hosted function has none of these."""
    if frame.code.is_self_hosted:
        return "<anonymous>"
    if isinstance(as_object(frame.function), NativeFunction):  # a built-in that is JavaScript itself
        return "<anonymous>"
    span = frame.span()
    file = frame.code.file
    return f"{'<anonymous>' if file == '' or file.startswith(EVAL_SCHEME) else file}:{span.line}:{span.column}"


def frame_name(frame: CallFrame) -> str:
    """`f`, `Type.method`, `new Type`; empty where there is no name."""
    own = function_name(frame)
    if frame.is_construction:
        return f"new {own if own != '' else '<anonymous>'}"
    this = frame.this
    if this.same(Value.UNDEFINED) or this.same(Value.NULL) or _is_global(frame):
        return own
    if own.startswith("get ") or own.startswith("set "):  # no other function has a blank in its name
        return own if own[4:5] == "#" else f"{own} [as {own[4:]}]"
    kind = type_name(this)
    if own == "":
        return f"{kind}.<anonymous>" if kind != "" else ""
    shown = own if kind == "" or own.startswith(kind) else f"{kind}.{own}"
    alias = method_name(frame, own)
    return shown if alias == "" or own.endswith(alias) else f"{shown} [as {alias}]"


def _is_global(frame: CallFrame) -> bool:
    return as_object(frame.this) is unsafe_cast(Realm, frame.code.realm).global_object


def function_name(frame: CallFrame) -> str:
    """The function's own `name`, if it is a string that nobody computes."""
    function = as_object(frame.function)
    if function is not None:
        found = function.own_property(Key("name", NO_INDEX))
        text = None if found is None or found.is_accessor() else as_string(found.slot)
        if text is not None:
            return text.text()
    return frame.code.name


def type_name(this: Value) -> str:
    """What `this` is an instance of."""
    thing = as_object(this)
    if thing is None:
        if as_string(this) is not None:
            return "String"
        return "Number" if this.is_int() or this.is_float() else "Boolean" if this.is_bool() else "Object"
    if isinstance(thing, (JSFunction, NativeFunction)):
        return "Function"
    name = "" if thing.is_proxy() else class_name(thing)
    return name if name != "" else "Object"


def method_name(frame: CallFrame, own: str) -> str:
    """The name under which `this` has the function, if it is not its own; empty where it has none, or more than one."""
    function = as_object(frame.function)
    holder = as_object(frame.this)
    found = ""
    while holder is not None and function is not None and not holder.is_proxy():
        known = holder.named_property(own) if own != "" else None
        if known is not None and not known.is_accessor() and as_object(known.slot) is function:
            return own
        for name in holder.names():
            property = holder.named_property(name)
            if property is not None and not property.is_accessor() and as_object(property.slot) is function:
                if found != "":
                    return ""
                found = "" if is_symbol_name(name) or is_private_name(name) else name
        holder = holder.get_prototype()
    return found
