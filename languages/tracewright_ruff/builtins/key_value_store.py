"""Texts by name that outlive the program: a JSON object in a file, which is replaced as a whole."""

from __future__ import annotations

from typing import Final

from tracewright.core import files
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_ruff.builtins.arguments import text_at
from tracewright_ruff.builtins.environment import variable
from tracewright_ruff.builtins.files import exists, put, read_text
from tracewright_ruff.builtins.json import json_text
from tracewright_ruff.builtins.json_reader import JsonReader
from tracewright_ruff.builtins.system_errors import failed
from tracewright_ruff.display import display_text
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Dict, as_dict, as_string, text_value
from tracewright_ruff.session import ARITY_ANY, Session, W_Native

DEFAULT_PATH: Final = ".ruff_kv.json"
PATH_VARIABLE: Final = "RUFF_KV_PATH"
WRITE: Final = "Cannot write key-value store"


def _path() -> str:
    path = variable(PATH_VARIABLE)
    return path if path is not None and path != "" else DEFAULT_PATH


def _stored(session: Session, path: str) -> W_Dict:
    if not exists(path):
        return W_Dict(session.dict_shape)
    table = as_dict(JsonReader(session, read_text(path)).document())
    if table is None:
        raise GuestError(f"Cannot read key-value store '{path}': it is no JSON object")
    return table


def _key(stack: VMStack, first: int, count: int, expected: int, name: str) -> str:
    if count < expected:
        raise GuestError(f"{name} expects {expected} argument{'' if expected == 1 else 's'}, got {count}")
    return text_at(stack, first, f"{name} requires a string key")


def native_kv_set(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`kv_set(k, v)`: the file is written beside the old one, and then takes its place"""
    key = _key(stack, first, count, 2, "kv_set")
    path = _path()
    table = _stored(session, path)
    table.set_text(key, text_value(display_text(stack[first + 1])))
    put(path + ".new", files.REPLACE, files.CURRENT, json_text(Value.of_object(table)).encode(), WRITE)
    try:
        files.rename_path((path + ".new").encode(), path.encode())
    except OSError as error:
        raise failed(WRITE, path, error)
    return Value.TRUE


def native_kv_get(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`kv_get(k)`: null if nothing is stored under the key"""
    key = _key(stack, first, count, 1, "kv_get")
    value = _stored(session, _path()).get_text(key)
    return value if as_string(value) is not None else Value.NULL


ROWS: Final[list[W_Native]] = [
    W_Native("kv_set", 2, 2, ARITY_ANY, native_kv_set),
    W_Native("kv_get", 1, 1, ARITY_ANY, native_kv_get),
]
