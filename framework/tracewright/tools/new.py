"""`tracewright new`: a language package made from templates.

The templates are a language of their own, `newlang`, that works as it stands: tests build it and run it. Making a language is
copying it with the name put in. With `--like`, the copy is of a language that comes with Tracewright, with its examples.
"""

from __future__ import annotations

import ast
import importlib.util
import keyword
import re
from pathlib import Path
from typing import Final

from tracewright.tools.languages import LanguageError

TEMPLATES: Final = Path(__file__).parent / "new_language"
TEMPLATES_LIKE: Final = Path(__file__).parent / "new_language_like"
# The languages to begin like: how each writes a first program, and what that prints.
LIKE: Final = {
    "moth": ("print 20 + 1\n", "-- expect: 21\n"),
    "lox": ("print 20 + 1;\n", "// expect: 21\n"),
    "forth": ("20 1 + . cr\n", "\\ expect: 21 \n"),
}
PLACEHOLDER: Final = "newlang"
EMPTY_FILES: Final = ("__init__.py", "py.typed")  # not kept among the templates, which are no package of ours


def make_language(name: str, folder: Path, like: str = "") -> Path:
    """Write the package and what belongs to it into a new folder; gives the folder. `like` is one of LIKE, or empty."""
    if re.fullmatch(r"[a-z][a-z0-9_]*", name) is None or keyword.iskeyword(name):
        raise LanguageError(f"{name!r} cannot be a package's name: use lower-case letters, digits and _")
    if folder.exists() and any(folder.iterdir()):
        raise LanguageError(f"{folder} is there already, and not empty")
    files = _files_like(name, like) if like else _files(name)
    for place, text in files.items():
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    for file in EMPTY_FILES:
        (folder / name / file).touch()
    return folder


def first_program(name: str, like: str = "") -> str:
    """A program of a new language, to be run first."""
    return f"tests/programs/hello.{name}" if like else f"benchmarks/loop.{name}"


def _files(name: str) -> dict[str, str]:
    """The texts of the templates by their places, with the name put in."""
    return {
        _renamed(str(path.relative_to(TEMPLATES)), name): _renamed(path.read_text(encoding="utf-8"), name)
        for path in templates()
    }


def _files_like(name: str, like: str) -> dict[str, str]:
    """The same of a language that is there already."""
    package = _package_folder(like)
    modules = sorted(path for path in package.glob("*.py") if path.name not in EMPTY_FILES)
    examples = sorted((package / "examples").iterdir())

    def own(text: str) -> str:
        text = text.replace(f"tracewright_{like}", name)
        text = re.sub(rf"\b{like.capitalize()}\b", name.capitalize(), text)
        return re.sub(rf"\b{like}\b", name, text)

    files = {f"{name}/{path.name}": own(path.read_text(encoding="utf-8")) for path in modules}
    files |= {f"tests/programs/{own(path.name)}": path.read_text(encoding="utf-8") for path in examples}
    files[f"tests/programs/hello.{name}"] = "".join(LIKE[like])
    rows = [f"| `{name}/{path.name}` | {_first_sentence(own(path.read_text(encoding='utf-8')))} |" for path in modules]
    readme = (TEMPLATES_LIKE / "README.md").read_text(encoding="utf-8")
    readme = readme.replace("ORIGIN", like.capitalize()).replace("FILES", "\n".join(rows))
    files["README.md"] = _renamed(readme.replace("FIRST", own(examples[0].name)), name)
    test = (TEMPLATES_LIKE / "tests" / f"test_{PLACEHOLDER}.py").read_text(encoding="utf-8")
    files[f"tests/test_{name}.py"] = _renamed(test, name)
    files["pyproject.toml"] = _renamed((TEMPLATES / "pyproject.toml").read_text(encoding="utf-8"), name)
    return files


def _package_folder(like: str) -> Path:
    found = importlib.util.find_spec(f"tracewright_{like}")
    if found is None or found.origin is None:
        raise LanguageError(f"the language {like} is not installed")
    return Path(found.origin).parent


def _first_sentence(source: str) -> str:
    docstring = ast.get_docstring(ast.parse(source)) or ""
    return docstring.partition("\n\n")[0].replace("\n", " ").removesuffix(".")


def templates() -> list[Path]:
    """The files, without what tools leave behind."""
    files = [path for path in sorted(TEMPLATES.rglob("*")) if path.is_file()]
    return [
        path for path in files if not any(part.startswith((".", "__")) for part in path.relative_to(TEMPLATES).parts)
    ]


def _renamed(text: str, name: str) -> str:
    return text.replace(PLACEHOLDER.capitalize(), name.capitalize()).replace(PLACEHOLDER, name)
