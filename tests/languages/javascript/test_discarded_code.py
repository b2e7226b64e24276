"""Code that was discarded, because what it relied on has changed, does not stay in the way of those that were linked with it."""

import re
import subprocess
from pathlib import Path

# Every third turn goes by a bridge, which relies on few shapes. When there are more, only the bridge is discarded, and the loop still comes to it.
BRIDGE = """
let shapes = [{ v: 1 }, { a: 1, v: 2 }];
function run(turns) {
    let sum = 0;
    for (let i = 0; i < turns; i++) {
        if (i % 3 === 0) sum += shapes[i % shapes.length].v;
        else sum += 1;
    }
    return sum;
}
let result = run(20000);
shapes = [{ v: 1 }, { a: 1, v: 2 }, { b: 1, v: 3 }, { c: 1, v: 4 }, { d: 1, v: 5 }, { e: 1, v: 6 }, { f: 1, v: 7 }];
console.log(result + run(300000));
"""


def test_a_discarded_bridge_is_replaced(js_executable: Path, tmp_path: Path) -> None:
    program = tmp_path / "bridge.js"
    program.write_text(BRIDGE)
    done = subprocess.run(
        [js_executable, "run", "--jit-stats", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "623334\n"
    counters = dict(re.findall(r"^(\S[^\d\n]*?) +(\d+)$", done.stderr, re.MULTILINE))
    assert int(counters["invalidated traces"]) >= 1
    assert int(counters["exits"]) < 2000


# Here the bridge asks for the callee before it asks whether it is valid, and then most turns bring another callee.
BRIDGE_FOR_ONE_CALLEE = """
function other(x) { return x + 1; }
function first(x) { return shapes[x % shapes.length].v; }
let shapes = [{ v: 1 }, { a: 1, v: 2 }];
function run(turns, functions) {
    let sum = 0;
    for (let i = 0; i < turns; i++) sum = (sum + functions[i % functions.length](i)) % 1000003;
    return sum;
}
let result = run(3000, [other]);
result += run(3000, [other, first]);
shapes = [{ v: 1 }, { a: 1, v: 2 }, { b: 1, v: 3 }, { c: 1, v: 4 }, { d: 1, v: 5 }, { e: 1, v: 6 }, { f: 1, v: 7 }];
result += run(3000, [first]);
console.log(result + run(60000, [other, (x) => x + 2, (x) => x + 3]));
"""


def test_an_exit_before_the_question_gets_a_bridge(js_executable: Path, tmp_path: Path) -> None:
    program = tmp_path / "bridge.js"
    program.write_text(BRIDGE_FOR_ONE_CALLEE)
    done = subprocess.run(
        [js_executable, "run", "--jit-stats", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "851076\n"
    counters = dict(re.findall(r"^(\S[^\d\n]*?) +(\d+)$", done.stderr, re.MULTILINE))
    assert int(counters["invalidated traces"]) >= 1
    assert int(counters["exits"]) < 3000
