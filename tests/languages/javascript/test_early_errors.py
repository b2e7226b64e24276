"""Which programs are wrong, where, and in which words: `early_errors.txt`, which `--update-golden` writes; and which are right."""

from pathlib import Path

import pytest

from tracewright_testing.javascript_rows import Row, read_rows, verdict, write_rows

ERRORS = Path(__file__).parent / "early_errors.txt"
ACCEPTED = read_rows(Path(__file__).parent / "accepted.txt")


def test_each_error_has_its_place_and_words(pytestconfig: pytest.Config) -> None:
    rows = read_rows(ERRORS)
    found = [Row(row.line, verdict(row.source, row.is_module)) for row in rows]
    if pytestconfig.getoption("--update-golden"):
        write_rows(ERRORS, found)
    assert [row for row in found if row.expected == ""] == []
    assert found == read_rows(ERRORS)


@pytest.mark.parametrize("row", ACCEPTED, ids=lambda row: row.line)
def test_what_only_looks_wrong_is_accepted(row: Row) -> None:
    assert verdict(row.source, row.is_module) == ""
