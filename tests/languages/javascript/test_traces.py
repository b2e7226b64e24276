"""What loops become: over typed arrays a bound, a load or store, and what the program does with the element; of quotients, ints."""

import subprocess
from pathlib import Path

import pytest

from tracewright.tools.trace_log import read_log

LOOPS = {
    "sum of doubles": ("Float64Array", "for (let i = 0; i < a.length; i++) s += a[i];", "raw_load_float"),
    "sum of bytes": ("Uint8Array", "for (let i = 0; i < a.length; i++) s += a[i];", "raw_load8"),
    "scaled doubles": ("Float64Array", "for (let i = 0; i < a.length; i++) a[i] = a[i] * 0.5;", "raw_store_float"),
    "counted bytes": ("Uint8Array", "for (let i = 0; i < a.length; i++) a[i] = a[i] + i;", "raw_store8"),
    "shorts": ("Int16Array", "for (let i = 0; i < a.length; i++) s ^= a[i];", "raw_load16"),
    "words": ("Uint32Array", "for (let i = 0; i < a.length; i++) a[i] = i;", "raw_store32"),
}


@pytest.mark.parametrize(("kind", "loop", "wanted"), LOOPS.values(), ids=LOOPS)
def test_a_loop_has_no_call_and_makes_nothing(
    js_executable: Path, tmp_path: Path, kind: str, loop: str, wanted: str
) -> None:
    program, log = tmp_path / "loop.js", tmp_path / "log"
    program.write_text(f"function f(a) {{ let s = 0; {loop} return s }}\nconst a = new {kind}(2000);\nf(a); f(a);\n")
    subprocess.run([js_executable, "--jit-log", log, program], check=True, timeout=60)
    loops = [trace for trace in read_log(log.read_text()).traces if trace.kind == "loop"]
    assert len(loops) == 1
    texts = [operation.text for operation in loops[0].operations]
    label = next(place for place, text in enumerate(texts) if text.startswith("label("))
    body = texts[label:]
    assert any(wanted in text for text in body)
    assert not [text for text in body if "residual" in text or "new_" in text or "call_guest" in text]
    assert len(body) <= 28


ROUNDINGS = ("Math.floor(i / 10)", "Math.ceil(i / 8)", "Math.trunc(i / 7)", "(i / 12) | 0")


@pytest.mark.parametrize("rounded", ROUNDINGS)
def test_a_rounded_quotient_of_ints_is_a_division_of_ints(js_executable: Path, tmp_path: Path, rounded: str) -> None:
    program, log = tmp_path / "loop.js", tmp_path / "log"
    program.write_text(
        f"function f() {{ let s = 0; for (let i = 0; i < 4000; i++) s += {rounded}; return s }}\nf(); f(); f();\n"
    )
    subprocess.run([js_executable, "--jit-log", log, program], check=True, timeout=60)
    traces = read_log(log.read_text()).traces
    loop = next(trace for trace in reversed(traces) if trace.kind == "loop")
    texts = [operation.text for operation in loop.operations]
    label = next(place for place, text in enumerate(texts) if text.startswith("label("))
    assert not [text for text in texts[label:] if "float_to_int" in text or "float_bits" in text]
    assert len(traces) <= 4  # whole quotients are no loops and bridges of their own


@pytest.mark.parametrize(
    "called",
    ["Math.max(i, 2000)", "Math.min(i, 700)", "Math.max(i * 0.5, 0)", "Math.abs(i - 2000)", "Math.sqrt(i * 0.5)"],
)
def test_functions_of_numbers_are_no_calls(js_executable: Path, tmp_path: Path, called: str) -> None:
    program, log = tmp_path / "loop.js", tmp_path / "log"
    program.write_text(
        f"function f() {{ let s = 0; for (let i = 1; i < 4000; i++) s += {called}; return s }}\nf(); f(); f();\n"
    )
    subprocess.run([js_executable, "--jit-log", log, program], check=True, timeout=60)
    traces = read_log(log.read_text()).traces
    loop = next(trace for trace in reversed(traces) if trace.kind == "loop")
    assert not [operation.text for operation in loop.operations if "residual" in operation.text]
    assert len(traces) <= 3  # traces do not part at signs, at which of two is greater, and at whole results
