"""Evaluation of modules: in the order of their dependencies, and, where one waits at its top, in the order in which they can go on (16.2.1.5.3)."""

from __future__ import annotations

from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.bytecode import FIRST, AnyRealm
from tracewright_javascript.calls import call, error_in
from tracewright_javascript.errors import GuestFault, Thrown
from tracewright_javascript.functions import Native, new_native
from tracewright_javascript.modules import Module, Status
from tracewright_javascript.promises import JSPromise, Reaction, new_promise, perform_then, resolving_functions
from tracewright_javascript.values import EMPTY


def evaluate(module: Module) -> JSPromise:
    """Evaluate a linked module and all that it needs; the promise is settled when that is done."""
    root = module
    if module.status >= Status.EVALUATING_ASYNC and module.cycle_root is not None:
        root = module.cycle_root
    known = root.capability
    if known is not None:
        return unsafe_cast(JSPromise, known.promise.as_object())
    promise = new_promise(root.realm)
    capability = resolving_functions(root.realm, promise)
    root.capability = capability
    stack: list[Module] = []
    try:
        _evaluate(root, stack, 0)
        if root.async_order < 0 or root.status == Status.EVALUATED:
            call(capability.resolve, Value.UNDEFINED, [Value.UNDEFINED])
    except (Thrown, GuestFault) as error:
        reason = error_in(root.realm, error)
        for each in stack:
            each.status = Status.EVALUATED
            each.error = reason
            each.cycle_root = each
        if root.error.same(EMPTY):
            root.status = Status.EVALUATED
            root.error = reason
        call(capability.reject, Value.UNDEFINED, [reason])
    return promise


def _evaluate(module: Module, stack: list[Module], index: int) -> int:
    """InnerModuleEvaluation. Raises Thrown and GuestFault."""
    if module.status >= Status.EVALUATING_ASYNC:
        if not module.error.same(EMPTY):
            raise Thrown(module.error)
        return index
    if module.status == Status.EVALUATING:
        return index
    module.status = Status.EVALUATING
    module.index = index
    module.ancestor_index = index
    module.pending = 0
    index += 1
    stack.append(module)
    for request in module.code.requests:
        required = module.requested[request]
        index = _evaluate(required, stack, index)
        if required.status == Status.EVALUATING:
            module.ancestor_index = min(module.ancestor_index, required.ancestor_index)
        else:
            required = required if required.cycle_root is None else required.cycle_root
            if not required.error.same(EMPTY):
                raise Thrown(required.error)
        if required.async_order >= 0 and required.status != Status.EVALUATED:
            module.pending += 1
            required.async_parents.append(module)
    if module.pending > 0 or module.has_async:
        module.async_order = module.realm.agent.next_order()
        if module.pending == 0:
            _execute_async(module)
    else:
        call(module.body, Value.UNDEFINED, [])
    if module.ancestor_index == module.index:
        while True:
            done = stack.pop()
            done.status = Status.EVALUATED if done.async_order < 0 else Status.EVALUATING_ASYNC
            done.cycle_root = module
            if done is module:
                break
    return index


def _execute_async(module: Module) -> None:
    """ExecuteAsyncModule"""
    promise = call(module.body, Value.UNDEFINED, []).as_object()
    reaction = Reaction(None, _handler(module, _fulfilled), _handler(module, _rejected))
    perform_then(module.realm, unsafe_cast(JSPromise, promise), reaction)


def _handler(module: Module, function: Native) -> Value:
    native = new_native(module.realm, "", 1, function)
    native.data = Value.of_object(module)
    return Value.of_object(native)


def _module_of(stack: VMStack, frame: int) -> Module:
    from tracewright_javascript.builtins.arguments import native_data

    return unsafe_cast(Module, native_data(stack, frame).as_object())


def _fulfilled(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """AsyncModuleExecutionFulfilled"""
    module = _module_of(stack, frame)
    if module.status == Status.EVALUATED:
        return Value.UNDEFINED
    module.status = Status.EVALUATED
    _settle(module)
    ready: list[Module] = []
    _gather(module, ready)
    ready.sort(key=lambda each: each.async_order)
    for each in ready:
        if each.status == Status.EVALUATED:
            continue
        if each.has_async:
            _execute_async(each)
            continue
        try:
            call(each.body, Value.UNDEFINED, [])
        except (Thrown, GuestFault) as error:
            _fail(each, error_in(each.realm, error))
            continue
        each.status = Status.EVALUATED
        _settle(each)
    return Value.UNDEFINED


def _settle(module: Module) -> None:
    capability = module.capability
    if capability is not None:
        call(capability.resolve, Value.UNDEFINED, [Value.UNDEFINED])


def _gather(module: Module, ready: list[Module]) -> None:
    """GatherAvailableAncestors"""
    for parent in module.async_parents:
        root = parent.cycle_root
        is_there = False
        for other in ready:
            is_there = is_there or other is parent
        if is_there or root is None or not root.error.same(EMPTY):
            continue
        parent.pending -= 1
        if parent.pending == 0:
            ready.append(parent)
            if not parent.has_async:
                _gather(parent, ready)


def _rejected(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """AsyncModuleExecutionRejected"""
    _fail(_module_of(stack, frame), stack[frame + FIRST])
    return Value.UNDEFINED


def _fail(module: Module, reason: Value) -> None:
    if module.status == Status.EVALUATED:
        return
    module.error = reason
    module.status = Status.EVALUATED
    for parent in module.async_parents:
        _fail(parent, reason)
    capability = module.capability
    if capability is not None:
        call(capability.reject, Value.UNDEFINED, [reason])
