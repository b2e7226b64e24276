"""Every row of the RISC-V encodings against GNU as and against Capstone, over the edges of every field."""

import random
import shutil
import subprocess
from pathlib import Path

import capstone
import pytest

from tracewright.core.integers import MAX_INT, MIN_INT, wrap
from tracewright.core.memory import load32
from tracewright_riscv64.encode import Assembler, fits_number, placed
from tracewright_riscv64.encodings import BRANCHES, BY_MNEMONIC, ROWS, Encoding
from tracewright_testing.hosted_code import hosted_code_memory

AS, OBJCOPY = "riscv64-linux-gnu-as", "riscv64-linux-gnu-objcopy"
EDGES = {
    "i": [0, 1, -1, 2047, -2048],
    "s": [0, 1, -1, 31, 32, 2047, -2048],
    "b": [0, 2, -2, 30, 32, 2046, 2048, 4094, -4096],
    "j": [0, 2, -2, 2046, 2048, 4096, (1 << 20) - 2, -1 << 20],
    "u": [0, 1, 0x7FFFF, 0xFFFFF],
    "h": [0, 1, 31, 32, 63],
    "": [0],
}
REGISTERS = [0, 1, 2, 5, 15, 16, 31]


def samples(row: Encoding) -> list[tuple[str, int]]:
    """Texts for the assembler, and the words we make of the same operands."""
    chosen = random.Random(row.base)
    result = []
    for number in EDGES[row.number]:
        for _ in range(4):
            registers = {letter: chosen.choice(REGISTERS) for letter in row.fields}
            text = row.operands
            word = row.base | placed(row, number)
            for letter, register in registers.items():
                text = text.replace(f"x{letter}", f"x{register}")
                word |= register << {"d": 7, "n": 15, "m": 20}[letter]
            text = text.replace(f"#{row.number}", str(number)).replace(f"@{row.number}", f". + {number}")
            result.append((f"{row.mnemonic} {text}", word))
    return result


def assembled(lines: list[str], folder: Path) -> list[int]:
    source = folder / "rows.s"
    source.write_text(".option norvc\n.option norelax\n" + "\n".join(lines) + "\n")
    subprocess.run([AS, "-march=rv64gc", "-o", str(folder / "rows.o"), str(source)], check=True)
    subprocess.run([OBJCOPY, "-O", "binary", str(folder / "rows.o"), str(folder / "rows.bin")], check=True)
    data = (folder / "rows.bin").read_bytes()
    return [int.from_bytes(data[at : at + 4], "little") for at in range(0, len(data), 4)]


@pytest.mark.skipif(shutil.which(AS) is None, reason=f"{AS} is not installed (Debian: binutils-riscv64-linux-gnu)")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.mnemonic)
def test_as_makes_the_same_words(row: Encoding, tmp_path: Path) -> None:
    texts = samples(row)
    assert assembled([text for text, _ in texts], tmp_path) == [word for _, word in texts]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.mnemonic)
def test_capstone_reads_the_mnemonic(row: Encoding) -> None:
    reader = capstone.Cs(capstone.CS_ARCH_RISCV, capstone.CS_MODE_RISCV64)
    word = row.base | placed(row, EDGES[row.number][-1])
    for letter, register in (("d", 5), ("n", 6), ("m", 7)):
        if letter in row.fields:
            word |= register << {"d": 7, "n": 15, "m": 20}[letter]
    (instruction,) = list(reader.disasm(word.to_bytes(4, "little"), 0))
    # Capstone prints some forms under another name.
    assert instruction.mnemonic in (row.mnemonic, {"xori": "not", "sltiu": "seqz"}.get(row.mnemonic))


def test_the_opposite_of_a_branch_has_the_lowest_bit_of_its_number_flipped() -> None:
    numbers = {row.base >> 12 & 7: row.mnemonic for row in BRANCHES}
    for name, opposite in (("beq", "bne"), ("blt", "bge"), ("bltu", "bgeu")):
        (number,) = [number for number, mnemonic in numbers.items() if mnemonic == name]
        assert numbers[number ^ 1] == opposite


def value_of(words: list[int]) -> int:
    """What a row of instructions that make a constant leaves in its register."""
    value = 0
    for word in words:
        number = word >> 20 if word < 1 << 31 else (word >> 20) - 4096
        match word & 0x7F, word >> 12 & 7:
            case 0x37, _:
                value = wrap((word & 0xFFFFF000) - (1 << 32 if word >> 31 else 0))
            case 0x13, 0:
                value = wrap((value if word >> 15 & 31 else 0) + number)
            case 0x1B, 0:
                value = ((value + number) & 0xFFFFFFFF ^ 1 << 31) - (1 << 31)
            case 0x13, 1:
                value = wrap(value << (word >> 20 & 63))
            case other:
                raise AssertionError(other)
    return value


def constants() -> list[int]:
    chosen = random.Random(5)
    edges = [0, 1, -1, 2047, 2048, -2048, -2049, 0x7FFFF7FF, 0x7FFFF800, 0x7FFFFFFF, 1 << 31, 1 << 32, MAX_INT, MIN_INT]
    return [*edges, *(wrap(chosen.getrandbits(64) >> chosen.randrange(64)) for _ in range(500))]


def test_constants_of_any_size() -> None:
    memory = hosted_code_memory(1 << 16)
    for value in constants():
        assembler = Assembler(memory)
        start = assembler.position
        assembler.load_immediate(7, value)
        words = [load32(at) & 0xFFFFFFFF for at in range(start, assembler.position, 4)]
        assert value_of(words) == value
        assert len(words) <= 8 and (not fits_number(value) or len(words) == 1)


def test_far_fields_are_reached_through_a_scratch_register() -> None:
    assembler = Assembler(hosted_code_memory(1 << 12))
    start = assembler.position
    assembler.at(BY_MNEMONIC["ld"], 5, 6, 2048)
    words = [load32(at) & 0xFFFFFFFF for at in range(start, assembler.position, 4)]
    assert value_of(words[:-2]) == 4096  # then x30 += x6, ld x5, -2048(x30)
    assert words[-2] == BY_MNEMONIC["add"].base | 30 << 7 | 30 << 15 | 6 << 20
    assert words[-1] == BY_MNEMONIC["ld"].base | 5 << 7 | 30 << 15 | placed(BY_MNEMONIC["ld"], -2048)
