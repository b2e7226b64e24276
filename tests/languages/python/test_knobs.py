"""What Python sets otherwise than the JIT does by itself."""

from tracewright.jit.tables.parameters import Parameters
from tracewright_python.command_line import KNOBS


def test_its_knobs_are_knobs() -> None:
    parameters = Parameters()
    assert parameters.set_from_text(KNOBS) == ""
    assert parameters.values != Parameters().values
