"""Open databases. What the program drops without closing it is closed when its object has died."""

from __future__ import annotations

from typing import final

from tracewright.core.foreign import NULL
from tracewright.core.value import Value
from tracewright.core.weak import Finalizer, attach_finalizer
from tracewright_ruff.dictionaries import W_Dict
from tracewright_ruff.opaque import W_Opaque
from tracewright_ruff.session import Session


class Connection(Finalizer):
    """A connection of a library, of one of three kinds; it knows nothing of the object that the program holds."""

    def __init__(self, address: int) -> None:
        super().__init__()
        self.address = address  # the library's; NULL when it is closed

    def is_open(self) -> bool:
        """Whether it can be used."""
        return self.address != NULL

    def close(self) -> None:
        """More than once does nothing more."""
        raise NotImplementedError

    def run(self, target: object) -> None:
        self.close()

    def execute(self, text: str, parameters: list[Value], name: str) -> int:
        """Run a statement; gives how many rows it has changed. `name` is that of the builtin, for messages. Raises GuestError."""
        raise NotImplementedError

    def query(self, session: Session, text: str, parameters: list[Value], name: str) -> list[W_Dict]:
        """Run a statement; gives its rows. Raises GuestError."""
        raise NotImplementedError

    def last_insert_id(self, name: str) -> int:
        """The number that the last row got which was inserted."""
        raise NotImplementedError


@final
class W_Database(W_Opaque):
    """What a program holds of a connection."""

    def __init__(self, connection: Connection) -> None:
        super().__init__("database")
        self.connection = connection


def new_database(connection: Connection) -> W_Database:
    """The object for a connection that a library has opened."""
    database = W_Database(connection)
    attach_finalizer(database, connection)
    return database
