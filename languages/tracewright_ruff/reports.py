"""What the `ruff` command says as JSON, for programs that run it."""

from __future__ import annotations

from typing import Final

from tracewright_ruff.builtins.json import quoted_json
from tracewright_ruff.diagnostics import Diagnostic, ExitCode

CONTRACT_VERSION: Final = "1.0.0-draft"  # of the JSON report, as in the reference


def runtime_error_report(path: str, message: str, call_stack: list[str]) -> str:
    """An uncaught error as a JSON document, for programs that run programs; the call stack has the innermost first."""
    names = [quoted_json(name) for name in reversed(call_stack)]
    calls = "[]" if len(names) == 0 else "[\n    " + ",\n    ".join(names) + "\n  ]"
    rows: list[str] = [
        f'  "call_stack": {calls}',
        '  "command": "run"',
        f'  "contract_version": "{CONTRACT_VERSION}"',
        '  "diagnostic": {\n    "code": "RUFVM001",\n    "column": 0,\n'
        f'    "file": {quoted_json(path)},\n    "help": null,\n    "line": 0,\n    "message": {quoted_json(message)},\n'
        '    "severity": "error",\n    "subsystem": "vm"\n  }',
        f'  "exit_code": {ExitCode.RUNTIME}',
        '  "kind": "runtime_diagnostic"',
        '  "runtime_kind": "Runtime Error"',
        '  "status": "error"',
    ]
    return "{\n" + ",\n".join(rows) + "\n}\n"


def check_report(path: str, diagnostics: list[Diagnostic], compile_message: str) -> str:
    """What `check` found, as one line of JSON."""
    rows: list[str] = []
    for diagnostic in diagnostics:
        place = f'"line":{diagnostic.line},"column":{diagnostic.column}'
        message = quoted_json(diagnostic.message)
        rows.append(f'{{"code":"{diagnostic.code}",{place},"message":{message}}}')
    if compile_message != "":
        rows.append('{"code":"RUFVM001","message":' + quoted_json(compile_message) + "}")
    status = "ok" if len(rows) == 0 else "error"
    return f'{{"diagnostics":[{",".join(rows)}],"file":{quoted_json(path)},"status":"{status}"}}\n'


def timing_report(path: str, times: list[int]) -> str:
    """How long runs took, given in nanoseconds, of which there is at least one."""
    if len(times) == 1:
        return f"{path}: {times[0] / 1e6:.3f} ms\n"
    count = len(times)
    mean = sum(times) / count / 1e6 if count != 0 else 0.0
    return (
        f"{path}: mean {mean:.3f} ms, from {min(times) / 1e6:.3f} to {max(times) / 1e6:.3f} ms in {len(times)} runs\n"
    )
