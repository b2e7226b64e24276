"""Bad and enormous texts: an answer with a place, never a crash, in time that grows with the text."""

import random
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracewright_javascript.parser_cursor import MAXIMUM_NESTING
from tracewright_javascript.tokens import SPELLINGS
from tracewright_testing.javascript_rows import read_rows, verdict

FOLDER = Path(__file__).parent
MANY = 100_000
TOO_DEEP = [
    "[",
    "(",
    "{",
    "!",
    "a**",
    "a=>",
    "a=",
    "`${",
    "new ",
    "f(",
    "function f(){",
    "class A extends ",
    "class A{static{",
    "for(;;)",
    "if(a)",
    "x={a:",
    "async()=>{",
    "({a(){",
]
LONG = ["1+", "a.b().", "a?b:", "if(a);else ", "a,", "a;", "'a'+", "a||", "a=>a;"]
WORDS = [
    *[spelling for spelling in SPELLINGS if spelling],
    *[
        "a",
        "#a",
        "1",
        "08",
        "2n",
        "'s'",
        "'use strict';",
        "`t",
        "`",
        "/r/",
        "\n",
        "//",
        "/*",
        "*/",
        "<!--",
        "-->",
        "\\u0061",
    ],
]
PROGRAMS = [row.source for name in ("accepted.txt", "early_errors.txt") for row in read_rows(FOLDER / name)]
TREES = [path.read_text() for path in sorted((FOLDER / "trees").glob("*.*js"))]


@pytest.mark.parametrize("opening", TOO_DEEP)
def test_what_is_too_deep_is_said(opening: str) -> None:
    line = verdict(opening * (MAXIMUM_NESTING + 1), False)
    assert line.endswith(" Too deeply nested") and line.startswith("1:")


def test_patterns_are_not_endless() -> None:
    assert verdict("var " + "[" * (MAXIMUM_NESTING + 1), False) == f"1:{MAXIMUM_NESTING + 4} Too deeply nested"


@pytest.mark.parametrize("piece", LONG)
def test_what_is_only_long_is_read(piece: str) -> None:
    assert verdict(piece * 5_000 + "a", False) == ""


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30), st.booleans())
def test_any_row_of_tokens(words: list[str], is_module: bool) -> None:
    verdict(" ".join(words), is_module)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab1.:=>?{}()[]\"'`$\\/*#\n\r\té😀\ud800\u2028+-"), max_size=40))
def test_any_text(text: str) -> None:
    verdict(text, False)


@pytest.mark.parametrize("seed", range(4))
def test_mutated_programs(seed: int) -> None:
    """Programs with tokens taken out, put in, exchanged: whatever they are then, there is an answer and a place in the text."""
    chance = random.Random(seed)
    sources = [*PROGRAMS, *TREES]
    for _ in range(250):
        pieces = re.findall(r"\w+|\s+|.", chance.choice(sources), re.S)
        for _ in range(chance.randint(1, 3)):
            place = chance.randrange(len(pieces))
            pieces[place : place + chance.randrange(2)] = chance.choices(WORDS, k=chance.randrange(3))
            pieces = pieces or [" "]
        verdict("".join(pieces), chance.random() < 0.3)


def native_check(
    executable: Path, folder: Path, source: str, name: str = "program.js", *words: str
) -> subprocess.CompletedProcess[str]:
    path = folder / name
    path.write_text(source)
    return subprocess.run(
        [str(executable), "check", *words, name], cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )


def test_native_nesting_and_length(js_executable: Path, tmp_path: Path) -> None:
    for opening in TOO_DEEP:
        finished = native_check(js_executable, tmp_path, opening * MANY)
        assert finished.returncode == 1 and "SyntaxError: Too deeply nested" in finished.stderr, opening
    for piece in LONG:
        finished = native_check(js_executable, tmp_path, piece * MANY + "a")
        assert finished.stdout == "check passed: program.js\n", piece


def test_ten_megabytes(js_executable: Path, tmp_path: Path) -> None:
    function = "function name(a, b = [1, 'two', `three${a}`]) { return a ? b.map(x => x * 2) : /re/g.test(b) }\n"
    source = "".join(function.replace("name", f"name{number}") for number in range(100_000))
    assert len(source) > 9_000_000
    assert native_check(js_executable, tmp_path, source).returncode == 0


def test_native_words_and_places(js_executable: Path, tmp_path: Path) -> None:
    """The executable says what the hosted parser says, of every row of the two tables."""
    for name in ("early_errors.txt", "accepted.txt"):
        for row in read_rows(FOLDER / name):
            file, words = ("program.mjs", []) if row.is_module else ("program.js", ["--script"])
            finished = native_check(js_executable, tmp_path, row.source, file, *words)
            if name == "accepted.txt":
                assert (finished.returncode, finished.stderr) == (0, ""), row.line
            else:
                place, message = row.expected.split(" ", 1)
                head = finished.stderr.split("\n  ")[0]
                assert finished.returncode == 1 and head.startswith(f"{file}:{place}: SyntaxError: {message}"), row.line


def run_native(executable: Path, folder: Path, source: str, *words: str) -> subprocess.CompletedProcess[str]:
    (folder / "program.js").write_text(source)
    return subprocess.run(
        [str(executable), *words, "program.js"], cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )


CROWDED = 70_000  # more than the 65,536 constants that an operand of 16 bits can name
CROWD = "".join(f"s += {number}.5; " for number in range(CROWDED))
LARGE = {
    "numbers": ("const a = [" + "1.5,2,'x'," * 170_000 + "]; console.log(a.length, a[509999])", "510000 x"),
    "properties": (
        "const o = {" + "".join(f"k{n}: {n}, " for n in range(CROWDED)) + "}; console.log(Object.keys(o).length, o.k69999)",
        "70000 69999",
    ),
    "functions": (
        "".join(f"function f{n}(a) {{ return a + {n} }} " for n in range(CROWDED)) + "console.log(f69999(1))",
        "70000",
    ),
    "cases": (
        "function f(x) { switch (x) {" + "".join(f"case {n}: return 'c{n}'; " for n in range(CROWDED)) + "} } console.log(f(69999))",
        "c69999",
    ),
    "members": (
        "let s = 0; " + CROWD
        + "class A { x = 1; get y() { return 2 } static z = 3; #p = 4; p() { return this.#p } }"
        + "class B extends A { y2() { return super.y } static z2() { return super.z } }"
        + "const b = new B(), { x, ...rest } = { x: b.x, q: b.p() }; b.w = 5; b.w += 1;"
        + "function f(a) { return eval('a + s') } console.log(s, b.y2(), B.z2(), x, rest.q, b.w, f(1), eval('b.w'), b?.none?.some)",
        "2450000000 2 3 1 4 6 2450000001 6 undefined",
    ),
}  # fmt: skip


@pytest.mark.parametrize("knobs", ["off", "threshold=1,function_threshold=1,short_function=0"])
@pytest.mark.parametrize("name", LARGE)
def test_functions_with_many_constants(name: str, knobs: str, js_executable: Path, tmp_path: Path) -> None:
    source, expected = LARGE[name]
    finished = run_native(js_executable, tmp_path, source, "--jit", knobs)
    assert (finished.stdout, finished.stderr) == (f"{expected}\n", "")


def test_what_does_not_fit_an_instruction_says_so(js_executable: Path, tmp_path: Path) -> None:
    call = run_native(js_executable, tmp_path, "console.log(" + "1," * CROWDED + ")")
    assert "SyntaxError: Too many arguments in function call (only 65535 allowed)" in call.stderr
    variables = "".join(f"let v{n}; " for n in range(CROWDED))
    function = run_native(js_executable, tmp_path, f"(function () {{ {variables} }})()")
    assert "SyntaxError: A function has room for 65535 variables and values at one time" in function.stderr


RECURSIONS = {
    "function": "function f(n) { return 1 + f(n + 1) } f(0)",
    "getter": "const o = { get x() { return this.x } }; o.x",
    "proxy": "const p = new Proxy({}, { get(t, k, r) { return r[k] } }); p.x",
    "conversion": "const q = { toString() { return '' + this } }; '' + q",
    "comparison": "const z = { valueOf() { return [3, 1, 2].sort((a, b) => z - 1) } }; +z",
    "constructor": "class A { constructor() { new A() } } new A()",
    "generator": "function* g() { yield* g() } [...g()]",
    "replacer": "function r() { return 'a'.replace(/a/, r) } r()",
    "json": "function j() { return JSON.stringify({ toJSON: j }) } j()",
    "eval": "function e() { return eval('e()') } e()",
    "apply": "function a() { return Reflect.apply(a, null, []) } a()",
    "callback": "function c() { [1].forEach(c) } c()",
    "nested array": "let n = []; for (let i = 0; i < 100000; i++) n = [n]; String(n)",
}


@pytest.mark.parametrize("knobs", ["off", "threshold=1,function_threshold=1,short_function=0"])
def test_recursion_without_end(knobs: str, js_executable: Path, tmp_path: Path) -> None:
    for name, source in RECURSIONS.items():
        text = f"try {{ {source} }} catch (e) {{ console.log(e instanceof RangeError, e.message) }}"
        finished = run_native(js_executable, tmp_path, text, "--jit", knobs)
        assert finished.stdout == "true Maximum call stack size exceeded\n", (name, finished.stderr)


def test_what_is_nested_deeply_as_data(js_executable: Path, tmp_path: Path) -> None:
    source = """
        let a = []; for (let i = 0; i < 100000; i++) a = [a]
        console.log(JSON.stringify(JSON.parse(JSON.stringify(a))).length, a.flat(Infinity).length, structuredClone(a).length)
        const shown = require('util').inspect(a, { depth: Infinity })
        console.log(shown.includes('[Array: Inspection interrupted prematurely. Maximum call stack size exceeded.]'))
        try { eval('['.repeat(100000)) } catch (e) { console.log(e.name, e.message) }
    """
    finished = run_native(js_executable, tmp_path, source)
    assert finished.stdout == "200002 0 1\ntrue\nSyntaxError Too deeply nested\n", finished.stderr


MEMORY = {
    "array": "const a = []; for (;;) a.push(new Array(1000).fill(1.5))",
    "string": "let s = 'x'; for (;;) s += s",
    "strings": "const a = []; let i = 0; for (;;) a.push('abc'.repeat(1000000) + i++)",
    "map": "const m = new Map(); for (let i = 0;; i++) m.set(i, {})",
    "closures": "let f = null; for (;;) { const g = f; f = () => g }",
    "buffers": "const a = []; for (;;) a.push(new ArrayBuffer(1e8))",
}


@pytest.mark.parametrize("name", MEMORY)
def test_no_memory_is_left(name: str, js_executable: Path, tmp_path: Path) -> None:
    (tmp_path / "program.js").write_text(f"try {{ {MEMORY[name]} }} catch (e) {{ console.log(e.name) }}")
    finished = subprocess.run(
        ["sh", "-c", f"ulimit -v 1200000; exec {js_executable} program.js"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert finished.stdout == "RangeError\n", finished.stderr


def test_patterns_that_backtrack_without_end(js_executable: Path, tmp_path: Path) -> None:
    source = "console.log(/^(a+)+$/.test('a'.repeat(40) + 'b'), /^(a+)+\\1$/.test('a'.repeat(40) + 'b'))"
    finished = run_native(js_executable, tmp_path, source, "--regexp-steps", "100000")
    assert "RangeError: Invalid regular expression: too many steps while matching" in finished.stderr
    assert run_native(js_executable, tmp_path, source.replace("\\1", "")).stdout == "false false\n"
    (tmp_path / "program.js").write_text(f"console.log('begun'); {source}")
    with subprocess.Popen([str(js_executable), "program.js"], cwd=tmp_path, stdout=subprocess.PIPE) as process:
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
