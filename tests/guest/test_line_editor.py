"""Keys of a terminal, and lines edited with them."""

import re

import pytest

from tracewright.guest.keys import END, KeyReader
from tracewright.guest.line_editor import Abandoned, LineEditor, Screen, candidates, names_in

UP, DOWN, RIGHT, LEFT = b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D"


def keys_of(*chunks: bytes) -> list[str]:
    waiting = list(chunks)
    reader = KeyReader(lambda: waiting.pop(0) if waiting else b"")
    keys: list[str] = []
    while not keys or keys[-1] != END:
        keys.append(reader.next())
    return keys[:-1]


@pytest.mark.parametrize(
    ("chunks", "keys"),
    [
        ([b"ab"], ["a", "b"]),
        (["äλ€😀".encode()], ["ä", "λ", "€", "😀"]),
        ([b"\xe2\x82", b"\xac"], ["€"]),  # a character in two parts
        ([b"\xff", b"\xc3\x28"], ["unknown", "unknown", "("]),
        ([b"\r", b"\n", b"\x7f", b"\x03", b"\t"], ["enter", "enter", "backspace", "interrupt", "tab"]),
        ([UP + DOWN + RIGHT + LEFT], ["up", "down", "right", "left"]),
        ([b"\x1bOA", b"\x1b[H", b"\x1bOF", b"\x1b[1~", b"\x1b[4~"], ["up", "line start", "line end", "line start", "line end"]),
        ([b"\x1b[3~", b"\x1b[1;5C", b"\x1b[1;5D"], ["delete", "word right", "word left"]),
        ([b"\x1bb", b"\x1bf"], ["word left", "word right"]),
        ([b"\x1b", b"a"], ["unknown", "a"]),  # the key itself, then another one
        ([b"\x1b[200~x"], ["unknown", "x"]),
        ([b"\x1b[12345678901234567890"], ["unknown", "7", "8", "9", "0"]),
    ],
)  # fmt: skip
def test_keys(chunks: list[bytes], keys: list[str]) -> None:
    assert keys_of(*chunks) == keys


class Paper(Screen):
    """A terminal of one line: what it shows, and where its cursor is."""

    def __init__(self, columns: int = 40) -> None:
        self.width = columns
        self.written = ""
        self.line = ""
        self.cursor = 0

    def columns(self) -> int:
        return self.width

    def write(self, text: str) -> None:
        self.written += text
        for part in re.findall(r"\x1b\[\d*[A-Za-z]|.|\n", text, re.DOTALL):
            if part == "\r":
                self.cursor = 0
            elif part == "\n":
                self.line, self.cursor = "", 0
            elif part == "\x1b[K":
                self.line = self.line[: self.cursor]
            elif part.startswith("\x1b") and part.endswith("C"):
                self.cursor += int(part[2:-1])
            elif not part.startswith("\x1b"):
                self.line = self.line[: self.cursor] + part + self.line[self.cursor + 1 :]
                self.cursor += 1
                assert self.cursor <= self.width, "wrapped"


def editor(
    typed: bytes, history: list[str] | None = None, names: tuple[str, ...] = (), columns: int = 40
) -> LineEditor:
    waiting = [typed]
    keys = KeyReader(lambda: waiting.pop(0) if waiting else b"")
    return LineEditor(keys, Paper(columns), [] if history is None else history, lambda before: list(names))


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (b"abc\r", "abc"),
        (b"ac" + LEFT + b"b\r", "abc"),
        (b"bc" + LEFT + LEFT + LEFT + b"a" + RIGHT + RIGHT + RIGHT + b"d\r", "abcd"),
        (b"bc\x01a\x05d\r", "abcd"),
        (b"abx\x7fc\r", "abc"),
        (b"\x7f\x1b[3~abc\r", "abc"),  # nothing to remove
        (b"xabc\x01\x1b[3~\r", "abc"),
        (b"xabc\x01\x04\r", "abc"),
        (b"abc def\x17ghi\r", "abc ghi"),
        (b"abc def\x15x\x19\r", "xabc def"),
        (b"abc def\x01\x0bx\x19y\r", "xabc defy"),
        (b"one two\x1bbX\x1bb\x1bbY\x1bfZ\r", "YoneZ Xtwo"),
        (b"acb\x14\r", "abc"),
        ("größe".encode() + LEFT + b"\x7f" + "ß".encode() + b"\r", "größe"),
        (b"a\x1b[200~b\r", "ab"),  # a key without a meaning
    ],
)
def test_editing(typed: bytes, line: str) -> None:
    assert editor(typed).read("> ") == line


def test_the_line_is_shown_with_the_cursor_in_it() -> None:
    paper = Paper()
    shown: list[tuple[str, int]] = []
    steps = [b"a", b"b", LEFT, b"X", b"\x7f", b"\r"]

    def more() -> bytes:
        shown.append((paper.line, paper.cursor))
        return steps.pop(0)

    LineEditor(KeyReader(more), paper, [], lambda before: []).read("> ")
    assert shown == [("> ", 2), ("> a", 3), ("> ab", 4), ("> ab", 3), ("> aXb", 4), ("> ab", 3)]


def test_a_long_line_is_shown_in_part() -> None:
    text = "".join(chr(97 + k % 26) for k in range(100))
    line = editor(text.encode() + b"\x01<\x05>\r", columns=20)  # `Paper` asserts that nothing wraps
    assert line.read("> ") == f"<{text}>"


def test_history() -> None:
    history = ["first", "second"]
    line = editor(UP + UP + UP + b"!\r" + b"dra" + UP + DOWN + b"ft\r" + b"\r" + b"draft\r" + UP + UP + b"\r", history)
    assert [line.read("> ") for _ in range(5)] == ["first!", "draft", "", "draft", "first!"]
    assert history == ["first", "second", "first!", "draft", "first!"]  # neither empty lines nor the same twice


def test_the_end_and_giving_up() -> None:
    line = editor(b"abc\x03def\r\x04")
    with pytest.raises(Abandoned):
        line.read("> ")
    assert line.read("> ") == "def"
    assert line.read("> ") is None
    assert editor(b"abc").read("> ") is None  # the terminal has gone


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (b"print to\t)\r", "print total)"),
        (b"p\t\r", "pr"),  # print, product: as far as they agree
        (b"x\t\r", "x"),
        (b"\t\r", "    "),
        (b"print \t\r", "print "),
        (b"(to\x01pri\t\r", "print(to"),
    ],
)
def test_completion(typed: bytes, line: str) -> None:
    assert editor(typed, names=("print", "product", "total", "total")).read("> ") == line


def test_the_second_tab_shows_the_names() -> None:
    line = editor(b"p\t\t\r", names=("print", "product", "total"))
    paper = line._screen
    assert isinstance(paper, Paper)
    assert line.read("> ") == "pr" and "\r\nprint  product\r\n" in paper.written


def test_names() -> None:
    assert candidates("a", ["ab", "b", "aa", "ab"]) == ["aa", "ab"]
    assert names_in("x1 = größe + 12*_y(3z)") == ["x1", "größe", "_y"]
    assert names_in("") == []
