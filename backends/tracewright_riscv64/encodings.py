"""The instructions the backend uses, one row each: mnemonic, operands as GNU `as` writes them, the 32 bits.

Legend of the bits, from the highest down: 0 1 fixed; d n m a register field (at bit 7, 15 and 20); and one number in pieces:

    i   twelve bits, signed, at the top       #i        b   a distance of branches, within 4 KiB    @b
    s   the same in two pieces (stores)       #s        j   a distance of jumps, within 1 MiB       @j
    u   the upper twenty bits of 32           #u        h   a shift of six bits                     #h
"""

from typing import Final, final

# Where a number's pieces lie: the lowest bit of the number, how many bits, the lowest bit in the instruction.
_PIECES: Final[dict[str, list[tuple[int, int, int]]]] = {
    "i": [(0, 12, 20)],
    "s": [(5, 7, 25), (0, 5, 7)],
    "b": [(12, 1, 31), (5, 6, 25), (1, 4, 8), (11, 1, 7)],
    "j": [(20, 1, 31), (1, 10, 21), (11, 1, 20), (12, 8, 12)],
    "u": [(0, 20, 12)],
    "h": [(0, 6, 20)],
    "": [],
}


@final
class Encoding:
    """One row, its legend taken apart. Built at import time only."""

    def __init__(self, mnemonic: str, operands: str, legend: str) -> None:
        self.mnemonic = mnemonic
        self.operands = operands
        bits = legend.replace(" ", "")
        assert len(bits) == 32, f"{mnemonic}: {legend}"
        self.base: int = int("".join(bit if bit in "01" else "0" for bit in bits), 2)
        self.fields: str = "".join(sorted(set(bits) & set("dnm")))
        self.number: str = "".join(set(bits) - set("01dnm"))
        self.pieces: list[tuple[int, int, int]] = _PIECES[self.number]
        for letter, lowest in (("d", 7), ("n", 15), ("m", 20)):
            found = [31 - k for k, bit in enumerate(bits) if bit == letter]
            assert not found or (found[-1], len(found)) == (lowest, 5), f"{mnemonic}: {letter}"


ROWS: Final[list[Encoding]] = []


def row(mnemonic: str, operands: str, legend: str) -> Encoding:
    """Append a row. Import time only."""
    encoding = Encoding(mnemonic, operands, legend)
    ROWS.append(encoding)
    return encoding


# --- words ---
for _name, _upper, _kind in (
    ("add", "0000000", "000"), ("sub", "0100000", "000"), ("sll", "0000000", "001"), ("slt", "0000000", "010"),
    ("sltu", "0000000", "011"), ("xor", "0000000", "100"), ("srl", "0000000", "101"), ("sra", "0100000", "101"),
    ("or", "0000000", "110"), ("and", "0000000", "111"), ("mul", "0000001", "000"), ("mulh", "0000001", "001"),
    ("mulhu", "0000001", "011"), ("div", "0000001", "100"), ("divu", "0000001", "101"), ("rem", "0000001", "110"),
    ("remu", "0000001", "111"),
):  # fmt: skip
    row(_name, "xd, xn, xm", f"{_upper} mmmmm nnnnn {_kind} ddddd 0110011")
for _name, _kind in (
    ("addi", "000"), ("slti", "010"), ("sltiu", "011"), ("xori", "100"), ("ori", "110"), ("andi", "111"),
):  # fmt: skip
    row(_name, "xd, xn, #i", f"iiiiiiiiiiii nnnnn {_kind} ddddd 0010011")
for _name, _upper, _kind in (("slli", "000000", "001"), ("srli", "000000", "101"), ("srai", "010000", "101")):
    row(_name, "xd, xn, #h", f"{_upper} hhhhhh nnnnn {_kind} ddddd 0010011")
ADDIW: Final = row("addiw", "xd, xn, #i", "iiiiiiiiiiii nnnnn 000 ddddd 0011011")
LUI: Final = row("lui", "xd, #u", "uuuuuuuuuuuuuuuuuuuu ddddd 0110111")

LOAD: Final = row("ld", "xd, #i(xn)", "iiiiiiiiiiii nnnnn 011 ddddd 0000011")
STORE: Final = row("sd", "xm, #s(xn)", "sssssss mmmmm nnnnn 011 sssss 0100011")

# Conditions as the machine numbers them; the opposite of a condition is its number with the lowest bit flipped.
EQUAL: Final = 0
NOT_EQUAL: Final = 1
LESS: Final = 4
AT_LEAST: Final = 5
BELOW: Final = 6
NOT_BELOW: Final = 7
BRANCHES: Final[list[Encoding]] = [
    row(name, "xn, xm, @b", f"bbbbbbb mmmmm nnnnn {code:03b} bbbbb 1100011")
    for code, name in enumerate("beq bne - - blt bge bltu bgeu".split())
    if name != "-"
]
BRANCH: Final[Encoding] = BRANCHES[0]
JAL: Final = row("jal", "xd, @j", "jjjjjjjjjjjjjjjjjjjj ddddd 1101111")
JALR: Final = row("jalr", "xd, #i(xn)", "iiiiiiiiiiii nnnnn 000 ddddd 1100111")

BY_MNEMONIC: Final[dict[str, Encoding]] = {encoding.mnemonic: encoding for encoding in ROWS}
ADD: Final[Encoding] = BY_MNEMONIC["add"]
SUB: Final[Encoding] = BY_MNEMONIC["sub"]
SLT: Final[Encoding] = BY_MNEMONIC["slt"]
SLTU: Final[Encoding] = BY_MNEMONIC["sltu"]
XOR: Final[Encoding] = BY_MNEMONIC["xor"]
MUL: Final[Encoding] = BY_MNEMONIC["mul"]
MULH: Final[Encoding] = BY_MNEMONIC["mulh"]
ADDI: Final[Encoding] = BY_MNEMONIC["addi"]
SLTI: Final[Encoding] = BY_MNEMONIC["slti"]
SLTIU: Final[Encoding] = BY_MNEMONIC["sltiu"]
XORI: Final[Encoding] = BY_MNEMONIC["xori"]
SLLI: Final[Encoding] = BY_MNEMONIC["slli"]
SRAI: Final[Encoding] = BY_MNEMONIC["srai"]
