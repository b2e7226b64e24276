"""Requests a second of an HTTP server in Ruff, beside node's `http`, on one core each, over connections that stay open.

    python benchmarks/http_servers.py --ruff path/to/ruff [--seconds 5] [--rounds 3] [--connections 64]

Needs `wrk`, `node` and `taskset`. The servers run on core 0 and the load generator on core 1, one server at a time, in turns. The exit code is 1
where any request got no answer or a wrong one.
"""

import argparse
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BODY = "Hello, world!"
RUFF = f"""
server := http_server(PORT)
server := server.route("GET", "/", func(req) {{ return http_response(200, "{BODY}") }})
server.listen()
"""
NODE = f"require('http').createServer((request, response) => {{ response.end('{BODY}') }}).listen(PORT, '127.0.0.1')"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def start(command: list[str], port: int) -> subprocess.Popen[bytes]:
    """The server, once it answers, and with the right text."""
    process = subprocess.Popen(["taskset", "-c", "0", *command])
    for _ in range(300):
        time.sleep(0.02)
        try:
            with socket.create_connection(("127.0.0.1", port)) as client:
                client.sendall(b"GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                said = b"".join(iter(lambda: client.recv(4096), b""))
        except OSError:
            continue
        if said.startswith(b"HTTP/1.1 200 OK\r\n") and BODY.encode() in said:
            return process
        break
    process.kill()
    raise SystemExit(f"{command[0]} does not answer as it should")


def load(port: int, seconds: int, connections: int) -> tuple[float, str]:
    """Requests a second, and what went wrong."""
    command = ["taskset", "-c", "1", "wrk", "-t1", f"-c{connections}", f"-d{seconds}", f"http://127.0.0.1:{port}/"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    wrong = re.search(r"(Socket errors|Non-2xx).*", said)
    assert rate is not None, said
    return float(rate[1]), wrong[0] if wrong else ""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ruff", required=True)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=64)
    options = parser.parse_args()
    missing = [name for name in ("wrk", "node", "taskset") if shutil.which(name) is None]
    if missing:
        raise SystemExit(f"not installed: {', '.join(missing)}")
    rates: dict[str, list[float]] = {"ruff": [], "node": []}
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(options.rounds):
            for name, text in ("ruff", RUFF), ("node", NODE):
                port = free_port()
                path = Path(folder) / f"server.{'ruff' if name == 'ruff' else 'js'}"
                path.write_text(text.replace("PORT", str(port)))
                command = [str(Path(options.ruff).resolve()), "run"] if name == "ruff" else ["node"]
                process = start([*command, str(path)], port)
                try:
                    rate, wrong = load(port, options.seconds, options.connections)
                finally:
                    process.kill()
                    process.wait()
                rates[name].append(rate)
                if wrong:
                    failures.append(f"{name}: {wrong}")
    for name, found in rates.items():
        shown = ", ".join(f"{rate:,.0f}" for rate in found)
        print(f"{name}: {statistics.median(found):,.0f} requests a second ({shown})")
    print(f"ruff / node: {statistics.median(rates['ruff']) / statistics.median(rates['node']):.2f}")
    print("\n".join(failures) or "every request was answered")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
