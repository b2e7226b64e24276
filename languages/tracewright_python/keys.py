"""What makes values keys of dicts and members of sets: hashes and equality, which may be functions of the program."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.cast import unsafe_cast
from tracewright.core.generic import hash_of
from tracewright.core.integers import bits_of_float, urshift, wrap_add, wrap_lshift, wrap_mul
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside
from tracewright_python.big_ints import PyBigInt, big_hash, is_big, number_equal
from tracewright_python.builtin_types import STR, TUPLE
from tracewright_python.exceptions import type_error
from tracewright_python.functions import belongs_to, is_objects_own
from tracewright_python.lists import InstanceOfTuple, PyTuple
from tracewright_python.objects import KNOWN_HASHES, PyInstance, PyObject, PyType, special
from tracewright_python.session import Session
from tracewright_python.special_names import Special
from tracewright_python.texts import PyStr, texts_equal
from tracewright_python.values import NONE, NOT_IMPLEMENTED, type_name, type_of

MODULUS: Final = (1 << 61) - 1  # of hashes of numbers
INFINITY_HASH: Final = 314159
CONSTANT_HASH: Final = 2654435761  # of None and the like
NOT_PLAIN: Final = -1  # which is no hash
DIFFERENT: Final = 0
EQUAL: Final = 1
DEEPEST: Final = 8  # tuples within tuples
_FIRST_PRIME: Final = 11400714785074694791 - (1 << 64)
_SECOND_PRIME: Final = 14029467366897019727 - (1 << 64)
_FIFTH_PRIME: Final = 2870177450012600261


def int_hash(number: int) -> int:
    """`hash` of an int of the machine."""
    if -MODULUS < number < MODULUS:
        return number if number != -1 else -2
    size = (number % MODULUS) if number >= 0 else -((-number) % MODULUS)
    if number == -(1 << 63):
        size = -4  # whose negation does not fit
    return size if size != -1 else -2


def float_hash(number: float) -> int:
    """`hash` of a float: that of the int that it equals, if it equals one."""
    if number != number:
        return 0
    bits = bits_of_float(number)
    exponent = bits >> 52 & 2047
    mantissa = bits & ((1 << 52) - 1)
    if exponent == 2047:
        return INFINITY_HASH if number > 0.0 else -INFINITY_HASH
    if exponent == 0:
        exponent = 1
    else:
        mantissa |= 1 << 52
    turn = (exponent - 1075) % 61
    size = (mantissa << turn & MODULUS) | mantissa >> (61 - turn) if turn > 0 else mantissa
    if turn > 8:  # the shift above has lost the bits beyond the word
        low = mantissa & ((1 << (61 - turn)) - 1)
        size = low << turn | mantissa >> (61 - turn)
    result = -size if number < 0.0 else size
    return result if result != -1 else -2


def key_hash(session: Session, key: Value) -> int:
    """`hash(key)`. Raises TypeError for what has none."""
    if key.is_int():
        return int_hash(key.as_int())
    if key.is_object():
        thing = key.as_object()
        if isinstance(thing, PyStr) and type_of(key).is_builtin:
            return thing.hashed()
        if isinstance(thing, PyInstance) and is_objects_own(special(type_of(key), Special.HASH)):
            return identity_hash(thing)
        if isinstance(thing, PyType) and thing.metaclass is None:
            return identity_hash(thing)
    code = plain_hash(key)
    return code if code != NOT_PLAIN else _other_hash(session, key)


@dont_look_inside
def plain_hash(key: Value) -> int:
    """`hash(key)` of numbers, texts, and tuples and frozensets of such: what asks no function of the program. NOT_PLAIN for others."""
    return _plain_hash(key, DEEPEST)


def _plain_hash(key: Value, depth: int) -> int:
    if key.is_int():
        return int_hash(key.as_int())
    if key.is_float():
        return float_hash(key.as_float())
    if not key.is_object():
        return 1 if key.same(Value.TRUE) else 0 if key.same(Value.FALSE) else CONSTANT_HASH
    thing = key.as_object()
    if isinstance(thing, InstanceOfTuple):
        if _knows_hash(thing):
            return thing.known_hash
    elif isinstance(thing, PyTuple) and depth > 0:
        return _items_hash(thing.items, depth)
    elif isinstance(thing, PyType) and thing.metaclass is None:
        return identity_hash(thing)
    kind = type_of(key)
    if not kind.is_builtin:
        if is_objects_own(special(kind, Special.HASH)):
            return identity_hash(unsafe_cast(PyObject, thing))
        if not _compares_as_base(kind, thing):
            return NOT_PLAIN
    if isinstance(thing, PyStr):
        return thing.hashed()
    if isinstance(thing, PyTuple) and depth > 0:
        mixed = _items_hash(thing.items, depth)
        if isinstance(thing, InstanceOfTuple) and thing.known_hash == 0 and mixed != NOT_PLAIN:
            thing.known_hash = mixed if _lasts(key, DEEPEST) else NOT_PLAIN
            kind.has_known_hashes = True
        return mixed
    if is_big(key):
        return big_hash(unsafe_cast(PyBigInt, thing))
    code = unsafe_cast(PyObject, thing).plain_hash()
    if code == NOT_PLAIN and is_objects_own(special(kind, Special.HASH)):
        return identity_hash(unsafe_cast(PyObject, thing))
    return code


def _items_hash(items: Array[Value], depth: int) -> int:
    """That of a tuple of these, or NOT_PLAIN."""
    mixed = _FIFTH_PRIME
    for value in items:
        code = value.as_int() if value.is_int() and 0 <= value.as_int() < MODULUS else _plain_hash(value, depth - 1)
        if code == NOT_PLAIN:
            return NOT_PLAIN
        mixed = _mixed(mixed, code)
    return _mixed_end(mixed, len(items))


def _knows_hash(thing: InstanceOfTuple) -> bool:
    return thing.known_hash != 0 and thing.known_hash != NOT_PLAIN and KNOWN_HASHES.are_valid


def _lasts(key: Value, depth: int) -> bool:
    """Whether the hash of a named tuple, or of what is in one, can only change with the methods of classes of named tuples."""
    if not key.is_object():
        return True
    thing = key.as_object()
    if not isinstance(thing, PyTuple):
        return is_plain_key(key)
    if depth < DEEPEST and isinstance(thing, InstanceOfTuple):
        return _knows_hash(thing)
    for value in thing.items:
        if depth == 0 or not _lasts(value, depth - 1):
            return False
    return True


def _compares_as_base(kind: PyType, thing: object) -> bool:
    """Whether an object of a class that derives from `str` or `tuple`, such as a named tuple, has the hash and the equality of those."""
    if isinstance(thing, PyTuple):
        return belongs_to(special(kind, Special.HASH), TUPLE) and belongs_to(special(kind, Special.EQ), TUPLE)
    if isinstance(thing, PyStr):
        return belongs_to(special(kind, Special.HASH), STR) and belongs_to(special(kind, Special.EQ), STR)
    return False


def tuple_hash(session: Session, values: list[Value]) -> int:
    """CPython's hash of a tuple, which is xxHash's way of mixing words."""
    mixed = _FIFTH_PRIME
    for value in values:
        mixed = _mixed(mixed, key_hash(session, value))
    return _mixed_end(mixed, len(values))


def _mixed(mixed: int, code: int) -> int:
    mixed = wrap_add(mixed, wrap_mul(code, _SECOND_PRIME))
    return wrap_mul(wrap_lshift(mixed, 31) | urshift(mixed, 33), _FIRST_PRIME)


def _mixed_end(mixed: int, count: int) -> int:
    mixed = wrap_add(mixed, count ^ _FIFTH_PRIME ^ 3527539)
    return mixed if mixed != -1 else 1546275796


@dont_look_inside
def _other_hash(session: Session, key: Value) -> int:
    kind = type_of(key)
    method = special(kind, Special.HASH)
    if method.same(NONE):
        raise type_error(f"unhashable type: '{kind.name}'")
    if key.is_object() and is_objects_own(method):
        return identity_hash(unsafe_cast(PyObject, key.as_object()))
    result = session.call(session, method, [key])
    if result.is_int():
        return result.as_int() if result.as_int() != -1 else -2
    if is_big(result):
        return big_hash(unsafe_cast(PyBigInt, result.as_object()))
    if result.is_bool():
        return 1 if result.as_bool() else 0
    raise type_error("__hash__ method should return an integer")


def identity_hash(thing: PyObject) -> int:
    """The hash of what is equal to nothing else."""
    return hash_of(thing)


def is_plain_key(key: Value) -> bool:
    """Whether comparing it with another key never asks the program, unless that other one does: a number or a text."""
    if not key.is_object():
        return True
    return (isinstance(key.as_object(), PyStr) and type_of(key).is_builtin) or is_big(key)


def plainly_equal(known: Value, key: Value, depth: int) -> int:
    """Whether two values with one hash are one key: EQUAL, DIFFERENT, or NOT_PLAIN where that is for the program to say."""
    if known.same(key):
        return EQUAL
    if not known.is_object() and not key.is_object():
        return EQUAL if number_equal(known, key) else DIFFERENT
    if not known.is_object() or not key.is_object():
        one = known if known.is_object() else key
        if is_big(one):
            return EQUAL if number_equal(known, key) else DIFFERENT
        return DIFFERENT if isinstance(one.as_object(), PyStr) and type_of(one).is_builtin else NOT_PLAIN
    left, right = known.as_object(), key.as_object()
    if not _is_plain_object(known, left) or not _is_plain_object(key, right):
        return NOT_PLAIN
    if isinstance(left, PyStr) and isinstance(right, PyStr):
        return EQUAL if texts_equal(left, right) else DIFFERENT
    if isinstance(left, PyTuple) and isinstance(right, PyTuple) and depth > 0:
        if len(left.items) != len(right.items):
            return DIFFERENT
        for k in range(len(left.items)):
            answer = plainly_equal(left.items[k], right.items[k], depth - 1)
            if answer != EQUAL:
                return answer
        return EQUAL
    if is_big(known) and is_big(key):
        return EQUAL if number_equal(known, key) else DIFFERENT
    return NOT_PLAIN


def _is_plain_object(value: Value, thing: object) -> bool:
    """Whether its class leaves equality to the built-in one."""
    if isinstance(thing, PyTuple) and (not isinstance(thing, InstanceOfTuple) or _knows_hash(thing)):
        return True
    kind = type_of(value)
    return kind.is_builtin or _compares_as_base(kind, thing)


def keys_equal(session: Session, known: Value, key: Value) -> bool:
    """Whether two values with one hash are one key: identical or equal."""
    if known.same(key):
        return True
    if not known.is_object() or not key.is_object():
        if not known.is_object() and not key.is_object():
            return number_equal(known, key)
        return _equal_slowly(session, known, key)
    left, right = known.as_object(), key.as_object()
    if isinstance(left, PyStr) and isinstance(right, PyStr) and type_of(known).is_builtin and type_of(key).is_builtin:
        return texts_equal(left, right)
    return _equal_slowly(session, known, key)


@dont_look_inside
def _equal_slowly(session: Session, left: Value, right: Value) -> bool:
    """`left == right` by the methods of their classes."""
    kind, other = type_of(left), type_of(right)
    reflected_first = kind is not other and other.derives_from(kind)
    for turn in range(2):
        first, second = (right, left) if (turn == 0) == reflected_first else (left, right)
        method = special(type_of(first), Special.EQ)
        if is_objects_own(method):
            continue  # it asks whether they are one object
        result = session.call(session, method, [first, second])
        if not result.same(NOT_IMPLEMENTED):
            return is_true(session, result)
    return False


def is_true(session: Session, value: Value) -> bool:
    """The truth of what a comparison gave."""
    if value.is_bool():
        return value.as_bool()
    if value.is_int():
        return value.as_int() != 0
    if not value.is_object():
        return value.is_float() and value.as_float() != 0.0
    kind = type_of(value)
    method = special(kind, Special.BOOL)
    if not method.same(Value.UNDEFINED):
        result = session.call(session, method, [value])
        if not result.is_bool():
            raise type_error(f"__bool__ should return bool, returned {type_name(result)}")
        return result.as_bool()
    method = special(kind, Special.LEN)
    if method.same(Value.UNDEFINED):
        return True
    length = session.call(session, method, [value])
    return not (length.is_int() and length.as_int() == 0)
