"""The runner over test262-parser-tests tells right from wrong; the package itself is not kept here."""

from pathlib import Path

from tracewright_testing.javascript_parser_tests import hosted_verdict, run


def test_the_runner_finds_what_is_wrong(tmp_path: Path) -> None:
    files = {
        "pass/a.js": "a, b, c",
        "pass-explicit/a.js": "((a), b), c;",
        "pass/b.js": "a + b",
        "pass-explicit/b.js": "a + (b + c)",
        "pass/c.module.js": "import a from 'b'",
        "pass-explicit/c.module.js": "import a from 'b';",
        "fail/d.js": "a b",
        "fail/e.js": "a",
        "early/0f5f47108da5c34e.js": "try {} catch(a) { for(var a of 1); }",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    outcomes = run(tmp_path, hosted_verdict, True)
    assert outcomes["pass"].wrong == []
    assert outcomes["pass-explicit"].wrong == ["pass-explicit/b.js: another tree than in pass"]
    assert outcomes["fail"].wrong == ["fail/e.js: accepted"]
    assert (outcomes["early"].wrong, outcomes["early"].outdated) == ([], 1)
