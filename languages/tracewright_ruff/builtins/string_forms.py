"""Strings in other shapes: slugs, snake and camel case, and `format`."""

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.float_text import float_positional
from tracewright_ruff.builtins.arguments import float_of, int_of, is_number, text_at
from tracewright_ruff.builtins.strings import capitalized
from tracewright_ruff.display import debug_text, display_text
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import as_array, as_dict, text_value
from tracewright_ruff.session import ARITY_ANY, Session, W_Native


def _subject(stack: VMStack, first: int, count: int, name: str) -> str:
    if count < 1:
        raise GuestError(f"{name}() expects 1 argument")
    return text_at(stack, first, f"{name}() requires a string argument")


def _stripped(text: str, character: str) -> str:
    """`text` without that character at its ends."""
    start = 0
    end = len(text)
    while start < end and text[start] == character:
        start += 1
    while end > start and text[end - 1] == character:
        end -= 1
    return text[start:end]


def native_slugify(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`slugify(s)`"""
    pieces: list[str] = []
    for character in _subject(stack, first, count, "slugify").lower():
        if character.isalnum():
            pieces.append(character)
        elif character.isspace() or character == "_":  # hyphens vanish as other punctuation does
            pieces.append("-")
    return text_value(_stripped("".join(pieces).replace("--", "-"), "-"))


def native_to_camel_case(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`to_camel_case(s)`"""
    words: list[str] = []
    word: list[str] = []
    for character in _subject(stack, first, count, "to_camel_case"):
        if character.isalnum():
            word.append(character)
        elif len(word) > 0:
            words.append("".join(word))
            word = []
    if len(word) > 0:
        words.append("".join(word))
    for index in range(len(words)):
        words[index] = words[index].lower() if index == 0 else capitalized(words[index])
    return text_value("".join(words))


def snake_case(text: str) -> str:
    """Lower case with `_` between the words, which begin at capitals, white space, `_` and `-`."""
    pieces: list[str] = []
    after_underscore = True
    after_upper = True
    for character in text:
        if character.isspace() or character == "_" or character == "-":
            if not after_underscore:
                pieces.append("_")
            after_underscore = True
            after_upper = False
        elif character.isalnum():
            is_upper = character.isupper()
            if is_upper and not after_upper and not after_underscore:
                pieces.append("_")
            pieces.append(character.lower())
            after_underscore = False
            after_upper = is_upper
    return _stripped("".join(pieces), "_")


def native_to_snake_case(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`to_snake_case(s)`"""
    return text_value(snake_case(_subject(stack, first, count, "to_snake_case")))


def native_to_kebab_case(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`to_kebab_case(s)`"""
    return text_value(snake_case(_subject(stack, first, count, "to_kebab_case")).replace("_", "-"))


def native_format(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`format(template, ...)`"""
    template = _subject(stack, first, count, "format")
    pieces: list[str] = []
    used = 1
    start = 0
    while True:
        mark = template.find("%", start)
        if mark < 0 or mark + 1 == len(template):
            pieces.append(template[start:])
            return text_value("".join(pieces))
        pieces.append(template[start:mark])
        kind = template[mark + 1]
        start = mark + 2
        if kind == "%":
            pieces.append("%")
        elif kind == "s" or kind == "d" or kind == "f":
            if used >= count:
                raise GuestError(f"format() missing argument for placeholder %{kind}")
            pieces.append(_formatted(stack[first + used], kind))
            used += 1
        else:
            pieces.append("%" + kind)


def _formatted(value: Value, kind: str) -> str:
    if kind == "s":
        if as_array(value) is not None:
            return "[Array]"
        return "{Dict}" if as_dict(value) is not None else display_text(value)
    if is_number(value):
        return str(int_of(value)) if kind == "d" else float_positional(float_of(value))
    if kind == "d" and value.is_bool():
        return "1" if value.as_bool() else "0"
    raise GuestError(f"format() %{kind} requires numeric argument, got {debug_text(value)}")


ROWS: Final[list[W_Native]] = [
    W_Native("slugify", 1, 1, ARITY_ANY, native_slugify),
    W_Native("to_camel_case", 1, 1, ARITY_ANY, native_to_camel_case),
    W_Native("to_snake_case", 1, 1, ARITY_ANY, native_to_snake_case),
    W_Native("to_kebab_case", 1, 1, ARITY_ANY, native_to_kebab_case),
    W_Native("format", 1, -1, ARITY_ANY, native_format),
]
