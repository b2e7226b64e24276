"""The instructions the backend uses, one row each: mnemonic, operands, bytes.

Legend of the bytes, in order:

    66 F2 F3   mandatory prefix
    W          REX.W: 64-bit operand size
    0F         escape
    hex byte   opcode; with +r the low three bits name a register
    /r         ModRM follows; its reg field is the operand written r32, r64, r8 or xmm, its r/m field the other one
    /0 .. /7   ModRM follows; its reg field is this digit
    ib id io   1, 4 or 8 bytes of immediate or displacement

Operands are written in Intel order. `rm` operands are a register or memory, `m` memory only, `b` forms are bytes.
"""

from typing import Final, final

NO_EXTENSION: Final = -1


@final
class Encoding:
    """One row, its legend taken apart. Built at import time only."""

    def __init__(self, mnemonic: str, operands: str, legend: str) -> None:
        self.mnemonic = mnemonic
        self.operands = operands
        self.legend = legend
        self.prefix = 0
        self.wide = 0
        self.escape = False
        self.opcode = 0
        self.register_in_opcode = False
        self.modrm = False
        self.extension = NO_EXTENSION
        self.immediate = 0
        self.byte_register = "r8" in operands  # in the reg field
        self.byte_operand = "rm8" in operands
        for token in legend.split():
            self._read(token)

    def _read(self, token: str) -> None:
        if token in ("66", "F2", "F3") and not self.escape and self.opcode == 0:
            self.prefix = int(token, 16)
        elif token == "W":
            self.wide = 8
        elif token == "0F" and not self.escape:
            self.escape = True
        elif token == "/r":
            self.modrm = True
        elif token.startswith("/"):
            self.modrm = True
            self.extension = int(token[1])
        elif token in ("ib", "id", "io"):
            self.immediate = {"ib": 1, "id": 4, "io": 8}[token]
        elif token.endswith("+r"):
            self.register_in_opcode = True
            self.opcode = int(token[:-2], 16)
        else:
            self.opcode = int(token, 16)


@final
class Arithmetic:
    """The forms of a two-operand instruction whose first operand is also the result."""

    def __init__(self, mnemonic: str, digit: int) -> None:
        self.from_rm = row(mnemonic, "r64, rm64", f"W {8 * digit + 3:02X} /r")
        self.byte = row(mnemonic, "rm64, i8", f"W 83 /{digit} ib")
        self.word = row(mnemonic, "rm64, i32", f"W 81 /{digit} id")


ROWS: Final[list[Encoding]] = []


def row(mnemonic: str, operands: str, legend: str) -> Encoding:
    """Append a row. Import time only."""
    encoding = Encoding(mnemonic, operands, legend)
    ROWS.append(encoding)
    return encoding


# --- moves -----------------------------------------------------------------------------------------------------------
MOV: Final = row("mov", "r64, rm64", "W 8B /r")
MOV_LOW: Final = row("mov", "r32, rm32", "8B /r")  # clears the upper half
STORE: Final = row("mov", "m64, r64", "W 89 /r")
STORE32: Final = row("mov", "m32, r32", "89 /r")
STORE16: Final = row("mov", "m16, r16", "66 89 /r")
STORE8: Final = row("mov", "m8, r8", "88 /r")
STORE_IMMEDIATE: Final = row("mov", "m64, i32", "W C7 /0 id")
MOV_IMMEDIATE: Final = row("mov", "r64, i32", "W C7 /0 id")
MOV_IMMEDIATE_LOW: Final = row("mov", "r32, u32", "B8+r id")
MOV_IMMEDIATE_WIDE: Final = row("movabs", "r64, i64", "W B8+r io")
LOAD8: Final = row("movzx", "r32, rm8", "0F B6 /r")
LOAD16: Final = row("movzx", "r32, rm16", "0F B7 /r")
LEA: Final = row("lea", "r64, m", "W 8D /r")
PUSH: Final = row("push", "q64", "50+r")
POP: Final = row("pop", "q64", "58+r")

# --- words -----------------------------------------------------------------------------------------------------------
ADD: Final = Arithmetic("add", 0)
OR: Final = Arithmetic("or", 1)
AND: Final = Arithmetic("and", 4)
SUB: Final = Arithmetic("sub", 5)
XOR: Final = Arithmetic("xor", 6)
CMP: Final = Arithmetic("cmp", 7)
CMP32: Final = row("cmp", "rm32, i32", "81 /7 id")
CMP32_BYTE: Final = row("cmp", "rm32, i8", "83 /7 ib")
ADD32_BYTE: Final = row("add", "r32, i8", "83 /0 ib")
SUB32: Final = row("sub", "r32, i32", "81 /5 id")
TEST: Final = row("test", "rm64, r64", "W 85 /r")
TEST_BYTE: Final = row("test", "m8, i8", "F6 /0 ib")
TEST32: Final = row("test", "rm32, r32", "85 /r")
XOR32: Final = row("xor", "r32, rm32", "33 /r")
IMUL: Final = row("imul", "r64, rm64", "W 0F AF /r")
IMUL_BYTE: Final = row("imul", "r64, rm64, i8", "W 6B /r ib")
IMUL_WORD: Final = row("imul", "r64, rm64, i32", "W 69 /r id")
NOT: Final = row("not", "rm64", "W F7 /2")
NEG: Final = row("neg", "rm64", "W F7 /3")
MUL_HIGH: Final = row("mul", "rm64", "W F7 /4")
DIV: Final = row("div", "rm64", "W F7 /6")
IDIV: Final = row("idiv", "rm64", "W F7 /7")
IMUL_HIGH: Final = row("imul", "rm64", "W F7 /5")
CQO: Final = row("cqo", "", "W 99")
SHL: Final = row("shl", "rm64, cl", "W D3 /4")
SHR: Final = row("shr", "rm64, cl", "W D3 /5")
SAR: Final = row("sar", "rm64, cl", "W D3 /7")
SHL_BYTE: Final = row("shl", "rm64, i8", "W C1 /4 ib")
SHR_BYTE: Final = row("shr", "rm64, i8", "W C1 /5 ib")
SAR_BYTE: Final = row("sar", "rm64, i8", "W C1 /7 ib")
BSF: Final = row("bsf", "r64, rm64", "W 0F BC /r")
BSR: Final = row("bsr", "r64, rm64", "W 0F BD /r")
POPCNT: Final = row("popcnt", "r64, rm64", "F3 W 0F B8 /r")

# --- doubles ---------------------------------------------------------------------------------------------------------
MOVSD: Final = row("movsd", "xmm, m64", "F2 0F 10 /r")
MOVSD_STORE: Final = row("movsd", "m64, xmm", "F2 0F 11 /r")
MOVAPS: Final = row("movaps", "xmm, xmm", "0F 28 /r")
MOVUPS: Final = row("movups", "xmm, m128", "0F 10 /r")
MOVUPS_STORE: Final = row("movups", "m128, xmm", "0F 11 /r")
MOVQ_TO_FLOAT: Final = row("movq", "xmm, r64", "66 W 0F 6E /r")
MOVQ_FROM_FLOAT: Final = row("movq", "r64, xmm", "66 W 0F 7E /r")
ADDSD: Final = row("addsd", "xmm, xm64", "F2 0F 58 /r")
MULSD: Final = row("mulsd", "xmm, xm64", "F2 0F 59 /r")
SUBSD: Final = row("subsd", "xmm, xm64", "F2 0F 5C /r")
DIVSD: Final = row("divsd", "xmm, xm64", "F2 0F 5E /r")
SQRTSD: Final = row("sqrtsd", "xmm, xm64", "F2 0F 51 /r")
UCOMISD: Final = row("ucomisd", "xmm, xm64", "66 0F 2E /r")
ANDPS: Final = row("andps", "xmm, xm128", "0F 54 /r")
XORPS: Final = row("xorps", "xmm, xm128", "0F 57 /r")
CVTSI2SD: Final = row("cvtsi2sd", "xmm, rm64", "F2 W 0F 2A /r")
CVTTSD2SI: Final = row("cvttsd2si", "r64, xm64", "F2 W 0F 2C /r")

# --- control ---------------------------------------------------------------------------------------------------------
# Condition codes as the machine numbers them; the inverse of a condition is its number with the lowest bit flipped.
CONDITIONS: Final = ["o", "no", "b", "ae", "e", "ne", "be", "a", "s", "ns", "p", "np", "l", "ge", "le", "g"]
OVERFLOW: Final = 0
NO_OVERFLOW: Final = 1
BELOW: Final = 2
ABOVE_EQUAL: Final = 3
EQUAL: Final = 4
NOT_EQUAL: Final = 5
BELOW_EQUAL: Final = 6
ABOVE: Final = 7
PARITY: Final = 10
NO_PARITY: Final = 11
LESS: Final = 12
GREATER_EQUAL: Final = 13
LESS_EQUAL: Final = 14
GREATER: Final = 15

SETCC: Final = [row(f"set{name}", "rm8", f"0F {0x90 + code:02X} /0") for code, name in enumerate(CONDITIONS)]
CMOV: Final = [row(f"cmov{name}", "r64, rm64", f"W 0F {0x40 + code:02X} /r") for code, name in enumerate(CONDITIONS)]
JCC: Final = [row(f"j{name}", "rel32", f"0F {0x80 + code:02X} id") for code, name in enumerate(CONDITIONS)]
JMP: Final = row("jmp", "rel32", "E9 id")
JMP_TO: Final = row("jmp", "q64/m64", "FF /4")
CALL: Final = row("call", "rel32", "E8 id")
CALL_TO: Final = row("call", "q64/m64", "FF /2")
RET: Final = row("ret", "", "C3")

NOP_BYTES: Final[list[list[int]]] = [
    [],
    [0x90],
    [0x66, 0x90],
    [0x0F, 0x1F, 0x00],
    [0x0F, 0x1F, 0x40, 0x00],
    [0x0F, 0x1F, 0x44, 0x00, 0x00],
    [0x66, 0x0F, 0x1F, 0x44, 0x00, 0x00],
    [0x0F, 0x1F, 0x80, 0x00, 0x00, 0x00, 0x00],
    [0x0F, 0x1F, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00],
]
