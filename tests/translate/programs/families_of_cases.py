"""An interpreter whose dispatch stands in several functions: their `match`es are one switch. Handlers that share a case differ in parts."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array, array_of, unchecked_get
from tracewright.core.system import write_output
from tracewright.hints import immutable_fields, inlined


@immutable_fields("words[*]")
class Code:
    """Instructions, and the code that CALL enters."""

    def __init__(self, words: Array[int], callee: Code | None) -> None:
        self.words = words
        self.callee = callee


class Machine:
    """What the instructions change."""

    def __init__(self) -> None:
        self.total = 0
        self.notes: list[str] = []
        self.callers: list[Code] = []
        self.places: list[int] = []


class Stopped(Exception):
    """Raised by the last instruction; says where."""

    def __init__(self, pc: int) -> None:
        super().__init__()
        self.pc = pc


@inlined
def arithmetic(machine: Machine, operation: int, operand: int) -> bool:
    match operation:
        case 0:
            machine.total += operand
        case 1:
            machine.total -= operand
        case 2 | 3 | 4:
            factor = 10
            if operation == 2:
                factor = operand
            elif operation & 255 == 3:
                factor = operand * operand
            machine.total *= factor
        case 5:
            machine.total = machine.total * machine.total % 1009
        case _:
            return False
    return True


@inlined
def notes(machine: Machine, word: int, operand: int) -> bool:
    match word & 255:
        case 6 | 7:
            name = "six" if word & 255 == 6 else "seven"
            machine.notes.append(f"{name} {operand} {machine.total}")
        case 8:
            machine.notes.clear()
        case 9:
            if operand > 100:
                raise Stopped(-1)
        case 20:
            machine.notes.append(f"at {operand}")
        case 5:  # the first family has it
            machine.notes.append("never")
        case _:
            return False
    return True


def run(code: Code, machine: Machine, most: int) -> int:
    pc = 0
    steps = 0
    while True:
        try:
            while True:
                steps += 1
                if steps > most:
                    return -1
                word = unchecked_get(code.words, pc)
                operand = word >> 24
                operation = word & 255
                match operation:
                    case 10:
                        pc = operand
                        continue
                    case 11:
                        pc = pc + 2 if machine.total % operand == 0 else unchecked_get(code.words, pc + 1)
                        continue
                    case 12:
                        callee = code.callee
                        assert callee is not None
                        machine.callers.append(code)
                        machine.places.append(pc)
                        code = callee
                        pc = operand - 1
                    case 13:
                        code = machine.callers.pop()
                        pc = machine.places.pop()
                    case 14:
                        raise Stopped(pc)
                    case 15 | 16:
                        change = 15 if operation == 15 else -16
                        machine.total += change
                    case 17 | 18 | 19 | 21 | 22 | 23 | 24:
                        machine.total ^= operation
                    case _:
                        if not arithmetic(machine, operation, operand) and not notes(machine, word, operand):
                            return pc
                pc += 1
        except Stopped as stopped:
            machine.notes.append(f"stopped {stopped.pc} at {pc}, {len(machine.callers)}")
            if stopped.pc < 0:
                pc += 1
            else:
                return machine.total


def word(operation: int, operand: int = 0) -> int:
    return operation | operand << 24


INNER: Final = Code(
    array_of([word(0, 3), word(7, 1), word(15), word(13), word(20, 4), word(16), word(13)]),
    None,
)
OUTER: Final = Code(
    array_of([
        word(0, 5), word(2, 3), word(6, 8), word(12), word(3, 4), word(4), word(12, 4), word(9, 5), word(9, 500),
        word(1, 7), word(5), word(11, 2), 14, word(24), word(10, 2), word(22), word(6, 77), word(14),
    ]),
    INNER,
)  # fmt: skip
SHORT: Final = Code(array_of([word(8), word(99)]), None)


def main() -> int:
    machine = Machine()
    for note in (run(OUTER, machine, 200), machine.total, run(SHORT, machine, 9)):
        write_output(f"{note}\n".encode())
    machine = Machine()
    write_output(f"{run(OUTER, machine, 40)} {machine.total}\n".encode())
    for text in machine.notes:
        write_output(f"{text}\n".encode())
    return 0
