"""Rules of `case`: what can never match, what binds a name twice, what compares a key twice."""

from __future__ import annotations

from typing import final

from tracewright.guest.diagnostics import Span
from tracewright_python.diagnostics import SyntaxFault
from tracewright_python.syntax import (
    SINGLETON_NAMES,
    BinOp,
    BytesConstant,
    Constant,
    Expression,
    FloatConstant,
    ImaginaryConstant,
    IntegerConstant,
    SingletonConstant,
    StringConstant,
    UnaryOp,
)
from tracewright_python.syntax_patterns import (
    MatchAs,
    MatchClass,
    MatchMapping,
    MatchOr,
    MatchSequence,
    MatchStar,
    Pattern,
)
from tracewright_python.syntax_statements import MatchCase


@final
class PatternChecker:
    """Walks over one pattern; `names` are those that it bound so far."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def check(self, pattern: Pattern, may_match_all: bool) -> None:
        """One pattern with all that is in it; others come behind it unless it `may_match_all`. Raises SyntaxFault."""
        match pattern:
            case MatchAs():
                self._as(pattern, may_match_all)
            case MatchOr(patterns=patterns):
                self._or(patterns, pattern.span, may_match_all)
            case MatchSequence(patterns=patterns):
                self._sequence(patterns, pattern.span)
            case MatchStar(name=name):
                self._bind(name, pattern.span)
            case MatchMapping(keys=keys, patterns=patterns, rest=rest):
                _check_keys(keys, pattern.span)
                self._all(patterns)
                self._bind(rest, pattern.span)
            case MatchClass(patterns=patterns, kwd_attrs=names, kwd_patterns=keyword_patterns):
                _check_names(names, keyword_patterns)
                self._all(patterns)
                self._all(keyword_patterns)
            case _:
                pass  # values

    def _all(self, patterns: list[Pattern]) -> None:
        for pattern in patterns:
            self.check(pattern, True)

    def _bind(self, name: str | None, span: Span) -> None:
        if name is None:
            return
        if name in self.names:
            raise SyntaxFault(f"multiple assignments to name '{name}' in pattern", span)
        self.names.append(name)

    def _as(self, pattern: MatchAs, may_match_all: bool) -> None:
        inner = pattern.pattern
        if inner is None:
            if not may_match_all:
                what = "wildcard" if pattern.name is None else f"name capture '{pattern.name}'"
                raise SyntaxFault(f"{what} makes remaining patterns unreachable", pattern.span)
        else:
            self.check(inner, may_match_all)
        self._bind(pattern.name, pattern.span)

    def _or(self, patterns: list[Pattern], span: Span, may_match_all: bool) -> None:
        before = self.names[:]
        bound: list[str] = []
        for index in range(len(patterns)):
            is_last = index == len(patterns) - 1
            self.names = before[:]
            self.check(patterns[index], is_last and may_match_all)
            added = sorted(self.names[len(before) :])
            if index == 0:
                bound = added
            elif added != bound:
                raise SyntaxFault("alternative patterns bind different names", span)

    def _sequence(self, patterns: list[Pattern], span: Span) -> None:
        stars = 0
        for pattern in patterns:
            if isinstance(pattern, MatchStar):
                stars += 1
        if stars > 1:
            raise SyntaxFault("multiple starred names in sequence pattern", span)
        self._all(patterns)


def check_cases(cases: list[MatchCase]) -> None:
    """Refuse patterns that break a rule. Raises SyntaxFault."""
    for index in range(len(cases)):
        case = cases[index]
        PatternChecker().check(case.pattern, case.guard is not None or index == len(cases) - 1)


def _check_names(names: list[str], patterns: list[Pattern]) -> None:
    for index in range(len(names)):
        if names[index] in names[:index]:
            raise SyntaxFault(f"attribute name repeated in class pattern: {names[index]}", patterns[index].span)


def _check_keys(keys: list[Expression], span: Span) -> None:
    seen: set[str] = set()
    for key in keys:
        shown = _literal_text(key)
        if shown != "":
            if shown in seen:
                raise SyntaxFault(f"mapping pattern checks duplicate key ({shown})", span)
            seen.add(shown)


def _literal_text(key: Expression) -> str:
    """The `repr` of a literal; empty for what is compared by value at run time."""
    if isinstance(key, UnaryOp):
        return "-" + _literal_text(key.operand)
    if isinstance(key, BinOp):
        return ""
    if not isinstance(key, Constant):
        return ""
    match key:
        case SingletonConstant(value=number):
            return SINGLETON_NAMES[number]
        case IntegerConstant(value=integer, digits=digits, fits=fits):
            return str(integer) if fits else digits
        case FloatConstant(value=real):
            return str(int(real)) if -1e15 < real < 1e15 and real == float(int(real)) else str(real)
        case ImaginaryConstant(value=imaginary):
            return f"{imaginary}j"
        case StringConstant(value=text):
            return repr(text)
        case BytesConstant(value=data):
            return repr(data)
        case _:
            return ""
