"""Strings: searching, cutting, padding and case."""

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_ruff.builtins.arguments import array_at, int_at, string_at, text_at
from tracewright_ruff.display import debug_text, display_text
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_String, as_string, text_value, texts_array
from tracewright_ruff.session import ARITY_ANY, ARITY_METADATA, Session, W_Native
from tracewright_ruff.strings import EMPTY_TEXT, character_value


def _subject(stack: VMStack, first: int, count: int, needed: int, name: str) -> str:
    """The text of the first argument of a builtin whose number of arguments nobody has checked."""
    if count < needed:
        raise GuestError(f"{name}() expects {needed} argument{'' if needed == 1 else 's'}")
    return text_at(stack, first, f"{name}() requires a string argument")


def native_to_upper(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`to_upper(s)`"""
    return text_value(text_at(stack, first, "to_upper() requires a string argument").upper())


def native_to_lower(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`to_lower(s)`"""
    return text_value(text_at(stack, first, "to_lower() requires a string argument").lower())


def native_capitalize(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`capitalize(s)`: the first character upper, the rest lower"""
    return text_value(capitalized(text_at(stack, first, "capitalize() requires a string argument")))


def capitalized(text: str) -> str:
    """First character upper, the rest lower."""
    return text[0:1].upper() + text[1:].lower()


def native_trim(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`trim(s)`"""
    return text_value(text_at(stack, first, "trim() requires a string argument").strip())


def native_trim_start(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`trim_start(s)`"""
    return text_value(text_at(stack, first, "trim_start() requires a string argument").lstrip())


def native_trim_end(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`trim_end(s)`"""
    return text_value(text_at(stack, first, "trim_end() requires a string argument").rstrip())


def native_starts_with(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`starts_with(s, prefix)`"""
    message = "starts_with() requires string and prefix string arguments"
    text = text_at(stack, first, message)
    return Value.of_bool(text.startswith(text_at(stack, first + 1, message)))


def native_ends_with(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`ends_with(s, suffix)`"""
    message = "ends_with() requires string and suffix string arguments"
    text = text_at(stack, first, message)
    return Value.of_bool(text.endswith(text_at(stack, first + 1, message)))


def native_replace(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`replace(s, from, to)`"""
    message = "replace() requires string, from-string, and to-string arguments"
    text = text_at(stack, first, message)
    old = text_at(stack, first + 1, message)
    return text_value(text.replace(old, text_at(stack, first + 2, message)))


def native_split(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`split(s, delimiter)`; an empty delimiter stands before, between and behind the characters"""
    message = "split() requires string and delimiter string arguments"
    text = text_at(stack, first, message)
    delimiter = text_at(stack, first + 1, message)
    if delimiter != "":
        return texts_array(text.split(delimiter))
    pieces: list[str] = [""]
    pieces.extend(list(text))
    pieces.append("")
    return texts_array(pieces)


def native_join(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`join(array, separator)`: scalars in display form, everything else in debug form"""
    message = "join() requires array and separator string arguments"
    array = array_at(stack, first, message)
    separator = text_at(stack, first + 1, message)
    pieces: list[str] = [""] * array.length
    for index in range(array.length):
        value = array.items[index]
        if value.is_int() or value.is_float() or value.is_bool() or as_string(value) is not None:
            pieces[index] = display_text(value)
        else:
            pieces[index] = debug_text(value)
    return text_value(separator.join(pieces))


def native_substring(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`substring(s, start, end)`"""
    string = string_at(stack, first, "substring() requires a string argument for value")
    message = "substring() start and end must be a number"
    start = max(int_at(stack, first + 1, message), 0)
    end = min(int_at(stack, first + 2, message), string.length)
    if start >= end:
        return Value.of_object(EMPTY_TEXT)
    if end - start == 1:
        return character_value(string.flat(), start)
    return Value.of_object(W_String(string.flat()[start:end], end - start))


def native_char_at(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`char_at(s, i)`: empty beyond the end, a negative index is 0"""
    text = _subject(stack, first, count, 2, "char_at")
    index = max(int_at(stack, first + 1, "char_at() index must be a number"), 0)
    if index >= len(text):
        return Value.of_object(EMPTY_TEXT)
    return character_value(text, index)


def native_repeat(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`repeat(s, n)`"""
    text = text_at(stack, first, "repeat() requires a string argument")
    times = int_at(stack, first + 1, "repeat() count must be a number")
    return text_value(text * max(times, 0))


def _padding(stack: VMStack, first: int, name: str) -> str:
    """What has to be added to the text to reach the width: copies of the third argument's first character."""
    string = string_at(stack, first, f"{name}() requires a string argument")
    width = int_at(stack, first + 1, f"{name}() width must be a number")
    filler = text_at(stack, first + 2, f"{name}() requires a padding string")
    return (" " if filler == "" else filler[0:1]) * max(width - string.length, 0)


def native_pad_left(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`pad_left(s, width, filler)`"""
    padding = _padding(stack, first, "pad_left")
    return text_value(padding + text_at(stack, first, ""))


def native_pad_right(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`pad_right(s, width, filler)`"""
    padding = _padding(stack, first, "pad_right")
    return text_value(text_at(stack, first, "") + padding)


def native_lines(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`lines(s)`: cut at `\\n` and `\\r\\n` only; no empty line after the last break"""
    return texts_array(lines_of(_subject(stack, first, count, 1, "lines")))


def lines_of(text: str) -> list[str]:
    """The lines without their ends, which are `\\n` or `\\r\\n`; no empty one after the last break."""
    pieces = text.split("\n")
    if pieces[len(pieces) - 1] == "":
        pieces.pop()
    for index in range(len(pieces)):
        piece = pieces[index]
        if piece.endswith("\r"):
            pieces[index] = piece[: len(piece) - 1]
    return pieces


def native_words(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`words(s)`"""
    return texts_array(_subject(stack, first, count, 1, "words").split())


def native_str_reverse(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`str_reverse(s)`"""
    characters = list(_subject(stack, first, count, 1, "str_reverse"))
    characters.reverse()
    return text_value("".join(characters))


def native_is_empty(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`is_empty(s)`"""
    return Value.of_bool(_subject(stack, first, count, 1, "is_empty") == "")


def native_count_chars(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`count_chars(s)`"""
    return Value.of_int(len(_subject(stack, first, count, 1, "count_chars")))


def native_truncate(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`truncate(s, n, suffix)`: at most n characters, the suffix among them"""
    text = _subject(stack, first, count, 3, "truncate")
    limit = int_at(stack, first + 1, "truncate() length must be a number")
    suffix = text_at(stack, first + 2, "truncate() requires a suffix string")
    if len(text) <= limit:
        return stack[first]
    return text_value(text[: max(limit - len(suffix), 0)] + suffix)


ROWS: Final[list[W_Native]] = [
    W_Native("to_upper", 1, 1, ARITY_METADATA, native_to_upper),
    W_Native("upper", 1, 1, ARITY_METADATA, native_to_upper, shown_name="to_upper"),
    W_Native("to_lower", 1, 1, ARITY_METADATA, native_to_lower),
    W_Native("lower", 1, 1, ARITY_METADATA, native_to_lower, shown_name="to_lower"),
    W_Native("capitalize", 1, 1, ARITY_METADATA, native_capitalize),
    W_Native("trim", 1, 1, ARITY_METADATA, native_trim),
    W_Native("trim_start", 1, 1, ARITY_METADATA, native_trim_start),
    W_Native("trim_end", 1, 1, ARITY_METADATA, native_trim_end),
    W_Native("starts_with", 2, 2, ARITY_METADATA, native_starts_with),
    W_Native("ends_with", 2, 2, ARITY_METADATA, native_ends_with),
    W_Native("replace", 3, 3, ARITY_METADATA, native_replace),
    W_Native("replace_str", 3, 3, ARITY_METADATA, native_replace, shown_name="replace"),
    W_Native("split", 2, 2, ARITY_METADATA, native_split),
    W_Native("join", 2, 2, ARITY_METADATA, native_join),
    W_Native("substring", 3, 3, ARITY_METADATA, native_substring),
    W_Native("substr", 3, 3, ARITY_METADATA, native_substring, shown_name="substring"),
    W_Native("char_at", 2, 2, ARITY_ANY, native_char_at),
    W_Native("repeat", 2, 2, ARITY_METADATA, native_repeat),
    W_Native("pad_left", 3, 3, ARITY_METADATA, native_pad_left),
    W_Native("pad_start", 3, 3, ARITY_METADATA, native_pad_left, shown_name="pad_left"),
    W_Native("pad_right", 3, 3, ARITY_METADATA, native_pad_right),
    W_Native("pad_end", 3, 3, ARITY_METADATA, native_pad_right, shown_name="pad_right"),
    W_Native("lines", 1, 1, ARITY_ANY, native_lines),
    W_Native("words", 1, 1, ARITY_ANY, native_words),
    W_Native("str_reverse", 1, 1, ARITY_ANY, native_str_reverse),
    W_Native("is_empty", 1, 1, ARITY_ANY, native_is_empty),
    W_Native("count_chars", 1, 1, ARITY_ANY, native_count_chars),
    W_Native("truncate", 3, 3, ARITY_ANY, native_truncate),
]
