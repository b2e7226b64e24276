"""Reads the text form of traces (`show.py`) back. Plain Python: for tests and tools, not part of built languages."""

from __future__ import annotations

import re

from tracewright.core import integers, memory, roles
from tracewright.core import operations as op
from tracewright.core.kinds import FLOAT, INT, REF
from tracewright.core.value import WORD_FALSE, WORD_NULL, WORD_TRUE, Value
from tracewright.jit.trace.show import BOXING_NAMES, KIND_NAMES
from tracewright.jit.trace.snapshot import TOP_SLOT, FrameSnapshot, Snapshot
from tracewright.jit.trace.trace import Trace

_HEAD = re.compile(r"(loop|function|bridge) cell (-?\d+)")
_POSITION = re.compile(r"at (\S+) pc (-?\d+) base([+-]\d+)")
_INSTRUCTION = re.compile(r"(sunk )?(?:[irf]\d+ = )?(\w+)\((.*)\)(?: \[s(\d+)\])?")
_SNAPSHOT = re.compile(r"s\d+: at (\S+) pc (-?\d+) base([+-]\d+) after (\d+) \{([^}]*)\}(.*)")
_FRAME = re.compile(r" frame (\d+) pc (\d+) result (-?\d+) \(([^)]*)\)")
_STORE = re.compile(r" (store\w*)\((\S+), (\d+), (-?\d+), ((?:int|float|bool|virtual|raw) )?(\S+)\)")
_VALUE = re.compile(r"(top|-?\d+): ((?:int|float|bool|virtual|raw) )?(\S+)")
_WORDS = {"null": WORD_NULL, "true": WORD_TRUE, "false": WORD_FALSE}


class TraceSyntaxError(Exception):
    """The text is not a trace; says which line."""


class _Reader:
    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.constants: dict[tuple[int, int], int] = {}

    def constant(self, kind: int, word: int) -> int:
        if (kind, word) not in self.constants:
            self.constants[kind, word] = self.trace.constant(kind, word)
        return self.constants[kind, word]

    def ref(self, text: str) -> int:
        if text[0] == "@":
            return self.constant(REF, self.reference_word(text[1:]))
        if text[0] in "irf" and text[1:].isdigit():
            return int(text[1:])
        if re.fullmatch(r"-?\d+", text):
            return self.constant(INT, int(text))
        return self.constant(FLOAT, self.float_bits(text))

    def float_bits(self, text: str) -> int:
        if text.startswith("bits:"):
            return int(text[5:])
        return integers.bits_of_float(float(text))

    def reference_word(self, text: str) -> int:
        if text in _WORDS:
            return _WORDS[text]
        if text.startswith("int:"):
            return memory.word_of_value(Value.of_int(int(text[4:])))
        if text.startswith("float:"):
            return op.TABLE[op.VALUE_OF_FLOAT].meaning(integers.float_of_bits(self.float_bits(text[6:])))  # type: ignore
        return int(text)

    def instruction(self, match: re.Match[str]) -> None:
        trace = self.trace
        sunk, name, inside, snapshot = match.groups()
        row = op.BY_NAME[name]
        texts = [text.strip() for text in inside.split(",")] if inside else []
        columns = [0, 0, 0, 0]
        for column, letter in enumerate(row.takes):
            if letter == "*":
                columns[2], columns[3] = len(trace.extra), len(texts) - column
                trace.extra.extend(self.ref(text) for text in texts[column:])
            else:
                columns[column] = int(texts[column]) if letter == "#" else self.ref(texts[column])
        a, b, c, d = columns
        index = trace.append(row.number, a, b, c, d, -1 if snapshot is None else int(snapshot))
        trace.sunk.append(sunk is not None)
        if sunk and row.role == roles.STORE:
            trace.sunk_stores.append(index)
        if sunk and row.role == roles.ALLOCATION:
            trace.sunk_objects += 1
        if row.number == op.LABEL:
            trace.label = index

    def values(self, text: str, places: list[int], refs: list[int], boxings: list[int]) -> None:
        for place, boxing, ref in _VALUE.findall(text.replace(",", " ")):
            places.append(TOP_SLOT if place == "top" else int(place))
            refs.append(self.ref(ref))
            boxings.append(BOXING_NAMES.index(boxing))

    def snapshot(self, match: re.Match[str]) -> None:
        code, pc, base, position, slots, rest = match.groups()
        snapshot = Snapshot(self.ref(code), int(pc), int(base), int(position), 0)
        self.values(slots, snapshot.offsets, snapshot.refs, snapshot.boxings)
        for name, thing, place, alias, boxing, value in _STORE.findall(rest):
            snapshot.add_store(op.BY_NAME[name].number, self.ref(thing), int(place), int(alias), self.ref(value))
            snapshot.stored_boxings[-1] = BOXING_NAMES.index(boxing)
        for jitcode, frame_pc, result, registers in _FRAME.findall(rest):
            frame = FrameSnapshot(int(jitcode), int(frame_pc), int(result))
            self.values(registers, frame.registers, frame.refs, frame.boxings)
            snapshot.add_frame(frame)
        self.trace.snapshots.append(snapshot)


def parse_trace(text: str) -> Trace:
    """The trace that a text shows. Constants are numbered as they are first mentioned."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]
    head = _HEAD.fullmatch(lines[0])
    if head is None:
        raise TraceSyntaxError(f"a trace starts with its kind: {lines[0]}")
    trace = Trace(KIND_NAMES.index(head[1]), int(head[2]))
    reader = _Reader(trace)
    for line in lines[1:]:
        if match := _POSITION.fullmatch(line):
            trace.positions += [len(trace.operations), reader.ref(match[1]), int(match[2]), int(match[3])]
        elif match := _SNAPSHOT.fullmatch(line):
            reader.snapshot(match)
        elif (match := _INSTRUCTION.fullmatch(line)) and match[2] in op.BY_NAME:
            reader.instruction(match)
        else:
            raise TraceSyntaxError(f"not a line of a trace: {line}")
    return trace
