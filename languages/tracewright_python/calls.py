"""Calls from inside the engine: they nest the interpreter's loop, which itself makes calls without nesting.

A *block* on the stack is where a call is prepared:

    block + AFTER    the function, where the block was prepared for a method; else nothing
    block + FIRST    what is called, or the method's first argument; the arguments follow

A function's frame begins at `block + 1`, so that its parameters are the arguments, or at `block`, if it gets a first argument in the
place of the callable. So no argument is ever moved.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.frames import mark_outermost
from tracewright.hints import dont_look_inside, elidable, promote, rare, we_are_jitted
from tracewright_python import builtin_types as types
from tracewright_python.arguments import NO_NAMES, arrange, arrange_builtin, builtin_slots, values_from
from tracewright_python.bytecode import AFTER, CALLEE, FIRST, CodeKind
from tracewright_python.dictionaries import InstanceOfDict
from tracewright_python.errors import Raised
from tracewright_python.exceptions import PyException, type_error
from tracewright_python.finalization import watch_end
from tracewright_python.functions import (
    PyBuiltin,
    PyClassMethod,
    PyFunction,
    PyMethod,
    PyStaticMethod,
    as_function,
)
from tracewright_python.generators import new_generator
from tracewright_python.lists import InstanceOfList
from tracewright_python.objects import (
    OBJECT,
    TYPE,
    Layout,
    PyInstance,
    PyType,
    as_py_object,
    as_type,
    find_special,
    member_value,
    new_instance,
    special,
)
from tracewright_python.session import Session
from tracewright_python.sets import InstanceOfSet
from tracewright_python.special_names import Special
from tracewright_python.texts import PyStr
from tracewright_python.values import NONE, type_name, type_of


class Construction:
    """How a call of a class makes its instance."""

    SLOWLY: Final = 0  # by `__new__`, and `__init__` if it is none of the following
    BARE: Final = 1  # a plain object without `__init__`
    BY_INIT: Final = 2  # a plain object, for which a function `__init__` of the program is called
    BY_MAKER: Final = 3  # `__new__` of a built-in type, and its `__init__`
    BY_MAKER_AND_INIT: Final = 4  # the same with an `__init__` of the program
    BY_NEW: Final = 5  # by a function `__new__` of the program, and no `__init__` but that of `object`
    BY_METACLASS: Final = 6  # by a function `__call__` of its metaclass


@dont_look_inside
def call(session: Session, callee: Value, arguments: list[Value]) -> Value:
    """Call anything with positional arguments. Raises Raised."""
    return call_named(session, callee, arguments, NO_NAMES)


@dont_look_inside
def call_with_one(session: Session, callee: Value, argument: Value) -> Value:
    """Call anything with one argument. Raises Raised."""
    stack = session.stack
    block = stack.top
    if not stack.reserve(block + FIRST + 2):
        raise RecursionError
    stack[block + FIRST] = callee
    stack[block + FIRST + 1] = argument
    try:
        return call_block(session, stack, block, 1, NO_NAMES)
    finally:
        stack.reserve(block)


def is_callable(value: Value) -> bool:
    """Whether something can be called."""
    thing = as_py_object(value)
    if isinstance(thing, (PyFunction, PyBuiltin, PyStaticMethod)) or isinstance(thing, PyType):
        return True
    return not special(type_of(value), Special.CALL).same(Value.UNDEFINED)


@dont_look_inside
def call_named(session: Session, callee: Value, arguments: list[Value], names: Array[PyStr]) -> Value:
    """The same where the last arguments have names."""
    stack = session.stack
    block = stack.top
    count = len(arguments)
    if not stack.reserve(block + FIRST + 1 + count):
        raise RecursionError
    stack[block + FIRST] = callee
    for k in range(count):
        stack[block + FIRST + 1 + k] = arguments[k]
    try:
        return call_block(session, stack, block, count - len(names), names)
    finally:
        stack.reserve(block)


@dont_look_inside
def call_block(session: Session, stack: VMStack, block: int, count: int, names: Array[PyStr]) -> Value:
    """Make the call that a block holds. Room for its arguments is reserved."""
    callee = stack[block + FIRST]
    if callee.is_object():
        thing = callee.as_object()
        if isinstance(thing, PyFunction):
            return run_function(session, thing, stack, block + 1, count, names)
        if isinstance(thing, PyBuiltin):
            return call_builtin(session, thing, stack, block + FIRST + 1, count, names)
        if isinstance(thing, PyMethod):
            stack[block + FIRST] = thing.receiver
            return call_bound(session, thing.function, stack, block, count + 1, names)
        if isinstance(thing, PyType):
            return call_type(session, thing, stack, block, count, names)
        if isinstance(thing, PyStaticMethod):
            stack[block + FIRST] = thing.function
            return call_block(session, stack, block, count, names)
    method = special(type_of(callee), Special.CALL)
    if method.same(Value.UNDEFINED) or method.same(NONE):
        raise type_error(f"'{type_name(callee)}' object is not callable")
    return call_with_first(session, method, stack, block, count + 1, names)


def call_bound(session: Session, function: Value, stack: VMStack, block: int, count: int, names: Array[PyStr]) -> Value:
    """Call what a bound method holds, a function mostly, with `count` arguments, the first of which stands at FIRST of the block."""
    if function.is_object():
        thing = function.as_object()
        if isinstance(thing, PyFunction) or isinstance(thing, PyBuiltin):
            return call_with_first(session, function, stack, block, count, names)
    return call_named(session, function, [stack[block + FIRST + k] for k in range(count + len(names))], names)


def call_with_first(
    session: Session, method: Value, stack: VMStack, block: int, count: int, names: Array[PyStr]
) -> Value:
    """Call a member of a class with `count` arguments, the first of which stands at FIRST of the block."""
    if method.is_object():
        thing = method.as_object()
        if isinstance(thing, PyFunction):
            return run_function(session, thing, stack, block, count, names)
        if isinstance(thing, PyBuiltin):
            return call_builtin(session, thing, stack, block + FIRST, count, names)
        if isinstance(thing, PyClassMethod):
            arguments = [Value.of_object(type_of(stack[block + FIRST]))]
            arguments += [stack[block + FIRST + k] for k in range(1, count + len(names))]
            return call_named(session, thing.function, arguments, names)
        if isinstance(thing, PyStaticMethod):
            arguments = [stack[block + FIRST + k] for k in range(1, count + len(names))]
            return call_named(session, thing.function, arguments, names)
    receiver = stack[block + FIRST]
    getter = special(type_of(method), Special.GET)
    if not getter.same(Value.UNDEFINED):  # a descriptor of the program gives what is called
        method = call(session, getter, [method, receiver, Value.of_object(type_of(receiver))])
        arguments = [stack[block + FIRST + k] for k in range(1, count + len(names))]
        return call_named(session, method, arguments, names)
    arguments = [stack[block + FIRST + k] for k in range(1, count + len(names))]
    return call_named(session, method, arguments, names)


def run_function(
    session: Session, function: PyFunction, stack: VMStack, newbase: int, count: int, names: Array[PyStr]
) -> Value:
    """Run a function of the program whose arguments stand in its future frame."""
    code = function.code
    total = count + len(names)
    if not stack.reserve(newbase + max(code.frame_size, FIRST + total)):
        raise RecursionError
    if not code.is_simple or count != code.positional or len(names) > 0:
        arrange(function, code, stack, newbase + FIRST, count, names)
    mark_outermost(stack, newbase)
    stack[newbase + CALLEE] = Value.of_object(function)
    stack[newbase + AFTER] = Value.UNDEFINED
    if code.kind != CodeKind.FUNCTION:
        return new_generator(code, stack, newbase)
    return session.run(code, 0, stack, newbase)


def call_builtin(
    session: Session, builtin: PyBuiltin, stack: VMStack, first: int, count: int, names: Array[PyStr]
) -> Value:
    """Call a built-in function whose arguments stand from slot `first` on. Whoever has reserved room does it again behind the call."""
    if not stack.reserve(first + max(builtin_slots(builtin, count), count + len(names))):
        raise RecursionError
    arrange_builtin(builtin, stack, first, count, names)
    owner = builtin.owner
    if owner is not None and not type_of(stack[first]).derives_from(owner):
        raise wrong_receiver(builtin, owner, stack[first])
    return builtin.function(session, stack, first, count)


@rare
def wrong_receiver(builtin: PyBuiltin, owner: PyType, receiver: Value) -> Raised:
    """A method of a built-in type is called with something else in front."""
    if builtin.name.startswith("__") and builtin.name.endswith("__"):
        what = f"requires a '{owner.name}' object but received a '{type_name(receiver)}'"
        return type_error(f"descriptor '{builtin.name}' {what}")
    what = f"for '{owner.name}' objects doesn't apply to a '{type_name(receiver)}' object"
    return type_error(f"descriptor '{builtin.name}' {what}")


# --- classes ---


def builtin_maker(kind: PyType) -> PyBuiltin | None:
    """The `__new__` of a built-in type, which is all that its call does; None for other classes, and for `type`."""
    if not kind.is_builtin or kind is TYPE:
        return None
    method = special(kind, Special.NEW)
    if method.is_object():
        function = method.as_object()
        if isinstance(function, PyBuiltin):
            return function
    return None


@elidable
def construction(kind: PyType, version: int, metaclass: PyType, its_version: int, is_abstract: bool) -> int:
    """How a call of a class makes an instance (Construction)."""
    if metaclass is not TYPE:
        called = find_special(metaclass, its_version, Special.CALL)
        if not called.same(find_special(TYPE, TYPE.family.version, Special.CALL)):
            return Construction.SLOWLY if as_function(member_value(called)) is None else Construction.BY_METACLASS
    return plain_construction(kind, version, is_abstract)


@elidable
def plain_construction(kind: PyType, version: int, is_abstract: bool) -> int:
    """How `type.__call__` does."""
    if kind.is_builtin or is_abstract or not find_special(kind, version, Special.DEL).same(Value.UNDEFINED):
        return Construction.SLOWLY
    if as_function(_unwrapped(member_value(find_special(kind, version, Special.NEW)))) is not None:
        if find_special(kind, version, Special.INIT).same(find_special(OBJECT, OBJECT.family.version, Special.INIT)):
            return Construction.BY_NEW
        return Construction.SLOWLY
    if kind.layout != Layout.OBJECT and kind.layout != Layout.EXCEPTION:
        maker = find_special(kind, version, Special.NEW)
        if kind.derives_from(TYPE) or not maker.is_object() or not isinstance(maker.as_object(), PyBuiltin):
            return Construction.SLOWLY
        after = member_value(find_special(kind, version, Special.INIT))
        if after.is_object() and isinstance(after.as_object(), PyFunction):
            return Construction.BY_MAKER_AND_INIT
        is_native = after.is_object() and isinstance(after.as_object(), PyBuiltin)
        return Construction.BY_MAKER if is_native else Construction.SLOWLY
    base = OBJECT if kind.layout == Layout.OBJECT else types.BASE_EXCEPTION
    if not find_special(kind, version, Special.NEW).same(find_special(base, base.family.version, Special.NEW)):
        return Construction.SLOWLY
    init = member_value(find_special(kind, version, Special.INIT))
    if init.is_object() and isinstance(init.as_object(), PyFunction):
        return Construction.BY_INIT
    if kind.layout == Layout.OBJECT and init.same(member_value(find_special(base, base.family.version, Special.INIT))):
        return Construction.BARE
    return Construction.SLOWLY


def own_maker(kind: PyType) -> Value:
    """The function `__new__` of a class."""
    return _unwrapped(special(kind, Special.NEW))


def _unwrapped(member: Value) -> Value:
    """The function of a static method, as which a class keeps its `__new__`; UNDEFINED for anything else."""
    if member.is_object():
        thing = member.as_object()
        if isinstance(thing, PyStaticMethod):
            return thing.function
    return Value.UNDEFINED


def construction_of(kind: PyType) -> int:
    """`construction` of a class as it is now."""
    if not we_are_jitted():  # it finds in the rows of the classes what has been asked for
        special(kind, Special.NEW)
        special(OBJECT, Special.NEW)
    metaclass = promote(kind.type_of())
    return construction(kind, kind.family.version, metaclass, metaclass.family.version, promote(kind.is_abstract))


def maker_function(kind: PyType, how: int) -> Value:
    """The function that is called for an instance, with the class as its first argument."""
    return own_maker(kind) if how == Construction.BY_NEW else special(promote(kind.type_of()), Special.CALL)


def init_of_new(stack: VMStack, first: int, count: int) -> PyFunction | None:
    """Where a call of `type.__call__` is of a plain class, with positional arguments from `first` on: its instance, in the
    class's place, and the `__init__` that is to be called; None for other calls.

        class Singleton(type):
            def __call__(cls, *args):
                return super().__call__(*args)
    """
    kind = as_type(stack[first])
    if kind is None:
        return None
    kind = promote(kind)
    if not we_are_jitted():
        special(kind, Special.NEW)
        special(OBJECT, Special.NEW)
    if plain_construction(kind, kind.family.version, promote(kind.is_abstract)) != Construction.BY_INIT:
        return None
    init = as_function(special(kind, Special.INIT))
    if init is not None:
        stack[first] = Value.of_object(plain_instance(kind, values_from(stack, first + 1, count - 1)))
    return init


def empty_container(kind: PyType) -> Value:
    """An object of a class that derives from `list`, `dict` or `set`, as `__new__` makes it, whatever the arguments are; UNDEFINED for others."""
    match kind.layout:
        case Layout.LIST:
            return Value.of_object(InstanceOfList(Array(0, Value.UNDEFINED), 0, new_instance(kind)))
        case Layout.DICT:
            return Value.of_object(InstanceOfDict(new_instance(kind)))
        case Layout.SET:
            return Value.of_object(InstanceOfSet(new_instance(kind)))
        case _:
            return Value.UNDEFINED


@dont_look_inside
def make_natively(
    session: Session, kind: PyType, stack: VMStack, block: int, count: int, names: Array[PyStr], initialize: bool
) -> Value:
    """An object by the built-in `__new__` of a class, and by its built-in `__init__` if that is wanted. The class stands at FIRST of the block,
    in whose place the object is then; the arguments behind it stay."""
    arguments = [stack[block + FIRST + k] for k in range(1, count + len(names))]
    made = call_named(session, special(kind, Special.NEW), [stack[block + FIRST], *arguments], names)
    if initialize:
        call_named(session, special(kind, Special.INIT), [made, *arguments], names)
    stack[block + FIRST] = made
    return made


def plain_instance(kind: PyType, arguments: Array[Value]) -> PyInstance:
    """An object of a class of the program whose `__new__` is that of `object` or of BaseException, which keeps the arguments."""
    if kind.layout == Layout.EXCEPTION:
        return PyException(kind.roots.current, arguments)
    return new_instance(kind)


def call_type(session: Session, kind: PyType, stack: VMStack, block: int, count: int, names: Array[PyStr]) -> Value:
    """Call a class: what its metaclass says."""
    metaclass = kind.metaclass
    if metaclass is not None:
        method = special(metaclass, Special.CALL)
        if not method.same(special(TYPE, Special.CALL)):
            return call_with_first(session, method, stack, block, count + 1, names)
    return construct(session, kind, stack, block, count, names)


def construct(session: Session, kind: PyType, stack: VMStack, block: int, count: int, names: Array[PyStr]) -> Value:
    """`type.__call__`: an object by `__new__`, and its `__init__`. The class stands at FIRST of the block."""
    arguments = [stack[block + FIRST + 1 + k] for k in range(count + len(names))]
    method = special(kind, Special.NEW)
    result = call_named(session, unwrapped(method), [Value.of_object(kind), *arguments], names)
    if kind.is_builtin and kind is not TYPE:
        return result
    if kind is TYPE and count == 1 and len(names) == 0:
        return result
    made = type_of(result)
    if not special(kind, Special.DEL).same(Value.UNDEFINED):
        watch_end(session, result)
    if made.derives_from(kind):
        init = special(made, Special.INIT)
        outcome = call_named(session, init, [result, *arguments], names)
        if not outcome.same(NONE):
            raise init_result(outcome)
    return result


def init_result(outcome: Value) -> Raised:
    """`__init__` has returned something."""
    return type_error(f"__init__() should return None, not '{type_name(outcome)}'")


def unwrapped(method: Value) -> Value:
    """The function in a static method, or the value itself."""
    if method.is_object():
        thing = method.as_object()
        if isinstance(thing, PyStaticMethod):
            return thing.function
    return method
