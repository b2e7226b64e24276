"""The page of the author's interface says what the sources say."""

from tracewright.tools.reference import PACKAGE, PAGE, page


def test_the_page_is_fresh() -> None:
    assert page() == PAGE.read_text(encoding="utf-8"), "run `python -m tracewright.tools.reference`"


def test_it_has_every_module_for_languages() -> None:
    text = page()
    for path in (PACKAGE / "guest").glob("*.py"):
        assert path.stem == "__init__" or f"### `tracewright.guest.{path.stem}`" in text


def test_it_has_signatures_fields_and_examples() -> None:
    text = page()
    assert "| `TokenStream.accept(symbol: str) -> bool` | Take this symbol if it comes next. |" in text
    assert "| `VMStack` has |" in text
    assert "(`@final`)" in next(line for line in text.splitlines() if line.startswith("| **`Token("))
    assert "```\nRULES: Final = TokenRules(" in text
