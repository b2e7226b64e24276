"""No code but the table itself decides by the spelling of an operation's name, and no row can be added without its traits.

if row.name.startswith("guard_"): ...          a finding: ask row.role
if NAMES[operation] in {"jump", "link"}: ...   a finding in code: ask for a trait, or compare the number with ops.JUMP
raise ValueError(f"{row.name} is ...")         fine: for people to read
"""

import ast
from pathlib import Path

import pytest

from tracewright.core import effects, operation_row, operation_tables, roles
from tracewright.core import operations as op
from tracewright.core.arrays import Array
from tracewright.jit.trace import run

ROOT = Path(__file__).parents[2]
THE_TABLE = {"operations.py", "operation_row.py", "operation_tables.py"}
SOURCES = sorted(path for root in ("framework", "backends", "tests") for path in (ROOT / root).rglob("*.py"))
MODULES = [path for path in SOURCES if "operations" in path.read_text() and path.name not in THE_TABLE]


def is_row(node: ast.expr, rows: set[str]) -> bool:
    """Whether the expression is a row of the table: TABLE[...], BY_NAME[...], or a variable known to hold one."""
    if isinstance(node, ast.Name):
        return node.id in rows
    if isinstance(node, ast.Subscript):
        inner = node.value
        return (inner.attr if isinstance(inner, ast.Attribute) else getattr(inner, "id", "")) in ("TABLE", "BY_NAME")
    return False


def is_table(node: ast.expr) -> bool:
    return (node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")) == "TABLE"


def is_row_class(node: ast.expr | None) -> bool:
    return node is not None and ast.unparse(node).split(".")[-1] == "Operation"


def row_variables(tree: ast.AST) -> set[str]:
    """Variables that hold rows somewhere in the module."""
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case (
                ast.For(target=ast.Name(id=name), iter=source)
                | ast.comprehension(target=ast.Name(id=name), iter=source)
            ) if is_table(source):
                found.add(name)
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if is_row(value, set()):
                found.add(name)
            case ast.arg(arg=name, annotation=annotation) if is_row_class(annotation):
                found.add(name)
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation) if is_row_class(annotation):
                found.add(name)
    return found


def is_name_of_row(node: ast.expr, rows: set[str]) -> bool:
    match node:
        case ast.Attribute(value=value, attr="name"):
            return is_row(value, rows)
        case ast.Subscript(value=ast.Name(id="NAMES") | ast.Attribute(attr="NAMES")):
            return True
    return False


def is_text_method(node: ast.expr) -> bool:
    """Whether a text is made of another: `name.replace("load", "store")`."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and hasattr(str, node.func.attr)


def findings(source: str, strict: bool) -> list[str]:
    """Places where the name of a row, or a part of it, decides. `strict`: comparing whole names is a finding too."""
    tree = ast.parse(source)
    rows = row_variables(tree)
    found: list[ast.expr] = []
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=value)) | ast.Subscript(value=value) if is_name_of_row(value, rows):
                found.append(node)  # a method of the text, or a slice of it
            case ast.BinOp(left=left, right=right) if is_name_of_row(left, rows) or is_name_of_row(right, rows):
                found.append(node)
            case ast.Subscript(value=ast.Name(id="BY_NAME") | ast.Attribute(attr="BY_NAME"), slice=key):
                if isinstance(key, (ast.JoinedStr, ast.BinOp)) or is_text_method(key):
                    found.append(node)  # a name put together
            case ast.Compare(left=left, comparators=others) if strict:
                if any(is_name_of_row(operand, rows) for operand in (left, *others)):
                    found.append(node)
            case ast.Match(subject=subject) if strict and is_name_of_row(subject, rows):
                found.append(subject)
    return [f"{node.lineno}: {ast.unparse(node)}" for node in found]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_decides_by_spelling(path: Path) -> None:
    assert findings(path.read_text(), strict=path.parts[len(ROOT.parts)] != "tests") == []


@pytest.mark.parametrize(
    "source",
    [
        "x = [row.name.startswith('load') for row in op.TABLE]",
        "row = op.TABLE[3]\nx = row.name[-3:]",
        "def f(row: Operation) -> None:\n    print(row.name.removesuffix('_ovf'))",
        "x = op.BY_NAME[f'int_{relation}']",
        "x = [BY_NAME[row.name + '_ovf'] for row in TABLE]",
        "x = NAMES[operation].endswith('_at')",
        "x = BY_NAME[name.replace('store', 'load')]",
        "for row in TABLE:\n    x = row.name in {'jump', 'link'}",
        "match op.TABLE[operation].name:\n    case 'jump':\n        pass",
        "x = TABLE[operation].name == 'call_c'",
    ],
)
def test_spelling_is_found(source: str) -> None:
    assert findings(source, strict=True)


def test_names_may_be_shown() -> None:
    shown = "for row in TABLE:\n    print(row.name, f'{row.name}: {NAMES[row.number]}')\nx = {row.name: row for row in TABLE}"
    assert findings(shown, strict=True) == []


@pytest.mark.parametrize(
    ("fault", "takes", "gives", "role", "traits"),
    [
        ("note must say", "i", "i", roles.UNTRACED, {}),
        ("gives something", "i", "v", roles.PURE, {}),
        ("no effects", "i", "i", roles.PURE, {"effects": effects.WRITES}),
        ("what it is swapped", "ii", "i", roles.PURE, {"relation": "<", "inverse": "int_ge"}),
        ("has an inverse", "ii", "i", roles.PURE, {"relation": "<", "swapped": "int_gt"}),
        ("only comparisons have relatives", "ii", "i", roles.PURE, {"inverse": "int_ge"}),
        ("tag is a condition", "r", "i", roles.PURE, {"asks_tag": True}),
        ("gives 0 or 1", "r", "f", roles.PURE, {"condition": True}),
        ("names the row that wraps", "ii", "i", roles.CHECKED, {}),
        ("names the row that wraps", "ii", "i", roles.PURE, {"unchecked": "int_add"}),
        ("names the load", "ri#i", "v", roles.STORE, {}),
        ("only loads and stores are of items", "ri#", "i", roles.PURE, {"item": True}),
        ("alias class", "ri", "i", roles.LOAD, {"item": True}),
        ("what it stores", "ri#", "v", roles.STORE, {"forwards": "load_at"}),
        ("a function and a list", "#", "i", roles.RESIDUAL_CALL, {}),
        ("leave", "i", "i", roles.PURE, {"guard": True}),
    ],
)
def test_row_without_its_traits_is_refused(
    fault: str, takes: str, gives: str, role: int, traits: dict[str, bool | int | str]
) -> None:
    before = len(op.TABLE)
    with pytest.raises(ValueError, match=f"operation new_one: .*{fault}"):
        operation_row.row("new_one", takes, gives, role, **traits)  # type: ignore[arg-type]
    assert len(op.TABLE) == before


def test_role_is_wanted() -> None:
    with pytest.raises(TypeError, match="role"):
        operation_row.row("new_one", "i", "i")  # type: ignore[call-arg]


def test_every_table_has_every_row() -> None:
    tables = {name: table for name, table in vars(operation_tables).items() if isinstance(table, Array)}
    assert len(tables) > 20
    for name, table in tables.items():
        assert len(table) in (len(op.TABLE), operation_tables.JITCODE_OPERATIONS), name
    assert len(roles.EFFECTS) == roles.COUNT


def test_reference_interpreter_knows_every_raw_access() -> None:
    for role, table in ((roles.RAW_LOAD, run.RAW_LOADS), (roles.RAW_WRITE, run.RAW_WRITES)):
        assert set(table) == {row.number for row in op.TABLE if row.role == role}


def test_relatives_are_mutual() -> None:
    for row in op.TABLE:
        inverse, swapped = operation_tables.INVERSE[row.number], operation_tables.SWAPPED[row.number]
        assert inverse < 0 or operation_tables.INVERSE[inverse] == row.number, row.name
        assert swapped < 0 or operation_tables.SWAPPED[swapped] == row.number, row.name
        unchecked = operation_tables.UNCHECKED[row.number]
        assert unchecked < 0 or operation_tables.CHECKED[unchecked] == row.number, row.name
        assert unchecked < 0 or op.TABLE[unchecked].takes == row.takes, row.name
        if row.role == roles.STORE:
            load = op.TABLE[operation_tables.LOAD_OF_STORE[row.number]]
            assert (load.role, load.item, load.gives) == (roles.LOAD, row.item, row.takes[3]), row.name
        if row.role == roles.LOAD:
            assert operation_tables.STORE_OF_LOAD[row.number] >= 0, row.name


def test_relations_mean_what_they_say() -> None:
    samples: list[tuple[int, int]] = [(0, 0), (1, 2), (2, 1), (-1, 1), (1, -1)]
    compare = {"==": "a == b", "!=": "a != b", "<": "a < b", "<=": "a <= b", ">": "a > b", ">=": "a >= b"}
    for row in op.TABLE:
        if row.relation:
            assert row.meaning is not None
            for a, b in samples:
                x, y = (a % (1 << 64), b % (1 << 64)) if row.signed else (a, b)
                assert row.meaning(a, b) == eval(compare[row.relation], {"a": x, "b": y}), (row.name, a, b)
