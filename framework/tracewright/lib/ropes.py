"""Texts that are put together piece by piece: the code points are copied when somebody asks, or into a buffer that grows.

    a = concatenated("one long text", None, "another", None, 20)      a Pair: nothing is copied
    b = concatenated("", a, "!", None, 21)                            a Grown: both texts and "!" are in a buffer with room for more
    c = concatenated("", b, "?", None, 22)                            shares that buffer: only "?" is copied
    b.text(), c.text()                                                each is a front part of the buffer

So a loop of `text += piece` takes time in the length of the result, whether it looks at the text in between or not, and so does one that
puts the pieces in front. A language's string object holds its text, or a Rope instead until somebody asks.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.hints import dont_look_inside, immutable_fields
from tracewright.lib.builder import StringBuilder

SHORT: Final = 24  # what is not longer, languages copy at once: that is cheaper than a rope


@immutable_fields("length")
class Rope:
    """A text that is not in one piece yet."""

    def __init__(self, length: int) -> None:
        self.length = length

    def text(self) -> str:
        """All of it."""
        raise NotImplementedError("text")


@final
@immutable_fields("left_text", "left", "right_text", "right")
class Pair(Rope):
    """Two texts, each of which may be a rope itself."""

    def __init__(self, left_text: str, left: Rope | None, right_text: str, right: Rope | None, length: int) -> None:
        super().__init__(length)
        self.left_text = left_text  # where `left` is None; the other side likewise
        self.left = left
        self.right_text = right_text
        self.right = right

    def text(self) -> str:
        builder = StringBuilder()
        put(builder, self)
        return builder.build()


@final
@immutable_fields("builder")
class Grown(Rope):
    """The front part of a buffer, which may have grown since."""

    def __init__(self, builder: StringBuilder, length: int) -> None:
        super().__init__(length)
        self.builder = builder

    def text(self) -> str:
        return self.builder.front(self.length)

    def is_whole(self) -> bool:
        """Whether nothing has been appended since."""
        return self.length == len(self.builder)


@dont_look_inside
def concatenated(left_text: str, left: Rope | None, right_text: str, right: Rope | None, length: int) -> Rope:
    """The text of two, which are ropes where those are not None. `length` is that of the result."""
    if left is None or (isinstance(left, Grown) and not left.is_whole()):
        return Pair(left_text, left, right_text, right, length)
    builder = left.builder if isinstance(left, Grown) else StringBuilder()
    if not isinstance(left, Grown):
        put(builder, left)
    if right is None:
        builder.append(right_text)
    else:
        put(builder, right)
    return Grown(builder, length)


def put(builder: StringBuilder, whole: Rope) -> None:
    """Append a rope to a buffer, however deep it is: without recursion."""
    pending: list[Rope] = [whole]
    while len(pending) > 0:
        rope = pending.pop()
        while isinstance(rope, Pair):
            right = rope.right
            left = rope.left
            if left is None:
                builder.append(rope.left_text)
                if right is None:
                    builder.append(rope.right_text)
                    break
                rope = right
            else:
                pending.append(Rest(rope.right_text, right))
                rope = left
        if isinstance(rope, Grown):
            builder.append(rope.text())
        elif isinstance(rope, Rest):
            later = rope.rope
            if later is None:
                builder.append(rope.rest)
            else:
                pending.append(later)


@final
class Rest(Rope):
    """The right side of a pair whose left side is being put down."""

    def __init__(self, rest: str, rope: Rope | None) -> None:
        super().__init__(0)
        self.rest = rest  # where `rope` is None
        self.rope = rope
