"""Where the translator refuses something, and which of these places a run of it has reached."""

import ast
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import final

import pytest

import tracewright.translate
from tracewright.core.errors import DialectError, Label

TRANSLATOR = Path(tracewright.translate.__file__).parent
Site = tuple[str, int, int, str]  # file, first and last line, code
Said = tuple[str, str]  # code and message


def refusals() -> list[Site]:
    """Where the translator makes an error: the calls of `error(...)` and `DialectError(...)`."""
    found = []
    for path in sorted(TRANSLATOR.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _makes_error(node):
                codes = [each.value for each in node.args if isinstance(each, ast.Constant)]
                found.append((str(path), node.lineno, node.end_lineno or node.lineno, str(codes[0]) if codes else ""))
    return found


def _makes_error(node: ast.Call) -> bool:
    """Whether the call says something of its own; passing on what another error says does not count."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    first = node.args[0] if node.args else None
    passes_on = isinstance(first, ast.Attribute) and first.attr == "code" or isinstance(first, ast.Name)
    return name in ("error", "DialectError") and len(node.args) >= 2 and not passes_on


@final
class Recorder:
    """Notes from where in the translator each error is made, and which errors are reported."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.made: dict[Said, set[tuple[str, int]]] = {}
        self.reported: set[Said] = set()
        plain = DialectError.__init__

        def noting(
            error: DialectError,
            code: str,
            message: str,
            labels: Sequence[Label],
            help: str = "",
            severity: str = "error",
        ) -> None:
            plain(error, code, message, labels, help, severity)
            self._note((code, message), sys._getframe(1))

        monkeypatch.setattr(DialectError, "__init__", noting)

    def _note(self, said: Said, frame: FrameType | None) -> None:
        lines = self.made.setdefault(said, set())
        while frame is not None:
            if frame.f_code.co_filename.startswith(str(TRANSLATOR)):
                lines.add((frame.f_code.co_filename, frame.f_lineno))
            frame = frame.f_back

    def reached(self, site: Site) -> bool:
        path, first, last, _ = site
        places = [place for said in self.reported for place in self.made.get(said, ())]
        return any(place[0] == path and first <= place[1] <= last for place in places)


def shown(site: Site, *, by_code: bool = False) -> str:
    """The place within the translator, with the line, or with the code of the error, which moves less."""
    return f"{Path(site[0]).relative_to(TRANSLATOR)}:{site[3] if by_code else site[1]}"
