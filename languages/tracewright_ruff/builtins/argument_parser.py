"""`arg_parser()`: a struct that knows a program's options, reads `args()`, and explains itself.

p := arg_parser()
p := p.add_argument("--port", "-p", "type", "int", "default", "8080", "help", "where to listen")
p.parse()["port"]
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_ruff.builtins.arguments import text_at
from tracewright_ruff.builtins.conversion import parse_float, parse_int
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import (
    W_Array,
    W_Dict,
    W_Struct,
    array_from_list,
    as_array,
    as_dict,
    as_string,
    as_struct,
    new_struct,
    text_value,
    texts_array,
)
from tracewright_ruff.session import ARITY_ANY, Session, W_Native

STRUCT: Final = "ArgParser"
TYPES: Final[list[str]] = ["string", "int", "float", "bool"]


@final
class Option:
    """One argument that the program knows."""

    def __init__(self, long: str) -> None:
        self.long = long  # with its dashes
        self.short = ""
        self.kind = "string"
        self.required = False
        self.help = ""
        self.default: str | None = None

    def key(self) -> str:
        """Under which its value is found."""
        return self.long.removeprefix("--")

    def value_of(self, text: str) -> Value:
        """What the text of its value means."""
        try:
            if self.kind == "int":
                return Value.of_int(parse_int(text))
            if self.kind == "float":
                return Value.of_float(parse_float(text))
        except ValueError:
            article = "an integer" if self.kind == "int" else "a float"
            raise GuestError(f"Argument {self.long} requires {article} value, got: {text}")
        return text_value(text)

    def value_without(self) -> Value:
        """What it is where the command line does not have it."""
        if self.kind == "bool":
            return Value.of_bool(self.default == "true")
        if self.required:
            raise GuestError(f"Required argument {self.long} is missing")
        return Value.NULL if self.default is None else self.value_of(self.default)

    def row(self) -> str:
        """Its line in the help text."""
        text = f"  {self.short}, {self.long}" if self.short != "" else f"      {self.long}"
        if self.kind != "bool":
            text += f" <{self.kind}>"
        if self.required:
            text += " (required)"
        return text + (f" [default: {self.default}]" if self.default is not None else "")


# --- the struct ------------------------------------------------------------------------------------------------------
def native_arg_parser(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`arg_parser()`, `arg_parser(name, description)`"""
    texts: list[str] = ["", ""]
    for index in range(min(count, 2)):
        texts[index] = text_at(stack, first + index, "arg_parser() requires string arguments")
    guest_type = session.struct_shape(STRUCT).guest_type
    for method in METHODS:
        if guest_type.find(method.name).same(Value.UNDEFINED):
            guest_type.define(method.name, Value.of_object(method))
    values = [text_value(texts[0]), array_from_list([]), text_value(texts[1])]
    return new_struct(session, STRUCT, ["app_name", "arguments", "description"], values)


def _parser(stack: VMStack, first: int) -> W_Struct:
    parser = as_struct(stack[first])
    if parser is None:
        raise GuestError("an ArgParser is required")
    return parser


def _field(parser: W_Struct, name: str) -> str:
    text = as_string(parser.get(name))
    return text.flat() if text is not None else ""


def _rows(parser: W_Struct) -> W_Array:
    rows = as_array(parser.get("arguments"))
    if rows is None:
        raise GuestError("an ArgParser without arguments")
    return rows


def _options(parser: W_Struct) -> list[Option]:
    """The options as `add_argument` has noted them down."""
    options: list[Option] = []
    rows = _rows(parser)
    for index in range(rows.length):
        table = as_dict(rows.items[index])
        long = as_string(table.get_text("long")) if table is not None else None
        if table is None or long is None:
            raise GuestError("an ArgParser with a broken argument")
        option = Option(long.flat())
        for key in table.keys():
            text = as_string(table.get_text(key))
            if text is not None and key != "long":
                _describe(option, key, text.flat())
        options.append(option)
    return options


def _describe(option: Option, key: str, text: str) -> None:
    match key:
        case "short":
            option.short = text
        case "type":
            option.kind = text
        case "required":
            option.required = text == "true"
        case "help":
            option.help = text
        case "default":
            option.default = text


def native_add_argument(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`p.add_argument(long, short, key, value, ...)`: the updated parser; the short form may be missing"""
    parser = _parser(stack, first)
    if count < 2:
        raise GuestError("add_argument() requires a long name")
    row = W_Dict(session.dict_shape)
    row.set_text("long", text_value(text_at(stack, first + 1, "add_argument() requires a string name")))
    index = 2
    if count % 2 == 1:
        row.set_text("short", text_value(text_at(stack, first + 2, "add_argument() requires a string short name")))
        index = 3
    while index < count:
        key = text_at(stack, first + index, "add_argument() keys must be strings")
        value = stack[first + index + 1]
        text = as_string(value)
        if value.is_bool():
            row.set_text(key, text_value("true" if value.as_bool() else "false"))
        elif text is None or (key == "type" and text.flat() not in TYPES):
            raise GuestError(f"add_argument() cannot use this value of '{key}'")
        elif key in ("short", "type", "required", "help", "default"):
            row.set_text(key, value)
        else:
            raise GuestError(f"add_argument() knows no key '{key}'")
        index += 2
    rows = _rows(parser).copied()
    rows.append(Value.of_object(row))
    return Value.of_object(parser.copied().with_field("arguments", Value.of_object(rows)))


# --- reading the command line ----------------------------------------------------------------------------------------
def native_parse(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`p.parse()`: a dictionary, by the long names without dashes"""
    options = _options(_parser(stack, first))
    words = session.arguments
    seen: dict[str, Value] = {}
    positional: list[str] = []
    index = 0
    while index < len(words):
        word = words[index]
        index += 1
        if not word.startswith("-") or word == "-":
            positional.append(word)
            continue
        middle = word.find("=") if word.startswith("--") else -1
        option = _named(options, word if middle < 0 else word[:middle])
        if option.kind == "bool" and middle < 0:
            seen[option.key()] = Value.TRUE
        elif middle >= 0:
            seen[option.key()] = option.value_of(word[middle + 1 :])
        elif index < len(words):
            seen[option.key()] = option.value_of(words[index])
            index += 1
        else:
            raise GuestError(f"Argument {option.long} requires a value")
    table = W_Dict(session.dict_shape)
    for option in options:
        value = seen.get(option.key(), Value.UNDEFINED)
        table.set_text(option.key(), option.value_without() if value.same(Value.UNDEFINED) else value)
    if len(positional) > 0:
        table.set_text("_positional", texts_array(positional))
    return Value.of_object(table)


def _named(options: list[Option], word: str) -> Option:
    for option in options:
        if word == option.long or (word == option.short and word != ""):
            return option
    raise GuestError(f"Unknown argument: {word}")


def native_help(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`p.help()`"""
    parser = _parser(stack, first)
    lines: list[str] = [_field(parser, "app_name"), "", _field(parser, "description"), "", "Options:"]
    for option in _options(parser):
        lines.append(option.row())
        if option.help != "":
            lines.append("        " + option.help)
    return text_value("\n".join(lines) + "\n")


METHODS: Final[list[W_Native]] = [
    W_Native("add_argument", 2, -1, ARITY_ANY, native_add_argument),
    W_Native("parse", 1, 1, ARITY_ANY, native_parse),
    W_Native("help", 1, 1, ARITY_ANY, native_help),
]
ROWS: Final[list[W_Native]] = [W_Native("arg_parser", 0, 2, ARITY_ANY, native_arg_parser)]
