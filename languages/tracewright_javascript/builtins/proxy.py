"""`Proxy`."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.builtins.arguments import argument_at, require_new
from tracewright_javascript.builtins.rows import install_methods
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.errors import type_error
from tracewright_javascript.families import Kind
from tracewright_javascript.functions import new_native
from tracewright_javascript.objects import as_object
from tracewright_javascript.properties import PLAIN
from tracewright_javascript.proxies import JSProxy
from tracewright_javascript.realm import Realm, as_realm


def _make(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> JSProxy:
    target = as_object(argument_at(stack, frame, count, 0))
    handler = as_object(argument_at(stack, frame, count, 1))
    if target is None or handler is None:
        raise type_error("Cannot create proxy with a non-object as target or handler")
    own = as_realm(realm)
    return JSProxy(own.object_prototype.special_shape_of_children(Kind.EXOTIC), own, target, handler)


def _proxy(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    require_new(stack, frame, "Proxy")
    return Value.of_object(_make(realm, stack, frame, count))


def _revocable(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    proxy = _make(realm, stack, frame, count)

    def revoke(own: AnyRealm, own_stack: VMStack, own_frame: int, own_count: int) -> Value:
        proxy.revoke()
        return Value.UNDEFINED

    result = as_realm(realm).new_object()
    result.add("proxy", Value.of_object(proxy), PLAIN)
    result.add("revoke", Value.of_object(new_native(as_realm(realm), "", 0, revoke)), PLAIN)
    return Value.of_object(result)


def install_proxy(realm: Realm) -> None:
    """Give a realm its `Proxy`, which has no prototype to give."""
    constructor = new_native(realm, "Proxy", 2, _proxy, True)
    install_methods(realm, constructor, [("revocable", 2, _revocable)])
    realm.define("Proxy", Value.of_object(constructor))
