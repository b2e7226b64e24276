"""`json`."""

import json


def main() -> int:
    return len(json.loads("[1, 2]"))
