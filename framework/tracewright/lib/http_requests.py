"""HTTP/1.1 as a server reads it (RFC 9112): requests out of the bytes of a connection, in whatever pieces they come.

    reader = RequestReader()
    reader.feed(data)                     what has come
    request = reader.next()               the next whole request; None: more is needed
    ...                                   HttpFault: answer with its status, and close

Strict where leniency lets one server see other requests than the next one does: a length that is given twice or in two ways, names with
blanks, lines that go on in the next one, all are faults. Limits are in bytes.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.lib.http_texts import IS_TOKEN, hexadecimal_digit, is_number, text_of_bytes

MOST_HEAD: Final = 64 << 10  # of the request line and all fields
MOST_BODY: Final = 8 << 20
MOST_LINE: Final = 256  # of the line before a chunk

CARRIAGE_RETURN: Final = 13
LINE_FEED: Final = 10
END_OF_HEAD: Final = b"\r\n\r\n"
LINE_END: Final = b"\r\n"
BEHIND_SIZE: Final[list[int]] = [0x3B, 0x20, 0x09]  # a semicolon or a blank


class Stage:
    """Where a reader is."""

    HEAD: Final = 0
    BODY: Final = 1
    CHUNK_SIZE: Final = 2
    CHUNK: Final = 3
    TRAILER: Final = 4


@final
class HttpFault(Exception):
    """A request that is none, or that is more than is allowed; to be answered with `status`."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@final
class Request:
    """One request. Texts are as they came, one character for a byte."""

    def __init__(self, method: str, target: str, is_old: bool) -> None:
        self.method = method
        self.target = target
        self.is_old = is_old  # HTTP/1.0
        self.names: list[str] = []  # of the fields, in order
        self.lower_names: list[str] = []
        self.values: list[str] = []
        self.body = b""
        self.keeps_open = not is_old  # whether the connection stays for another one
        self.wants_body_go_ahead = False  # `Expect: 100-continue`

    def field(self, lower_name: str) -> str:
        """The field's value, of several joined by commas; "" if there is none."""
        found = ""
        for index in range(len(self.lower_names)):
            if self.lower_names[index] == lower_name:
                value = self.values[index]
                found = value if found == "" else f"{found}, {value}"
        return found


@final
class RequestReader:
    """Reads the requests of one connection."""

    def __init__(self) -> None:
        self._data = b""
        self._start = 0  # what is before has been read
        self._searched = 0  # no head ends before
        self._state: int = Stage.HEAD
        self._request: Request | None = None
        self._missing = 0  # bytes of the body or of its present chunk
        self._parts: list[bytes] = []
        self._body_length = 0
        self._trailer_length = 0
        self.needs_go_ahead = False  # an interim answer is due before the body will come

    def feed(self, data: bytes) -> None:
        """More bytes have come."""
        self._data = data if self._start == len(self._data) else self._data[self._start :] + data
        self._searched = max(self._searched - self._start, 0)
        self._start = 0

    def is_between_requests(self) -> bool:
        """Whether nothing of a request has come yet."""
        return self._state == Stage.HEAD and self._start == len(self._data)

    def next(self) -> Request | None:
        """The next whole request, or None. Raises HttpFault."""
        while True:
            match self._state:
                case Stage.HEAD:
                    if not self._read_head():
                        return None
                case Stage.BODY | Stage.CHUNK:
                    if not self._read_part():
                        return None
                case Stage.CHUNK_SIZE:
                    if not self._read_chunk_size():
                        return None
                case _:
                    if not self._read_trailer():
                        return None
            if self._state == Stage.HEAD:
                request = self._request
                self._request = None
                return request

    # --- the head ---
    def _read_head(self) -> bool:
        """Whether all of it was there; the state says what follows."""
        data = self._data
        start = self._start
        if self._searched <= start:
            while start < len(data) and (data[start] == CARRIAGE_RETURN or data[start] == LINE_FEED):
                start += 1  # some clients end a body with a line too many
            self._start = start
            self._searched = start
        end = data.find(END_OF_HEAD, self._searched)
        if end < 0:
            if len(data) - start > MOST_HEAD:
                raise HttpFault(431, "the head is too long")
            self._searched = max(len(data) - 3, start)
            return False
        if end - start > MOST_HEAD:
            raise HttpFault(431, "the head is too long")
        request = self._parse_head(start, end + 2)
        self._request = request
        self._start = end + 4
        self._searched = self._start
        self._settle_body(request)
        return True

    def _parse_head(self, start: int, end: int) -> Request:
        """The lines from `start` on; each, and so the last one before `end`, has its line end."""
        data = self._data
        line_end = data.find(LINE_END, start)
        request = self._parse_request_line(start, line_end)
        place = line_end + 2
        while place < end:
            line_end = data.find(LINE_END, place)
            colon = place
            while colon < line_end and IS_TOKEN[data[colon]] == 1:
                colon += 1
            if colon == place or data[colon] != 0x3A:
                raise HttpFault(400, "a field has no name")
            name = data[place:colon].decode()
            first = colon + 1
            last = line_end
            while first < last and (data[first] == 32 or data[first] == 9):
                first += 1
            while last > first and (data[last - 1] == 32 or data[last - 1] == 9):
                last -= 1
            for index in range(first, last):
                code = data[index]
                if (code < 32 and code != 9) or code == 127:
                    raise HttpFault(400, "a field's value has control characters")
            request.names.append(name)
            request.lower_names.append(name.lower())
            request.values.append(text_of_bytes(data[first:last]))
            place = line_end + 2
        return request

    def _parse_request_line(self, start: int, end: int) -> Request:
        data = self._data
        first = data.find(b" ", start, end)
        second = data.find(b" ", first + 1, end) if first >= 0 else -1
        if second < 0:
            raise HttpFault(400, "the request line has not three parts")
        for index in range(start, first):
            if IS_TOKEN[data[index]] == 0:
                raise HttpFault(400, "the method is no token")
        for index in range(first + 1, second):
            if data[index] <= 32 or data[index] >= 127:
                raise HttpFault(400, "the target has characters that must be escaped")
        version = data[second + 1 : end]
        if version != b"HTTP/1.1" and version != b"HTTP/1.0":
            if version.startswith(b"HTTP/") and len(version) == 8:
                raise HttpFault(505, "the version is neither 1.0 nor 1.1")
            raise HttpFault(400, "there is no version")
        if first == start or second == first + 1:
            raise HttpFault(400, "the request line has not three parts")
        method = data[start:first].decode()
        return Request(method, data[first + 1 : second].decode(), version == b"HTTP/1.0")

    def _settle_body(self, request: Request) -> None:
        """How long the body is, and what else the fields say of the connection."""
        length = -1
        is_chunked = False
        hosts = 0
        for index in range(len(request.names)):
            value = request.values[index]
            match request.lower_names[index]:
                case "content-length":
                    if length >= 0 or not 1 <= len(value) <= 18 or not is_number(value):
                        raise HttpFault(400, "the length of the body is not one number")
                    length = int(value)
                case "transfer-encoding":
                    if is_chunked or value.lower() != "chunked":
                        raise HttpFault(501, "the body is encoded in another way than in chunks")
                    is_chunked = True
                case "connection":
                    lower = value.lower()
                    if "close" in lower:
                        request.keeps_open = False
                    elif "keep-alive" in lower and request.is_old:
                        request.keeps_open = True
                case "expect":
                    if value.lower() != "100-continue":
                        raise HttpFault(417, "an expectation that is not known")
                    request.wants_body_go_ahead = True
                case "host":
                    hosts += 1
        if (hosts != 1 and not request.is_old) or hosts > 1:
            raise HttpFault(400, "there is not one host")
        if is_chunked and (length >= 0 or request.is_old):
            raise HttpFault(400, "the body has a length and chunks")
        if length > MOST_BODY:
            raise HttpFault(413, "the body is too long")
        self._body_length = 0
        self._trailer_length = 0
        if is_chunked:
            self._state = Stage.CHUNK_SIZE
        elif length > 0:
            self._missing = length
            self._state = Stage.BODY
        self.needs_go_ahead = (
            request.wants_body_go_ahead and self._state != Stage.HEAD and self._start == len(self._data)
        )

    # --- the body ---
    def _read_part(self) -> bool:
        """What has come of the body or of a chunk; whether that is all."""
        count = min(len(self._data) - self._start, self._missing)
        if count > 0:
            self._parts.append(self._data[self._start : self._start + count])
            self._start += count
            self._missing -= count
        if self._missing > 0:
            return False
        if self._state == Stage.BODY:
            self._end_body()
            return True
        if len(self._data) - self._start < 2:
            return False
        if self._data[self._start] != CARRIAGE_RETURN or self._data[self._start + 1] != LINE_FEED:
            raise HttpFault(400, "a chunk is longer than it says")
        self._start += 2
        self._state = Stage.CHUNK_SIZE
        return True

    def _read_chunk_size(self) -> bool:
        end = self._data.find(LINE_END, self._start)
        if end < 0 or end - self._start > MOST_LINE:
            if len(self._data) - self._start > MOST_LINE:
                raise HttpFault(400, "the line before a chunk is too long")
            return False
        place = self._start
        size = 0
        while place < end:
            digit = hexadecimal_digit(self._data[place])
            if digit < 0:
                break
            size = size << 4 | digit
            if size > MOST_BODY:
                raise HttpFault(413, "the body is too long")
            place += 1
        is_ended = place == end or self._data[place] in BEHIND_SIZE
        if place == self._start or not is_ended:
            raise HttpFault(400, "a chunk has no size")
        self._start = end + 2
        self._body_length += size
        if self._body_length > MOST_BODY:
            raise HttpFault(413, "the body is too long")
        self._missing = size
        self._state = Stage.TRAILER if size == 0 else Stage.CHUNK
        return True

    def _read_trailer(self) -> bool:
        """Fields behind the last chunk mean nothing here; an empty line is the end."""
        end = self._data.find(LINE_END, self._start)
        if end < 0:
            if len(self._data) - self._start > MOST_HEAD:
                raise HttpFault(431, "the trailer is too long")
            return False
        is_last = end == self._start
        self._trailer_length += end + 2 - self._start
        if self._trailer_length > MOST_HEAD:
            raise HttpFault(431, "the trailer is too long")
        self._start = end + 2
        if is_last:
            self._end_body()
        return True

    def _end_body(self) -> None:
        request = self._request
        if request is not None:
            request.body = self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)
        self._parts = []
        self._searched = self._start
        self._state = Stage.HEAD
