"""Templates, and rows of `+` that are texts: their pieces lie beside each other, and one instruction makes the string."""

from __future__ import annotations

from typing import Final

from tracewright_javascript.compiler_literals import LiteralCompiler
from tracewright_javascript.opcodes import Op
from tracewright_javascript.syntax import Binary, Expression, StringLiteral, TemplateLiteral
from tracewright_javascript.tokens import Kind

FEWEST_PIECES: Final = 3  # of two, ADD makes as much
MOST_PIECES: Final = 32  # that lie beside each other; of more, the first ones become one before


class TextCompiler(LiteralCompiler):
    """Compiles what makes a string of several values."""

    def template(self, expression: TemplateLiteral, target: int) -> None:
        texts = [piece.cooked or "" for piece in expression.pieces]
        count = len(expression.expressions) + len([text for text in texts if text != ""])
        if count < FEWEST_PIECES:
            self._short_template(expression, texts, target)
            return
        first = self.top
        for index, text in enumerate(texts):
            if text != "":
                self.load_text(self._piece_slot(first), text)
            if index < len(expression.expressions):
                self._piece(expression.expressions[index], Op.TO_PIECE, first)
        self._finish(target, first)

    def _short_template(self, expression: TemplateLiteral, texts: list[str], target: int) -> None:
        """Of one value, with a text before or behind it; or of two values."""
        result = self.slot()
        self.load_text(result, texts[0])
        for index, part in enumerate(expression.expressions):
            top = self.top
            slot = self.slot()
            self.into(part, slot)
            self.at(part)
            if index == 0 and texts[0] == "":
                self.emit(Op.TO_STRING, result, slot)
            else:
                self.emit(Op.TO_STRING, slot, slot)
                self.emit(Op.ADD, result, result, slot)
            if texts[index + 1] != "":
                self.load_text(slot, texts[index + 1])
                self.emit(Op.ADD, result, result, slot)
            self.top = top
        self.move(target, result)

    def concatenation(self, row: list[Binary], first: Expression, target: int) -> bool:
        """`first + a + b ...`, if that has a text and enough pieces; `row` has the operators, the last one first. False leaves it to others.

        Operands before the text's neighbour are added as they are, as `1 + 2 + "px"` says.
        """
        at = len(row)  # of the operator that has the first text behind it
        if _is_text(first) and row[-1].operator == Kind.PLUS:
            at = len(row) - 1
        else:
            for index in range(len(row) - 1, -1, -1):
                if row[index].operator == Kind.PLUS and _is_text(row[index].right):
                    at = index
                    break
        if at + 2 < FEWEST_PIECES or at == len(row):
            return False
        if any(row[index].operator != Kind.PLUS for index in range(at)):
            return False
        pieces = self.top
        self._piece(row[at].left, Op.TO_OPERAND_PIECE, pieces)
        for index in range(at, -1, -1):
            self._piece(row[index].right, Op.TO_OPERAND_PIECE, pieces)
        self.at(row[0])
        self._finish(target, pieces)
        return True

    def _piece(self, part: Expression, operation: int, first: int) -> None:
        """Evaluate into the next slot, as a piece."""
        slot = self._piece_slot(first)
        if isinstance(part, StringLiteral):
            self.load_text(slot, part.value)
            return
        value = self.operand(part)
        self.at(part)
        self.emit(operation, slot, value)
        self.top = slot + 1

    def _piece_slot(self, first: int) -> int:
        if self.top - first >= MOST_PIECES:
            self._finish(first, first)
            self.top = first + 1
        return self.slot()

    def _finish(self, target: int, first: int) -> None:
        self.emit(Op.CONCATENATE, target, first, self.top - first)


def _is_text(expression: Expression) -> bool:
    return isinstance(expression, (StringLiteral, TemplateLiteral))
