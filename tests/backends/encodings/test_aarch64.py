"""Every row of the AArch64 encodings against GNU as and against Capstone, over the edges of every field."""

import itertools
import random
import shutil
import subprocess
from pathlib import Path

import capstone
import pytest

from tracewright.core.integers import bits_of_float, float_of_bits, wrap
from tracewright.core.memory import load32
from tracewright_aarch64 import encodings
from tracewright_aarch64.encode import FULL_REACH, Assembler, Reach, patch_branch, patch_jump, set_distance
from tracewright_aarch64.encodings import CONDITIONS, Encoding, Transfer
from tracewright_aarch64.immediates import (
    NO_FIELD,
    addition_field,
    float_field,
    logical_field,
    move_field,
    moves_needed,
)
from tracewright_testing.hosted_code import hosted_code_memory

AS, OBJCOPY = "aarch64-linux-gnu-as", "aarch64-linux-gnu-objcopy"
MEMORY = hosted_code_memory(1 << 22)
NUMBERS = [0, 1, 15, 16, 29, 30]
EDGES = {
    "#u12": [0, 1, 2047, 4095],
    "#s9": [0, 1, 255, -1, -256],
    "#s7": [0, 1, 63, -1, -64],
    "#a13": [0, 1, 4095, 1 << 12 | 1, 1 << 12 | 4095],
    "#h18": [0, 0xFFFF, 1 << 16 | 7, 3 << 16 | 0x8000],
    "#sh6": [0, 1, 32, 63],
    "#bf12": [0, 63, 1 << 6 | 63, 63 << 6 | 63, 5 << 6 | 50],
    "#f8": [0, 0x70, 0xFF, 0x80, 0x3F],
    "cond": [0, 1, 7, 13],
    "@26": [0, 1, -1, (1 << 25) - 1, -1 << 25],
    "@19": [0, 1, -1, (1 << 18) - 1, -1 << 18],
    "@14": [0, 1, -1, (1 << 13) - 1, -1 << 13],
    "#b": [0, 31, 32, 63],
    "page": [0, 1, -1, 3, (1 << 20) - 1, -1 << 20],
}
# Every (size of element, length of run, rotation) once would be 5,334; these are the smallest, largest and middle ones of each size.
LOGICAL = [
    word
    for size in (2, 4, 8, 16, 32, 64)
    for ones in sorted({1, 2, size // 2, size - 1})
    for turn in sorted({0, 1, size // 2, size - 1})
    if ones < size
    for element in [((1 << ones) - 1 << turn | (1 << ones) - 1 >> size - turn) & (1 << size) - 1]
    for word in [sum(element << start for start in range(0, 64, size))]
]


def name(letter: str, number: int, stack_pointer: bool) -> str:
    if letter in "xw" and number == 31:
        return {"x": "sp", "w": "wsp"}[letter] if stack_pointer else letter + "zr"
    return f"{letter}{number}"


def scale_of(row: Encoding) -> int:
    """The bytes that a scaled offset counts, as a shift."""
    for rows in vars(encodings).values():
        if isinstance(rows, Transfer) and row in (rows.scaled, rows.pair):
            return rows.scale
    return 0


def samples(row: Encoding) -> list[tuple[str, int]]:
    """Texts for the assembler, and the words we make of the same operands."""
    chosen = random.Random(row.base)
    parts = [
        part.strip(" []")
        for part in row.operands.replace("lsl #sh6", "lsl_#sh6")
        .replace("asr #sh6", "asr_#sh6")
        .replace("lsr #sh6", "lsr_#sh6")
        .replace("lsl #3", "lsl_#3")
        .split(",")
    ]
    kinds = [kind for part in parts for kind in EDGES if part.endswith(kind) or part in (kind, f"{kind}s")]
    if "#l13" in row.operands:
        kinds = ["#l13"]
    pools: list[list[int]] = [LOGICAL if kind == "#l13" else EDGES[kind] for kind in kinds]
    letters = [letter for letter in "dnmt" if letter in row.fields and "#b" not in row.operands[:0]]
    result = []
    for values in itertools.product(*pools):
        registers = {letter: chosen.choice([*NUMBERS, 31]) for letter in letters}
        if "[" in row.operands and "t" in registers and registers["t"] == registers["d"]:
            registers["t"] = (registers["d"] + 1) % 29  # two loads into one register are not defined
        for letter in letters:
            one = {**registers, letter: 31} if chosen.random() < 0.3 else registers
            if "t" in one and "[" in row.operands and one["t"] == one["d"]:
                continue
            result.append(sample(row, one, dict(zip(kinds, values, strict=True))))
        if not letters:
            result.append(sample(row, {}, dict(zip(kinds, values, strict=True))))
    return result


def sample(row: Encoding, registers: dict[str, int], values: dict[str, int]) -> tuple[str, int]:
    text = row.operands
    scale = scale_of(row)
    word = row.base
    for letter, number in registers.items():
        word |= number << {"d": 0, "n": 5, "m": 16, "t": 10}[letter]
        for kind in "xwdvb":
            either = f"{kind}{letter}|sp" if kind == "x" else f"{kind}{letter}|wsp"
            text = text.replace(either, f"<{name(kind, number, True)}>")
            for after in (",", "]", ".", ""):
                token = f"{kind}{letter}{after}"
                if after == "" and not text.endswith(token):
                    continue
                in_address = f"[{token}" in text and letter == "n"
                text = text.replace(token, f"<{name(kind, number, in_address)}>{after}")
    for kind, value in values.items():
        field = value
        match kind:
            case "#u12" | "#s7":
                shown = f"#{value << scale}"
                text = text.replace(f"{kind}s", shown).replace(kind, shown)
            case "#a13":
                text = text.replace(kind, f"#{value & 4095}, lsl #12" if value >> 12 else f"#{value}")
            case "#l13":
                field = logical_field(wrap(value))
                assert field != NO_FIELD, hex(value)
                text = text.replace(kind, f"#{value:#x}")
            case "#h18":
                text = text.replace(kind, f"#{value & 0xFFFF}, lsl #{value >> 16 << 4}")
            case "#sh6":
                text = text.replace(kind, f"#{value}")
            case "#bf12":
                text = text.replace(kind, f"#{value >> 6}, #{value & 63}")
            case "#f8":
                text = text.replace(kind, f"#{double_of(value)!r}")
            case "cond":
                text = text.replace(kind, CONDITIONS[value])
            case "#b":
                text = text.replace(kind, f"#{value}")
                word |= (value & 31) << 19 | (value >> 5) << 31
                continue
            case "page":
                text = text.replace(kind, f". + {value << 12}" if value >= 0 else f". - {-value << 12}")
                word |= (value & 3) << 29 | (value >> 2 & (1 << 19) - 1) << 5
                continue
            case "@26" | "@19" | "@14":
                text = text.replace(kind, f". + {value << 2}" if value >= 0 else f". - {-value << 2}")
            case _:
                text = text.replace(kind, f"#{value}")
        word |= (field & row.mask) << row.shift
    return f"{row.mnemonic} {text.replace('<', '').replace('>', '')}", word


def double_of(field: int) -> float:
    """The double that `fmov` makes of a field `#f8`."""
    exponent = (1020 if field >> 6 & 1 else 1024) + (field >> 4 & 3)
    return float_of_bits(wrap((field >> 7) << 63 | exponent << 52 | (field & 15) << 48))


ALL = [one for row in encodings.ROWS if row is not encodings.ADRP for one in samples(row)]  # that one needs a linker


def assembled(lines: list[str], folder: Path) -> bytes:
    if shutil.which(AS) is None:
        pytest.skip(f"{AS} is not installed")
    (folder / "rows.s").write_text("\n".join(lines) + "\n")
    done = subprocess.run(
        [AS, "-o", str(folder / "rows.o"), str(folder / "rows.s")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[:2000]
    subprocess.run(
        [OBJCOPY, "-O", "binary", "-j", ".text", str(folder / "rows.o"), str(folder / "rows.bin")], check=True
    )
    return (folder / "rows.bin").read_bytes()


def test_every_row_is_what_gnu_as_writes(tmp_path: Path) -> None:
    expected = assembled([text for text, _ in ALL], tmp_path)
    assert len(expected) == 4 * len(ALL)
    for k, (text, word) in enumerate(ALL):
        theirs = int.from_bytes(expected[4 * k : 4 * k + 4], "little")
        assert f"{word:08x}" == f"{theirs:08x}", text


def test_every_row_reads_back_in_capstone() -> None:
    reader = capstone.Cs(capstone.CS_ARCH_ARM64, capstone.CS_MODE_ARM)
    aliases = {
        "orr": ["mov"], "orn": ["mvn"], "subs": ["cmp", "negs"], "adds": ["cmn"], "sub": ["neg"], "add": ["mov"], "madd": ["mul"],
        "msub": ["mneg"], "movz": ["mov"], "movn": ["mov"], "ands": ["tst"], "csinc": ["cset", "cinc"],
        "sbfm": ["asr", "sbfx", "sbfiz", "sxtb", "sxth", "sxtw"], "ubfm": ["lsr", "lsl", "ubfx", "ubfiz", "uxtb", "uxth"],
        "stur": ["str"], "ldur": ["ldr"], "cmp": ["subs"],
    }  # fmt: skip
    for row in encodings.ROWS:
        for text, word in samples(row):
            (instruction,) = list(reader.disasm(word.to_bytes(4, "little"), 0x1000))
            assert instruction.mnemonic in [row.mnemonic, *aliases.get(row.mnemonic, [])], (text, instruction.mnemonic)


@pytest.mark.parametrize("pages", EDGES["page"])
def test_pages_are_found_from_wherever_the_code_is(pages: int) -> None:
    assembler = Assembler(MEMORY, FULL_REACH)
    start = assembler.position
    target = (start & -4096) + (pages << 12) + 0x123
    assert assembler.page_of(9, target)
    reader = capstone.Cs(capstone.CS_ARCH_ARM64, capstone.CS_MODE_ARM)
    (instruction,) = list(reader.disasm(load32(start).to_bytes(4, "little"), start))
    assert instruction.mnemonic == "adrp"
    shown = int(instruction.op_str.removeprefix("x9, #"), 16)
    assert shown & (1 << 64) - 1 == target & -4096 & (1 << 64) - 1
    assert not assembler.page_of(9, (start & -4096) + (1 << 32))
    assert assembler.position == start + 4


# --- immediates ---
@pytest.mark.parametrize("seed", range(4))
def test_logical_fields_decode_to_their_words(seed: int) -> None:
    chosen = random.Random(seed)
    for _ in range(500):
        size = chosen.choice([2, 4, 8, 16, 32, 64])
        ones = chosen.randrange(1, size)
        turn = chosen.randrange(size)
        element = ((1 << ones) - 1 << turn | (1 << ones) - 1 >> size - turn) & (1 << size) - 1
        word = sum(element << start for start in range(0, 64, size))
        field = logical_field(wrap(word))
        assert field != NO_FIELD and decoded_logical(field) == word
        other = wrap(word ^ 1 << chosen.randrange(64))
        field = logical_field(other)
        assert field == NO_FIELD or wrap(decoded_logical(field)) == other


def decoded_logical(field: int) -> int:
    """The word of a logical immediate, as the architecture manual's DecodeBitMasks has it."""
    n, immr, imms = field >> 12, field >> 6 & 63, field & 63
    length = (n << 6 | ~imms & 63).bit_length() - 1
    size = 1 << length
    ones, turn = (imms & size - 1) + 1, immr & size - 1
    run = (1 << ones) - 1
    element = (run >> turn | run << size - turn) & (1 << size) - 1
    return sum(element << start for start in range(0, 64, size))


def test_what_is_no_immediate_says_so() -> None:
    assert [logical_field(word) for word in (0, -1, 5, 0x1234)] == [NO_FIELD] * 4
    assert [addition_field(word) for word in (-1, 4097, 1 << 24)] == [NO_FIELD] * 3
    assert move_field(0x10001) == NO_FIELD
    assert [float_field(bits_of_float(number)) for number in (0.0, 0.1, 32.0, 1.0 / 16)] == [NO_FIELD] * 4
    for field in range(256):
        assert float_field(bits_of_float(double_of(field))) == field


@pytest.mark.parametrize(
    ("word", "moves"),
    [
        (0, 1), (-1, 1), (0xFFFF, 1), (0x12340000, 1), (wrap(0xFFF8 << 48), 1), (~0x1234, 1), (0x5555555555555555, 1),
        (0x12345678, 2), (1 << 40 | 5, 2), (~0x12345678, 2), (0x123456789ABC, 3), (0x123456789ABCDEF0, 4), (wrap(1 << 63), 1),
    ],
)  # fmt: skip
def test_constants_take_the_fewest_moves(word: int, moves: int) -> None:
    assembler = Assembler(MEMORY, FULL_REACH)
    start = assembler.position
    assembler.load_immediate(7, word)
    assert (assembler.position - start) // 4 == moves == moves_needed(word)
    reader = capstone.Cs(capstone.CS_ARCH_ARM64, capstone.CS_MODE_ARM)
    reader.detail = True
    value = 0
    code = b"".join(load32(at).to_bytes(4, "little") for at in range(start, assembler.position, 4))
    for instruction in reader.disasm(code, start):
        operand = instruction.operands[1]
        piece = operand.imm << operand.shift.value if operand.shift.type else operand.imm
        if instruction.mnemonic == "movk":
            value = value & ~(0xFFFF << operand.shift.value) | piece
        else:
            value = ~piece if instruction.mnemonic == "movn" else piece
    assert wrap(value) == word


# --- pairs ---
def pair_texts(*transfers: tuple[Transfer, int, int, int]) -> list[str]:
    assembler = Assembler(MEMORY, FULL_REACH)
    start = assembler.position
    for transfer in transfers:
        assembler.at(*transfer)
    reader = capstone.Cs(capstone.CS_ARCH_ARM64, capstone.CS_MODE_ARM)
    code = b"".join(load32(at).to_bytes(4, "little") for at in range(start, assembler.position, 4))
    return [f"{one.mnemonic} {one.op_str}" for one in reader.disasm(code, start)]


LD, ST, LDF = encodings.LOAD, encodings.STORE, encodings.LOAD_FLOAT


@pytest.mark.parametrize(
    ("transfers", "texts"),
    [
        ([(ST, 1, 31, 16), (ST, 2, 31, 24)], ["stp x1, x2, [sp, #0x10]"]),
        ([(ST, 1, 19, 504), (ST, 2, 19, 496)], ["stp x2, x1, [x19, #0x1f0]"]),
        ([(LD, 1, 3, 0), (LD, 2, 3, 8)], ["ldp x1, x2, [x3]"]),
        ([(LDF, 33, 3, 0), (LDF, 34, 3, 8)], ["ldp d1, d2, [x3]"]),
        # the first load changes the base of the second; twice the same register; too far apart; not neighbours; three
        ([(LD, 3, 3, 0), (LD, 2, 3, 8)], ["ldr x3, [x3]", "ldr x2, [x3, #8]"]),
        ([(LD, 2, 3, 0), (LD, 2, 3, 8)], ["ldr x2, [x3]", "ldr x2, [x3, #8]"]),
        ([(ST, 1, 3, 504), (ST, 2, 3, 512)], ["str x1, [x3, #0x1f8]", "str x2, [x3, #0x200]"]),
        ([(ST, 1, 3, 0), (ST, 2, 3, 16)], ["str x1, [x3]", "str x2, [x3, #0x10]"]),
        ([(ST, 1, 3, 0), (LD, 2, 3, 8)], ["str x1, [x3]", "ldr x2, [x3, #8]"]),
        ([(ST, 1, 3, 0), (ST, 2, 4, 8)], ["str x1, [x3]", "str x2, [x4, #8]"]),
        ([(ST, 1, 3, 0), (ST, 2, 3, 8), (ST, 4, 3, 16)], ["stp x1, x2, [x3]", "str x4, [x3, #0x10]"]),
    ],
)
def test_neighbours_are_moved_in_pairs(transfers: list[tuple[Transfer, int, int, int]], texts: list[str]) -> None:
    assert pair_texts(*transfers) == texts


def test_what_may_be_jumped_to_is_no_second_half() -> None:
    assembler = Assembler(MEMORY, FULL_REACH)
    start = assembler.position
    assembler.at(ST, 1, 3, 0)
    assembler.label()
    assembler.at(ST, 2, 3, 8)
    assert assembler.position == start + 8


# --- branches ---
@pytest.mark.parametrize(
    "row", [encodings.B, encodings.B_IF[3], encodings.CBZ, encodings.TBNZ], ids=lambda row: row.mnemonic
)
def test_branches_wait_are_resolved_and_patched(row: Encoding) -> None:
    reader = capstone.Cs(capstone.CS_ARCH_ARM64, capstone.CS_MODE_ARM)

    def target() -> int:
        (instruction,) = list(reader.disasm(load32(start).to_bytes(4, "little"), start))
        assert instruction.mnemonic == row.mnemonic
        return int(instruction.op_str.split("#")[-1], 16)

    assembler = Assembler(MEMORY, FULL_REACH)
    start = assembler.position
    handle = (
        assembler.branch_on_bit(row, 5, 63)
        if row is encodings.TBNZ
        else assembler.branch(row, 5 if "d" in row.fields else 0)
    )
    stub = assembler.position
    assembler.put(encodings.NOP.base)
    assembler.resolve(handle, start + 1000)
    assert target() == start + 1000
    patch_branch(MEMORY, FULL_REACH, start, stub, start + 4320)
    assert target() == start + 4320
    set_distance(MEMORY, start, stub)
    patch_branch(MEMORY, Reach(1 << 27, 256, 128), start, stub, start + 4320)
    if row is not encodings.B:  # out of reach: the branch still goes to its stub, which goes on
        assert target() == stub
        (instruction,) = list(reader.disasm(load32(stub).to_bytes(4, "little"), stub))
        assert (instruction.mnemonic, instruction.op_str) == ("b", f"#{start + 4320:#x}")
    patch_jump(MEMORY, stub, start)
    (instruction,) = list(reader.disasm(load32(stub).to_bytes(4, "little"), stub))
    assert (instruction.mnemonic, instruction.op_str) == ("b", f"#{start:#x}")
