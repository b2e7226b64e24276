"""Hand-built graphs compile to programs that compute what the graphs mean."""

import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tracewright.core import operations as ops
from tracewright.core.arrays import array_of
from tracewright.core.source_span import NOWHERE, SourceSpan
from tracewright.core.value import Value
from tracewright.tools.modules import import_file
from tracewright.tools.toolchain import build_program
from tracewright.translate.emit_c.build import Build
from tracewright.translate.emit_c.copying import FEATHER
from tracewright.translate.emit_c.decoding import left_to_handlers
from tracewright.translate.emit_c.dispatch import find_dispatches
from tracewright.translate.emit_c.functions import emit_function
from tracewright.translate.emit_c.modules import OWN_FILE, together
from tracewright.translate.emit_c.names import NameTable, identifier
from tracewright.translate.emit_c.text import FunctionText, References, float_literal, int_literal
from tracewright.translate.emit_c.view import ProgramView
from tracewright.translate.flow.externals import BY_PYTHON_NAME
from tracewright.translate.flow.graph import Constant, Edge, Raise, Switch
from tracewright.translate.flow.types import INT, OBJECT, VALUE, ClassLayout, FieldLayout, Instance, MethodSlot
from tracewright_testing.native_graphs import Graph, HandMade, basic_layouts, number_classes

TABLE = basic_layouts()
TABLE.array(INT)
number_classes(TABLE)


def program(*graphs: Graph) -> HandMade:
    return HandMade(graphs[0].function, [graph.function for graph in graphs], TABLE.layouts)


def sum_below() -> Graph:
    """sum(range(limit))"""
    graph = Graph("sum_below", "i")
    head, body, done = graph.block("ii"), graph.block(), graph.block()
    graph.entry.jump(head.to(0, 0))
    head.branch(head.op(ops.INT_LT, head[1], graph.entry[0]), body.to(), done.to())
    total = body.op(ops.INT_ADD, head[0], head[1])
    body.jump(head.to(total, body.op(ops.INT_ADD, head[1], 1)))
    done.give(head[0])
    return graph


def test_a_loop(tmp_path: Path) -> None:
    main, callee = Graph("main"), sum_below()
    main.entry.give(main.entry.op(ops.CALL, 15, immediate=callee.function))
    assert program(main, callee).run(tmp_path).returncode == 105


def test_block_parameters_are_assigned_at_once(tmp_path: Path) -> None:
    """Rotating three values each time round needs a helper variable: 7 turns of (1, 2, 3) end in (2, 3, 1)."""
    main = Graph("main")
    head, body, done = main.block("iiii"), main.block(), main.block()
    main.entry.jump(head.to(1, 2, 3, 0))
    head.branch(head.op(ops.INT_LT, head[3], 7), body.to(), done.to())
    body.jump(head.to(head[1], head[2], head[0], body.op(ops.INT_ADD, head[3], 1)))
    high = done.op(ops.INT_MUL, head[0], 100)
    middle = done.op(ops.INT_MUL, head[1], 10)
    done.give(done.op(ops.INT_SUB, done.op(ops.INT_ADD, done.op(ops.INT_ADD, high, middle), head[2]), 0))
    assert program(main).run(tmp_path).returncode == 231


def factorial() -> Graph:
    graph = Graph("factorial", "i")
    base, step = graph.block(), graph.block()
    graph.entry.branch(graph.entry.op(ops.INT_LE, graph.entry[0], 1), base.to(), step.to())
    base.give(1)
    inner = step.op(ops.CALL, step.op(ops.INT_SUB, graph.entry[0], 1), immediate=graph.function)
    step.give(step.op(ops.INT_MUL_OVF, inner, graph.entry[0]))
    return graph


@pytest.mark.parametrize(("argument", "code"), [(5, 120), (21, 77), (10**9, 88)])
def test_overflow_and_recursion_arrive_as_exceptions(tmp_path: Path, argument: int, code: int) -> None:
    """20! fits a word, 21! does not; a thousand million frames do not fit the stack."""
    main, callee = Graph("main"), factorial()
    handler, overflow, recursion, fine = main.block("r"), main.block(), main.block(), main.block()
    result = main.entry.op(ops.CALL, argument, immediate=callee.function, on_error=handler.to())
    main.entry.jump(fine.to())
    layout = TABLE.exception(OverflowError).layout
    handler.branch(handler.op(ops.INSTANCE_OF, handler[0], immediate=layout), overflow.to(), recursion.to())
    overflow.give(77)
    recursion.give(88)
    fine.give(result)
    assert program(main, callee).run(tmp_path).returncode == code


def test_an_uncaught_exception_is_an_internal_error(tmp_path: Path) -> None:
    main, callee = Graph("main"), factorial()
    main.entry.give(main.entry.op(ops.CALL, 30, immediate=callee.function))
    result = program(main, callee).run(tmp_path)
    assert result.returncode == 6
    assert result.stderr == "internal error: uncaught OverflowError: integer overflow\n"


UNCAUGHT = """
from tracewright.core.system import argument

def looked_up(table: dict[str, int], key: str) -> int:
    return table[key]

def checked(number: int) -> int:
    if number > 2:
        raise ValueError("too much")
    return number

def guarded(number: int) -> int:
    try:
        return checked(number)
    finally:
        looked_up({"x": 1}, "x")

def main() -> int:
    try:
        looked_up({}, "y")
    except KeyError:
        pass
    word = argument(0) or b""
    if word == b"key":
        return looked_up({"y": 1}, "x")
    if word == b"value":
        return guarded(3)
    return [1, 2][len(word)]
"""


def test_an_uncaught_exception_says_which_function_of_the_language_raised_it(tmp_path: Path) -> None:
    """What the library raises counts for who called it; that an exception passed a `finally` does not count."""
    (tmp_path / "lark.py").write_text(UNCAUGHT)
    build_program(import_file(str(tmp_path / "lark.py")).main, tmp_path / "lark", jit=False)
    for word, message in (
        ("key", "uncaught KeyError: 'x' (raised in lark.looked_up, lark.py:5)"),
        ("value", "uncaught ValueError: too much (raised in lark.checked, lark.py:9)"),
        ("index", "uncaught IndexError: list index out of range (raised in lark.main, lark.py:28)"),
    ):
        finished = subprocess.run([tmp_path / "lark", word], capture_output=True, text=True, check=False)
        assert finished.stderr == f"internal error: {message}\n"


def test_raise_in_a_block_goes_to_its_handler(tmp_path: Path) -> None:
    main = Graph("main")
    handler = main.block("ri")
    error = Constant(OverflowError("x"), "r", TABLE.exception(OverflowError))
    main.entry.block.terminator = Raise(error, NOWHERE, handler.to(41))
    handler.give(handler.op(ops.INT_ADD, handler[1], 1))
    assert program(main).run(tmp_path).returncode == 42


def test_output_and_prebuilt_bytes(tmp_path: Path) -> None:
    main = Graph("main")
    write = BY_PYTHON_NAME["tracewright.core.system.write_output"]
    for text in (b'quote " backslash \\ newline\n', "\x7f\u00e9".encode(), b""):
        main.entry.op(ops.CALL_C, Constant(text, "r", TABLE.bytes), gives="v", immediate=write)
    main.entry.give(0)
    assert program(main).run(tmp_path).stdout == 'quote " backslash \\ newline\n\x7f\u00e9'


def values_program() -> Graph:
    """1 for each fact about Values that holds."""
    main = Graph("main")
    block = main.entry
    big = Constant(Value(1 << 60), "r", VALUE)
    half = Constant(Value(0.5), "r", VALUE)
    facts = [
        block.op(ops.INT_EQ, block.op(ops.VALUE_AS_INT, Constant(Value(-3), "r", VALUE)), -3),
        block.op(ops.INT_EQ, block.op(ops.VALUE_AS_INT, big), 1 << 60),
        block.op(ops.VALUE_IS_INT, big),
        block.op(ops.INT_EQ, block.op(ops.VALUE_IS_SMALL, big), 0),
        block.op(ops.INT_EQ, block.op(ops.VALUE_IS_OBJECT, big), 0),
        block.op(ops.VALUE_IS_FLOAT, half),
        block.op(ops.FLOAT_EQ, block.op(ops.VALUE_FLOAT, half, gives="f"), 0.5),
        block.op(ops.INT_EQ, block.op(ops.VALUE_IS_REF, Constant(Value.NULL, "r", VALUE)), 0),
        block.op(ops.INT_EQ, block.op(ops.VALUE_AS_INT, block.op(ops.VALUE_OF_INT, -(1 << 62), gives="r")), -(1 << 62)),
        block.op(ops.REF_EQ, block.op(ops.VALUE_OF_INT, 7, gives="r"), Constant(Value(7), "r", VALUE)),
        block.op(ops.REF_EQ, block.op(ops.VALUE_OF_FLOAT, 0.5, gives="r"), half),
    ]
    total = facts[0]
    for fact in facts[1:]:
        total = block.op(ops.INT_ADD, total, fact)
    block.give(total)
    return main


def test_values(tmp_path: Path) -> None:
    assert program(values_program()).run(tmp_path).returncode == 11


def interpreter(opcodes: int = 20) -> Graph:
    """A byte-code loop: opcode n adds n to the total, 0 stops, everything above the cases stops too."""
    graph = Graph("run", "r")
    head = graph.block("ii")
    stop = graph.block()
    graph.entry.jump(head.to(0, 0))
    word = head.op(ops.LOAD_ITEM, graph.entry[0], head[0], immediate=TABLE.array(INT).layout)
    opcode = head.op(ops.INT_AND, word, 31)
    cases: dict[int, Edge] = {0: stop.to()}
    for value in range(1, opcodes):
        handler = graph.block()
        total = handler.op(ops.INT_ADD, head[1], value)
        handler.jump(head.to(handler.op(ops.INT_ADD, head[0], 1), total))
        cases[value] = handler.to()
    head.block.terminator = Switch(opcode, cases, stop.to())
    stop.give(head[1])
    return graph


@pytest.mark.parametrize(("code", "total"), [([5, 7, 19, 0], 31), ([3, 25, 9], 3), ([0], 0), ([1] * 100 + [0], 100)])
def test_threaded_dispatch(tmp_path: Path, code: list[int], total: int) -> None:
    main, run = Graph("main"), interpreter()
    words = Constant(array_of(code), "r", TABLE.array(INT))
    main.entry.give(main.entry.op(ops.CALL, words, immediate=run.function))
    assert program(main, run).run(tmp_path).returncode == total


def test_each_handler_gets_its_own_indirect_jump() -> None:
    run = interpreter()
    assert [d.bounded for d in find_dispatches(run.function)] == [True]
    text = emit_function(run.function, ProgramView(program(run))).body
    assert text.count("goto *") >= 20
    assert find_dispatches(interpreter(12).function) == []


def frame_interpreter(mask: int = 31, words: int = 1) -> Graph:
    """A byte-code loop over code objects and frames: opcode n writes slot n of its frame to slot 0; opcode 0 enters a frame 8 slots
    higher, in which other code runs. An instruction has so many `words`, which are stepped over one by one."""
    layout = ClassLayout("Code", None, None, "fields", size=24)
    layout.fields["words"] = FieldLayout("words", OBJECT, "r", 8, layout, immutable="always")
    layout.fields["next"] = FieldLayout("next", Instance(layout), "r", 16, layout)
    graph = Graph("run", "rri", "r")
    head = graph.block("rii")
    code, stack, base = graph.entry.block.parameters
    for variable in (code, head[0]):
        variable.type = Instance(layout)
    graph.entry.jump(head.to(code, 0, base))
    all_words = head.op(ops.LOAD_FIELD, head[0], gives="r", immediate=layout.fields["words"])
    word = head.op(ops.LOAD_ITEM, all_words, head[1], immediate=TABLE.array(INT).layout)
    onward = graph.block()
    callee = onward.op(ops.LOAD_FIELD, head[0], gives="r", immediate=layout.fields["next"])
    callee.type = Instance(layout)
    onward.jump(head.to(callee, 0, onward.op(ops.INT_ADD, head[2], 8)))
    cases: dict[int, Edge] = {0: onward.to()}
    for value in range(1, 20):
        handler = graph.block()
        read = handler.op(ops.SLOT_LOAD, stack, handler.op(ops.INT_ADD, head[2], value), gives="r")
        handler.op(ops.SLOT_STORE, stack, head[2], read, gives="v")
        following = head[1]
        for _ in range(words):
            following = handler.op(ops.INT_ADD, following, 1)
        handler.jump(head.to(head[0], following, head[2]))
        cases[value] = handler.to()
    stop = graph.block()
    stop.give(stop.op(ops.SLOT_LOAD, stack, head[2], gives="r"))
    head.block.terminator = Switch(head.op(ops.INT_AND, word, mask), cases, stop.to())
    return graph


def test_the_frame_and_the_words_of_the_code_are_kept_beside_the_loop_s_variables() -> None:
    run = frame_interpreter()
    text = emit_function(run.function, ProgramView(program(run))).body
    assert (
        text.count("TW_WORD") == 3
    )  # the words on entry and of the new code, and what is loaded from the old: not in handlers
    assert text.count("tw_slots") == 1  # on entry: the new frame lies above the old
    assert len(re.findall(r"= \(\(int64_t \*\)frame_of_\w+\)\[1?\dL\];", text)) == 19
    assert len(re.findall(r"\(\(int64_t \*\)frame_of_\w+\)\[0\] = ", text)) == 19
    moves = re.findall(r"frame_of_(\w+) = frame_of_\w+;\s*words_of|words_of_\w+ = words_of_(\w+);", text)
    assert moves  # a call gives the loop both


def decoding_interpreter() -> Graph:
    """A byte-code loop that decodes two operands before the switch: opcode n below 18 adds n times `a` to the total, 18 jumps to `b`, 0 and
    all others stop."""
    graph = Graph("run", "r", "r")
    head, stop = graph.block("ii"), graph.block()
    graph.entry.jump(head.to(0, 0))
    word = head.op(ops.LOAD_ITEM, graph.entry[0], head[0], immediate=TABLE.array(INT).layout)
    a = head.op(ops.INT_AND, head.op(ops.INT_RSHIFT, word, 8), 255)
    b = head.op(ops.INT_RSHIFT, word, 16)
    following = head.op(ops.INT_ADD, head[0], 1)
    cases: dict[int, Edge] = {0: stop.to()}
    for value in range(1, 18):
        handler = graph.block()
        handler.jump(head.to(following, handler.op(ops.INT_ADD, head[1], handler.op(ops.INT_MUL, a, value))))
        cases[value] = handler.to()
    jump = graph.block()
    jump.jump(head.to(b, head[1]))
    cases[18] = jump.to()
    head.block.terminator = Switch(head.op(ops.INT_AND, word, 31), cases, stop.to())
    stop.give(head[1])
    return graph


def test_handlers_decode_what_they_use(tmp_path: Path) -> None:
    run = decoding_interpreter()
    [dispatch] = find_dispatches(run.function)
    left = left_to_handlers(run.function, dispatch)
    names = {handler.number: [i.name for i in chosen] for handler, chosen in left.by_handler.items()}
    assert names[3] == ["int_rshift", "int_and", "int_add"]  # opcode 1: `a`, and the next pc
    assert names[20] == ["int_rshift"]  # the jump: `b`
    assert names[2] == []  # the end
    text = emit_function(run.function, ProgramView(program(run))).body
    assert text.count("& 255L") == 17
    assert text.count(">> 16L") == 1
    main = Graph("main")
    code = [1 | 7 << 8, 18 | 3 << 16, 17 | 1 << 8, 2 | 50 << 8, 17 | 0 << 8, 0]
    words = Constant(array_of(code), "r", TABLE.array(INT))
    main.entry.give(main.entry.op(ops.CALL, words, immediate=run.function))
    assert program(main, run).run(tmp_path).returncode == 107


def test_what_the_dispatch_itself_needs_is_computed_before_it() -> None:
    run = decoding_interpreter()
    [dispatch] = find_dispatches(run.function)
    early = {i.name for block in dispatch.chain for i in block.instructions}
    late = {i.name for i in left_to_handlers(run.function, dispatch).instructions}
    assert late == {"int_rshift", "int_and", "int_add"} and "load_item" in early - late
    opcode = dispatch.switch.value
    assert all(i.result is not opcode for i in left_to_handlers(run.function, dispatch).instructions)


def test_without_a_dispatch_nothing_is_kept_beside_variables() -> None:
    graph = Graph("first", "ri", "r")
    stack, base = graph.entry.block.parameters
    graph.entry.give(graph.entry.op(ops.SLOT_LOAD, stack, graph.entry.op(ops.INT_ADD, base, 3), gives="r"))
    text = emit_function(graph.function, ProgramView(program(graph))).body
    assert "tw_slots" in text and "frame_of" not in text


def test_method_tables(tmp_path: Path) -> None:
    """Three classes, two implementations of one slot: a call finds that of the object's class."""
    table = basic_layouts()
    base = table.new_layout("Shape", None, None, "fields")
    table.add_field(base, "side", INT)
    square = table.new_layout("Square", None, base, "fields")
    circle = table.new_layout("Circle", None, base, "fields")
    number_classes(table)
    slot = MethodSlot("area", base, (), INT)
    first, second = Graph("first", "r"), Graph("second", "r")
    for graph, factor in ((first, 2), (second, 3)):
        side = graph.entry.op(ops.LOAD_FIELD, graph.entry[0], immediate=base.fields["side"])
        graph.entry.give(graph.entry.op(ops.INT_MUL, side, factor))
    base.vtable[slot] = first.function
    square.vtable[slot] = second.function
    circle.vtable[slot] = first.function
    main = Graph("main")
    total = main.entry.op(ops.INT_ADD, 0, 0)
    for layout, side_length in ((base, 1), (square, 10), (circle, 5)):
        thing = main.entry.op(ops.NEW_OBJECT, gives="r", immediate=layout)
        main.entry.op(ops.STORE_FIELD, thing, side_length, gives="v", immediate=base.fields["side"])
        total = main.entry.op(ops.INT_ADD, total, main.entry.op(ops.CALL_METHOD, thing, immediate=slot))
    main.entry.give(total)
    made = HandMade(main.function, [main.function, first.function, second.function], table.layouts)
    assert made.run(tmp_path).returncode == 1 * 2 + 10 * 3 + 5 * 2


def test_small_functions_are_copied_into_other_modules() -> None:
    main = Graph("main", module="one")
    small = Graph("small", "i", module="two")
    small.entry.give(small.entry.op(ops.INT_ADD, small.entry[0], 1))
    main.entry.give(main.entry.op(ops.CALL, 4, immediate=small.function))
    files = {file.name: file.text for file in program(main, small).files().files()}
    assert "two.c" not in files
    assert "static inline int64_t two_small(int64_t" in files["one.c"]


def test_rare_functions_are_kept_out_of_their_callers() -> None:
    main = Graph("main", module="one")
    small = Graph("small", "i", module="two")
    small.function.hints = frozenset({"rare"})
    small.entry.give(small.entry.op(ops.INT_ADD, small.entry[0], 1))
    main.entry.give(main.entry.op(ops.CALL, 4, immediate=small.function))
    files = {file.name: file.text for file in program(main, small).files().files()}
    assert "TW_COLD int64_t two_small(int64_t);" in files["one.c"]
    assert "TW_COLD int64_t two_small(int64_t " in files["two.c"]


def test_small_modules_of_a_package_share_a_file(tmp_path: Path) -> None:
    main = Graph("main", module="one.main")
    total = main.entry.op(ops.INT_ADD, 0, 0)
    graphs = [main]
    for module in ("two.a", "two.b", "three"):
        graph = Graph(f"of_{module}", "i", module=module)
        graph.function.hints = frozenset({"rare"})  # so none is copied
        graph.entry.give(graph.entry.op(ops.INT_ADD, graph.entry[0], 1))
        total = main.entry.op(ops.INT_ADD, total, main.entry.op(ops.CALL, 4, immediate=graph.function))
        graphs.append(graph)
    main.entry.give(total)
    files = {file.name: file.text for file in program(*graphs).files().files()}
    assert {"one.main.c", "two.a.c", "three.c"} <= files.keys()
    assert "two.b.c" not in files
    assert files["two.a.c"].count("TW_COLD int64_t two_") == 2 * 2, "a declaration and a definition of each"
    assert program(*graphs).run(tmp_path).returncode == 15


def test_what_runs_seldom_has_files_of_its_own_with_the_smallest_copies_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "one.main", SimpleNamespace(__name__="one.main", SELDOM=("sid*",)))
    main, often, side = (Graph(name, module=f"one.{name}") for name in ("main", "often", "side"))
    tiny, small = Graph("tiny", "i", module="two"), Graph("small", "i", module="two")
    tiny.entry.give(tiny.entry.op(ops.INT_ADD, tiny.entry[0], 1))
    total = small.entry[0]
    for number in range(FEATHER + 1):
        total = small.entry.op(ops.INT_ADD, total, number)
    small.entry.give(total)
    for graph in (often, side):
        graph.function.hints = frozenset({"rare"})  # so it is not copied
        both = graph.entry.op(ops.CALL, graph.entry.op(ops.CALL, 0, immediate=tiny.function), immediate=small.function)
        graph.entry.give(both)
    first, second = (main.entry.op(ops.CALL, immediate=graph.function) for graph in (often, side))
    main.entry.give(main.entry.op(ops.INT_ADD, first, second))
    made = program(main, often, side, tiny, small)
    files = {file.name: file for file in made.files().files()}
    assert [file.name for file in files.values() if file.seldom] == ["one.side.c"]
    assert all("inline int64_t two_tiny" in files[name].text for name in ("one.main.c", "one.side.c"))
    assert "static inline int64_t two_small" in files["one.main.c"].text
    assert "inline int64_t two_small" not in files["one.side.c"].text
    assert made.run(tmp_path).returncode == 2 * (1 + sum(range(FEATHER + 1)))
    levels = {name: [flag for flag in Build()._flags(file) if flag.startswith("-O")] for name, file in files.items()}
    assert (levels["one.main.c"], levels["one.side.c"]) == (["-O2"], ["-O2", "-Og"]), "the last one holds"


def test_a_languages_modules_have_fewer_copies_than_tracewrights_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "one.main", SimpleNamespace(__name__="one.main"))
    main, own = Graph("main", module="one.main"), Graph("own", module="tracewright.lib")
    middling = Graph("middling", "i", module="two")
    doubled = middling.entry[0]
    for _ in range(FEATHER * 3):
        doubled = middling.entry.op(ops.INT_ADD, doubled, 1)
    middling.entry.give(doubled)
    own.function.hints = frozenset({"rare"})  # so it is not copied
    own.entry.give(own.entry.op(ops.CALL, 0, immediate=middling.function))
    first = main.entry.op(ops.CALL, immediate=own.function)
    main.entry.give(main.entry.op(ops.CALL, first, immediate=middling.function))
    made = program(main, own, middling)
    files = {file.name: file.text for file in made.files().files()}
    assert "static inline int64_t two_middling" in files["tracewright.lib.c"]
    assert "inline int64_t two_middling" not in files["one.main.c"]
    assert made.run(tmp_path).returncode == 2 * FEATHER * 3


def test_a_large_module_and_an_interpreters_loop_have_files_of_their_own() -> None:
    def functions(module: str, weight: int, threaded: bool = False) -> list[FunctionText]:
        graph = Graph("f", module=module).function
        return [FunctionText(graph, "f", "", "", References(), weight, threaded=threaded)]

    small = OWN_FILE // 3
    modules = {
        "p.a": functions("p.a", small),
        "p.b": functions("p.b", OWN_FILE),
        "p.c": functions("p.c", small),
        "p.d": functions("p.d", small, threaded=True),
        "p.e": functions("p.e", small + 3),
        "p.f": functions("p.f", small),
        "p.inner.a": functions("p.inner.a", small),
    }
    found = {name: [text.graph.module for text in texts] for name, texts in together(modules)}
    assert found == {
        "p.a": ["p.a", "p.c", "p.e"],
        "p.b": ["p.b"],
        "p.d": ["p.d"],
        "p.f": ["p.f"],
        "p.inner.a": ["p.inner.a"],
    }


def test_errors_name_source_lines() -> None:
    graph = Graph("f", "i")
    graph.entry.give(graph.entry.op(ops.INT_NEG, graph.entry[0]))
    graph.function.blocks[0].instructions[0].span = SourceSpan("some/file.py", 12, 1, 12, 5)
    text = emit_function(graph.function, ProgramView(program(graph))).body
    assert '#line 12 "some/file.py"\nt_1 = -p0_0;' in text


@pytest.mark.parametrize(
    ("value", "text"), [(5, "5L"), (-5, "(-5L)"), (-(1 << 63), "INT64_MIN"), ((1 << 63) - 1, "9223372036854775807L")]
)
def test_int_literals(value: int, text: str) -> None:
    assert int_literal(value) == text


def test_float_literals() -> None:
    assert float_literal(-0.0) == "(-0x0.0p+0)"
    assert float_literal(0.1) == "0x1.999999999999ap-4"
    assert float_literal(float("-inf")) == "(-__builtin_inf())"


def test_names_are_unique_and_stable() -> None:
    assert identifier("a.B.m[int]") == "a_B_m_int"
    names = NameTable(["a.b_c", "a.b.c", "d"])
    assert names["d"] == "d"
    assert len({names["a.b_c"], names["a.b.c"]}) == 2
    assert NameTable(["a.b_c", "a.b.c"])["a.b.c"] == names["a.b.c"]
    assert len(identifier("x" * 500)) <= 120


def test_the_current_instruction_is_kept_as_an_address() -> None:
    run = frame_interpreter(255)
    text = emit_function(run.function, ProgramView(program(run))).body
    assert text.count("place_1 + 8") == 19  # handlers go on behind it
    assert text.count("&TW_ITEM(") == 2  # of the first instruction, here and in other code
    assert "tw_item_number" not in text  # nobody asks for the number


def test_an_address_is_stepped_over_several_words_at_once() -> None:
    run = frame_interpreter(255, words=3)
    text = emit_function(run.function, ProgramView(program(run))).body
    assert text.count("place_1 + 24") == 19
    assert "tw_item_number" not in text
