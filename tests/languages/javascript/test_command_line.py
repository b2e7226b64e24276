"""The `js` command: what it says of files, and with which exit code."""

import subprocess
from pathlib import Path


def js(executable: Path, folder: Path, *words: str) -> tuple[int, str, str]:
    finished = subprocess.run(
        [str(executable), *words], cwd=folder, capture_output=True, text=True, timeout=30, check=False
    )
    return finished.returncode, finished.stdout, finished.stderr


def test_a_mistake_is_shown_with_its_line(js_executable: Path, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("let x = 1;\n\tlet y = x x;\n")
    code, output, error = js(js_executable, tmp_path, "check", "a.js")
    assert (code, output) == (1, "")
    assert error == "a.js:2:12: SyntaxError: Unexpected identifier 'x'\n  \tlet y = x x;\n  \t          ^\n"


def test_a_long_line_is_cut(js_executable: Path, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("a;" * 1000 + "b c" + ";a" * 1000)
    _, _, error = js(js_executable, tmp_path, "check", "a.js")
    lines = error.splitlines()
    assert lines[0] == "a.js:1:2003: SyntaxError: Unexpected identifier 'c'"
    assert len(lines[1]) < 200 and lines[1][lines[2].index("^")] == "c"


def test_which_files_are_modules(js_executable: Path, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("import x from 'y'; export { x }; await x; import.meta\n")
    (tmp_path / "b.cjs").write_text("import x from 'y'\n")
    (tmp_path / "c.mjs").write_text("with (a) b\n")
    (tmp_path / "d.js").write_text("with (a) b\n")
    assert js(js_executable, tmp_path, "check", "a.js")[0] == 0
    assert "Cannot use import statement outside a module" in js(js_executable, tmp_path, "check", "b.cjs")[2]
    assert "may not include a with statement" in js(js_executable, tmp_path, "check", "c.mjs")[2]
    assert js(js_executable, tmp_path, "check", "d.js")[0] == 0
    assert js(js_executable, tmp_path, "check", "-m", "d.js")[0] == 1


def test_what_is_not_there_says_so(js_executable: Path, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("1\n")
    (tmp_path / "b.js").write_bytes(b"'\xff'")
    assert js(js_executable, tmp_path, "check", "none.js")[::2] == (1, "js: none.js: No such file or directory\n")
    assert js(js_executable, tmp_path, "check", "b.js")[::2] == (1, "js: b.js: not UTF-8\n")
    code, _, error = js(js_executable, tmp_path, "check", "--bogus")
    assert code == 2 and error.startswith("js: there is no option --bogus\n")
    assert js(js_executable, tmp_path, "--help")[1].startswith("Runs JavaScript programs, ")


def test_an_uncaught_error_is_shown_as_node_does(js_executable: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.js"
    file.write_text("console.log(1)\nfunction f() {\n  null.x\n}\nf()\n")
    code, output, error = js(js_executable, tmp_path, "a.js")
    assert (code, output) == (1, "1\n")
    calls = f"    at f ({file}:3:8)\n    at "
    head = f"{file}:3\n  null.x\n       ^\n\nTypeError: Cannot read properties of null (reading 'x')\n{calls}"
    assert error.startswith(head)
    assert f"{file}:5:1" in error.splitlines()[6]


def test_what_else_can_be_thrown(js_executable: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.js"
    file.write_text("let x = 1\nthrow { a: x }\n")
    code, _, error = js(js_executable, tmp_path, "a.js")
    assert code == 1 and error.startswith(f"\n{file}:2\nthrow {{ a: x }}\n^\n{{ a: 1 }}\n")
    file.write_text("async function f() {\n  await 1\n  throw new RangeError('late')\n}\nf()\n")
    code, _, error = js(js_executable, tmp_path, "a.js")
    assert code == 1 and error.startswith(f"{file}:3\n  throw new RangeError('late')\n        ^\n\nRangeError: late\n")
    file.write_text("throw Object.assign(new Error('b', { cause: new TypeError('c') }), { code: 7 })")
    code, _, error = js(js_executable, tmp_path, "a.js")
    assert code == 1 and "  code: 7,\n  [cause]: TypeError: c\n      at " in error
    file.write_text("let x = ;\n")
    code, _, error = js(js_executable, tmp_path, "a.js")
    assert code == 1 and error.startswith(f"{file}:1\nlet x = ;\n        ^\n\nSyntaxError: Unexpected token ';'\n")


def test_traces_are_made_and_reported(js_executable: Path, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("let s = 0; for (let i = 0; i < 100000; i++) s += i; console.log(s)\n")
    _, output, error = js(js_executable, tmp_path, "--jit-stats", "a.js")
    assert output == "4999950000\n" and "loops" in error


def test_programs_from_elsewhere_and_their_arguments(js_executable: Path, tmp_path: Path) -> None:
    assert js(js_executable, tmp_path, "-p", "1 + 1")[:2] == (0, "2\n")
    assert js(js_executable, tmp_path, "-e", "console.log(process.argv.slice(2), require('path').sep)", "--", "-x")[
        1
    ] == ("[ '--', '-x' ] /\n")
    (tmp_path / "a.js").write_text(
        "console.log(process.argv.slice(1).map(x => x.replace(/.*[/]/, '')), process.exitCode = 4)"
    )
    assert js(js_executable, tmp_path, "a.js", "b", "--jit", "c")[:2] == (4, "[ 'a.js', 'b', '--jit', 'c' ] 4\n")
    finished = subprocess.run(
        [str(js_executable), "-"], input="console.log(6 * 7)", capture_output=True, text=True, timeout=30, check=False
    )
    assert finished.stdout == "42\n"
    assert js(js_executable, tmp_path, "--version")[1].startswith("v20.")


def test_exit_codes(js_executable: Path, tmp_path: Path) -> None:
    for text, expected in [
        ("process.exit(7)", 7),
        ("process.on('exit', () => { process.exitCode = 9 })", 9),
        ("setTimeout(() => process.exit(3), 1); setInterval(() => {}, 1)", 3),
        ("Promise.reject(1)", 1),
        ("process.on('uncaughtException', () => {}); throw 1", 0),
        ("process.on('unhandledRejection', () => {}); Promise.reject(1)", 0),
    ]:
        assert js(js_executable, tmp_path, "-e", text)[0] == expected
    (tmp_path / "a.mjs").write_text("await new Promise(() => {})")
    code, _, error = js(js_executable, tmp_path, "a.mjs")
    assert (code, error.splitlines()[0][:42]) == (13, "Warning: Detected unsettled top-level awai")


def test_kinds_of_files_by_package(js_executable: Path, tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "a.js").write_text("console.log(typeof require, this, import.meta.filename.endsWith('a.js'))")
    assert js(js_executable, tmp_path, "a.js")[1] == "undefined undefined true\n"
    (tmp_path / "package.json").write_text('{"type": "commonjs"}')
    (tmp_path / "a.js").write_text("return console.log(typeof require, this === exports)")
    assert js(js_executable, tmp_path, "a.js")[1] == "function true\n"


def test_lines_of_the_standard_input(js_executable: Path, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(
        "const lines = require('readline').createInterface({ input: process.stdin });"
        "(async () => { let n = 0; for await (const line of lines) console.log(++n, line); console.log('end'); })()"
    )
    finished = subprocess.run(
        [str(js_executable), "a.js"],
        input="one\ntwo\n\nlast",
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert finished.stdout == "1 one\n2 two\n3 \n4 last\nend\n", finished.stderr


PROMPT_SESSION = """\
let a = 1
let a = {b: [1, 2]}
a
{x: 1}
_
await Promise.resolve(7)
function f(x) {
  return x * 2
}
f(21)
null.x
let y = ;
setTimeout(() => console.log('later'), 1), 5
const z = await 5; z + 1
`a
b`
.help
.exit
"""


def test_the_prompt(js_executable: Path, tmp_path: Path) -> None:
    finished = subprocess.run(
        [str(js_executable), "repl"],
        input=PROMPT_SESSION,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    shown = [line.replace("js> ", "").replace("... ", "") for line in finished.stdout.splitlines()[2:]]
    assert shown[:10] == [
        "undefined",
        "undefined",
        "{ b: [ 1, 2 ] }",
        "{ x: 1 }",
        "{ x: 1 }",
        "7",
        "undefined",
        "42",
        "5",
        "later",
    ]
    assert shown[10:12] == ["6", "'a\\nb'"] and shown[12].startswith(".exit")
    assert "Uncaught TypeError: Cannot read properties of null (reading 'x')" in finished.stderr
    assert "Uncaught SyntaxError: Unexpected token ';'" in finished.stderr
    assert finished.returncode == 0


def test_modules_that_are_not_there_can_be_loaded(js_executable: Path, tmp_path: Path) -> None:
    for name in ("cluster", "dgram", "http2", "https", "inspector", "repl", "tls", "worker_threads"):
        text = f"const m = require('{name}'); try {{ m[Object.keys(m)[0]]() }} catch (e) {{ console.log(e.message) }}"
        code, output, _ = js(js_executable, tmp_path, "-e", text)
        assert code == 0 and output.startswith(f"not there yet: {name}.")


def test_starting_makes_little(js_executable: Path, tmp_path: Path) -> None:
    """Hello world is nothing but the start: 1.35 MB of built-ins, once."""
    (tmp_path / "a.js").write_text("console.log('hello')\n")
    statistics = js(js_executable, tmp_path, "--jit-stats", "a.js")[2]
    (line,) = [line for line in statistics.splitlines() if line.startswith("bytes allocated")]
    assert int(line.split()[-1]) < 2_000_000
