"""Files of SQLite that other programs have made, and those that Ruff makes for them."""

import sqlite3
import subprocess
from pathlib import Path


def run(ruff: Path, folder: Path, text: str) -> str:
    (folder / "program.ruff").write_text(text)
    finished = subprocess.run(
        ["bash", "-c", 'ulimit -n 100; exec "$@"', "-", str(ruff), "run", "program.ruff"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return finished.stdout


def test_a_file_of_another_program(ruff_executable: Path, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "made.db") as made:
        made.execute("create table people (name text, age integer, score real, photo blob)")
        rows = [("Ada", 36, 9.5, b"\0\1"), ("Zoë", None, -1e300, None)]
        made.executemany("insert into people values (?, ?, ?, ?)", rows)
    made.close()
    program = 'db := db_connect("sqlite", "made.db")\nfor row in db_query(db, "select * from people") { print(row) }'
    expected = '{{"age": 36, "name": Ada, "photo": <unknown>, "score": 9.5}}\n{{"age": null, "name": Zoë, "photo": null, "score": {}}}\n'
    assert run(ruff_executable, tmp_path, program) == expected.format("-1" + "0" * 300)


def test_another_program_reads_what_ruff_has_written(ruff_executable: Path, tmp_path: Path) -> None:
    program = """
db := db_connect("sqlite", "made.db")
db_execute(db, "create table t (i integer, f real, s text, b blob)")
db_begin(db)
for i in 2000 { db_execute(db, "insert into t values (?, ?, ?, ?)", [i, i / 2.0, "ö" + to_string(i), bytes([i % 256])]) }
db_commit(db)
db_begin(db)
db_execute(db, "delete from t")
print("the program ends before the transaction does")
"""
    run(ruff_executable, tmp_path, program)
    read = sqlite3.connect(tmp_path / "made.db")
    rows = read.execute("select * from t order by i").fetchall()
    read.close()
    assert rows == [(i, i / 2, f"ö{i}", bytes([i % 256])) for i in range(2000)]


def test_a_connection_that_is_dropped_is_closed(ruff_executable: Path, tmp_path: Path) -> None:
    """There are more of them than the process may have open files."""
    program = """
func look(n) { db := db_connect("sqlite", "made.db")  return db_query(db, "select ? as n", [n])[0]["n"] }
total := 0
for i in 3000 { total := total + look(i)  junk := range(2000) }
print(total)
"""
    assert run(ruff_executable, tmp_path, program) == f"{sum(range(3000))}\n"
