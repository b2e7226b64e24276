"""Python examples in documents: each line is run, and what its comment says is compared with the value that it has.

    ruff.call("twice", 1)  # [1, 1]
    ruff.call("twice")  # GuestError: twice expects 1 arguments, got 0
    ruff = tracewright.load("ruff")  # a remark: the line is no expression

After a value, `: ` begins a remark.
"""

import json
from collections.abc import Callable

SHOW = """
def shown(text):
    try:
        return repr(eval(text))
    except tracewright.embed.EmbedError as error:
        return f"{type(error).__name__}: {error}"
"""


def check_examples(code: str, run: Callable[[str], str]) -> None:
    """Run the examples by `run`, which gives what a script prints."""
    promises = []
    script = ["import json", "seen = []", SHOW]
    for line in code.splitlines():
        text, _, comment = line.partition("  # ")
        if comment and is_expression(text):
            promises.append((text, comment))
            script.append(f"seen.append(shown({text!r}))")
        else:
            script.append(text)
    script.append("print(json.dumps(seen))")
    values = json.loads(run("\n".join(script)))
    assert promises
    for (text, comment), value in zip(promises, values, strict=True):
        assert comment == value or comment.startswith(f"{value}: "), f"{text} gives {value}, not {comment}"


def is_expression(text: str) -> bool:
    """Whether the line has a value."""
    try:
        compile(text, "example", "eval")
    except SyntaxError:
        return False
    return True
