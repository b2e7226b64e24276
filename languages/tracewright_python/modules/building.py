"""How native modules are made: a namespace with values and functions under their names."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.hints import dont_look_inside
from tracewright_python.big_ints import int_as_float, is_plain_int, plain_number
from tracewright_python.calls import call
from tracewright_python.conversions import index_value
from tracewright_python.exceptions import type_error
from tracewright_python.functions import PyBuiltin
from tracewright_python.importing import new_module
from tracewright_python.namespaces import Namespace
from tracewright_python.objects import special
from tracewright_python.session import Session
from tracewright_python.special_names import Special
from tracewright_python.texts import text_value
from tracewright_python.values import type_name, type_of


def native_module(session: Session, name: str, functions: list[PyBuiltin]) -> Namespace:
    """The namespace of a new module that `sys.modules` knows."""
    module = new_module(session, name)
    module.namespace.set_named("__package__", text_value(""))
    for function in functions:
        function.module = name
        module.namespace.set_named(function.name, Value.of_object(function))
    return module.namespace


def real(session: Session, value: Value) -> float:
    """The float of an argument that must be a number. Raises TypeError, OverflowError."""
    number = plain_number(value)
    if number.is_float():
        return number.as_float()
    if is_plain_int(number):
        return int_as_float(number)
    return _real_by_method(session, value)


@dont_look_inside
def _real_by_method(session: Session, value: Value) -> float:
    method = special(type_of(value), Special.FLOAT)
    if not method.same(Value.UNDEFINED):
        result = plain_number(call(session, method, [value]))
        if not result.is_float():
            raise type_error(f"{type_name(value)}.__float__ returned non-float (type {type_name(result)})")
        return result.as_float()
    if special(type_of(value), Special.INDEX).same(Value.UNDEFINED):
        raise type_error(f"must be real number, not {type_name(value)}")
    return int_as_float(index_value(session, value))
