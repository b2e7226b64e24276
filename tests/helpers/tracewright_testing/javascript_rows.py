"""Rows of programs in a text file, each on a line, perhaps with what is expected of it on the line below."""

from dataclasses import dataclass
from pathlib import Path

from tracewright.lib.utf16 import text_of_units, units_of_text
from tracewright_javascript.diagnostics import Place, SyntaxFault
from tracewright_javascript.parser import Goal, parse


@dataclass(frozen=True)
class Row:
    """`line` is the program as it stands in the file."""

    line: str
    expected: str

    @property
    def is_module(self) -> bool:
        return self.line.startswith("module: ")

    @property
    def source(self) -> str:
        parts = self.line.removeprefix("module: ").split("\\\\")
        return "\\".join(part.replace("\\n", "\n").replace("\\u2028", "\u2028") for part in parts)


def read_rows(path: Path) -> list[Row]:
    """All rows; lines that begin with `# ` are remarks."""
    rows: list[Row] = []
    for line in path.read_text().splitlines():
        if line.startswith("  ") and rows:
            rows[-1] = Row(rows[-1].line, line.strip())
        elif line and not line.startswith("# "):
            rows.append(Row(line, ""))
    return rows


def write_rows(path: Path, rows: list[Row]) -> None:
    """The file again, its remarks as they were."""
    remarks = [line for line in path.read_text().splitlines() if line.startswith("# ")]
    lines = [line for row in rows for line in (row.line, f"  {row.expected}" if row.expected else "")]
    path.write_text("\n".join([*remarks, *(line for line in lines if line)]) + "\n")


def verdict(source: str, is_module: bool) -> str:
    """`LINE:COLUMN message`, or an empty text for a program that is right."""
    units = units_of_text(source)
    try:
        parse(units, Goal.MODULE if is_module else Goal.SCRIPT)
    except SyntaxFault as fault:
        place = Place(units, fault.start)
        assert 0 <= fault.start <= len(units) and fault.end >= fault.start
        return text_of_units(f"{place.line}:{place.column} {fault.message}")
    return ""
