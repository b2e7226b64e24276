"""JSON Web Tokens (RFC 7519) signed by HMAC with SHA-256, and the steps of OAuth 2.0 (RFC 6749) that need no browser.

header.payload.signature, each in base64 without padding and with - and _ in place of + and /
"""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.foreign import allocate, bytes_at, release
from tracewright.core.system import wall_nanoseconds
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.http_texts import percent_encoded
from tracewright_ruff import libraries_crypto as crypto
from tracewright_ruff.builtins.arguments import float_of, is_number, text_at
from tracewright_ruff.builtins.base64 import decoded, encoded_text
from tracewright_ruff.builtins.cryptography import are_same, random_bytes
from tracewright_ruff.builtins.hashes import require_crypto
from tracewright_ruff.builtins.json import json_text
from tracewright_ruff.builtins.json_reader import JsonReader
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Dict, as_dict, as_string, text_value
from tracewright_ruff.session import ARITY_ANY, Session, W_Native

HEADER: Final = '{"alg":"HS256","typ":"JWT"}'
ALGORITHM: Final = "HS256"
SECOND: Final = 1_000_000_000
STATE: Final = 16  # random bytes that tell the answer of a login from any other


def _expect(name: str, count: int, expected: int, what: str) -> None:
    if count != expected:
        raise GuestError(f"{name}() expects {expected} arguments ({what}), got {count}")


# --- tokens ----------------------------------------------------------------------------------------------------------
def _url_text(data: bytes) -> str:
    return encoded_text(data).rstrip("=").replace("+", "-").replace("/", "_")


def _url_bytes(text: str) -> bytes:
    plain = text.replace("-", "+").replace("_", "/")
    return decoded((plain + "=" * (-len(plain) % 4)).encode())


def _signature(text: str, secret: str) -> bytes:
    require_crypto()
    key = secret.encode()
    data = text.encode()
    place = allocate(crypto.LONGEST_DIGEST)
    length = Array(1, 0)
    try:
        crypto.authentication_code(crypto.sha256_method(), key, len(key), data, len(data), place, length)
        return bytes_at(place, length[0] & 0xFF)
    finally:
        release(place)


def native_encode(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`jwt_encode(payload, secret)`: a token"""
    _expect("jwt_encode", count, 2, "payload, secret")
    payload = as_dict(stack[first])
    secret = as_string(stack[first + 1])
    if payload is None or secret is None:
        raise GuestError("jwt_encode requires a dictionary payload and secret key string")
    signed = _url_text(HEADER.encode()) + "." + _url_text(json_text(stack[first]).encode())
    return text_value(signed + "." + _url_text(_signature(signed, secret.flat())))


def _problem_of(session: Session, token: str, secret: str, found: list[W_Dict]) -> str:
    """Why the token is not to be trusted; "" if it is, and then the payload is put into `found`."""
    parts = token.split(".")
    if len(parts) != 3:
        return "InvalidToken"
    try:
        header = as_dict(JsonReader(session, _url_bytes(parts[0]).decode()).document())
        payload = as_dict(JsonReader(session, _url_bytes(parts[1]).decode()).document())
        signature = _url_bytes(parts[2])
    except GuestError:
        return "InvalidToken"
    except UnicodeDecodeError:
        return "InvalidToken"
    if header is None or payload is None:
        return "InvalidToken"
    algorithm = as_string(header.get_text("alg"))
    if algorithm is None or algorithm.flat() != ALGORITHM:
        return "InvalidAlgorithm"
    if not are_same(signature, _signature(f"{parts[0]}.{parts[1]}", secret)):
        return "InvalidSignature"
    now = float(wall_nanoseconds() // SECOND)
    expiry = payload.get_text("exp")
    if is_number(expiry) and float_of(expiry) < now:
        return "ExpiredSignature"
    beginning = payload.get_text("nbf")
    if is_number(beginning) and float_of(beginning) > now:
        return "ImmatureSignature"
    found.append(payload)
    return ""


def native_decode(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`jwt_decode(token, secret)`: the payload, of a token that is to be trusted"""
    _expect("jwt_decode", count, 2, "token, secret")
    message = "jwt_decode requires a token string and secret key string"
    found: list[W_Dict] = []
    token = text_at(stack, first, message)
    problem = _problem_of(session, token, text_at(stack, first + 1, message), found)
    if problem != "":
        raise GuestError(f"JWT decode error: {problem}")
    return Value.of_object(found[0])


def native_verify(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`jwt_verify(token, secret)`: whether the token is to be trusted"""
    _expect("jwt_verify", count, 2, "token, secret")
    message = "jwt_verify requires a token string and secret key string"
    token = text_at(stack, first, message)
    return Value.of_bool(_problem_of(session, token, text_at(stack, first + 1, message), []) == "")


# --- OAuth -----------------------------------------------------------------------------------------------------------
def native_auth_url(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`oauth2_auth_url(client_id, redirect_uri, auth_url, scope)`: where a user logs in"""
    _expect("oauth2_auth_url", count, 4, "client_id, redirect_uri, auth_url, scope")
    message = "oauth2_auth_url requires client_id, redirect_uri, auth_url, and scope strings"
    texts = [text_at(stack, first + index, message) for index in range(4)]
    require_crypto()
    state = _url_text(random_bytes(STATE))
    fields = [
        "response_type=code",
        "client_id=" + percent_encoded(texts[0]),
        "redirect_uri=" + percent_encoded(texts[1]),
        "scope=" + percent_encoded(texts[3]),
        "state=" + state,
    ]
    return text_value(texts[2] + ("&" if "?" in texts[2] else "?") + "&".join(fields))


ROWS: Final[list[W_Native]] = [
    W_Native("jwt_encode", 2, 2, ARITY_ANY, native_encode),
    W_Native("jwt_decode", 2, 2, ARITY_ANY, native_decode),
    W_Native("jwt_verify", 2, 2, ARITY_ANY, native_verify),
    W_Native("oauth2_auth_url", 4, 4, ARITY_ANY, native_auth_url),
]
