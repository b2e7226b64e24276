"""Open databases. What the program drops without closing it is closed when its object has died."""

from __future__ import annotations

from typing import final

from tracewright.core.foreign import NULL
from tracewright.core.weak import Finalizer, attach_finalizer
from tracewright_ruff import libraries_sqlite as sqlite
from tracewright_ruff.opaque import W_Opaque


@final
class Connection(Finalizer):
    """A connection of the library; it knows nothing of the object that the program holds."""

    def __init__(self, address: int) -> None:
        super().__init__()
        self.address = address  # the library's; NULL when it is closed
        self.statements: dict[str, int] = {}  # prepared ones, by their texts

    def forget_statements(self) -> None:
        """Give back all prepared statements."""
        for statement in self.statements.values():
            sqlite.finalize(statement)
        self.statements.clear()

    def close(self) -> None:
        """More than once does nothing more."""
        if self.address != NULL:
            self.forget_statements()
            sqlite.close_database(self.address)
            self.address = NULL

    def run(self, target: object) -> None:
        self.close()


@final
class W_Database(W_Opaque):
    """What a program holds of a connection."""

    def __init__(self, connection: Connection) -> None:
        super().__init__("database")
        self.connection = connection


def new_database(address: int) -> W_Database:
    """The object for a connection that the library has opened."""
    connection = Connection(address)
    database = W_Database(connection)
    attach_finalizer(database, connection)
    return database
