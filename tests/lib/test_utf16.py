"""Texts of UTF-16 units against CPython's codec."""

from hypothesis import given
from hypothesis import strategies as st

from tracewright.lib.utf16 import code_point_at, text_of_units, units_in_code_point, units_of_text, utf8_of_units

TEXTS = st.text(alphabet=st.characters(exclude_categories=()), max_size=12)


def units_by_codec(text: str) -> str:
    data = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(int.from_bytes(data[index : index + 2], "little")) for index in range(0, len(data), 2))


@given(TEXTS)
def test_units_and_back(text: str) -> None:
    units = units_of_text(text)
    assert units == units_by_codec(text)
    data = text.encode("utf-16-le", "surrogatepass")
    assert text_of_units(units) == data.decode("utf-16-le", "surrogatepass")
    assert utf8_of_units(units) == data.decode("utf-16-le", "replace").encode()


@given(TEXTS)
def test_code_points_one_by_one(text: str) -> None:
    units = units_of_text(text)
    codes = []
    index = 0
    while index < len(units):
        codes.append(code_point_at(units, index))
        index += units_in_code_point(codes[-1])
    assert "".join(map(chr, codes)) == text_of_units(units)
