"""Runs a language as plain Python and watches that functions marked `@above_top` do what that says: traces rely on it.

    python -m tracewright_testing.above_top tracewright_ruff run program.ruff

Exit code 3, and the names of the functions on standard error, where one has written a slot below the `top` that it found, or has left another
`top`. Those that never ran are named there, too.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
import sys
from collections.abc import Callable
from types import FunctionType, ModuleType

from tracewright.core.vm_stack import VMStack
from tracewright.hints import HINTS

Called = Callable[..., object]


class Watch:
    """What is known while the program runs. `floors`: the marked functions that run now, with the `top` that they found."""

    def __init__(self) -> None:
        self.stack: VMStack | None = None
        self.floors: list[tuple[str, int]] = []
        self.ran: set[str] = set()
        self.faults: dict[str, None] = {}

    def watched(self, function: Called) -> Called:
        """The function, with somebody looking at what it does to the newest stack."""
        name = _name(function)

        @functools.wraps(function)
        def call(*arguments: object) -> object:
            stack = self.stack
            assert stack is not None
            self.ran.add(name)
            self.floors.append((name, stack.top))
            try:
                result = function(*arguments)
            finally:
                _, floor = self.floors.pop()
            if stack.top != floor:
                self.faults[f"{name} left `top` at {stack.top - floor:+d}"] = None
            return result

        return call

    def write(self, index: int) -> None:
        """A slot is about to be written."""
        if self.floors and index < self.floors[-1][1]:
            self.faults[f"{self.floors[-1][0]} wrote {self.floors[-1][1] - index} below `top`"] = None


def _name(function: Called) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def watch_stacks(watch: Watch) -> None:
    """Tell `watch` of every stack that is made, and of every slot that is written."""
    begin, write = VMStack.__init__, VMStack.__setitem__

    def made(stack: VMStack, limit: int) -> None:
        begin(stack, limit)
        watch.stack = stack

    def written(stack: VMStack, index: int, value: object) -> None:
        watch.write(index)
        write(stack, index, value)  # type: ignore[arg-type]

    for name, function in (("__init__", made), ("__setitem__", written)):
        setattr(VMStack, name, function)


def watch_functions(package: str, watch: Watch) -> set[str]:
    """Put the watched function wherever the package's modules and classes have a marked one; gives their names."""
    modules = all_modules(importlib.import_module(package))
    instead: dict[FunctionType, Called] = {}
    for place in [
        *modules,
        *{thing for module in modules for thing in vars(module).values() if isinstance(thing, type)},
    ]:
        for name, thing in list(vars(place).items()):
            if isinstance(thing, FunctionType) and "above_top" in getattr(thing, HINTS, ()):
                if thing not in instead:
                    instead[thing] = watch.watched(thing)
                setattr(place, name, instead[thing])
    return {_name(function) for function in instead}


def all_modules(package: ModuleType) -> list[ModuleType]:
    """All modules of a package, imported."""
    names = [found.name for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    return [importlib.import_module(name) for name in names if not name.endswith("__main__")]


def main(words: list[str]) -> int:
    package, *arguments = words
    watch = Watch()
    watch_stacks(watch)
    marked = watch_functions(package, watch)
    target = importlib.import_module(f"{package}.target")
    sys.argv = [package, *arguments]
    code = target.main()
    sys.stderr.write("".join(f"{name} never ran\n" for name in sorted(marked - watch.ran)))
    sys.stderr.write("".join(f"fault: {fault}\n" for fault in watch.faults))
    return 3 if watch.faults else int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
