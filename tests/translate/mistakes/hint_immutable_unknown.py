"""`immutable_fields` with a name that is no field."""

from tracewright.hints import immutable_fields


@immutable_fields("widht")
class Image:
    def __init__(self, width: int) -> None:
        self.width = width


def main() -> int:
    return Image(3).width
