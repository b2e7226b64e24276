"""What may have been meant by a name that is not there: the words behind the message of an uncaught NameError or AttributeError.

    NameError: name 'lenght' is not defined. Did you mean: 'length'?

Names are compared by how much must be done to make one of the other: a letter more, less, or other costs MOVE, other case costs CASE.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright_python import builtin_types as types
from tracewright_python.calls import call
from tracewright_python.errors import Raised
from tracewright_python.exceptions import PyException, PyTraceback
from tracewright_python.lists import as_list
from tracewright_python.session import Session
from tracewright_python.texts import as_str

MOST_CANDIDATES: Final = 750
LONGEST_NAME: Final = 40
MOVE: Final = 2
CASE: Final = 1
FAR: Final = 1 << 30


def suggestion_text(session: Session, exception: PyException) -> str:
    """`. Did you mean: 'name'?`, or nothing."""
    kind = exception.type_of()
    name = as_str(exception.get_named("name"))
    if name is None:
        return ""
    found = ""
    if kind is types.ATTRIBUTE_ERROR:
        owner = exception.get_named("obj")
        if not owner.same(Value.UNDEFINED):
            found = nearest(name.text(), attributes_of(session, owner))
    elif kind is types.NAME_ERROR:
        found = nearest_variable(session, name.text(), exception.traceback)
    return f". Did you mean: '{found}'?" if found != "" else ""


def attributes_of(session: Session, owner: Value) -> list[str]:
    """What `dir` says; nothing where it raises."""
    try:
        row = as_list(call(session, session.builtins.get_named("dir"), [owner]))
    except Raised:
        return []
    names: list[str] = []
    if row is not None:
        for value in row.values():
            text = as_str(value)
            if text is not None:
                names.append(text.text())
    return names


def nearest_variable(session: Session, name: str, traceback: PyTraceback | None) -> str:
    """A variable of the frame in which the name was not found, or of its module, or what is built in."""
    if traceback is None:
        return ""
    innermost = traceback
    following = innermost.following
    while following is not None:
        innermost = following
        following = innermost.following
    code = innermost.code
    found = nearest(name, list(code.variables))
    if found == "":
        found = nearest(name, code.namespace.all_names())
    return nearest(name, session.builtins.all_names()) if found == "" else found


def nearest(name: str, candidates: list[str]) -> str:
    """The first of the candidates that are most like the name, if any is like it at all."""
    if len(candidates) >= MOST_CANDIDATES:
        return ""
    best = ""
    least = FAR
    for candidate in candidates:
        if candidate == name:
            continue
        limit = min((len(name) + len(candidate) + 3) * MOVE // 6, least - 1)
        cost = distance(name, candidate, limit)
        if cost <= limit:
            best = candidate
            least = cost
    return best


def distance(left: str, right: str, limit: int) -> int:
    """What it costs to make one name of the other (Levenshtein); more than the limit where it is beyond that."""
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    left, right = left[start:], right[start:]
    while len(left) > 0 and len(right) > 0 and left[-1] == right[-1]:
        left, right = left[:-1], right[:-1]
    if len(left) == 0 or len(right) == 0:
        return (len(left) + len(right)) * MOVE
    if len(left) > LONGEST_NAME or len(right) > LONGEST_NAME:
        return limit + 1
    if len(right) < len(left):
        left, right = right, left
    if (len(right) - len(left)) * MOVE > limit:
        return limit + 1
    row = [(k + 1) * MOVE for k in range(len(left))]
    result = 0
    for place in range(len(right)):
        before = place * MOVE
        result = before
        lowest = FAR
        for k in range(len(left)):
            changed = before + change_cost(right[place], left[k])
            before = row[k]
            result = min(min(result, before) + MOVE, changed)
            row[k] = result
            lowest = min(lowest, result)
        if lowest > limit:
            return limit + 1
    return result


def change_cost(left: str, right: str) -> int:
    """Of one letter for another."""
    if left == right:
        return 0
    return CASE if left.lower() == right.lower() and ord(left) < 128 and ord(right) < 128 else MOVE
