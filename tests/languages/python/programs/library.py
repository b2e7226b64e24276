"""Modules of the standard library, read from its source, over the native ones below."""

import base64
import binascii
import codecs
import collections
import collections.abc
import contextlib
import copy
import dataclasses
import datetime
import decimal
import enum
import fractions
import functools
import hashlib
import inspect
import io
import json
import os
import pathlib
import pickle
import random
import re
import string
import struct
import tempfile
import textwrap
import time
import traceback
import types
import typing
import weakref

print(re.findall(r"a+(?:b|c)", "aab ac b aaac"), re.sub(r"(\w+) (\w+)", r"\2 \1", "hello world foo bar"))
print(re.search(r"(?<=ab)c", "abc").span(), re.split(r"\s*,\s*", "a , b,c"), re.match("(a|b*)*", "x").group(1))
print(re.findall("", "abc"), re.sub("x*", "-", "abxd"), [m.span() for m in re.finditer(r"\b", "ab cd")])
print(re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)").search("on 2024-05 x").groupdict(), re.match(r"(?i:k)", "\u212a"))
print(re.match("(?P<a>x)?(?(a)y|z)", "xy"), re.match(r"(?>a+)a", "aaa"), re.match(r"a++b", "aab"), re.escape("a.b"))
try:
    re.compile("(")
except re.error as problem:
    print(problem, problem.pos)
print(json.dumps({"a": [1, 2.5, None, True, "é"]}, indent=1), json.loads('{"x": [1, {"y": "\\u00e9"}]}'))


@dataclasses.dataclass(order=True, frozen=True)
class Point:
    x: int
    y: int = 0
    tags: list = dataclasses.field(default_factory=list, compare=False)


print(Point(1, 2) < Point(1, 3), dataclasses.replace(Point(1), y=5), dataclasses.asdict(Point(3)), hash(Point(1)) == hash(Point(1)))


class Color(enum.Enum):
    RED = 1
    BLUE = enum.auto()


class Flags(enum.IntFlag):
    A = 1
    B = 2


print(Color.RED, Color(2), list(Color), Flags.A | Flags.B, Color["BLUE"].value, isinstance(Flags.A, int))
print(struct.pack("<hIq", -2, 7, 9), struct.unpack(">d", struct.pack(">d", 1.5)), struct.calcsize("@bi"), struct.unpack("3sx?", b"abc\0\1"))
print(hashlib.sha256(b"abc").hexdigest(), hashlib.md5(b"").hexdigest(), hashlib.blake2b(b"x", digest_size=8).hexdigest(), hashlib.sha3_256(b"q").hexdigest())
print(base64.b64encode(b"hello?"), base64.b64decode("aGVsbG8/"), base64.b85encode(b"abcd"), binascii.crc32(b"hello"), base64.b32encode(b"hi"))
print(datetime.datetime(2024, 2, 29, 12) + datetime.timedelta(days=366), datetime.date.fromisoformat("2024-01-05").strftime("%a %d %b"))
print(decimal.Decimal("1.1") + decimal.Decimal("2.2"), fractions.Fraction(3, 6) + 1, decimal.Decimal(2).sqrt())
print(textwrap.fill("the quick brown fox jumps over the lazy dog", 20), string.Template("$a-${b}").substitute(a=1, b=2))
print(collections.Counter("abracadabra").most_common(2), collections.namedtuple("P", "a b")(1, 2), collections.ChainMap({"a": 1}, {"b": 2})["b"])
print(isinstance([], collections.abc.Sequence), isinstance({}, collections.abc.Mapping), issubclass(int, collections.abc.Hashable))
generator = random.Random(42)
print(generator.random(), generator.randint(1, 100), generator.sample(range(10), 3), generator.choice("abc"))
print(inspect.signature(lambda a, *b, c=3, **d: 0), inspect.getmembers(Point(1), lambda v: isinstance(v, int))[-2:])
print(typing.get_type_hints(Point), typing.Optional[int], list[int], int | str, typing.Union[int, str, None])
with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder) / "a.txt"
    path.write_text("héllo\nwörld\n")
    with open(path) as stream:
        print(stream.readline(), stream.tell(), stream.read(3), stream.readlines(), os.path.basename(stream.name))
    with open(path, "r+b") as stream:
        stream.seek(2)
        stream.write(b"ZZ")
        stream.seek(0)
        print(stream.read(), path.stat().st_size, sorted(os.listdir(folder)))
    try:
        open(path / "x")
    except NotADirectoryError as problem:
        print(problem.errno, problem.strerror)
print(io.TextIOWrapper(io.BytesIO(b"a\r\nb\rc"), newline=None).read().split(), io.StringIO("a\nb").readlines())
print(codecs.decode("\\n\\x41", "unicode_escape"), "é".encode("cp1252"), codecs.encode("ab", "rot13"))
print(pickle.loads(pickle.dumps({"a": (1, 2.5), "b": [Point(1)], "c": {1, 2}, "d": b"x"})), copy.deepcopy([[1], {"a": Point(2)}]))
with contextlib.redirect_stdout(io.StringIO()) as captured:
    print("inside")
print(repr(captured.getvalue()), time.gmtime(0).tm_year, types.SimpleNamespace(a=1), functools.reduce(lambda a, b: a * b, range(1, 6)))


class Node:
    pass


node = Node()
print(weakref.ref(node)() is node, weakref.ref(node) == weakref.ref(node), len(weakref.WeakSet([node])))
try:
    1 / 0
except ZeroDivisionError:
    print(traceback.format_exc().splitlines()[-1])
