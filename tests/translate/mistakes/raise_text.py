"""Raising something that is no exception."""


def main() -> int:
    raise "broken"
