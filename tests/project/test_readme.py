"""The README says what the code says."""

from pathlib import Path

from tracewright.stages import READING_ORDER

ROOT = Path(__file__).parents[2]


def stage_rows() -> list[str]:
    return [f"| {number} | `{folder}` | {what} |" for number, (folder, what) in enumerate(READING_ORDER, 1)]


def test_stage_table_is_the_one_in_the_code() -> None:
    readme = (ROOT / "README.md").read_text()
    for row in stage_rows():
        assert row in readme, f"README.md lacks: {row}"


def test_folders_exist() -> None:
    for folder, _ in READING_ORDER:
        assert list(ROOT.glob(folder)), folder
