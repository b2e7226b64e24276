"""YAML to guest values: block and flow collections, all scalars, comments, anchors and aliases; one document.

What the language has beyond that (tags, keys that are collections, several documents) is refused with a message.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.lib.builder import StringBuilder
from tracewright_ruff.builtins.yaml_scalars import INDICATORS, scalar_value
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Dict, array_from_list, as_string, share, text_value
from tracewright_ruff.session import Session

MOST_DEPTH: Final = 128
ESCAPES: dict[str, str] = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
ESCAPE_DIGITS: dict[str, int] = {"x": 2, "u": 4, "U": 8}


@final
class YamlReader:
    """One text."""

    def __init__(self, session: Session, text: str) -> None:
        self.session = session
        self.text: str = text.replace("\r\n", "\n")
        self.position = 0
        self.anchors: dict[str, Value] = {}
        self.depth = 0

    # --- the text ---
    def fault(self, message: str) -> GuestError:
        """An error here."""
        before = self.text[: self.position]
        return GuestError(f"YAML parse error: {message} at line {before.count(chr(10)) + 1} column {self.column() + 1}")

    def peek(self, ahead: int = 0) -> str:
        """A character from here on; "" behind the end."""
        place = self.position + ahead
        return self.text[place] if place < len(self.text) else ""

    def column(self) -> int:
        """How far from the beginning of the line we are."""
        return self.position - self.text.rfind("\n", 0, self.position) - 1

    def ends_word(self, ahead: int) -> bool:
        """Whether a blank, a line's end or the text's stands there."""
        return self.peek(ahead) in ("", " ", "\t", "\n")

    def blanks(self) -> None:
        """Pass spaces and tabs."""
        while self.peek() == " " or self.peek() == "\t":
            self.position += 1

    def at_line_end(self) -> bool:
        """Pass blanks and a comment; gives whether nothing else was left on the line."""
        start = self.position
        self.blanks()
        if self.peek() == "#" and (start != self.position or start == 0 or self.text[start - 1] in " \t\n"):
            while self.peek() not in ("", "\n"):
                self.position += 1
        return self.peek() in ("", "\n")

    def next_token(self) -> int:
        """Pass empty lines and comments; gives the column of what comes, -1 at the end of the document."""
        while self.at_line_end():
            if self.peek() == "":
                return -1
            self.position += 1
        column = self.column()
        if column == 0 and (self.at_mark("---") or self.at_mark("...")):
            return -1
        if self.text[self.position - column : self.position].find("\t") >= 0 and self.begins_line():
            raise self.fault("a tab cannot indent")
        return column

    def begins_line(self) -> bool:
        """Whether only blanks stand before this place on its line."""
        return self.text[self.position - self.column() : self.position].strip() == ""

    def at_mark(self, mark: str) -> bool:
        """Whether a document's mark stands here."""
        return self.text.startswith(mark, self.position) and self.ends_word(3)

    # --- documents ---
    def document(self) -> Value:
        """The whole text, which is one document."""
        while self.peek() == "%":
            while self.peek() not in ("", "\n"):
                self.position += 1
            self.position += 1
        self.next_token()
        if self.at_mark("---"):
            self.position += 3
        value = self.block(0)
        self.next_token()
        if self.at_mark("..."):
            self.position += 3
            self.next_token()
        if self.at_mark("---"):
            raise self.fault("more than one document is not supported")
        if self.peek() != "":
            raise self.fault("did not find the expected end")
        return value

    # --- blocks ---
    def block(self, least: int) -> Value:
        """A node whose text stands at column `least` or beyond; null if there is none."""
        column = self.next_token()
        if column < least:
            return Value.NULL
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise self.fault("nested too deeply")
        value = self.node(column, least)
        self.depth -= 1
        return value

    def node(self, column: int, least: int) -> Value:
        """The node that begins here."""
        if self.peek() == "-" and self.ends_word(1):
            return self.sequence(column)
        if self.peek() == "?" and self.ends_word(1):
            raise self.fault("keys that are collections are not supported")
        if self.peek() == "&":
            name = self.name()
            value = self.block(least) if self.at_line_end() else self.node(self.column(), least)
            self.anchors[name] = value
            return value
        if self.begins_key():
            return self.mapping(column)
        return self.inline(least - 1)

    def sequence(self, column: int) -> Value:
        """`- item`, each dash at this column"""
        items: list[Value] = []
        while self.next_token() == column and self.peek() == "-" and self.ends_word(1):
            self.position += 1
            items.append(self.block(column + 1))
            self.end_of_node()
        if self.next_token() > column:
            raise self.fault("did not find the expected '-' indicator")
        return array_from_list(items)

    def mapping(self, column: int) -> Value:
        """`key: value`, each key at this column"""
        table = W_Dict(self.session.dict_shape)
        while self.next_token() == column:
            if self.peek() == "-" and self.ends_word(1):
                break
            key = key_text(self.key())
            self.blanks()
            if self.peek() != ":" or not self.ends_word(1):
                raise self.fault("could not find the expected ':'")
            self.position += 1
            if not table.get_text(key).same(Value.UNDEFINED):
                raise self.fault(f'duplicate entry with key "{key}"')
            table.set_text(key, self.entry(column))
            self.end_of_node()
        if self.next_token() > column:
            raise self.fault("did not find the expected key")
        return Value.of_object(table)

    def entry(self, column: int) -> Value:
        """What stands behind the colon of a key at this column."""
        self.blanks()
        if self.peek() == "&":
            name = self.name()
            value = self.entry(column)
            self.anchors[name] = value
            return value
        if not self.at_line_end():
            if self.begins_key() or (self.peek() == "-" and self.ends_word(1)):
                raise self.fault("mapping values are not allowed in this context")
            return self.inline(column)
        below = self.next_token()
        if below == column and self.peek() == "-" and self.ends_word(1):
            return self.sequence(column)  # the dashes of a value may stand below its key
        return self.block(column + 1)

    def end_of_node(self) -> None:
        """Nothing but the end of a line may come."""
        if not self.begins_line() and not self.at_line_end():
            raise self.fault("did not find the expected end of the line")

    def begins_key(self) -> bool:
        """Whether this line goes on as a key and a colon."""
        start = self.position
        try:
            if self.peek() in ("[", "{", "|", ">", "!", "@", "%", "`"):
                return False
            self.key()
            self.blanks()
            return self.peek() == ":" and self.ends_word(1)
        except GuestError:
            return False
        finally:
            self.position = start

    def key(self) -> Value:
        """A scalar on one line."""
        if self.peek() == '"' or self.peek() == "'":
            text = self.quoted()
            return text_value(text)
        if self.peek() == "*":
            return self.alias()
        return scalar_value(self.plain_line(False))

    # --- what stands on a line ---
    def inline(self, parent: int) -> Value:
        """A scalar, an alias or a flow collection; what follows of it on later lines stands beyond column `parent`."""
        match self.peek():
            case '"' | "'":
                return text_value(self.quoted())
            case "[":
                return self.flow_sequence()
            case "{":
                return self.flow_mapping()
            case "|" | ">":
                return text_value(self.block_scalar(parent))
            case "*":
                return self.alias()
            case "!":
                raise self.fault("tags are not supported")
        return scalar_value(self.plain(parent))

    def name(self) -> str:
        """The name behind `&` or `*`."""
        self.position += 1
        start = self.position
        while not self.ends_word(0) and self.peek() not in ",[]{}":
            self.position += 1
        if start == self.position:
            raise self.fault("did not find the expected name of an anchor")
        name = self.text[start : self.position]
        self.blanks()
        return name

    def alias(self) -> Value:
        """`*name`"""
        name = self.name()
        value = self.anchors.get(name, Value.UNDEFINED)
        if value.same(Value.UNDEFINED):
            raise self.fault(f"unknown anchor '{name}'")
        return share(value)

    # --- plain scalars ---
    def plain_line(self, in_flow: bool) -> str:
        """As much of a plain scalar as stands on this line."""
        first = self.peek()
        indicates = first in "-?:" and (self.ends_word(1) or (in_flow and self.peek(1) in ",[]{}"))
        if first == "" or first in INDICATORS or indicates:
            raise self.fault(f"found character '{first}' that cannot start any token")
        start = self.position
        while self.peek() not in ("", "\n"):
            if self.peek() == ":" and (self.ends_word(1) or (in_flow and self.peek(1) in ",[]{}")):
                break
            if self.peek() == "#" and self.text[self.position - 1] in " \t":
                break
            if in_flow and self.peek() in ",[]{}":
                break
            self.position += 1
        return self.text[start : self.position].rstrip()

    def plain(self, parent: int) -> str:
        """A plain scalar, which may go on over lines: breaks become blanks, and empty lines breaks."""
        builder = StringBuilder()
        builder.append(self.plain_line(False))
        while self.peek() == "\n":
            start = self.position
            breaks = self.pass_breaks()
            mark = self.column() == 0 and (self.at_mark("---") or self.at_mark("..."))
            if self.peek() in ("", "#") or self.column() <= parent or mark:
                self.position = start
                break
            if self.begins_key():
                raise self.fault("mapping values are not allowed in this context")
            builder.append(" " if breaks == 1 else "\n" * (breaks - 1))
            line_start = self.position
            while self.peek() not in ("", "\n") and not (self.peek() == "#" and self.text[self.position - 1] in " \t"):
                self.position += 1
            builder.append(self.text[line_start : self.position].rstrip())
        return builder.build()

    def pass_breaks(self) -> int:
        """Pass line breaks and the blanks between and behind them; gives how many breaks."""
        breaks = 0
        while self.peek() != "" and self.peek() in " \t\n":
            breaks += 1 if self.peek() == "\n" else 0
            self.position += 1
        return breaks

    # --- quoted scalars ---
    def quoted(self) -> str:
        """In either quotes; breaks are folded."""
        quote = self.peek()
        self.position += 1
        builder = StringBuilder()
        while True:
            character = self.peek()
            if character == "":
                raise self.fault("found unexpected end of stream in a quoted scalar")
            if character == quote:
                self.position += 1
                if quote == '"' or self.peek() != "'":
                    return builder.build()
                builder.append("'")
                self.position += 1
            elif character == "\\" and quote == '"':
                self.escape(builder)
            elif character in " \t\n":
                self.fold(builder)
            else:
                builder.append(character)
                self.position += 1

    def fold(self, builder: StringBuilder) -> None:
        """Blanks stay, unless a line ends there."""
        start = self.position
        breaks = self.pass_breaks()
        if breaks == 0:
            builder.append(self.text[start : self.position])
        else:
            builder.append(" " if breaks == 1 else "\n" * (breaks - 1))

    def escape(self, builder: StringBuilder) -> None:
        """What a backslash stands for."""
        kind = self.peek(1)
        if kind == "\n":
            self.position += 2
            self.blanks()
            return
        if kind in ESCAPES:
            builder.append(ESCAPES[kind])
            self.position += 2
            return
        count = ESCAPE_DIGITS.get(kind, 0)
        digits = self.text[self.position + 2 : self.position + 2 + count]
        hexadecimal = count > 0 and len(digits) == count
        for digit in digits:
            hexadecimal = hexadecimal and digit in "0123456789abcdefABCDEF"
        code = int(digits, 16) if hexadecimal else -1
        if not 0 <= code <= 0x10FFFF or 0xD800 <= code < 0xE000:
            raise self.fault("found unknown escape character")
        builder.append(chr(code))
        self.position += 2 + count

    # --- block scalars ---
    def block_scalar(self, parent: int) -> str:
        """`|` keeps the lines, `>` folds them; `-` drops the breaks at the end, `+` keeps all of them."""
        folds = self.peek() == ">"
        self.position += 1
        chomping = ""
        indent = 0
        while self.peek() in ("-", "+") or "1" <= self.peek() <= "9":
            if self.peek() in "-+":
                chomping = self.peek()
            else:
                indent = max(parent, 0) + int(self.peek())
            self.position += 1
        if not self.at_line_end():
            raise self.fault("did not find the expected comment or line break")
        lines = self.scalar_lines(parent, indent)
        count = len(lines)
        while count > 0 and lines[count - 1] == "":
            count -= 1
        body = folded(lines[:count]) if folds else "\n".join(lines[:count])
        if count == 0:
            return "\n" * len(lines) if chomping == "+" else ""
        if chomping == "+":
            return body + "\n" * (len(lines) - count + 1)
        unfinished = self.peek() == "" and not self.text.endswith("\n")
        return body if chomping == "-" or unfinished else body + "\n"

    def scalar_lines(self, parent: int, given: int) -> list[str]:
        """The lines without their indentation, which is that of the first that is not empty unless it is given."""
        lines: list[str] = []
        indent = given
        while self.peek() == "\n":
            start = self.position
            self.position += 1
            spaces = 0
            while self.peek() == " " and (indent == 0 or spaces < indent):
                self.position += 1
                spaces += 1
            if self.peek() in ("", "\n"):
                if self.peek() == "\n" or spaces > 0:
                    lines.append("")
                continue
            if indent == 0 and spaces > parent:
                indent = spaces
            mark = spaces == 0 and (self.at_mark("---") or self.at_mark("..."))
            if spaces < indent or spaces <= parent or mark:
                self.position = start
                break
            line_start = self.position
            while self.peek() not in ("", "\n"):
                self.position += 1
            lines.append(self.text[line_start : self.position])
        return lines

    # --- flow collections ---
    def flow_gap(self) -> None:
        """Pass blanks, breaks and comments inside brackets."""
        while self.at_line_end():
            if self.peek() == "":
                raise self.fault("did not find the expected ',' or closing bracket")
            self.position += 1

    def flow_sequence(self) -> Value:
        """`[a, b]`; a pair `k: v` in it is a mapping of one entry."""
        self.position += 1
        items: list[Value] = []
        self.flow_gap()
        while self.peek() != "]":
            item = self.flow_node()
            self.flow_gap()
            if self.peek() == ":" and (self.ends_word(1) or self.peek(1) in ",[]{}"):
                self.position += 1
                self.flow_gap()
                pair = W_Dict(self.session.dict_shape)
                pair.set_text(key_text(item), Value.NULL if self.peek() in ",]" else self.flow_node())
                item = Value.of_object(pair)
                self.flow_gap()
            items.append(item)
            self.flow_separator("]")
        self.position += 1
        return array_from_list(items)

    def flow_mapping(self) -> Value:
        """`{k: v, only}`"""
        self.position += 1
        table = W_Dict(self.session.dict_shape)
        self.flow_gap()
        while self.peek() != "}":
            key = key_text(self.flow_node())
            self.flow_gap()
            value = Value.NULL
            if self.peek() == ":":
                self.position += 1
                self.flow_gap()
                if self.peek() not in ",}":
                    value = self.flow_node()
                    self.flow_gap()
            if not table.get_text(key).same(Value.UNDEFINED):
                raise self.fault(f'duplicate entry with key "{key}"')
            table.set_text(key, value)
            self.flow_separator("}")
        self.position += 1
        return Value.of_object(table)

    def flow_separator(self, closing: str) -> None:
        """A comma, or the end that the caller passes."""
        if self.peek() == ",":
            self.position += 1
            self.flow_gap()
        elif self.peek() != closing:
            raise self.fault(f"did not find the expected ',' or '{closing}'")

    def flow_node(self) -> Value:
        """A node inside brackets."""
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise self.fault("nested too deeply")
        if self.peek() == "&":
            name = self.name()
            value = Value.NULL if self.peek() in ("", ",", "]", "}") else self.flow_node()
            self.anchors[name] = value
        elif self.peek() in ('"', "'", "[", "{", "*", "!"):
            value = self.inline(-1)
        else:
            value = scalar_value(self.flow_plain())
        self.depth -= 1
        return value

    def flow_plain(self) -> str:
        """A plain scalar inside brackets, which may go on over lines."""
        text = self.plain_line(True)
        while self.peek() == "\n":
            start = self.position
            self.pass_breaks()
            if self.peek() in ("", "#", ",", "]", "}", ":", "[", "{"):
                self.position = start
                break
            text = text + " " + self.plain_line(True)
        return text


def key_text(key: Value) -> str:
    """A key as Ruff's dictionaries have it: what is no string becomes a text that says what it was."""
    string = as_string(key)
    if string is not None:
        return string.flat()
    if key.is_bool():
        return "Bool(true)" if key.as_bool() else "Bool(false)"
    if key.is_int():
        return f"Number({key.as_int()})"
    if key.is_float():
        return f"Number({key.as_float()})"
    return "Null" if not key.is_object() else "Sequence"


def folded(lines: list[str]) -> str:
    """Lines joined by blanks; an empty line between two is a break, and indented lines keep theirs."""
    builder = StringBuilder()
    empty = 0
    before_indented = False
    for index in range(len(lines)):
        line = lines[index]
        if line == "":
            empty += 1
            continue
        indented = line[0] in " \t"
        if builder.length > 0 or empty > 0:
            if builder.length == 0:
                builder.append("\n" * empty)
            elif indented or before_indented:
                builder.append("\n" * (empty + 1))
            else:
                builder.append(" " if empty == 0 else "\n" * empty)
        builder.append(line)
        empty = 0
        before_indented = indented
    return builder.build()
