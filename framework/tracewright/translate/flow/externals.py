"""C functions that translated code may call directly, one row each: what they take, give and do.

The mathematics and system modules of `tracewright.core` become these. Byte strings cross as references; `tw_...` functions are in
`runtime/`. RAISES means: on failure an OSError (with errno) or MemoryError is pending and the result is 0.
"""

from dataclasses import dataclass
from typing import Final, final

from tracewright.core.effects import ANYTHING, COLLECTS, NONE, RAISES, READS, SLOTS, WRITES


@final
@dataclass(frozen=True, slots=True)
class External:
    """`python` is the dialect function (module.name) that this C function implements."""

    python: str
    symbol: str
    takes: str
    gives: str
    effects: int
    fills: bool = False  # writes into arrays that it is given, from which traces may load


def _math(name: str, symbol: str, takes: str = "f", gives: str = "f") -> External:
    return External(f"tracewright.core.mathematics.{name}", symbol, takes, gives, NONE)


def _text(name: str, takes: str) -> External:
    """Texts never change, so what depends on nothing else is pure (the hash that is kept in the header is no visible write)."""
    return External(f"tracewright.core.text.{name}", f"tw_{name}", takes, "i", NONE)


def _files(name: str, takes: str, gives: str, effects: int, fills: bool = False) -> External:
    return External(f"tracewright.core.files.{name}", f"tw_{name}", takes, gives, effects | RAISES, fills)


def _system(name: str, takes: str, gives: str, effects: int, fills: bool = False) -> External:
    return External(f"tracewright.core.system.{name}", f"tw_{name}", takes, gives, effects, fills)


FOREIGN_PREFIX: Final = "tw_foreign_"


def foreign_external(python: str, name: str, takes: str, gives: str) -> External:
    """A function of a foreign library, by its name in C: it may do anything, but it knows nothing of the guest's stack."""
    return External(python, FOREIGN_PREFIX + name, takes, gives, ANYTHING & ~SLOTS, "r" in takes)


def _terminal(name: str, takes: str, gives: str, effects: int) -> External:
    return External(f"tracewright.core.terminal.{name}", f"tw_{name}", takes, gives, effects)


EXTERNALS: Final = (
    _math("floor", "floor"),
    _math("ceil", "ceil"),
    _math("trunc", "trunc"),
    _math("sin", "sin"),
    _math("cos", "cos"),
    _math("tan", "tan"),
    _math("exp", "exp"),
    _math("log", "log"),
    _math("asin", "asin"),
    _math("acos", "acos"),
    _math("atan", "atan"),
    _math("sinh", "sinh"),
    _math("cosh", "cosh"),
    _math("tanh", "tanh"),
    _math("asinh", "asinh"),
    _math("acosh", "acosh"),
    _math("atanh", "atanh"),
    _math("expm1", "expm1"),
    _math("log1p", "log1p"),
    _math("log10", "log10"),
    _math("log2", "log2"),
    _math("cbrt", "cbrt"),
    _math("atan2", "atan2", "ff"),
    _math("fmod", "fmod", "ff"),
    _math("power", "pow", "ff"),
    _math("is_nan", "tw_is_nan", "f", "i"),
    _math("is_infinite", "tw_is_infinite", "f", "i"),
    _text("hash_of_text", "r"),
    _text("same_text", "rr"),
    _text("same_range", "rir"),
    _text("find_narrow", "rrii"),
    _text("compare_narrow", "rr"),
    _text("find_escaped_narrow", "rii"),
    _text("is_ascii_text", "r"),
    _text("ascii_prefix", "r"),
    _text("find_bytes", "rrii"),
    _text("same_bytes", "rir"),
    External("tracewright.translate.lower.native.copy_codes", "tw_copy_codes", "iiiii", "v", WRITES),
    External("tracewright.core.memory.write_barrier_at", "tw_write_barrier_at", "ii", "v", WRITES),
    External("tracewright.core.memory.write_barrier_range", "tw_write_barrier_range", "iiii", "v", WRITES),
    External("tracewright.core.weak.collect_garbage", "tw_collect", "", "v", READS | WRITES | COLLECTS),
    External("tracewright.core.weak.collect_while_idle", "tw_collect_while_idle", "", "i", READS | WRITES | COLLECTS),
    External("tracewright.core.weak.register_finalizer", "tw_register_finalizer", "r", "v", WRITES),
    External("tracewright.core.weak.take_due_finalizer", "tw_take_due_finalizer", "", "r", READS | WRITES),
    External("tracewright.core.weak.account_memory", "tw_account_memory", "i", "v", WRITES | COLLECTS),
    External("tracewright.core.memory.prefetch", "tw_prefetch", "i", "v", WRITES),  # WRITES: must not be dropped
    External("tracewright.core.memory.call_native", "tw_call_native", "iiiii", "i", ANYTHING, True),
    _system("argument", "i", "r", READS | COLLECTS),
    _system("write_output", "r", "v", WRITES | RAISES),
    _system("flush_output", "", "v", WRITES | RAISES),
    _system("write_error", "r", "v", WRITES),
    _system("read_file", "r", "r", READS | COLLECTS | RAISES),
    _system("write_file", "rr", "v", WRITES | RAISES),
    _system("canonical_path", "r", "r", READS | COLLECTS | RAISES),
    _system("read_line", "", "r", READS | WRITES | COLLECTS),
    _system("error_text", "i", "r", COLLECTS),
    _system("monotonic_nanoseconds", "", "i", READS | WRITES),
    _system("wall_nanoseconds", "", "i", READS | WRITES),
    _system("environment_variable", "r", "r", READS | COLLECTS),
    _system("is_terminal", "i", "i", READS),
    _terminal("set_raw_input", "i", "i", READS | WRITES),
    _terminal("read_keys", "", "r", READS | WRITES | COLLECTS),
    _terminal("terminal_columns", "", "i", READS),
    _system("wait_for_descriptors", "rii", "i", READS | WRITES | RAISES, True),
    _system("poll_interrupt", "", "v", READS | WRITES | RAISES),
    _system("leave", "i", "v", WRITES),
    _files("open_descriptor", "ri", "i", READS | WRITES),
    _files("close_descriptor", "i", "v", WRITES),
    _files("read_descriptor", "iii", "r", READS | WRITES | COLLECTS),
    _files("write_descriptor", "iir", "v", WRITES),
    _files("truncate_file", "ri", "v", WRITES),
    _files("file_status", "rir", "v", READS | WRITES, True),
    _files("list_folder", "r", "r", READS | COLLECTS),
    _files("make_folder", "r", "v", WRITES),
    _files("remove_file", "r", "v", WRITES),
    _files("remove_folder", "r", "v", WRITES),
    _files("rename_path", "rr", "v", WRITES),
    _files("current_folder", "", "r", READS | COLLECTS),
    _files("change_folder", "r", "v", WRITES),
    _files("environment", "", "r", READS | COLLECTS),
    _files("set_environment_variable", "rr", "v", WRITES),
    External(
        "tracewright.core.processes.run_commands",
        "tw_run_commands",
        "rrriir",
        "r",
        READS | WRITES | COLLECTS | RAISES,
        True,
    ),
    External("tracewright.core.foreign.open_library", "tw_open_library", "ri", "i", READS | WRITES),
    External("tracewright.core.foreign.error_number", "tw_error_number", "", "i", READS | WRITES),
    External("tracewright.core.foreign.bytes_at", "tw_bytes_at", "ii", "r", READS | COLLECTS),
    External("tracewright.core.foreign.text_at", "tw_text_at", "i", "r", READS | COLLECTS),
    External("tracewright.core.foreign.allocate", "tw_allocate_foreign", "i", "i", WRITES | RAISES),
    External("tracewright.core.foreign.release", "tw_release_foreign", "i", "v", WRITES),
    External("tracewright.core.embedding.take_request", "tw_take_request", "", "r", READS | COLLECTS),
    External("tracewright.core.embedding.give_reply", "tw_give_reply", "r", "v", WRITES | RAISES),
)

BY_PYTHON_NAME: Final = {external.python: external for external in EXTERNALS}
