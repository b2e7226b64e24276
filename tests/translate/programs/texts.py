"""Strings and bytes."""

from tracewright.core.system import write_output


def out(value: str) -> None:
    write_output(value.encode() + b"\n")


def classify(character: str) -> str:
    if character.isdigit():
        return "digit"
    if character.isalpha() or character == "_":
        return "letter"
    return "space" if character.isspace() else "sign"


def main() -> int:
    greeting = "Hello, World"
    out(greeting.upper() + greeting.lower() + greeting[0] + greeting[-1] + greeting[1:4] + greeting[-3:])
    out(f"{len(greeting)} {greeting.find('o')} {greeting.rfind('o')} {greeting.find('q')} {greeting.count('l')}")
    out("|".join(greeting.split(", ")) + "|".join(" a  b ".split()))
    out(f"{greeting.startswith('Hell')} {greeting.endswith(('x', 'd'))} {'World' in greeting} {'q' not in greeting}")
    out("[" + "  trim ".strip() + "][" + "xxaxx".strip("x") + "][" + "  l".lstrip() + "]")
    out(greeting.replace("l", "L") + "ab" * 3 + "-" * 0)
    number = 255
    out(f"{number:x} {number:X} {number:06d} {number:>6} {number:<6}| {'t':>3} {'t':<3}| {number:d} {True}")
    out(f"{'quote'!r} {number!s} {-number}")
    before, separator, after = "key=value".partition("=")
    out(before + separator + after + "\n".join("one\ntwo".splitlines()))
    out(" ".join([classify(c) for c in "a1_ +"]))
    out(f"{'a' < 'b'} {'abc' <= 'abd'} {'b' > 'abc'} {'é' == 'é'} {greeting != 'b'}")
    out(chr(8364) + str(ord("€")) + "wide \U0001f600"[5:] + "7".zfill(3) + "x".rjust(3) + "y".ljust(3) + "|")
    out(",".join(list("abc")) + str(hash("a") == hash("a")))
    data = "äb".encode()
    out(f"{len(data)} {data[0]} {data[:2].decode('utf-8')} {data.find(b'b')} {data == b'x'}")
    try:
        b"\xff".decode()
    except UnicodeDecodeError:
        out("malformed")
    try:
        int("12x")
    except ValueError:
        out("no number")
    text = ""
    for index in range(5):
        if text:
            text += ", "
        text += str(index)
    out(text)
    return 0
