"""Streams of the zlib library for the module `zlib`: a stream is a number; bytes are strings of units below 256."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.cast import unsafe_cast
from tracewright.core.foreign import MissingLibrary, allocate, bytes_at, release, text_at
from tracewright.core.memory import load32, load64, store8, store32, store64
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.objects import GuestObject
from tracewright.lib import zlib_library as zlib
from tracewright.lib.utf8 import decode_lossy, text_of_bytes
from tracewright_javascript.builtins.arguments import argument_at
from tracewright_javascript.builtins.rows import NativeRow
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.conversions import truth
from tracewright_javascript.errors import GuestFault, range_error
from tracewright_javascript.host.files import bytes_at as bytes_given
from tracewright_javascript.host.files import number_at
from tracewright_javascript.realm import Agent, as_realm
from tracewright_javascript.values import int_number, string_value

ROOM: Final = 1 << 16
DEFLATED: Final = 8  # the only method there is
OK: Final = 0
STREAM_END: Final = 1
NEEDS_DICTIONARY: Final = 2
BUFFER_ERROR: Final = -5  # nothing could be done: there was no input, or no room


@final
class Compression(GuestObject):
    """A stream that compresses, or the other way round."""

    def __init__(self, place: int, compresses: bool, dictionary: bytes) -> None:
        self.place = place
        self.compresses = compresses
        self.dictionary = dictionary

    def step(self, flush: int) -> int:
        """Do what there is room for; the library's answer."""
        if self.compresses:
            return zlib.deflate(self.place, flush)
        code = zlib.inflate(self.place, flush)
        if code == NEEDS_DICTIONARY and len(self.dictionary) > 0:
            code = zlib.inflate_set_dictionary(self.place, self.dictionary, len(self.dictionary))
            return zlib.inflate(self.place, flush) if code == OK else code
        return code


def _open(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`zlibOpen(compresses, level, windowBits, memory, strategy, dictionary)`: a number. Raises GuestFault."""
    try:
        zlib.ZLIB.require()
    except MissingLibrary as problem:
        raise GuestFault("Error", str(problem))
    compresses = truth(argument_at(stack, frame, count, 0))
    dictionary = bytes_given(stack, frame, count, 5)
    bits = number_at(stack, frame, count, 2)
    place = allocate(zlib.STREAM_SIZE)
    for offset in range(0, zlib.STREAM_SIZE, 8):
        store64(place + offset, 0)
    version = text_at(zlib.version())
    if compresses:
        level, memory, strategy = [number_at(stack, frame, count, index) for index in (1, 3, 4)]
        code = zlib.deflate_init(place, level, DEFLATED, bits, memory, strategy, version, zlib.STREAM_SIZE)
        if code == OK and len(dictionary) > 0:
            code = zlib.deflate_set_dictionary(place, dictionary, len(dictionary))
    else:
        code = zlib.inflate_init(place, bits, version, zlib.STREAM_SIZE)
        if code == OK and len(dictionary) > 0 and bits < 0:
            code = zlib.inflate_set_dictionary(place, dictionary, len(dictionary))
    if code != OK:
        release(place)
        raise range_error("the zlib library refuses these options")
    agent = as_realm(realm).agent
    agent.compressions_made += 1
    agent.compressions[agent.compressions_made] = Compression(place, compresses, dictionary)
    return Value.of_int(agent.compressions_made)


def _stream(agent: Agent, number: int) -> Compression:
    found = agent.compressions.get(number)
    if found is None:
        raise GuestFault("Error", "the zlib stream is closed")
    return unsafe_cast(Compression, found)


def _run(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`zlibRun(stream, bytes, flush, most)`: `[bytes, code, how many bytes are left, what the library says]`; `most` bounds what comes out."""
    stream = _stream(as_realm(realm).agent, number_at(stack, frame, count, 0))
    data = bytes_given(stack, frame, count, 1)
    flush = number_at(stack, frame, count, 2)
    most = number_at(stack, frame, count, 3)
    place = stream.place
    source = allocate(len(data) + 1)
    target = allocate(ROOM)
    parts: list[bytes] = []
    length = 0
    for index in range(len(data)):
        store8(source + index, data[index])
    store64(place + zlib.NEXT_IN, source)
    store32(place + zlib.AVAILABLE_IN, len(data))
    while True:
        store64(place + zlib.NEXT_OUT, target)
        store32(place + zlib.AVAILABLE_OUT, ROOM)
        code = stream.step(flush)
        made = ROOM - load32(place + zlib.AVAILABLE_OUT)
        parts.append(bytes_at(target, made))
        length += made
        if code != OK or made < ROOM or length > most:
            break
    left = load32(place + zlib.AVAILABLE_IN)
    release(source)
    release(target)
    message = load64(place + zlib.MESSAGE)
    said = "" if message == 0 else decode_lossy(text_at(message))
    whole = b"".join(parts)
    values = [
        string_value(text_of_bytes(whole, 0, len(whole))),
        Value.of_int(code),
        int_number(left),
        string_value(said),
    ]
    return Value.of_object(as_realm(realm).array_of(values))


def _reset(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`zlibReset(stream)`: another member follows."""
    zlib.inflate_reset(_stream(as_realm(realm).agent, number_at(stack, frame, count, 0)).place)
    return Value.UNDEFINED


def _close(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`zlibClose(stream)`; one that is closed already stays so."""
    agent = as_realm(realm).agent
    number = number_at(stack, frame, count, 0)
    if number in agent.compressions:
        stream = _stream(agent, number)
        del agent.compressions[number]
        if stream.compresses:
            zlib.deflate_end(stream.place)
        else:
            zlib.inflate_end(stream.place)
        release(stream.place)
    return Value.UNDEFINED


def _crc32(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`crc32(bytes, start)`"""
    try:
        zlib.ZLIB.require()
    except MissingLibrary as problem:
        raise GuestFault("Error", str(problem))
    data = bytes_given(stack, frame, count, 0)
    return int_number(zlib.crc32(number_at(stack, frame, count, 1), data, len(data)))


COMPRESSION: Final[list[NativeRow]] = [
    ("zlibOpen", 6, _open),
    ("zlibRun", 4, _run),
    ("zlibReset", 1, _reset),
    ("zlibClose", 1, _close),
    ("crc32", 2, _crc32),
]
