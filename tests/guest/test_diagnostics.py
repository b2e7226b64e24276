"""How mistakes are shown: of the program, of another file, with the calls that led to them."""

from pathlib import Path

import pytest

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.diagnostics import MOST_CALLS, SourceError, located, rendered, report
from tracewright.guest.frames import LINK_SLOTS, push_link
from tracewright.guest.register_code import CodeWriter, RegisterCode, describe, located_with_calls
from tracewright.guest.tokens import NAME, Token


def test_a_mistake_in_another_file_is_shown_with_its_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    module = tmp_path / "module.lark"
    module.write_text("one\ntwo three\n")
    error = SourceError("no", 2, 5, 10, str(module))
    report(error, "main.lark", "first\nsecond\n")
    assert capfd.readouterr().err == f"{module}:2:5: no\n  two three\n      ^~~~~\n"
    assert located(error, "main.lark") == f"{module}:2:5: no"
    module.unlink()
    report(error, "main.lark", "first\nsecond\n")
    assert capfd.readouterr().err == f"{module}:2:5: no\n"


def test_calls_are_shown_from_the_innermost_on() -> None:
    error = SourceError("no", 1)
    error.called_by("inner", 7, "module.lark")
    error.called_by("outer", 9)
    assert rendered(error, "main.lark", "") == (
        "main.lark:1: no\n  called by inner, module.lark:7\n  called by outer, main.lark:9\n"
    )


def test_of_very_many_calls_those_at_both_ends_are_shown() -> None:
    error = SourceError("no", 1)
    for line in range(1, 101):
        error.called_by("f", line)
    shown = rendered(error, "main", "").splitlines()[1:]
    assert len(shown) == 2 * MOST_CALLS + 1
    assert (shown[0], shown[-1]) == ("  called by f, main:1", "  called by f, main:100")
    assert shown[MOST_CALLS] == f"  ... {100 - 2 * MOST_CALLS} more calls"


def compiled(name: str, file: str, lines: list[int]) -> RegisterCode:
    """Code with one instruction for each line."""
    writer = CodeWriter(name, LINK_SLOTS, file)
    for line in lines:
        writer.emit(Token(NAME, "x", line, 3), 1, LINK_SLOTS)
    return writer.finish()


def test_an_error_brings_the_calls_of_every_portal_that_it_leaves() -> None:
    program, outer, inner = (
        compiled(name, file, [1, 2, 3]) for name, file in (("program", ""), ("outer", ""), ("inner", "m.lark"))
    )
    stack = VMStack(100)
    stack.reserve(30)
    push_link(stack, 20, outer, 2, 10)  # a portal runs the frames at 10 and 20, another one that at 0
    error = located_with_calls(ZeroDivisionError(), inner, 2, stack, 20, 10)
    error = located_with_calls(error, program, 0, stack, 0, 0)
    assert rendered(error, "main.lark", "") == (
        "m.lark:3:3: division by zero\n  called by outer, main.lark:2\n  called by program, main.lark:1\n"
    )


def test_listings_name_the_file_where_it_is_not_the_program() -> None:
    assert describe(compiled("f", "", [4]), 0) == "f:4"
    assert describe(compiled("f", "m.lark", [4]), 0) == "m.lark:4 f"


def test_a_frame_has_the_registers_that_are_said_to_be_needed() -> None:
    writer = CodeWriter("f", LINK_SLOTS)
    writer.emit_wide(Token(NAME, "x", 1, 1), 1, LINK_SLOTS + 2, writer.constant(Value.NULL))
    assert writer.finish().frame_size == LINK_SLOTS + 3
    writer.needs(LINK_SLOTS + 8)
    assert writer.finish().frame_size == LINK_SLOTS + 9
