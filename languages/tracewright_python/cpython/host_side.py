"""What the embedded CPython runs: this text is compiled there, not here (`bridge.py`).

The engine calls what `function_named` gives; `described` says what it needs to know of an exception. The way back is
`ask(operation, number, arguments, keywords)`, to guest object `number`: it gives (True, result) or (False, names of the exception's classes, its
arguments, the exception), and never raises.
"""

from __future__ import annotations

import builtins
import importlib
import operator
import sys
from collections.abc import Callable
from typing import Any


def ask(operation: str, number: int, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> tuple[Any, ...]:
    """The way back; the engine puts its own in the place of this."""
    raise NotImplementedError


class GuestError(Exception):
    """An exception of the guest program whose class CPython does not have."""


class GuestObject:
    """An object of the guest program: all that is done with it is done there."""

    def __init__(self, number: int) -> None:
        object.__setattr__(self, "_number", number)

    def __del__(self) -> None:
        _ask("release", self)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return _ask("call", self, *arguments, **keywords)

    def __getattr__(self, name: str) -> Any:
        return _ask("getattr", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        _ask("setattr", self, name, value)

    def __getitem__(self, key: Any) -> Any:
        return _ask("getitem", self, key)

    def __setitem__(self, key: Any, value: Any) -> None:
        _ask("setitem", self, key, value)

    def __len__(self) -> Any:
        return _ask("len", self)

    def __iter__(self) -> Any:
        return _ask("iter", self)

    def __next__(self) -> Any:
        return _ask("next", self)

    def __bool__(self) -> Any:
        return _ask("bool", self)

    def __str__(self) -> Any:
        return _ask("str", self)

    def __repr__(self) -> Any:
        return _ask("repr", self)

    def __hash__(self) -> Any:
        return _ask("hash", self)

    def __eq__(self, other: object) -> Any:
        return _ask("eq", self, other)

    def __lt__(self, other: object) -> Any:
        return _ask("lt", self, other)

    def __add__(self, other: Any) -> Any:
        return _ask("add", self, other)

    def __sub__(self, other: Any) -> Any:
        return _ask("sub", self, other)

    def __mul__(self, other: Any) -> Any:
        return _ask("mul", self, other)

    def __truediv__(self, other: Any) -> Any:
        return _ask("truediv", self, other)

    def __float__(self) -> Any:
        return _ask("float", self)

    def __index__(self) -> Any:
        return _ask("index", self)


class GuestOutput:
    """`sys.stdout` and `sys.stderr`: texts go the way of the guest's own, so that their order is right."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def write(self, text: str) -> int:
        ask("write", 0, (self._descriptor, text), {})
        return len(text)

    def flush(self) -> None:
        """The guest does it."""


def _ask(operation: str, thing: GuestObject, *arguments: Any, **keywords: Any) -> Any:
    return _checked(ask(operation, thing.__dict__["_number"], arguments, keywords))


def _checked(answer: tuple[Any, ...]) -> Any:
    """The result of an answer, or its exception raised."""
    if answer[0]:
        return answer[1]
    _, names, arguments, exception = answer
    for name in names:
        kind = getattr(builtins, name, None)
        if isinstance(kind, type) and issubclass(kind, BaseException):
            error = kind(*arguments)
            break
    else:
        error = GuestError(*arguments)
    error.__guest__ = exception  # type: ignore[attr-defined]  # so that the guest gets back what it has raised
    raise error


def function_named(name: str) -> Callable[..., Any]:
    """A function of `_OWN`, of `operator`, or a built-in one."""
    own = _OWN.get(name)
    return own if own is not None else getattr(operator, name, None) or getattr(builtins, name)


def described(error: BaseException) -> tuple[tuple[str, ...], tuple[Any, ...], Any]:
    """The names of an exception's classes, its arguments, and the guest exception that it comes from."""
    names = tuple(kind.__name__ for kind in type(error).__mro__)
    return names, tuple(map(_plain, error.args)), getattr(error, "__guest__", None)


def _plain(argument: Any) -> Any:
    """An argument of an exception: numbers and texts cross as they are, anything else as its text."""
    return argument if type(argument) in (int, float, str, bool, type(None)) else str(argument)


def _call(function: Callable[..., Any], *arguments: Any, **keywords: Any) -> Any:
    return function(*arguments, **keywords)


def _start(folders: list[str]) -> None:
    """Find what the guest finds, and write where it writes."""
    sys.path += [folder for folder in folders if folder not in sys.path]
    sys.stdout, sys.stderr = GuestOutput(1), GuestOutput(2)


_OWN: dict[str, Callable[..., Any]] = {"call": _call, "start": _start, "import": importlib.import_module}
