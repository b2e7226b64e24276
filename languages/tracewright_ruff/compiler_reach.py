"""What a call of one of the program's functions can see: which global variables it, and all that it calls, may mention.

    func total(xs) { return helper(xs) + offset }     reaches `helper`, `offset` and what `helper` reaches
    func apply(f) { return f(counter) }               reaches everything: who knows what `f` is

A global that a call certainly cannot see may be given away to it (`may_give_away` of compiler_expressions).
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright_ruff.compiler_facts import FactCollector, Facts
from tracewright_ruff.session import Session, W_Native
from tracewright_ruff.syntax import Function, FunctionDeclaration, Program
from tracewright_ruff.syntax_questions import sorted_names, unexported


@final
class Reach:
    """The functions of one program, and what each can see. Approximate on the safe side."""

    def __init__(self, session: Session, facts: Facts, program: Program) -> None:
        self.session = session
        self.facts = facts
        self.known: dict[str, Function] = {}  # functions whose names mean nothing else, wherever they stand
        self.reached: dict[str, set[str]] = {}  # worked out when first asked: function -> names; UNKNOWN is one of them
        if facts.has_operators or facts.has_generators:
            return  # operators and loops may call functions, which nobody sees in the text
        for statement in program.statements:
            plain = unexported(statement)
            if isinstance(plain, FunctionDeclaration) and plain.function.name is not None:
                name = plain.function.name
                if name not in facts.bound_anywhere and not plain.function.is_async:
                    if name in self.known:
                        facts.bound_anywhere.add(name)
                        self.known.pop(name)
                    else:
                        self.known[name] = plain.function

    def cannot_see(self, function: str, name: str) -> bool:
        """Whether a call of the function named so certainly neither reads nor changes the global variable."""
        if function not in self.known:
            return False
        seen = self.reached.get(function)
        if seen is None:
            seen = self.names_reached(function)
            self.reached[function] = seen
        return name not in seen and UNKNOWN not in seen

    def names_reached(self, function: str) -> set[str]:
        """The names that the function and those it calls mention."""
        names: set[str] = set()
        pending = [function]
        while len(pending) > 0:
            name = pending.pop()
            if name in names:
                continue
            names.add(name)
            known = self.known.get(name)
            if known is not None:
                pending.extend(self.mentioned_by(known))
        return names

    def mentioned_by(self, function: Function) -> list[str]:
        """The names from outside that stand in the function itself, and UNKNOWN if more may run than it names."""
        collector = FactCollector()
        collector.function(function)
        names = sorted_names(collector.facts.inner_mentioned)
        calls = collector.facts.calls_unknown
        for name in collector.facts.called:
            calls = calls or not (name in self.known or self.is_leaf(name))
        return names + [UNKNOWN] if calls else names  # noqa: RUF005

    def is_leaf(self, name: str) -> bool:
        """Whether it certainly names a builtin that runs no function of the program."""
        if name in self.facts.bound_anywhere or name in self.facts.functions:
            return False
        builtin = self.session.builtins.get(name, Value.UNDEFINED)
        if not builtin.is_object():
            return False
        thing = builtin.as_object()
        return isinstance(thing, W_Native) and not thing.calls_back


UNKNOWN: Final = "(anything)"  # not a name that a program can write
