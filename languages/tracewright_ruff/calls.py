"""Calls: frames, arity, methods, errors and their way up. The dispatch loop itself is in interpreter.py."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, unchecked_get, unchecked_set
from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.frames import CALLER_CODE, base_delta, is_outermost
from tracewright.guest.sites import MethodSite
from tracewright.hints import dont_look_inside, immutable_fields, inlined, promote, unroll_safe
from tracewright_ruff.access import field_error, unshared
from tracewright_ruff.bytecode import (
    CALLEE,
    FIRST_ARGUMENT,
    Code,
    NameSite,
)
from tracewright_ruff.containers import share
from tracewright_ruff.display import debug_text, display_text
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import (
    REJECTED,
    RESOLVED,
    W_Array,
    W_Dict,
    W_Function,
    W_Generator,
    W_Option,
    W_Promise,
    W_Result,
    W_String,
    W_Struct,
    W_Tagged,
    as_string,
    new_struct,
    text_value,
    texts_array,
    type_name,
)
from tracewright_ruff.session import (
    ARITY_DENIED,
    ARITY_STRICT,
    CONST,
    LET,
    MUTABLE,
    UNBOUND,
    GlobalCell,
    Session,
    W_Native,
    W_Object,
)
from tracewright_ruff.strings import character_value
from tracewright_ruff.syntax import Variant

NOT_CALLABLE: Final = (
    "Cannot call non-function; the value being called is not callable. "
    "Pass a function, closure, or imported callable value instead."
)
# Builtins that arrays also have as methods.
ARRAY_METHODS: Final[list[str]] = [
    "map", "filter", "reduce", "collect", "take", "skip", "zip", "enumerate", "flatten", "chunk",
]  # fmt: skip


@final
@immutable_fields("function")
class W_FieldCall(W_Object):
    """A function found in a field by a method call: it is called without the receiver. Only ever in a callee slot."""

    def __init__(self, function: Value) -> None:
        self.function = function


# --- frames ----------------------------------------------------------------------------------------------------------
def as_function(value: Value) -> W_Function | None:
    """The user function, or None."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_Function):
            return thing
    return None


@unroll_safe
def share_lent(stack: VMStack, newbase: int, bits: int) -> None:
    """Mark the arguments that the callee wants to change in place but was only lent."""
    index = 0
    while bits != 0:
        if bits & 1 == 1:
            share(stack[newbase + FIRST_ARGUMENT + index])
        bits >>= 1
        index += 1


@dont_look_inside
def arity_text(target: Code, count: int) -> str:
    """The message for a wrong number of arguments of a user function."""
    expected = target.parameter_count - target.receiver
    return f"{target.name} expects {expected} arguments, got {count - target.receiver}"


@dont_look_inside
def native_arity_text(native: W_Native, count: int) -> str:
    """The message for a wrong number of arguments of a builtin."""
    if native.family == ARITY_DENIED:
        capability = native.shown_name
        return f"Capability denied: {capability} required for {native.name}; rerun with --allow-{capability}"
    expected = str(native.minimum)
    if native.maximum != native.minimum:
        expected = f"{native.minimum} to {native.maximum}" if native.maximum >= 0 else f"at least {native.minimum}"
    noun = "argument" if native.family == ARITY_STRICT and native.minimum == 1 else "arguments"
    return f"{native.shown_name} expects {expected} {noun}, got {count}"


@dont_look_inside
def depth_text(stack: VMStack, base: int, target: Code) -> str:
    """The message for a full stack."""
    depth = 1
    while not is_outermost(stack, base):
        base -= base_delta(stack, base)
        depth += 1
    return f"Maximum VM call stack depth of {depth} exceeded while calling {target.name}"


@dont_look_inside
def active_functions(code: Code, stack: VMStack, base: int) -> list[str]:
    """Names of the functions that are running, outermost first."""
    names: list[str] = []
    current = code
    while True:
        if current.name != "":
            names.append(current.name)
        link = stack[base + CALLER_CODE]
        if link.same(Value.NULL):  # started by a native, whose own link lies below
            base -= base_delta(stack, base)
            link = stack[base + CALLER_CODE]
        if not link.is_object():
            names.reverse()
            return names
        base -= base_delta(stack, base)
        current = unsafe_cast(Code, link.as_object())


# --- methods ---------------------------------------------------------------------------------------------------------
def method_of(session: Session, receiver: Value, site: MethodSite) -> Value:
    """What `receiver.name(...)` calls: a value that expects the receiver first, or a W_FieldCall."""
    if receiver.is_object():
        thing = receiver.as_object()
        if isinstance(thing, W_Struct):
            return struct_method(session, thing, site)
    return other_method(session, receiver, site.name)


def struct_method(session: Session, struct: W_Struct, site: MethodSite) -> Value:
    """A method of a struct instance: a field of that name goes first."""
    shape = struct.shape
    method = site.method_of(shape)
    if not method.same(Value.UNDEFINED):
        return method
    index = promote(shape).index_of(site.name)
    if index >= 0:
        return Value.of_object(W_FieldCall(struct.item(index)))
    raise GuestError("Field not found: " + site.name)


@dont_look_inside
def other_method(session: Session, receiver: Value, name: str) -> Value:
    """A method of something that is not a struct."""
    if receiver.is_object():
        thing = receiver.as_object()
        if isinstance(thing, W_Dict):
            found = thing.get_text(name)
            return Value.of_object(W_FieldCall(Value.NULL if found.same(Value.UNDEFINED) else found))
        if isinstance(thing, W_Array) and name in ARRAY_METHODS:
            return session.builtins.get(name, Value.NULL)
    method = session.methods.get(type_name(receiver) + "." + name, Value.UNDEFINED)
    if method.same(Value.UNDEFINED):
        raise GuestError(field_error(name))
    return method


def is_callable(value: Value) -> bool:
    """A user function or a builtin."""
    if value.is_object():
        thing = value.as_object()
        return isinstance(thing, W_Function) or isinstance(thing, W_Native)
    return False


@dont_look_inside
def callback_text(name: str) -> str:
    """The message for wrong arguments of a builtin that calls a function for each element."""
    between = ", an initial value, and" if name == "reduce" else " and"
    return f"{name} expects an array{between} a function"


# --- names decided at run time ---------------------------------------------------------------------------------------
def captured_of(stack: VMStack, base: int) -> Array[Value]:
    """The captured variables of the running function."""
    return unsafe_cast(W_Function, stack[base + CALLEE].as_object()).captured


def read_local(stack: VMStack, base: int, site: NameSite) -> Value:
    """The value of a name inside its function, or UNDEFINED."""
    if site.captured >= 0:
        value = captured_of(stack, base)[site.captured]
        if not value.same(Value.UNDEFINED):
            return value
    return stack[base + site.slot] if site.slot >= 0 else Value.UNDEFINED


def read_name(stack: VMStack, base: int, site: NameSite) -> Value:
    """The value of a name."""
    value = read_local(stack, base, site)
    if not value.same(Value.UNDEFINED):
        return value
    cell = site.cell
    if cell is not None:
        return read_global(cell)
    raise GuestError("Undefined variable: " + site.name)


def write_name(stack: VMStack, base: int, site: NameSite, value: Value) -> None:
    """Assign to a name: where it has a value, else to the function's own variable."""
    if site.captured >= 0:
        captured = captured_of(stack, base)
        if not captured[site.captured].same(Value.UNDEFINED):
            captured[site.captured] = value
            return
    cell = site.cell
    if site.slot >= 0 and (cell is None or cell.kind == UNBOUND or not stack[base + site.slot].same(Value.UNDEFINED)):
        stack[base + site.slot] = value
    elif cell is not None:
        write_global(cell, value)


def take_name(stack: VMStack, base: int, site: NameSite) -> Value:
    """The value of a name that is soon replaced; held twice if it turns out to be immutable."""
    value = read_name(stack, base, site)
    return share(value) if site.cell is not None and site.cell.kind > MUTABLE else value


def update_name(stack: VMStack, base: int, site: NameSite) -> Value:
    """The value of a name, to be changed in place."""
    value = read_name(stack, base, site)
    if site.cell is not None and read_local(stack, base, site).same(Value.UNDEFINED):
        check_mutable(site.cell)
    fresh = unshared(value)
    if not fresh.same(value):
        write_name(stack, base, site, fresh)
    return fresh


def update_captured(captured: Array[Value], index: int) -> Value:
    """The value of a captured variable, to be changed in place."""
    fresh = unshared(unchecked_get(captured, index))
    unchecked_set(captured, index, fresh)
    return fresh


def take_global(cell: GlobalCell) -> Value:
    """The value of a global that is soon replaced; held twice if it turns out to be immutable."""
    value = read_global(cell)
    return value if cell.kind <= MUTABLE else share(value)


@inlined
def update_global(cell: GlobalCell) -> Value:
    """The value of a global, to be changed in place."""
    value = read_global(cell)
    check_mutable(cell)
    fresh = unshared(value)
    if not fresh.same(value):
        write_global(cell, fresh)
    return fresh


@inlined
def read_global(cell: GlobalCell) -> Value:
    """The value of a global, or the builtin of that name."""
    value = cell.read()
    if value.same(Value.UNDEFINED):
        return builtin_of(cell)
    return value


def builtin_of(cell: GlobalCell) -> Value:
    """The builtin that a name without a value means."""
    if cell.builtin.same(Value.UNDEFINED):
        raise GuestError("Undefined variable: " + cell.name)
    return cell.builtin


@inlined
def write_global(cell: GlobalCell, value: Value) -> None:
    """Assign to a global; binds it if nothing has."""
    if cell.kind == MUTABLE:
        cell.write(value)
    else:
        bind_global(cell, value)


def bind_global(cell: GlobalCell, value: Value) -> None:
    """Assign to a global that is not known to be mutable."""
    if cell.kind != UNBOUND:
        raise GuestError(immutable_text(cell, "reassign"))
    cell.bind(value, MUTABLE)


@dont_look_inside
def declare_global(cell: GlobalCell, kind: int, value: Value, rebind: bool) -> None:
    """`let`, `mut` or `const` at top level."""
    if cell.kind != UNBOUND and not rebind:
        raise GuestError("Duplicate declaration in the same scope: " + cell.name)
    cell.bind(value, kind)


@dont_look_inside
def immutable_text(cell: GlobalCell, action: str) -> str:
    """The message for a change of a global that must not change."""
    what = "const binding" if cell.kind == CONST else "immutable let binding"
    return f"Cannot {action} {what}: {cell.name}"


def check_mutable(cell: GlobalCell) -> None:
    """Before the container in a global is changed in place."""
    if cell.kind == LET or cell.kind == CONST:
        raise GuestError(immutable_text(cell, "mutate"))


@unroll_safe
def any_bound(cells: Array[GlobalCell], first: int, count: int) -> bool:
    """Whether one of these globals exists by now."""
    for index in range(count):
        if unchecked_get(cells, first + index).kind != UNBOUND:
            return True
    return False


@unroll_safe
def make_function(stack: VMStack, base: int, target: Code) -> Value:
    """A function over copies of the variables that it captures."""
    captures = target.captures
    count = len(captures)
    if count == 0:
        return Value.of_object(W_Function(target, NOTHING_CAPTURED))
    captured: Array[Value] = Array(count, Value.UNDEFINED)
    for index in range(count):
        source = unchecked_get(captures, index)
        if source >= 0:
            captured[index] = share(stack[base + source])
        else:
            captured[index] = share(captured_of(stack, base)[~source])
    return Value.of_object(W_Function(target, captured))


NOTHING_CAPTURED: Final[Array[Value]] = Array(0, Value.UNDEFINED)


# --- iteration -------------------------------------------------------------------------------------------------------
@dont_look_inside
def snapshot(source: Value) -> Value:
    """What a `for` loop keeps of a thing that is neither int nor array: an int, a flat string, a generator, or an array of keys."""
    if source.is_float():
        number = source.as_float()
        return Value.of_int(int(number) if number >= 1.0 else 0)
    if source.is_object():
        thing = source.as_object()
        if isinstance(thing, W_Generator):
            return source
        if isinstance(thing, W_String):
            thing.flat()
            return source
        if isinstance(thing, W_Dict):
            return texts_array(thing.keys())
    raise GuestError("Cannot iterate over non-iterable type")


def next_item(stack: VMStack, state: int) -> Value:
    """The next element of the array or character of the string in slot `state`, or UNDEFINED."""
    thing = stack[state].as_object()
    index = stack[state + 1].as_int()
    if isinstance(thing, W_Array):
        if index < thing.length:
            stack[state + 1] = Value.of_int(index + 1)
            return unchecked_get(thing.items, index)
    elif isinstance(thing, W_String) and index < thing.length:
        stack[state + 1] = Value.of_int(index + 1)
        return character_value(thing.flat(), index)
    return Value.UNDEFINED


def start_range(stack: VMStack, state: int, first: int, count: int) -> None:
    """Put the start, end and step of `range(...)` into three slots."""
    start = Value.of_int(0)
    step = Value.of_int(1)
    end = range_bound(stack[first if count == 1 else first + 1])
    if count >= 2:
        start = range_bound(stack[first])
    if count == 3:
        step = range_bound(stack[first + 2])
        if step.as_int() == 0:
            raise GuestError("range() step cannot be zero")
    stack[state] = start
    stack[state + 1] = end
    stack[state + 2] = step


def range_bound(value: Value) -> Value:
    """A bound of a range as an int."""
    if value.is_int():
        return value
    if value.is_float():
        return Value.of_int(saturated(value.as_float()))
    raise GuestError("range() requires numeric arguments")


@dont_look_inside
def saturated(number: float) -> int:
    """The nearest int towards zero; 0 for NaN."""
    if number != number:
        return 0
    if number >= 9223372036854775808.0:
        return (1 << 63) - 1
    if number <= -9223372036854775808.0:
        return -(1 << 63)
    return int(number)


# --- variants --------------------------------------------------------------------------------------------------------
def payload_or_undefined(value: Value) -> Value:
    """For `?`: the payload of Ok and Some, UNDEFINED for Err and None."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_Result):
            return share(thing.payload) if thing.good else Value.UNDEFINED
        if isinstance(thing, W_Option):
            return share(thing.payload) if thing.some else Value.UNDEFINED
    raise GuestError("Try operator requires Result or Option")


VARIANT_NAMES: Final[list[str]] = ["Ok", "Err", "Some", "None"]


def match_variant(value: Value, variant: int) -> Value:
    """The payload (or NULL) if the value is that variant, else UNDEFINED."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_Result):
            return share(thing.payload) if variant == (Variant.OK if thing.good else Variant.ERR) else Value.UNDEFINED
        if isinstance(thing, W_Option):
            wanted = Variant.SOME if thing.some else Variant.NONE
            return share(thing.payload) if variant == wanted else Value.UNDEFINED
        if isinstance(thing, W_String):
            return match_name(value, VARIANT_NAMES[variant])
    return Value.UNDEFINED


@dont_look_inside
def match_name(value: Value, name: str) -> Value:
    """The first payload (or NULL) if the value is spelled like the case's name, else UNDEFINED."""
    if value.is_float():
        return Value.NULL if display_text(value) == name else Value.UNDEFINED
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_Tagged) and thing.tag == name:
            return share(thing.payload[0]) if len(thing.payload) > 0 else Value.NULL
        if isinstance(thing, W_String) and thing.flat() == name:
            return Value.NULL
    return Value.UNDEFINED


def make_variant(payload: Value, variant: int) -> Value:
    """`Ok(payload)`, `Err(payload)` or `Some(payload)`."""
    if variant == Variant.SOME:
        return Value.of_object(W_Option(True, payload))
    return Value.of_object(W_Result(variant == Variant.OK, payload))


def awaited(value: Value) -> Value:
    """The value of a promise, or the value itself; UNDEFINED for a promise that is pending."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_Promise):
            if thing.state == REJECTED:
                raise GuestError("Promise rejected: " + thing.message)
            return share(thing.result) if thing.state == RESOLVED else Value.UNDEFINED
    return share(value)


# --- errors ----------------------------------------------------------------------------------------------------------
@dont_look_inside
def thrown_message(value: Value) -> str:
    """The `message` of a thrown value."""
    text = as_string(value)
    if text is not None:
        return text.flat()
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_Struct):
            message = thing.get("message")
            if message.same(Value.UNDEFINED):
                return thing.shape.guest_type.name + " error"
            return display_text(message)
    return debug_text(value)


@dont_look_inside
def thrown_cause(value: Value) -> Value:
    """The `cause` of a thrown struct, or UNDEFINED."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_Struct):
            return share(thing.get("cause"))
    return Value.UNDEFINED


@dont_look_inside
def error_value(session: Session, error: GuestError) -> Value:
    """What the variable of `except` holds."""
    names = ["message", "stack", "line"]
    values = [text_value(error.message), texts_array(error.names), Value.of_int(0)]
    if not error.cause.same(Value.UNDEFINED):
        names.append("cause")
        values.append(error.cause)
    return new_struct(session, "Error", names, values)


@dont_look_inside
def note_error(error: GuestError, code: Code, pc: int, stack: VMStack, base: int) -> None:
    """Remember where the error arose, the first time it is seen."""
    if not error.located:
        error.located = True
        if not error.thrown.same(Value.UNDEFINED):
            error.message = thrown_message(error.thrown)
            error.cause = thrown_cause(error.thrown)
        error.names = active_functions(code, stack, base)
        error.place = f"{code.file}:{code.line_at(pc)}"
