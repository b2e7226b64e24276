"""Every builtin with arguments that it does not expect: a value or an error that can be caught, never an end of the program."""

import random
import subprocess
from pathlib import Path

import pytest

from tracewright_ruff.builtins.registry import NATIVES

# They end the program, wait for something that will not come, or ask the network.
LEFT_OUT = {"exit", "sleep", "tcp_accept", "udp_receive_from", "http_listen", "tcp_connect", "udp_send_to"}
SLOW = {"hash_password", "verify_password", "rsa_generate_keypair"}
VALUES = """
null, true, 0, -1, 3, 9223372036854775807, 1.5, -0.0, to_float("nan"), to_float("inf"), "", "x", "1", "a,b", "é\\n", [], [1, "a", null], [[1, 2], [3]], {}, {"a": 1},
print, func(x) { return x }, func(x, y) { throw("thrown") }, bytes([0, 255]), Set([1]), Queue([1]), Stack([]), Ok(1), None, channel(), async_sleep(1), http_response(200, "x"),
db_connect("sqlite", ":memory:"), udp_bind("127.0.0.1", 0), tcp_listen("127.0.0.1", 0), http_server(0), db_pool("sqlite", ":memory:"), arg_parser(), P { a: 1 }, (Color::Red(1)), gen()
"""
PROGRAM = """
struct P { a: int }
func* gen() { yield 1 }
vs := [VALUES]
returned := 0
refused := 0
func gave() { returned := returned + 1 }
func note(e) { refused := refused + 1  if type(e.message) != "string" || e.message == "" { print("an error without a message") } }
CALLS
print("END", returned, refused)
"""
CALLS_EACH = 25


def calls(names: list[str], seed: int) -> list[str]:
    """Lines that call each of the builtins with values chosen at random."""
    chance = random.Random(seed)
    lines = []
    for name in names:
        for _ in range(3 if name in SLOW else CALLS_EACH):
            arguments = ", ".join(
                f"vs[{chance.randrange(41)}]" for _ in range(chance.choice([0, 1, 1, 2, 2, 2, 3, 3, 4]))
            )
            lines.append(f"try {{ {name}({arguments})  gave() }} except e {{ note(e) }}")
    return lines


@pytest.mark.parametrize("seed", [1, 2])
def test_arguments(seed: int, ruff_executable: Path, tmp_path: Path) -> None:
    names = [native.name for native in NATIVES if native.name not in LEFT_OUT]
    lines = calls(names, seed)
    text = PROGRAM.replace("VALUES", VALUES.strip()).replace("CALLS", "\n".join(lines))
    (tmp_path / "program.ruff").write_text(text)
    finished = subprocess.run(
        [str(ruff_executable), "run", "program.ruff"],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=120,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr[-2000:]
    returned, refused = finished.stdout.rpartition("END")[2].split()
    assert int(returned) + int(refused) == len(lines), finished.stdout[-1000:]
    assert "an error without a message" not in finished.stdout
