"""A value of the wrong type for its dict."""


class Registry:
    def __init__(self) -> None:
        self.counts: dict[str, int] = {}


def main() -> int:
    registry = Registry()
    registry.counts["a"] = "one"
    return len(registry.counts)
