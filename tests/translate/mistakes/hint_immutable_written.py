"""A field declared immutable and written outside of `__init__`.

Why: traces take its first value for a constant.
Instead: leave it out of `immutable_fields`, or mark it quasi-immutable: `"shape?"`.
"""

from tracewright.hints import immutable_fields


@immutable_fields("width")
class Image:
    def __init__(self, width: int) -> None:
        self.width = width

    def widen(self) -> None:
        self.width += 1


def main() -> int:
    image = Image(3)
    image.widen()
    return image.width
