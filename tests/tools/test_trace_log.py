"""The trace log: what the JIT writes is what the schema says, and other versions are refused."""

import json
import subprocess
from pathlib import Path

import pytest

from tracewright.jit.tables.abort import NAMES, SENTENCES, Abort
from tracewright.jit.tables.log_schema import EVENTS, RECORDS, VERSION, Shape
from tracewright.tools.trace_log import PAGE, page, read_log
from tracewright_testing.native import ruff_executable

__all__ = ["ruff_executable"]

SHAPES = {shape.name: shape for shape in (*EVENTS, *RECORDS)}
PROGRAM = """
func nothing(n) { return n }
func total(n) {
    s := 0
    i := 0
    while i < n {
        if i % 3 == 0 { s := s + 1 } else { s := s + nothing(i) }
        i := i + 1
    }
    return s
}
print(total(3000))
"""


def fits(value: object, type: str) -> bool:
    """Whether a value read from the log is of a type of the schema."""
    if type.endswith(" or null"):
        return value is None or fits(value, type.removesuffix(" or null"))
    if type.startswith("["):
        return isinstance(value, list) and all(fits(item, type[1:-1]) for item in value)
    if type == "bool":
        return isinstance(value, bool)
    if type == "int":
        return isinstance(value, int) and not isinstance(value, bool)
    if type == "text":
        return isinstance(value, str)
    return isinstance(value, dict) and has_shape(value, SHAPES[type])


def has_shape(value: dict[str, object], shape: Shape) -> bool:
    return list(value) == [field.name for field in shape.fields] and all(
        fits(value[field.name], field.type) for field in shape.fields
    )


def test_what_is_written_is_what_the_schema_says(ruff_executable: Path, tmp_path: Path) -> None:
    program, log = tmp_path / 'to"tal.ruff', tmp_path / "log"
    program.write_text(PROGRAM)
    knobs = ["--jit", "trace_limit=200,threshold=20,bridge_threshold=3"]
    subprocess.run([ruff_executable, "run", *knobs, "--jit-log", log, program], check=True, capture_output=True)
    events = [json.loads(line) for line in log.read_text().splitlines()]
    for event in events:
        assert has_shape(event, shape := SHAPES[event.pop("event")]), (shape.name, event)
    found = read_log(log.read_text())
    bridge = next(trace for trace in found.traces if trace.kind == "bridge")
    assert bridge.parent is not None
    (parent,) = [trace for trace in found.traces if trace.number == bridge.parent.trace]
    (way_out,) = [each for each in parent.exits if each.number == bridge.parent.exit]
    assert way_out.bridge == bridge.number and way_out.failures >= 3
    assert 'to"tal.ruff' in parent.location and len(parent.code) == parent.size
    assert all('to"tal.ruff' in trace.location for trace in found.traces)
    assert found.machine is not None


def test_a_log_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match=f"version {VERSION + 1}, and version {VERSION} is"):
        read_log(json.dumps({"event": "log", "version": VERSION + 1, "machine": None}))
    head = json.dumps({"event": "log", "version": VERSION, "machine": None}) + "\n"
    for line, complaint in (
        ("trace 1 loop", "not a line of a trace log"),
        ("[1]", "not a line of a trace log"),
        ('{"event": "birth"}', "no event 'birth'"),
        ('{"event": "death", "trace": 1}', "event `death` .* is not as version"),
    ):
        with pytest.raises(ValueError, match=complaint):
            read_log(head + line)
    with pytest.raises(ValueError, match="no trace log"):
        read_log("")


def test_every_reason_has_a_name_and_a_sentence() -> None:
    assert len(NAMES) == len(SENTENCES)
    for name, value in vars(Abort).items():
        if isinstance(value, int):
            assert NAMES[value] == name.lower()


def test_the_page_is_made_from_the_schema() -> None:
    assert PAGE.read_text() == page(), "run `python -m tracewright.tools.trace_log`"
