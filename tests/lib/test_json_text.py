"""What `JsonWriter` writes, CPython's json reads back."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from tracewright.lib.json_text import JsonWriter

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(1 << 63), (1 << 63) - 1) | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.from_regex(r"\A[a-z_]+\Z"), inner),
    max_leaves=12,
)


def write(value: object, writer: JsonWriter) -> None:
    match value:
        case None:
            writer.nothing()
        case bool():
            writer.truth(value)
        case int():
            writer.number(value)
        case str():
            writer.text(value)
        case list():
            writer.begin("[")
            for item in value:
                write(item, writer)
            writer.end("]")
        case dict():
            writer.begin("{")
            for key, item in value.items():
                writer.key(key)
                write(item, writer)
            writer.end("}")


@settings(deadline=None)
@given(VALUES)
def test_what_is_written_is_read_back(value: object) -> None:
    writer = JsonWriter()
    for _ in range(2):  # after `take` it begins anew
        write(value, writer)
        text = writer.take()
        assert json.loads(text) == value
        assert "\n" not in text
        text.encode()  # no half of a surrogate pair is left as it is
