"""`struct`: numbers of every size, order and sign as bytes and back, at the ends of what fits."""

import struct

ENDS = [0, 1, -1, True]
for bits in (7, 8, 15, 16, 31, 32, 63, 64):
    ENDS += [(1 << bits) - 1, 1 << bits, -(1 << bits), -(1 << bits) - 1]


def integers():
    for code in "bBhHiIlLqQnN":
        for order in ("", "<", ">", "=", "@", "!") if code not in "nN" else ("", "@"):
            shown = []
            for number in ENDS:
                try:
                    data = struct.pack(order + code, number)
                    assert struct.unpack(order + code, data) == (number,), (order, code, number)
                    shown.append(data.hex())
                except struct.error:
                    shown.append("no")
            print(order, code, struct.calcsize(order + code), shown)


def floats():
    for code in ("d", ">d", "<d", "f", ">f", "e"):
        for number in (0.0, -0.0, 1.5, -100.0, float("inf"), 3, True):
            data = struct.pack(code, number)
            print(code, data.hex(), struct.unpack(code, data))


integers()
floats()
total = 0
for turn in range(300):
    data = struct.pack("<3hxI2dQ", turn, -turn, 3, turn << 20, turn / 4, turn, turn << 50)
    values = struct.unpack("<3hxI2dQ", data)
    assert values == (turn, -turn, 3, turn << 20, turn / 4, float(turn), turn << 50), values
    total += len(data) + sum(struct.unpack_from(">H", data, 2))
print(total, struct.pack("<3hxI2d", 1, -2, 3, 4, 0.5, 7))
