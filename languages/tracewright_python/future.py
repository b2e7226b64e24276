"""`from __future__ import ...`: which features a file asks for, and where such a line may stand."""

from __future__ import annotations

from typing import Final, final

from tracewright_python import messages
from tracewright_python.diagnostics import SyntaxFault
from tracewright_python.syntax import Statement, StringConstant
from tracewright_python.syntax_statements import Expr, ImportFrom

_KNOWN: Final[dict[str, bool]] = {
    "nested_scopes": True,
    "generators": True,
    "division": True,
    "absolute_import": True,
    "with_statement": True,
    "print_function": True,
    "unicode_literals": True,
    "barry_as_FLUFL": True,
    "generator_stop": True,
    "annotations": True,
}


@final
class FutureFeatures:
    """What a file asks for that still makes a difference."""

    def __init__(self) -> None:
        self.annotations = False  # are kept as text


def future_features(body: list[Statement]) -> FutureFeatures:
    """What the head of a file asks for. Raises SyntaxFault for a feature that there is not."""
    features = FutureFeatures()
    for index in range(len(body)):
        statement = body[index]
        if isinstance(statement, ImportFrom) and is_future_import(statement):
            for alias in statement.names:
                if alias.name == "braces":
                    raise SyntaxFault("not a chance", statement.span)
                if alias.name not in _KNOWN:
                    raise SyntaxFault(f"future feature {alias.name} is not defined", statement.span)
                features.annotations = features.annotations or alias.name == "annotations"
        elif not (index == 0 and _is_docstring(statement)):
            break
    return features


def is_future_import(statement: ImportFrom) -> bool:
    """Whether an import is of `__future__`."""
    return statement.level == 0 and statement.module == "__future__"


def _is_docstring(statement: Statement) -> bool:
    return isinstance(statement, Expr) and isinstance(statement.value, StringConstant)


def late_future_imports(body: list[Statement]) -> SyntaxFault | None:
    """What is wrong if an import of `__future__` stands behind anything else than others of its kind; looks at this block only."""
    at_head = True
    for index in range(len(body)):
        statement = body[index]
        if isinstance(statement, ImportFrom) and is_future_import(statement):
            if not at_head:
                return SyntaxFault(messages.LATE_FUTURE, statement.span)
        elif not (index == 0 and _is_docstring(statement)):
            at_head = False
    return None
