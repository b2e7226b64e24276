"""Built-in functions: `print`, `len`, `isinstance`, `sorted` and so on. Types that are called are in `constructors.py`."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import array_of
from tracewright.core.system import flush_output, read_line, write_output
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright.lib.big_integers import negate
from tracewright.lib.big_integers_powers import inverse_modulo, power_modulo
from tracewright_python import builtin_types as types
from tracewright_python.access import find_attribute, load_attribute
from tracewright_python.arithmetic import add, floor_divide, modulo, power_of
from tracewright_python.big_ints import int_value, integer, is_plain_int, plain_number
from tracewright_python.builtins.named_attributes import (
    builtin_delattr,
    builtin_getattr,
    builtin_hasattr,
    builtin_setattr,
)
from tracewright_python.builtins.number_texts import based_text, rounded
from tracewright_python.byte_objects import as_byte_array, as_bytes, bytes_of
from tracewright_python.calls import call, is_callable
from tracewright_python.classes import is_instance, is_subclass
from tracewright_python.comparison import compare
from tracewright_python.conversions import (
    index_value,
    length,
    next_value,
    required_text,
    truth,
    values_of,
)
from tracewright_python.display import ascii_text, format_value, repr_text, str_text
from tracewright_python.exceptions import error, type_error, value_error
from tracewright_python.functions import MANY_ARGUMENTS, Inlined, PyBuiltin
from tracewright_python.generators import stop_iteration
from tracewright_python.identities import identity_of
from tracewright_python.importing import import_by_name
from tracewright_python.iterators import PyIterator, iterator_of
from tracewright_python.keys import key_hash
from tracewright_python.library_iterators import CallableIterator, step_of
from tracewright_python.lists import list_of, pair
from tracewright_python.memory_views import as_memory_view
from tracewright_python.objects import special
from tracewright_python.operators import binary
from tracewright_python.session import Session
from tracewright_python.sorting import sort_values
from tracewright_python.special_names import Special
from tracewright_python.syntax import Comparison
from tracewright_python.texts import as_str, character_value, text_value
from tracewright_python.values import NONE, NOT_IMPLEMENTED, type_name, type_of

SMALL_MODULUS: Final = 1 << 31  # products of two remainders fit a word


def is_given(value: Value) -> bool:
    """Whether an argument is there."""
    return not value.same(Value.UNDEFINED)


def builtin_print(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`print(*values, sep, end, file, flush)`"""
    write_line(session, [stack[first + k] for k in range(count)], stack, first + count)
    return NONE


@dont_look_inside
def write_line(session: Session, values: list[Value], stack: VMStack, options: int) -> None:
    """Write values with what the keywords say."""
    separator, end, file, flush = stack[options], stack[options + 1], stack[options + 2], stack[options + 3]
    between = " " if not is_given(separator) or separator.same(NONE) else required_text(separator, "sep")
    last = "\n" if not is_given(end) or end.same(NONE) else required_text(end, "end")
    text = between.join([str_text(session, value) for value in values]) + last
    if not is_given(file) or file.same(NONE):
        file = current_output(session)
        if file.same(NONE):
            return
    if is_given(file):
        call(session, load_attribute(session, file, "write"), [text_value(text)])
    else:
        write_output(encoded(text))
    if is_given(flush) and truth(session, flush):
        if is_given(file):
            call(session, load_attribute(session, file, "flush"), [])
        else:
            flush_output()


def current_output(session: Session) -> Value:
    """What stands as `sys.stdout`; UNDEFINED where that is standard output itself. Raises RuntimeError."""
    cell = session.output_cell
    if cell is None or cell.value.same(session.output):
        return Value.UNDEFINED
    if cell.value.same(Value.UNDEFINED):
        raise error(types.RUNTIME_ERROR, "lost sys.stdout")
    return cell.value


def encoded(text: str) -> bytes:
    """The bytes of a text. Raises UnicodeEncodeError for surrogates."""
    try:
        return text.encode()
    except UnicodeError:
        raise error(types.UNICODE_ENCODE_ERROR, "'utf-8' codec can't encode character: surrogates not allowed")


def builtin_len(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_int(length(session, stack[first]))


def builtin_isinstance(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(is_instance(session, stack[first], stack[first + 1]))


def builtin_issubclass(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(is_subclass(session, stack[first], stack[first + 1]))


def builtin_repr(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return text_value(repr_text(session, stack[first]))


def builtin_ascii(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return text_value(ascii_text(repr_text(session, stack[first])))


def builtin_format(session: Session, stack: VMStack, first: int, count: int) -> Value:
    specification = required_text(stack[first + 1], "format() argument 2") if is_given(stack[first + 1]) else ""
    return format_value(session, stack[first], specification)


def builtin_id(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_int(identity_of(stack[first]))


def builtin_hash(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_int(key_hash(session, stack[first]))


def builtin_callable(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(is_callable(stack[first]))


def builtin_iter(session: Session, stack: VMStack, first: int, count: int) -> Value:
    if is_given(stack[first + 1]):
        return Value.of_object(CallableIterator(stack[first], stack[first + 1]))
    return iterator_of(session, stack[first])


def builtin_next(session: Session, stack: VMStack, first: int, count: int) -> Value:
    if stack[first].is_object():
        thing = stack[first].as_object()
        if isinstance(thing, PyIterator) and not thing.is_iterable():
            raise type_error(f"'{type_name(stack[first])}' object is not an iterator")
    value = step_of(session, stack[first])
    if value.same(Value.UNDEFINED):
        if is_given(stack[first + 1]):
            return stack[first + 1]
        raise stop_iteration(NONE)
    return value


def builtin_aiter(session: Session, stack: VMStack, first: int, count: int) -> Value:
    value = stack[first]
    method = special(type_of(value), Special.AITER)
    if method.same(Value.UNDEFINED):
        raise type_error(f"'{type_name(value)}' object is not an async iterable")
    return call(session, method, [value])


def builtin_anext(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`anext(iterator, default)`: what is to be awaited."""
    value = stack[first]
    method = special(type_of(value), Special.ANEXT)
    if method.same(Value.UNDEFINED):
        raise type_error(f"'{type_name(value)}' object is not an async iterator")
    awaitable = call(session, method, [value])
    if stack[first + 1].same(Value.UNDEFINED):
        return awaitable
    loops = import_by_name(session, "_loops")
    return call(session, find_attribute(session, loops, "anext_or_default"), [awaitable, stack[first + 1]])


def builtin_abs(session: Session, stack: VMStack, first: int, count: int) -> Value:
    value = stack[first]
    if value.is_int() and value.as_int() > -(1 << 62):
        return value if value.as_int() >= 0 else Value.of_int(-value.as_int())
    if value.is_float():
        return Value.of_float(abs(value.as_float()))
    method = special(type_of(value), Special.ABS)
    if method.same(Value.UNDEFINED):
        raise type_error(f"bad operand type for abs(): '{type_name(value)}'")
    return call(session, method, [value])


def extreme(session: Session, stack: VMStack, first: int, count: int, operator: int, name: str) -> Value:
    """`min` and `max`."""
    if count == 2 and not is_given(stack[first + 2]) and not is_given(stack[first + 3]):
        quick = compare(operator, stack[first + 1], stack[first])
        if quick.is_bool():
            return stack[first + 1] if quick.same(Value.TRUE) else stack[first]
    return _extreme(session, stack, first, count, operator, name)


@dont_look_inside
def _extreme(session: Session, stack: VMStack, first: int, count: int, operator: int, name: str) -> Value:
    key, default = stack[first + count], stack[first + count + 1]
    if count == 0:
        raise type_error(f"{name} expected at least 1 argument, got 0")
    if count > 1 and is_given(default):
        raise type_error(f"Cannot specify a default for {name}() with multiple positional arguments")
    if count == 1:
        return extreme_of(session, values_of(session, stack[first]), key, default, operator, name)
    return extreme_of(session, [stack[first + k] for k in range(count)], key, default, operator, name)


@dont_look_inside
def extreme_of(session: Session, values: list[Value], key: Value, default: Value, operator: int, name: str) -> Value:
    """The first of the smallest or largest values."""
    if len(values) == 0:
        if is_given(default):
            return default
        raise value_error(f"{name}() arg is an empty sequence")
    has_key = is_given(key) and not key.same(NONE)
    best = values[0]
    best_key = call(session, key, [best]) if has_key else best
    for index in range(1, len(values)):
        value = values[index]
        if value.is_int() and best_key.is_int() and not has_key:
            number, known = value.as_int(), best_key.as_int()
            if number < known if operator == Comparison.LESS else number > known:
                best = best_key = value
            continue
        found = call(session, key, [value]) if has_key else value
        answer = compare(operator, found, best_key)
        if answer.same(Value.UNDEFINED):
            answer = session.compare(session, operator, found, best_key)
        if answer.same(Value.TRUE) or (not answer.same(Value.FALSE) and truth(session, answer)):
            best = value
            best_key = found
    return best


def builtin_min(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return extreme(session, stack, first, count, Comparison.LESS, "min")


def builtin_max(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return extreme(session, stack, first, count, Comparison.GREATER, "max")


@dont_look_inside
def builtin_sum(session: Session, stack: VMStack, first: int, count: int) -> Value:
    total = stack[first + 1] if is_given(stack[first + 1]) else Value.of_int(0)
    if as_str(total) is not None:
        raise type_error("sum() can't sum strings [use ''.join(seq) instead]")
    if as_bytes(total) is not None:
        raise type_error("sum() can't sum bytes [use b''.join(seq) instead]")
    if as_byte_array(total) is not None:
        raise type_error("sum() can't sum bytearray [use b''.join(seq) instead]")
    iterator = iterator_of(session, stack[first])
    while True:
        value = next_value(session, iterator)
        if value.same(Value.UNDEFINED):
            return total
        total = sum_of(session, total, value)


def sum_of(session: Session, left: Value, right: Value) -> Value:
    """`left + right`"""
    quick = add(left, right)
    return binary(session, Special.ADD, left, right) if quick.same(Value.UNDEFINED) else quick


def builtin_any(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(found_truth(session, stack[first], True))


def builtin_all(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(not found_truth(session, stack[first], False))


@dont_look_inside
def found_truth(session: Session, source: Value, wanted: bool) -> bool:
    """Whether one of the values has this truth."""
    iterator = iterator_of(session, source)
    while True:
        value = next_value(session, iterator)
        if value.same(Value.UNDEFINED):
            return False
        if truth(session, value) == wanted:
            return True


def builtin_sorted(session: Session, stack: VMStack, first: int, count: int) -> Value:
    values = values_of(session, stack[first])
    is_reversed = is_given(stack[first + 2]) and truth(session, stack[first + 2])
    sort_values(session, values, stack[first + 1], is_reversed)
    return list_of(values)


def builtin_ord(session: Session, stack: VMStack, first: int, count: int) -> Value:
    text = as_str(stack[first])
    data = bytes_of(stack[first]) if text is None and as_memory_view(stack[first]) is None else None
    if data is not None:
        if len(data) != 1:
            raise type_error(f"ord() expected a character, but string of length {len(data)} found")
        return Value.of_int(data[0])
    if text is None:
        raise type_error(f"ord() expected string of length 1, but {type_name(stack[first])} found")
    if text.length != 1:
        raise type_error(f"ord() expected a character, but string of length {text.length} found")
    return Value.of_int(ord(text.text()))


def builtin_chr(session: Session, stack: VMStack, first: int, count: int) -> Value:
    code = index_value(session, stack[first])
    if not code.is_int() or not 0 <= code.as_int() < 0x110000:
        raise value_error("chr() arg not in range(0x110000)")
    return character_value(chr(code.as_int()), 0)


def builtin_bin(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return text_value(based_text(index_value(session, stack[first]), 2, "0b"))


def builtin_oct(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return text_value(based_text(index_value(session, stack[first]), 8, "0o"))


def builtin_hex(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return text_value(based_text(index_value(session, stack[first]), 16, "0x"))


def builtin_divmod(session: Session, stack: VMStack, first: int, count: int) -> Value:
    left, right = stack[first], stack[first + 1]
    quotient, remainder = floor_divide(left, right), modulo(left, right)
    if not quotient.same(Value.UNDEFINED) and not remainder.same(Value.UNDEFINED):
        return pair(quotient, remainder)
    return _divmod_slowly(session, left, right)


@dont_look_inside
def _divmod_slowly(session: Session, left: Value, right: Value) -> Value:
    method = special(type_of(left), Special.DIVMOD)
    if not method.same(Value.UNDEFINED):
        result = call(session, method, [left, right])
        if not result.same(NOT_IMPLEMENTED):
            return result
    method = special(type_of(right), Special.RDIVMOD)
    if not method.same(Value.UNDEFINED):
        result = call(session, method, [right, left])
        if not result.same(NOT_IMPLEMENTED):
            return result
    raise type_error(f"unsupported operand type(s) for divmod(): '{type_name(left)}' and '{type_name(right)}'")


def small_power(base: int, exponent: int, modulus: int) -> int:
    """`base ** exponent % modulus`, where products of two remainders fit a word."""
    result = 1 % modulus
    while exponent > 0:
        if exponent & 1 != 0:
            result = result * base % modulus
        base = base * base % modulus
        exponent >>= 1
    return result


def builtin_pow(session: Session, stack: VMStack, first: int, count: int) -> Value:
    if not is_given(stack[first + 2]):
        quick = power_of(stack[first], stack[first + 1])
        if not quick.same(Value.UNDEFINED):
            return quick
    return power(session, stack[first], stack[first + 1], stack[first + 2])


@dont_look_inside
def power(session: Session, base: Value, exponent: Value, modulus: Value) -> Value:
    """`pow(base, exponent, modulus)` in full."""
    if not is_given(modulus) or modulus.same(NONE):
        return binary(session, Special.POWER, base, exponent)
    a, b, m = plain_number(base), plain_number(exponent), plain_number(modulus)
    if not is_plain_int(a) or not is_plain_int(b) or not is_plain_int(m):
        method = special(type_of(base), Special.POWER)
        if not method.same(Value.UNDEFINED) and not type_of(base).is_builtin:
            result = call(session, method, [base, exponent, modulus])
            if not result.same(NOT_IMPLEMENTED):
                return result
        raise type_error(
            f"unsupported operand type(s) for ** or pow(): '{type_name(base)}', '{type_name(exponent)}', '{type_name(modulus)}'"
        )
    if a.is_int() and b.is_int() and m.is_int() and b.as_int() >= 0 and 0 < m.as_int() < SMALL_MODULUS:
        return Value.of_int(small_power(a.as_int() % m.as_int(), b.as_int(), m.as_int()))
    if integer(m).sign == 0:
        raise value_error("pow() 3rd argument cannot be 0")
    if integer(b).sign < 0:
        try:
            inverse = inverse_modulo(integer(a), integer(m))
        except ValueError:
            raise value_error("base is not invertible for the given modulus")
        return int_value(power_modulo(inverse, negate(integer(b)), integer(m)))
    return int_value(power_modulo(integer(a), integer(b), integer(m)))


@dont_look_inside
def builtin_round(session: Session, stack: VMStack, first: int, count: int) -> Value:
    value, places = stack[first], stack[first + 1]
    number = plain_number(value)
    if number.is_float() or is_plain_int(number):
        if type_of(value).is_builtin:
            given = NONE if not is_given(places) else places
            return rounded(number, NONE if given.same(NONE) else index_value(session, given))
    method = special(type_of(value), Special.ROUND)
    if method.same(Value.UNDEFINED):
        raise type_error(f"type {type_name(value)} doesn't define __round__ method")
    return call(session, method, [value, places] if is_given(places) else [value])


@dont_look_inside
def builtin_input(session: Session, stack: VMStack, first: int, count: int) -> Value:
    if is_given(stack[first]):
        write_output(encoded(str_text(session, stack[first])))
    flush_output()
    line = read_line()
    if len(line) == 0:
        raise error(types.EOF_ERROR, "EOF when reading a line")
    text = line.decode()
    return text_value(text[:-1] if text.endswith("\n") else text)


FUNCTIONS: list[PyBuiltin] = [
    PyBuiltin("print", builtin_print, 0, MANY_ARGUMENTS, None, array_of(["sep", "end", "file", "flush"]), 4),
    PyBuiltin("len", builtin_len, 1, 1, asks=Special.LEN),
    PyBuiltin("isinstance", builtin_isinstance, 2, 2),
    PyBuiltin("issubclass", builtin_issubclass, 2, 2),
    PyBuiltin("repr", builtin_repr, 1, 1),
    PyBuiltin("ascii", builtin_ascii, 1, 1),
    PyBuiltin("format", builtin_format, 1, 2),
    PyBuiltin("id", builtin_id, 1, 1),
    PyBuiltin("hash", builtin_hash, 1, 1),
    PyBuiltin("callable", builtin_callable, 1, 1),
    PyBuiltin("iter", builtin_iter, 1, 2, asks=Special.ITER),
    PyBuiltin("aiter", builtin_aiter, 1, 1),
    PyBuiltin("anext", builtin_anext, 1, 2),
    PyBuiltin("next", builtin_next, 1, 2, inlined=Inlined.NEXT, asks=Special.NEXT),
    PyBuiltin("abs", builtin_abs, 1, 1, asks=Special.ABS),
    PyBuiltin("min", builtin_min, 1, MANY_ARGUMENTS, None, array_of(["key", "default"]), 2),
    PyBuiltin("max", builtin_max, 1, MANY_ARGUMENTS, None, array_of(["key", "default"]), 2),
    PyBuiltin("sum", builtin_sum, 1, 2, None, array_of(["start"])),
    PyBuiltin("any", builtin_any, 1, 1),
    PyBuiltin("all", builtin_all, 1, 1),
    PyBuiltin("sorted", builtin_sorted, 1, 1, None, array_of(["key", "reverse"]), 2),
    PyBuiltin("ord", builtin_ord, 1, 1),
    PyBuiltin("chr", builtin_chr, 1, 1),
    PyBuiltin("bin", builtin_bin, 1, 1),
    PyBuiltin("oct", builtin_oct, 1, 1),
    PyBuiltin("hex", builtin_hex, 1, 1),
    PyBuiltin("divmod", builtin_divmod, 2, 2),
    PyBuiltin("pow", builtin_pow, 2, 3, None, array_of(["base", "exp", "mod"])),
    PyBuiltin("round", builtin_round, 1, 2, None, array_of(["number", "ndigits"])),
    PyBuiltin("getattr", builtin_getattr, 2, 3),
    PyBuiltin("hasattr", builtin_hasattr, 2, 2),
    PyBuiltin("setattr", builtin_setattr, 3, 3),
    PyBuiltin("delattr", builtin_delattr, 2, 2),
    PyBuiltin("input", builtin_input, 0, 1),
]
