"""What happens to an exception on its way up: its traceback grows, its context is noted; what `except` and `raise` ask."""

from __future__ import annotations

from tracewright.core.arrays import Array
from tracewright.core.system import error_text
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.frames import LINK_SLOTS
from tracewright.guest.suspended import finish
from tracewright.hints import dont_look_inside
from tracewright_python import builtin_types as types
from tracewright_python.bytecode import After, Code, CodeKind
from tracewright_python.calls import call
from tracewright_python.errors import Raised
from tracewright_python.exceptions import PyException, PyTraceback, as_exception, error, new_exception, type_error
from tracewright_python.generators import PyGenerator, end_step
from tracewright_python.lists import NO_VALUES, as_tuple
from tracewright_python.objects import PyType, as_py_object, as_type
from tracewright_python.session import Session
from tracewright_python.texts import text_value
from tracewright_python.values import NONE, type_of


def is_error(value: Value, kind: PyType) -> bool:
    """Whether it is an exception of a class."""
    exception = as_exception(value)
    return exception is not None and exception.type_of().derives_from(kind)


def thrown_value(session: Session, problem: BaseException, code: Code, pc: int) -> Value:
    """The exception object for what the interpreter has caught in the frame that runs, with that frame in its traceback."""
    if isinstance(problem, Raised):
        exception = as_exception(problem.value)
        assert exception is not None
        if not problem.again:
            if exception.traceback is None:
                set_context(session, exception)
            exception.traceback = PyTraceback(code, pc, exception.traceback)
        return problem.value
    return native_error(session, problem, code, pc)


@dont_look_inside
def native_error(session: Session, problem: BaseException, code: Code, pc: int) -> Value:
    """The same for errors of the engine itself."""
    if isinstance(problem, RecursionError):
        value = error(types.RECURSION_ERROR, "maximum recursion depth exceeded").value
    elif isinstance(problem, KeyboardInterrupt):
        value = new_exception(types.KEYBOARD_INTERRUPT, NO_VALUES)
    elif isinstance(problem, OSError):
        number: int = problem.errno  # type: ignore[assignment]  # system calls always set it
        arguments: Array[Value] = Array(2, Value.of_int(number))
        arguments[1] = text_value(error_text(number).decode())
        value = new_exception(types.OS_ERROR, arguments)
    else:
        value = new_exception(types.MEMORY_ERROR, NO_VALUES)
    exception = as_exception(value)
    assert exception is not None
    set_context(session, exception)
    exception.traceback = PyTraceback(code, pc, None)
    return value


def went_through(value: Value, code: Code, pc: int) -> None:
    """One more frame has been left by an exception."""
    exception = as_exception(value)
    if exception is not None:
        exception.traceback = PyTraceback(code, pc, exception.traceback)


def set_context(session: Session, exception: PyException) -> None:
    """What is raised while another exception is handled remembers that one."""
    handled = session.handled
    if not handled.same(NONE):
        _set_context(handled, exception)


@dont_look_inside
def _set_context(handled: Value, exception: PyException) -> None:
    if as_exception(handled) is exception:
        return
    link, slow, steps = handled, handled, 0
    while True:  # a cycle is cut where it would close; one that the program has made itself is left alone
        other = as_exception(link)
        if other is None:
            break
        if as_exception(other.context) is exception:
            other.context = NONE
            break
        link = other.context
        steps += 1
        if steps % 2 == 0:
            behind = as_exception(slow)
            assert behind is not None
            slow = behind.context
            if slow.same(link):
                break
    exception.context = handled


def ends_loop(after: Value, value: Value) -> bool:
    """Whether an exception that has left a frame is the end of an iterator."""
    if not after.is_int():
        return False
    how = after.as_int()
    return (how == After.NEXT or how == After.SEND) and is_error(value, types.STOP_ITERATION)


def leave_generator(code: Code, generator: PyGenerator, value: Value) -> Value:
    """An exception leaves a generator, which never goes on; a StopIteration becomes a RuntimeError."""
    finish(generator.frame, LINK_SLOTS, code.frame_size)
    end_step(generator)
    if not is_error(value, types.STOP_ITERATION):
        if code.kind != CodeKind.ASYNC_GENERATOR or not is_error(value, types.STOP_ASYNC_ITERATION):
            return value
    return _stopped_inside(code, value)


@dont_look_inside
def _stopped_inside(code: Code, value: Value) -> Value:
    inner = as_exception(value)
    assert inner is not None
    word = "generator" if code.kind == CodeKind.GENERATOR else "coroutine"
    if code.kind == CodeKind.ASYNC_GENERATOR:
        word = "async generator"
    result = error(types.RUNTIME_ERROR, f"{word} raised {inner.type_of().name}").value
    exception = as_exception(result)
    assert exception is not None
    exception.cause = value
    exception.context = value
    exception.suppresses_context = True
    exception.traceback = inner.traceback
    return result


# --- raise ---


def raised_by_statement(session: Session, given: Value) -> Raised:
    """What `raise given` raises."""
    exception = as_exception(given)
    if exception is None:
        given = instance_to_raise(session, given)
        exception = as_exception(given)
        assert exception is not None
    set_context(session, exception)
    return Raised(given)


@dont_look_inside
def instance_to_raise(session: Session, given: Value) -> Value:
    """The exception object of a class of exceptions. Raises TypeError for anything else."""
    kind = as_type(given)
    if kind is not None and kind.derives_from(types.BASE_EXCEPTION):
        made = call(session, given, [])
        if as_exception(made) is None:
            raise type_error(
                f"calling {repr_of_type(kind)} should have returned an instance of BaseException, not {repr_of_type(type_of(made))}"
            )
        return made
    raise type_error("exceptions must derive from BaseException")


def repr_of_type(kind: PyType) -> str:
    return f"<class '{kind.name}'>"


@dont_look_inside
def raised_from(session: Session, given: Value, cause: Value) -> Raised:
    """What `raise given from cause` raises."""
    raised = raised_by_statement(session, given)
    exception = as_exception(raised.value)
    assert exception is not None
    if cause.same(NONE):
        exception.cause = NONE
    else:
        if as_exception(cause) is None:
            kind = as_type(cause)
            if kind is None or not kind.derives_from(types.BASE_EXCEPTION):
                raise type_error("exception causes must derive from BaseException")
            cause = instance_to_raise(session, cause)
        exception.cause = cause
    exception.suppresses_context = True
    return raised


@dont_look_inside
def nothing_to_reraise() -> Raised:
    return error(types.RUNTIME_ERROR, "No active exception to reraise")


# --- except ---


def matches(value: Value, wanted: Value) -> bool:
    """Whether an exception is of a class, or of one of those in a tuple. Raises TypeError."""
    kind = as_py_object(wanted)
    if isinstance(kind, PyType) and kind.layout == types.BASE_EXCEPTION.layout:
        return is_error(value, kind)
    return _matches_any(value, wanted)


@dont_look_inside
def _matches_any(value: Value, wanted: Value) -> bool:
    kinds = as_tuple(wanted)
    if kinds is not None:
        found = False
        for kind in kinds.items:
            known = as_type(kind)
            if known is None or not known.derives_from(types.BASE_EXCEPTION):
                raise type_error("catching classes that do not inherit from BaseException is not allowed")
            found = found or is_error(value, known)
        return found
    raise type_error("catching classes that do not inherit from BaseException is not allowed")


def put_exit_arguments(stack: VMStack, slot: int, value: Value) -> None:
    """The three arguments of `__exit__` for an exception."""
    exception = as_exception(value)
    assert exception is not None
    stack[slot] = Value.of_object(exception.type_of())
    stack[slot + 1] = value
    traceback = exception.traceback
    stack[slot + 2] = Value.of_object(traceback) if traceback is not None else NONE


# --- names ---


@dont_look_inside
def name_error(name: str) -> Raised:
    return _named(types.NAME_ERROR, f"name '{name}' is not defined", name)


@dont_look_inside
def unbound_error(name: str) -> Raised:
    return _named(
        types.UNBOUND_LOCAL_ERROR,
        f"cannot access local variable '{name}' where it is not associated with a value",
        name,
    )


@dont_look_inside
def free_error(name: str) -> Raised:
    return _named(
        types.NAME_ERROR,
        f"cannot access free variable '{name}' where it is not associated with a value in enclosing scope",
        name,
    )


def _named(kind: PyType, message: str, name: str) -> Raised:
    raised = error(kind, message)
    exception = as_exception(raised.value)
    assert exception is not None
    exception.set_named("name", text_value(name))
    return raised
