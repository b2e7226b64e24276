"""Ropes against plain concatenation, in every shape: appended, prepended, branching, of texts of all widths."""

import random

import pytest

from tracewright.lib.ropes import Grown, Pair, Rope, concatenated

PIECES = ["", "a", "some text", "é", "ключ", "😀", "\ud800", "x" * 40]


class Text:
    """A text as a language holds it: flat, or a rope; with what it must be beside it."""

    def __init__(self, wanted: str, rope: Rope | None) -> None:
        self.wanted = wanted
        self.rope = rope

    def plus(self, other: "Text") -> "Text":
        length = len(self.wanted) + len(other.wanted)
        flat_left = self.wanted if self.rope is None else ""
        flat_right = other.wanted if other.rope is None else ""
        return Text(self.wanted + other.wanted, concatenated(flat_left, self.rope, flat_right, other.rope, length))

    def check(self) -> None:
        assert self.rope is None or (self.rope.text() == self.wanted and self.rope.length == len(self.wanted))


@pytest.mark.parametrize("seed", range(20))
def test_random_sums(seed: int) -> None:
    choices = random.Random(seed)
    texts = [Text(piece, None) for piece in PIECES]
    for _ in range(60):
        made = choices.choice(texts[-6:]).plus(choices.choice(texts))
        if len(made.wanted) < 2000:
            texts.append(made)
        if choices.random() < 0.2:
            choices.choice(texts).check()
    for text in texts:
        text.check()


def test_what_is_appended_shares_one_buffer() -> None:
    text = Text("start", None).plus(Text(" of", None))
    assert isinstance(text.rope, Pair)
    ropes = []
    for number in range(100):
        text = text.plus(Text(f" {number}", None))
        ropes.append(text.rope)
    builders = {id(rope.builder) for rope in ropes if isinstance(rope, Grown)}
    assert len(builders) == 1
    text.check()


def test_a_text_that_was_appended_to_stays_as_it_is() -> None:
    start = Text("one", None).plus(Text("two", None)).plus(Text("three", None))
    first, second = start.plus(Text("!", None)), start.plus(Text("?", None))
    twice = first.plus(first)
    for text in (start, first, second, twice):
        text.check()


def test_depth_is_no_limit() -> None:
    appended, prepended = Text("x", None), Text("x", None)
    for _ in range(50_000):
        prepended = Text("y", None).plus(prepended)
        appended = appended.plus(Text("y", None))
    appended.check()
    prepended.check()
