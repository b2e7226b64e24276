"""All samples in one program."""

from tracewright_testing.samples import classes, containers, texts


def main() -> int:
    containers.run()
    texts.run()
    classes.run()
    return 3
