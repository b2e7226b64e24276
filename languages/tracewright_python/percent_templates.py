"""`"%s: %r" % (a, b)`, where both stand in the source so: it is compiled as the f-string `f"{a!s}: {b!r}"`, as CPython does."""

from __future__ import annotations

from tracewright_python.syntax import (
    BinaryOperator,
    BinOp,
    Expression,
    FormattedValue,
    JoinedStr,
    Starred,
    StringConstant,
    Tuple,
)


def as_joined(node: BinOp) -> JoinedStr | None:
    """The f-string that means the same; None where the template asks for more than `str`, `repr` and `ascii`, or values are too few or too many."""
    template, values = node.left, node.right
    if node.op != BinaryOperator.MODULO or not isinstance(template, StringConstant) or not isinstance(values, Tuple):
        return None
    text = template.value
    parts: list[Expression] = []
    start = taken = 0
    plain = ""
    while True:
        place = text.find("%", start)
        if place < 0:
            break
        if place + 1 == len(text):
            return None
        plain += text[start:place]
        start = place + 2
        letter = text[place + 1]
        if letter == "%":
            plain += "%"
            continue
        if letter not in ("s", "r", "a") or taken == len(values.elts) or isinstance(values.elts[taken], Starred):
            return None
        if plain != "":
            parts.append(StringConstant(template.span, plain, False))
            plain = ""
        parts.append(FormattedValue(values.elts[taken].span, values.elts[taken], ord(letter), None))
        taken += 1
    plain += text[start:]
    if taken == 0 or taken != len(values.elts):
        return None
    if plain != "":
        parts.append(StringConstant(template.span, plain, False))
    return JoinedStr(node.span, parts)
