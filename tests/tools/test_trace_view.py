"""`tracewright trace`: what the log says, as people read it."""

from tracewright.tools.trace_view import read_log, show_log

LOG = """
trace 1 loop 3 8192 64 lark:2
at 0 lark:2
op 0 -1 r0 = residual_r(18, @4876144)
call 0 lark.words.joined
op 1 -1 residual_v(7, r0)
call 1 lark.words.printed
op 2 -1 residual_v(7, r0)
call 2 lark.words.printed
exit 0 1 0 0 at @4096 pc 2
code 90
end
"""


def test_calls_are_named() -> None:
    """The number of a function tells a reader nothing."""
    text = show_log(read_log(LOG.splitlines()), machine_code=False)
    assert "r0 = residual_r(18, @4876144)    calls lark.words.joined\n" in text
    summary = text.partition("=== called")[2].splitlines()[1:]
    assert summary == [
        "  lark.words.printed: 2 calls in the traces above",
        "  lark.words.joined: 1 calls in the traces above",
    ]
