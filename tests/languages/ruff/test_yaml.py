"""`parse_yaml` and `to_yaml`: documents with what PyYAML makes of them by the rules of YAML 1.2, and what is written, read again."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from tracewright.core.value import Value
from tracewright_ruff.builtins.json import json_text
from tracewright_ruff.builtins.json_reader import JsonReader
from tracewright_ruff.builtins.registry import new_session
from tracewright_ruff.builtins.yaml import native_to_yaml
from tracewright_ruff.builtins.yaml_reader import YamlReader
from tracewright_ruff.display import display_text
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import as_string
from tracewright_ruff.session import Session

DOCUMENTS = Path(__file__).with_name("documents.yaml.txt").read_text(encoding="utf-8").rstrip("\n").split("\n=====\n")
FAULT = "ERROR"


def parsed(session: Session, text: str) -> Any:
    try:
        return json.loads(json_text(YamlReader(session, text).document()))
    except GuestError as error:
        assert error.message.startswith("YAML parse error: ") and " at line " in error.message
        return FAULT


@pytest.mark.parametrize("document", DOCUMENTS)
def test_documents(document: str) -> None:
    text, _, expected = document.rpartition("\n-----\n")
    assert parsed(new_session(), text) == json.loads(expected)


def test_documents_with_mistakes_end_in_a_value_or_a_message() -> None:
    session, chance = new_session(), random.Random(3)
    for document in DOCUMENTS:
        text = document.rpartition("\n-----\n")[0]
        for place in range(len(text)):
            parsed(session, text[:place] + text[place + 1 :])
            parsed(session, text[:place] + chance.choice("[]{}:,\"'\n#- &*ab1|>?!%@\t") + text[place:])
            parsed(session, text[:place])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [1", "did not find the expected ',' or closing bracket at line 1 column 6"),
        ("a: 1\na: 2", 'duplicate entry with key "a" at line 2 column 3'),
        ("a: *b", "unknown anchor 'b' at line 1 column 6"),
        ("a: !!str 1", "tags are not supported at line 1 column 4"),
        ("a\n---\nb", "more than one document is not supported at line 2 column 1"),
        ("a:\n\tb: 1", "a tab cannot indent at line 2 column 2"),
        ("[" * 200, "nested too deeply at line 1 column 129"),
        ("- " * 200 + "x", "nested too deeply at line 1 column 257"),
    ],
)
def test_faults(text: str, message: str) -> None:
    with pytest.raises(GuestError) as caught:
        YamlReader(new_session(), text).document()
    assert caught.value.message == "YAML parse error: " + message


def test_words() -> None:
    text = (
        "[.inf, -.INF, .nan, 1e3, +5, 0x1F, 0o17, 017, 1_0, 0b1, yes, Null, ~, TRUE, 9223372036854775808, 1.2.3, '1']"
    )
    value = YamlReader(new_session(), text).document()
    expected = "[inf, -inf, NaN, 1000, 5, 31, 15, 17, 1_0, 0b1, yes, null, null, true, 9223372036854776000, 1.2.3, 1]"
    assert display_text(value) == expected


def made(chance: random.Random, depth: int) -> Any:
    match chance.randrange(9 if depth < 4 else 6):
        case 0:
            return chance.randrange(-(10**6), 10**6)
        case 1:
            return chance.choice([0.5, -1e300, 3.0, 1e-7])
        case 2:
            return chance.choice([True, False, None])
        case 3 | 4:
            return "".join(chance.choice("ab:#-\"\\\n\té .'[&") for _ in range(chance.randrange(6)))
        case 5:
            return chance.choice(["null", "1", "-", "true", "1e5", "~", "a: b", " x", "?", "---", "...", "0x1"])
        case 6 | 7:
            return [made(chance, depth + 1) for _ in range(chance.randrange(4))]
        case _:
            return {chance.choice(["a", "b c", "é", "", "1", "x: y", "-"]): made(chance, depth + 1) for _ in range(3)}


def test_what_is_written_is_read_again() -> None:
    session, chance = new_session(), random.Random(5)
    session.stack.reserve(8)
    for _ in range(500):
        value = made(chance, 0)
        session.stack[0] = JsonReader(session, json.dumps(value)).document()
        written = as_string(native_to_yaml(session, session.stack, 0, 1, 0))
        assert written is not None
        assert parsed(session, written.flat()) == value, written.flat()


def test_what_is_written() -> None:
    session = new_session()
    session.stack.reserve(8)
    session.stack[0] = JsonReader(
        session, '{"b": [1, {"x": 1, "y": [2, []]}], "a": {"k": null}, "t": "yes"}'
    ).document()
    written = as_string(native_to_yaml(session, session.stack, 0, 1, 0))
    assert written is not None
    assert written.flat() == "a:\n  k: null\nb:\n- 1\n- x: 1\n  y:\n  - 2\n  - []\nt: yes\n"
    session.stack[0] = Value.of_float(float("-inf"))
    written = as_string(native_to_yaml(session, session.stack, 0, 1, 0))
    assert written is not None and written.flat() == "-.inf\n"
