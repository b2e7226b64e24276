"""Compiled programs in files: they do what the text does, and what is damaged is refused, whether the checksum says so or not."""

import random
import subprocess
from pathlib import Path

import pytest

from tracewright.core.value import Value
from tracewright.lib.utf16 import units_of_text
from tracewright_javascript.builtins.installation import new_realm
from tracewright_javascript.bytecode_file import HEADER_LENGTH, VERSION, Writer, checksum
from tracewright_javascript.bytecode_reader import read_compiled
from tracewright_javascript.bytecode_rules import FORMS, BytecodeFault
from tracewright_javascript.host.compiled import compiled_bytes
from tracewright_javascript.opcodes import Op
from tracewright_javascript.parser import goal_of_file, parse_file
from tracewright_javascript.realm import Realm

FOLDER = Path(__file__).parent / "programs"
PROGRAMS = ["classes.js", "generators.js", "async.js", "destructuring.js", "modules.mjs", "json_and_patterns.js"]
FLIPS = 300
EXAMPLE = """\
class A { #p = 1; get p() { return this.#p } static make(...rest) { return new A(...rest) } }
function* g(a, { b, ...c } = {}) { try { yield* a } finally { for (const [x] of c.list ?? []) console.log(x, `t${b}`) } }
async function f() { for await (const x of g([1, 2])) await x; return /a+/g.test('aa') && 12345678901234567890n }
let n = 0.5; label: for (var i = 0; i < 3; i++) { if (i === 1) continue label; n += i }
f().then((x) => console.log(x, n, A.make().p, module.exports === exports));
"""


def compiled(text: str, path: str, realm: Realm | None = None) -> bytes:
    units = units_of_text(text)
    return compiled_bytes(realm or new_realm(), parse_file(units, goal_of_file(path)), units, path)


def with_checksum(body: bytes) -> bytes:
    """A file of these contents whose checksum is right."""
    writer = Writer("", {}, Value.UNDEFINED)
    writer.word(checksum(body, 0))
    return b"TWJS" + VERSION.to_bytes(4, "little") + bytes(writer.out) + body


def test_every_operation_has_a_form() -> None:
    operations = {value for name, value in vars(Op).items() if not name.startswith("_")}
    assert operations == set(FORMS)


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_is_read_is_what_was_written(name: str) -> None:
    text = (FOLDER / name).read_text()
    realm = new_realm()
    units = units_of_text(text)
    data = compiled(text, name, realm)
    file = read_compiled(realm, data, name, Value.of_object(realm.new_object()))
    assert file.source == units
    assert (file.module is not None) == name.endswith(".mjs")
    assert compiled(file.source, name) == data


def test_a_damaged_file_is_refused() -> None:
    data = compiled(EXAMPLE, "a.js")
    realm = new_realm()
    this = Value.of_object(realm.new_object())
    read_compiled(realm, data, "a.js", this)
    choice = random.Random(5)
    for place in [*range(HEADER_LENGTH), *(choice.randrange(len(data)) for _ in range(FLIPS))]:
        damaged = bytearray(data)
        damaged[place] ^= 1 << choice.randrange(8)
        with pytest.raises(BytecodeFault):
            read_compiled(realm, bytes(damaged), "a.js", this)
    for length in range(0, len(data), 37):
        with pytest.raises(BytecodeFault):
            read_compiled(realm, data[:length], "a.js", this)


def test_nothing_is_believed_even_where_the_checksum_is_right() -> None:
    body = compiled(EXAMPLE, "a.js")[HEADER_LENGTH:]
    realm = new_realm()
    this = Value.of_object(realm.new_object())
    choice = random.Random(7)
    refused = 0
    for _ in range(FLIPS):
        damaged = bytearray(body)
        for _ in range(choice.choice([1, 1, 2, 5])):
            damaged[choice.randrange(len(damaged))] = choice.randrange(256)
        try:
            read_compiled(realm, with_checksum(bytes(damaged)), "a.js", this)
        except BytecodeFault:
            refused += 1
    assert refused > FLIPS // 4  # in texts and places nothing can be wrong


def test_what_cannot_be_written_says_so() -> None:
    with pytest.raises(BytecodeFault, match="direct `eval`"):
        compiled("eval('1')", "a.js")


def js(executable: Path, folder: Path, *words: str) -> tuple[int, str, str]:
    finished = subprocess.run(
        [str(executable), *words], cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )
    return finished.returncode, finished.stdout, finished.stderr


def test_the_command(js_executable: Path, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(EXAMPLE + "console.log(require('path').basename(__filename), process.argv[2])\n")
    assert js(js_executable, tmp_path, "compile", "a.js", "-o", "a.jsbc") == (0, "", "")
    code, output, error = js(js_executable, tmp_path, "a.jsbc", "word")
    assert (code, output, error) == (
        0,
        "a.jsbc word\ntrue 2.5 1 true\n".replace("true 2.5", "12345678901234567890n 2.5"),
        "",
    )
    (tmp_path / "b.mjs").write_text(
        "import { sep } from 'path'; export const x = await sep; console.log(x, import.meta.filename.slice(-6))"
    )
    assert js(js_executable, tmp_path, "compile", "b.mjs", "--output", "b.jsbc")[0] == 0
    assert js(js_executable, tmp_path, "b.jsbc")[:2] == (0, "/ b.jsbc\n")
    data = (tmp_path / "a.jsbc").read_bytes()
    (tmp_path / "a.jsbc").write_bytes(data[:-3] + b"xyz")
    assert js(js_executable, tmp_path, "a.jsbc") == (1, "", "js: a.jsbc: the file is damaged\n")
    assert js(js_executable, tmp_path, "compile", "a.js")[0] == 2
    (tmp_path / "c.js").write_text("function f() { null.x }\nf()")
    js(js_executable, tmp_path, "compile", "c.js", "-o", "c.jsbc")
    assert "function f() { null.x }\n                    ^" in js(js_executable, tmp_path, "c.jsbc")[2]


@pytest.mark.parametrize("name", ["classes", "generators", "closures"])
def test_programs_do_the_same_from_a_file(name: str, js_executable: Path, tmp_path: Path) -> None:
    file = tmp_path / f"{name}.jsbc"
    assert js(js_executable, tmp_path, "compile", str(FOLDER / f"{name}.js"), "-o", str(file))[0] == 0
    for knobs in ("off", "threshold=1,function_threshold=1,short_function=0"):
        _, output, error = js(js_executable, tmp_path, "--jit", knobs, str(file))
        assert output + error == (FOLDER / f"{name}.expected").read_text()
