"""`parse_toml` and `to_toml` against Python's `tomllib`."""

import datetime
import json
import random
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tracewright.core.value import Value
from tracewright_ruff.builtins.json import json_text
from tracewright_ruff.builtins.json_reader import JsonReader
from tracewright_ruff.builtins.registry import new_session
from tracewright_ruff.builtins.toml import native_to_toml
from tracewright_ruff.builtins.toml_reader import TomlReader
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import as_string
from tracewright_ruff.session import Session

DOCUMENTS = Path(__file__).with_name("documents.toml.txt").read_text(encoding="utf-8").split("\n=====\n")
FAULT = "a fault"


def plain(value: Any) -> Any:
    """With dates as the reference has them: texts, of which only the beginning is compared."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()[:5]
    if isinstance(value, int) and not -(1 << 63) <= value < 1 << 63:
        raise tomllib.TOMLDecodeError  # Ruff has no such integers
    return value[:5] if isinstance(value, str) else value


def by_python(text: str) -> Any:
    try:
        return plain(tomllib.loads(text))
    except tomllib.TOMLDecodeError:
        return FAULT


def by_ruff(session: Session, text: str) -> Any:
    try:
        return plain(json.loads(json_text(TomlReader(session, text).document())))
    except GuestError as error:
        assert error.message.startswith("TOML parse error: ")
        return FAULT


@pytest.mark.parametrize("text", DOCUMENTS)
def test_documents(text: str) -> None:
    assert by_ruff(new_session(), text) == by_python(text)


def test_documents_with_mistakes() -> None:
    """Each document with a character taken out, doubled or replaced, at every place."""
    session, chance = new_session(), random.Random(11)
    for text in DOCUMENTS:
        for place in range(len(text)):
            for changed in (
                text[:place] + text[place + 1 :],
                text[: place + 1] + text[place:],
                text[:place] + chance.choice("[]{}=.,\"'\\\n#01a_- ") + text[place + 1 :],
            ):
                if "inf" not in changed and "nan" not in changed:
                    assert by_ruff(session, changed) == by_python(changed), changed


def made(chance: random.Random, depth: int) -> Any:
    kind = chance.randrange(8 if depth < 3 else 5)
    match kind:
        case 0:
            return chance.randrange(-(10**6), 10**6)
        case 1:
            return chance.choice([0.5, -1e300, 3.0, 1e-7])
        case 2:
            return chance.choice([True, False])
        case 3 | 4:
            return "".join(chance.choice('ab"\\\n\té .') for _ in range(chance.randrange(6)))
        case 5:
            return [made(chance, depth + 1) for _ in range(chance.randrange(4))]
        case _:
            return {chance.choice(["a", "b c", "é", "", "x.y"]): made(chance, depth + 1) for _ in range(3)}


def test_what_is_written_is_read_again() -> None:
    session, chance = new_session(), random.Random(5)
    for _ in range(300):
        table = {"k": made(chance, 0), "other": made(chance, 0)}
        value = JsonReader(session, json.dumps(table)).document()
        session.stack.reserve(8)
        session.stack[0] = value
        written = as_string(native_to_toml(session, session.stack, 0, 1, 0))
        assert written is not None
        assert tomllib.loads(written.flat()) == table, written.flat()


def test_what_cannot_be_written() -> None:
    session = new_session()
    session.stack.reserve(8)
    for value in (Value.of_int(1), Value.NULL):
        session.stack[0] = value
        with pytest.raises(GuestError, match="to_toml requires a dictionary"):
            native_to_toml(session, session.stack, 0, 1, 0)
