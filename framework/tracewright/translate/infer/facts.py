"""What is known about locals and attribute paths at a point of a function: narrower types than those declared.

    if node.next is not None:      # ("node", "next") is Node here, not Node | None
        use(node.next)

As for the type checker, a call does not end what is known about an attribute. Natively that would be unsafe, so a fact about an
attribute remembers when it was learned; where memory may have changed since, the narrowed load is checked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import final

from tracewright.translate.flow.types import Type
from tracewright.translate.infer.type_table import TypeTable

Path = tuple[str, ...]


@final
class Facts:
    """An immutable-looking map from paths to narrowed types (copied at branches, which are small)."""

    __slots__ = ("_known", "_memory", "_table")

    def __init__(self, table: TypeTable) -> None:
        self._table = table
        self._known: dict[Path, tuple[Type, object]] = {}
        self._memory = object()  # changes whenever memory may have changed

    def copy(self) -> Facts:
        result = Facts(self._table)
        result._known = dict(self._known)
        result._memory = self._memory
        return result

    def get(self, path: Path) -> Type | None:
        found = self._known.get(path)
        return None if found is None else found[0]

    def is_proven(self, path: Path) -> bool:
        """Whether no memory changed since the fact about this attribute was learned."""
        found = self._known.get(path)
        return found is not None and found[1] is self._memory

    def set(self, path: Path, type: Type) -> None:
        self._known[path] = (type, self._memory)

    def learn(self, learned: Mapping[Path, Type] | None) -> Facts:
        """A copy that knows more."""
        if not learned:
            return self
        result = self.copy()
        for path, type in learned.items():
            result.set(path, type)
        return result

    def forget_memory(self) -> None:
        """Memory may have changed."""
        if self._known:
            self._memory = object()

    def forget_path(self, path: Path) -> None:
        """The local or attribute was assigned: nothing is known of it and of what it led to."""
        if self._known:
            size = len(path)
            stale = [known for known in self._known if known[:size] == path]
            for known in stale:
                del self._known[known]

    def forget_attribute(self, name: str) -> None:
        """Some object's attribute of this name was assigned."""
        stale = [known for known in self._known if name in known[1:]]
        for known in stale:
            del self._known[known]

    def forget_assigned(self, names: Iterable[str], attributes: Iterable[str]) -> None:
        """What a loop may assign is not known at its head."""
        if not self._known:
            return
        roots, inside = set(names), set(attributes)
        stale = [known for known in self._known if known[0] in roots or not inside.isdisjoint(known[1:])]
        for known in stale:
            del self._known[known]
        self._memory = object()

    def meet(self, other: Facts) -> Facts:
        """What is known on both ways: None on one and a Leaf on the other is `Leaf | None`."""
        result = Facts(self._table)
        same_memory = self._memory is other._memory
        result._memory = self._memory if same_memory else object()
        for path, (type, when) in self._known.items():
            found = other._known.get(path)
            wider = None if found is None else self._table.join(type, found[0])
            if found is not None and wider is not None:
                result._known[path] = (wider, when if same_memory and when is found[1] else None)
        return result
