"""Every switch has an effect, says what it is called, and stands in the pipeline's table."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracewright.jit.optimize import pipeline
from tracewright.jit.tables.options import JitOptions
from tracewright.jit.trace.show import show_trace
from tracewright_testing.trace_script import Recording, parse_script
from tracewright_testing.trace_scripts_random import function_table

SCRIPT = """
at 0
r = read_slot(0)
q = read_slot(4)
i = word_of(r)
guard_class(r, 40)
guard_class(r, 40)
seven = int_add(3, 4)
same = int_add(i, 0)
once = int_xor(i, seven)
twice = int_xor(i, 7)
l = int_lt(i, 100)
guard_true(l)
m = int_add_ovf(i, 1)
a = load(r, 8, 0)
b = load(r, 8, 0)
c = residual_i(0, i, a)
d = residual_i(0, i, b)
p = new_object(40)
store(p, 8, 0, a)
store_ref(q, 16, 1, r)
store_ref(q, 24, 1, r)
u = read_slot(5)
t = value_is_small(u)
guard_true(t)
n = value_small(u)
k = int_add_ovf(n, 1)
z = value_of_int(k)
write_slot(5, z)
h = int_lt(n, 3)
shifted = int_lshift(h, 3)
bool = int_add(shifted, 16)
v = ref_of(bool)
write_slot(6, v)
store(q, 32, 2, k)
arr = new_array(50, 3)
x = value_of_int(m)
write_slot(1, x)
write_slot(2, p)
write_slot(3, arr)
at 1
guard_true(h)
e = int_lt(c, 7)
guard_true(e)
f = int_lt(d, once)
guard_true(f)
g = int_lt(twice, same)
guard_true(g)
at 0
close
"""

SWITCHES = sorted(vars(JitOptions()))


def text(options: JitOptions) -> str:
    return show_trace(Recording(parse_script(SCRIPT), options, function_table()).play())


@pytest.mark.parametrize("switch", SWITCHES)
def test_switch_has_an_effect(switch: str) -> None:
    options = JitOptions()
    assert options.set(switch, 2 if switch == "virtual_array_limit" else 0)
    assert text(options) != text(JitOptions())


def test_all_off_is_what_was_recorded() -> None:
    options = JitOptions()
    options.all_off()
    recorded = [
        line.split("(")[0].split(" = ")[-1] for line in SCRIPT.splitlines() if "(" in line and "slot" not in line
    ]
    made = [line.split("(")[0].split(" = ")[-1].strip() for line in text(options).splitlines() if line.startswith("  ")]
    made = [name for name in made if "slot" not in name and not name.startswith("at ") and name != "write_barrier"]
    assert made == ["guard_valid", *recorded, "link"]


def test_unknown_switch_is_refused() -> None:
    assert not JitOptions().set("unroll_the_world", 1)


def test_pipeline_names_switches_and_modules() -> None:
    folder = Path(pipeline.__file__).parent
    assert {step.switch for step in pipeline.PIPELINE} - {""} == set(SWITCHES) - {"virtual_array_limit"}
    for step in pipeline.PIPELINE:
        assert (folder / f"{step.module}.py").exists()
