"""PostgreSQL and MariaDB, servers of which the tests start; and pools of connections."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tracewright_ruff.databases_mysql import pieces_between_parameters
from tracewright_ruff.libraries_mariadb import MARIADB
from tracewright_ruff.libraries_postgres import POSTGRES
from tracewright_testing.database_servers import mysql_server, postgres_server
from tracewright_testing.libraries import needs
from tracewright_testing.tiers import HOSTED, OFF, Tier, TierRunner

TIERS = (OFF, HOSTED)


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with postgres_server() as place:
        yield place


@pytest.fixture(scope="module")
def mysql() -> Iterator[str]:
    with mysql_server() as place:
        yield place


def run(tier: Tier, ruff: Path, place: str, text: str) -> list[str]:
    outcome = TierRunner(tier, ruff).run_text(f'place := "{place}"\n{text}')
    assert outcome.errors == "" and outcome.exit_code == 0, outcome
    return outcome.output.splitlines()


# --- PostgreSQL ------------------------------------------------------------------------------------------------------
POSTGRES_PROGRAM = """
db := db_connect("postgres", place)
db_execute(db, "DROP TABLE IF EXISTS users")
db_execute(db, "CREATE TABLE users (id SERIAL PRIMARY KEY, name TEXT NOT NULL, age INTEGER, score DOUBLE PRECISION, ok BOOLEAN, photo BYTEA, price NUMERIC(10,2), big BIGINT, made DATE)")
insert := "INSERT INTO users (name, age, score, ok, photo, price, big, made) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)"
print(db_execute(db, insert, ["Zoë '; -- \\\\ \\"", 30, 1.5, true, bytes([0, 255, 39]), 12.34, 9007199254740993, "2024-02-29"]), db_last_insert_id(db))
print(db_execute(db, "INSERT INTO users (name, age) VALUES ($1, $2), ('', 7)", ["Bob", null]))
rows := db_query(db, "SELECT * FROM users ORDER BY id")
for row in rows { print(row) }
print(rows[0]["photo"] == bytes([0, 255, 39]))
print(db_query(db, "SELECT count(*) AS n, avg(age) AS a FROM users WHERE age > $1", [5]))
print(db_execute(db, "UPDATE users SET age = 1"), db_execute(db, "SELECT 1"), db_query(db, "SELECT 1 WHERE false"))
db_begin(db)
db_execute(db, "DELETE FROM users")
db_rollback(db)
db_begin(db)
db_execute(db, "DELETE FROM users WHERE name = ''")
db_commit(db)
print(db_query(db, "SELECT count(*) AS n FROM users"))
db_begin(db)
for i in 1000 { db_execute(db, "INSERT INTO users (name, big) VALUES ($1, $2)", ["x", i]) }
db_commit(db)
print(db_query(db, "SELECT sum(big)::bigint AS s FROM users WHERE name = 'x'"))
for f in [
    func() { return db_query(db, "SELECT nope") }, func() { return db_query(db, "") }, func() { return db_query(db, "SELECT $1::int", []) },
    func() { return db_query(db, "SELECT $1::int", ["x"]) }, func() { return db_execute(db, "SELECT 1; SELECT 2") }, func() { return db_execute(db, "INSERT INTO users (id) VALUES (1)") },
    func() { return db_query(db, "SELECT $1::text", [print]) }, func() { return db_query(db, "SELECT 1", 5) }, func() { return db_query(db, 5) },
    func() { db_close(db)  return db_query(db, "SELECT 1") }, func() { return db_connect("postgres", "nonsense") },
] { try { print(f()) } except e { print(e.message) } }
try { db_connect("postgres", "host=127.0.0.1 port=1 user=x") } except e { print(contains(e.message, "Failed to connect to PostgreSQL: ")) }
"""
POSTGRES_OUTPUT = [
    "1 1",
    "2",
    '{"age": 30, "big": 9007199254740993, "id": 1, "made": 2024-02-29, "name": Zoë \'; -- \\ ", "ok": true, "photo": <unknown>, "price": 12.34, "score": 1.5}',
    '{"age": null, "big": null, "id": 2, "made": null, "name": Bob, "ok": null, "photo": null, "price": null, "score": null}',
    '{"age": 7, "big": null, "id": 3, "made": null, "name": , "ok": null, "photo": null, "price": null, "score": null}',
    "true",
    '[{"a": 18.5, "n": 2}]',
    "3 0 []",
    '[{"n": 2}]',
    '[{"s": 499500}]',
    'db_query() failed: column "nope" does not exist',
    "db_query() requires an SQL statement",
    'db_query() failed: bind message supplies 0 parameters, but prepared statement "" requires 1',
    'db_query() failed: invalid input syntax for type integer: "x"',
    "db_execute() failed: cannot insert multiple commands into a prepared statement",
    'db_execute() failed: null value in column "name" of relation "users" violates not-null constraint',
    "a database cannot hold NativeFunction(print)",
    "db_query() parameters must be an array",
    "db_query() requires a SQL string",
    "db_query() database connection is closed",
    'Failed to connect to PostgreSQL: missing "=" after "nonsense" in connection info string',
    "1",
]


@needs(POSTGRES)
@pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)
def test_postgres(tier: Tier, postgres: str, ruff_executable: Path) -> None:
    assert run(tier, ruff_executable, postgres, POSTGRES_PROGRAM) == POSTGRES_OUTPUT


@needs(POSTGRES)
def test_a_pool_of_a_server(postgres: str, ruff_executable: Path) -> None:
    """Ten tasks share three connections."""
    program = """
    pool := db_pool("postgres", place, {"max_connections": 3})
    func work(n) {
        db := db_pool_acquire(pool)
        await async_sleep(2)
        got := db_query(db, "SELECT $1::int + 1 AS x", [n])[0]["x"]
        db_pool_release(pool, db)
        return got
    }
    print(await parallel_map(range(10), work), db_pool_stats(pool))
    """
    assert run(OFF, ruff_executable, postgres, program) == [
        '[1, 2, 3, 4, 5, 6, 7, 8, 9, 10] {"available": 3, "in_use": 0, "max": 3, "total": 3}'
    ]


# --- MariaDB ---------------------------------------------------------------------------------------------------------
MYSQL_PROGRAM = """
db := db_connect("mysql", replace(place, "/test", "/"))
db_execute(db, "DROP DATABASE IF EXISTS test")
db_execute(db, "CREATE DATABASE test CHARACTER SET utf8mb4")
db_close(db)
db := db_connect("mysql", place)
print(db_execute(db, "CREATE TABLE users (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100) NOT NULL, age INT, score DOUBLE, ok BOOLEAN, photo BLOB, price DECIMAL(10,2), big BIGINT UNSIGNED, made DATE, note TEXT)"))
insert := "INSERT INTO users (name, age, score, ok, photo, price, big, made, note) VALUES (?,?,?,?,?,?,?,?,?)"
print(db_execute(db, insert, ["Zoë '; -- \\\\ \\" ? 🌍", 30, 1.5, true, bytes([0, 255, 39]), 12.34, 9007199254740993, "2024-02-29", "n"]), db_last_insert_id(db))
print(db_execute(db, "INSERT INTO users (name, age, big) VALUES ('it''s ? a\\\\'?', ?, 18446744073709551615) -- what?", [null]))
rows := db_query(db, "SELECT * FROM users ORDER BY id # all?\\n")
for row in rows { print(row) }
print(rows[0]["photo"] == bytes([0, 255, 39]))
print(db_query(db, "SELECT count(*) AS n, avg(age) AS a FROM users WHERE age > ? /* ? */", [5]))
print(db_execute(db, "UPDATE users SET age = 1"), db_execute(db, "SELECT 1"), db_query(db, "SELECT 1 FROM users WHERE false"))
db_begin(db)
db_execute(db, "DELETE FROM users")
db_rollback(db)
print(db_query(db, "SELECT count(*) AS n FROM users"))
for f in [
    func() { return db_query(db, "SELECT nope") }, func() { return db_query(db, "SELECT ?", []) }, func() { return db_query(db, "SELECT 1", [2]) },
    func() { return db_query(db, "SELECT ?", [print]) }, func() { return db_query(db, "SELECT ?", [1.0 / 0.1e0 * 0.0 + to_float("inf")]) }, func() { return db_connect("mysql", "x") },
    func() { return db_connect("mysql", "mysql://root@h:x/") }, func() { db_close(db)  return db_close(db) },
] { try { print(f()) } except e { print(e.message) } }
for f in [func() { return db_connect("mysql", "mysql://root@127.0.0.1:1/x") }, func() { return db_connect("mysql", replace(place, "/test", "/none")) }] {
    try { f() } except e { print(contains(e.message, "Failed to connect to MySQL: ")) }
}
"""
MYSQL_OUTPUT = [
    "0",
    "1 1",
    "1",
    '{"age": 30, "big": 9007199254740993, "id": 1, "made": 2024-02-29, "name": Zoë \'; -- \\ " ? 🌍, "note": n, "ok": 1, "photo": <unknown>, "price": 12.34, "score": 1.5}',
    '{"age": null, "big": 18446744073709552000, "id": 2, "made": null, "name": it\'s ? a\'?, "note": null, "ok": null, "photo": null, "price": null, "score": null}',
    "true",
    '[{"a": 30, "n": 1}]',
    "2 0 []",
    '[{"n": 2}]',
    "db_query() failed: Unknown column 'nope' in 'SELECT'",
    "db_query() statement has 1 parameters, got 0",
    "db_query() statement has 0 parameters, got 1",
    "a database cannot hold NativeFunction(print)",
    "a MySQL database cannot hold Float(inf)",
    "Failed to connect to MySQL: the connection string does not begin with mysql://",
    "Failed to connect to MySQL: the port is no number",
    "db_close() database connection is closed",
    "1",
    "1",
]


@needs(MARIADB)
@pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)
def test_mysql(tier: Tier, mysql: str, ruff_executable: Path) -> None:
    program = MYSQL_PROGRAM.replace("1.0 / 0.1e0 * 0.0 + ", "")
    lines = run(tier, ruff_executable, mysql, program)
    assert [line.replace("'field list'", "'SELECT'") for line in lines] == MYSQL_OUTPUT


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", [""]),
        ("a = ? and b=?", ["a = ", " and b=", ""]),
        ("'?' \"?\" `?` ?", ["'?' \"?\" `?` ", ""]),
        ("'it''s ?' ?", ["'it''s ?' ", ""]),
        ("'\\'?' ? `\\` ?", ["'\\'?' ", " `\\` ", ""]),
        ("1 -- ?\n?", ["1 -- ?\n", ""]),
        ("1--? # ?\n? /* ? */ ?", ["1--", " # ?\n", " /* ? */ ", ""]),
        ("'open ?", ["'open ?"]),
        ("/* open ?", ["/* open ?"]),
        ("-- open ?", ["-- open ?"]),
    ],
)
def test_where_parameters_stand(text: str, pieces: list[str]) -> None:
    assert pieces_between_parameters(text) == pieces


# --- pools -----------------------------------------------------------------------------------------------------------
POOL_PROGRAM = """
pool := db_pool("sqlite", ":memory:", {"min_connections": 1, "max_connections": 2, "connection_timeout": 0.05})
print(type(pool), pool, db_pool_stats(pool))
a := db_pool_acquire(pool)
db_execute(a, "CREATE TABLE t (x)")
db_pool_release(pool, a)
a := db_pool_acquire(pool)
print(db_query(a, "SELECT count(*) AS n FROM t"))
b := db_pool_acquire(pool)
try { db_pool_acquire(pool) } except e { print(e.message) }
spawn { sleep(5)  db_pool_release(pool, b) }
c := db_pool_acquire(pool)
print(db_pool_stats(pool))
for f in [
    func() { db_pool_release(pool, a)  return db_pool_release(pool, a) }, func() { return db_pool_release(pool, 1) }, func() { return db_pool_acquire(1) },
    func() { return db_pool("oracle", "x") }, func() { return db_pool("sqlite") }, func() { return db_pool("sqlite", "x", 1) },
    func() { return db_pool("sqlite", "x", {"max_connections": 0}) }, func() { return db_pool_acquire(db_pool("sqlite", "/no/such/folder/x")) },
] { try { print(f()) } except e { print(e.message) } }
spawn { try { db_pool_acquire(pool)  db_pool_acquire(pool) } except e { print(e.message) } }
db_pool_close(pool)
sleep(5)
print(db_pool_stats(pool))
try { db_pool_acquire(pool) } except e { print(e.message) }
try { db_query(c, "SELECT 1") } except e { print(e.message) }
"""
POOL_OUTPUT = [
    'databasepool <unknown> {"available": 0, "in_use": 0, "max": 2, "total": 0}',
    '[{"n": 0}]',
    "db_pool_acquire() failed: no connection became free in 0.05 seconds",
    '{"available": 0, "in_use": 2, "max": 2, "total": 2}',
    "db_pool_release() connection is not one of this pool that is in use",
    "db_pool_release() requires a pool and a database connection",
    "db_pool_acquire() requires a database pool",
    "db_pool() knows no database type 'oracle'",
    "db_pool() requires database type and connection string",
    "db_pool() options must be a dictionary",
    "db_pool() option 'max_connections' must be a number between 1 and 1000",
    "Failed to connect to SQLite database '/no/such/folder/x': unable to open database file",
    "db_pool_acquire() failed: the pool was closed",
    '{"available": 0, "in_use": 0, "max": 2, "total": 0}',
    "db_pool_acquire() pool is closed",
    "db_query() database connection is closed",
]


@pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)
def test_pool(tier: Tier, ruff_executable: Path) -> None:
    assert run(tier, ruff_executable, "", POOL_PROGRAM) == POOL_OUTPUT
