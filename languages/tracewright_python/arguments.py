"""From arguments to parameters.

A call knows the shape of its arguments, so with the code of the callee constant all of this is constant in a trace.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, array_of, unchecked_get, unchecked_set
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside, elidable, immutable_fields, promote, rare, unroll_safe
from tracewright_python.bytecode import Code
from tracewright_python.dictionaries import PyDict, dict_of_rows
from tracewright_python.errors import Raised
from tracewright_python.exceptions import type_error
from tracewright_python.functions import MANY_ARGUMENTS, PyBuiltin, PyFunction
from tracewright_python.lists import EMPTY_TUPLE, PyTuple
from tracewright_python.objects import PyObject, as_type, special
from tracewright_python.special_names import Special
from tracewright_python.texts import PyStr

NOT_A_PARAMETER: Final = -1
POSITIONAL_ONLY: Final = -2


@final
@immutable_fields("positional", "names[*]")
class CallShape(PyObject):
    """The arguments of a call: so many positional ones, then one for each name."""

    def __init__(self, positional: int, names: Array[PyStr]) -> None:
        self.positional = positional
        self.names = names


NO_NAMES: Final[Array[PyStr]] = array_of([])


@unroll_safe
def values_from(stack: VMStack, first: int, count: int) -> Array[Value]:
    """Those of adjacent slots."""
    values: Array[Value] = Array(count, Value.UNDEFINED)
    for k in range(count):
        unchecked_set(values, k, stack[first + k])
    return values


@elidable
def parameter_index(code: Code, key: PyStr) -> int:
    """Which parameter a keyword names, NOT_A_PARAMETER or POSITIONAL_ONLY."""
    name = key.flat
    for k in range(code.positional + code.keyword_only):
        if code.variables[k] == name:
            return k if k >= code.positional_only else POSITIONAL_ONLY
    return NOT_A_PARAMETER


@unroll_safe
def arrange(function: PyFunction, code: Code, stack: VMStack, first: int, count: int, names: Array[PyStr]) -> None:
    """Turn `count` positional arguments from slot `first` on, and behind them one for each name, into the parameters of `code`. Raises TypeError."""
    positional = code.positional
    fixed = positional + code.keyword_only
    named = values_from(stack, first + count, len(names))
    extra = EMPTY_TUPLE
    if count > positional:
        if not code.has_variadic:
            raise too_many(function, code, stack, first, count, names)
        extra = Value.of_object(PyTuple(values_from(stack, first + positional, count - positional)))
    for k in range(min(count, positional), fixed):
        stack[first + k] = Value.UNDEFINED
    others = 0
    for k in range(len(names)):
        key = unchecked_get(names, k)
        index = parameter_index(code, key)
        if index >= 0:
            if not stack[first + index].same(Value.UNDEFINED):
                raise type_error(f"{function.qualified_name}() got multiple values for argument '{key.flat}'")
            stack[first + index] = unchecked_get(named, k)
        elif code.has_keywords:
            others += 1
        else:
            raise unexpected(function, code, names, key.flat, index)
    defaults = function.defaults
    given_defaults = positional - promote(len(defaults))
    for k in range(min(count, positional), positional):
        if stack[first + k].same(Value.UNDEFINED):
            if k < given_defaults:
                raise missing_positional(function, code, stack, first)
            stack[first + k] = unchecked_get(defaults, k - given_defaults)
    for k in range(code.keyword_only):
        if stack[first + positional + k].same(Value.UNDEFINED):
            value = keyword_default(function, k)
            if value.same(Value.UNDEFINED):
                raise missing_keyword_only(function, code, stack, first)
            stack[first + positional + k] = value
    if code.has_variadic:
        stack[first + fixed] = extra
        fixed += 1
    if code.has_keywords:
        stack[first + fixed] = other_keywords(code, names, named, others)


@unroll_safe
def other_keywords(code: Code, names: Array[PyStr], named: Array[Value], count: int) -> Value:
    """The dict of those arguments that name no parameter."""
    if count == 0:
        return Value.of_object(PyDict())
    keys: Array[Value] = Array(count, Value.UNDEFINED)
    values: Array[Value] = Array(count, Value.UNDEFINED)
    place = 0
    for k in range(len(names)):
        key = unchecked_get(names, k)
        if parameter_index(code, key) < 0:
            unchecked_set(keys, place, Value.of_object(key))
            unchecked_set(values, place, unchecked_get(named, k))
            place += 1
    return Value.of_object(dict_of_rows(keys, values, count))


def keyword_default(function: PyFunction, number: int) -> Value:
    """The default of a keyword-only parameter, or UNDEFINED."""
    defaults = function.keyword_defaults
    return unchecked_get(defaults, number) if number < promote(len(defaults)) else Value.UNDEFINED


def listed(names: list[str]) -> str:
    """'a', 'b', and 'c'"""
    quoted = [f"'{name}'" for name in names]
    if len(quoted) == 1:
        return quoted[0]
    if len(quoted) == 2:
        return f"{quoted[0]} and {quoted[1]}"
    return ", ".join(quoted[:-1]) + f", and {quoted[-1]}"


@rare
@dont_look_inside
def too_many(function: PyFunction, code: Code, stack: VMStack, first: int, count: int, names: Array[PyStr]) -> Raised:
    """Too many positional arguments."""
    positional = code.positional
    defaults = len(function.defaults)
    if defaults > 0:
        expected = f"from {positional - defaults} to {positional}"
        is_plural = True
    else:
        expected = str(positional)
        is_plural = positional != 1
    given = f"{count}"
    keywords = 0
    for name in names:
        if positional <= parameter_index(code, name):
            keywords += 1
    if keywords > 0:
        given = f"{count} positional argument{'s' if count != 1 else ''} (and {keywords} keyword-only argument{'s' if keywords != 1 else ''})"
    verb = "was" if count == 1 and keywords == 0 else "were"
    return type_error(
        f"{function.qualified_name}() takes {expected} positional argument{'s' if is_plural else ''} but {given} {verb} given"
    )


@rare
@dont_look_inside
def unexpected(function: PyFunction, code: Code, names: Array[PyStr], name: str, index: int) -> Raised:
    """A keyword that names no parameter."""
    if index == POSITIONAL_ONLY:
        wrong = [key.flat for key in names if parameter_index(code, key) == POSITIONAL_ONLY]
        return type_error(
            f"{function.qualified_name}() got some positional-only arguments passed as keyword arguments: '{', '.join(wrong)}'"
        )
    return type_error(f"{function.qualified_name}() got an unexpected keyword argument '{name}'")


@rare
@dont_look_inside
def missing_positional(function: PyFunction, code: Code, stack: VMStack, first: int) -> Raised:
    """Parameters without arguments and defaults."""
    required = code.positional - len(function.defaults)
    names = [code.variables[k] for k in range(required) if stack[first + k].same(Value.UNDEFINED)]
    plural = "s" if len(names) > 1 else ""
    return type_error(
        f"{function.qualified_name}() missing {len(names)} required positional argument{plural}: {listed(names)}"
    )


@rare
@dont_look_inside
def missing_keyword_only(function: PyFunction, code: Code, stack: VMStack, first: int) -> Raised:
    """The same of keyword-only parameters."""
    names: list[str] = []
    for k in range(code.keyword_only):
        place = code.positional + k
        if stack[first + place].same(Value.UNDEFINED) and keyword_default(function, k).same(Value.UNDEFINED):
            names.append(code.variables[place])
    plural = "s" if len(names) > 1 else ""
    return type_error(
        f"{function.qualified_name}() missing {len(names)} required keyword-only argument{plural}: {listed(names)}"
    )


# --- built-in functions ---


def arrange_builtin(builtin: PyBuiltin, stack: VMStack, first: int, count: int, names: Array[PyStr]) -> None:
    """Put the arguments of a built-in function where it wants them. Room is reserved. Raises TypeError."""
    if len(names) > 0:
        named = values_from(stack, first + count, len(names))
        clear_missing(builtin, stack, first, count)
        place_named(builtin, stack, first, count, names, named)
    else:
        if count < builtin.minimum or (count > builtin.maximum and builtin.maximum != MANY_ARGUMENTS):
            raise wrong_count(builtin, count)
        clear_missing(builtin, stack, first, count)


def builtin_slots(builtin: PyBuiltin, count: int) -> int:
    """How many slots the parameters of a built-in function take."""
    return max(count, builtin.maximum) + builtin.keyword_only + int(builtin.takes_any)


@unroll_safe
def clear_missing(builtin: PyBuiltin, stack: VMStack, first: int, count: int) -> None:
    """Arguments that are not given are UNDEFINED."""
    for k in range(count, builtin_slots(builtin, count)):
        stack[first + k] = Value.UNDEFINED


def initializes_itself(value: Value) -> bool:
    """Whether a class of the program has an `__init__` of its own."""
    kind = as_type(value)
    if kind is None or kind.is_builtin:
        return False
    method = special(kind, Special.INIT)
    return method.is_object() and isinstance(method.as_object(), PyFunction)


@dont_look_inside
def place_named(
    builtin: PyBuiltin, stack: VMStack, first: int, count: int, names: Array[PyStr], named: Array[Value]
) -> None:
    """Put keyword arguments of a built-in function into their slots."""
    if count > builtin.maximum and builtin.maximum != MANY_ARGUMENTS:
        raise wrong_count(builtin, count)
    constructed = builtin.constructs
    if constructed is not None and not builtin.takes_any and initializes_itself(stack[first]):
        clear_missing(builtin, stack, first, count)
        return  # `__init__` of the derived class knows what they mean
    if len(builtin.names) == 0 and not builtin.takes_any:
        raise type_error(f"{shown_name(builtin)}() takes no keyword arguments")
    end = max(count, builtin.maximum)
    start = end - (len(builtin.names) - builtin.keyword_only)
    others: PyDict | None = None
    if builtin.takes_any:
        others = PyDict()
        stack[first + end + builtin.keyword_only] = Value.of_object(others)
    for k in range(len(names)):
        name = names[k].flat
        place = NOT_A_PARAMETER
        for index in range(len(builtin.names)):
            if builtin.names[index] == name:
                place = start + index
        if place >= 0:
            if not stack[first + place].same(Value.UNDEFINED):
                raise type_error(
                    f"argument for {shown_name(builtin)}() given by name ('{name}') and position ({place + 1})"
                )
            stack[first + place] = named[k]
        elif others is not None:
            others.set_text(names[k], named[k])
        else:
            raise type_error(f"'{name}' is an invalid keyword argument for {builtin.name}()")
    for place in range(count, builtin.minimum):
        if stack[first + place].same(Value.UNDEFINED):
            raise wrong_count(builtin, count)


def shown_name(builtin: PyBuiltin) -> str:
    """Its name in messages: methods have that of their type before it."""
    constructed = builtin.constructs
    if constructed is not None:
        return constructed.name
    owner = builtin.owner
    return builtin.name if owner is None else f"{owner.name}.{builtin.name}"


@rare
@dont_look_inside
def wrong_count(builtin: PyBuiltin, given: int) -> Raised:
    """The number of arguments does not fit."""
    hidden = 0 if builtin.owner is None and builtin.constructs is None else 1
    count = given - hidden
    minimum, maximum = builtin.minimum - hidden, builtin.maximum - hidden
    name = shown_name(builtin)
    plain = builtin.name if builtin.constructs is None else name
    if count < 0:
        return type_error(f"unbound method {name}() needs an argument")
    if minimum == maximum:
        if minimum == 0 and builtin.keyword_only > 0:
            return type_error(f"{builtin.name}() takes no positional arguments")
        if minimum == 0:
            return type_error(f"{name}() takes no arguments ({count} given)")
        if minimum == 1:
            return type_error(f"{name}() takes exactly one argument ({count} given)")
        return type_error(f"{plain} expected {minimum} arguments, got {count}")
    if count < minimum:
        return type_error(f"{plain} expected at least {minimum} argument{'s' if minimum != 1 else ''}, got {count}")
    return type_error(f"{plain} expected at most {maximum} argument{'s' if maximum != 1 else ''}, got {count}")
