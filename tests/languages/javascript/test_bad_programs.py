"""Programs in a bad way: the language's own errors, never a crash, and in bounded time."""

import subprocess
from pathlib import Path

import pytest

DEPTH = 100_000
CASES = {
    "calls": ("function f() { return f() + 1 } f()", "RangeError: Maximum call stack size exceeded"),
    "callbacks": ("(function g() { [1].map(g) })()", "RangeError"),
    "conversions": ("const o = { toString() { return '' + this } }; '' + o", "RangeError"),
    "getters": ("const o = { get x() { return this.x } }; o.x", "RangeError"),
    "long strings": ("let s = 'abcdefgh'; for (;;) s += s", "RangeError: Invalid string length"),
    "repeat": ("'x'.repeat(2 ** 30)", "RangeError: Invalid string length"),
    "arrays": ("new Array(-1)", "RangeError: Invalid array length"),
    "brackets": ("[" * DEPTH + "]" * DEPTH, "SyntaxError: Too deeply nested"),
    "eval": (f"eval('['.repeat({DEPTH}) + ']'.repeat({DEPTH}))", "SyntaxError: Too deeply nested"),
    "patterns": (f"new RegExp('('.repeat({DEPTH}) + ')'.repeat({DEPTH}))", "SyntaxError"),
    "json": (f"JSON.parse('['.repeat({DEPTH}))", "SyntaxError"),
    "not handled": ("Promise.reject(new TypeError('lost'))", "TypeError: lost"),
    "thrown in a timer": ("setTimeout(() => { throw new TypeError('late') })", "TypeError: late"),
    "many variables": (
        "function f() { let " + ",".join(f"v{i}" for i in range(70_000)) + " }",
        "SyntaxError: A function has room for 65535 variables",
    ),
}
FINE = {
    "deep values are shown": f"let a = {{}}; for (let i = 0; i < {DEPTH}; i++) a = {{ a }}; console.log(a)",
    "chains of proxies": f"let p = {{}}; for (let i = 0; i < {DEPTH}; i++) p = new Proxy(p, {{}}); console.log(p.x)",
    "long chains of prototypes": f"let p = {{}}; for (let i = 0; i < {DEPTH}; i++) p = Object.create(p); console.log(p !== null)",
    "functions bound again and again": f"let f = () => 1; for (let i = 0; i < {DEPTH}; i++) f = f.bind(null); console.log(typeof f)",
    "long rows of operators": f"console.log(eval('1' + '+1'.repeat({DEPTH})))",
    "a large literal": "console.log([" + ",".join(map(str, range(60_000))) + "].length)",
    "many functions": "\n".join(f"function f{i}(a) {{ return a + {i} }}" for i in range(20_000))
    + "\nconsole.log(f9(1))",
}


def run(executable: Path, folder: Path, text: str, *words: str) -> tuple[int, str, str]:
    file = folder / "a.js"
    file.write_text(text)
    finished = subprocess.run(
        [str(executable), *words, str(file)], capture_output=True, text=True, timeout=60, check=False
    )
    return finished.returncode, finished.stdout, finished.stderr


@pytest.mark.parametrize("name", CASES)
def test_it_ends_by_an_error_of_the_language(name: str, js_executable: Path, tmp_path: Path) -> None:
    text, expected = CASES[name]
    code, _, error = run(js_executable, tmp_path, text)
    assert code == 1, error[-2000:]
    assert expected in error and "internal error" not in error


@pytest.mark.parametrize("name", FINE)
def test_it_is_no_trouble(name: str, js_executable: Path, tmp_path: Path) -> None:
    code, output, error = run(js_executable, tmp_path, FINE[name])
    assert (code, error) == (0, "") and output != ""
