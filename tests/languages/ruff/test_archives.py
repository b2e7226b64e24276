"""Zip archives: with Python's `zipfile` and the commands `zip` and `unzip`, and those that are none."""

import random
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from tracewright_ruff.libraries_zip import ZIP
from tracewright_testing.libraries import needs
from tracewright_testing.tiers import HOSTED, OFF, Tier, TierRunner

TIERS = (OFF, HOSTED)
pytestmark = needs(ZIP)


def run(tier: Tier, ruff: Path, folder: Path, text: str) -> list[str]:
    (folder / "program.ruff").write_text(text)
    outcome = TierRunner(tier, ruff).run_file(Path("program.ruff"), folder=str(folder))
    assert outcome.errors == "" and outcome.exit_code == 0, outcome
    return outcome.output.splitlines()


@pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)
def test_there_and_back(tier: Tier, ruff_executable: Path, tmp_path: Path) -> None:
    deep = tmp_path / "docs" / "inner" / "empty"
    deep.mkdir(parents=True)
    (tmp_path / "docs" / "a.txt").write_text("one")
    (tmp_path / "docs" / "inner" / "é.bin").write_bytes(bytes(range(256)) * 1000)
    (tmp_path / "single").write_text("two")
    lines = run(
        tier,
        ruff_executable,
        tmp_path,
        'z := zip_create("out.zip")\nprint(type(z), z, zip_add_file(z, "./single"), zip_add_file(z, "single", "x/y"), zip_add_dir(z, "docs/"))\n'
        'print(file_exists("out.zip"), zip_close(z), file_exists("out.zip"))\n'
        'print(unzip("out.zip", "back/here"))\n',
    )
    assert lines == [
        "ziparchive <unknown> true true true",
        "false true true",
        "[back/here/single, back/here/x/y, back/here/docs/a.txt, back/here/docs/inner/é.bin]",
    ]
    with zipfile.ZipFile(tmp_path / "out.zip") as made:
        assert made.testzip() is None
        assert made.namelist() == [
            "single",
            "x/y",
            "docs/",
            "docs/a.txt",
            "docs/inner/",
            "docs/inner/empty/",
            "docs/inner/é.bin",
        ]
        assert made.getinfo("docs/inner/é.bin").compress_size < 20_000
    assert (tmp_path / "back/here/docs/inner/é.bin").read_bytes() == bytes(range(256)) * 1000
    assert (tmp_path / "back/here/docs/inner/empty").is_dir()


def test_archives_of_others(ruff_executable: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "stored.zip", "w") as made:
        made.writestr("a/b.txt", "stored")
        made.writestr("c.txt", "deflated " * 100, zipfile.ZIP_DEFLATED)
    lines = run(
        OFF,
        ruff_executable,
        tmp_path,
        'print(unzip("stored.zip", "out"))\nprint(read_file("out/a/b.txt"), len(read_file("out/c.txt")))',
    )
    assert lines == ["[out/a/b.txt, out/c.txt]", "stored 900"]


@pytest.mark.skipif(shutil.which("zip") is None or shutil.which("unzip") is None, reason="there are no zip commands")
def test_the_commands_agree(ruff_executable: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "f").write_text("text " * 1000)
    subprocess.run(["zip", "-qr", "made.zip", "folder"], cwd=tmp_path, check=True)
    lines = run(
        OFF,
        ruff_executable,
        tmp_path,
        'print(unzip("made.zip", "out"))\nz := zip_create("ruff.zip")\nzip_add_dir(z, "folder")\nzip_close(z)',
    )
    assert lines == ["[out/folder/f]"]
    said = subprocess.run(["unzip", "-t", "ruff.zip"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert "No errors detected" in said


def test_what_is_refused(ruff_executable: Path, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no archive")
    (tmp_path / "folder").mkdir()
    with zipfile.ZipFile(tmp_path / "outside.zip", "w") as made:
        made.writestr("fine", "x")
        made.writestr("../outside", "x")
    with zipfile.ZipFile(tmp_path / "good.zip", "w") as made:
        made.writestr("f", "x" * 1000)
    data = bytearray((tmp_path / "good.zip").read_bytes())
    data[500] ^= 0xFF
    (tmp_path / "damaged.zip").write_bytes(data)
    lines = run(
        OFF,
        ruff_executable,
        tmp_path,
        """
        z := zip_create("new.zip")
        closed := zip_create("closed.zip")
        zip_add_file(closed, "text")
        zip_close(closed)
        nowhere := zip_create("nowhere/new.zip")
        zip_add_file(nowhere, "text")
        for f in [
            func() { return zip_create(1) }, func() { return zip_create("folder") }, func() { return zip_add_file(1, "text") },
            func() { return zip_add_file(z, "missing") }, func() { return zip_add_file(z, "folder") }, func() { return zip_add_dir(z, "text") },
            func() { return zip_add_file(closed, "text") }, func() { return zip_close(closed) }, func() { return zip_close(nowhere) }, func() { return unzip("text", "o") },
            func() { return unzip("missing.zip", "o") }, func() { return unzip("outside.zip", "o") }, func() { return unzip("damaged.zip", "o") },
            func() { return unzip("good.zip", "text") }, func() { return unzip("good.zip") },
        ] { try { print(f()) } except e { print(e.message) } }
        """,
    )
    for place, beginning in (1, "Cannot create archive 'folder': "), (8, "Cannot write archive 'nowhere/new.zip': "):
        assert lines[place].startswith(beginning)  # the library's own words follow
        lines[place] = beginning
    assert lines == [
        "zip_create() requires a path string",
        "Cannot create archive 'folder': ",
        "zip_add_file() requires a zip archive",
        "Cannot add to archive 'missing': No such file or directory (os error 2)",
        "Cannot add to archive 'folder': it is no file",
        "Cannot add to archive 'text': it is no folder",
        "zip_add_file() archive is closed",
        "zip_close() archive is closed",
        "Cannot write archive 'nowhere/new.zip': ",
        "Cannot open archive 'text': Not a zip archive",
        "Cannot open archive 'missing.zip': No such file",
        "Cannot extract 'outside.zip': the entry '../outside' would be outside of the folder",
        "Cannot extract 'o/f': the archive is damaged",
        "Cannot create directory 'text': File exists (os error 17)",
        "unzip() requires an archive path and a folder path string",
    ]
    assert not (tmp_path / "outside").exists() and not (tmp_path / "o" / "fine").exists()


def test_a_full_disk(ruff_executable: Path, tmp_path: Path) -> None:
    program = 'z := zip_create("big.zip")\nzip_add_file(z, "noise")\ntry { zip_close(z) } except e { print(e.message) }\nprint(file_exists("big.zip"))'
    (tmp_path / "program.ruff").write_text(program)
    (tmp_path / "noise").write_bytes(random.Random(1).randbytes(300_000))
    limited = ["bash", "-c", 'trap "" XFSZ; ulimit -f 100; exec "$@"', "-", str(ruff_executable), "run", "program.ruff"]
    finished = subprocess.run(limited, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert finished.stdout.splitlines() == ["Cannot write archive 'big.zip': Write error: File too large", "false"]
