"""JSON text to guest values."""

from typing import Final, final

from tracewright.core.value import Value
from tracewright.lib.float_parse import parse_float
from tracewright_ruff.builtins.conversion import parse_int
from tracewright_ruff.dictionaries import W_Dict
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import array_from_list, text_value
from tracewright_ruff.session import Session

MAXIMUM_NESTING: Final = 64
_ESCAPES: dict[str, str] = {
    '"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t",
}  # fmt: skip


@final
class JsonReader:
    """Reads one document. Mistakes are reported at the character that gives them away, counted from 1."""

    def __init__(self, session: Session, text: str) -> None:
        self.session = session
        self.text = text
        self.position = 0
        self.nesting = 0

    def document(self) -> Value:
        """The value of the whole text."""
        result = self._value()
        if self._next() != "":
            raise GuestError(self._fault("trailing characters"))
        return result

    def _peek(self) -> str:
        return self.text[self.position] if self.position < len(self.text) else ""

    def _next(self) -> str:
        """The next character that is no white space, which is not passed; empty at the end."""
        while self.position < len(self.text):
            character = self.text[self.position]
            if character != " " and character != "\n" and character != "\t" and character != "\r":
                return character
            self.position += 1
        return ""

    def _value(self) -> Value:
        character = self._next()
        if character == "":
            raise GuestError(self._fault("EOF while parsing a value"))
        if character == "{" or character == "[":
            self.nesting += 1
            if self.nesting > MAXIMUM_NESTING:
                raise GuestError(self._fault("recursion limit exceeded"))
            result = self._object() if character == "{" else self._array()
            self.nesting -= 1
            return result
        if character == '"':
            return text_value(self._string())
        if character == "-" or "0" <= character <= "9":
            return self._number()
        if character == "t":
            return self._word("true", Value.TRUE)
        if character == "f":
            return self._word("false", Value.FALSE)
        if character == "n":
            return self._word("null", Value.NULL)
        raise GuestError(self._fault("expected value"))

    def _word(self, word: str, value: Value) -> Value:
        for character in word:
            if self._peek() == "":
                raise GuestError(self._fault("EOF while parsing a value"))
            if self._peek() != character:
                raise GuestError(self._fault("expected ident"))
            self.position += 1
        return value

    def _array(self) -> Value:
        items: list[Value] = []
        self.position += 1
        if self._next() == "]":
            self.position += 1
            return array_from_list(items)
        while True:
            items.append(self._value_in("EOF while parsing a list"))
            if not self._goes_on("]", "EOF while parsing a list", "expected `,` or `]`"):
                return array_from_list(items)

    def _object(self) -> Value:
        table = W_Dict(self.session.dict_shape)
        self.position += 1
        if self._next() == "}":
            self.position += 1
            return Value.of_object(table)
        while True:
            if self._next() == "":
                raise GuestError(self._fault("EOF while parsing an object"))
            if self._next() != '"':
                raise GuestError(self._fault("key must be a string"))
            key = self._string()
            if self._next() != ":":
                raise GuestError(self._fault("EOF while parsing an object" if self._next() == "" else "expected `:`"))
            self.position += 1
            table.set_text(key, self._value())
            if not self._goes_on("}", "EOF while parsing an object", "expected `,` or `}`"):
                return Value.of_object(table)

    def _value_in(self, at_end: str) -> Value:
        if self._next() == "":
            raise GuestError(self._fault(at_end))
        return self._value()

    def _goes_on(self, closing: str, at_end: str, otherwise: str) -> bool:
        """Pass a comma (and say True) or the closing bracket."""
        character = self._next()
        if character == closing:
            self.position += 1
            return False
        if character != ",":
            raise GuestError(self._fault(at_end if character == "" else otherwise))
        self.position += 1
        if self._next() == closing:
            raise GuestError(self._fault("trailing comma"))
        return True

    def _number(self) -> Value:
        start = self.position
        if self._peek() == "-":
            self.position += 1
        leading_zero = self._peek() == "0"
        digits = self._digits()
        is_float = False
        if digits == 0 or (leading_zero and digits > 1):
            raise GuestError(self._fault("invalid number"))
        if self._peek() == ".":
            is_float = True
            self.position += 1
            self._some_digits()
        if self._peek() == "e" or self._peek() == "E":
            is_float = True
            self.position += 1
            if self._peek() == "+" or self._peek() == "-":
                self.position += 1
            self._some_digits()
        text = self.text[start : self.position]
        if not is_float:
            try:
                return Value.of_int(parse_int(text))
            except ValueError:
                pass  # too large for an int
        try:
            return Value.of_float(parse_float(text))
        except ValueError:
            raise GuestError(self._fault("invalid number"))

    def _digits(self) -> int:
        start = self.position
        while self._peek() != "" and "0" <= self._peek() <= "9":
            self.position += 1
        return self.position - start

    def _some_digits(self) -> None:
        if self._digits() == 0:
            raise GuestError(self._fault("EOF while parsing a value" if self._peek() == "" else "invalid number"))

    def _string(self) -> str:
        pieces: list[str] = []
        self.position += 1
        start = self.position
        while True:
            character = self._peek()
            if character == "":
                raise GuestError(self._fault("EOF while parsing a string"))
            if character == '"':
                pieces.append(self.text[start : self.position])
                self.position += 1
                return "".join(pieces)
            if ord(character) < 32:
                raise GuestError(self._fault("control character (\\u0000-\\u001F) found while parsing a string"))
            self.position += 1
            if character == "\\":
                pieces.append(self.text[start : self.position - 1])
                pieces.append(self._escape())
                start = self.position

    def _escape(self) -> str:
        """The character meant by what follows a backslash."""
        name = self._peek()
        if name == "":
            raise GuestError(self._fault("EOF while parsing a string"))
        self.position += 1
        if name in _ESCAPES:
            return _ESCAPES[name]
        if name != "u":
            self.position -= 1
            raise GuestError(self._fault("invalid escape"))
        code = self._four_digits()
        if 0xD800 <= code < 0xDC00 and self.text[self.position : self.position + 2] == "\\u":
            self.position += 2
            low = self._four_digits()
            if 0xDC00 <= low < 0xE000:
                return chr(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00))
        if 0xD800 <= code < 0xE000:
            raise GuestError(self._fault("lone leading surrogate in hex escape"))
        return chr(code)

    def _four_digits(self) -> int:
        code = 0
        for _ in range(4):
            digit = "0123456789abcdef".find(self._peek().lower()) if self._peek() != "" else -1
            if digit < 0:
                raise GuestError(self._fault("EOF while parsing a string" if self._peek() == "" else "invalid escape"))
            code = code * 16 + digit
            self.position += 1
        return code

    def _fault(self, message: str) -> str:
        """The whole message for a mistake where the reader stands."""
        line = 1
        line_start = 0
        for index in range(self.position):
            if self.text[index] == "\n":
                line += 1
                line_start = index + 1
        column = min(self.position + 1, len(self.text)) - line_start
        return f"JSON parse error: {message} at line {line} column {column}"
