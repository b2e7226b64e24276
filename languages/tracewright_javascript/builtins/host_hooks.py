"""`print` and `$262`: what a host offers to the files of test262, with `--host-hooks` only."""

from __future__ import annotations

from typing import Final

from tracewright.core.system import write_output
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.core.weak import collect_garbage
from tracewright.lib.utf16 import utf8_of_units
from tracewright_javascript.array_buffers import JSArrayBuffer
from tracewright_javascript.builtins.arguments import argument_at
from tracewright_javascript.builtins.rows import NativeRow, install_methods, install_value
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.compiler_statements import compile_script
from tracewright_javascript.conversions import to_text
from tracewright_javascript.diagnostics import SyntaxFault
from tracewright_javascript.errors import GuestFault, type_error
from tracewright_javascript.functions import new_native
from tracewright_javascript.interpreter import run_nested_script
from tracewright_javascript.objects import as_object
from tracewright_javascript.parser import Goal, parse
from tracewright_javascript.realm import Realm, as_realm


def _print(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    write_output(utf8_of_units(to_text(argument_at(stack, frame, count, 0)) + "\n"))
    return Value.UNDEFINED


def _eval_script(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    where = as_realm(realm)
    text = to_text(argument_at(stack, frame, count, 0))
    try:
        code = compile_script(where, parse(text, Goal.SCRIPT), text, "")
    except SyntaxFault as fault:
        raise GuestFault("SyntaxError", fault.message)
    return run_nested_script(where, code)


def _gc(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    collect_garbage()
    return Value.UNDEFINED


def _detach(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    buffer = as_object(argument_at(stack, frame, count, 0))
    if not isinstance(buffer, JSArrayBuffer) or buffer.is_shared:
        raise type_error("not a buffer that can be detached")
    buffer.detach()
    return Value.NULL


HOOKS: Final[list[NativeRow]] = [("detachArrayBuffer", 1, _detach), ("evalScript", 1, _eval_script), ("gc", 0, _gc)]


def install_host_hooks(realm: Realm) -> None:
    """`print` and `$262`"""
    realm.agent.imports_only_modules = True
    realm.define("print", Value.of_object(new_native(realm, "print", 1, _print)))
    hooks = realm.new_object()
    install_methods(realm, hooks, HOOKS)
    install_value(hooks, "global", Value.of_object(realm.global_object))
    maker = new_native(realm, "createRealm", 0, _create_realm)
    install_value(hooks, "createRealm", Value.of_object(maker))
    realm.define("$262", Value.of_object(hooks))


def install_collection(realm: Realm) -> None:
    """`gc`, which `--expose-gc` gives programs as under node."""
    realm.define("gc", Value.of_object(new_native(realm, "gc", 0, _gc)))


def _create_realm(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    from tracewright_javascript.builtins.installation import new_realm

    made = new_realm(as_realm(realm).agent)
    install_host_hooks(made)
    return made.global_object.cell("$262").value
