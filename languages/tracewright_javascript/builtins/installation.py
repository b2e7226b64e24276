"""The globals of a new realm."""

from __future__ import annotations

from tracewright.core.system import monotonic_nanoseconds
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.builtins.array_buffers import install_array_buffers
from tracewright_javascript.builtins.array_installation import install_arrays
from tracewright_javascript.builtins.atomics import install_atomics
from tracewright_javascript.builtins.bigints import install_bigints
from tracewright_javascript.builtins.collections import install_collections
from tracewright_javascript.builtins.console import install_console
from tracewright_javascript.builtins.data_views import install_data_views
from tracewright_javascript.builtins.dates import install_dates
from tracewright_javascript.builtins.errors import install_errors
from tracewright_javascript.builtins.evaluation import install_evaluation
from tracewright_javascript.builtins.function import install_function
from tracewright_javascript.builtins.generators import install_generators
from tracewright_javascript.builtins.iterators import install_iterators
from tracewright_javascript.builtins.json_writing import install_json
from tracewright_javascript.builtins.mathematics import install_mathematics
from tracewright_javascript.builtins.numbers import install_numbers
from tracewright_javascript.builtins.objects import install_objects
from tracewright_javascript.builtins.promise import install_promise
from tracewright_javascript.builtins.proxy import install_proxy
from tracewright_javascript.builtins.reflection import install_reflection
from tracewright_javascript.builtins.regexps import install_regexps
from tracewright_javascript.builtins.rows import install_constant, install_methods
from tracewright_javascript.builtins.string_patterns import install_string_patterns
from tracewright_javascript.builtins.strings import install_strings
from tracewright_javascript.builtins.symbols import install_symbols
from tracewright_javascript.builtins.text_codes import install_text_codes
from tracewright_javascript.builtins.typed_array_installation import install_typed_arrays
from tracewright_javascript.builtins.weak_collections import install_weak_collections
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.families import Kind
from tracewright_javascript.functions import NativeFunction
from tracewright_javascript.host.globals import install_host_globals
from tracewright_javascript.number_reading import NAN
from tracewright_javascript.objects import JSObject
from tracewright_javascript.realm import Agent, Realm
from tracewright_javascript.values import number_value


def _now(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return number_value(float(monotonic_nanoseconds()) / 1e6)


def _nothing(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.UNDEFINED


def new_realm(agent: Agent | None = None) -> Realm:
    """A realm with its built-ins; without an agent, the first one of a new agent."""
    realm = Realm(Agent() if agent is None else agent, _function_prototype)
    install_builtins(realm)
    return realm


def _function_prototype(realm: Realm, parent: JSObject) -> JSObject:
    return NativeFunction(parent.special_shape_of_children(Kind.LAZY), realm, "", 0, _nothing, False)


def install_builtins(realm: Realm) -> None:
    """Fill a new realm."""
    install_constant(realm.global_object, "undefined", Value.UNDEFINED)
    install_constant(realm.global_object, "NaN", Value.of_float(NAN))
    install_constant(realm.global_object, "Infinity", Value.of_float(float("inf")))
    realm.define("globalThis", Value.of_object(realm.global_object))
    console = install_console(realm)
    performance = realm.new_object()
    install_methods(realm, performance, [("now", 0, _now)])
    realm.define("performance", Value.of_object(performance))
    install_objects(realm)
    install_function(realm)
    install_evaluation(realm)
    install_errors(realm)
    install_arrays(realm)
    install_strings(realm)
    install_iterators(realm)
    install_array_buffers(realm)
    install_typed_arrays(realm)
    install_data_views(realm)
    install_atomics(realm)
    install_numbers(realm)
    install_bigints(realm)
    install_symbols(realm)
    install_mathematics(realm)
    install_reflection(realm)
    install_proxy(realm)
    install_collections(realm)
    install_weak_collections(realm)
    install_regexps(realm)
    install_string_patterns(realm)
    install_text_codes(realm)
    install_json(realm)
    install_dates(realm)
    install_generators(realm)
    install_promise(realm)
    install_host_globals(realm, console)
