"""Small questions about syntax trees: which names a pattern or a declaration binds, which variable a path starts at."""

from __future__ import annotations

from tracewright_ruff.syntax import (
    ArrayPattern,
    Assignment,
    Declaration,
    DictionaryPattern,
    Export,
    Expression,
    FieldAccess,
    FunctionDeclaration,
    If,
    ImportModule,
    IndexAccess,
    Name,
    NamePattern,
    Pattern,
    Statement,
)


def set_of(names: list[str]) -> set[str]:
    """The names as a set."""
    result: set[str] = set()
    for name in names:
        result.add(name)
    return result


def sorted_names(names: set[str]) -> list[str]:
    """The names in alphabetical order."""
    result: list[str] = []
    for name in names:
        result.append(name)
    return sorted(result)


def pattern_names(pattern: Pattern) -> list[str]:
    """The names a pattern binds, from left to right."""
    if isinstance(pattern, NamePattern):
        return [pattern.name]
    names: list[str] = []
    if isinstance(pattern, ArrayPattern):
        for item in pattern.items:
            names.extend(pattern_names(item))
        if pattern.rest is not None:
            names.append(pattern.rest)
    elif isinstance(pattern, DictionaryPattern):
        names.extend(pattern.keys)
        if pattern.rest is not None:
            names.append(pattern.rest)
    return names


def root_name(target: Expression) -> str | None:
    """The variable at the start of a path such as `a.b[c]`."""
    current = target
    while True:
        if isinstance(current, Name):
            return current.name
        if isinstance(current, FieldAccess):
            current = current.receiver
        elif isinstance(current, IndexAccess):
            current = current.receiver
        else:
            return None


def unexported(statement: Statement) -> Statement:
    """The statement itself, or what stands after `export`."""
    current = statement
    while isinstance(current, Export):
        current = current.statement
    return current


def declared_names(statement: Statement) -> list[str]:
    """The names to which a statement at the outermost level, perhaps behind `export`, gives a value."""
    plain = unexported(statement)
    match plain:
        case FunctionDeclaration():
            return [plain.function.name] if plain.function.name is not None else []
        case Declaration():
            return pattern_names(plain.pattern)
        case Assignment():
            return [plain.target.name] if isinstance(plain.target, Name) else []
    return []


def imported_names(statement: ImportModule) -> list[str]:
    """What `import m` binds: all that the module exports, and its own name."""
    return statement.exports if statement.module in statement.exports else [*statement.exports, statement.module]


def chained_if(otherwise: list[Statement] | None) -> If | None:
    """The `if` that is all there is behind an `else`."""
    if otherwise is not None and len(otherwise) == 1:
        only = otherwise[0]
        if isinstance(only, If):
            return only
    return None
