"""`Set`, `Queue` and `Stack`. Arguments of a wrong kind give empty results, except where a message is listed."""

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_ruff.builtins.arguments import array_at
from tracewright_ruff.builtins.arrays import pair
from tracewright_ruff.equality import values_equal
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Queue, W_Set, W_Stack, array_from_list, given, share
from tracewright_ruff.session import ARITY_ANY, Session, W_Native


def _shared_elements(stack: VMStack, first: int, count: int, message: str) -> list[Value]:
    """The elements of the optional array argument of a constructor."""
    if count == 0:
        return []
    array = array_at(stack, first, message)
    return [share(array.items[index]) for index in range(array.length)]


def _argument(stack: VMStack, first: int, count: int, index: int) -> Value:
    """Argument `index`, null where it is missing."""
    return stack[first + index] if index < count else Value.NULL


# Sets


def _holds(items: list[Value], wanted: Value) -> bool:
    for item in items:
        if values_equal(item, wanted):
            return True
    return False


def _as_set(value: Value) -> W_Set | None:
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_Set):
            return thing
    return None


def _set_items(stack: VMStack, first: int, count: int, index: int) -> list[Value]:
    """The elements of a set argument, none of anything else."""
    found = _as_set(_argument(stack, first, count, index))
    return found.items if found is not None else []


def native_set(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`Set()`, `Set(array)`"""
    distinct: list[Value] = []
    for item in _shared_elements(stack, first, count, "Set constructor requires an array argument"):
        if not _holds(distinct, item):
            distinct.append(item)
    return Value.of_object(W_Set(distinct))


def native_set_add(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`set_add(s, x)`"""
    found = _as_set(_argument(stack, first, count, 0))
    if found is None:
        return Value.of_object(W_Set([]))
    if count < 2 or _holds(found.items, stack[first + 1]):
        return given(stack, first, moved, 0)
    item = given(stack, first, moved, 1)  # before asking who owns the set, which may be the item itself
    changed = found if moved & 1 == 1 and not found.shared else found.copied()
    changed.items.append(item)
    return Value.of_object(changed)


def native_set_has(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`set_has(s, x)`"""
    return Value.of_bool(_holds(_set_items(stack, first, count, 0), _argument(stack, first, count, 1)))


def native_set_remove(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`set_remove(s, x)`"""
    wanted = _argument(stack, first, count, 1)
    rest: list[Value] = []
    for item in _set_items(stack, first, count, 0):
        if not values_equal(item, wanted):
            rest.append(share(item))
    return Value.of_object(W_Set(rest))


def native_set_union(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`set_union(a, b)`"""
    items = [share(item) for item in _set_items(stack, first, count, 0)]
    for item in _set_items(stack, first, count, 1):
        if not _holds(items, item):
            items.append(share(item))
    return Value.of_object(W_Set(items))


def native_set_intersect(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`set_intersect(a, b)`"""
    return _filtered_set(stack, first, count, True)


def native_set_difference(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`set_difference(a, b)`"""
    return _filtered_set(stack, first, count, False)


def _filtered_set(stack: VMStack, first: int, count: int, in_second: bool) -> Value:
    """The elements of the first set that are, or are not, in the second."""
    second = _set_items(stack, first, count, 1)
    kept: list[Value] = []
    for item in _set_items(stack, first, count, 0):
        if _holds(second, item) == in_second:
            kept.append(share(item))
    return Value.of_object(W_Set(kept))


def native_set_to_array(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`set_to_array(s)`"""
    return array_from_list([share(item) for item in _set_items(stack, first, count, 0)])


# Queues


def _as_queue(value: Value) -> W_Queue | None:
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_Queue):
            return thing
    return None


def _owned_queue(stack: VMStack, first: int, count: int, moved: int) -> W_Queue:
    """The first argument as a queue that may be changed; an empty one for anything else."""
    queue = _as_queue(_argument(stack, first, count, 0))
    if queue is None:
        return W_Queue([], 0)
    return queue if moved & 1 == 1 and not queue.shared else queue.copied()


def native_queue(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`Queue()`, `Queue(array)`"""
    return Value.of_object(
        W_Queue(_shared_elements(stack, first, count, "Queue constructor requires an array argument"), 0)
    )


def native_queue_enqueue(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`queue_enqueue(q, x)`"""
    item = given(stack, first, moved, 1) if count > 1 else Value.UNDEFINED
    queue = _owned_queue(stack, first, count, moved)
    if count > 1:
        queue.items.append(item)
    return Value.of_object(queue)


def native_queue_dequeue(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`queue_dequeue(q)`: `[rest, front]`"""
    queue = _owned_queue(stack, first, count, moved)
    if queue.start == len(queue.items):
        return pair(Value.of_object(queue), Value.NULL)
    front = queue.items[queue.start]
    queue.items[queue.start] = Value.NULL
    queue.start += 1
    if 2 * queue.start > len(queue.items) + 16:  # seldom enough that each element is moved about once
        del queue.items[0 : queue.start]
        queue.start = 0
    return pair(Value.of_object(queue), front)


def native_queue_peek(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`queue_peek(q)`"""
    queue = _as_queue(_argument(stack, first, count, 0))
    if queue is None or queue.start == len(queue.items):
        return Value.NULL
    return share(queue.items[queue.start])


def native_queue_size(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`queue_size(q)`"""
    queue = _as_queue(_argument(stack, first, count, 0))
    if queue is None:
        raise GuestError("queue_size requires a Queue argument")
    return Value.of_int(len(queue.items) - queue.start)


def native_queue_is_empty(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`queue_is_empty(q)`"""
    queue = _as_queue(_argument(stack, first, count, 0))
    if queue is None:
        raise GuestError("queue_is_empty requires a Queue argument")
    return Value.of_bool(queue.start == len(queue.items))


def native_queue_to_array(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`queue_to_array(q)`, front first"""
    queue = _as_queue(_argument(stack, first, count, 0))
    if queue is None:
        return array_from_list([])
    return array_from_list([share(item) for item in queue.items[queue.start :]])


# Stacks


def _as_stack(value: Value) -> W_Stack | None:
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_Stack):
            return thing
    return None


def _owned_stack(stack: VMStack, first: int, count: int, moved: int) -> W_Stack:
    """The first argument as a stack that may be changed; an empty one for anything else."""
    found = _as_stack(_argument(stack, first, count, 0))
    if found is None:
        return W_Stack([])
    return found if moved & 1 == 1 and not found.shared else found.copied()


def native_stack(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`Stack()`, `Stack(array)`"""
    return Value.of_object(
        W_Stack(_shared_elements(stack, first, count, "Stack constructor requires an array argument"))
    )


def native_stack_push(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`stack_push(s, x)`"""
    item = given(stack, first, moved, 1) if count > 1 else Value.UNDEFINED
    changed = _owned_stack(stack, first, count, moved)
    if count > 1:
        changed.items.append(item)
    return Value.of_object(changed)


def native_stack_pop(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`stack_pop(s)`: `[rest, top]`"""
    changed = _owned_stack(stack, first, count, moved)
    if len(changed.items) == 0:
        return pair(Value.of_object(changed), Value.NULL)
    top = changed.items.pop()
    return pair(Value.of_object(changed), top)


def native_stack_peek(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`stack_peek(s)`"""
    found = _as_stack(_argument(stack, first, count, 0))
    if found is None or len(found.items) == 0:
        return Value.NULL
    return share(found.items[len(found.items) - 1])


def native_stack_size(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`stack_size(s)`"""
    found = _as_stack(_argument(stack, first, count, 0))
    if found is None:
        raise GuestError("stack_size requires a Stack argument")
    return Value.of_int(len(found.items))


def native_stack_is_empty(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`stack_is_empty(s)`"""
    found = _as_stack(_argument(stack, first, count, 0))
    if found is None:
        raise GuestError("stack_is_empty requires a Stack argument")
    return Value.of_bool(len(found.items) == 0)


def native_stack_to_array(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`stack_to_array(s)`, top last"""
    found = _as_stack(_argument(stack, first, count, 0))
    if found is None:
        return array_from_list([])
    return array_from_list([share(item) for item in found.items])


ROWS: Final[list[W_Native]] = [
    W_Native("Set", 0, 1, ARITY_ANY, native_set),
    W_Native("set_add", 2, 2, ARITY_ANY, native_set_add),
    W_Native("set_has", 2, 2, ARITY_ANY, native_set_has),
    W_Native("set_remove", 2, 2, ARITY_ANY, native_set_remove),
    W_Native("set_union", 2, 2, ARITY_ANY, native_set_union),
    W_Native("set_intersect", 2, 2, ARITY_ANY, native_set_intersect),
    W_Native("set_difference", 2, 2, ARITY_ANY, native_set_difference),
    W_Native("set_to_array", 1, 1, ARITY_ANY, native_set_to_array),
    W_Native("Queue", 0, 1, ARITY_ANY, native_queue),
    W_Native("queue_enqueue", 2, 2, ARITY_ANY, native_queue_enqueue),
    W_Native("queue_dequeue", 1, 1, ARITY_ANY, native_queue_dequeue, gives_rest=True),
    W_Native("queue_peek", 1, 1, ARITY_ANY, native_queue_peek),
    W_Native("queue_size", 1, 1, ARITY_ANY, native_queue_size),
    W_Native("queue_is_empty", 1, 1, ARITY_ANY, native_queue_is_empty),
    W_Native("queue_to_array", 1, 1, ARITY_ANY, native_queue_to_array),
    W_Native("Stack", 0, 1, ARITY_ANY, native_stack),
    W_Native("stack_push", 2, 2, ARITY_ANY, native_stack_push),
    W_Native("stack_pop", 1, 1, ARITY_ANY, native_stack_pop, gives_rest=True),
    W_Native("stack_peek", 1, 1, ARITY_ANY, native_stack_peek),
    W_Native("stack_size", 1, 1, ARITY_ANY, native_stack_size),
    W_Native("stack_is_empty", 1, 1, ARITY_ANY, native_stack_is_empty),
    W_Native("stack_to_array", 1, 1, ARITY_ANY, native_stack_to_array),
]
