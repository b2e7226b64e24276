"""Instructions that neither jump nor call, and are not frequent: kept out of the interpreter's loop, which is large enough.

To traces it makes no difference where an instruction is done.
"""

from __future__ import annotations

from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.instructions import field_a, field_b, field_c, opcode, wide
from tracewright.guest.sites import PropertySite
from tracewright_javascript import arithmetic
from tracewright_javascript.access import (
    delete_property,
    require_object,
)
from tracewright_javascript.arrays import JSArray
from tracewright_javascript.async_iteration import (
    async_iterator_of,
    close_async,
    next_async,
    object_iterator,
    require_result,
)
from tracewright_javascript.bytecode import Code
from tracewright_javascript.construction import (
    bind_this,
    check_no_this,
    check_this,
    new_class,
    parent_constructor,
    set_super,
    super_index,
    super_property,
)
from tracewright_javascript.copying import copy_all_properties
from tracewright_javascript.definitions import (
    check_declaration,
    declare_global,
    define_computed,
    delete_global,
    global_or_undefined,
    initialize,
    key_as_value,
    key_of_property,
    set_function_name,
    set_literal_prototype,
)
from tracewright_javascript.errors import GuestFault, type_error
from tracewright_javascript.frame_tools import (
    append_hole,
    collected,
    constant_text,
    new_closure,
    object_rest,
    rest_of_arguments,
)
from tracewright_javascript.functions import JSFunction
from tracewright_javascript.global_object import GlobalCell
from tracewright_javascript.iteration import (
    Iterator,
    append_rest,
    close_after_error,
    close_iterator,
    iterator_of,
    keys_of,
)
from tracewright_javascript.keys import JSSymbol
from tracewright_javascript.module_loading import import_call, import_meta
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.opcodes import Op
from tracewright_javascript.private_names import (
    add_private,
    add_private_method,
    has_private,
    new_private_name,
)
from tracewright_javascript.realm import realm_of
from tracewright_javascript.scope_objects import (
    declare_added,
    new_variables,
    scope_get,
    scope_has,
    scope_set,
    scope_this,
)
from tracewright_javascript.templates import TemplateSite, template_object
from tracewright_javascript.values import EMPTY
from tracewright_javascript.wrappers import to_object


def run_uncommon(code: Code, stack: VMStack, base: int, word: int) -> None:
    """Names of scripts and scopes, and what the other functions do. Raises GuestFault and Thrown."""
    a = base + field_a(word)
    b = base + field_b(word)
    c = base + field_c(word)
    number = wide(word)
    match opcode(word):
        case Op.INITIALIZE_GLOBAL:
            initialize(realm_of(code), unsafe_cast(GlobalCell, code.object(number)), stack[a])
        case Op.CHECK_GLOBAL:
            check_declaration(realm_of(code), field_a(word), constant_text(code, number))
        case Op.DECLARE_GLOBAL:
            declare_global(realm_of(code), field_a(word), constant_text(code, number))
        case Op.TYPEOF_GLOBAL:
            stack[a] = arithmetic.type_of(
                global_or_undefined(realm_of(code), unsafe_cast(GlobalCell, code.object(number)))
            )
        case Op.LOAD_GLOBAL_OR_UNDEFINED:
            stack[a] = global_or_undefined(realm_of(code), unsafe_cast(GlobalCell, code.object(number)))
        case Op.DELETE_GLOBAL:
            stack[a] = delete_global(realm_of(code), stack[b])
        case Op.SCOPE_HAS:
            stack[a] = Value.of_bool(scope_has(stack[b], stack[c]))
        case Op.SCOPE_GET:
            stack[a] = scope_get(stack[b], stack[c], code.is_strict)
        case Op.SCOPE_SET:
            scope_set(stack[a], stack[b], stack[c], code.is_strict)
        case Op.SCOPE_THIS:
            stack[a] = scope_this(stack[b])
        case Op.NEW_VARIABLES:
            stack[a] = new_variables(realm_of(code))
        case Op.DECLARE_ADDED:
            declare_added(stack[a], stack[b])
        case Op.FAIL_REFERENCE:
            raise GuestFault("ReferenceError", constant_text(code, number))
        case Op.FAIL:
            raise type_error(constant_text(code, number))
        case Op.IMPORT_CALL:
            stack[a] = import_call(realm_of(code), code, stack[b], stack[c])
        case Op.IMPORT_META:
            stack[a] = import_meta(realm_of(code), code)
        case Op.TEMPLATE_OBJECT:
            stack[a] = template_object(realm_of(code), unsafe_cast(TemplateSite, code.object(number)))
        case _:
            _run_definition(code, stack, base, word)


def _run_definition(code: Code, stack: VMStack, base: int, word: int) -> None:
    """Properties and classes."""
    a = base + field_a(word)
    b = base + field_b(word)
    c = base + field_c(word)
    number = wide(word)
    match opcode(word):
        case Op.DELETE:
            stack[a] = delete_property(realm_of(code), stack[b], stack[c], code.is_strict)
        case Op.CLASS | Op.DERIVED_CLASS:
            parent = stack[a] if opcode(word) == Op.DERIVED_CLASS else EMPTY
            template = unsafe_cast(Code, code.object(wide(word)))
            stack[a] = new_class(realm_of(code), new_closure(code, template, stack, base), parent)
        case Op.SET_HOME:
            unsafe_cast(JSFunction, stack[a].as_object()).make_facts().home = as_object(stack[b])
        case Op.SET_NAME:
            set_function_name(realm_of(code), stack[a], stack[b], field_c(word))
        case Op.SET_FIELDS:
            unsafe_cast(JSFunction, stack[a].as_object()).make_facts().fields = stack[b]
        case Op.FIELDS:
            stack[a] = unsafe_cast(JSFunction, stack[b].as_object()).fields()
        case Op.DEFINE_COMPUTED | Op.DEFINE_METHOD | Op.DEFINE_GETTER | Op.DEFINE_SETTER | Op.HIDE:
            define_computed(opcode(word), stack[a], stack[b], stack[c])
        case Op.TO_KEY:
            stack[a] = key_as_value(realm_of(code), stack[b])
        case Op.KEY_OF:
            stack[a] = key_of_property(realm_of(code), stack[b], stack[c])
        case Op.SET_PROTOTYPE:
            set_literal_prototype(stack[a], stack[b])
        case Op.COPY_PROPERTIES:
            copy_all_properties(realm_of(code), unsafe_cast(JSObject, stack[a].as_object()), stack[b])
        case Op.OBJECT_REST:
            stack[a] = object_rest(realm_of(code), stack, a, stack[b], field_c(word))
        case Op.SUPER_GET:
            super_site = unsafe_cast(PropertySite, code.object(field_c(word)))
            stack[a] = super_property(stack[b], super_site.name, stack[b + 1])
        case Op.SUPER_GET_INDEX:
            stack[a] = super_index(stack[b], stack[c], stack[b + 1])
        case Op.SUPER_SET:
            set_super(stack[b], stack[a], stack[c], stack[b + 1], code.is_strict)
        case Op.PARENT:
            stack[a] = parent_constructor(stack[b])
        case Op.CHECK_NO_THIS:
            check_no_this(stack[a])
        case Op.BIND_THIS:
            bind_this(stack, base, stack[a])
        case Op.CHECK_THIS:
            check_this(stack[a])
        case Op.NEW_PRIVATE:
            stack[a] = new_private_name(realm_of(code), constant_text(code, number))
        case Op.HAS_PRIVATE:
            stack[a] = Value.of_bool(has_private(stack[c], unsafe_cast(JSSymbol, stack[b].as_object())))
        case Op.ADD_PRIVATE:
            add_private(stack[a], unsafe_cast(JSSymbol, stack[b].as_object()), stack[c])
        case Op.ADD_PRIVATE_METHOD | Op.ADD_PRIVATE_GETTER | Op.ADD_PRIVATE_SETTER:
            add_private_method(opcode(word), stack[a], stack[b], stack[c])
        case _:
            _run_list(code, stack, base, word)


def _run_list(code: Code, stack: VMStack, base: int, word: int) -> None:
    """Iterators and lists."""
    a = base + field_a(word)
    b = base + field_b(word)
    match opcode(word):
        case Op.TO_OBJECT:
            stack[a] = Value.of_object(to_object(realm_of(code), stack[b]))
        case Op.REQUIRE_OBJECT:
            require_object(stack[a])
        case Op.REST_OF_ARGUMENTS:
            stack[a] = rest_of_arguments(realm_of(code), stack[b], field_c(word))
        case Op.ITERATE_OBJECT:
            stack[a] = Value.of_object(object_iterator(realm_of(code), stack[b]))
        case Op.KEYS:
            stack[a] = Value.of_object(keys_of(realm_of(code), stack[b]))
        case Op.CLOSE:
            close_iterator(unsafe_cast(Iterator, stack[a].as_object()))
        case Op.CLOSE_AFTER_ERROR:
            close_after_error(unsafe_cast(Iterator, stack[a].as_object()))
        case Op.COLLECT:
            stack[a] = collected(realm_of(code), unsafe_cast(Iterator, stack[b].as_object()))
        case Op.APPEND_ALL:
            append_rest(unsafe_cast(JSArray, stack[a].as_object()), iterator_of(realm_of(code), stack[b]))
        case Op.APPEND_HOLE:
            append_hole(unsafe_cast(JSArray, stack[a].as_object()))
        case Op.ITERATE_ASYNC:
            stack[a] = Value.of_object(async_iterator_of(realm_of(code), stack[b]))
        case Op.NEXT_ASYNC:
            stack[a] = next_async(stack[b])
        case Op.CLOSE_ASYNC:
            stack[a] = close_async(stack[b])
        case Op.REQUIRE_RESULT:
            require_result(stack[a])
        case _:
            raise AssertionError("unknown operation")
