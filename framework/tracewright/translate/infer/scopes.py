"""What surrounds the current statement: where `break`, `continue`, `raise` and exceptions go from here."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import final

from tracewright.translate.flow.graph import Block


@final
@dataclass(frozen=True, slots=True)
class LoopScope:
    """`break` and `continue` go here."""

    after: Block
    again: Block


@final
@dataclass(frozen=True, slots=True)
class HandlerScope:
    """Exceptions go here."""

    handler: Block


@final
@dataclass(frozen=True, slots=True)
class FinallyScope:
    """These statements run on every way out; exceptions go to `handler`, which runs them too."""

    body: list[ast.stmt]
    handler: Block


@final
@dataclass(frozen=True, slots=True)
class CaughtScope:
    """Inside an except clause: what a bare `raise` raises again, as a local name."""

    name: str


Scope = LoopScope | HandlerScope | FinallyScope | CaughtScope
