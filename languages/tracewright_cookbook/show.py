"""Writes `languages/cookbook.md`: every recipe with its trace before and after. `python -m tracewright_cookbook.show`

The page is written from the source of `recipes.py` and from what the JIT logs; a test holds it to both.
"""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Final

from tracewright.tools.trace_log import LoggedTrace, read_log
from tracewright_cookbook import recipes
from tracewright_cookbook.machine import RECIPES

PAGE: Final = Path(__file__).parents[1] / "cookbook.md"
TITLES: Final = {
    "immutable": "Immutable fields",
    "quasi_immutable": "Quasi-immutable fields",
    "promote": "`promote`",
    "elidable": "`@elidable`",
    "inline_cache": "Inline caches: `promote` and `@elidable` together",
    "virtual": "Virtual objects",
    "unboxed": "Unboxed storage",
    "unroll": "`@unroll_safe`",
}
HEAD: Final = """\
# A cookbook of JIT hints

Each recipe is a piece of an interpreter twice: without its hint and with it. Below each is the body of the trace that the JIT made of a
guest loop around it: what is done in every turn. (`tracewright_cookbook/show.py` writes this page; a test compares it with
`tracewright_cookbook/recipes.py` and with fresh traces. The counting of the loop itself, and adding up, is in every trace.)
"""


def body(trace: LoggedTrace) -> list[str]:
    """The instructions of one turn, with addresses as letters."""
    texts = [operation.text for operation in trace.operations]
    start = next((k + 1 for k, text in enumerate(texts) if text.startswith("label")), 0)
    letters: dict[str, str] = {}
    return [
        re.sub(r"@\d+", lambda match: "@" + letters.setdefault(match[0], chr(ord("a") + len(letters))), text)
        for text in texts[start:]
    ]


def operations(texts: list[str]) -> Counter[str]:
    """How often each operation occurs. The name stands before the parenthesis, behind the result."""
    return Counter(text.split("(")[0].split("= ")[-1] for text in texts)


def traces(executable: Path) -> dict[int, list[str]]:
    """The loop of each recipe, by number."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        program, log = Path(folder) / "program", Path(folder) / "log"
        program.write_text(" ".join(str(number) for number in range(2 * len(RECIPES))))
        subprocess.run([executable, "run", "--jit-log", str(log), str(program)], check=True, capture_output=True)
        for trace in read_log(log.read_text()).traces:
            if trace.kind == "loop":
                found[int(trace.location.removeprefix("recipe "))] = body(trace)
    return found


def page(found: dict[int, list[str]]) -> str:
    """The whole page."""
    parts = [HEAD]
    for k, name in enumerate(RECIPES):
        parts.append(f"\n## {TITLES[name]}\n")
        for number, variant in ((2 * k, "before"), (2 * k + 1, "after")):
            source = inspect.getsource(getattr(recipes, f"{name}_{variant}"))
            lines = "\n".join(found[number])
            parts.append(
                f"\n```python\n{source}```\n\n{len(found[number])} instructions a turn:\n\n```\n{lines}\n```\n"
            )
    return "".join(parts)


def shown_traces(text: str) -> dict[int, list[str]]:
    """The traces that a page shows, by number."""
    blocks = re.findall(r"instructions a turn:\n\n```\n(.*?)\n```", text, re.DOTALL)
    return {number: block.split("\n") for number, block in enumerate(blocks)}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        executable = Path(folder) / "cookbook"
        target = Path(__file__).parent / "machine.py"
        subprocess.run([sys.executable, "-m", "tracewright", "build", str(target), "-o", str(executable)], check=True)
        PAGE.write_text(page(traces(executable)))


if __name__ == "__main__":
    main()
