"""The marks below a piece of source in a traceback: `^` below all of it, or only below the operator or the brackets that failed.

total + items[k]          a sum that failed           ~~~~~~^~~~~~~~~~
items[k]                  an item that is not there   ~~~~~^^^
"""

from __future__ import annotations

from tracewright_python.diagnostics import SyntaxFault
from tracewright_python.parser import parse_expression_text
from tracewright_python.syntax import BinOp, Expression, Subscript


def marks_for(piece: str) -> str:
    """Marks for a piece of one line, of the same length."""
    whole = "^" * len(piece)
    try:
        tree = parse_expression_text(piece)
    except SyntaxFault:
        return whole
    return expression_marks(piece, tree.body)


def expression_marks(piece: str, node: Expression) -> str:
    """The same for an expression that has been read."""
    whole = "^" * len(piece)
    if node.span.line != 1 or node.span.end_line != 1:
        return whole
    match node:
        case BinOp(left=left, right=right):
            start = left.span.end_column - 1
            stop = right.span.column - 1
            while start < stop and (piece[start].isspace() or piece[start] in ")\\"):
                start += 1
            width = 1
            if start + 1 < stop and not piece[start + 1].isspace() and piece[start + 1] in "*/<>":
                width = 2
            return "~" * start + "^" * width + "~" * (len(piece) - start - width)
        case Subscript(value=value):
            start = value.span.end_column - 1
            while start < len(piece) and piece[start] != "[":
                start += 1
            return "~" * start + "^" * (len(piece) - start)
        case _:
            return whole
