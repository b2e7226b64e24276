"""Ruff inside this process: its library, loaded through `tracewright.load`."""

import math
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tracewright
from tracewright.core.embedding import Request
from tracewright.embed import (
    EmbeddedLanguage,
    EmbedError,
    GuestError,
    LimitExceeded,
    Plain,
    counters,
    read_plain,
    write_plain,
)
from tracewright.guest.embedding import answer
from tracewright.guest.plain_values import PlainReader, PlainWriter
from tracewright.tools.trace_view import show_log
from tracewright_ruff.embedding import EmbeddedRuff
from tracewright_testing.native import loaded_once, ruff_library

__all__ = ["ruff_library"]

FIBONACCI = "func fib(n) { if n <= 1 { return n }\n return fib(n - 1) + fib(n - 2) }\n"
ENDLESS = "func endless() { i := 0\n while true { i := i + 1 } }\n"
HOARDER = "func hoard() { xs := []\n while true { xs := push(xs, [1, 2, 3]) } }\n"


@pytest.fixture(scope="session")
def loaded(ruff_library: Path) -> EmbeddedLanguage:
    return loaded_once(ruff_library)


@pytest.fixture
def ruff(loaded: EmbeddedLanguage) -> EmbeddedLanguage:
    loaded.reset()
    return loaded


# --- programs --------------------------------------------------------------------------------------------------------
def test_a_program_is_run_and_its_output_caught(ruff: EmbeddedLanguage) -> None:
    result = ruff.run('print(1 + 1)\neprint("oh")\nprint("é")')
    assert (result.exit_code, result.stdout, result.stderr) == (0, "2\né\n", "oh\n")


@pytest.mark.parametrize(
    ("source", "code", "message"),
    [("exit(7)", 7, ""), ("x := := 1", 3, "<embedded>:1:6"), ("print(1 / 0)", 4, "Division by zero")],
)
def test_exit_codes_are_those_of_the_command(ruff: EmbeddedLanguage, source: str, code: int, message: str) -> None:
    result = ruff.run(source)
    assert result.exit_code == code
    assert message in result.stderr


def test_standard_input(ruff: EmbeddedLanguage) -> None:
    assert ruff.run('print(input("name? "))', input="Ada\nrest\n").stdout == "name? Ada\n"
    assert ruff.run('print(input(""))', input="Grace\n").stdout == "Grace\n", "what was left over is gone"


def test_globals_stay_until_a_reset(ruff: EmbeddedLanguage) -> None:
    ruff.run("count := 41")
    assert ruff.run("count := count + 1\nprint(count)").stdout == "42\n"
    ruff.reset()
    assert ruff.run("print(count)").exit_code == 4


# --- calls -----------------------------------------------------------------------------------------------------------
PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(1 << 63), (1 << 63) - 1)
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(PLAIN)
def test_plain_values_read_back(value: Plain) -> None:
    writer = PlainWriter()
    write_plain(value, writer)
    assert read_plain(PlainReader(writer.finish())) == value


@settings(deadline=None, max_examples=200)
@given(value=PLAIN)
def test_values_come_back_as_they_went(loaded: EmbeddedLanguage, value: Plain) -> None:
    loaded.run("func echo(x) { return x }")
    back = loaded.call("echo", value)
    assert back == value
    assert repr(back) == repr(value), "True is not 1, 1.0 is not 1, keys keep their order"


def test_nan_is_a_plain_value(ruff: EmbeddedLanguage) -> None:
    ruff.run("func same(x) { return x }")
    assert math.isnan(ruff.call("same", math.nan))


def test_functions_and_builtins_are_called_by_name(ruff: EmbeddedLanguage) -> None:
    ruff.run('func greet(name, times) { print("calling")\n return [name, times * 2] }')
    assert ruff.call("greet", "Ada", 3) == ["Ada", 6]
    assert ruff.call("len", [1, 2, 3]) == 3


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("missing", [], "there is no function 'missing'"),
        ("one", [], "one expects 1 arguments, got 0"),
        ("one", [0], "Division by zero"),
        ("give_up", [], "exit(5)"),
        ("opaque", [], "no plain form"),
        ("PI", [], "Cannot call non-function"),
    ],
)
def test_failing_calls(ruff: EmbeddedLanguage, name: str, arguments: list[Plain], message: str) -> None:
    ruff.run("func one(x) { return 1 / x }\nfunc give_up() { exit(5) }\nfunc opaque() { return one }")
    with pytest.raises(GuestError, match=message.replace("(", r"\(").replace(")", r"\)")):
        ruff.call(name, *arguments)
    assert ruff.call("one", 1) == 1, "and the language goes on"


def test_what_cannot_cross_is_refused_before_it_is_sent(ruff: EmbeddedLanguage) -> None:
    with pytest.raises(OverflowError):
        ruff.call("len", 1 << 63)
    with pytest.raises(TypeError, match="keys must be texts"):
        ruff.call("len", {1: 2})  # type: ignore[dict-item]
    with pytest.raises(TypeError, match="set is no plain value"):
        ruff.call("len", {1})  # type: ignore[arg-type]


# --- limits ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("knobs", ["threshold=1000000000", "threshold=2"])
def test_a_time_limit_ends_an_endless_loop(ruff: EmbeddedLanguage, knobs: str) -> None:
    ruff.run(ENDLESS)
    ruff.configure(knobs)
    with pytest.raises(LimitExceeded, match=r"not done after 0\.2 seconds"):
        ruff.call("endless", time_limit=0.2)
    ruff.configure("threshold=1000")
    with pytest.raises(LimitExceeded) as caught:
        ruff.run('print("before")\nwhile true { }', time_limit=0.2)
    assert caught.value.stdout == "before\n"
    assert ruff.run("print(1)").stdout == "1\n"


def test_a_memory_limit_is_an_error_of_the_guest(ruff: EmbeddedLanguage) -> None:
    ruff.run(HOARDER)
    for _ in range(3):
        with pytest.raises(GuestError, match="Out of memory"):
            ruff.call("hoard", memory_limit=48 << 20)
    assert ruff.run("hoard()", memory_limit=48 << 20).exit_code == 4
    assert ruff.run("print(1)").stdout == "1\n"


def test_an_output_limit(ruff_library: Path, ruff: EmbeddedLanguage) -> None:
    with pytest.raises(LimitExceeded, match="bytes of output") as caught:
        ruff.run('while true { print("again and again and again and again") }')
    assert len(caught.value.stdout) == 64 << 20
    assert ruff.run("print(1)").stdout == "1\n"


# --- the JIT ---------------------------------------------------------------------------------------------------------
def test_statistics_count_what_the_jit_does(ruff: EmbeddedLanguage) -> None:
    before = ruff.statistics()
    ruff.run(FIBONACCI)
    assert ruff.call("fib", 24) == 46368
    after = ruff.statistics()
    assert after["functions"] > before["functions"]
    assert after["machine code bytes"] > before["machine code bytes"]
    assert "trace" in show_log(ruff.traces())
    assert any("fib" in trace.location for trace in ruff.traces().traces)


def test_knobs(ruff: EmbeddedLanguage) -> None:
    with pytest.raises(ValueError, match="speed"):
        ruff.configure("speed=11")


def test_counters_are_read_from_the_statistics() -> None:
    assert counters("tracing      0.125 ms   3.0 %\nloops      12\nmachine code bytes   4096\n") == {
        "loops": 12,
        "machine code bytes": 4096,
    }


# --- one language, one request at a time -----------------------------------------------------------------------------
def test_there_is_room_for_one(ruff_library: Path, ruff: EmbeddedLanguage) -> None:
    with pytest.raises(EmbedError, match="already lives in this process"):
        tracewright.load(ruff_library)
    assert ruff.run("print(1)").stdout == "1\n"


def test_a_second_thread_is_told_that_the_language_is_busy(ruff: EmbeddedLanguage) -> None:
    ruff.run(ENDLESS)
    refused: list[str] = []

    def disturb() -> None:
        try:
            ruff.run("print(2)")
        except EmbedError as error:
            refused.append(str(error))

    timer = threading.Timer(0.1, disturb)
    timer.start()
    with pytest.raises(LimitExceeded):
        ruff.call("endless", time_limit=0.5)
    timer.join()
    assert refused == ["the language is answering another request; it has one thread"]


# --- hosted ----------------------------------------------------------------------------------------------------------
def test_hosted_and_native_replies_are_the_same_bytes(ruff: EmbeddedLanguage) -> None:
    """The same request, answered by the language as Python."""
    program = 'func pair(x) { return [x, {"k": x}] }'
    hosted = EmbeddedRuff()
    run = PlainWriter()
    run.put_word(Request.RUN)
    run.put_key(program)
    assert PlainReader(answer(hosted, run.finish())).take_word() == ruff.run(program).exit_code == 0
    call = PlainWriter()
    call.put_word(Request.CALL)
    call.put_key("pair")
    call.put_word(1)
    call.put_float(2.5)
    reply = PlainReader(answer(hosted, call.finish()))
    assert reply.take_tag() == 2
    assert read_plain(reply) == ruff.call("pair", 2.5) == [2.5, {"k": 2.5}]


# --- names that mean builtins until a later program binds them -------------------------------------------------------
def test_a_later_program_may_bind_the_name_of_a_builtin(ruff: EmbeddedLanguage) -> None:
    ruff.run(
        "func size(xs) { return len(xs) }\n"
        "func make() { return func(xs) { func inner(ys) { return len(ys) }\n return inner(xs) } }\n"
        "kept := make()\nprint(size([1, 2]), kept([1]))"
    )
    assert ruff.run("print(len([7]), size([7]), kept([7]))").stdout == "1 1 1\n"
    assert (
        ruff.run("func len(x) { return 99 }\nprint(len([1]), size([1]), kept([1]), make()([1]))").stdout
        == "99 99 99 99\n"
    )
    assert ruff.run("print(len([7]), size([7]), kept([7]))").stdout == "99 99 99\n"
    ruff.run("map := 5\nfunc mapped() { return map }")
    assert ruff.run("print(mapped(), map)").stdout == "5 5\n"


def test_a_program_that_grows_is_told_about_its_memory_limit(ruff: EmbeddedLanguage) -> None:
    for source in (
        "a := []\nwhile true { a := push(a, 1) }",
        "func f() { a := []\n while true { a := push(a, 1) } }\nf()",
    ):
        result = ruff.run(source, memory_limit=64 << 20, time_limit=20.0)
        assert (result.exit_code, result.stderr.splitlines()[0]) == (4, "[RUFVM001] [vm] Runtime Error: Out of memory")
