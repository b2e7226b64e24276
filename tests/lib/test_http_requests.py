"""HTTP requests in pieces of any size, and those that are none."""

import email.utils
import random

import pytest

from tracewright.lib.http_requests import MOST_BODY, MOST_HEAD, HttpFault, Request, RequestReader
from tracewright.lib.http_texts import http_date, percent_decoded, percent_encoded

GET = b"GET /a?b=c HTTP/1.1\r\nHost: h\r\nX-One:  two \r\nx-one: three\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello"
CHUNKS = b"PUT /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0A\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n"
OLD = b"GET /old HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"


def read(*pieces: bytes) -> list[Request]:
    reader = RequestReader()
    found = []
    for piece in pieces:
        reader.feed(piece)
        while (request := reader.next()) is not None:
            found.append(request)
    return found


def shown(requests: list[Request]) -> list[tuple[str, str, bytes, bool]]:
    return [(request.method, request.target, request.body, request.keeps_open) for request in requests]


ALL = [
    ("GET", "/a?b=c", b"", True),
    ("POST", "/", b"hello", True),
    ("PUT", "/c", b"abc0123456789", True),
    ("GET", "/old", b"", True),
]


def test_pieces_of_any_size() -> None:
    data = GET + POST + CHUNKS + b"\r\n" + OLD
    assert shown(read(data)) == ALL
    assert shown(read(*(data[k : k + 1] for k in range(len(data))))) == ALL
    chance = random.Random(5)
    for _ in range(50):
        cuts = sorted(chance.randrange(len(data)) for _ in range(6))
        pieces = [data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True)]
        assert shown(read(*pieces)) == ALL


def test_fields() -> None:
    request = read(GET)[0]
    assert request.names == ["Host", "X-One", "x-one"] and request.field("x-one") == "two, three"
    assert read(b"GET / HTTP/1.1\r\nHost: h\r\nX: h\xc3\xa9\r\nY: h\xe9\r\n\r\n")[0].values[1:] == ["hé", "hé"]
    assert not read(b"GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")[0].keeps_open
    assert not read(b"GET / HTTP/1.0\r\n\r\n")[0].keeps_open


def test_go_ahead() -> None:
    reader = RequestReader()
    reader.feed(b"POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
    assert reader.next() is None and reader.needs_go_ahead and not reader.is_between_requests()
    reader.feed(b"ok")
    request = reader.next()
    assert request is not None and request.body == b"ok" and reader.is_between_requests()


def head(*lines: bytes) -> bytes:
    return b"\r\n".join([b"GET / HTTP/1.1", b"Host: h", *lines, b"", b""])


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"GET /\r\n\r\n", 400),
        (b"GET  HTTP/1.1\r\n\r\n", 400),
        (b"G=T / HTTP/1.1\r\n\r\n", 400),
        (b"GET /\x01 HTTP/1.1\r\n\r\n", 400),
        (b"GET / a HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/2.0\r\n\r\n", 505),
        (b"GET / FTP/1.1\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (head(b"Host: i"), 400),
        (head(b" folded"), 400),
        (head(b"Na me: x"), 400),
        (head(b"Name : x"), 400),
        (head(b": x"), 400),
        (head(b"X: a\rb"), 400),
        (head(b"X: a\0b"), 400),
        (head(b"Content-Length: -1"), 400),
        (head(b"Content-Length: 1e1"), 400),
        (head(b"Content-Length: 5, 5"), 400),
        (head(b"Content-Length: 5", b"Content-Length: 5"), 400),
        (head(b"Content-Length: 9999999999999999999"), 400),
        (head(b"Content-Length: " + str(MOST_BODY + 1).encode()), 413),
        (head(b"Content-Length: 5", b"Transfer-Encoding: chunked"), 400),
        (head(b"Transfer-Encoding: gzip"), 501),
        (head(b"Transfer-Encoding: gzip, chunked"), 501),
        (b"GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        (head(b"Expect: magic"), 417),
        (head(b"Transfer-Encoding: chunked") + b"x\r\n", 400),
        (head(b"Transfer-Encoding: chunked") + b"-1\r\n", 400),
        (head(b"Transfer-Encoding: chunked") + b"\r\n", 400),
        (head(b"Transfer-Encoding: chunked") + b"2\r\nabc\r\n", 400),
        (head(b"Transfer-Encoding: chunked") + b"ffffffffffffffffff\r\n", 413),
        (head(b"Transfer-Encoding: chunked") + b"1" * 300, 400),
        (b"GET /" + b"a" * MOST_HEAD, 431),
        (head(*[b"X: " + b"y" * 1000] * 70), 431),
        (head(b"Transfer-Encoding: chunked") + b"0\r\n" + b"T: t\r\n" * 20_000, 431),
    ],
)
def test_faults(data: bytes, status: int) -> None:
    with pytest.raises(HttpFault) as caught:
        read(data)
    assert caught.value.status == status


def test_random_bytes_are_answers_or_faults() -> None:
    chance = random.Random(3)
    good = GET + POST + CHUNKS
    for _ in range(300):
        data = bytearray(good)
        for _ in range(chance.randrange(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read(bytes(data))
        except HttpFault as fault:
            assert 400 <= fault.status < 600


def test_dates() -> None:
    for seconds in [0, 784111777, 951782399, 951782400, 1709164800, 1735689599, 4102444800]:
        assert http_date(seconds) == email.utils.formatdate(seconds, usegmt=True)


def test_escapes() -> None:
    assert percent_decoded("a%2Fb%zz%4+%C3%A9%") == "a/b%zz%4+é%"
    assert percent_decoded("a+b%2b", True) == "a b+"
    assert percent_encoded("a/b é~") == "a%2Fb%20%C3%A9~"
