"""Every row of the x86-64 encodings against GNU as and against Capstone, over random operands."""

import random
import shutil
import subprocess
from pathlib import Path

import capstone
import pytest

from tracewright.core.integers import wrap
from tracewright.core.memory import load8
from tracewright_testing.hosted_code import hosted_code_memory
from tracewright_x86_64 import encodings
from tracewright_x86_64.encode import Assembler, patch_jump
from tracewright_x86_64.encodings import Encoding

WORDS = ["rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi"] + [f"r{n}" for n in range(8, 16)]
HALVES = ["eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi"] + [f"r{n}d" for n in range(8, 16)]
SHORTS = ["ax", "cx", "dx", "bx", "sp", "bp", "si", "di"] + [f"r{n}w" for n in range(8, 16)]
BYTES = ["al", "cl", "dl", "bl", "spl", "bpl", "sil", "dil"] + [f"r{n}b" for n in range(8, 16)]
NAMES = {"64": WORDS, "32": HALVES, "16": SHORTS, "8": BYTES}
POINTERS = {"128": "xmmword ptr", "64": "qword ptr", "32": "dword ptr", "16": "word ptr", "8": "byte ptr", "": ""}
DISPLACEMENTS = [0, 8, -8, 127, -128, 128, -129, 0x7FFFFFF0, -0x80000000]
MEMORY = hosted_code_memory(1 << 20)


class Operands:
    """Random operands for one row: how they read in Intel syntax, and how the assembler is called."""

    def __init__(self, row: Encoding, memory: str, chosen: random.Random) -> None:
        self.row = row
        self.register = chosen.randrange(16)
        self.other = chosen.randrange(16)
        self.base = chosen.randrange(16)
        self.index = chosen.choice([n for n in range(16) if n != 4])
        self.scale = chosen.randrange(4)
        self.displacement = chosen.choice(DISPLACEMENTS)
        self.memory = memory
        self.immediate = 0
        texts = [self._text(kind.strip(), chosen) for kind in row.operands.split(",") if kind.strip()]
        # Of two encodings of the same register move, as picks the store form unless told otherwise.
        self.text = f"{'{load} ' if memory == '' and row.mnemonic != 'test' else ''}{row.mnemonic} {', '.join(texts)}"

    def _text(self, kind: str, chosen: random.Random) -> str:
        if kind in ("i8", "i32", "u32", "i64"):
            limits = {
                "i8": (-128, 127),
                "i32": (-(1 << 31), -200),
                "u32": (1 << 20, (1 << 32) - 1),
                "i64": (1 << 40, 1 << 62),
            }
            self.immediate = chosen.randint(*limits[kind])
            return str(self.immediate)
        if kind == "cl":
            return "cl"
        size = "".join(letter for letter in kind.split("/")[0] if letter.isdigit())
        if kind == "xmm":
            first = self.row.operands.startswith(("xmm", "r64")) and not getattr(self, "named", False)
            self.named = True
            return f"xmm{self.register if first or self.memory else self.other}"
        if self.memory and (kind in ("m", "xm64", "xm128") or "m" in kind):
            return f"{POINTERS[size]} {self._address()}"
        if kind.startswith("xm"):
            return f"xmm{self.other}"
        if kind.startswith("rm") or kind.startswith("q") or (self.row.register_in_opcode or self._digit()):
            return NAMES[size][self.other]
        return NAMES[size][self.register if self._is_reg_field(kind) else self.other]

    def _digit(self) -> bool:
        return self.row.extension != encodings.NO_EXTENSION

    def _is_reg_field(self, kind: str) -> bool:
        # movq r, xmm and xmm, r: the general register is the r/m operand
        return self.row.mnemonic != "movq" and kind.startswith("r")

    def _address(self) -> str:
        if self.memory == "at":
            return f"[{WORDS[self.base]} + {self.displacement}]"
        if self.memory == "indexed":
            return f"[{WORDS[self.base]} + {WORDS[self.index]} * {1 << self.scale} + {self.displacement}]"
        if self.memory == "absolute":
            return f"[{self.displacement}]"
        return f"[rip + {self.displacement}]"

    def emit(self, assembler: Assembler) -> None:
        row = self.row
        if not row.operands:
            assembler.plain(row)
        elif self.memory == "at":
            assembler.at(row, self.register, self.base, self.displacement, self.immediate)
        elif self.memory == "indexed":
            assembler.indexed(row, self.register, self.base, self.index, self.scale, self.displacement, self.immediate)
        elif self.memory == "absolute":
            assembler.absolute(row, self.register, self.displacement, self.immediate)
        elif self.memory == "near":
            # The displacement counts from the end of the instruction, whose length only emitting it tells.
            start = assembler.position
            assembler.near(row, self.register, 0, self.immediate)
            length, assembler.position = assembler.position - start, start
            assembler.near(row, self.register, start + length + self.displacement, self.immediate)
        elif not row.modrm:
            assembler.registers(row, 0, self.other, self.immediate)
        else:
            assembler.registers(row, self.register, self.other, self.immediate)


def shapes(row: Encoding) -> list[str]:
    """The forms the row's r/m operand takes."""
    kinds = row.operands.replace("/", ",").split(",")
    takes_memory = any("m" in kind.replace("xmm", "") for kind in kinds)
    takes_registers = (
        not any(kind.strip() == "m" or kind.strip().startswith("m") for kind in kinds) or "/" in row.operands
    )
    return ([""] if takes_registers else []) + (["at", "indexed", "absolute", "near"] if takes_memory else [])


def row_id(row: Encoding) -> str:
    return f"{row.mnemonic} {row.operands}".replace(" ", "_")


RELATIVE = [row for row in encodings.ROWS if "rel32" in row.operands]
OTHERS = [row for row in encodings.ROWS if "rel32" not in row.operands]


def samples() -> list[Operands]:
    chosen = random.Random(20250718)
    result = []
    for row in OTHERS:
        for shape in shapes(row):
            for _ in range(12 if shape else 24):
                sample = Operands(row, shape, chosen)
                # rax has short forms of its own for 32-bit immediates, which we do not use.
                if row.operands.endswith("i32") and shape == "" and sample.other == 0:
                    continue
                result.append(sample)
    return result


def emitted(sample: Operands) -> bytes:
    assembler = Assembler(MEMORY)
    start = assembler.position
    sample.emit(assembler)
    return bytes(load8(address) for address in range(start, assembler.position))


@pytest.mark.skipif(shutil.which("as") is None, reason="GNU as is not installed")
def test_every_row_is_what_gnu_as_writes(tmp_path: Path) -> None:
    all_samples = samples()
    source = tmp_path / "rows.s"
    lines = [f"start{k}: {sample.text}" for k, sample in enumerate(all_samples)]
    source.write_text(".intel_syntax noprefix\n" + "\n".join(lines) + f"\nstart{len(lines)}:\n")
    listing = subprocess.run(
        ["as", "--64", "-o", str(tmp_path / "rows.o"), str(source)], capture_output=True, text=True, check=False
    )
    assert listing.returncode == 0, listing.stderr[:2000]
    subprocess.run(
        ["objcopy", "-O", "binary", "-j", ".text", str(tmp_path / "rows.o"), str(tmp_path / "rows.bin")], check=True
    )
    expected = (tmp_path / "rows.bin").read_bytes()
    at = 0
    for sample in all_samples:
        ours = emitted(sample)
        assert ours.hex() == expected[at : at + len(ours)].hex(), sample.text
        at += len(ours)
    assert at == len(expected)


def test_every_row_reads_back_in_capstone() -> None:
    reader = capstone.Cs(capstone.CS_ARCH_X86, capstone.CS_MODE_64)
    aliases = {"movabs": ["movabs", "mov"], "mov": ["mov", "movabs"]}
    seen = set()
    for sample in samples():
        code = emitted(sample)
        (instruction,) = list(reader.disasm(code, 0x1000))
        assert instruction.size == len(code), sample.text
        assert instruction.mnemonic in aliases.get(sample.row.mnemonic, [sample.row.mnemonic]), sample.text
        seen.add(id(sample.row))
    assert seen == {id(row) for row in OTHERS}


@pytest.mark.parametrize("row", RELATIVE, ids=row_id)
def test_jumps_go_where_they_are_sent_and_can_be_sent_elsewhere(row: Encoding) -> None:
    reader = capstone.Cs(capstone.CS_ARCH_X86, capstone.CS_MODE_64)
    assembler = Assembler(MEMORY)
    start = assembler.position
    field = assembler.jump(row, start + 1000)
    code = bytes(load8(address) for address in range(start, assembler.position))
    (instruction,) = list(reader.disasm(code, start))
    assert (instruction.mnemonic, instruction.op_str) == (row.mnemonic, hex(start + 1000))
    assembler.resolve(field, start - 77)
    code = bytes(load8(address) for address in range(start, assembler.position))
    (instruction,) = list(reader.disasm(code, start))
    assert instruction.op_str == hex(start - 77)
    if row is not encodings.CALL:
        patch_jump(MEMORY, start, start + 4321)
        code = bytes(load8(address) for address in range(start, assembler.position))
        (instruction,) = list(reader.disasm(code, start))
        assert (instruction.mnemonic, instruction.op_str) == (row.mnemonic, hex(start + 4321))


@pytest.mark.parametrize(
    "value", [0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, -1, -(1 << 31), -(1 << 31) - 1, 1 << 32, wrap(1 << 63)]
)
@pytest.mark.parametrize("register", [0, 3, 8, 15])
def test_any_word_can_be_loaded(register: int, value: int) -> None:
    reader = capstone.Cs(capstone.CS_ARCH_X86, capstone.CS_MODE_64)
    reader.detail = True
    assembler = Assembler(MEMORY)
    start = assembler.position
    assembler.load_immediate(register, value)
    code = bytes(load8(address) for address in range(start, assembler.position))
    (instruction,) = list(reader.disasm(code, start))
    target, source = instruction.operands
    assert wrap(source.imm) == value
    assert instruction.reg_name(target.reg) in (WORDS[register], HALVES[register])
    assert len(code) == (5 if 0 <= value < 1 << 32 else 7 if -(1 << 31) <= value < 0 else 10) + (
        register >= 8 and len(code) in (6,)
    )


@pytest.mark.parametrize("count", range(1, 9))
def test_each_no_operation_is_one_instruction(count: int) -> None:
    reader = capstone.Cs(capstone.CS_ARCH_X86, capstone.CS_MODE_64)
    (instruction,) = list(reader.disasm(bytes(encodings.NOP_BYTES[count]), 0))
    assert (instruction.mnemonic, instruction.size) == ("nop", count)
