"""Normal forms are those of `unicodedata`."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracewright.lib.normal_forms import (
    CANONICAL,
    COMBINING_CLASSES,
    COMPATIBLE,
    normalized_c,
    normalized_d,
    normalized_kc,
    normalized_kd,
)

FORMS = {"NFC": normalized_c, "NFD": normalized_d, "NFKC": normalized_kc, "NFKD": normalized_kd}
JAMO = range(0x1100, 0x1200)
SYLLABLES = range(0xAC00, 0xAC40)
CHANGING = sorted({*CANONICAL, *COMPATIBLE, *COMBINING_CLASSES, *JAMO, *SYLLABLES})
TEXTS = st.text(st.one_of(st.sampled_from([chr(code) for code in CHANGING]), st.sampled_from("aeIst ")), max_size=8)


@pytest.mark.parametrize("form", FORMS)
def test_every_character_that_changes(form: str) -> None:
    for code in (*CHANGING, *range(0x3400, 0x3410), *range(0xAC00, 0xD7A4, 7)):
        assert FORMS[form](chr(code)) == unicodedata.normalize(form, chr(code)), hex(code)  # type: ignore[arg-type]


@given(TEXTS)
def test_random_texts(text: str) -> None:
    forms: list[tuple[str, Callable[[str], str]]] = list(FORMS.items())
    for form, normalized in forms:
        assert normalized(text) == unicodedata.normalize(form, text)  # type: ignore[arg-type]
