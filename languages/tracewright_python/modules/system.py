"""`sys`. Not there: tracing and profiling."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array, array_of
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_python import builtin_types as types
from tracewright_python.builtins.evaluation import builtin_display
from tracewright_python.calls import is_callable
from tracewright_python.code_objects import depth_of, frame_at
from tracewright_python.conversions import index_value, required_text
from tracewright_python.dictionaries import PyDict
from tracewright_python.display import repr_text, str_text
from tracewright_python.errors import Raised
from tracewright_python.exceptions import as_exception, error, new_exception, not_there, type_error, value_error
from tracewright_python.functions import PyBuiltin
from tracewright_python.lists import NO_VALUES, list_of, tuple_of
from tracewright_python.modules.building import native_module
from tracewright_python.modules.streams import ERRORS, INPUT, OUTPUT, PyStream
from tracewright_python.namespaces import Namespace
from tracewright_python.objects import new_instance
from tracewright_python.session import Session, stack_limit
from tracewright_python.sets import PyFrozenSet
from tracewright_python.struct_sequences import StructKind, struct_of
from tracewright_python.texts import text_value
from tracewright_python.tracebacks import traceback_text
from tracewright_python.values import NONE, type_name

VERSION: Final = [3, 11, 0]
HEX_VERSION: Final = 0x030B00F0
DIGIT_LIMIT: Final = 4300

VERSION_INFO: Final = StructKind("sys.version_info", ["major", "minor", "micro", "releaselevel", "serial"], 5)
FLAG_NAMES: Final[list[str]] = [
    "debug",
    "inspect",
    "interactive",
    "optimize",
    "dont_write_bytecode",
    "no_user_site",
    "no_site",
    "ignore_environment",
    "verbose",
    "bytes_warning",
    "quiet",
    "hash_randomization",
    "isolated",
    "dev_mode",
    "utf8_mode",
    "warn_default_encoding",
    "safe_path",
    "int_max_str_digits",
]
FLAGS: Final = StructKind("sys.flags", FLAG_NAMES, len(FLAG_NAMES))
FLOAT_INFO: Final = StructKind(
    "sys.float_info",
    ["max", "max_exp", "max_10_exp", "min", "min_exp", "min_10_exp", "dig", "mant_dig", "epsilon", "radix", "rounds"],
    11,
)
INT_INFO: Final = StructKind(
    "sys.int_info", ["bits_per_digit", "sizeof_digit", "default_max_str_digits", "str_digits_check_threshold"], 4
)
HASH_INFO: Final = StructKind(
    "sys.hash_info",
    ["width", "modulus", "inf", "nan", "imag", "algorithm", "hash_bits", "seed_bits", "cutoff"],
    9,
)
GENERATOR_HOOKS: Final = StructKind("sys.asyncgen_hooks", ["firstiter", "finalizer"], 2)
THREAD_INFO: Final = StructKind("sys.thread_info", ["name", "lock", "version"], 3)


def leave(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`sys.exit(code=None)`"""
    code = stack[first]
    arguments = NO_VALUES if code.same(Value.UNDEFINED) or code.same(NONE) else Array(1, code)
    raise Raised(new_exception(types.SYSTEM_EXIT, arguments))


def recursion_limit(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_int(session.recursion_limit)


def set_recursion_limit(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`sys.setrecursionlimit(frames)`"""
    number = index_value(session, stack[first])
    if not number.is_int() or number.as_int() < 1:
        raise value_error("recursion limit must be greater or equal than 1")
    limit, depth = number.as_int(), depth_of(session)
    if limit <= depth:
        message = f"cannot set the recursion limit to {limit} at the recursion depth {depth}: the limit is too low"
        raise error(types.RECURSION_ERROR, message)
    session.recursion_limit = limit
    stack.limit = min(stack.top + stack_limit(limit - depth), session.granted_slots)
    return NONE


def intern(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_object(session.intern(required_text(stack[first], "intern() argument")))


def exception_information(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`sys.exc_info()`"""
    exception = as_exception(session.handled)
    if exception is None:
        return tuple_of([NONE, NONE, NONE])
    traceback = exception.traceback
    shown = NONE if traceback is None else Value.of_object(traceback)
    return tuple_of([Value.of_object(exception.type_of()), session.handled, shown])


def handled_exception(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`sys.exception()`"""
    return session.handled


def get_frame(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`sys._getframe(depth=0)`"""
    depth = 0 if stack[first].same(Value.UNDEFINED) else index_value(session, stack[first]).as_int()
    frame = frame_at(session, session.caller_base, session.caller_pc)
    while depth > 0:
        back = frame.back
        if back is None:
            raise value_error("call stack is not deep enough")
        frame = back
        depth -= 1
    return Value.of_object(frame)


def size_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    raise not_there("sys.getsizeof")


def no_hook(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """Of what nobody is told: nothing happens."""
    return NONE


def no_tracing(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`sys.settrace(None)` and its like, which only ends what is not there."""
    if stack[first].same(NONE):
        return NONE
    raise not_there("sys.settrace and sys.setprofile")


def default_encoding(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return text_value("utf-8")


def file_system_errors(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return text_value("surrogateescape")


def show_exception(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`sys.excepthook(type, value, traceback)`"""
    system = session.modules.get_named("sys")
    errors = session.get_attribute(session, system, "stderr")
    session.call(
        session,
        session.get_attribute(session, errors, "write"),
        [text_value(traceback_text(session, stack[first + 1]))],
    )
    return NONE


def show_ignored(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`sys.unraisablehook(unraisable)`"""
    given = stack[first]
    message = session.get_attribute(session, given, "err_msg")
    thing = session.get_attribute(session, given, "object")
    head = "Exception ignored in" if message.same(NONE) else str_text(session, message)
    try:
        shown = repr_text(session, thing)
    except Raised:
        shown = "<object repr() failed>"
    text = f"{head}: {shown}\n" if not thing.same(NONE) else f"{head}:\n"
    text += traceback_text(session, session.get_attribute(session, given, "exc_value"))
    system = session.modules.get_named("sys")
    errors = session.get_attribute(session, system, "stderr")
    session.call(session, session.get_attribute(session, errors, "write"), [text_value(text)])
    return NONE


def is_finalizing(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.FALSE


def digit_limit(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_int(session.digit_limit)


def set_digit_limit(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`sys.set_int_max_str_digits(number)`"""
    number = index_value(session, stack[first])
    if not number.is_int() or (number.as_int() != 0 and number.as_int() < 640):
        raise value_error("maxdigits must be 0 or larger than 640")
    session.digit_limit = number.as_int()
    return NONE


def switch_interval(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_float(0.005)


def generator_hooks(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`sys.get_asyncgen_hooks()`"""
    return struct_of(GENERATOR_HOOKS, [session.first_iteration, session.generator_finalizer])


def set_generator_hooks(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`sys.set_asyncgen_hooks(firstiter, finalizer)`"""
    for k in range(2):
        given = stack[first + k]
        if not given.same(Value.UNDEFINED) and not given.same(NONE) and not is_callable(given):
            word = "firstiter" if k == 0 else "finalizer"
            raise type_error(f"callable {word} expected, got {type_name(given)}")
    if not stack[first].same(Value.UNDEFINED):
        session.first_iteration = stack[first]
    if not stack[first + 1].same(Value.UNDEFINED):
        session.generator_finalizer = stack[first + 1]
    return NONE


def no_depth(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_int(0)


FUNCTIONS: list[PyBuiltin] = [
    PyBuiltin("exit", leave, 0, 1),
    PyBuiltin("getrecursionlimit", recursion_limit, 0, 0),
    PyBuiltin("setrecursionlimit", set_recursion_limit, 1, 1, asks_caller=True),
    PyBuiltin("intern", intern, 1, 1),
    PyBuiltin("exc_info", exception_information, 0, 0),
    PyBuiltin("exception", handled_exception, 0, 0),
    PyBuiltin("_getframe", get_frame, 0, 1, asks_caller=True),
    PyBuiltin("getsizeof", size_of, 1, 2),
    PyBuiltin("settrace", no_tracing, 1, 1),
    PyBuiltin("setprofile", no_tracing, 1, 1),
    PyBuiltin("gettrace", no_hook, 0, 0),
    PyBuiltin("getprofile", no_hook, 0, 0),
    PyBuiltin("audit", no_hook, 1, -1),
    PyBuiltin("addaudithook", no_hook, 1, 1),
    PyBuiltin("getdefaultencoding", default_encoding, 0, 0),
    PyBuiltin("getfilesystemencoding", default_encoding, 0, 0),
    PyBuiltin("getfilesystemencodeerrors", file_system_errors, 0, 0),
    PyBuiltin("displayhook", builtin_display, 1, 1),
    PyBuiltin("excepthook", show_exception, 3, 3),
    PyBuiltin("unraisablehook", show_ignored, 1, 1),
    PyBuiltin("is_finalizing", is_finalizing, 0, 0),
    PyBuiltin("get_int_max_str_digits", digit_limit, 0, 0),
    PyBuiltin("set_int_max_str_digits", set_digit_limit, 1, 1),
    PyBuiltin("getswitchinterval", switch_interval, 0, 0),
    PyBuiltin("setswitchinterval", no_hook, 1, 1),
    PyBuiltin("get_asyncgen_hooks", generator_hooks, 0, 0),
    PyBuiltin("set_asyncgen_hooks", set_generator_hooks, 0, 2, names=array_of(["firstiter", "finalizer"])),
    PyBuiltin("get_coroutine_origin_tracking_depth", no_depth, 0, 0),
    PyBuiltin("set_coroutine_origin_tracking_depth", no_hook, 1, 1),
    PyBuiltin("_clear_type_cache", no_hook, 0, 0),
]


def whole(numbers: list[int]) -> list[Value]:
    """Ints as values."""
    return [Value.of_int(number) for number in numbers]


def set_information(session: Session, namespace: Namespace) -> None:
    """What kind of machine and engine this is."""
    version = struct_of(VERSION_INFO, [*whole(VERSION), text_value("final"), Value.of_int(0)])
    namespace.set_named("version_info", version)
    flags = whole([0] * len(FLAG_NAMES))
    flags[FLAG_NAMES.index("dont_write_bytecode")] = Value.of_int(1)
    flags[FLAG_NAMES.index("dev_mode")] = Value.FALSE
    flags[FLAG_NAMES.index("safe_path")] = Value.FALSE
    flags[FLAG_NAMES.index("int_max_str_digits")] = Value.of_int(DIGIT_LIMIT)
    namespace.set_named("flags", struct_of(FLAGS, flags))
    largest, smallest, step = 1.7976931348623157e308, 2.2250738585072014e-308, 2.220446049250313e-16
    parts = [Value.of_float(largest), *whole([1024, 308]), Value.of_float(smallest), *whole([-1021, -307, 15, 53])]
    namespace.set_named("float_info", struct_of(FLOAT_INFO, [*parts, Value.of_float(step), *whole([2, 1])]))
    namespace.set_named("int_info", struct_of(INT_INFO, whole([30, 4, DIGIT_LIMIT, 640])))
    hashing = [*whole([64, (1 << 61) - 1, 314159, 0, 1000003]), text_value("siphash13"), *whole([64, 128, 0])]
    namespace.set_named("hash_info", struct_of(HASH_INFO, hashing))
    namespace.set_named("thread_info", struct_of(THREAD_INFO, [text_value("pthread"), text_value("semaphore"), NONE]))
    implementation = new_instance(types.SIMPLE_NAMESPACE)
    implementation.set_named("name", text_value("tracewright"))
    implementation.set_named("cache_tag", NONE)
    implementation.set_named("version", version)
    implementation.set_named("hexversion", Value.of_int(HEX_VERSION))
    implementation.set_named("_multiarch", text_value("x86_64-linux-gnu"))
    namespace.set_named("implementation", Value.of_object(implementation))


TEXTS: Final[list[tuple[str, str]]] = [
    ("version", "3.11.0 (tracewright, Nov 29 2026, 00:00:00) [Tracewright]"),
    ("platform", "linux"),
    ("byteorder", "little"),
    ("prefix", "/usr"),
    ("exec_prefix", "/usr"),
    ("base_prefix", "/usr"),
    ("base_exec_prefix", "/usr"),
    ("platlibdir", "lib"),
    ("abiflags", ""),
    ("float_repr_style", "short"),
    ("copyright", ""),
]
STREAMS: Final[list[tuple[int, str]]] = [(INPUT, "stdin"), (OUTPUT, "stdout"), (ERRORS, "stderr")]


def make_sys(session: Session) -> Value:
    """The module."""
    namespace = native_module(session, "sys", FUNCTIONS)
    namespace.set_named("argv", list_of([text_value(word) for word in session.arguments]))
    namespace.set_named("orig_argv", list_of([text_value(word) for word in session.arguments]))
    namespace.set_named("path", session.path)
    namespace.set_named("modules", session.module_dict)
    namespace.set_named("maxsize", Value.of_int((1 << 63) - 1))
    namespace.set_named("maxunicode", Value.of_int(0x10FFFF))
    namespace.set_named("hexversion", Value.of_int(HEX_VERSION))
    namespace.set_named("api_version", Value.of_int(1013))
    for name, text in TEXTS:
        namespace.set_named(name, text_value(text))
    namespace.set_named("executable", text_value(session.executable))
    namespace.set_named("_base_executable", text_value(session.executable))
    namespace.set_named("warnoptions", list_of([text_value(one) for one in session.warning_filters]))
    for name in ("meta_path", "path_hooks"):
        namespace.set_named(name, list_of([]))
    for name in ("_xoptions", "path_importer_cache"):
        namespace.set_named(name, Value.of_object(PyDict()))
    namespace.set_named("dont_write_bytecode", Value.TRUE)
    namespace.set_named("pycache_prefix", NONE)
    namespace.set_named("_stdlib_dir", text_value(session.library) if session.library != "" else NONE)
    namespace.set_named("_git", tuple_of([text_value(word) for word in ("Tracewright", "", "")]))
    set_information(session, namespace)
    natives = [text_value(one) for one in session.native_modules]
    namespace.set_named("builtin_module_names", tuple_of(natives))
    known = PyFrozenSet()
    for native in natives:
        known.add(session, native)
    namespace.set_named("stdlib_module_names", Value.of_object(known))
    for descriptor, name in STREAMS:
        stream = Value.of_object(PyStream(descriptor))
        namespace.set_named(name, stream)
        namespace.set_named(f"__{name}__", stream)
    session.output_cell = namespace.cell("stdout")
    session.output = namespace.get_named("stdout")
    for name in ("excepthook", "displayhook", "unraisablehook"):
        namespace.set_named(f"__{name}__", namespace.get_named(name))
    return session.modules.get_named("sys")
