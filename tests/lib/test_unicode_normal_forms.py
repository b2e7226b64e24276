"""Normal forms against `unicodedata`."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracewright.lib.unicode_normal_forms import FORMS, normalized

# Letters that compose, marks of several classes, Hangul parts and syllables, compatibility characters, compositions that are excluded.
CHARACTERS = (
    "aeésšſ\u0300\u0301\u0323\u0327\u0338\u0345\u3099ᄀ가각ᅡᆨﬁ①㎏Å\u0958\u2adc\ufb1d\U0001d15e\U00011935\U00011930"
)


@pytest.mark.parametrize("form", FORMS)
def test_every_code_point(form: str) -> None:
    wrong = [
        code
        for code in range(0x30000)
        if normalized("a" + chr(code) + "\u0301", form) != unicodedata.normalize(form, "a" + chr(code) + "\u0301")  # type: ignore[arg-type]
    ]
    assert wrong == []


@settings(max_examples=500, deadline=None)
@given(st.text(st.sampled_from(CHARACTERS) | st.characters(), max_size=12), st.sampled_from(FORMS))
def test_texts(text: str, form: str) -> None:
    assert normalized(text, form) == unicodedata.normalize(form, text)  # type: ignore[arg-type]
