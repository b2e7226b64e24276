"""`tracewright trace`: what the log says, as people read it."""

import json
import re
import shlex
from pathlib import Path

import pytest

from tracewright.command_line import main
from tracewright.tools.trace_log import LoggedOperation, LoggedTrace, read_log
from tracewright.tools.trace_view import GuestSources, show_log


def operation(text: str, calls: str | None = None, location: str | None = None) -> dict[str, object]:
    return {"text": text, "offset": -1, "location": location, "snapshot": 0, "calls": calls}


TRACE = {
    "event": "trace",
    "number": 2,
    "kind": "bridge",
    "parent": {"trace": 1, "exit": 4},
    "location": "lark:2",
    "entries": 3,
    "valid": False,
    "address": 8192,
    "size": 64,
    "operations": [
        operation("r0 = residual_r(18, @4876144)", "lark.words.joined", "lark:2"),
        operation("residual_v(7, r0)", "lark.words.printed"),
        operation("residual_v(7, r0)", "lark.words.printed"),
    ],
    "snapshots": [{"location": "lark:2", "text": "at @4096 pc 2"}],
    "exits": [
        {"number": 0, "operation": 1, "failures": 0, "bridge": None},
        {"number": 1, "operation": 1, "failures": 9, "bridge": 3},
    ],
    "code": "90",
}
EVENTS: list[dict[str, object]] = [
    {"event": "log", "version": 1, "machine": "x86_64"},
    TRACE,
    {"event": "death", "trace": 2, "reason": "the weather changed", "after": 2},
    {
        "event": "given_up",
        "location": "lark:9",
        "reason": "too_long",
        "sentence": "too long",
        "times": 2,
        "final": True,
    },
]


def shown() -> str:
    return show_log(read_log("\n".join(json.dumps(event) for event in EVENTS)), machine_code=False)


def test_lines_are_those_of_the_file_that_a_location_names(tmp_path: Path) -> None:
    program, module = tmp_path / "program.lark", tmp_path / "module.lark"
    program.write_text("first of the program\nsecond of the program\n")
    module.write_text("first of the module\nsecond of the module\n")
    sources = GuestSources(str(program))
    assert sources.line("lark:2") == "second of the program"
    assert sources.line(f"{module}:2 lark") == "second of the module"
    assert sources.line("built in:2 lark") == ""
    assert sources.line("lark:9") == ""


def test_machine_code_ends_with_the_loop() -> None:
    """What lies behind it, ways out above all, is counted; of several paddings one is shown."""
    pytest.importorskip("capstone")
    compare, padding, leave, again, way_out = "4839c8", "0f1f009090", "7f02", "ebf4", "49bb0102030405060708"
    first, last = operation("i1 = int_gt(i0, 1)"), operation("jump(i1)")
    first["offset"], last["offset"] = 0, 8
    trace = {**TRACE, "operations": [first, last], "exits": [], "code": compare + padding + leave + again + way_out}
    text = show_log(read_log("\n".join(json.dumps(event) for event in [EVENTS[0], trace])))
    machine_code = [line.split(maxsplit=1)[1] for line in text.splitlines() if line.startswith(" " * 8)]
    assert [line.split()[0] for line in machine_code] == ["cmp", "nop", "jg", "jmp", "..."]
    assert machine_code[-1] == "... 10 bytes of ways out and rare cases"


def test_calls_are_named() -> None:
    """The number of a function tells a reader nothing."""
    text = shown()
    assert "r0 = residual_r(18, @4876144)    calls lark.words.joined\n" in text
    summary = text.partition("=== called")[2].splitlines()[1:]
    assert summary == [
        "  lark.words.printed: 2 calls in the traces above",
        "  lark.words.joined: 1 calls in the traces above",
    ]


def test_where_a_bridge_hangs_where_exits_lead_and_what_died() -> None:
    text = shown()
    head = "=== trace 2: bridge at exit 4 of trace 1, 64 bytes, entered 3 times, discarded: lark:2\n"
    assert text.startswith(head)
    assert "  exit 1 (at 1, lark:2): taken 9 times, bridge 3  at @4096 pc 2\n  1 exits were never taken\n" in text
    assert "=== discarded\n  trace 2: the weather changed\n" in text
    assert "=== not compiled\n  lark:9: too long (2 times, for good)\n" in text


def test_the_command_that_is_advised_works_as_it_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """For a function of the language, one of the library, and one made for certain types."""
    names = ["tracewright_moth.compiler.compile_program", "tracewright.lib.string_core.str_get_item"]
    names.append("tracewright.lib.array_fill._fill_by_loop[Value]")
    log = read_log("\n".join(json.dumps(event) for event in EVENTS[:1]))
    log.traces.append(
        LoggedTrace(
            1,
            "loop",
            None,
            "moth:1",
            0,
            True,
            0,
            0,
            [LoggedOperation("", -1, None, None, n) for n in names],
            [],
            [],
            b"",
        )
    )
    advised = re.findall(r"^ +tracewright (show .*)$", show_log(log, machine_code=False, language="moth"), re.MULTILINE)
    assert len(advised) == len(names)
    for command, name in zip(advised, names, strict=True):
        assert main(shlex.split(command)) == 0
        assert capsys.readouterr().out.startswith(name + ":")
