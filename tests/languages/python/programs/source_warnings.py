"""What a correct text surely does not mean is warned of when it is compiled: once, and as a SyntaxError where a filter wants exceptions."""

import warnings

TEXTS = [
    "x is 'a'",
    "x is not -1",
    "x is ()",
    "1 is x is None",
    "x is (1, 'b')",
    "x is (1, y)",
    "x is None or x is True or x is ...",
    "[(1, 2) (3, 4)]",
    "[[1] (3, 4), {1: 2} (3), {1} (2), 5 (1), 'a' (2), None (1), f'{x}' (1), (y for y in x) (1)]",
    "(lambda: 1)(), (lambda: 1)[0]",
    "5[1], 1.5[1], {1}[0], {y for y in x}[0], (y for y in x)[0], ...[1], True[0]",
    "'a'['b'], b'a'[1.5], (1, 2)[3, 4], [1][None], [y for y in x]['a'], 'a'[x], 'a'[1:2], 'a'[True], {1: 2}['a']",
]
STATEMENTS = ["assert (x, 'message')", "assert ()", "assert x, 'message'", "def f():\n    assert (1,)", "'a'['b'] = 1"]

for text in TEXTS + STATEMENTS:
    mode = "exec" if text in STATEMENTS else "eval"
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        code = compile(text, "<text>", mode)
        try:
            exec(code, {"x": [1], "y": 2})
        except (TypeError, AssertionError):
            pass
    for each in caught:
        print(text, each.category.__name__, each.message, each.filename, each.lineno, sep=" | ")

warnings.simplefilter("error")
for text in TEXTS[:1] + STATEMENTS[:1]:
    try:
        exec(text)
    except SyntaxError as problem:
        print(problem, problem.lineno, problem.offset, problem.end_offset)

nested = []
for _ in range(3000):
    nested = [nested]
try:
    repr(nested)
except RecursionError as problem:
    print(problem)
