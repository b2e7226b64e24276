"""The order of texts for readers."""

import json
import random
import shutil
import subprocess

import pytest

from tracewright.lib.collation import ROOT, SYMBOLS, Collation

ACCENTED = "áàâäãåçéèêëíñóøúüÿ"
LETTERS = "abcxyzABCXYZ019 _-.,!'($" + ACCENTED + "ßæłđ" + "яЯαΩक中あアק"


def ordered(words: list[str], order: Collation = ROOT) -> bool:
    """Whether each word comes before all that follow it, and these behind it."""
    return all(
        order.compare(words[i], words[j]) == -1 and order.compare(words[j], words[i]) == 1
        for i in range(len(words))
        for j in range(i + 1, len(words))
    )


def test_letters_then_accents_then_case() -> None:
    assert ordered(
        ["", "_", "$", "10", "9", "a", "A", "ä", "a b", "a-b", "ab", "b", "B", "co-op", "coop", "COOP", "z", "Z"]
    )
    assert ordered(["cote", "coté", "côte", "côté", "cotes"])
    assert ordered(["o", "ö", "ø", "p", "ss", "ßa", "t", "z", "α", "я", "ק", "가", "中"])


def test_what_counts_as_the_same() -> None:
    assert ROOT.compare("ä", "a\u0308") == 0
    assert ROOT.compare("a\x01b", "ab") == 0


def test_options() -> None:
    base = Collation(False, False, False, False, False)
    assert base.compare("résumé", "RESUME") == 0
    assert Collation(True, False, False, False, False).compare("A", "a") == 0
    assert Collation(False, True, False, False, False).compare("á", "a") == 0
    assert Collation(False, True, False, False, False).compare("A", "a") == 1
    numeric = Collation(True, True, True, False, False)
    assert ordered(["a2", "a10", "a0011", "b1"], numeric)
    assert Collation(True, True, False, True, False).compare("A", "a") == -1
    assert Collation(True, True, False, False, True).compare("co-op", "coop") == 0


def test_symbols_are_there_once() -> None:
    assert len(set(SYMBOLS)) == len(SYMBOLS)
    assert ordered(
        list(SYMBOLS.replace("\u00b4", "").replace("\u00af", "").replace("\u00a8", "").replace("\u00b8", ""))
    )


NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None, reason="no node")
def test_as_another_implementation() -> None:
    chance = random.Random(1)
    words = ["".join(chance.choice(LETTERS) for _ in range(chance.randrange(5))) for _ in range(600)]
    pairs = [(chance.choice(words), chance.choice(words)) for _ in range(3000)]
    program = "const p=JSON.parse(require('fs').readFileSync(0));const c=new Intl.Collator('en');console.log(JSON.stringify(p.map(([a,b])=>c.compare(a,b))))"
    given = subprocess.run(
        [str(NODE), "-e", program], input=json.dumps(pairs), capture_output=True, text=True, check=True
    )
    expected = json.loads(given.stdout)
    wrong = [(a, b, e) for (a, b), e in zip(pairs, expected, strict=True) if ROOT.compare(a, b) != e]
    assert wrong == []
