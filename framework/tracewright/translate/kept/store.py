"""Translated functions, kept from one run to the next: what did not change is not translated again.

The translation of a function is two things: its graph, and what it asks of the translator meanwhile (further functions, classes
that have objects, virtual calls, prebuilt objects). A record holds both. Using it again means asking the same, in the same
order, and reading the graph:

    record of interpreter.run:  asks    graph decode, instance Frame, object OPCODES...
                                names   (Frame, Frame.pc, decode...)
                                body    blocks, speaking of names by number

A record holds as long as the modules of the function and of its types are what they were, with all that they import
(`digests.py`). Records that speak only of Tracewright's own modules are shared by all languages.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Final, final

from tracewright.core.errors import DialectError
from tracewright.core.source_span import SourceSpan
from tracewright.translate.flow.types import ClassLayout, FunctionType, MethodSlot
from tracewright.translate.infer.requests import CALL_SLOT, GRAPH, INSTANTIATE, PREBUILT, Request
from tracewright.translate.infer.translator import Job, Translator
from tracewright.translate.kept.bodies import MethodCalls, read_body, write_body
from tracewright.translate.kept.digests import OWN, Digests, is_own
from tracewright.translate.kept.finding import Finder
from tracewright.translate.kept.names import GraphName, Name, Unnameable, modules_of
from tracewright.translate.kept.naming import Namer

CHECKSUM_BYTES: Final = 32  # in front of the pickle, which may unpickle to something wrong if it is damaged


@final
@dataclass(frozen=True)
class Record:
    """One function's translation. `modules` are those of the function and of its type arguments."""

    modules: tuple[str, ...]
    digest: bytes
    requests: tuple[tuple[str, Name, Name | SourceSpan | None], ...]
    names: tuple[Name, ...]
    blocks: int
    body: bytes


Records = dict[GraphName, Record]


@final
class Kept:
    """The records for one translation of a program. `save` is for one without errors."""

    def __init__(self, translator: Translator, folder: Path, main: ModuleType) -> None:
        """`main` is the module that the program starts in."""
        folder.mkdir(parents=True, exist_ok=True)
        flavour = f"{sys.version} {OWN} {translator.checked}"
        mark = hashlib.sha256(f"{main.__name__} {main.__file__} {flavour}".encode()).hexdigest()[:16]
        own_mark = hashlib.sha256(flavour.encode()).hexdigest()[:16]
        self._digests: Final = Digests(flavour)
        self._files: Final = (folder / f"graphs-{own_mark}.own", folder / f"graphs-{mark}.program")
        self._records: Final = tuple(_load(path) for path in self._files)
        self._fresh: Final[list[tuple[Job, list[Request], MethodCalls]]] = []
        self._mentioned: Final[dict[object, set[str]]] = {}
        self._finder: Final = Finder(translator)
        self._namer: Final = Namer(translator)
        self._translator: Final = translator
        self.used = 0

    # --- using ---

    def replay(self, job: Job) -> bool:
        """Do for this function what its translation would do, if there is a record that holds."""
        try:
            name = self._namer.job(job)
            record = self._records[is_program(modules_of(name))].get(name)
            if record is None or record.digest != self._digests.of(record.modules):
                return False
            for request in record.requests:
                self._repeat(job, request)
            things = [self._finder.find(each) for each in record.names]
            self._translator.method_calls += read_body(job.graph, record.blocks, record.body, things)
        except (KeyError, OSError, Unnameable, DialectError):
            return False  # something it speaks of is gone: translating it anew says what is wrong
        self.used += 1
        return True

    def _repeat(self, job: Job, request: tuple[str, Name, Name | SourceSpan | None]) -> None:
        kind, name, more = request
        translator = self._translator
        if kind == GRAPH:
            assert isinstance(more, SourceSpan)
            translator.asking = job, more
            self._finder.find(name)
            translator.asking = None
            return
        thing = self._finder.find(name)
        if kind == INSTANTIATE:
            assert isinstance(thing, ClassLayout)
            translator.instantiate(thing)
        elif kind == CALL_SLOT:
            assert isinstance(thing, ClassLayout) and not isinstance(more, SourceSpan | None)
            slot = self._finder.find(more)
            assert isinstance(slot, MethodSlot)
            translator.call_slot(thing, slot)
        elif kind == PREBUILT:
            assert not isinstance(more, SourceSpan | None)
            translator.prebuilt.add(thing, self._finder.type(more))
        else:
            assert not isinstance(more, SourceSpan | None)
            type = self._finder.type(more)
            assert isinstance(type, FunctionType)
            translator.prebuilt.function_value(thing, type)

    # --- keeping ---

    def note(self, job: Job, requests: list[Request], method_calls: MethodCalls) -> None:
        """This function has been translated, and nothing was wrong with it."""
        self._fresh.append((job, requests, method_calls))

    def save(self) -> None:
        """Keep what was translated anew. To be called before any pass changes the graphs."""
        changed = [False, False]
        for job, requests, method_calls in self._fresh:
            try:
                name = self._namer.job(job)
                modules = modules_of(name) - {"builtins"}
                record = self._record(job, modules, requests, method_calls)
            except (KeyError, OSError, Unnameable):
                continue
            self._records[is_program(modules)][name] = record
            changed[is_program(modules)] = True
        for path, records, is_changed in zip(self._files, self._records, changed, strict=True):
            if is_changed:
                _save(path, {key: record for key, record in records.items() if self._holds(record)})

    def _record(self, job: Job, modules: set[str], requests: Sequence[Request], method_calls: MethodCalls) -> Record:
        allowed = self._digests.closure(modules)
        names: dict[Name, int] = {}

        def number(thing: object) -> int:
            return names.setdefault(self._namer.name(thing, allowed), len(names))

        body = write_body(job.graph, method_calls, number)
        asked = dict.fromkeys(
            (
                kind,
                self._namer.name(thing, allowed),
                more if isinstance(more, SourceSpan | None) else self._namer.name(more, allowed),
            )
            for kind, thing, more in requests
        )
        mentioned = {
            module
            for name in (*names, *(name for request in asked for name in request))
            for module in self._modules(name)
        }
        if any(not is_own(module) for module in mentioned - allowed - {"builtins"}):
            raise Unnameable  # came in on a way that the imports do not show
        digest = self._digests.of(modules)
        return Record(tuple(sorted(modules)), digest, tuple(asked), tuple(names), len(job.graph.blocks), body)

    def _modules(self, name: object) -> set[str]:
        """`modules_of`, once for each name: many functions mention the same."""
        known = self._mentioned.get(name)
        if known is None:
            known = self._mentioned[name] = modules_of(name)
        return known

    def _holds(self, record: Record) -> bool:
        try:
            return record.digest == self._digests.of(record.modules)
        except (KeyError, OSError):
            return False


def is_program(modules: set[str]) -> bool:
    """Whether what speaks of these modules belongs to one program, not to Tracewright."""
    return any(not is_own(module) for module in modules - {"builtins"})


# --- files -----------------------------------------------------------------------------------------------------------


def _load(path: Path) -> Records:
    """What is there; a file that cannot be read (of another version, or damaged) holds nothing."""
    try:
        data = path.read_bytes()
        if hashlib.sha256(data[CHECKSUM_BYTES:]).digest() != data[:CHECKSUM_BYTES]:
            return {}
        records: Records = pickle.loads(data[CHECKSUM_BYTES:])
        os.utime(path)  # used again: see emit_c/cache.py
        return records
    except Exception:  # noqa: BLE001 - unpickling what is no such file can raise anything
        return {}


def _save(path: Path, records: Records) -> None:
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    data = pickle.dumps(records, pickle.HIGHEST_PROTOCOL)
    temporary.write_bytes(hashlib.sha256(data).digest() + data)
    temporary.replace(path)
