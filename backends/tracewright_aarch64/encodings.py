"""The instructions the backend uses, one row each: mnemonic, operands as GNU `as` writes them, the 32 bits.

Legend of the bits, from the highest down:

    0 1        fixed
    d n m t    a register field of 5 bits: at bit 0, 5, 16 and 10
    i          the other field, of any width and place, in one piece; the shape in `operands` says what it counts:
               #u12 #u12s (scaled by the size) #s9 #s7s  an offset   #a13 twelve bits, or twelve bits shifted by twelve
               #l13 a logical immediate (`logical_immediate`)   #h18 sixteen bits and the position to put them
               #sh6 a shift   #bf12 two bit positions of a bit field   cond a condition   @26 @19 @14 a distance in instructions
               #f8 an eight-bit double
    b          the number of the tested bit, in two pieces (tbz, tbnz)
    p          the two lowest bits of a distance (adrp)
"""

from typing import Final, final

ABSENT: Final = -1


@final
class Encoding:
    """One row, its legend taken apart. Built at import time only."""

    def __init__(self, mnemonic: str, operands: str, legend: str) -> None:
        self.mnemonic = mnemonic
        self.operands = operands
        bits = legend.replace(" ", "")
        assert len(bits) == 32, f"{mnemonic}: {legend}"
        self.base: int = int("".join(bit if bit in "01" else "0" for bit in bits), 2)
        self.fields: str = "".join(sorted(set(bits) - set("01")))
        for letter, lowest in (("d", 0), ("n", 5), ("m", 16), ("t", 10)):
            found = [31 - k for k, bit in enumerate(bits) if bit == letter]
            assert not found or (found[-1], len(found)) == (lowest, 5), f"{mnemonic}: {letter}"
        places = [31 - k for k, bit in enumerate(bits) if bit == "i"]
        self.shift: int = places[-1] if places else 0  # of the other field
        self.mask: int = (1 << len(places)) - 1


ROWS: Final[list[Encoding]] = []


def row(mnemonic: str, operands: str, legend: str) -> Encoding:
    """Append a row. Import time only."""
    encoding = Encoding(mnemonic, operands, legend)
    ROWS.append(encoding)
    return encoding


@final
class Transfer:
    """The forms of a load or store of one size: by an immediate offset, by a register, and two of them at once."""

    def __init__(
        self, names: tuple[str, str, str], register: str, scale: int, bits: str, floats: str, store: bool
    ) -> None:
        name, unscaled, pair = names
        opc = "0" + ("0" if store else "1")
        head = f"{bits} 111 {floats}"
        self.scale = scale
        self.scaled = row(name, f"{register}d, [xn, #u12s]", f"{head} 01 {opc} iiiiiiiiiiii nnnnn ddddd")
        self.unscaled = row(unscaled, f"{register}d, [xn, #s9]", f"{head} 00 {opc} 0 iiiiiiiii 00 nnnnn ddddd")
        self.indexed = row(name, f"{register}d, [xn, xm]", f"{head} 00 {opc} 1 mmmmm 011 0 10 nnnnn ddddd")
        self.indexed_words: Encoding = (
            row(name, f"{register}d, [xn, xm, lsl #3]", f"{head} 00 {opc} 1 mmmmm 011 1 10 nnnnn ddddd")
            if scale == 3
            else self.indexed
        )
        self.pairs: bool = scale == 3
        size = "01" if floats == "1" else "10"
        self.pair: Encoding = (
            row(
                pair,
                f"{register}d, {register}t, [xn, #s7s]",
                f"{size} 101 {floats} 010 {'0' if store else '1'} iiiiiii ttttt nnnnn ddddd",
            )
            if self.pairs
            else self.scaled
        )


# --- memory ----------------------------------------------------------------------------------------------------------
LOAD: Final = Transfer(("ldr", "ldur", "ldp"), "x", 3, "11", "0", False)
STORE: Final = Transfer(("str", "stur", "stp"), "x", 3, "11", "0", True)
LOAD32: Final = Transfer(("ldr", "ldur", ""), "w", 2, "10", "0", False)  # these clear the upper half
LOAD16: Final = Transfer(("ldrh", "ldurh", ""), "w", 1, "01", "0", False)
LOAD8: Final = Transfer(("ldrb", "ldurb", ""), "w", 0, "00", "0", False)
STORE32: Final = Transfer(("str", "stur", ""), "w", 2, "10", "0", True)
STORE16: Final = Transfer(("strh", "sturh", ""), "w", 1, "01", "0", True)
STORE8: Final = Transfer(("strb", "sturb", ""), "w", 0, "00", "0", True)
LOAD_FLOAT: Final = Transfer(("ldr", "ldur", "ldp"), "d", 3, "11", "1", False)
STORE_FLOAT: Final = Transfer(("str", "stur", "stp"), "d", 3, "11", "1", True)
LITERAL: Final = row("ldr", "xd, @19", "01 011 0 00 iiiiiiiiiiiiiiiiiii ddddd")
LITERAL_FLOAT: Final = row("ldr", "dd, @19", "01 011 1 00 iiiiiiiiiiiiiiiiiii ddddd")
ADRP: Final = row("adrp", "xd, page", "1 pp 10000 iiiiiiiiiiiiiiiiiii ddddd")

# --- constants -------------------------------------------------------------------------------------------------------
MOVZ: Final = row("movz", "xd, #h18", "1 10 100101 iiiiiiiiiiiiiiiiii ddddd")
MOVN: Final = row("movn", "xd, #h18", "1 00 100101 iiiiiiiiiiiiiiiiii ddddd")
MOVK: Final = row("movk", "xd, #h18", "1 11 100101 iiiiiiiiiiiiiiiiii ddddd")


@final
class Arithmetic:
    """The forms of addition or subtraction."""

    def __init__(self, name: str, op: str, flags: str) -> None:
        target = "xd" if flags == "1" else "xd|sp"
        self.registers = row(name, "xd, xn, xm, lsl #sh6", f"1 {op} {flags} 01011 00 0 mmmmm iiiiii nnnnn ddddd")
        self.arithmetic_right = row(name, "xd, xn, xm, asr #sh6", f"1 {op} {flags} 01011 10 0 mmmmm iiiiii nnnnn ddddd")
        self.logical_right = row(name, "xd, xn, xm, lsr #sh6", f"1 {op} {flags} 01011 01 0 mmmmm iiiiii nnnnn ddddd")
        self.immediate = row(name, f"{target}, xn|sp, #a13", f"1 {op} {flags} 100010 iiiiiiiiiiiii nnnnn ddddd")


@final
class Logical:
    """The forms of a bitwise operation."""

    def __init__(self, name: str, code: str) -> None:
        self.registers = row(name, "xd, xn, xm, lsl #sh6", f"1 {code} 01010 00 0 mmmmm iiiiii nnnnn ddddd")
        target = "xd" if name == "ands" else "xd|sp"
        self.immediate = row(name, f"{target}, xn, #l13", f"1 {code} 100100 iiiiiiiiiiiii nnnnn ddddd")


# --- words -----------------------------------------------------------------------------------------------------------
ADD: Final = Arithmetic("add", "0", "0")
ADDS: Final = Arithmetic("adds", "0", "1")
SUB: Final = Arithmetic("sub", "1", "0")
SUBS: Final = Arithmetic("subs", "1", "1")
AND: Final = Logical("and", "00")
ORR: Final = Logical("orr", "01")
EOR: Final = Logical("eor", "10")
ANDS: Final = Logical("ands", "11")
ORN: Final = row("orn", "xd, xn, xm, lsl #sh6", "1 01 01010 00 1 mmmmm iiiiii nnnnn ddddd")
CMP_SP: Final = row("cmp", "sp, xm", "1 1 1 01011 00 1 mmmmm 011 000 11111 11111")
CMP32: Final = row("cmp", "wn|wsp, #a13", "0 1 1 100010 iiiiiiiiiiiii nnnnn 11111")
CMP32_REGISTERS: Final = row("cmp", "wn, wm", "0 1 1 01011 00 0 mmmmm 000000 nnnnn 11111")
SUB32: Final = row("sub", "wd, wn, wm", "0 1 0 01011 00 0 mmmmm 000000 nnnnn ddddd")
SUB32_IMMEDIATE: Final = row("sub", "wd|wsp, wn|wsp, #a13", "0 1 0 100010 iiiiiiiiiiiii nnnnn ddddd")
CCMP_NOT_BELOW: Final = row("ccmp", "xn, xm, #2, cond", "1 1 1 11010010 mmmmm iiii 0 0 nnnnn 0 0010")
CCMN_OVERFLOWED: Final = row("ccmn", "xn, #1, #1, cond", "1 0 1 11010010 00001 iiii 1 0 nnnnn 0 0001")
MADD: Final = row("madd", "xd, xn, xm, xt", "1 00 11011 000 mmmmm 0 ttttt nnnnn ddddd")
MSUB: Final = row("msub", "xd, xn, xm, xt", "1 00 11011 000 mmmmm 1 ttttt nnnnn ddddd")
SMULH: Final = row("smulh", "xd, xn, xm", "1 00 11011 010 mmmmm 0 11111 nnnnn ddddd")
UMULH: Final = row("umulh", "xd, xn, xm", "1 00 11011 110 mmmmm 0 11111 nnnnn ddddd")
SDIV: Final = row("sdiv", "xd, xn, xm", "1 00 11010110 mmmmm 000011 nnnnn ddddd")
UDIV: Final = row("udiv", "xd, xn, xm", "1 00 11010110 mmmmm 000010 nnnnn ddddd")
LSL: Final = row("lsl", "xd, xn, xm", "1 00 11010110 mmmmm 001000 nnnnn ddddd")
LSR: Final = row("lsr", "xd, xn, xm", "1 00 11010110 mmmmm 001001 nnnnn ddddd")
ASR: Final = row("asr", "xd, xn, xm", "1 00 11010110 mmmmm 001010 nnnnn ddddd")
SBFM: Final = row("sbfm", "xd, xn, #bf12", "1 00 100110 1 iiiiiiiiiiii nnnnn ddddd")
UBFM: Final = row("ubfm", "xd, xn, #bf12", "1 10 100110 1 iiiiiiiiiiii nnnnn ddddd")
CLZ: Final = row("clz", "xd, xn", "1 1 0 11010110 00000 000100 nnnnn ddddd")
RBIT: Final = row("rbit", "xd, xn", "1 1 0 11010110 00000 000000 nnnnn ddddd")
CSEL: Final = row("csel", "xd, xn, xm, cond", "1 00 11010100 mmmmm iiii 00 nnnnn ddddd")
FCSEL: Final = row("fcsel", "dd, dn, dm, cond", "000 11110 01 1 mmmmm iiii 11 nnnnn ddddd")
CSINC: Final = row("csinc", "xd, xn, xm, cond", "1 00 11010100 mmmmm iiii 01 nnnnn ddddd")

# --- doubles ---------------------------------------------------------------------------------------------------------
FADD: Final = row("fadd", "dd, dn, dm", "000 11110 01 1 mmmmm 0010 10 nnnnn ddddd")
FSUB: Final = row("fsub", "dd, dn, dm", "000 11110 01 1 mmmmm 0011 10 nnnnn ddddd")
FMUL: Final = row("fmul", "dd, dn, dm", "000 11110 01 1 mmmmm 0000 10 nnnnn ddddd")
FDIV: Final = row("fdiv", "dd, dn, dm", "000 11110 01 1 mmmmm 0001 10 nnnnn ddddd")
FNEG: Final = row("fneg", "dd, dn", "000 11110 01 1 000010 10000 nnnnn ddddd")
FABS: Final = row("fabs", "dd, dn", "000 11110 01 1 000001 10000 nnnnn ddddd")
FSQRT: Final = row("fsqrt", "dd, dn", "000 11110 01 1 000011 10000 nnnnn ddddd")
FMOV: Final = row("fmov", "dd, dn", "000 11110 01 1 000000 10000 nnnnn ddddd")
FMOV_TO_FLOAT: Final = row("fmov", "dd, xn", "1 00 11110 01 1 00 111 000000 nnnnn ddddd")
FMOV_FROM_FLOAT: Final = row("fmov", "xd, dn", "1 00 11110 01 1 00 110 000000 nnnnn ddddd")
FMOV_IMMEDIATE: Final = row("fmov", "dd, #f8", "000 11110 01 1 iiiiiiii 100 00000 ddddd")
FCMP: Final = row("fcmp", "dn, dm", "000 11110 01 1 mmmmm 00 1000 nnnnn 00000")
FCMP_ZERO: Final = row("fcmp", "dn, #0.0", "000 11110 01 1 00000 00 1000 nnnnn 01000")
SCVTF: Final = row("scvtf", "dd, xn", "1 00 11110 01 1 00 010 000000 nnnnn ddddd")
FCVTZS: Final = row("fcvtzs", "xd, dn", "1 00 11110 01 1 11 000 000000 nnnnn ddddd")
CNT: Final = row("cnt", "vd.8b, vn.8b", "0 0 0 01110 00 10000 00101 10 nnnnn ddddd")
ADDV: Final = row("addv", "bd, vn.8b", "0 0 0 01110 00 11000 11011 10 nnnnn ddddd")

# --- control ---------------------------------------------------------------------------------------------------------
# Condition codes as the machine numbers them; the inverse of a condition is its number with the lowest bit flipped.
CONDITIONS: Final = ["eq", "ne", "hs", "lo", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le"]
EQUAL: Final = 0
NOT_EQUAL: Final = 1
ABOVE_EQUAL: Final = 2
BELOW: Final = 3
MINUS: Final = 4  # of doubles: less, and not unordered
OVERFLOW: Final = 6  # of doubles: unordered
NO_OVERFLOW: Final = 7
ABOVE: Final = 8
BELOW_EQUAL: Final = 9  # of doubles: less or equal, and not unordered
GREATER_EQUAL: Final = 10
LESS: Final = 11
GREATER: Final = 12
LESS_EQUAL: Final = 13

B: Final = row("b", "@26", "0 00101 iiiiiiiiiiiiiiiiiiiiiiiiii")
BL: Final = row("bl", "@26", "1 00101 iiiiiiiiiiiiiiiiiiiiiiiiii")
B_IF: Final = [
    row(f"b.{name}", "@19", f"01010100 iiiiiiiiiiiiiiiiiii 0 {code:04b}") for code, name in enumerate(CONDITIONS)
]
CBZ: Final = row("cbz", "xd, @19", "1 011010 0 iiiiiiiiiiiiiiiiiii ddddd")
CBNZ: Final = row("cbnz", "xd, @19", "1 011010 1 iiiiiiiiiiiiiiiiiii ddddd")
TBZ: Final = row("tbz", "xd, #b, @14", "b 011011 0 bbbbb iiiiiiiiiiiiii ddddd")
TBNZ: Final = row("tbnz", "xd, #b, @14", "b 011011 1 bbbbb iiiiiiiiiiiiii ddddd")
BR: Final = row("br", "xn", "1101011 0 0 00 11111 0000 0 0 nnnnn 00000")
BLR: Final = row("blr", "xn", "1101011 0 0 01 11111 0000 0 0 nnnnn 00000")
RET: Final = row("ret", "", "1101011 0 0 10 11111 0000 0 0 11110 00000")
NOP: Final = row("nop", "", "1101 0101 0000 0011 0010 0000 0001 1111")
