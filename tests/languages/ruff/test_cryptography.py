"""Passwords, AES, RSA and tokens: with each other, with Python's modules, and with the `openssl` command."""

import base64
import hmac
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tracewright_ruff.libraries_crypto import CRYPTO
from tracewright_testing.libraries import needs
from tracewright_testing.tiers import HOSTED, OFF, Tier, TierRunner

TIERS = (OFF, HOSTED)
pytestmark = needs(CRYPTO)
PROGRAM = """
h := hash_password("sécret")
print(verify_password("sécret", h), verify_password("secret", h), len(h), substring(h, 0, 7))
print(verify_password("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"), verify_password("U*", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"))
for text in ["", "Hello 世界", repeat("long ", 5000)] {
    c := aes_encrypt(text, "key")
    print(aes_decrypt(c, "key") == text, c == aes_encrypt(text, "key"))
}
print(aes_decrypt_bytes(aes_encrypt_bytes(bytes([0, 1, 255]), "k"), "k") == bytes([0, 1, 255]), aes_decrypt_bytes(aes_encrypt_bytes("text", "k"), "k"))
k := rsa_generate_keypair(2048)
print(keys(k), split(k["public"], "\\n")[0], split(k["private"], "\\n")[0])
m := rsa_encrypt("Sécret", k["public"])
print(rsa_decrypt(m, k["private"]), m == rsa_encrypt("Sécret", k["public"]))
s := rsa_sign("", k["private"])
print(rsa_verify("", s, k["public"]), rsa_verify("x", s, k["public"]), rsa_verify("", rsa_sign("x", k["private"]), k["public"]))
t := jwt_encode({"sub": "ada", "n": [1.5, null]}, "secret")
print(jwt_decode(t, "secret"), jwt_verify(t, "secret"), jwt_verify(t, "x"), jwt_verify("a.b", "x"))
print(jwt_verify(jwt_encode({"exp": now_unix() + 100, "nbf": 5}, "s"), "s"))
"""
EXPECTED = """true false 60 $2b$12$
true false
true false
true false
true false
true text
[private, public] -----BEGIN PUBLIC KEY----- -----BEGIN PRIVATE KEY-----
Sécret false
true false false
{"n": [1.5, null], "sub": ada} true false false
true
"""
REFUSED = """
k := rsa_generate_keypair()
t := jwt_encode({"a": 1}, "s")
parts := split(t, ".")
for f in [
    func() { return hash_password(1) }, func() { return verify_password("x") }, func() { return verify_password("x", "plain") },
    func() { return verify_password("x", "$2b$99$CCCCCCCCCCCCCCCCCCCCC.") }, func() { return verify_password("x", "$9$none") },
    func() { return aes_encrypt("x") }, func() { return aes_encrypt(1, "k") }, func() { return aes_decrypt(aes_encrypt("x", "k"), "l") },
    func() { return aes_decrypt("YWJj", "k") }, func() { return aes_decrypt("no base64!", "k") }, func() { return aes_decrypt_bytes(1, "k") },
    func() { return rsa_generate_keypair(1024) }, func() { return rsa_generate_keypair("x") }, func() { return rsa_encrypt("x", "y") },
    func() { return rsa_encrypt("x", k["private"]) }, func() { return rsa_encrypt(repeat("x", 500), k["public"]) },
    func() { return rsa_decrypt("YWJj", k["private"]) }, func() { return rsa_decrypt("YWJj", k["public"]) }, func() { return rsa_sign(1, 2) },
    func() { return rsa_verify("x", "!", k["public"]) }, func() { return rsa_verify("x", "YQ==", k["public"]) },
    func() { return jwt_encode({}) }, func() { return jwt_encode(1, "s") }, func() { return jwt_encode({"f": print}, "s") },
    func() { return jwt_decode(t, "other") }, func() { return jwt_decode("a.b", "s") }, func() { return jwt_decode(1, "s") },
    func() { return jwt_decode(parts[0] + "." + parts[0] + "." + parts[2], "s") }, func() { return jwt_decode("e30." + parts[1] + "." + parts[2], "s") },
    func() { return jwt_decode(jwt_encode({"exp": 5}, "s"), "s") }, func() { return jwt_decode(jwt_encode({"nbf": now_unix() + 100}, "s"), "s") },
    func() { return oauth2_auth_url("a") }, func() { return oauth2_auth_url("a", "b", "c", 4) },
] { try { print(f()) } except e { print(e.message) } }
"""
REASONS = """hash_password() requires a string argument
verify_password() requires a password and a hash string
verify_password() hash is of no kind that is known
verify_password() hash is of no kind that is known
verify_password() hash is of no kind that is known
aes_encrypt() requires plaintext and key strings
aes_encrypt() requires plaintext and key strings
AES decryption failed: the key is another one, or the data was changed
AES decryption failed: the data is too short
Base64 decode error: Invalid byte 32, offset 2.
aes_decrypt_bytes() requires bytes and a key string
rsa_generate_keypair() key size must be 2048, 3072 or 4096
rsa_generate_keypair() requires a key size
rsa_encrypt() requires a public key in PEM format
rsa_encrypt() requires a public key in PEM format
RSA encryption failed: the text is too long for the key
RSA decryption failed: the key is another one, or the data was changed
rsa_decrypt() requires a private key in PEM format
rsa_sign() requires message and private key strings
Base64 decode error: Invalid byte 33, offset 0.
false
jwt_encode() expects 2 arguments (payload, secret), got 1
jwt_encode requires a dictionary payload and secret key string
Cannot convert NativeFunction(print) to JSON
JWT decode error: InvalidSignature
JWT decode error: InvalidToken
jwt_decode requires a token string and secret key string
JWT decode error: InvalidSignature
JWT decode error: InvalidAlgorithm
JWT decode error: ExpiredSignature
JWT decode error: ImmatureSignature
oauth2_auth_url() expects 4 arguments (client_id, redirect_uri, auth_url, scope), got 1
oauth2_auth_url requires client_id, redirect_uri, auth_url, and scope strings
"""


@pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)
def test_there_and_back(tier: Tier, ruff_executable: Path) -> None:
    outcome = TierRunner(tier, ruff_executable).run_text(PROGRAM)
    assert (outcome.output, outcome.errors) == (EXPECTED, "")


def test_what_is_refused(ruff_executable: Path) -> None:
    outcome = TierRunner(OFF, ruff_executable).run_text(REFUSED)
    assert (outcome.output, outcome.errors) == (REASONS, "")


def run(ruff: Path, folder: Path, text: str) -> list[str]:
    (folder / "program.ruff").write_text(text)
    command = [str(ruff), "run", "program.ruff"]
    finished = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=60)
    return finished.stdout.splitlines()


def padded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_python_agrees(ruff_executable: Path, tmp_path: Path) -> None:
    head, payload = (
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
        for part in ({"typ": "JWT", "alg": "HS256"}, {"é": [1]})
    )
    mac = hmac.new(b"key", f"{head}.{payload}".encode(), "sha256").digest()
    token = f"{head}.{payload}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"
    lines = run(
        ruff_executable,
        tmp_path,
        f'print(jwt_encode({{"b": 1, "a": "x"}}, "key"))\nprint(jwt_decode("{token}", "key"))\n',
    )  # fmt: skip
    assert lines[1] == '{"é": [1]}'
    first, second, third = lines[0].split(".")
    assert json.loads(padded(second)) == {"a": "x", "b": 1}
    assert padded(third) == hmac.new(b"key", f"{first}.{second}".encode(), "sha256").digest()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no openssl command")
def test_the_openssl_command_agrees(ruff_executable: Path, tmp_path: Path) -> None:
    def openssl(*words: str, data: bytes = b"") -> bytes:
        return subprocess.run(["openssl", *words], cwd=tmp_path, input=data, capture_output=True, check=True).stdout

    openssl("genrsa", "-out", "key.pem", "2048")
    openssl("rsa", "-in", "key.pem", "-pubout", "-out", "public.pem")
    padding = ["-pkeyopt", "rsa_padding_mode:oaep", "-pkeyopt", "rsa_oaep_md:sha256"]
    hidden = openssl("pkeyutl", "-encrypt", "-pubin", "-inkey", "public.pem", *padding, data=b"from openssl")
    lines = run(
        ruff_executable,
        tmp_path,
        'private := read_file("key.pem")\npublic := read_file("public.pem")\n'
        f'print(rsa_decrypt("{base64.b64encode(hidden).decode()}", private))\n'
        'print(rsa_encrypt("from ruff", public))\nprint(rsa_sign("message", private))\n',
    )
    assert lines[0] == "from openssl"
    (tmp_path / "hidden").write_bytes(base64.b64decode(lines[1]))
    assert openssl("pkeyutl", "-decrypt", "-inkey", "key.pem", *padding, "-in", "hidden") == b"from ruff"
    (tmp_path / "signature").write_bytes(base64.b64decode(lines[2]))
    (tmp_path / "message").write_bytes(b"message")
    assert b"Verified OK" in openssl("dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", "message")
    encrypted = run(ruff_executable, tmp_path, 'print(aes_encrypt("x", "k"))')[0]
    assert len(base64.b64decode(encrypted)) == 12 + 1 + 16
