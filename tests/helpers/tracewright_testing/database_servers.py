"""Database servers for tests: started in a folder of their own, and gone with the test session."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

HOST = "127.0.0.1"
STARTING_SECONDS = 60
OTHER_USERS = ("postgres", "mysql", "nobody")  # the servers refuse to run as root


def command(name: str, *folders: str) -> str:
    """Where a command is; skips if it is nowhere."""
    places = [
        str(path) for pattern in folders for path in sorted(Path("/").glob(pattern.removeprefix("/")), reverse=True)
    ]
    found = shutil.which(name, path=os.pathsep.join([*places, os.environ["PATH"]]))
    return found if found is not None else pytest.skip(f"{name} is not installed")


def free_port() -> int:
    with socket.create_server((HOST, 0)) as server:
        port: int = server.getsockname()[1]
    return port


def another_user() -> str | None:
    """Whom a server is to run as; None: as ourselves."""
    if os.geteuid() != 0:
        return None
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    found = next((name for name in OTHER_USERS if name in known), None)
    return found if found is not None else pytest.skip("there is no user but root")


@contextmanager
def served(make: list[str], serve: list[str], port: int, folder: Path, user: str | None) -> Iterator[None]:
    """Run the command that makes a database, then its server, until it listens."""
    log = folder / "log"
    with log.open("wb") as output:
        made = subprocess.run(make, stdout=output, stderr=output, user=user, cwd=folder, timeout=120, check=False)
        if made.returncode != 0:
            pytest.fail(f"{make[0]} failed: {log.read_text()}")
        process = subprocess.Popen(serve, stdout=output, stderr=output, user=user, cwd=folder)
        try:
            end = time.monotonic() + STARTING_SECONDS
            while True:
                with socket.socket() as client:
                    if client.connect_ex((HOST, port)) == 0:
                        break
                if process.poll() is not None or time.monotonic() > end:
                    pytest.fail(f"{serve[0]} does not start: {log.read_text()}")
                time.sleep(0.05)
            yield
        finally:
            process.terminate()
            process.wait(30)


@contextmanager
def own_folder(user: str | None) -> Iterator[Path]:
    """A folder that the server's user may write to, with a short name, as sockets need it."""
    with tempfile.TemporaryDirectory(prefix="tw-db-", ignore_cleanup_errors=True) as name:
        if user is not None:
            shutil.chown(name, user)
        yield Path(name)


@contextmanager
def postgres_server() -> Iterator[str]:
    """The connection string of a server of PostgreSQL."""
    folders = "/usr/lib/postgresql/*/bin"
    initdb, server = command("initdb", folders), command("postgres", folders)
    user, port = another_user(), free_port()
    with own_folder(user) as folder:
        data = str(folder / "data")
        make = [initdb, "-D", data, "-U", "ruff", "-A", "trust", "-N", "-E", "UTF8", "--locale", "C.UTF-8"]
        serve = [server, "-D", data, "-p", str(port), "-h", HOST, "-k", str(folder), "-F"]
        with served(make, serve, port, folder, user):
            yield f"host={HOST} port={port} user=ruff dbname=postgres connect_timeout=20"


@contextmanager
def mysql_server() -> Iterator[str]:
    """The connection string of a server of MariaDB."""
    install, server = command("mariadb-install-db"), command("mariadbd", "/usr/sbin")
    user, port = another_user(), free_port()
    with own_folder(user) as folder:
        data = str(folder / "data")
        common = ["--no-defaults", f"--datadir={data}"]
        make = [install, *common, "--auth-root-authentication-method=normal", "--skip-test-db"]
        serve = [
            server,
            *common,
            f"--port={port}",
            f"--bind-address={HOST}",
            f"--socket={folder}/socket",
            "--skip-grant-tables",
            "--skip-networking=0",
        ]
        with served(make, serve, port, folder, user):
            yield f"mysql://root@{HOST}:{port}/test"
