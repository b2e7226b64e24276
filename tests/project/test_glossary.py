"""The glossary's places exist and know the words."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in (ROOT / "framework/GLOSSARY.md").read_text().splitlines()
    if line.startswith("| ") and not line.startswith(("| word |", "| ---"))
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_place_knows_the_word(row: tuple[str, ...]) -> None:
    words, meaning, place = row
    text = (ROOT / place.strip("`")).read_text().lower()
    for word in words.split(", "):
        plain = re.escape(word.strip("`").lower()).replace("\\ ", r"[\s_]*")
        assert re.search(plain, text), f"{place} says nothing of {word}"
    assert meaning


def test_words_are_explained_once() -> None:
    words = [row[0] for row in ROWS]
    assert len(set(words)) == len(words) >= 30
