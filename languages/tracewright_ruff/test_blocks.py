"""`ruff test-run`: the `test` blocks of a program, each run by itself in a session of its own.

What is run for a test, as one program: the declarations of the file, the setups of the file and of the groups around the test,
the outermost first, the test, and the teardowns the other way round. What fails leaves out the rest, the teardowns too.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.system import monotonic_nanoseconds
from tracewright_ruff.compiler import compile_program
from tracewright_ruff.errors import CompileError, GuestError
from tracewright_ruff.running import run_program
from tracewright_ruff.session import Session
from tracewright_ruff.syntax import (
    Assignment,
    Declaration,
    EnumDeclaration,
    FunctionDeclaration,
    ImportModule,
    ImportNames,
    Program,
    Statement,
    StructDeclaration,
    Test,
    TestGroup,
    TestSetup,
    TestTeardown,
)
from tracewright_ruff.syntax_questions import unexported

RULE: Final = "=" * 60


@final
class TestCase:
    """One test, and after `run_test` how it went."""

    def __init__(self, name: str, program: Program) -> None:
        self.name = name
        self.program = program
        self.problem = ""  # why it failed
        self.milliseconds = 0


def collect_tests(program: Program) -> list[TestCase]:
    """The tests of a file in the order of the source."""
    shared: list[Statement] = [statement for statement in program.statements if _is_declaration(statement)]
    cases: list[TestCase] = []
    _collect(program.statements, shared, [], program, cases)
    return cases


def _is_declaration(statement: Statement) -> bool:
    match unexported(statement):
        case FunctionDeclaration() | StructDeclaration() | EnumDeclaration() | Declaration() | Assignment():
            return True
        case ImportModule() | ImportNames():
            return True
    return False


def _collect(
    statements: list[Statement], before: list[Statement], after: list[Statement], whole: Program, cases: list[TestCase]
) -> None:
    """The tests among `statements`, which are the file's or those of a group."""
    head = before.copy()
    tail = after.copy()
    for statement in statements:
        match statement:
            case TestSetup():
                head.extend(statement.body)
            case TestTeardown():
                tail = statement.body + tail
    for statement in statements:
        match statement:
            case Test():
                cases.append(TestCase(statement.name, Program(head + statement.body + tail, whole.imports)))
            case TestGroup():
                _collect(statement.body, head, tail, whole, cases)


def run_test(case: TestCase, session: Session, file: str) -> None:
    """Run one test; `exit` in it ends everything, as ever."""
    start = monotonic_nanoseconds()
    try:
        run_program(session, compile_program(session, session.globals, file, case.program, False))
    except GuestError as error:
        case.problem = error.message if error.message != "" else "an error without text"
    except CompileError as error:
        case.problem = error.message
    case.milliseconds = (monotonic_nanoseconds() - start) // 1_000_000


def test_report(cases: list[TestCase], milliseconds: int, verbose: bool) -> str:
    """What is printed behind all tests."""
    failed = 0
    lines: list[str] = ["", RULE, "Test Results", RULE]
    for case in cases:
        if case.problem != "":
            failed += 1
        if verbose:
            mark = "✓" if case.problem == "" else "✗"
            lines.append(f"  {mark} {case.name} ({case.milliseconds}ms)")
            if case.problem != "":
                lines.append("    Error: " + case.problem)
    if verbose:
        lines.append("")
    lines.append(f"Tests: {len(cases)} total, {len(cases) - failed} passed, {failed} failed")
    lines.append(f"Time:  {milliseconds}ms")
    lines.append(RULE)
    lines.append("")
    lines.append("All tests passed! ✨" if failed == 0 else f"{failed} test(s) failed")
    return "\n".join(lines) + "\n"
