"""Ruff inside another process: one session, kept from request to request, and guest values as plain ones."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.guest import plain_values
from tracewright.guest.embedding import FILE_NAME
from tracewright.guest.frames import mark_outermost
from tracewright.guest.language import EmbeddingError, GuestLanguage
from tracewright.guest.plain_values import PlainReader, PlainWriter
from tracewright_ruff.builtins.registry import new_session
from tracewright_ruff.bytecode import CALLEE, FIRST_ARGUMENT
from tracewright_ruff.command_line import run_text
from tracewright_ruff.display import debug_text
from tracewright_ruff.errors import GuestError, ProgramExit
from tracewright_ruff.interpreter import call_function
from tracewright_ruff.objects import W_Array, W_Dict, W_String, array_from_list, text_value
from tracewright_ruff.session import UNBOUND, Session


@final
class EmbeddedRuff(GuestLanguage):
    """The session of a host process, made with the first request."""

    def __init__(self) -> None:
        self.session: Session | None = None

    def reset(self) -> None:
        self.session = None

    def _session(self) -> Session:
        """The session, with nothing on its stack: the request before may have ended in the middle of a call."""
        session = self.session
        if session is None:
            session = new_session()
            self.session = session
        session.stack.reserve(0)
        return session

    def run(self, source: str) -> int:
        return run_text(self._session(), source, FILE_NAME, True)

    def answer_call(self, name: str, arguments: PlainReader, count: int, result: PlainWriter) -> None:
        session = self._session()
        try:
            values: list[Value] = []
            for _ in range(count):
                values.append(_guest_value(session, arguments))
            _write(_call(session, _global(session, name), values), result)
        except GuestError as error:
            raise EmbeddingError(error.message)
        except ProgramExit as leaving:
            raise EmbeddingError(f"the program called exit({leaving.code})")
        except MemoryError:  # outside the guest's own code, which would have made a GuestError of it
            raise EmbeddingError("Out of memory")


EMBEDDED: Final = EmbeddedRuff()


def _global(session: Session, name: str) -> Value:
    """What the name means at top level."""
    cell = session.globals.cells.get(name)
    if cell is not None and cell.kind != UNBOUND:
        return cell.value
    if name in session.builtins:
        return session.builtins[name]
    raise EmbeddingError(f"there is no function '{name}'")


def _call(session: Session, function: Value, arguments: list[Value]) -> Value:
    """Call it from an empty frame that stands for the host, so that walks over the callers end there."""
    stack = session.stack
    stack.reserve(FIRST_ARGUMENT)
    mark_outermost(stack, 0)
    stack[CALLEE] = Value.UNDEFINED
    return call_function(session, FIRST_ARGUMENT, function, arguments)


# --- values ----------------------------------------------------------------------------------------------------------
def _guest_value(session: Session, reader: PlainReader) -> Value:
    """The next value of the reader, as a guest value."""
    match reader.take_tag():
        case plain_values.NOTHING:
            return Value.NULL
        case plain_values.FALSE:
            return Value.FALSE
        case plain_values.TRUE:
            return Value.TRUE
        case plain_values.INT:
            return Value.of_int(reader.take_word())
        case plain_values.FLOAT:
            return Value.of_float(reader.take_float())
        case plain_values.TEXT:
            return text_value(reader.take_text())
        case plain_values.LIST:
            items: list[Value] = []
            for _ in range(reader.take_word()):
                items.append(_guest_value(session, reader))
            return array_from_list(items)
        case plain_values.TABLE:
            table = W_Dict(session.dict_shape)
            for _ in range(reader.take_word()):
                key = reader.take_text()
                table.set_text(key, _guest_value(session, reader))
            return Value.of_object(table)
        case _:
            raise AssertionError("unknown tag")


def _write(value: Value, writer: PlainWriter) -> None:
    """A guest value as a plain one; raises EmbeddingError where there is none."""
    if value.is_int():
        writer.put_int(value.as_int())
    elif value.is_float():
        writer.put_float(value.as_float())
    elif value.is_bool():
        writer.put_truth(value.as_bool())
    elif not value.is_object():
        writer.put_nothing()
    else:
        _write_object(value, value.as_object(), writer)


def _write_object(value: Value, thing: object, writer: PlainWriter) -> None:
    if isinstance(thing, W_String):
        writer.put_text(thing.flat())
    elif isinstance(thing, W_Array):
        writer.put_list(thing.length)
        for index in range(thing.length):
            _write(thing.items[index], writer)
    elif isinstance(thing, W_Dict):
        keys = thing.keys()
        writer.put_table(len(keys))
        for key in keys:
            writer.put_key(key)
            _write(thing.get_text(key), writer)
    else:
        raise EmbeddingError(f"the result has no plain form: {debug_text(value)}")
