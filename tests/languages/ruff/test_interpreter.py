"""The compiler and the interpreter, hosted: what names mean, who owns what, how errors find their handlers."""

import re
from pathlib import Path

import pytest

import tracewright_ruff.interpreter
from tracewright.guest.instructions import field_a, field_b, field_c, signed_b, signed_c, wide
from tracewright_ruff.builtins.registry import new_session
from tracewright_ruff.containers import W_Container
from tracewright_ruff.disassembly import disassemble
from tracewright_ruff.errors import CompileError
from tracewright_ruff.objects import W_Array, W_Dict, W_Queue, W_Set, W_Stack, W_Struct
from tracewright_ruff.opcodes import OPCODES, Op
from tracewright_testing.guest_programs import load_programs
from tracewright_testing.ruff_session import compile_source, run_source

PROGRAMS = load_programs(Path(__file__).parent / "programs", "*.ruff")


def printed(source: str) -> list[str]:
    run = run_source(source)
    assert run.error == ""
    return run.printed


# --- names -----------------------------------------------------------------------------------------------------------
NAMES = {
    "a global that exists is assigned, one that does not is a local": (
        """
        func set() { total := 5  fresh := 6  return total + fresh }
        total := 1
        print(set(), total)
        try { print(fresh) } except e { print(e.message) }
        """,
        ["11 5", "Undefined variable: fresh"],
    ),
    "the same function before and after the global is bound": (
        """
        func work(n) { result := 1  i := 0  while i < n { result := result + i  i := i + 1 }  return result }
        result := work(4)
        print(result)
        print(work(3), result)
        print(work(10), result)
        """,
        ["7", "4 4", "46 46"],
    ),
    "a local may be missing on one path": (
        """
        func f(c) { if c { x := 1 }  return x }
        print(f(true))
        try { print(f(false)) } except e { print(e.message, e.stack) }
        """,
        ["1", "Undefined variable: x [f]"],
    ),
    "a missing local leaves the builtin visible": (
        """
        func f(c) { if c { len := func(x) { return 42 } }  return len([1]) }
        print(f(true), f(false))
        """,
        ["42 1"],
    ),
    "variables of an if at top level stay there": (
        """
        if true { inner := 1  print(inner) }
        try { print(inner) } except e { print(e.message) }
        kept := 0
        if true { kept := 2 }
        print(kept)
        """,
        ["1", "Undefined variable: inner", "2"],
    ),
    "a closure over a variable that is assigned later has its own": (
        """
        func outer() {
            get := func() { late := 1  return late }
            late := 5
            return [get(), late]
        }
        print(outer())
        """,
        ["[1, 5]"],
    ),
    "a closure made in a loop may or may not capture": (
        """
        func outer() {
            found := []
            i := 0
            while i < 2 {
                found := push(found, func() { seen := (seen ?? 0) + 1  return seen })
                seen := 10
                i := i + 1
            }
            return found
        }
        fs := outer()
        second := fs[1]
        try { fs[0]() } except e { print(e.message) }
        print(second(), second())
        """,
        ["Undefined variable: seen", "11 12"],
    ),
    "nested functions call themselves and do not leak": (
        """
        func outer(n) {
            func down(k) { if k == 0 { return "done" }  return down(k - 1) }
            return down(n)
        }
        print(outer(3))
        try { down(1) } except e { print(e.message) }
        """,
        ["done", "Undefined variable: down"],
    ),
    "fields in a method without self go before globals, parameters before fields": (
        """
        x := "global"
        struct P { x: int, y: int
            func both(y) { x := x + 1  return [x, y] }
            func outside() { return x } }
        p := P { x: 1, y: 2 }
        q := P { y: 2 }
        print(p.both(7), p, q.outside(), x)
        """,
        ["[2, 7] P { x: 1, y: 2 } global global"],
    ),
    "bindings know their kind when the code runs": (
        """
        let a := [1]
        const B := 2
        func f() { a := 3 }
        func g() { a[0] := 3 }
        func h() { B := 3 }
        for one in [f, g, h] { try { one() } except e { print(e.message) } }
        try { let a := 4 } except e { print("no") }
        """,
        [
            "Cannot reassign immutable let binding: a",
            "Cannot mutate immutable let binding: a",
            "Cannot reassign const binding: B",
        ],
    ),
}


@pytest.mark.parametrize("name", NAMES)
def test_names(name: str) -> None:
    source, expected = NAMES[name]
    assert printed(source) == expected


def test_locals_are_slots_and_globals_cells() -> None:
    """The hot loop of a function must not look anything up."""
    session = new_session()
    code = compile_source(session, "func f(n) { s := 0  i := 0  while i < n { s := s + i  i := i + 1 }  return s }")
    text = disassemble(code.codes[0])
    assert "LOAD" not in text.replace("LOAD_INT", "")
    assert [line.split()[1] for line in text.splitlines()[1:]] == [
        "LOAD_INT", "LOAD_INT", "UNLESS_LESS", "ADD", "ADD_INT", "LOOP", "RETURN",
    ]  # fmt: skip


def test_top_level_loops_use_slots_for_what_no_function_sees() -> None:
    text = disassemble(compile_source(new_session(), "i := 0  while i < 10 { i := i + 1 }  print(i)"))
    assert "GLOBAL" not in text


def test_a_global_assigned_once_is_fixed_until_the_second_time() -> None:
    session = new_session()
    run_source("limit := 10  count := 0  func f() { return limit + count }  count := 1", session)
    cells = session.globals.cells
    assert cells["limit"].settled.as_int() == 10
    assert not cells["count"].settled.is_int()
    assert cells["f"].settled.is_object()


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("func f(a, a) {}", "Duplicate declaration in the same scope: a"),
        ("func f() { let a := 1  let a := 2 }", "Duplicate declaration in the same scope: a"),
        ("func f(a) { let a := 1 }", "Duplicate declaration in the same scope: a"),
        ("break", "break can only be used inside a loop"),
        ("func f() { while true { g := func() { continue } } }", "continue can only be used inside a loop"),
        ("throw(1, 2)", "throw() requires exactly one argument"),
        ("x := Result::Ok()", "Result::Ok(...) requires exactly one argument"),
        ("x := Option::None(1)", "Option::None takes no arguments"),
        ("yield 1", "Yield can only be used inside generator functions"),
    ],
)
def test_compile_errors(source: str, message: str) -> None:
    with pytest.raises(CompileError) as caught:
        compile_source(new_session(), source)
    assert caught.value.message == message


# --- ownership -------------------------------------------------------------------------------------------------------
# Each program with the number of times that it may copy a container.
COPIES = {
    "setting elements of a local": ("func f(n) { a := range(n) for i in range(n) { a[i] := i * 2 } return a } f(50)", 0),
    "setting elements of a global": ("a := range(50) func f() { for i in range(50) { a[i] := 0 } } f()", 0),
    "pushing to a local": ("func f(n) { a := [] for i in range(n) { a := push(a, i) } return a } f(50)", 0),
    "pushing to a global with a call between": (
        "a := [] func g(x) { return x } for i in range(50) { a := push(a, g(i)) } print(len(a))",
        0,
    ),
    "pushing what is read of it": (
        "func f() { a := [0] for i in range(50) { a := push(a, a[i] + len(a)) } return a } f() "
        "b := [[0]] for i in range(50) { b := push(b, [b[i], b[0][0]]) }",
        0,
    ),
    "pushing to an element with a constant index": ("qs := [[], []] for i in range(50) { qs[1] := push(qs[1], i) qs[-2] := push(qs[-2], i) }", 0),
    "pushing to an element that a path selects": (
        'p := P { dest: 1, to: "k" } qs := [[], [[], []]] d := {"k": []} '
        "for i in range(50) { qs[p.dest][1] := push(qs[p.dest][1], i) d[p.to] := push(d[p.to], i) qs[qs[p.dest][1][0]] := push(qs[qs[p.dest][1][0]], i) }",
        0,
    ),
    "popping in a function": (
        "func f() { st := range(50) t := 0 while len(st) > 0 { r := pop(st)  st := r[0]  t := t + r[1] } return t } f()",
        0,
    ),
    "removing, with the item first": (
        "func f() { d := {} for i in range(50) { d[i] := i } for i in range(50) { let r := remove(d, i)  x := r[1]  d := r[0] } return d } f()",
        0,
    ),
    "queues and stacks": (
        "func f() { q := Queue() s := Stack() for i in range(50) { q := queue_enqueue(q, i) s := stack_push(s, i) } "
        "for i in range(50) { a := queue_dequeue(q) q := a[0] b := stack_pop(s) s := b[0] c := remove_at(range(3), 0) } } f()",
        0,
    ),
    "pushing to an element with a computed index": (
        "w := 2 g := [[], [], []] for i in range(50) { g[w * 1 + 0] := push(g[w * 1 + 0], i) g[len(g) - 2] := push(g[len(g) - 2], i) g[to_int(w)] := push(g[to_int(w)], i) }",
        0,
    ),
    "popping an element": (
        "func f() { p := P { xs: range(50) } a := [[range(50)]] d := {\"k\": range(50)} for i in range(50) { "
        "r := pop(p.xs) p.xs := r[0] r := pop(a[0][i * 0]) a[0][i * 0] := r[0] r := remove_at(d.k, 0) d.k := r[0] } } f()",
        0,
    ),
    "popping an element of a global": (
        "p := P { xs: range(50) } func f() { r := pop(p.xs) p.xs := r[0] return r[1] } for i in range(50) { f() }",
        0,
    ),
    "popping a parameter": (
        "func f(st) { t := 0 while len(st) > 0 { r := pop(st)  st := r[0]  t := t + r[1] } return t } f(range(50))",
        0,
    ),
    "taking apart": (
        "func f() { st := range(50) p := P { xs: range(50) } while len(st) > 0 { let [rest, x] := pop(st) st := rest "
        "let [others, y] := pop(p.xs) p.xs := others } } f()",
        0,
    ),
    "pushing in a function to a global": ("a := [] func f(x) { a := push(a, x) } for i in range(50) { f(i) }", 0),
    "pushing to a captured variable": (
        "func make() { a := [] return func(x) { a := push(a, x) return 0 } } f := make() for i in range(50) { f(i) }",
        1,
    ),
    "a path replaced by a builtin": (
        'struct P { xs: int } p := P { xs: [] } d := {"k": []} '
        'for i in range(50) { p.xs := push(p.xs, i) d["k"] := push(d["k"], i) }',
        0,
    ),
    "nested elements": ("m := [[1, 2], [3, 4]] for i in range(50) { m[1][0] := i m[0] := [i] }", 0),
    "lending to a function that reads": (
        "func get(a, i) { return a[i] } func f() { a := range(50) for i in range(1, 50) { a[i] := get(a, i - 1) } } f()",
        0,
    ),
    "lending a global to a function that reads": (
        "func get(a, i) { return a[i] } a := range(50) for i in range(1, 50) { a[i] := get(a, i - 1) }",
        0,
    ),
    "giving a variable to a function and back": (
        "func put(a, i) { a[i] := i return a } func f() { a := range(50) for i in range(50) { a := put(a, i) } } f()",
        0,
    ),
    "passing temporaries on": (
        "func put(a, x) { a := push(a, x) return a } func two() { return put(put([], 1), 2) } print(two())",
        0,
    ),
    "a sort of a parameter copies it once": (
        "func swap_all(a) { for i in range(25) { t := a[i] a[i] := a[49 - i] a[49 - i] := t } return a } "
        "b := range(50) c := swap_all(b) print(b[0], c[0])",
        1,
    ),
    "reading a loop variable": ("func f(xs) { t := 0 for x in xs { t := t + x[0] } return t } a := [[1]] f(a) a[0][0] := 2", 0),
    "two variables part with one copy": ("a := range(50) b := a for i in range(50) { b[i] := 0 }", 1),
    "dictionaries in place": ('func f() { d := {} for i in range(50) { d[i] := i d["k"] := i } return d } f()', 0),
}  # fmt: skip


@pytest.mark.parametrize("open_world", [False, True], ids=["program", "interactive"])
@pytest.mark.parametrize("name", COPIES)
def test_copies(name: str, open_world: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    source, allowed = COPIES[name]
    copies: list[W_Container] = []
    for kind in (W_Array, W_Dict, W_Struct, W_Set, W_Queue, W_Stack):
        original = kind.copied

        def counted(self: W_Container, original: object = original) -> W_Container:
            copies.append(self)
            assert callable(original)
            result = original(self)
            assert isinstance(result, W_Container)
            return result

        monkeypatch.setattr(kind, "copied", counted)
    assert run_source(source, open_world=open_world).error == ""
    assert len(copies) == allowed


def test_appending_to_strings_is_not_quadratic() -> None:
    run = run_source(
        'func f(n) { s := "" i := 0 while i < n { s := s + "ab" i := i + 1 } return s } x := f(20000) print(len(x), x[39999])'
    )
    assert run.printed == ["40000 b"]


# --- errors ----------------------------------------------------------------------------------------------------------
def test_errors_know_the_functions_across_natives() -> None:
    run = run_source(
        """
        func inner(x) { return x / 0 }
        func outer() { return map([1], func(x) { try { inner(x) } except e { print(e.message, e.stack) } return inner(x) }) }
        outer()
        """
    )
    assert run.printed == ["Division by zero [outer, <lambda>, inner]"]
    assert (run.error, run.names) == ("Division by zero", ["outer", "<lambda>", "inner"])


def test_deep_recursion_is_bounded_by_memory_only_and_can_be_caught() -> None:
    source = """
        func down(n) { if n == 0 { return 0 }  return 1 + down(n - 1) }
        print(down(3000))
        func forever(n) { return 1 + forever(n + 1) }
        try { forever(0) } except e { print(e.message) }
        print(down(10))
    """
    session = new_session()
    session.stack.limit = 100_000
    run = run_source(source, session)
    assert run.printed[0] == "3000"
    assert re.fullmatch(r"Maximum VM call stack depth of \d{4,5} exceeded while calling forever", run.printed[1])
    assert run.printed[2] == "10"


def test_handlers_cover_only_their_own_code() -> None:
    source = """
        func f(n) {
            i := 0
            while i < 3 {
                i := i + 1
                try { if i == n { break }  if i == 1 { continue }  throw("t" + to_string(i)) } except e { print(e.message) }
            }
            return 1 / 0
        }
        try { f(3) } except e { print(e.message) }
    """
    assert printed(source) == ["t2", "Division by zero"]


def test_a_failed_operation_leaves_its_target_alone() -> None:
    source = """
        a := [1, 2]
        b := a
        try { a[5] := 3 } except e { print(e.message, a, b) }
        try { a := push(a[9], 1) } except e { print(e.message, a) }
        try { a := a + 1 } except e { print(e.message, a) }
    """
    assert printed(source) == [
        "Index out of bounds: 5 [1, 2] [1, 2]",
        "Index out of bounds: 9 [1, 2]",
        "Invalid binary operation: array + int [1, 2]",
    ]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("9223372036854775807 + 1", "Integer overflow: 9223372036854775807 + 1"),
        ("(0 - 9223372036854775807) - 2", "Integer overflow: -9223372036854775807 - 2"),
        ("4611686018427387904 * 2", "Integer overflow: 4611686018427387904 * 2"),
        ("(0 - 9223372036854775807 - 1) / (0 - 1)", "Integer overflow: -9223372036854775808 / -1"),
        ("(0 - 9223372036854775807 - 1) % (0 - 1)", "Integer overflow: -9223372036854775808 % -1"),
        ("-(0 - 9223372036854775807 - 1)", "Integer overflow: -(-9223372036854775808)"),
        ("1 / 0", "Division by zero"),
        ("1.5 % 0", "Modulo by zero"),
        ("!1", "Invalid unary operation: ! Int(1)"),
        ('"a" < 1', "Invalid binary operation: string < int"),
        ("null()", "Cannot call non-function; the value being called is not callable. Pass a function, closure, or "
         "imported callable value instead."),
    ],
)  # fmt: skip
def test_messages(source: str, message: str) -> None:
    assert run_source(f"x := ({source})").error == message


# --- struct methods --------------------------------------------------------------------------------------------------
def test_methods_can_be_replaced_between_calls() -> None:
    source = """
        struct S { func m(self) { return 1 } }
        func call(s) { return s.m() }
        s := S { n: 0 }
        print(call(s), call(s))
        struct S { func m(self) { return 2 } }
        print(call(s))
        s.m := func() { return 3 }
        print(call(s))
    """
    assert printed(source) == ["1 1", "2", "3"]


# --- the table of bytecodes ------------------------------------------------------------------------------------------
def test_every_bytecode_has_a_handler() -> None:
    source = Path(tracewright_ruff.interpreter.__file__).read_text()
    handled = set(re.findall(r"\bOp\.([A-Z_]+)", source))
    assert handled == {row.name for row in OPCODES}


def test_rows_are_numbered_as_the_class_says() -> None:
    assert [getattr(Op, row.name) for row in OPCODES] == list(range(len(OPCODES)))


def test_words_are_taken_apart_again() -> None:
    word = Op.ADD_INT | 65535 << 8 | 32768 << 24 | 65535 << 40
    assert (field_a(word), field_b(word), field_c(word)) == (65535, 32768, 65535)
    assert (signed_b(word), signed_c(word)) == (-32768, -1)
    assert wide(word) == 32768 | 65535 << 16
    assert signed_b(5 << 24) == 5


REMAINDER = """
a := 1  b := 2  while a == b {}  while a != b { a := b }  while a <= 3 { a := 4 }  while b >= 3 {}  while a > b { a := b }
while b >= a { b := b - 1 }  while a < 0 {}  if a != 2 {}  if a > 3 {}  if a < b {}  if a <= b {}
import m  try { m.f() } except e { }
x := a == 1  x := a != 1  x := a <= b  x := a > b  x := a >= b  y := await a
async func f() { return [1] }
func outer() {
    xs := [1]
    if a > 1 { late := [1] }
    func inner() { xs[0] := 1  late[0] := 2  return late }
    return inner
}
func captures() { perhaps := 1  return func() { return perhaps } }
captures()
perhaps := 2
for v in [[1]] { v[0] := 2 }
"""


def test_the_programs_use_every_bytecode() -> None:
    """And the disassembler can show all of it."""
    seen: set[str] = set()
    for source in [REMAINDER, *(program.path.read_text() for program in PROGRAMS)]:
        try:
            code = compile_source(new_session(), source)
        except (CompileError, AssertionError):
            continue
        for line in disassemble(code).splitlines():
            seen.update(line.split()[1:2])
    assert {row.name for row in OPCODES} - seen == set()
