"""Methods of str, bytes and bytearray, and the built-in functions and methods of numbers."""

from tracewright.core.system import write_output


def show(text: str) -> None:
    write_output((text + "\n").encode())


def failing(number: int) -> str:
    try:
        match number:
            case 0:
                return str("abc".index("x"))
            case 1:
                return str("abc".rindex("x", 1))
            case 2:
                return bytes.fromhex("4x").hex()
            case 3:
                return (300).to_bytes(1, "little").hex()
            case 4:
                return (-1).to_bytes(2, "big").hex()
            case _:
                return "nothing"
    except (ValueError, OverflowError) as error:
        return type_of(error)


def type_of(error: Exception) -> str:
    return "overflow" if isinstance(error, OverflowError) else "value"


def case_and_parts() -> None:
    text = "Hello, wide World"
    show(text.title() + text.swapcase() + text.capitalize() + text.casefold() + "ßǆ ΟΔΟΣ".title())
    show(f"{text.index('o')} {text.rindex('o')} {text.count('o', 5)} {text.find('o', 5, 9)} {text.startswith('w', 7)}")
    show(text.removeprefix("Hello") + text.removesuffix("World") + text.removeprefix("x"))
    show("a\tbc\td".expandtabs(4) + "|" + "ab".center(7, "*") + "a".center(4) + "|")
    before, found, behind = "k=v=w".rpartition("=")
    show(f"{before} {found} {behind}")
    show("|".join("a,b,c".split(",", 1)) + "|".join(" a  b c ".split(None, 1)) + "|".join("a,b".split(",", maxsplit=0)))
    show("|".join("a,b,c".rsplit(",", 1)) + "|".join(" a  b c ".rsplit(maxsplit=1)) + "|".join("a b".rsplit()))
    show(f"{'12'.isdecimal()} {'Ab Cd'.istitle()} {'aXbXc'.replace('X', '-', 1)} {'abc'.endswith(('b', 'c'))}")
    show(",".join({"x": 1, "y": 2}) + "-".join(("p", "q")) + "+".join("abc") + ".".join(sorted({"n", "m"})))
    show("".join(sorted(["b", "A", "c"], key=str.lower)))


def byte_methods() -> None:
    data = b"a, b,c"
    show(f"{len(data.split(b','))} {data.replace(b',', b'-').decode()} {data.find(b'b', 1, 4)} {data.count(b',')}")
    show(data.hex() + data.upper().decode() + bytes.fromhex("41 42").decode() + repr(b"a'\x00\\") + f"{b'x'!r}")
    show(f"{data.strip(b'ac')!r} {b' x '.strip()!r} {data.partition(b',')[0]!r} {data.rfind(b',')} {b'12'.isdigit()}")
    show(f"{b'prefix'.removeprefix(b'pre')!r} {len(b' a b '.split())} {b'a'.isalpha()} {data.index(b'b')}")
    show(b"\xe9\x41".decode("latin-1") + "é".encode("utf-8").decode(encoding="utf-8"))
    room = bytearray(b"xyz")
    room[1:2] = b"long"
    room.insert(0, 65)
    del room[-1]
    show(room.decode() + str(room.pop()) + room.hex() + str(room.find(b"o")) + str(120 in room))
    room += bytearray(b"..")
    room[0:0] = bytearray([60, 61])
    room.extend([62])
    show(repr(room + b"!") + repr(room + room))
    room.reverse()
    del room[1:3]
    more = room.copy()
    more.append(33)
    show(f"{bytes(room)!r} {bytes(more)!r} {room.startswith(b'n')} {room.count(b'x')}")


def numbers() -> None:
    show(f"{round(2.5)} {round(3.5)} {round(-2.7)} {round(7)} {round(2.675, 2)} {round(1e20, 1)} {round(-0.4, 0)}")
    show(f"{(255).bit_length()} {(-8).bit_length()} {(10).bit_count()} {(2.0).is_integer()} {(0.1).hex()}")
    show(f"{hex(255)} {hex(-255)} {oct(8)} {bin(5)} {int('ff', 16)} {int('0b101', 0)} {3**4} {(-2) ** 3} {7**0}")
    for number in (0, 999, 1000, -1234567):
        show(f"{number:,} {number:_} {number:>12,}|{number:+,}|{number * 1.5:,.2f}|{number / 7:*^14,.1f}|")
    show(f"{1e16:,} {float('inf'):,} {1234.5:,e}")
    half = 0.5
    show(f"{half**2} {2**-2} {half**half} {(-8.0) ** 3} {2**half}")
    try:
        show(str((half - half) ** -1))
    except ZeroDivisionError as error:
        show(str(error))
    packed = (1000).to_bytes(4, "little") + (-2).to_bytes(2, "big", signed=True)
    show(packed.hex() + str(int.from_bytes(packed[:4], "little")) + str(int.from_bytes(packed[4:], "big", signed=True)))


def main() -> int:
    case_and_parts()
    byte_methods()
    numbers()
    show(" ".join([failing(number) for number in range(6)]))
    return 0
