"""TOML to guest values. Dates and times become strings, as they are written.

A document is tables inside tables. Of each table it is remembered how it came to be, because the language lets some be extended
and others not: `[a]` may stand once, `[a.b]` may stand before it, and what is written in braces is closed for good.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.lib.builder import StringBuilder
from tracewright_ruff.builtins.toml_dates import DIGITS, is_date, is_date_or_time
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Array, W_Dict, array_from_list, as_array, as_dict, text_value
from tracewright_ruff.session import Session

MOST_DEPTH: Final = 128
BARE: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
ESCAPES: dict[str, str] = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}
BASES: dict[str, int] = {"0x": 16, "0o": 8, "0b": 2}
LARGEST: Final = (1 << 63) - 1
INFINITY: Final = float("inf")
NOT_A_NUMBER: Final = float("nan")


@final
class TomlReader:
    """One document."""

    def __init__(self, session: Session, text: str) -> None:
        self.session = session
        self.text: str = text.replace("\r\n", "\n")
        self.position = 0
        self.root = W_Dict(session.dict_shape)
        self.headed: set[W_Dict] = set()  # tables with a header of their own
        self.dotted: set[W_Dict] = set()  # made by dotted keys: a header cannot reopen them
        self.closed: set[W_Dict] = set()  # written in braces
        self.growing: set[W_Array] = set()  # arrays of tables, which headers make longer

    # --- the text ---
    def fault(self, message: str) -> GuestError:
        """An error here."""
        before = self.text[: self.position]
        line = before.count("\n") + 1
        column = self.position - before.rfind("\n")
        return GuestError(f"TOML parse error: {message} at line {line} column {column}")

    def peek(self) -> str:
        """The next character; "" at the end."""
        return self.text[self.position] if self.position < len(self.text) else ""

    def take(self, part: str) -> bool:
        """Pass `part` if it comes next."""
        if self.text.startswith(part, self.position):
            self.position += len(part)
            return True
        return False

    def expect(self, part: str) -> None:
        """Pass `part`, which must come next."""
        if not self.take(part):
            raise self.fault(f"expected `{part}`")

    def blanks(self) -> None:
        """Pass spaces and tabs."""
        while self.peek() != "" and self.peek() in " \t":
            self.position += 1

    def comment(self) -> None:
        """Pass a comment, if there is one."""
        if self.peek() == "#":
            while self.peek() not in ("", "\n"):
                self.position += 1

    def gap(self) -> None:
        """Pass blanks, line breaks and comments."""
        while True:
            self.blanks()
            self.comment()
            if not self.take("\n"):
                return

    def end_of_line(self) -> None:
        """Nothing more on this line."""
        self.blanks()
        self.comment()
        if self.peek() != "" and not self.take("\n"):
            raise self.fault("expected the end of the line")

    # --- tables ---
    def document(self) -> Value:
        """The whole text."""
        current = self.root
        self.gap()
        while self.peek() != "":
            if self.take("[["):
                current = self.next_of_array()
            elif self.take("["):
                current = self.headed_table()
            else:
                self.pair(current, 0)
            self.end_of_line()
            self.gap()
        return Value.of_object(self.root)

    def headed_table(self) -> W_Dict:
        """The table of a header, behind its bracket."""
        names = self.key()
        self.expect("]")
        table = self.walk(self.root, names[:-1], False)
        name = names[-1]
        found = table.get_text(name)
        inner = self.new_table(table, name) if found.same(Value.UNDEFINED) else self.inside(found, name)
        if inner in self.headed or inner in self.dotted:
            raise self.fault(f"duplicate table `{name}`")
        self.headed.add(inner)
        return inner

    def next_of_array(self) -> W_Dict:
        """A new last table of an array of tables, behind its brackets."""
        names = self.key()
        self.expect("]]")
        table = self.walk(self.root, names[:-1], False)
        name = names[-1]
        found = table.get_text(name)
        if found.same(Value.UNDEFINED):
            found = array_from_list([])
            table.set_text(name, found)
            made = as_array(found)
            assert made is not None
            self.growing.add(made)
        array = as_array(found)
        if array is None or array not in self.growing:
            raise self.fault(f"duplicate key `{name}`")
        inner = W_Dict(self.session.dict_shape)
        array.append(Value.of_object(inner))
        self.headed.add(inner)
        return inner

    def walk(self, start: W_Dict, names: list[str], by_keys: bool) -> W_Dict:
        """The table that names lead to, made as far as it is missing."""
        table = start
        for name in names:
            found = table.get_text(name)
            if found.same(Value.UNDEFINED):
                table = self.new_table(table, name)
                if by_keys:
                    self.dotted.add(table)
                continue
            table = self.inside(found, name)
            if by_keys and table not in self.dotted:
                raise self.fault(f"cannot extend table `{name}` by a dotted key")
        return table

    def new_table(self, table: W_Dict, name: str) -> W_Dict:
        """An empty table under a name that is free."""
        inner = W_Dict(self.session.dict_shape)
        table.set_text(name, Value.of_object(inner))
        return inner

    def inside(self, found: Value, name: str) -> W_Dict:
        """The table to go on in: itself, or the last of an array of tables."""
        array = as_array(found)
        if array is not None and array in self.growing:
            found = array.items[array.length - 1]
        table = as_dict(found)
        if table is None or table in self.closed:
            raise self.fault(f"duplicate key `{name}`")
        return table

    def pair(self, table: W_Dict, depth: int) -> None:
        """`key = value`"""
        names = self.key()
        self.expect("=")
        self.blanks()
        target = self.walk(table, names[:-1], True)
        if not target.get_text(names[-1]).same(Value.UNDEFINED):
            raise self.fault(f"duplicate key `{names[-1]}`")
        target.set_text(names[-1], self.value(depth))

    def key(self) -> list[str]:
        """A key and its dotted parts, with the blanks around."""
        names: list[str] = []
        while True:
            self.blanks()
            names.append(self.simple_key())
            self.blanks()
            if not self.take("."):
                return names

    def simple_key(self) -> str:
        """One part of a key."""
        if self.peek() == '"' or self.peek() == "'":
            if self.text.startswith(self.peek() * 3, self.position):
                raise self.fault("a key cannot have several lines")
            return self.string()
        start = self.position
        while self.peek() != "" and self.peek() in BARE:
            self.position += 1
        if self.position == start:
            raise self.fault("expected a key")
        return self.text[start : self.position]

    # --- values ---
    def value(self, depth: int) -> Value:
        """Any value."""
        if depth > MOST_DEPTH:
            raise self.fault("nested too deeply")
        match self.peek():
            case '"' | "'":
                return text_value(self.string())
            case "[":
                return self.array(depth)
            case "{":
                return self.braces(depth)
        if self.take("true"):
            return Value.TRUE
        if self.take("false"):
            return Value.FALSE
        return self.number()

    def array(self, depth: int) -> Value:
        """`[...]`"""
        self.position += 1
        items: list[Value] = []
        self.gap()
        while not self.take("]"):
            items.append(self.value(depth + 1))
            self.gap()
            if not self.take(","):
                self.expect("]")
                break
            self.gap()
        return array_from_list(items)

    def braces(self, depth: int) -> Value:
        """`{...}`, all on one line"""
        self.position += 1
        table = W_Dict(self.session.dict_shape)
        self.blanks()
        if not self.take("}"):
            while True:
                self.pair(table, depth + 1)
                self.blanks()
                if not self.take(","):
                    break
                self.blanks()
            self.expect("}")
        self.close(table)
        return Value.of_object(table)

    def close(self, table: W_Dict) -> None:
        """Nothing can be added to the table, nor to those inside that its dotted keys have made."""
        self.closed.add(table)
        for name in table.keys():
            inner = as_dict(table.get_text(name))
            if inner is not None:
                self.closed.add(inner)

    # --- strings ---
    def string(self) -> str:
        """Any of the four kinds."""
        quote = self.peek()
        escapes = quote == '"'
        if self.take(quote * 3):
            self.take("\n")
            return self.long_string(quote * 3, escapes)
        self.position += 1
        builder = StringBuilder()
        while not self.take(quote):
            character = self.peek()
            if character == "" or character == "\n":
                raise self.fault("unterminated string")
            self.string_part(builder, escapes)
        return builder.build()

    def long_string(self, end: str, escapes: bool) -> str:
        """A string of several lines; up to two quotes may stand before its end."""
        builder = StringBuilder()
        while not self.take(end):
            if self.peek() == "":
                raise self.fault("unterminated string")
            if escapes and self.peek() == "\\" and self.continues():
                while self.peek() != "" and self.peek() in " \t\n":
                    self.position += 1
                continue
            self.string_part(builder, escapes)
        quote = end[0]
        for _ in range(2):
            if self.take(quote):
                builder.append(quote)
        return builder.build()

    def continues(self) -> bool:
        """Whether only blanks stand behind the backslash on this line; it is passed then."""
        place = self.position + 1
        while place < len(self.text) and self.text[place] in " \t":
            place += 1
        if place < len(self.text) and self.text[place] == "\n":
            self.position = place
            return True
        return False

    def string_part(self, builder: StringBuilder, escapes: bool) -> None:
        """One character, or what an escape stands for."""
        character = self.peek()
        if character != "\t" and character != "\n" and (character < " " or character == "\x7f"):
            raise self.fault("a control character in a string")
        self.position += 1
        if not escapes or character != "\\":
            builder.append(character)
            return
        kind = self.peek()
        if kind == "u" or kind == "U":
            self.position += 1
            builder.append(self.code_point(4 if kind == "u" else 8))
        elif kind in ESCAPES:
            self.position += 1
            builder.append(ESCAPES[kind])
        else:
            raise self.fault("invalid escape")

    def code_point(self, count: int) -> str:
        """A character by its number in so many hexadecimal digits."""
        digits = self.text[self.position : self.position + count]
        code = _number_in(digits, 16)
        if len(digits) < count or code < 0 or code > 0x10FFFF or 0xD800 <= code < 0xE000:
            raise self.fault("invalid unicode escape")
        self.position += count
        return chr(code)

    # --- numbers and dates ---
    def number(self) -> Value:
        """A number or a date: what stands here up to a delimiter."""
        start = self.position
        self.pass_word()
        if (
            self.peek() == " "
            and is_date(self.text[start : self.position])
            and self.text[self.position + 3 :][:1] == ":"
        ):
            self.position += 1  # a date and a time with a blank between them
            self.pass_word()
        word = self.text[start : self.position]
        if is_date_or_time(word):
            return text_value(word)
        value = number_value(word)
        if value.same(Value.UNDEFINED):
            self.position = start
            raise self.fault(f"invalid value `{word}`" if word != "" else "expected a value")
        return value

    def pass_word(self) -> None:
        """Pass everything up to a delimiter."""
        while self.peek() not in ("", " ", "\t", "\n", ",", "]", "}", "#"):
            self.position += 1


def _number_in(digits: str, base: int) -> int:
    """The number, or -1 where it is none or needs more than 63 bits."""
    if digits == "":
        return -1
    number = 0
    for character in digits.lower():
        digit = "0123456789abcdef".find(character)
        if digit < 0 or digit >= base or number > (LARGEST - digit) // base:
            return -1
        number = number * base + digit
    return number


def _without_underscores(word: str) -> str:
    """The same digits; "" where an underscore does not stand between two of them."""
    for index in range(len(word)):
        if word[index] == "_":
            before = word[index - 1] if index > 0 else ""
            after = word[index + 1] if index + 1 < len(word) else ""
            if not before.isalnum() or not after.isalnum():
                return ""
    return word.replace("_", "")


def number_value(written: str) -> Value:
    """The number of a word, or UNDEFINED."""
    word = _without_underscores(written)
    negative = word.startswith("-")
    digits = word[1:] if negative or word.startswith("+") else word
    if digits == "inf":
        return Value.of_float(-INFINITY if negative else INFINITY)
    if digits == "nan":
        return Value.of_float(NOT_A_NUMBER)
    if digits[:2] in BASES and digits == word:
        number = _number_in(digits[2:], BASES[digits[:2]])
        return Value.of_int(number) if number >= 0 else Value.UNDEFINED
    if len(digits) > 1 and digits[0] == "0" and digits[1] in DIGITS:
        return Value.UNDEFINED
    number = _number_in(digits, 10)
    if number >= 0:
        return Value.of_int(-number if negative else number)
    if negative and digits == "9223372036854775808":
        return Value.of_int(-LARGEST - 1)
    return Value.of_float(float(word)) if _is_float(digits) else Value.UNDEFINED


def _is_float(digits: str) -> bool:
    """Digits, perhaps a point with digits on both sides, perhaps an exponent; one of the two at least."""
    place = _digits_end(digits, 0)
    if place == 0:
        return False
    found = False
    if digits.startswith(".", place):
        end = _digits_end(digits, place + 1)
        if end == place + 1:
            return False
        place = end
        found = True
    if place < len(digits) and digits[place] in "eE":
        place += 1
        if place < len(digits) and digits[place] in "+-":
            place += 1
        end = _digits_end(digits, place)
        if end == place:
            return False
        place = end
        found = True
    return found and place == len(digits)


def _digits_end(text: str, start: int) -> int:
    place = start
    while place < len(text) and text[place] in DIGITS:
        place += 1
    return place
